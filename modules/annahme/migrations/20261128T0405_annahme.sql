create schema annahme;
grant usage on schema annahme to va_app;

-- A Fachverfahren or portal that delivers: the machine itself acts, no Benutzer stands behind it. Its token is known by its hash alone.
create table annahme.anschluss (
  mandant_id              uuid not null default platform.current_mandant(),
  id                      uuid not null,
  version                 int not null default 1,
  name                    text not null,
  kanal                   text not null check (kanal in ('fachverfahren', 'portal', 'fit_connect', 'bebpo', 'de_mail', 'fax')),
  organisationseinheit_id uuid not null,
  -- how far it may file by itself: never, into a Vorgang that is there, into a new one of an Akte that is there
  ablage                  text not null default 'korb' check (ablage in ('korb', 'vorgang', 'neuer_vorgang')),
  token_hash              bytea not null,
  token_erstellt          timestamptz(3) not null default now(),
  widerrufen              timestamptz(3),
  erstellt                timestamptz(3) not null default now(),
  primary key (mandant_id, id),
  constraint anschluss_name_vergeben unique (mandant_id, name),
  unique (mandant_id, token_hash),
  foreign key (mandant_id, organisationseinheit_id) references organisation.organisationseinheit (mandant_id, id)
);
select platform.protect('annahme.anschluss');

-- Last use: written beside the request, may be lost, and is no Ereignis.
create table annahme.nutzung (
  mandant_id   uuid not null default platform.current_mandant(),
  anschluss_id uuid not null,
  zuletzt      timestamptz(3) not null,
  primary key (mandant_id, anschluss_id),
  foreign key (mandant_id, anschluss_id) references annahme.anschluss (mandant_id, id)
);
select platform.isolate('annahme.nutzung');

-- What was refused, and why: for whoever looks after the Anschluss.
create table annahme.abweisung (
  mandant_id   uuid not null default platform.current_mandant(),
  id           uuid not null,
  anschluss_id uuid not null,
  zeit         timestamptz(3) not null default now(),
  externe_id   text not null,
  code         text not null,
  titel        text not null,
  details      jsonb not null default '[]',
  primary key (mandant_id, id),
  foreign key (mandant_id, anschluss_id) references annahme.anschluss (mandant_id, id)
);
create index on annahme.abweisung (mandant_id, anschluss_id, zeit desc);
select platform.isolate('annahme.abweisung', 'select, insert, delete');

-- A delivery: what its sender says it consists of, and what has arrived of it. Exactly one per Anschluss and externe_id, and of it exactly one Eingang.
create table annahme.sendung (
  mandant_id              uuid not null default platform.current_mandant(),
  id                      uuid not null,
  anschluss_id            uuid not null,
  externe_id              text not null,
  organisationseinheit_id uuid not null,
  manifest                jsonb not null,
  fingerabdruck           text not null check (fingerabdruck ~ '^[0-9a-f]{64}$'),
  zustand                 text not null default 'offen' check (zustand in ('offen', 'verfallen', 'angenommen')),
  eroeffnet               timestamptz(3) not null default now(),
  verfallen               timestamptz(3),
  angenommen              timestamptz(3),
  eingang_id              uuid,
  quittung                jsonb,
  -- why it could not be filed as wished; it lies in the basket then
  ablagehindernis         text,
  primary key (mandant_id, id),
  constraint sendung_einmal unique (mandant_id, anschluss_id, externe_id),
  foreign key (mandant_id, anschluss_id) references annahme.anschluss (mandant_id, id),
  foreign key (mandant_id, organisationseinheit_id) references organisation.organisationseinheit (mandant_id, id),
  foreign key (mandant_id, eingang_id) references posteingang.eingang (mandant_id, id),
  constraint sendung_ganz check ((zustand = 'angenommen') = (eingang_id is not null and angenommen is not null and quittung is not null))
);
create index on annahme.sendung (mandant_id, anschluss_id, eroeffnet desc, id);
create index on annahme.sendung (mandant_id, eroeffnet) where zustand <> 'angenommen';
create index on annahme.sendung (mandant_id, eingang_id) where eingang_id is not null;
select platform.protect('annahme.sendung');

-- Its files. upload_id: in the store, not in use before the delivery is complete.
create table annahme.datei (
  mandant_id uuid not null default platform.current_mandant(),
  sendung_id uuid not null,
  nr         int not null,
  name       text not null,
  mime       text not null,
  groesse    bigint not null,
  sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  upload_id  uuid,
  erhalten   timestamptz(3),
  primary key (mandant_id, sendung_id, nr),
  foreign key (mandant_id, sendung_id) references annahme.sendung (mandant_id, id),
  check ((upload_id is null) = (erhalten is null))
);
select platform.protect('annahme.datei');
