-- Zugriffssperre: whatever was granted here or above, only holders of the Recht `zugriff.sperren` still reach what stands in this Schutzbereich or below it.
alter table zugriff.schutzbereich
  add column gesperrt_am timestamptz(3),
  add column gesperrt_von uuid,
  add column sperrgrund text,
  add constraint schutzbereich_sperre check ((gesperrt_am is null) = (sperrgrund is null));
create index schutzbereich_gesperrt on zugriff.schutzbereich (mandant_id, id) where gesperrt_am is not null;
