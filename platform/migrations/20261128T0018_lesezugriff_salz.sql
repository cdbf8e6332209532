-- Hides in the seal which objects a read was of, until that read is shown to somebody.
alter table platform.lesezugriff add column salz uuid not null default gen_random_uuid();
