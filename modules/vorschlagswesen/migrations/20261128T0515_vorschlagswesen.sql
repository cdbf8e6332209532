create schema vorschlagswesen;
grant usage on schema vorschlagswesen to va_app;

-- What a Mandant's people have filed, as numbers that stand for words (never the words): the examples the machine learns from. A row is taken back, with
-- all its counts, when the content is destroyed or comes under a protected class, and counted anew when it is filed elsewhere.
create table vorschlagswesen.beispiel (
  mandant_id              uuid not null default platform.current_mandant(),
  objekt_id               uuid not null,
  merkmale                int[] not null,
  -- of the sender's name, spelled alike; null where nobody is named
  absender                bigint,
  organisationseinheit_id uuid not null,
  aktenplaneinheit_id     uuid,
  akte_id                 uuid,
  vorgang_id              uuid,
  dokumenttyp             text,
  primary key (mandant_id, objekt_id)
);
create index beispiel_absender on vorschlagswesen.beispiel (mandant_id, absender) where absender is not null;
select platform.isolate('vorschlagswesen.beispiel', 'select, insert, update, delete');

-- What may be proposed for a field, by a small number, and of how many examples and words it consists.
create table vorschlagswesen.klasse (
  mandant_id uuid not null default platform.current_mandant(),
  feld       text not null check (feld in ('organisationseinheit', 'aktenplaneinheit', 'dokumenttyp')),
  nr         int not null,
  schluessel text not null,
  beispiele  int not null,
  worte      int not null,
  primary key (mandant_id, feld, nr),
  unique (mandant_id, feld, schluessel)
);
select platform.isolate('vorschlagswesen.klasse', 'select, insert, update, delete');

-- In how many examples of which class a word stood: one row a field and word, so that a letter is compared with everything by one look for each of its
-- words. Number of the class → count; what is not there is none.
create table vorschlagswesen.wort (
  mandant_id uuid not null default platform.current_mandant(),
  feld       text not null,
  merkmal    int not null,
  anzahlen   jsonb not null,
  primary key (mandant_id, feld, merkmal)
) with (fillfactor = 80);
select platform.isolate('vorschlagswesen.wort', 'select, insert, update, delete');

-- How often a way of proposing was right: a rule (stufe 0), or a step of the learned best's lead.
create table vorschlagswesen.erfahrung (
  mandant_id uuid not null default platform.current_mandant(),
  feld       text not null,
  quelle     text not null,
  stufe      smallint not null,
  gesamt     int not null,
  richtig    int not null,
  primary key (mandant_id, feld, quelle, stufe)
);
select platform.isolate('vorschlagswesen.erfahrung', 'select, insert, update, delete');

-- What became of a proposal: a fact about an office and a day, never about a person.
create table vorschlagswesen.ergebnis (
  mandant_id              uuid not null default platform.current_mandant(),
  objekt_id               uuid not null,
  feld                    text not null,
  organisationseinheit_id uuid not null,
  tag                     date not null default current_date,
  -- uebernommen · berichtigt · weiss_nicht: nothing was proposed and somebody gave a value
  ausgang                 text not null check (ausgang in ('uebernommen', 'berichtigt', 'weiss_nicht')),
  konfidenz               real,
  primary key (mandant_id, objekt_id, feld)
);
create index ergebnis_tag on vorschlagswesen.ergebnis (mandant_id, tag);
select platform.isolate('vorschlagswesen.ergebnis', 'select, insert, update, delete');
