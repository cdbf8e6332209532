create schema ablage;
grant usage on schema ablage to va_app;

-- Bytes in the store, once per content and Mandant: who uploads the same file again gets a content of its own above the same bytes.
create table ablage.objekt (
  mandant_id uuid not null default platform.current_mandant(),
  id         uuid not null,
  key        text not null check (key ~ '^[0-9a-f]{32}$'),
  sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  groesse    bigint not null check (groesse >= 0),
  zustand    text not null default 'gut' check (zustand in ('gut', 'fehlt', 'veraendert')),
  geprueft   timestamptz(3),
  erstellt   timestamptz(3) not null default now(),
  primary key (mandant_id, id),
  unique (mandant_id, sha256),
  unique (mandant_id, key)
);
create index on ablage.objekt (mandant_id, zustand) where zustand <> 'gut';
select platform.isolate('ablage.objekt', 'select, insert, update, delete');

-- An upload that no object uses yet: good for one attach, by the same Akteur, within 24 hours.
create table ablage.hochgeladen (
  mandant_id uuid not null default platform.current_mandant(),
  id         uuid not null,
  objekt_id  uuid not null,
  mime       text not null,
  dateiname  text not null,
  akteur_art text not null,
  akteur_id  text not null,
  gueltig_bis timestamptz(3) not null,
  primary key (mandant_id, id),
  foreign key (mandant_id, objekt_id) references ablage.objekt (mandant_id, id)
);
create index on ablage.hochgeladen (mandant_id, objekt_id);
create index on ablage.hochgeladen (mandant_id, gueltig_bis);
select platform.isolate('ablage.hochgeladen', 'select, insert, update, delete'); -- update: the clean-up skips rows that an attach holds

-- Content that an object uses. Never changed: a correction is a new content.
create table ablage.inhalt (
  mandant_id uuid not null default platform.current_mandant(),
  id         uuid not null,
  objekt_id  uuid not null,
  mime       text not null,
  dateiname  text not null,
  akteur_id  text not null,
  erstellt   timestamptz(3) not null default now(),
  primary key (mandant_id, id),
  foreign key (mandant_id, objekt_id) references ablage.objekt (mandant_id, id)
);
create index on ablage.inhalt (mandant_id, objekt_id);
select platform.protect('ablage.inhalt', 'select, insert');

-- What was computed from content and can be computed again (renditions, page images): no Ereignis, readable by whoever may read its source.
create table ablage.abgeleitet (
  mandant_id uuid not null default platform.current_mandant(),
  id         uuid not null,
  quelle_id  uuid,
  objekt_id  uuid not null,
  mime       text not null,
  dateiname  text not null,
  erstellt   timestamptz(3) not null default now(),
  primary key (mandant_id, id),
  foreign key (mandant_id, objekt_id) references ablage.objekt (mandant_id, id),
  foreign key (mandant_id, quelle_id) references ablage.inhalt (mandant_id, id)
);
create index on ablage.abgeleitet (mandant_id, objekt_id);
create index on ablage.abgeleitet (mandant_id, quelle_id);
select platform.isolate('ablage.abgeleitet', 'select, insert, delete');

-- A check of the store: `bestand` looks whether every object is there, `voll` reads every byte.
create table ablage.pruefung (
  mandant_id uuid not null default platform.current_mandant(),
  id         uuid not null,
  art        text not null check (art in ('bestand', 'voll')),
  begonnen   timestamptz(3) not null default now(),
  beendet    timestamptz(3),
  stand      timestamptz(3) not null default now(), -- of the last step; one that stands still for an hour is given up
  nach       text not null default '',
  gesamt     bigint not null,
  geprueft   bigint not null default 0,
  bytes      bigint not null default 0,
  fehlt      bigint not null default 0,
  veraendert bigint not null default 0,
  entfernt   bigint not null default 0,
  akteur_id  text not null,
  primary key (mandant_id, id)
);
-- One at a time.
create unique index pruefung_laeuft on ablage.pruefung (mandant_id) where beendet is null;
create index on ablage.pruefung (mandant_id, begonnen);
select platform.isolate('ablage.pruefung');
