create schema schriftgut;
grant usage on schema schriftgut to va_app;

-- DIN 5007-2 (names: ä = ae), figures by their value: 631.20-2026/9 before 631.20-2026/10
create collation schriftgut.deutsch (provider = icu, locale = 'de-u-co-phonebk-kn-true');

-- Akte and Teilakte. What stands in the columns is a superset of xdomea 4.0 AkteType: see docs/xdomea-abbildung.md.
create table schriftgut.akte (
  mandant_id                      uuid not null default platform.current_mandant(),
  id                              uuid not null,
  schutz_id                       uuid not null,
  schutz_eigen                    boolean not null default false,      -- set for this Akte, not inherited
  parent_id                       uuid,                                -- of a Teilakte
  tiefe                           smallint not null default 1,         -- Akten, Teilakten, Vorgänge and Teilvorgänge on the way down to here
  nummer                          integer,                             -- in the Akte above; an Akte of the Aktenplan has none
  aktenplaneinheit_id             uuid not null,
  aktenzeichen                    text collate schriftgut.deutsch not null,
  aktenzeichen_norm               text not null,                       -- independent of spelling
  betreff                         text collate schriftgut.deutsch not null,
  typ                             text,
  bemerkung                       text,
  federfuehrung_id                uuid not null,
  aktenfuehrung_id                uuid not null,
  bearbeiter_id                   uuid,
  medium                          text not null default 'elektronisch' check (medium in ('elektronisch', 'hybrid', 'papier')),
  standort                        text,
  geheimhaltungsgrad              text not null default 'offen' check (geheimhaltungsgrad in ('offen', 'vs_nfd')), -- higher ones are refused (BE-04)
  geheimhaltung_frist             smallint,
  geheimhaltung_eingestuft_am     date,
  geheimhaltung_herausgeber       text,
  geheimhaltung_endet_am          date,
  geheimhaltung_bemerkung         text,
  datenschutzstufe                text,
  datenschutzstufe_code           jsonb,
  aussonderungsart                text,                                -- null: as the Aktenplaneinheit says
  aussonderungsart_begruendung    text,
  aufbewahrungsdauer              smallint,                            -- years; null: as the Aktenplaneinheit says
  aufbewahrung_unbefristet        boolean,
  aufbewahrung_begruendung        text,
  aussonderung_kennung            text,
  bewertungsvorschlag             text check (bewertungsvorschlag in ('A', 'V')),
  bewertungsvorschlag_begruendung text,
  aufbewahrungsende               date,                                -- set by closing, taken back by reopening
  transferfristende               date,
  laufzeit_beginn                 date,                                -- overrides what the Dokumente say
  laufzeit_ende                   date,
  status                          text not null default 'in_bearbeitung'
    check (status in ('in_bearbeitung', 'zda', 'angeboten', 'bewertet_a', 'bewertet_v', 'abgegeben', 'vernichtet')),
  zda_am                          date,
  storniert_am                    timestamptz(3),
  storniert_von                   uuid,
  storno_grund                    text,
  felder                          jsonb not null default '{}',         -- the Mandant's own fields, by their key
  erweiterungen_xml               text[] not null default '{}',        -- received extensions nobody here knows, as they came
  erstellt_am                     timestamptz(3) not null default now(),
  erstellt_von                    uuid,
  geaendert_am                    timestamptz(3) not null default now(),
  version                         integer not null default 1,
  primary key (mandant_id, id),
  constraint akte_aktenzeichen_eindeutig unique (mandant_id, aktenzeichen),
  constraint akte_nummer_eindeutig unique (mandant_id, parent_id, nummer),
  foreign key (mandant_id, parent_id) references schriftgut.akte (mandant_id, id),
  foreign key (mandant_id, schutz_id) references zugriff.schutzbereich (mandant_id, id),
  foreign key (mandant_id, federfuehrung_id) references organisation.organisationseinheit (mandant_id, id),
  foreign key (mandant_id, aktenfuehrung_id) references organisation.organisationseinheit (mandant_id, id),
  foreign key (mandant_id, bearbeiter_id) references organisation.benutzer (mandant_id, id),
  foreign key (mandant_id, aktenplaneinheit_id) references aktenplan.aktenplaneinheit (mandant_id, id),
  check ((parent_id is null) = (nummer is null)),
  check (not (aufbewahrungsdauer is not null and aufbewahrung_unbefristet is true)),
  check ((storniert_am is null) = (storno_grund is null)),
  constraint akte_standort_fehlt check (medium = 'elektronisch' or standort is not null)
);
create index on schriftgut.akte (mandant_id, aktenplaneinheit_id, aktenzeichen, id) include (schutz_id);
create index on schriftgut.akte (mandant_id, geaendert_am desc, id desc);
create index on schriftgut.akte (mandant_id, betreff, id);
create index on schriftgut.akte (mandant_id, bearbeiter_id) where bearbeiter_id is not null;
create index on schriftgut.akte (mandant_id, federfuehrung_id);
create index on schriftgut.akte (mandant_id, schutz_id);
create index on schriftgut.akte (mandant_id, aktenzeichen_norm);
select platform.protect('schriftgut.akte');

create table schriftgut.vorgang (
  mandant_id                      uuid not null default platform.current_mandant(),
  id                              uuid not null,
  schutz_id                       uuid not null,
  schutz_eigen                    boolean not null default false,
  akte_id                         uuid not null,
  parent_id                       uuid,                                -- of a Teilvorgang; akte_id is that of the Vorgang above
  tiefe                           smallint not null,
  nummer                          integer not null,
  kennzeichen                     text collate schriftgut.deutsch not null,
  kennzeichen_norm                text not null,
  betreff                         text collate schriftgut.deutsch not null,
  typ                             text,
  bemerkung                       text,
  federfuehrung_id                uuid,                                -- null: that of the Akte
  aktenfuehrung_id                uuid,
  bearbeiter_id                   uuid,
  medium                          text not null default 'elektronisch' check (medium in ('elektronisch', 'hybrid', 'papier')),
  standort                        text,
  geheimhaltungsgrad              text not null default 'offen' check (geheimhaltungsgrad in ('offen', 'vs_nfd')),
  geheimhaltung_frist             smallint,
  geheimhaltung_eingestuft_am     date,
  geheimhaltung_herausgeber       text,
  geheimhaltung_endet_am          date,
  geheimhaltung_bemerkung         text,
  datenschutzstufe                text,
  datenschutzstufe_code           jsonb,
  aussonderungsart                text,
  aussonderungsart_begruendung    text,
  aufbewahrungsdauer              smallint,
  aufbewahrung_unbefristet        boolean,
  aufbewahrung_begruendung        text,
  aussonderung_kennung            text,
  bewertungsvorschlag             text check (bewertungsvorschlag in ('A', 'V')),
  bewertungsvorschlag_begruendung text,
  aufbewahrungsende               date,
  transferfristende               date,
  laufzeit_beginn                 date,
  laufzeit_ende                   date,
  status                          text not null default 'in_bearbeitung'
    check (status in ('in_bearbeitung', 'zda', 'angeboten', 'bewertet_a', 'bewertet_v', 'abgegeben', 'vernichtet')),
  zda_am                          date,
  storniert_am                    timestamptz(3),
  storniert_von                   uuid,
  storno_grund                    text,
  felder                          jsonb not null default '{}',
  erweiterungen_xml               text[] not null default '{}',
  erstellt_am                     timestamptz(3) not null default now(),
  erstellt_von                    uuid,
  geaendert_am                    timestamptz(3) not null default now(),
  version                         integer not null default 1,
  primary key (mandant_id, id),
  foreign key (mandant_id, akte_id) references schriftgut.akte (mandant_id, id),
  foreign key (mandant_id, parent_id) references schriftgut.vorgang (mandant_id, id),
  foreign key (mandant_id, schutz_id) references zugriff.schutzbereich (mandant_id, id),
  foreign key (mandant_id, federfuehrung_id) references organisation.organisationseinheit (mandant_id, id),
  foreign key (mandant_id, aktenfuehrung_id) references organisation.organisationseinheit (mandant_id, id),
  foreign key (mandant_id, bearbeiter_id) references organisation.benutzer (mandant_id, id),
  check (not (aufbewahrungsdauer is not null and aufbewahrung_unbefristet is true)),
  check ((storniert_am is null) = (storno_grund is null)),
  constraint vorgang_standort_fehlt check (medium = 'elektronisch' or standort is not null)
);
-- The number is unique in its container, and the page of a container is one scan of the same index (schutz_id: for the exact count).
create unique index vorgang_nummer_in_akte on schriftgut.vorgang (mandant_id, akte_id, nummer) include (id, schutz_id, storniert_am) where parent_id is null;
create unique index vorgang_nummer_in_vorgang on schriftgut.vorgang (mandant_id, parent_id, nummer) include (id, schutz_id, storniert_am) where parent_id is not null;
create index on schriftgut.vorgang (mandant_id, akte_id, status);
create index on schriftgut.vorgang (mandant_id, bearbeiter_id, status) where bearbeiter_id is not null;
create index on schriftgut.vorgang (mandant_id, geaendert_am desc, id desc);
create index on schriftgut.vorgang (mandant_id, betreff, id);
create index on schriftgut.vorgang (mandant_id, schutz_id);
create index on schriftgut.vorgang (mandant_id, kennzeichen, id);
create index on schriftgut.vorgang (mandant_id, kennzeichen_norm);
select platform.protect('schriftgut.vorgang');

-- Dokument, and with parent_id its Anlagen and Schriftstücke. akte_id and vorgang_id are those of the outermost Dokument.
create table schriftgut.dokument (
  mandant_id                  uuid not null default platform.current_mandant(),
  id                          uuid not null,
  schutz_id                   uuid not null,
  schutz_eigen                boolean not null default false,
  akte_id                     uuid not null,
  vorgang_id                  uuid,
  parent_id                   uuid,
  rolle                       text check (rolle in ('anlage', 'schriftstueck')),
  nummer                      integer not null,
  kennzeichen                 text collate schriftgut.deutsch not null,
  kennzeichen_norm            text not null,
  art                         text not null check (art in ('eingang', 'ausgang', 'intern')),
  entwurf                     boolean not null default false,
  betreff                     text collate schriftgut.deutsch not null,
  typ                         text,
  bemerkung                   text,
  fremdes_geschaeftszeichen   text,
  bezug                       text,
  hier                        text,
  posteingangsdatum           date,
  postausgangsdatum           date,
  datum_des_schreibens        date not null,
  datum                       date not null generated always as (case art when 'eingang' then coalesce(posteingangsdatum, datum_des_schreibens)
                                when 'ausgang' then coalesce(postausgangsdatum, datum_des_schreibens) else datum_des_schreibens end) stored,
  bearbeiter_id               uuid,
  bearbeiter_name             text,                                    -- as another authority named them
  federfuehrung_id            uuid,                                    -- null: that of the Vorgang, then of the Akte
  aktenfuehrung_id            uuid,
  medium                      text not null default 'elektronisch' check (medium in ('elektronisch', 'hybrid', 'papier')),
  standort                    text,
  geheimhaltungsgrad          text not null default 'offen' check (geheimhaltungsgrad in ('offen', 'vs_nfd')),
  geheimhaltung_frist         smallint,
  geheimhaltung_eingestuft_am date,
  geheimhaltung_herausgeber   text,
  geheimhaltung_endet_am      date,
  geheimhaltung_bemerkung     text,
  datenschutzstufe            text,
  datenschutzstufe_code       jsonb,
  aktuelle_version_id         uuid,
  finalisiert_am              timestamptz(3),
  finalisiert_von             uuid,
  storniert_am                timestamptz(3),
  storniert_von               uuid,
  storno_grund                text,
  felder                      jsonb not null default '{}',
  erweiterungen_xml           text[] not null default '{}',
  erstellt_am                 timestamptz(3) not null default now(),
  erstellt_von                uuid,
  geaendert_am                timestamptz(3) not null default now(),
  version                     integer not null default 1,
  primary key (mandant_id, id),
  foreign key (mandant_id, akte_id) references schriftgut.akte (mandant_id, id),
  foreign key (mandant_id, vorgang_id) references schriftgut.vorgang (mandant_id, id),
  foreign key (mandant_id, parent_id) references schriftgut.dokument (mandant_id, id),
  foreign key (mandant_id, schutz_id) references zugriff.schutzbereich (mandant_id, id),
  foreign key (mandant_id, federfuehrung_id) references organisation.organisationseinheit (mandant_id, id),
  foreign key (mandant_id, aktenfuehrung_id) references organisation.organisationseinheit (mandant_id, id),
  foreign key (mandant_id, bearbeiter_id) references organisation.benutzer (mandant_id, id),
  check ((parent_id is null) = (rolle is null)),
  check ((storniert_am is null) = (storno_grund is null)),
  constraint dokument_standort_fehlt check (medium = 'elektronisch' or standort is not null)
);
create unique index dokument_nummer_in_akte on schriftgut.dokument (mandant_id, akte_id, nummer) include (id, schutz_id, storniert_am) where vorgang_id is null and parent_id is null;
create unique index dokument_nummer_in_vorgang on schriftgut.dokument (mandant_id, vorgang_id, nummer) include (id, schutz_id, storniert_am) where vorgang_id is not null and parent_id is null;
create unique index dokument_nummer_in_dokument on schriftgut.dokument (mandant_id, parent_id, nummer) include (id, schutz_id, storniert_am) where parent_id is not null;
-- Newest first: in an Akte with all its Vorgänge, lying directly in an Akte, in a Vorgang, everywhere.
create index dokument_akte_datum on schriftgut.dokument (mandant_id, akte_id, datum desc, id desc) include (schutz_id, storniert_am) where parent_id is null;
create index dokument_direkt_datum on schriftgut.dokument (mandant_id, akte_id, datum desc, id desc) include (schutz_id, storniert_am) where vorgang_id is null and parent_id is null;
create index dokument_vorgang_datum on schriftgut.dokument (mandant_id, vorgang_id, datum desc, id desc) include (schutz_id, storniert_am) where parent_id is null;
create index dokument_datum on schriftgut.dokument (mandant_id, datum desc, id desc) include (schutz_id, storniert_am) where parent_id is null;
create index on schriftgut.dokument (mandant_id, geaendert_am desc, id desc);
create index on schriftgut.dokument (mandant_id, bearbeiter_id) where bearbeiter_id is not null;
create index on schriftgut.dokument (mandant_id, schutz_id);
create index on schriftgut.dokument (mandant_id, kennzeichen, id);
create index on schriftgut.dokument (mandant_id, kennzeichen_norm);
select platform.protect('schriftgut.dokument');

create table schriftgut.dokumentversion (
  mandant_id       uuid not null default platform.current_mandant(),
  id               uuid not null,
  dokument_id      uuid not null,
  nummer           integer not null,
  bemerkung        text,
  abgeschlossen_am timestamptz(3),                                     -- from then on immutable
  erstellt_am      timestamptz(3) not null default now(),
  erstellt_von     uuid,
  primary key (mandant_id, id),
  constraint dokumentversion_nummer_eindeutig unique (mandant_id, dokument_id, nummer),
  foreign key (mandant_id, dokument_id) references schriftgut.dokument (mandant_id, id)
);
select platform.protect('schriftgut.dokumentversion');
-- Deferred: a Dokument and its first version name each other.
alter table schriftgut.dokument add constraint dokument_aktuelle_version foreign key (mandant_id, aktuelle_version_id)
  references schriftgut.dokumentversion (mandant_id, id) deferrable initially deferred;

-- One file of a version: the original, a PDF/A, a signature file (xdomea FormatType with its Primaerdokument).
create table schriftgut.format (
  mandant_id           uuid not null default platform.current_mandant(),
  id                   uuid not null,
  version_id           uuid not null,
  dokument_id          uuid not null,
  nummer               smallint not null,
  art                  text not null check (art in ('original', 'pdfa', 'signatur', 'weiteres')),
  inhalt_id            uuid not null,
  dateiname            text not null,
  mime                 text not null,
  groesse              bigint not null,
  sha256               text not null,
  format_code          text not null,                                  -- xdomea Dateiformat; 100 = Sonstiges, then format_name
  format_name          text,
  format_version       text not null default 'unbekannt',
  ersteller            text,
  inhalt_erstellt_am   timestamptz(3),
  inhalt_geaendert_am  timestamptz(3),
  signatur_eingebettet boolean,
  signatur_zu          uuid,                                           -- the format that this signature file signs
  erstellt_am          timestamptz(3) not null default now(),
  primary key (mandant_id, id),
  unique (mandant_id, version_id, nummer),
  foreign key (mandant_id, version_id) references schriftgut.dokumentversion (mandant_id, id),
  foreign key (mandant_id, dokument_id) references schriftgut.dokument (mandant_id, id),
  foreign key (mandant_id, inhalt_id) references ablage.inhalt (mandant_id, id),
  foreign key (mandant_id, signatur_zu) references schriftgut.format (mandant_id, id)
);
create index on schriftgut.format (mandant_id, inhalt_id);
create index on schriftgut.format (mandant_id, dokument_id);
select platform.protect('schriftgut.format');

-- ST-04 is kept here as well, so that no code path can write into what is closed.
create function schriftgut.require_offene_version() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'dokumentversion' then
    if old.abgeschlossen_am is not null then raise exception 'the version is closed' using errcode = '23514', constraint = 'version_abgeschlossen'; end if;
  elsif exists (select from schriftgut.dokumentversion v where v.mandant_id = coalesce(new.mandant_id, old.mandant_id)
      and v.id = coalesce(new.version_id, old.version_id) and v.abgeschlossen_am is not null) then
    raise exception 'the version is closed' using errcode = '23514', constraint = 'version_abgeschlossen';
  end if;
  return coalesce(new, old);
end $$;
create trigger offene_version before update or delete on schriftgut.dokumentversion for each row execute function schriftgut.require_offene_version();
create trigger offene_version before insert or update or delete on schriftgut.format for each row execute function schriftgut.require_offene_version();

-- Absender, Empfänger and other people and bodies as they stood at the time (xdomea KontaktType).
create table schriftgut.kontakt (
  mandant_id                 uuid not null default platform.current_mandant(),
  id                         uuid not null,
  akte_id                    uuid,
  vorgang_id                 uuid,
  dokument_id                uuid,
  reihenfolge                smallint not null,
  art                        text not null check (art in ('absender', 'empfaenger', 'weiterer')),
  rolle                      text,
  rolle_code                 jsonb,
  name                       text collate schriftgut.deutsch not null, -- how to show it, made of the parts below
  name_such                  text not null,                            -- folded
  behoerde_verzeichnisdienst text,
  behoerde_kennung           text,
  institution                text,
  institution_kurz           text,
  organisationseinheit       text,
  anrede                     text,
  titel                      text,
  familienname               text,
  vorname                    text,
  taetigkeit                 text,
  zustaendigkeit             text,
  geburtsdatum               date,
  anschriften                jsonb not null default '[]',
  unstrukturierte_anschriften jsonb not null default '[]',
  erreichbarkeit             jsonb not null default '[]',
  erweiterungen_xml          text[] not null default '{}',
  primary key (mandant_id, id),
  foreign key (mandant_id, akte_id) references schriftgut.akte (mandant_id, id),
  foreign key (mandant_id, vorgang_id) references schriftgut.vorgang (mandant_id, id),
  foreign key (mandant_id, dokument_id) references schriftgut.dokument (mandant_id, id),
  check (num_nonnulls(akte_id, vorgang_id, dokument_id) = 1)
);
create index on schriftgut.kontakt (mandant_id, dokument_id, reihenfolge) where dokument_id is not null;
create index on schriftgut.kontakt (mandant_id, vorgang_id, reihenfolge) where vorgang_id is not null;
create index on schriftgut.kontakt (mandant_id, akte_id, reihenfolge) where akte_id is not null;
select platform.protect('schriftgut.kontakt', 'select, insert, update, delete');

-- ST-09: to an object here, or by UUID or Kennzeichen alone to one elsewhere.
create table schriftgut.verweis (
  mandant_id            uuid not null default platform.current_mandant(),
  id                    uuid not null,
  akte_id               uuid,
  vorgang_id            uuid,
  dokument_id           uuid,
  ziel_typ              text check (ziel_typ in ('akte', 'vorgang', 'dokument')),
  ziel_uuid             uuid,
  ziel_kennzeichen      text,
  ziel_kennzeichen_norm text,
  ziel_behoerde         text,                                          -- where it lies when not here
  bemerkung             text,
  erstellt_am           timestamptz(3) not null default now(),
  primary key (mandant_id, id),
  foreign key (mandant_id, akte_id) references schriftgut.akte (mandant_id, id),
  foreign key (mandant_id, vorgang_id) references schriftgut.vorgang (mandant_id, id),
  foreign key (mandant_id, dokument_id) references schriftgut.dokument (mandant_id, id),
  check (num_nonnulls(akte_id, vorgang_id, dokument_id) = 1),
  constraint verweis_ziel_fehlt check (ziel_uuid is not null or ziel_kennzeichen is not null)
);
create index on schriftgut.verweis (mandant_id, akte_id) where akte_id is not null;
create index on schriftgut.verweis (mandant_id, vorgang_id) where vorgang_id is not null;
create index on schriftgut.verweis (mandant_id, dokument_id) where dokument_id is not null;
create index on schriftgut.verweis (mandant_id, ziel_uuid) where ziel_uuid is not null;
select platform.protect('schriftgut.verweis', 'select, insert, update, delete');

-- AZ-05: what an object was called before it moved goes on finding it.
create table schriftgut.frueheres_kennzeichen (
  mandant_id       uuid not null default platform.current_mandant(),
  id               uuid not null default gen_random_uuid(),
  akte_id          uuid,
  vorgang_id       uuid,
  dokument_id      uuid,
  kennzeichen      text collate schriftgut.deutsch not null,
  kennzeichen_norm text not null,
  bis              timestamptz(3) not null default now(),
  grund            text,
  primary key (mandant_id, id),
  foreign key (mandant_id, akte_id) references schriftgut.akte (mandant_id, id),
  foreign key (mandant_id, vorgang_id) references schriftgut.vorgang (mandant_id, id),
  foreign key (mandant_id, dokument_id) references schriftgut.dokument (mandant_id, id),
  check (num_nonnulls(akte_id, vorgang_id, dokument_id) = 1)
);
create index on schriftgut.frueheres_kennzeichen (mandant_id, kennzeichen_norm);
create index on schriftgut.frueheres_kennzeichen (mandant_id, akte_id) where akte_id is not null;
create index on schriftgut.frueheres_kennzeichen (mandant_id, vorgang_id) where vorgang_id is not null;
create index on schriftgut.frueheres_kennzeichen (mandant_id, dokument_id) where dokument_id is not null;
select platform.protect('schriftgut.frueheres_kennzeichen');

-- The last NummerImUebergeordnetenContainer given out in an Akte, Vorgang or Dokument: over all kinds of children, never re-used.
create table schriftgut.zaehler (
  mandant_id   uuid not null default platform.current_mandant(),
  container_id uuid not null,
  stand        integer not null,
  primary key (mandant_id, container_id)
);
select platform.isolate('schriftgut.zaehler');

-- MD-05: the Mandant's own fields.
create table schriftgut.erweiterungsfeld (
  mandant_id   uuid not null default platform.current_mandant(),
  id           uuid not null,
  objekttyp    text not null check (objekttyp in ('akte', 'vorgang', 'dokument')),
  schluessel   text not null,
  bezeichnung  text not null,
  beschreibung text,
  datentyp     text not null check (datentyp in ('text', 'zahl', 'datum', 'codeliste', 'person', 'verweis')),
  codes        jsonb not null default '[]',
  reihenfolge  smallint not null default 0,
  stillgelegt  boolean not null default false,
  version      integer not null default 1,
  primary key (mandant_id, id),
  constraint erweiterungsfeld_schluessel_eindeutig unique (mandant_id, objekttyp, schluessel)
);
select platform.protect('schriftgut.erweiterungsfeld');

-- MD-06 and what else a Mandant sets; without a row the defaults of the module hold.
create table schriftgut.einstellung (
  mandant_id   uuid not null default platform.current_mandant(),
  id           uuid not null,                                          -- the Mandant's own id: one row each
  max_tiefe    smallint not null,
  pflichtfelder jsonb not null,                                        -- [{ objekttyp, status, feld }]
  version      integer not null default 1,
  primary key (mandant_id, id)
);
select platform.protect('schriftgut.einstellung');

create table schriftgut.merkliste (
  mandant_id  uuid not null default platform.current_mandant(),
  benutzer_id uuid not null,
  typ         text not null check (typ in ('akte', 'vorgang', 'dokument')),
  objekt_id   uuid not null,
  erstellt_am timestamptz(3) not null default now(),
  primary key (mandant_id, benutzer_id, objekt_id)
);
select platform.isolate('schriftgut.merkliste', 'select, insert, update, delete');

-- Written after the answer and allowed to be lost.
create table schriftgut.zuletzt_gesehen (
  mandant_id  uuid not null default platform.current_mandant(),
  benutzer_id uuid not null,
  typ         text not null check (typ in ('akte', 'vorgang', 'dokument')),
  objekt_id   uuid not null,
  zeit        timestamptz(3) not null default now(),
  primary key (mandant_id, benutzer_id, objekt_id)
);
create index on schriftgut.zuletzt_gesehen (mandant_id, benutzer_id, zeit desc);
select platform.isolate('schriftgut.zuletzt_gesehen', 'select, insert, update, delete');
