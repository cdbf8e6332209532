-- The queue belongs to the worker role, so what shows and changes it does as well. The Mandant comes from the transaction, never from the caller:
-- a Mandant sees its own jobs, the Verbund, whose people run the machines, those of all.
create schema betrieb;
grant usage on schema betrieb to va_app, va_worker;

create function betrieb.reaches(payload json) returns boolean language sql stable set search_path = pg_catalog, pg_temp
  as $$ select payload->>'mandantId' = platform.current_mandant()::text
    or exists (select from organisation.list_mandanten() m where m.id = platform.current_mandant() and m.art = 'verbund') $$;

-- A job that has used up its attempts stays, as failed for good, until someone runs it again or throws it away.
create function betrieb.list_auftraege()
  returns table (id bigint, name text, mandant_id uuid, zustand text, versuche int, versuche_hoechstens int, naechster_versuch timestamptz, fehler text, angelegt timestamptz, geaendert timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    with erreichbar as materialized (select betrieb.reaches('{}') as alle)
    select j.id, t.identifier, (j.payload->>'mandantId')::uuid,
      case when j.locked_at is not null then 'laeuft' when j.attempts >= j.max_attempts then 'fehlgeschlagen' else 'wartend' end,
      j.attempts::int, j.max_attempts::int, j.run_at, j.last_error, j.created_at, j.updated_at
    from erreichbar, graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.payload->>'mandantId' is not null and (alle or j.payload->>'mandantId' = platform.current_mandant()::text)
  $$;

create function betrieb.retry_auftrag(auftrag bigint) returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare gefunden text;
begin
  update graphile_worker._private_jobs j set attempts = 0, run_at = now(), updated_at = now()
    from graphile_worker._private_tasks t where t.id = j.task_id and j.id = auftrag and j.locked_at is null and betrieb.reaches(j.payload)
    returning t.identifier into gefunden;
  if gefunden is not null then perform pg_notify('jobs:insert', '{"r":"retry","count":1}'); end if;
  return gefunden;
end $$;

create function betrieb.delete_auftrag(auftrag bigint) returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare gefunden text;
begin
  delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
    where t.id = j.task_id and j.id = auftrag and j.locked_at is null and j.attempts >= j.max_attempts and betrieb.reaches(j.payload)
    returning t.identifier into gefunden;
  return gefunden;
end $$;

-- The whole queue in numbers: technique, no Mandant and nothing of theirs.
create function betrieb.count_auftraege() returns table (zustand text, anzahl int, aeltester timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select case when locked_at is not null then 'laeuft' when attempts >= max_attempts then 'fehlgeschlagen' when run_at > now() then 'geplant' else 'wartend' end, count(*)::int, min(run_at)
    from graphile_worker._private_jobs where payload->>'mandantId' is not null group by 1
  $$;

create function betrieb.get_datenbank() returns table (fassung text, bytes bigint, migrationen int, letzte_migration text, seit timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select current_setting('server_version'), pg_database_size(current_database()), count(*)::int, max(datei), pg_postmaster_start_time() from public.migration $$;

revoke all on function betrieb.reaches, betrieb.list_auftraege, betrieb.retry_auftrag, betrieb.delete_auftrag, betrieb.count_auftraege, betrieb.get_datenbank from public;
grant execute on function betrieb.list_auftraege, betrieb.retry_auftrag, betrieb.delete_auftrag, betrieb.count_auftraege, betrieb.get_datenbank to va_app;
grant execute on function betrieb.count_auftraege to va_worker;
grant execute on function betrieb.reaches to va_worker;

grant create on schema betrieb to va_worker; -- needed for the change of owner only
alter function betrieb.list_auftraege owner to va_worker;
alter function betrieb.retry_auftrag owner to va_worker;
alter function betrieb.delete_auftrag owner to va_worker;
alter function betrieb.count_auftraege owner to va_worker;
revoke create on schema betrieb from va_worker;
