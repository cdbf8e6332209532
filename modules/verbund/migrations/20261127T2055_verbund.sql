create schema verbund;
grant usage on schema verbund to va_app;

-- At the owner: what is shared with whom. The grant itself is a zugriff.objektfreigabe with this row as its cause; it ends with it.
create table verbund.freigabe (
  mandant_id         uuid not null default platform.current_mandant(),
  id                 uuid not null,
  objekt_typ         text not null check (objekt_typ in ('akte', 'vorgang', 'dokument')),
  objekt_id          uuid not null,
  kennzeichen        text,                       -- as it was when it was shared
  partner_id         uuid not null,              -- the Mandant that receives
  empfaenger_art     text not null check (empfaenger_art in ('oe', 'person')),
  empfaenger_id      uuid not null,
  empfaenger_name    text not null,              -- as it was called then
  stufe              text not null check (stufe in ('sehen', 'lesen', 'bearbeiten')),
  zweck              text not null,
  von                timestamptz(3) not null,
  bis                timestamptz(3) not null,
  erteilt            timestamptz(3) not null default now(),
  erteilt_von        uuid,
  beendet_am         timestamptz(3),
  beendet_seite      text check (beendet_seite in ('eigner', 'empfaenger')),
  primary key (mandant_id, id),
  check (von < bis),
  check ((beendet_am is null) = (beendet_seite is null))
);
create index on verbund.freigabe (mandant_id, objekt_id);
create index on verbund.freigabe (mandant_id, erteilt desc, id desc);
select platform.protect('verbund.freigabe');

-- At the recipient: the same, told by the owner. It says that there is something and where; what it is, the owner alone knows.
create table verbund.erhalten (
  mandant_id         uuid not null default platform.current_mandant(),
  id                 uuid not null,
  partner_id         uuid not null,              -- the Mandant that owns
  objekt_typ         text not null check (objekt_typ in ('akte', 'vorgang', 'dokument')),
  objekt_id          uuid not null,
  kennzeichen        text,
  empfaenger_art     text not null check (empfaenger_art in ('oe', 'person')),
  empfaenger_id      uuid not null,
  empfaenger_name    text not null,
  stufe              text not null check (stufe in ('sehen', 'lesen', 'bearbeiten')),
  zweck              text not null,
  von                timestamptz(3) not null,
  bis                timestamptz(3) not null,
  erhalten           timestamptz(3) not null default now(),
  beendet_am         timestamptz(3),
  beendet_seite      text check (beendet_seite in ('eigner', 'empfaenger')),
  primary key (mandant_id, id)
);
create index on verbund.erhalten (mandant_id, empfaenger_id) where beendet_am is null;
create index on verbund.erhalten (mandant_id, erhalten desc, id desc);
select platform.protect('verbund.erhalten');

-- Break glass, told to both sides: in the Verbund, where it is asked for, and in the Mandant it is about, where it is decided and holds.
create table verbund.notzugriff (
  mandant_id         uuid not null default platform.current_mandant(),
  id                 uuid not null,
  ziel_id            uuid not null,
  antragsteller_id   uuid not null,              -- a Benutzer of the Verbund
  antragsteller_name text not null,
  grund              text not null,
  stunden            int not null check (stunden between 1 and 8),
  beantragt          timestamptz(3) not null default now(),
  entschieden_von    uuid,
  entschieden_name   text,
  von                timestamptz(3),
  bis                timestamptz(3),
  begonnen           timestamptz(3),             -- in the Mandant concerned: the first request under it
  beendet            timestamptz(3),             -- refused, when there is no `von`
  primary key (mandant_id, id),
  check ((von is null) = (bis is null)),
  check (von is null or entschieden_von is distinct from antragsteller_id)
);
create index on verbund.notzugriff (mandant_id, beantragt desc, id desc);
select platform.protect('verbund.notzugriff');

-- Tells another Mandant something: a job of this module in there, queued in the caller's transaction. Who tells it is written by the database, so
-- that nobody can speak for another Mandant.
create function verbund.enqueue_bei(ziel uuid, job text, payload jsonb) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare vorher text := current_setting('app.mandant', true);
begin
  if job not like 'verbund.%' or not exists (select from organisation.mandant m where m.id = ziel) then raise exception 'not to be told there' using errcode = '42501'; end if;
  perform set_config('app.mandant', ziel::text, true);
  perform platform.enqueue(job, (payload || jsonb_build_object('absenderId', vorher))::json);
  perform set_config('app.mandant', vorher, true);
end $$;
revoke all on function verbund.enqueue_bei(uuid, text, jsonb) from public;
grant execute on function verbund.enqueue_bei(uuid, text, jsonb) to va_app;
