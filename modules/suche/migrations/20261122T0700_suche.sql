create schema suche;
grant usage on schema suche to va_app, va_suche;
-- Trigrams over the vocabulary, for words that OCR or a finger has spoilt. A trusted extension: the owner of the database may make it.
create extension if not exists pg_trgm with schema suche;

-- Small numbers for Schutzbereiche, dense in each Mandant and never given again, so that what a person may see is a string of bits: five thousand
-- ids would cost more to hand over with every search than the search itself.
create table suche.schutz (
  mandant_id uuid not null default platform.current_mandant(),
  schutz_id  uuid not null,
  nr         integer not null check (nr >= 0),
  primary key (mandant_id, schutz_id),
  unique (mandant_id, nr)
);
select platform.isolate('suche.schutz', 'select, insert');

-- One row per object that can be found: what filters and rights need, and the vector. Texts for people lie in suche.anzeige.
-- No index on schutz_id, schutz_nr, status and storniert, so that a change of these is a HOT update and leaves the text index alone.
create table suche.eintrag (
  mandant_id              uuid not null default platform.current_mandant(),
  id                      uuid not null,
  typ                     text not null,
  schutz_id               uuid not null,
  schutz_nr               integer not null,
  datum                   date not null,
  art                     text,
  status                  text,
  aktenplaneinheit_id     uuid,
  organisationseinheit_id uuid,
  akte_id                 uuid,
  vorgang_id              uuid,
  -- Also set on rows whose text is not there yet: they hold the place for the rights and are not found.
  storniert               boolean not null,
  vektor                  tsvector not null,
  primary key (mandant_id, id)
) with (fillfactor = 85, toast_tuple_target = 256);
-- Vectors out of the row and uncompressed: counts and facets read narrow rows only, ranking unpacks nothing.
alter table suche.eintrag alter column vektor set storage external;
create index eintrag_datum on suche.eintrag (mandant_id, datum desc, id desc);
create index eintrag_akte on suche.eintrag (mandant_id, akte_id) where akte_id is not null;
-- A short list of pending entries: new content is found at once, and a search reads at most half a megabyte beside the index.
create index eintrag_vektor on suche.eintrag using gin (vektor) with (fastupdate = on, gin_pending_list_limit = 512);
select platform.isolate('suche.eintrag', 'select, insert, update, delete');

-- What a hit shows. Read for the shown hits only.
create table suche.anzeige (
  mandant_id  uuid not null default platform.current_mandant(),
  id          uuid not null,
  titel       text not null,
  zusatz      text not null,
  kennzeichen text,
  -- former ones, which go on finding the object
  fruehere    text[] not null,
  inhalt      text not null,
  -- Of everything that went into the vector: the same again costs nothing.
  pruefsumme  text not null,
  -- The text was longer than an entry can hold.
  gekuerzt    boolean not null,
  primary key (mandant_id, id),
  foreign key (mandant_id, id) references suche.eintrag (mandant_id, id) on delete cascade
);
select platform.isolate('suche.anzeige', 'select, insert, update, delete');

-- The Mandant's own vocabulary: extends the counts by which compounds are split, and is searched for similar words.
create table suche.wort (
  mandant_id uuid not null default platform.current_mandant(),
  wort       text not null,
  anzahl     integer not null,
  primary key (mandant_id, wort)
) with (fillfactor = 80);
create index wort_trigramm on suche.wort using gin (wort suche.gin_trgm_ops);
select platform.isolate('suche.wort', 'select, insert, update, delete');

-- A search that a person keeps.
create table suche.gespeicherte_suche (
  mandant_id  uuid not null default platform.current_mandant(),
  id          uuid not null,
  benutzer_id text not null,
  bezeichnung text not null,
  anfrage     jsonb not null,
  angelegt    timestamptz(3) not null default now(),
  primary key (mandant_id, id),
  constraint gespeicherte_suche_bezeichnung unique (mandant_id, benutzer_id, bezeichnung)
);
select platform.protect('suche.gespeicherte_suche', 'select, insert, delete');

-- How far the building of the index has come; one row a Mandant and kind.
create table suche.neuaufbau (
  mandant_id uuid not null default platform.current_mandant(),
  typ        text not null,
  -- of the analysis: when the code has another one, the index is built anew
  fassung    integer not null,
  anzahl     integer not null default 0,
  begonnen   timestamptz(3) not null default now(),
  beendet    timestamptz(3),
  primary key (mandant_id, typ)
);
select platform.isolate('suche.neuaufbau', 'select, insert, update, delete');

grant select on suche.eintrag, suche.wort to va_suche;
