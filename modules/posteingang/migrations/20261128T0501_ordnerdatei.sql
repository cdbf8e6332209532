-- A file of the folder may also become part of a batch of the scan station: then there is no Eingang yet.
alter table posteingang.ordnerdatei alter eingang_id drop not null;
