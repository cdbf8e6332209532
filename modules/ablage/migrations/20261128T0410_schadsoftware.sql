-- What the virus scanner says of the bytes. ungeprueft: it was not asked (none is configured, or made by ourselves) · wartet: it will be; nobody opens it until then ·
-- sauber · offen: could not be scanned, and the policy lets it be opened · gefunden: kept, never opened · freigegeben: found, and released by two people · vernichtet: found, and its bytes are gone.
alter table ablage.objekt
  add befund text not null default 'ungeprueft' check (befund in ('ungeprueft', 'wartet', 'sauber', 'offen', 'gefunden', 'freigegeben', 'vernichtet')),
  add schadsoftware text,
  add hindernis text check (hindernis in ('unerreichbar', 'zu_gross', 'fehler')),
  add gescannt timestamptz(3);
create index objekt_zu_scannen on ablage.objekt (mandant_id, erstellt) where befund in ('wartet', 'offen');
create index objekt_verwahrt on ablage.objekt (mandant_id, id) where befund in ('gefunden', 'freigegeben', 'vernichtet');

-- What was found: kept with what people decided about it.
create table ablage.quarantaene (
  mandant_id     uuid not null default platform.current_mandant(),
  id             uuid not null, -- that of the objekt
  schadsoftware  text not null,
  gefunden       timestamptz(3) not null default now(),
  antrag_von     uuid,
  antrag_grund   text,
  antrag_am      timestamptz(3),
  entschieden_von uuid,
  entschieden_am timestamptz(3),
  grund          text,
  primary key (mandant_id, id),
  check ((antrag_von is null) = (antrag_grund is null))
);
select platform.protect('ablage.quarantaene');
