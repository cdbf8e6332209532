-- Whether this Mandant may keep VS-NfD: off until the Geheimschutzbeauftragte names the approval. No row: off.
create table zugriff.geheimschutz (
  mandant_id    uuid not null default platform.current_mandant(),
  id            uuid not null,                                        -- of the Mandant
  aktiv         boolean not null,
  aktenzeichen  text,                                                 -- of the approval
  freigabe_vom  date,
  geaendert_am  timestamptz(3) not null default now(),
  geaendert_von uuid,
  version       int not null default 1,
  primary key (mandant_id, id),
  check (id = mandant_id),
  check (not aktiv or (aktenzeichen is not null and freigabe_vom is not null))
);
select platform.protect('zugriff.geheimschutz');
