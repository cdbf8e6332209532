-- One time zone for the whole installation (setting ZEITZONE, handed to every transaction): a legal day cannot differ between authorities of one country.
drop function organisation.register_mandant(uuid, text, text, text, text, text, text, text, text);
create function organisation.register_mandant(id uuid, art text, name text, bezeichnung text, kuerzel text, farbe text, behoerdenkennung text, ars text)
  returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if art = 'verbund' then
    if id is distinct from platform.current_mandant() then raise exception 'the Verbund makes itself' using errcode = '42501'; end if;
  else
    perform organisation.require_verbund();
  end if;
  insert into organisation.mandant (id, art, name, bezeichnung, kuerzel, farbe, behoerdenkennung, ars)
    values (id, art, name, bezeichnung, kuerzel, farbe, behoerdenkennung, ars);
end $$;
revoke all on function organisation.register_mandant(uuid, text, text, text, text, text, text, text) from public;
grant execute on function organisation.register_mandant(uuid, text, text, text, text, text, text, text) to va_app;

create or replace function organisation.update_mandant(ziel uuid, bekannt int, werte jsonb) returns setof organisation.mandant
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform organisation.require_verbund();
  return query update organisation.mandant m set
    name = coalesce(werte->>'name', m.name), bezeichnung = coalesce(werte->>'bezeichnung', m.bezeichnung), kuerzel = coalesce(werte->>'kuerzel', m.kuerzel),
    farbe = coalesce(werte->>'farbe', m.farbe), aktiv = coalesce((werte->>'aktiv')::boolean, m.aktiv),
    behoerdenkennung = case when werte ? 'behoerdenkennung' then werte->>'behoerdenkennung' else m.behoerdenkennung end,
    ars = case when werte ? 'ars' then werte->>'ars' else m.ars end, version = m.version + 1
  where m.id = ziel and m.version = bekannt returning m.*;
end $$;
alter table organisation.mandant drop column zeitzone;

-- Rollen and OEs of a Benutzer who is not locked: own ones, all above, and below those he leads. An OE that has ended gives nothing.
create or replace function organisation.akteur(m uuid, b uuid) returns jsonb language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive eigene as (
    select z.organisationseinheit_id as id, z.leitung from organisation.zuordnung z
    join organisation.organisationseinheit o on o.mandant_id = m and o.id = z.organisationseinheit_id
    where z.mandant_id = m and z.benutzer_id = b and (o.gueltig_bis is null or o.gueltig_bis >= current_date)
  ), auf as (
    select id from eigene union
    select o.parent_id from auf join organisation.organisationseinheit o on o.mandant_id = m and o.id = auf.id where o.parent_id is not null
  ), ab as (
    select id from eigene where leitung union
    select o.id from ab join organisation.organisationseinheit o on o.mandant_id = m and o.parent_id = ab.id
  )
  select jsonb_build_object(
    'rollen', coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'schluessel', r.schluessel, 'rechte', r.rechte))
      from organisation.benutzer_rolle br join organisation.rolle r on r.mandant_id = m and r.id = br.rolle_id where br.mandant_id = m and br.benutzer_id = b), '[]'),
    'organisationseinheiten', coalesce((select jsonb_agg(id) from (select id from auf union select id from ab) alle), '[]'))
  from organisation.benutzer where mandant_id = m and id = b and not gesperrt
$$;

-- The directory of one other Mandant: its OEs that may be addressed today, and their people. One Mandant at a time; the caller's is put back.
create or replace function organisation.list_adressierbare(ziel uuid)
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
      and coalesce(o.gueltig_ab, '-infinity') <= current_date and coalesce(o.gueltig_bis, 'infinity') >= current_date
    order by o.kennzeichen collate organisation.deutsch, o.id, b.sortiername collate organisation.deutsch, b.id;
  perform set_config('app.mandant', coalesce(vorher, ''), true);
end $$;
