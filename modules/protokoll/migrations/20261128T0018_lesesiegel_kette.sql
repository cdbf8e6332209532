-- The seals of all months are one chain: none of them, and no month, goes without a trace. `vorgaenger` is the seal before in the chain, `nr` counts within
-- the month. What was sealed before stands in no chain and is sealed anew within the hour.
truncate protokoll.lesesiegel, protokoll.leseblatt;
alter table protokoll.lesesiegel add column kette bigint not null check (kette > 0);
alter table protokoll.lesesiegel drop constraint lesesiegel_pkey;
alter table protokoll.lesesiegel add primary key (mandant_id, kette);
alter table protokoll.lesesiegel add unique (mandant_id, monat, nr);
