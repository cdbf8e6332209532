create schema protokoll;
grant usage on schema protokoll to va_app;

-- The leaves of the Mandant's Merkle tree, in the order in which they were sealed.
create table protokoll.blatt (
  mandant_id  uuid not null default platform.current_mandant(),
  folge       bigint not null check (folge >= 0),
  ereignis_id bigint not null,
  hash        bytea not null check (length(hash) = 32),
  primary key (mandant_id, folge),
  unique (mandant_id, ereignis_id),
  foreign key (mandant_id, ereignis_id) references platform.ereignis (mandant_id, id)
);
select platform.isolate('protokoll.blatt', 'select, insert');

-- Signed checkpoints, each naming the one before. `spitzen`: the roots of the whole subtrees, from which the tree grows on.
create table protokoll.siegel (
  mandant_id    uuid not null default platform.current_mandant(),
  nr            bigint not null check (nr > 0),
  groesse       bigint not null,
  wurzel        bytea not null check (length(wurzel) = 32),
  vorgaenger    bytea not null check (length(vorgaenger) = 32),
  zeit          timestamptz(3) not null,
  schluessel_id text not null,
  unterschrift  bytea not null,
  spitzen       text not null,
  bis_xid       xid8 not null,
  bis_id        bigint not null,
  primary key (mandant_id, nr),
  unique (mandant_id, groesse)
);
select platform.isolate('protokoll.siegel', 'select, insert');

-- A verification of the whole protocol: where it stands, and what it found first.
create table protokoll.pruefung (
  mandant_id uuid not null default platform.current_mandant(),
  id         uuid not null,
  begonnen   timestamptz(3) not null default now(),
  beendet    timestamptz(3),
  gesamt     bigint not null,
  geprueft   bigint not null default 0,
  siegel     bigint not null,
  stand      jsonb not null,
  befund     jsonb,
  akteur_art text not null,
  akteur_id  text not null,
  primary key (mandant_id, id)
);
create index on protokoll.pruefung (mandant_id, begonnen);
select platform.isolate('protokoll.pruefung');

-- A written-out protocol for an auditor, in parts that lie in the content store.
create table protokoll.ausgabe (
  mandant_id uuid not null default platform.current_mandant(),
  id         uuid not null,
  begonnen   timestamptz(3) not null default now(),
  beendet    timestamptz(3),
  mit_daten  boolean not null,
  gesamt     bigint not null,
  siegel     bigint not null,
  geschrieben bigint not null default 0,
  ohne_daten bigint not null default 0,
  groesse    bigint not null default 0,
  akteur_art text not null,
  akteur_id  text not null,
  primary key (mandant_id, id)
);
create index on protokoll.ausgabe (mandant_id, begonnen);
select platform.isolate('protokoll.ausgabe', 'select, insert, update, delete');

create table protokoll.ausgabe_teil (
  mandant_id uuid not null default platform.current_mandant(),
  ausgabe_id uuid not null,
  nr         int not null,
  inhalt_id  uuid not null,
  primary key (mandant_id, ausgabe_id, nr),
  foreign key (mandant_id, ausgabe_id) references protokoll.ausgabe (mandant_id, id) on delete cascade
);
select platform.isolate('protokoll.ausgabe_teil', 'select, insert, delete');
