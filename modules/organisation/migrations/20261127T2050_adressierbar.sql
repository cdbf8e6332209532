-- Whether other Mandanten may name this OE, and those who work in it, as recipient of what they share. Nobody is listed who has not been put on the list.
alter table organisation.organisationseinheit add column adressierbar boolean not null default false;

-- The directory of one other Mandant: its OEs that may be addressed today, and their people. One Mandant at a time; the caller's is put back.
create function organisation.list_adressierbare(ziel uuid)
  returns table (organisationseinheit_id uuid, kennzeichen text, bezeichnung text, benutzer_id uuid, titel text, vorname text, nachname text, funktion text)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare vorher text := current_setting('app.mandant', true);
begin
  if not exists (select from organisation.mandant m where m.id = ziel and m.art = 'mandant' and m.aktiv) then return; end if;
  perform set_config('app.mandant', ziel::text, true);
  return query select o.id, o.kennzeichen::text, o.bezeichnung::text, b.id, b.titel, b.vorname, b.nachname, b.funktion
    from organisation.organisationseinheit o
    left join organisation.zuordnung z on z.mandant_id = ziel and z.organisationseinheit_id = o.id
    left join organisation.benutzer b on b.mandant_id = ziel and b.id = z.benutzer_id and not b.gesperrt
    where o.mandant_id = ziel and o.adressierbar
      and coalesce(o.gueltig_ab, '-infinity') <= (now() at time zone 'Europe/Berlin')::date and coalesce(o.gueltig_bis, 'infinity') >= (now() at time zone 'Europe/Berlin')::date
    order by o.kennzeichen collate organisation.deutsch, o.id, b.sortiername collate organisation.deutsch, b.id;
  perform set_config('app.mandant', coalesce(vorher, ''), true);
end $$;
revoke all on function organisation.list_adressierbare(uuid) from public;
grant execute on function organisation.list_adressierbare(uuid) to va_app;

-- Who comes from another Mandant, as they were called when they last came: so that the history and every list can name them. The id is that of the
-- Benutzer at home.
create table organisation.gast (
  mandant_id  uuid not null default platform.current_mandant() references organisation.mandant (id),
  id          uuid not null,
  heimat_id   uuid not null,
  titel       text not null default '',
  vorname     text not null default '',
  nachname    text not null,
  heimat_name text not null,
  primary key (mandant_id, id)
);
select platform.isolate('organisation.gast');
