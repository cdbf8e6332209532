create schema aktenplan;
grant usage on schema aktenplan to va_app;
-- uuid and daterange in one exclusion constraint; a trusted extension of PostgreSQL's own contrib
create extension if not exists btree_gist;

-- A plan without gueltig_von is a draft. Of the others exactly one holds on any day.
create table aktenplan.aktenplan (
  mandant_id          uuid not null default platform.current_mandant(),
  id                  uuid not null,
  bezeichnung         text not null,
  typ                 text,
  versionsbezeichnung text not null,
  ebenen              text[] not null check (cardinality(ebenen) between 1 and 12),
  gueltig_von         date,
  gueltig_bis         date,
  -- lists sort by it: drafts last
  beginn              date not null generated always as (coalesce(gueltig_von, 'infinity'::date)) stored,
  version             int not null default 1,
  angelegt            timestamptz(3) not null default now(),
  primary key (mandant_id, id),
  constraint aktenplan_gueltigkeit_ab_beginn check (gueltig_bis is null or gueltig_bis >= gueltig_von),
  constraint aktenplan_fassung_eindeutig unique (mandant_id, bezeichnung, versionsbezeichnung),
  constraint aktenplan_ein_gueltiger_je_tag exclude using gist (mandant_id with =, daterange(gueltig_von, gueltig_bis, '[]') with &&) where (gueltig_von is not null)
);
select platform.protect('aktenplan.aktenplan');

-- pfad: ids from the root down to the unit itself; sortierung: the order of the whole tree. Both change only when a unit is moved.
create table aktenplan.aktenplaneinheit (
  mandant_id              uuid not null default platform.current_mandant(),
  id                      uuid not null,
  aktenplan_id            uuid not null,
  parent_id               uuid,
  schutz_id               uuid not null,
  pfad                    uuid[] not null,
  kennzeichen             text not null,
  kennzeichen_norm        text not null,
  sortierung              text collate "C" not null,
  betreff_kurz            text not null,
  inhaltsangabe           text,
  suchtext                text not null,
  aussonderungsart        text,
  aufbewahrungsdauer      smallint check (aufbewahrungsdauer >= 0),
  unbefristet             boolean not null default false,
  vertraulichkeit         text check (vertraulichkeit in ('offen', 'vs_nfd')),
  schutzklasse            text check (schutzklasse in ('keine', 'personal', 'sozial', 'jugendhilfe', 'gesundheit', 'steuer')),
  abweichungsgruende      jsonb not null default '{}',
  querverweise            text[] not null default '{}',
  organisationseinheit_id uuid,
  gueltig_von             date,
  gueltig_bis             date,
  stillgelegt_am          timestamptz(3),
  stilllegungsgrund       text,
  aufgegangen_in          uuid,
  version                 int not null default 1,
  angelegt                timestamptz(3) not null default now(),
  primary key (mandant_id, id),
  foreign key (mandant_id, aktenplan_id) references aktenplan.aktenplan (mandant_id, id),
  foreign key (mandant_id, parent_id) references aktenplan.aktenplaneinheit (mandant_id, id),
  foreign key (mandant_id, aufgegangen_in) references aktenplan.aktenplaneinheit (mandant_id, id),
  foreign key (mandant_id, schutz_id) references zugriff.schutzbereich (mandant_id, id),
  constraint aktenplaneinheit_organisationseinheit foreign key (mandant_id, organisationseinheit_id) references organisation.organisationseinheit (mandant_id, id),
  -- Exact, never normalised: decimal plans hold 0, 00, 000 and 201 beside 0201.
  constraint aktenplaneinheit_kennzeichen_eindeutig unique (mandant_id, aktenplan_id, kennzeichen),
  constraint aktenplaneinheit_gueltigkeit_ab_beginn check (gueltig_bis is null or gueltig_von is null or gueltig_bis >= gueltig_von),
  check (not (unbefristet and aufbewahrungsdauer is not null))
);
create index on aktenplan.aktenplaneinheit (mandant_id, parent_id);
create index on aktenplan.aktenplaneinheit (mandant_id, schutz_id);
create index on aktenplan.aktenplaneinheit (mandant_id, aktenplan_id, sortierung);
create index on aktenplan.aktenplaneinheit (mandant_id, kennzeichen_norm);
create index on aktenplan.aktenplaneinheit (mandant_id, aufgegangen_in) where aufgegangen_in is not null;
-- deleted only while no Aktenzeichen was ever issued in it (foreign key of aktenplan.aktenzeichen)
select platform.protect('aktenplan.aktenplaneinheit', 'select, insert, update, delete');

-- Former Kennzeichen of a unit: it was renamed, or another unit was merged into it. They go on finding it for good.
create table aktenplan.kennzeichen_alias (
  mandant_id           uuid not null default platform.current_mandant(),
  aktenplaneinheit_id  uuid not null,
  kennzeichen          text not null,
  kennzeichen_norm     text not null,
  grund                text not null check (grund in ('umbenannt', 'zusammengefuehrt')),
  seit                 timestamptz(3) not null default now(),
  primary key (mandant_id, aktenplaneinheit_id, kennzeichen),
  foreign key (mandant_id, aktenplaneinheit_id) references aktenplan.aktenplaneinheit (mandant_id, id) on delete cascade
);
create index on aktenplan.kennzeichen_alias (mandant_id, kennzeichen_norm);
select platform.protect('aktenplan.kennzeichen_alias', 'select, insert, update, delete');

-- How Aktenzeichen are built: for the Mandant (aktenplaneinheit_id null), or for one unit and all below it.
create table aktenplan.aktenzeichenregel (
  mandant_id          uuid not null default platform.current_mandant(),
  id                  uuid not null,
  aktenplaneinheit_id uuid,
  muster              jsonb not null,
  version             int not null default 1,
  primary key (mandant_id, id),
  constraint aktenzeichenregel_je_einheit unique nulls not distinct (mandant_id, aktenplaneinheit_id),
  foreign key (mandant_id, aktenplaneinheit_id) references aktenplan.aktenplaneinheit (mandant_id, id) on delete cascade
);
select platform.protect('aktenplan.aktenzeichenregel');

-- schluessel: what is counted together, e.g. einheit:<id>:2026. Raised by insert … on conflict do update, in the transaction that uses the number.
create table aktenplan.aktenzeichenzaehler (
  mandant_id uuid not null default platform.current_mandant(),
  schluessel text not null,
  id         uuid not null,
  stand      int not null check (stand >= 0),
  primary key (mandant_id, schluessel)
);
select platform.protect('aktenplan.aktenzeichenzaehler');

-- Every Aktenzeichen that was ever issued or taken over: never re-used, not even after its Akte is gone. No row is ever deleted.
-- schluessel: case, spaces and kind of separators do not distinguish two Aktenzeichen; leading zeros do (unit 0201 beside 201).
create table aktenplan.aktenzeichen (
  mandant_id          uuid not null default platform.current_mandant(),
  id                  uuid not null,
  aktenzeichen        text not null,
  schluessel          text not null,
  norm                text not null,
  art                 text not null check (art in ('automatisch', 'manuell', 'alt')),
  aktenplaneinheit_id uuid,
  objekt_id           uuid,
  lfd_nr              int,
  jahr                smallint,
  vergeben_am         timestamptz(3) not null default now(),
  primary key (mandant_id, id),
  constraint aktenzeichen_einheit_hat_akten foreign key (mandant_id, aktenplaneinheit_id) references aktenplan.aktenplaneinheit (mandant_id, id)
);
-- Old ones of merged municipalities may collide with each other.
create unique index aktenzeichen_nie_doppelt on aktenplan.aktenzeichen (mandant_id, schluessel) where art <> 'alt';
create index on aktenplan.aktenzeichen (mandant_id, norm);
create index on aktenplan.aktenzeichen (mandant_id, objekt_id);
create index on aktenplan.aktenzeichen (mandant_id, aktenplaneinheit_id);
select platform.protect('aktenplan.aktenzeichen');
