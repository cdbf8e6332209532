-- What an operator sees of the technique. The queue belongs to the worker role, so these functions do as well; the Mandant comes from the transaction.

create function platform.list_migrationen() returns setof text language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select datei from public.migration $$;

-- A job that has used up its attempts stays and is shown as failed for good, until someone runs it again or throws it away.
create function platform.list_auftraege()
  returns table (id bigint, name text, zustand text, versuche int, versuche_hoechstens int, naechster_versuch timestamptz, fehler text, angelegt timestamptz, geaendert timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select j.id, t.identifier,
      case when j.locked_at is not null then 'laeuft' when j.attempts >= j.max_attempts then 'fehlgeschlagen' else 'wartend' end,
      j.attempts::int, j.max_attempts::int, j.run_at, j.last_error, j.created_at, j.updated_at
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.payload->>'mandantId' = platform.current_mandant()::text
  $$;

create function platform.retry_auftrag(auftrag bigint) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update graphile_worker._private_jobs j set attempts = 0, run_at = now(), updated_at = now()
    where j.id = auftrag and j.payload->>'mandantId' = platform.current_mandant()::text and j.locked_at is null;
  if found then perform pg_notify('jobs:insert', '{"r":"retry","count":1}'); end if;
  return found;
end $$;

create function platform.delete_auftrag(auftrag bigint) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from graphile_worker._private_jobs j
    where j.id = auftrag and j.payload->>'mandantId' = platform.current_mandant()::text and j.locked_at is null and j.attempts >= j.max_attempts;
  return found;
end $$;

-- The whole queue in numbers: technique, no Mandant and nothing of theirs.
create function platform.count_auftraege() returns table (zustand text, anzahl int, aeltester timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select case when locked_at is not null then 'laeuft' when attempts >= max_attempts then 'fehlgeschlagen' when run_at > now() then 'geplant' else 'wartend' end, count(*)::int, min(run_at)
    from graphile_worker._private_jobs group by 1
  $$;

revoke all on function platform.list_migrationen, platform.list_auftraege, platform.retry_auftrag, platform.delete_auftrag, platform.count_auftraege from public;
grant execute on function platform.list_migrationen, platform.list_auftraege, platform.retry_auftrag, platform.delete_auftrag, platform.count_auftraege to va_app, va_worker;

grant create on schema platform to va_worker; -- needed for the change of owner only
alter function platform.list_auftraege owner to va_worker;
alter function platform.retry_auftrag owner to va_worker;
alter function platform.delete_auftrag owner to va_worker;
alter function platform.count_auftraege owner to va_worker;
revoke create on schema platform from va_worker;
