create schema benachrichtigung;
grant usage on schema benachrichtigung to va_app;

-- Of one person; news, not evidence: what happened stands in the Ereignis it names.
create table benachrichtigung.benachrichtigung (
  mandant_id  uuid not null default platform.current_mandant(),
  id          uuid not null,
  benutzer_id uuid not null,
  ereignis_id bigint not null,
  anlass      text not null,
  text        text not null,
  pfad        text not null,
  geschuetzt  boolean not null,
  -- the mail it waits for; null: none, or sent
  versand     text check (versand in ('sofort', 'taeglich')),
  erstellt    timestamptz(3) not null default now(),
  gelesen_am  timestamptz(3),
  primary key (mandant_id, id),
  constraint benachrichtigung_einmal unique (mandant_id, benutzer_id, ereignis_id, anlass, pfad),
  foreign key (mandant_id, benutzer_id) references organisation.benutzer (mandant_id, id)
);
create index on benachrichtigung.benachrichtigung (mandant_id, benutzer_id, erstellt desc, id desc);
create index on benachrichtigung.benachrichtigung (mandant_id, benutzer_id) where gelesen_am is null;
create index on benachrichtigung.benachrichtigung (mandant_id, versand) where versand is not null;
select platform.isolate('benachrichtigung.benachrichtigung', 'select, insert, update, delete');

create table benachrichtigung.einstellung (
  mandant_id  uuid not null default platform.current_mandant(),
  benutzer_id uuid not null,
  anlass      text not null,
  weg         text not null check (weg in ('nicht', 'postfach', 'sofort', 'taeglich')),
  primary key (mandant_id, benutzer_id, anlass),
  foreign key (mandant_id, benutzer_id) references organisation.benutzer (mandant_id, id)
);
select platform.isolate('benachrichtigung.einstellung');
