-- The jobs of a transaction in one call; each as `enqueue` takes it, under its parameter's names.
create function platform.enqueue_all(jobs json) returns void
  language sql security definer set search_path = pg_catalog, pg_temp
  as $$
    select count(*) from graphile_worker.add_jobs(array(
      select (j.job, json_build_object('mandantId', platform.current_mandant(), 'payload', j.payload), j.queue, j.am, j.max_attempts,
        platform.current_mandant()::text || ':' || j.job || ':' || j.key, j.priority, null)::graphile_worker.job_spec
      from json_to_recordset(jobs) as j(job text, payload json, key text, am timestamptz, queue text, max_attempts int, priority int)), true)
  $$;
revoke all on function platform.enqueue_all from public;
grant execute on function platform.enqueue_all to va_app;

grant create on schema platform to va_worker; -- needed for the change of owner only
alter function platform.enqueue_all owner to va_worker;
revoke create on schema platform from va_worker;
