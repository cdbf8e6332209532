-- Which migrations this database has seen: the readiness of every process asks it.
create function platform.list_migrationen() returns setof text language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select datei from public.migration $$;
revoke all on function platform.list_migrationen from public;
grant execute on function platform.list_migrationen to va_app, va_worker;
