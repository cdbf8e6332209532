-- Where the Dokument stands that an Eingang has become. In a protected class the Eingang stands there as well: who reaches only the basket it came through
-- would otherwise go on reading what need to know keeps from him.
alter table posteingang.eingang add ablage_schutz_id uuid,
  add constraint eingang_ablage_schutz foreign key (mandant_id, ablage_schutz_id) references zugriff.schutzbereich (mandant_id, id);
create index eingang_ablage_schutz on posteingang.eingang (mandant_id, ablage_schutz_id) where ablage_schutz_id is not null;
