-- Statements that took long, by the hour and by the kind of process that asked: their text with placeholders, never a value. They are the Verbund's, whose
-- people run the machines, and are thrown away after a week.
create table betrieb.langsame_abfrage (
  mandant_id uuid not null default platform.current_mandant(),
  stunde     timestamptz(0) not null,
  prozess    text not null check (prozess in ('api', 'worker')),
  pruefsumme text not null, -- of the text
  text       text not null,
  anzahl     int not null,
  dauer      double precision not null, -- ms, of all together
  laengste   double precision not null, -- ms
  primary key (mandant_id, stunde, prozess, pruefsumme)
);
select platform.isolate('betrieb.langsame_abfrage', 'select, insert, update, delete');
