create schema aufbereitung;
grant usage on schema aufbereitung to va_app;

-- What was found out about a content. All of this module can be computed again from the content, so no table carries the duty of an Ereignis.
create table aufbereitung.aufbereitung (
  mandant_id   uuid not null default platform.current_mandant(),
  inhalt_id    uuid not null,
  format       text,
  mime         text,
  seiten       int not null default 0,
  hinweise     jsonb not null default '[]',
  mail         jsonb,
  rendition_id uuid, -- derived content: the PDF made by LibreOffice
  vorschau_id  uuid, -- derived content: all page images one after another, see seitenbild
  erstellt     timestamptz(3) not null default now(),
  primary key (mandant_id, inhalt_id),
  foreign key (mandant_id, inhalt_id) references ablage.inhalt (mandant_id, id)
);
select platform.isolate('aufbereitung.aufbereitung');

create table aufbereitung.schritt (
  mandant_id uuid not null default platform.current_mandant(),
  inhalt_id  uuid not null,
  art        text not null check (art in ('typ', 'text', 'ocr', 'vorschau', 'rendition')),
  status     text not null check (status in ('offen', 'laeuft', 'fertig', 'nicht_noetig', 'fehlgeschlagen')),
  code       text,
  daten      jsonb not null default '{}',
  versuche   int not null default 0,
  fertig     int not null default 0, -- pages done of `gesamt`
  gesamt     int not null default 0,
  geaendert  timestamptz(3) not null default now(),
  primary key (mandant_id, inhalt_id, art),
  foreign key (mandant_id, inhalt_id) references aufbereitung.aufbereitung (mandant_id, inhalt_id),
  check (status <> 'fehlgeschlagen' or code is not null)
);
create index on aufbereitung.schritt (mandant_id, status, geaendert) where status in ('offen', 'laeuft', 'fehlgeschlagen');
select platform.isolate('aufbereitung.schritt');

create table aufbereitung.seitentext (
  mandant_id uuid not null default platform.current_mandant(),
  inhalt_id  uuid not null,
  seite      int not null check (seite > 0),
  text       text not null,
  quelle     text not null check (quelle in ('datei', 'ocr', 'rendition')),
  ocr        text check (ocr in ('offen', 'fertig', 'fehlgeschlagen')), -- null: the page has text of its own
  konfidenz  int,
  woerter    jsonb,
  breite     int,
  hoehe      int,
  primary key (mandant_id, inhalt_id, seite),
  foreign key (mandant_id, inhalt_id) references aufbereitung.aufbereitung (mandant_id, inhalt_id)
);
create index on aufbereitung.seitentext (mandant_id, inhalt_id, seite) where ocr = 'offen';
select platform.isolate('aufbereitung.seitentext', 'select, insert, update, delete');

-- Where in the object `vorschau_id` the image of a page lies.
create table aufbereitung.seitenbild (
  mandant_id uuid not null default platform.current_mandant(),
  inhalt_id  uuid not null,
  art        text not null check (art in ('daumen', 'seite')),
  seite      int not null,
  versatz    bigint not null,
  laenge     int not null,
  breite     int not null,
  hoehe      int not null,
  primary key (mandant_id, inhalt_id, art, seite),
  foreign key (mandant_id, inhalt_id) references aufbereitung.aufbereitung (mandant_id, inhalt_id)
);
select platform.isolate('aufbereitung.seitenbild', 'select, insert, update, delete');

-- Lifted out of a mail; a content of its own, prepared like any other. `wurzel_id`: the outermost mail, which bounds how many there may be.
create table aufbereitung.anlage (
  mandant_id uuid not null default platform.current_mandant(),
  inhalt_id  uuid not null,
  nr         int not null,
  anlage_id  uuid not null,
  wurzel_id  uuid not null,
  tiefe      int not null,
  dateiname  text not null,
  mime       text not null,
  groesse    bigint not null,
  inline     boolean not null,
  content_id text,
  primary key (mandant_id, inhalt_id, nr),
  unique (mandant_id, anlage_id),
  foreign key (mandant_id, inhalt_id) references aufbereitung.aufbereitung (mandant_id, inhalt_id),
  foreign key (mandant_id, anlage_id) references ablage.inhalt (mandant_id, id)
);
create index on aufbereitung.anlage (mandant_id, wurzel_id);
select platform.isolate('aufbereitung.anlage');
