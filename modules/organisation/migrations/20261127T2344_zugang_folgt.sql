-- The Zugang follows its Benutzer by a call, not by a trigger: the Zugang belongs to the Verbund, and a trigger on the shard of a Mandant cannot reach it
-- (docs/betrieb/skalierung.md). What is written comes from the Benutzer's own row, never from the caller; a Benutzer without Zugang fails at COMMIT.
drop trigger follow_benutzer on organisation.benutzer;
drop function organisation.follow_benutzer();

create function organisation.follow_benutzer(benutzer uuid) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  m uuid := platform.current_mandant();
  neu record;
begin
  select b.konto_id, b.gesperrt into strict neu from organisation.benutzer b where b.mandant_id = m and b.id = benutzer;
  insert into organisation.zugang (mandant_id, konto_id, benutzer_id, gesperrt) values (m, neu.konto_id, benutzer, neu.gesperrt)
    on conflict (konto_id, mandant_id) do update set gesperrt = excluded.gesperrt;
  -- The home Mandant vouches for the identity: what it locks is locked everywhere. Another Mandant locks only its own door.
  update organisation.konto k set gesperrt = neu.gesperrt where k.id = neu.konto_id and k.heimat_id = m and k.gesperrt <> neu.gesperrt;
  if neu.gesperrt then
    delete from organisation.sitzung s using organisation.konto k where k.id = neu.konto_id and s.konto_id = k.id and (k.gesperrt or s.mandant_id = m);
  end if;
end $$;
revoke all on function organisation.follow_benutzer(uuid) from public;
grant execute on function organisation.follow_benutzer(uuid) to va_app;

alter table organisation.benutzer add constraint benutzer_zugang foreign key (mandant_id, konto_id) references organisation.zugang (mandant_id, konto_id) deferrable initially deferred;
