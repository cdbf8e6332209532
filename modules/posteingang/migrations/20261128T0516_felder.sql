-- What a letter is and wants, as whoever files it has confirmed: kind, deadline, amount.
alter table posteingang.eingang add dokumenttyp text, add frist date, add betrag numeric(13, 2);

-- Akten by what is nearly written in the text and by the sender's history; how sure, and by which way, so that what became of it teaches.
alter table posteingang.vorschlag drop constraint vorschlag_art_check,
  add constraint vorschlag_art_check check (art in ('aktenzeichen', 'aehnlich', 'fremdes_zeichen', 'antwort', 'adresse', 'absender')),
  add quelle text not null default 'aktenzeichen', add konfidenz real not null default 0.97, add grund text not null default '';

-- What speaks for a value of a field: found in the text by a rule, or learned. Made into one value with one confidence when it is read, out of those that
-- whoever reads may know of: `akte_id`, `korb_id` say by whom else it must not be heard.
create table posteingang.stimme (
  mandant_id uuid not null default platform.current_mandant(),
  eingang_id uuid not null,
  nummer     int not null,
  feld       text not null,
  wert       text not null,
  quelle     text not null,
  stufe      smallint not null,
  grund      text not null,
  passage    text,
  von        int,
  bis        int,
  seite      int,
  akte_id    uuid,
  korb_id    uuid,
  primary key (mandant_id, eingang_id, nummer),
  foreign key (mandant_id, eingang_id) references posteingang.eingang (mandant_id, id)
);
select platform.isolate('posteingang.stimme', 'select, insert, update, delete');
