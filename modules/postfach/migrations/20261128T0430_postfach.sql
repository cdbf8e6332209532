create schema postfach;
grant usage on schema postfach to va_app;

-- A mailbox on the town's own mail server, fetched by the worker for the basket of an OE.
create table postfach.postfach (
  mandant_id              uuid not null default platform.current_mandant(),
  id                      uuid not null,
  version                 int not null default 1,
  bezeichnung             text collate organisation.deutsch not null,
  organisationseinheit_id uuid not null,
  host                    text not null,
  port                    int not null check (port between 1 and 65535),
  sicherheit              text not null check (sicherheit in ('tls', 'starttls', 'keine')),
  benutzername            text not null,
  kennwort                text not null,                    -- sealed (platform/server/geheimnis.ts)
  ordner_eingang          text not null default 'INBOX',
  ordner_verarbeitet      text not null default 'Verarbeitet',
  ordner_fehler           text not null default 'Fehler',
  pausiert                boolean not null default false,
  entfernt                timestamptz(3),                   -- what it delivered goes on naming it
  primary key (mandant_id, id),
  constraint postfach_ordner_verschieden check (ordner_eingang <> ordner_verarbeitet and ordner_eingang <> ordner_fehler),
  foreign key (mandant_id, organisationseinheit_id) references organisation.organisationseinheit (mandant_id, id)
);
create unique index postfach_zugang_vergeben on postfach.postfach (mandant_id, lower(host), lower(benutzername), ordner_eingang) where entfernt is null;
select platform.protect('postfach.postfach');

-- How its fetching goes: state of a job, no record.
create table postfach.stand (
  mandant_id     uuid not null default platform.current_mandant(),
  postfach_id    uuid not null,
  laeuft_bis     timestamptz(3),                            -- whoever fetches holds it so long; after that the clock starts anew
  naechster      timestamptz(3) not null default now(),     -- not before; later after failures
  letzter_lauf   timestamptz(3),
  letzter_erfolg timestamptz(3),
  wartend        int not null default 0,
  uidvalidity    bigint,
  fehler         text,
  fehler_seit    timestamptz(3),
  fehler_folge   int not null default 0,
  schwierig      jsonb not null default '[]',               -- messages that could not be fetched, and how often it was tried
  primary key (mandant_id, postfach_id),
  foreign key (mandant_id, postfach_id) references postfach.postfach (mandant_id, id)
);
select platform.isolate('postfach.stand', 'select, insert, update');

-- Which message has become which Eingang: a message that is fetched or delivered a second time makes no second one.
create table postfach.nachricht (
  mandant_id  uuid not null default platform.current_mandant(),
  id          uuid not null,
  postfach_id uuid,
  uidvalidity bigint,
  uid         bigint,
  sha256      text not null,
  message_id  text,
  absender    text not null default '',                     -- address of From, small letters
  zustand     text not null check (zustand in ('ganz', 'zu_gross', 'nicht_abholbar')),
  eingang_id  uuid not null,
  inhalt_id   uuid not null,
  erfasst     timestamptz(3) not null default now(),
  quittiert   timestamptz(3),                               -- moved out of the inbox on its server
  primary key (mandant_id, id),
  constraint nachricht_uid_einmal unique (mandant_id, postfach_id, uidvalidity, uid),
  foreign key (mandant_id, postfach_id) references postfach.postfach (mandant_id, id),
  foreign key (mandant_id, eingang_id) references posteingang.eingang (mandant_id, id)
);
create index nachricht_offen on postfach.nachricht (mandant_id, postfach_id) where quittiert is null and postfach_id is not null;
create index on postfach.nachricht (mandant_id, postfach_id, sha256);
create index on postfach.nachricht (mandant_id, eingang_id);
create index on postfach.nachricht (mandant_id, absender, erfasst);
select platform.isolate('postfach.nachricht', 'select, insert, update');
