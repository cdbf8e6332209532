-- What a check of the Bilanz found last, by its extent. Computed from numbers, Ereignisse and rows, and computed anew: no Ereignis of its own.
create table posteingang.bilanzpruefung (
  mandant_id  uuid not null default platform.current_mandant(),
  umfang      text not null check (umfang in ('laufend', 'voll')),
  id          uuid not null,
  zeit        timestamptz(3) not null default now(),
  eingaenge   int not null,
  differenzen jsonb not null default '[]',
  primary key (mandant_id, umfang)
);
select platform.isolate('posteingang.bilanzpruefung');
-- The trail by the time of its first station: what came in since when, and how long it took until it was distributed.
create index station_beginn on posteingang.station (mandant_id, von) where nummer = 1;
