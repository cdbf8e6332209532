create schema organisation;
grant usage on schema organisation to va_app, va_worker;

-- Telephone book order with numbers by their value: Müller beside Mueller, 63.2 before 63.10.
create collation organisation.deutsch (provider = icu, locale = 'de-u-co-phonebk-kn-true');
grant usage on schema organisation to public;

-- ── Without Mandant: the app role reaches these tables through the functions of 20261101T0910 only ──────────────────────────────

-- Every authority, and the Verbund itself (art = 'verbund', exactly one).
create table organisation.mandant (
  id               uuid primary key,
  art              text not null check (art in ('verbund', 'mandant')),
  name             text not null check (name <> ''),
  bezeichnung      text not null default '', -- »Landkreis«, »Stadt«: shown below the name
  kuerzel          text not null constraint mandant_kuerzel_form check (kuerzel ~ '^[A-ZÄÖÜ]{2}$'),
  farbe            text not null check (farbe in ('violett', 'tuerkis', 'orange', 'blau', 'hellblau', 'gruen', 'limette', 'gelb')),
  behoerdenkennung text, -- xdomea: praefix:kennung of the DVDV
  ars              text constraint mandant_ars_form check (ars ~ '^[0-9]{12}$'), -- Amtlicher Regionalschlüssel
  zeitzone         text not null default 'Europe/Berlin',
  aktiv            boolean not null default true,
  erstellt         timestamptz(3) not null default now(),
  version          int not null default 1,
  constraint mandant_kuerzel_vergeben unique (kuerzel, farbe),
  constraint mandant_name_vergeben unique (name)
);
create unique index mandant_ein_verbund on organisation.mandant (art) where art = 'verbund';
select platform.verbund('organisation.mandant');

-- Identity and credentials of one person; it may work in several Mandanten. The home Mandant alone may reset its password.
create table organisation.konto (
  id             uuid primary key,
  anmeldename    text not null,
  schluessel     text not null constraint konto_anmeldename_vergeben unique, -- spelling-insensitive form of the name
  heimat_id      uuid not null references organisation.mandant (id),
  passwort       text not null,
  passwort_zeit  timestamptz(3) not null default now(),
  muss_aendern   boolean not null default false,
  gesperrt       boolean not null default false,
  einstellungen  jsonb not null default '{}',
  erstellt       timestamptz(3) not null default now()
);
create index on organisation.konto (heimat_id);
select platform.verbund('organisation.konto');

-- Where a Konto may work: follows benutzer by trigger.
create table organisation.zugang (
  mandant_id  uuid not null references organisation.mandant (id),
  konto_id    uuid not null references organisation.konto (id),
  benutzer_id uuid not null,
  gesperrt    boolean not null,
  zuletzt     timestamptz(3),
  primary key (konto_id, mandant_id)
);
create index on organisation.zugang (mandant_id);
select platform.verbund('organisation.zugang');

-- The token itself is never stored: whoever reads this table cannot log in with it.
create table organisation.sitzung (
  id          uuid primary key,
  token_hash  bytea not null unique,
  konto_id    uuid not null references organisation.konto (id),
  mandant_id  uuid not null references organisation.mandant (id),
  benutzer_id uuid not null,
  begonnen    timestamptz(3) not null default now(),
  zuletzt     timestamptz(3) not null default now(),
  ablauf      timestamptz(3) not null,
  geraet      text not null default '',
  adresse     text not null default ''
);
create index on organisation.sitzung (konto_id);
create index on organisation.sitzung (ablauf);
select platform.verbund('organisation.sitzung');

create table organisation.zugangstoken (
  id          uuid primary key,
  token_hash  bytea not null unique,
  mandant_id  uuid not null references organisation.mandant (id),
  benutzer_id uuid not null,
  name        text not null,
  rechte      text[] not null,
  erstellt    timestamptz(3) not null default now(),
  ablauf      timestamptz(3) not null,
  zuletzt     timestamptz(3),
  widerrufen  timestamptz(3)
);
create index on organisation.zugangstoken (mandant_id, benutzer_id);
select platform.verbund('organisation.zugangstoken');

-- Failed logins by account name and by address; the key is hashed, since people type passwords into the wrong field.
create table organisation.anmeldeversuch (
  schluessel bytea primary key,
  anzahl     int not null,
  zuletzt    timestamptz(3) not null
);
select platform.verbund('organisation.anmeldeversuch');

-- ── Of a Mandant ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table organisation.organisationseinheit (
  mandant_id  uuid not null default platform.current_mandant() references organisation.mandant (id),
  id          uuid not null,
  parent_id   uuid,
  kennzeichen text collate organisation.deutsch not null,
  bezeichnung text collate organisation.deutsch not null,
  kuerzel     text not null default '',
  ordnung     int not null default 0,
  gueltig_ab  date,
  gueltig_bis date,
  version     int not null default 1,
  primary key (mandant_id, id),
  foreign key (mandant_id, parent_id) references organisation.organisationseinheit (mandant_id, id)
);
create index on organisation.organisationseinheit (mandant_id, parent_id);
-- A Kennzeichen may be given again once its former bearer has ended.
create unique index organisationseinheit_kennzeichen_vergeben on organisation.organisationseinheit (mandant_id, kennzeichen) where gueltig_bis is null;
select platform.protect('organisation.organisationseinheit');

create table organisation.benutzer (
  mandant_id   uuid not null default platform.current_mandant() references organisation.mandant (id),
  id           uuid not null,
  konto_id     uuid not null,
  titel        text not null default '',
  vorname      text not null default '',
  nachname     text not null,
  sortiername  text collate organisation.deutsch not null generated always as (lower(nachname || ', ' || vorname)) stored,
  funktion     text not null default '',
  email        text,
  telefon      text,
  gesperrt     boolean not null default false,
  erstellt     timestamptz(3) not null default now(),
  version      int not null default 1,
  primary key (mandant_id, id),
  constraint benutzer_konto_vergeben unique (mandant_id, konto_id)
);
create index on organisation.benutzer (mandant_id, sortiername, id);
select platform.protect('organisation.benutzer');

create table organisation.zuordnung (
  mandant_id              uuid not null default platform.current_mandant(),
  benutzer_id             uuid not null,
  organisationseinheit_id uuid not null,
  leitung                 boolean not null default false,
  primary key (mandant_id, benutzer_id, organisationseinheit_id),
  foreign key (mandant_id, benutzer_id) references organisation.benutzer (mandant_id, id),
  constraint zuordnung_einheit foreign key (mandant_id, organisationseinheit_id) references organisation.organisationseinheit (mandant_id, id)
);
create index on organisation.zuordnung (mandant_id, organisationseinheit_id);
select platform.protect('organisation.zuordnung', 'select, insert, update, delete');

-- rechte null: those the modules give to the default Rolle of that schluessel, also what later versions add.
create table organisation.rolle (
  mandant_id   uuid not null default platform.current_mandant() references organisation.mandant (id),
  id           uuid not null,
  schluessel   text,
  bezeichnung  text collate organisation.deutsch not null,
  beschreibung text not null default '',
  rechte       text[],
  version      int not null default 1,
  primary key (mandant_id, id),
  unique (mandant_id, schluessel),
  constraint rolle_bezeichnung_vergeben unique (mandant_id, bezeichnung),
  check (schluessel is not null or rechte is not null)
);
select platform.protect('organisation.rolle');

create table organisation.benutzer_rolle (
  mandant_id  uuid not null default platform.current_mandant(),
  benutzer_id uuid not null,
  rolle_id    uuid not null,
  primary key (mandant_id, benutzer_id, rolle_id),
  foreign key (mandant_id, benutzer_id) references organisation.benutzer (mandant_id, id),
  constraint benutzer_rolle_rolle foreign key (mandant_id, rolle_id) references organisation.rolle (mandant_id, id)
);
create index on organisation.benutzer_rolle (mandant_id, rolle_id);
select platform.protect('organisation.benutzer_rolle', 'select, insert, update, delete');
