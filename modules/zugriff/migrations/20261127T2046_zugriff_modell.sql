-- A Schutzbereich of a protected class is a cut (need to know): what is granted above does not pass into it. The class itself is handed down, also
-- past cuts, until a Schutzbereich below names its own.
alter table zugriff.schutzbereich add column klasse text check (klasse in ('personal', 'sozial', 'gesundheit', 'steuer', 'personalrat', 'vs_nfd'));
create index schutzbereich_klasse on zugriff.schutzbereich (mandant_id, id) include (klasse) where klasse is not null;

-- In force from gueltig_von on (null: at once) and before gueltig_bis (null: until it is taken back).
alter table zugriff.freigabe
  add column gueltig_von timestamptz(3),
  add column gueltig_bis timestamptz(3),
  add column erteilt_von uuid,
  add column grund text,
  add constraint freigabe_zeitraum check (gueltig_von < gueltig_bis);

-- One object and what lies in it, for the time of a task, to a guest, or in an emergency. Few, read with every request, and therefore not counted in
-- `stand`: giving and taking one back makes nobody's resolved reach void.
create table zugriff.objektfreigabe (
  mandant_id  uuid not null default platform.current_mandant(),
  id          uuid not null,
  objekt_typ  text not null,                                           -- a kind that stands in a Schutzbereich; 'mandant': all of them
  objekt_id   uuid not null,
  subjekt_art text not null check (subjekt_art in ('oe', 'rolle', 'person', 'gast')),
  subjekt     uuid not null,                                           -- of a guest: the Benutzer or OE of the other Mandant
  stufe       zugriff.stufe not null,
  gueltig_von timestamptz(3) not null default now(),
  gueltig_bis timestamptz(3),
  zweck       text not null,
  anlass_typ  text,                                                    -- what it was given for and ends with
  anlass_id   uuid,
  erteilt     timestamptz(3) not null default now(),
  erteilt_von uuid,
  primary key (mandant_id, id),
  check (gueltig_von < gueltig_bis),
  check ((anlass_typ is null) = (anlass_id is null))
);
create unique index objektfreigabe_je_subjekt on zugriff.objektfreigabe (mandant_id, subjekt, objekt_id, subjekt_art, coalesce(anlass_id, objekt_id));
create index on zugriff.objektfreigabe (mandant_id, objekt_id);
create index on zugriff.objektfreigabe (mandant_id, anlass_id) where anlass_id is not null;
select platform.protect('zugriff.objektfreigabe', 'select, insert, update, delete');
