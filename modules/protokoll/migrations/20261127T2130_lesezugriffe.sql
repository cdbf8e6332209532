-- Recorded reads have a Merkle tree for each month: a month can go, and the others still verify. Leaves go with their month, the seals stay.
create table protokoll.leseblatt (
  mandant_id     uuid not null default platform.current_mandant(),
  monat          date not null,
  folge          bigint not null check (folge >= 0),
  lesezugriff_id bigint not null,
  hash           bytea not null check (length(hash) = 32),
  primary key (mandant_id, monat, folge),
  unique (mandant_id, lesezugriff_id)
);
select platform.isolate('protokoll.leseblatt', 'select, insert, delete');

create table protokoll.lesesiegel (
  mandant_id    uuid not null default platform.current_mandant(),
  monat         date not null,
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
  primary key (mandant_id, monat, nr)
);
select platform.isolate('protokoll.lesesiegel', 'select, insert');

-- How long recorded reads are kept, in months.
create table protokoll.lesefrist (
  mandant_id uuid not null default platform.current_mandant(),
  monate     int not null check (monate between 3 and 120),
  version    int not null default 1,
  primary key (mandant_id)
);
select platform.protect('protokoll.lesefrist');

-- A look at who read what: of one object or one person, asked for with a reason, granted by a second person, for a week.
create table protokoll.einsicht (
  mandant_id     uuid not null default platform.current_mandant(),
  id             uuid not null,
  ziel_art       text not null check (ziel_art in ('objekt', 'person')),
  ziel_id        uuid not null,
  ziel_name      text not null,
  von            date not null,
  bis            date not null,
  grund          text not null,
  beantragt      timestamptz(3) not null default now(),
  beantragt_von  uuid not null,
  entschieden    timestamptz(3),
  entschieden_von uuid,
  bewilligt      boolean,
  gilt_bis       timestamptz(3),
  primary key (mandant_id, id),
  check (von <= bis),
  check ((entschieden is null) = (bewilligt is null)),
  check (bewilligt is not true or (gilt_bis is not null and entschieden_von <> beantragt_von))
);
create index on protokoll.einsicht (mandant_id, beantragt desc, id desc);
select platform.protect('protokoll.einsicht');
