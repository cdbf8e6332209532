-- What counts the changes of Schutzbereiche and Freigaben no longer writes from a trigger: on a shard (docs/betrieb/skalierung.md) a trigger cannot reach
-- another table. The command counts, and COMMIT fails where it did not: still no way of writing can leave it out.
drop trigger count_change on zugriff.schutzbereich;
drop trigger count_change on zugriff.freigabe;
drop function zugriff.count_change();

create function zugriff.mark_gezaehlt() returns trigger language plpgsql as $$
begin
  perform set_config('app.zugriff_gezaehlt', pg_current_xact_id()::text, true);
  return null;
end $$;
create trigger mark_gezaehlt after insert or update on zugriff.stand for each row execute function zugriff.mark_gezaehlt();

create function zugriff.require_gezaehlt() returns trigger language plpgsql as $$
begin
  if current_setting('app.zugriff_gezaehlt', true) is distinct from pg_current_xact_id()::text then
    raise exception 'change of % that nobody has counted', tg_relid::regclass using errcode = 'EA003';
  end if;
  return null;
end $$;
create constraint trigger stand_pflicht after insert or update or delete on zugriff.schutzbereich deferrable initially deferred for each row execute function zugriff.require_gezaehlt();
create constraint trigger stand_pflicht after insert or update or delete on zugriff.freigabe deferrable initially deferred for each row execute function zugriff.require_gezaehlt();
