create schema scanstelle;
grant usage on schema scanstelle to va_app;

-- How a kind of scan is worked on. What a batch was worked on by stands in the batch itself: a profile may be changed later.
create table scanstelle.profil (
  mandant_id    uuid not null default platform.current_mandant(),
  id            uuid not null,
  version       int not null default 1,
  bezeichnung   text not null check (bezeichnung <> ''),
  -- subfolder of the watched folder whose files are scans of this profile
  ordner        text,
  einstellungen jsonb not null,
  organisationseinheit_id uuid,
  aktiv         boolean not null default true,
  primary key (mandant_id, id),
  constraint profil_bezeichnung_vergeben unique (mandant_id, bezeichnung),
  constraint profil_ordner_vergeben unique (mandant_id, ordner),
  foreign key (mandant_id, organisationseinheit_id) references organisation.organisationseinheit (mandant_id, id)
);
select platform.protect('scanstelle.profil');

-- Gapless numbers of batches, boxes and destruction lists: raised in the transaction that makes them.
create table scanstelle.zaehler (
  mandant_id uuid not null default platform.current_mandant(),
  art        text not null,
  jahr       smallint not null,
  stand      int not null,
  primary key (mandant_id, art, jahr)
);
select platform.protect('scanstelle.zaehler');

-- The batch record (RS-01 to RS-09): who scanned what where and when, what was expected, what came, who checked and who released.
create table scanstelle.stapel (
  mandant_id              uuid not null default platform.current_mandant(),
  id                      uuid not null,
  version                 int not null default 1,
  schutz_id               uuid not null,
  jahr                    smallint not null,
  lfd_nr                  int not null,
  nummer                  text not null,
  status                  text not null default 'eingetroffen' check (status in ('eingetroffen', 'zerlegt', 'zu_pruefen', 'geprueft', 'uebernommen', 'verworfen')),
  -- why it does not go on by itself: what is waited for, or what does not fit
  hindernis               jsonb,
  herkunft                text not null check (herkunft in ('upload', 'ordner')),
  bezeichnung             text not null,
  organisationseinheit_id uuid not null,
  profil_id               uuid,
  -- the profile as it was when the batch came
  profil                  jsonb not null,
  station                 text,
  -- who fed the scanner: a person of ours, or the name that the manifest gives
  gescannt_von            uuid,
  gescannt_name           text,
  gescannt_am             timestamptz(3),
  eingetroffen            timestamptz(3) not null default now(),
  posteingangsdatum       date not null,
  manifest                jsonb,
  erwartete_seiten        int,
  geprueft_von            uuid,
  geprueft_am             timestamptz(3),
  uebernommen_von         uuid,
  uebernommen_am          timestamptz(3),
  verworfen_von           uuid,
  verworfen_am            timestamptz(3),
  verwerfungsgrund        text,
  karton_id               uuid,
  primary key (mandant_id, id),
  constraint stapel_nummer_eindeutig unique (mandant_id, jahr, lfd_nr),
  foreign key (mandant_id, schutz_id) references zugriff.schutzbereich (mandant_id, id),
  foreign key (mandant_id, organisationseinheit_id) references organisation.organisationseinheit (mandant_id, id),
  foreign key (mandant_id, profil_id) references scanstelle.profil (mandant_id, id),
  constraint stapel_ende check (case status when 'uebernommen' then uebernommen_am is not null when 'verworfen' then verwerfungsgrund is not null and verworfen_am is not null else uebernommen_am is null and verworfen_am is null end)
);
create index on scanstelle.stapel (mandant_id, schutz_id, eingetroffen desc, id);
create index on scanstelle.stapel (mandant_id, status, eingetroffen desc);
select platform.protect('scanstelle.stapel');

-- A file as the scanner wrote it, kept unchanged.
create table scanstelle.rohdatei (
  mandant_id   uuid not null default platform.current_mandant(),
  id           uuid not null,
  stapel_id    uuid not null,
  nummer       int not null default 1,
  art          text not null check (art in ('scan', 'nachscan', 'manifest')),
  inhalt_id    uuid not null,
  dateiname    text not null,
  mime         text not null,
  groesse      bigint not null,
  sha256       text not null,
  -- pages it holds, known once it was opened; gelesen: those that have been analysed
  seiten       int,
  gelesen      int not null default 0,
  fehler       text,
  eingetroffen timestamptz(3) not null default now(),
  primary key (mandant_id, id),
  foreign key (mandant_id, stapel_id) references scanstelle.stapel (mandant_id, id),
  foreign key (mandant_id, inhalt_id) references ablage.inhalt (mandant_id, id)
);
create index on scanstelle.rohdatei (mandant_id, stapel_id, nummer);
create index on scanstelle.rohdatei (mandant_id, inhalt_id);
create index on scanstelle.rohdatei (mandant_id, sha256);
select platform.protect('scanstelle.rohdatei');

-- A letter of the batch. Its pages name it.
create table scanstelle.brief (
  mandant_id              uuid not null default platform.current_mandant(),
  id                      uuid not null,
  stapel_id               uuid not null,
  betreff                 text not null default '',
  absender                text not null default '',
  organisationseinheit_id uuid,
  akte_id                 uuid,
  vorgang_id              uuid,
  -- what the person who checks must look at: contradicting codes, a cover sheet nobody knows
  hinweise                jsonb not null default '[]',
  -- drawn for the check of quality, and its result
  stichprobe              boolean not null default false,
  ergebnis                text check (ergebnis in ('in_ordnung', 'mangel')),
  ergebnis_bemerkung      text,
  ergebnis_von            uuid,
  ergebnis_am             timestamptz(3),
  -- the letter as PDF, derived from the raw files; made when the check is closed
  pdf_id                  uuid,
  eingang_id              uuid,
  karton_id               uuid,
  papier                  text not null default 'da' check (papier in ('da', 'zurueckgehalten', 'vernichtet')),
  papier_grund            text,
  vernichtung_id          uuid,
  primary key (mandant_id, id),
  constraint brief_eingang_einmal unique (mandant_id, eingang_id),
  foreign key (mandant_id, stapel_id) references scanstelle.stapel (mandant_id, id),
  foreign key (mandant_id, organisationseinheit_id) references organisation.organisationseinheit (mandant_id, id),
  foreign key (mandant_id, akte_id) references schriftgut.akte (mandant_id, id),
  foreign key (mandant_id, vorgang_id) references schriftgut.vorgang (mandant_id, id),
  foreign key (mandant_id, eingang_id) references posteingang.eingang (mandant_id, id)
);
create index on scanstelle.brief (mandant_id, stapel_id);
create index on scanstelle.brief (mandant_id, papier, karton_id);
select platform.protect('scanstelle.brief', 'select, insert, update, delete');

-- A page of a raw file, what the analysis says of it and what people decided. Nothing of it is thrown away: a removed page keeps its picture.
create table scanstelle.seite (
  mandant_id   uuid not null default platform.current_mandant(),
  id           uuid not null,
  stapel_id    uuid not null,
  rohdatei_id  uuid not null,
  -- page of the raw file, from 1
  seite        int not null,
  -- place in the batch; null while a page that was scanned again is not yet in its place
  position     int,
  status       text not null check (status in ('da', 'leer', 'trennblatt', 'entfernt', 'ersetzt')),
  brief_id     uuid,
  befund       jsonb not null,
  -- what people turned it by, on top of what the analysis did
  drehung      int not null default 0 check (drehung in (0, 90, 180, 270)),
  nachscan     boolean not null default false,
  ersetzt_durch uuid,
  -- the packed pictures, and where in them those of this page lie; null where the page could not be read
  bilder_id    uuid,
  bild_von     bigint,
  bild_laenge  bigint,
  daumen_von   bigint,
  daumen_laenge bigint,
  primary key (mandant_id, id),
  constraint seite_einmal unique (mandant_id, rohdatei_id, seite),
  foreign key (mandant_id, stapel_id) references scanstelle.stapel (mandant_id, id),
  foreign key (mandant_id, rohdatei_id) references scanstelle.rohdatei (mandant_id, id),
  foreign key (mandant_id, brief_id) references scanstelle.brief (mandant_id, id)
);
create index on scanstelle.seite (mandant_id, stapel_id, position);
create index on scanstelle.seite (mandant_id, brief_id);
select platform.protect('scanstelle.seite');

-- That picture and paper agree: text and hash as they were when the letter was released, never changed.
create table scanstelle.transfervermerk (
  mandant_id uuid not null default platform.current_mandant(),
  id         uuid not null,
  stapel_id  uuid not null,
  brief_id   uuid not null,
  eingang_id uuid not null,
  -- JSON exactly as it was hashed
  vermerk    text not null,
  sha256     text not null,
  erstellt   timestamptz(3) not null default now(),
  primary key (mandant_id, id),
  constraint transfervermerk_einmal unique (mandant_id, eingang_id),
  foreign key (mandant_id, stapel_id) references scanstelle.stapel (mandant_id, id),
  foreign key (mandant_id, brief_id) references scanstelle.brief (mandant_id, id),
  foreign key (mandant_id, eingang_id) references posteingang.eingang (mandant_id, id)
);
select platform.protect('scanstelle.transfervermerk', 'select, insert');

-- What the codes of the Mandant's cover sheets are signed with, so that no other house's sheet, and none that somebody drew, files a letter here.
create table scanstelle.schluessel (
  mandant_id uuid not null default platform.current_mandant(),
  schluessel text not null,
  primary key (mandant_id)
);
select platform.isolate('scanstelle.schluessel');

-- Where the paper lies.
create table scanstelle.karton (
  mandant_id uuid not null default platform.current_mandant(),
  id         uuid not null,
  version    int not null default 1,
  jahr       smallint not null,
  lfd_nr     int not null,
  nummer     text not null,
  palette    text,
  standort   text,
  geschlossen boolean not null default false,
  erstellt   timestamptz(3) not null default now(),
  primary key (mandant_id, id),
  constraint karton_nummer_eindeutig unique (mandant_id, jahr, lfd_nr)
);
select platform.protect('scanstelle.karton');
alter table scanstelle.stapel add foreign key (mandant_id, karton_id) references scanstelle.karton (mandant_id, id);
alter table scanstelle.brief add foreign key (mandant_id, karton_id) references scanstelle.karton (mandant_id, id);

-- Paper that is to be destroyed: proposed by one, approved by another, destroyed.
create table scanstelle.vernichtung (
  mandant_id       uuid not null default platform.current_mandant(),
  id               uuid not null,
  version          int not null default 1,
  jahr             smallint not null,
  lfd_nr           int not null,
  nummer           text not null,
  status           text not null default 'vorgeschlagen' check (status in ('vorgeschlagen', 'genehmigt', 'abgelehnt', 'vernichtet')),
  vorgeschlagen_von uuid,
  vorgeschlagen_am timestamptz(3) not null default now(),
  entschieden_von  uuid,
  entschieden_am   timestamptz(3),
  grund            text,
  vernichtet_am    timestamptz(3),
  vernichtet_von   uuid,
  verfahren        text,
  primary key (mandant_id, id),
  constraint vernichtung_nummer_eindeutig unique (mandant_id, jahr, lfd_nr)
);
select platform.protect('scanstelle.vernichtung');
alter table scanstelle.brief add foreign key (mandant_id, vernichtung_id) references scanstelle.vernichtung (mandant_id, id);
