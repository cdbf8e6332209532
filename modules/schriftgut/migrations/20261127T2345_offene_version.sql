-- Whether its version is closed is asked through the foreign key of the row, not by the table's name: on a shard both have other names, and the table
-- that the key points to is the one beside it (docs/betrieb/skalierung.md).
create or replace function schriftgut.require_offene_version() returns trigger language plpgsql as $$
begin
  if old.abgeschlossen_am is not null then raise exception 'the version is closed' using errcode = '23514', constraint = 'version_abgeschlossen'; end if;
  return coalesce(new, old);
end $$;

create function schriftgut.require_offene_version_des_formats() returns trigger language plpgsql as $$
declare
  version regclass := (select k.confrelid from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attname = 'version_id'
    where k.conrelid = tg_relid and k.contype = 'f' and a.attnum = any(k.conkey) limit 1);
  geschlossen boolean;
begin
  execute format('select exists (select from %s v where v.mandant_id = $1 and v.id = $2 and v.abgeschlossen_am is not null)', version)
    into geschlossen using coalesce(new.mandant_id, old.mandant_id), coalesce(new.version_id, old.version_id);
  if geschlossen then raise exception 'the version is closed' using errcode = '23514', constraint = 'version_abgeschlossen'; end if;
  return coalesce(new, old);
end $$;
drop trigger offene_version on schriftgut.format;
create trigger offene_version before insert or update or delete on schriftgut.format for each row execute function schriftgut.require_offene_version_des_formats();
