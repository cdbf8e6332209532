create schema posteingang;
grant usage on schema posteingang to va_app;

-- The basket of an OE: the Schutzbereich in which its Eingänge stand. Made with its first Eingang; schutz_id is null only within that transaction.
create table posteingang.korb (
  mandant_id              uuid not null default platform.current_mandant(),
  organisationseinheit_id uuid not null,
  schutz_id               uuid,
  primary key (mandant_id, organisationseinheit_id),
  foreign key (mandant_id, organisationseinheit_id) references organisation.organisationseinheit (mandant_id, id),
  foreign key (mandant_id, schutz_id) references zugriff.schutzbereich (mandant_id, id)
);
select platform.protect('posteingang.korb');

-- Gapless numbers: raised in the transaction that makes the Eingang.
create table posteingang.zaehler (
  mandant_id uuid not null default platform.current_mandant(),
  jahr       smallint not null,
  stand      int not null,
  primary key (mandant_id, jahr)
);
select platform.protect('posteingang.zaehler');

-- A scan that held several letters, kept as it came; its Eingänge were cut out of it.
create table posteingang.stapel (
  mandant_id uuid not null default platform.current_mandant(),
  id         uuid not null,
  inhalt_id  uuid not null,
  seiten     int not null,
  primary key (mandant_id, id),
  foreign key (mandant_id, inhalt_id) references ablage.inhalt (mandant_id, id)
);
select platform.protect('posteingang.stapel');

create table posteingang.eingang (
  mandant_id               uuid not null default platform.current_mandant(),
  id                       uuid not null,
  schutz_id                uuid not null,
  jahr                     smallint not null,
  lfd_nr                   int not null,
  nummer                   text not null,
  eingegangen              timestamptz(3) not null default now(),
  posteingangsdatum        date not null,
  kanal                    text not null check (kanal in ('papier', 'e_mail', 'de_mail', 'fit_connect', 'bebpo', 'fachverfahren', 'fax', 'portal', 'upload', 'ordner')),
  status                   text not null default 'erfasst' check (status in ('erfasst', 'in_bearbeitung', 'zugeordnet', 'zurueckgewiesen')),
  organisationseinheit_id  uuid not null,
  bearbeiter_id            uuid,
  inhalt_id                uuid not null,
  dateiname                text not null,
  mime                     text not null,
  groesse                  bigint not null,
  sha256                   text not null,
  stapel_id                uuid,
  seite_von                int,
  seite_bis                int,
  betreff                  text collate organisation.deutsch not null,
  absender                 text collate organisation.deutsch not null default '',
  absender_art             text check (absender_art in ('person', 'organisation')),
  datum_des_schreibens     date,
  fremdes_geschaeftszeichen text,
  bemerkung                text,
  message_id               text,
  antwort_auf              text[] not null default '{}',
  dublette_von             uuid,
  akte_id                  uuid,
  vorgang_id               uuid,
  dokument_id              uuid,
  erledigt                 timestamptz(3),
  erledigt_von             uuid,
  zurueckweisungsgrund     text,
  suchtext                 text not null,
  version                  int not null default 1,
  primary key (mandant_id, id),
  constraint eingang_nummer_eindeutig unique (mandant_id, jahr, lfd_nr),
  constraint eingang_inhalt_einmal unique (mandant_id, inhalt_id),
  foreign key (mandant_id, schutz_id) references zugriff.schutzbereich (mandant_id, id),
  foreign key (mandant_id, organisationseinheit_id) references organisation.organisationseinheit (mandant_id, id),
  foreign key (mandant_id, inhalt_id) references ablage.inhalt (mandant_id, id),
  foreign key (mandant_id, stapel_id) references posteingang.stapel (mandant_id, id),
  foreign key (mandant_id, dublette_von) references posteingang.eingang (mandant_id, id),
  foreign key (mandant_id, akte_id) references schriftgut.akte (mandant_id, id),
  foreign key (mandant_id, vorgang_id) references schriftgut.vorgang (mandant_id, id),
  foreign key (mandant_id, dokument_id) references schriftgut.dokument (mandant_id, id),
  -- filed = in an Akte with its Dokument; rejected = with a reason; nothing else is done with (PE-03)
  constraint eingang_erledigt_ganz check (
    case status when 'zugeordnet' then dokument_id is not null and akte_id is not null and erledigt is not null
      when 'zurueckgewiesen' then zurueckweisungsgrund is not null and erledigt is not null and dokument_id is null
      else erledigt is null and dokument_id is null end)
);
create index on posteingang.eingang (mandant_id, schutz_id, eingegangen desc, id);
create index on posteingang.eingang (mandant_id, eingegangen desc, id);
create index on posteingang.eingang (mandant_id, organisationseinheit_id, status);
create index on posteingang.eingang (mandant_id, sha256);
create index on posteingang.eingang (mandant_id, message_id) where message_id is not null;
create index on posteingang.eingang (mandant_id, dokument_id) where dokument_id is not null;
select platform.protect('posteingang.eingang');

-- Where an Eingang may belong, each with the passage that says so. Computed from its text and recomputed with it.
create table posteingang.vorschlag (
  mandant_id uuid not null default platform.current_mandant(),
  eingang_id uuid not null,
  nummer     int not null,
  art        text not null check (art in ('aktenzeichen', 'fremdes_zeichen', 'antwort')),
  akte_id    uuid not null,
  vorgang_id uuid,
  gefunden   text not null,
  passage    text not null,
  von        int not null,
  bis        int not null,
  seite      int,
  primary key (mandant_id, eingang_id, nummer),
  foreign key (mandant_id, eingang_id) references posteingang.eingang (mandant_id, id)
);
select platform.isolate('posteingang.vorschlag', 'select, insert, update, delete');

-- Files of the watched folder that have become an Eingang: a second scan of the same file makes no second one.
create table posteingang.ordnerdatei (
  mandant_id uuid not null default platform.current_mandant(),
  pfad       text not null,
  sha256     text not null,
  geaendert  timestamptz(3) not null,
  eingang_id uuid not null,
  primary key (mandant_id, pfad, sha256, geaendert),
  foreign key (mandant_id, eingang_id) references posteingang.eingang (mandant_id, id)
);
select platform.isolate('posteingang.ordnerdatei');

-- Where what names no OE goes: the Poststelle's basket. One row a Mandant.
create table posteingang.einstellung (
  mandant_id              uuid not null default platform.current_mandant(),
  id                      uuid not null,
  organisationseinheit_id uuid not null,
  version                 int not null default 1,
  primary key (mandant_id),
  foreign key (mandant_id, organisationseinheit_id) references organisation.organisationseinheit (mandant_id, id)
);
select platform.protect('posteingang.einstellung');
