-- Who acts for whom, from the first to the last day (both included; null: until it is ended). A row is never changed but once: when it is ended.
create table organisation.vertretung (
  mandant_id   uuid not null default platform.current_mandant(),
  id           uuid not null,
  benutzer_id  uuid not null,
  vertreter_id uuid not null,
  rang         smallint not null check (rang between 1 and 9), -- 2 and later: while those before are absent themselves
  von          date not null,
  bis          date check (bis >= von),
  umfang_art   text not null check (umfang_art in ('alles', 'rolle', 'oe', 'sachgebiet')),
  umfang       uuid[] not null default '{}',
  klassen      text[] not null default '{}' check (klassen <@ array['personal', 'sozial', 'gesundheit', 'steuer', 'personalrat', 'vs_nfd']),
  grund        text not null default '',
  angelegt     timestamptz(3) not null default now(),
  angelegt_von uuid,
  beendet      timestamptz(3),
  beendet_von  uuid,
  primary key (mandant_id, id),
  foreign key (mandant_id, benutzer_id) references organisation.benutzer (mandant_id, id),
  foreign key (mandant_id, vertreter_id) references organisation.benutzer (mandant_id, id),
  check (benutzer_id <> vertreter_id),
  check ((umfang_art = 'alles') = (umfang = '{}'))
);
create index on organisation.vertretung (mandant_id, benutzer_id);
create index on organisation.vertretung (mandant_id, vertreter_id);
create index on organisation.vertretung (mandant_id, von, id);
select platform.protect('organisation.vertretung');

-- Rollen and OEs of a Benutzer who is not locked: own ones, all above, and below those he leads. An OE that has ended gives nothing. `nur`: by these of
-- his own OEs alone, for a Vertretung that was given for them.
drop function organisation.akteur(uuid, uuid);
create function organisation.akteur(m uuid, b uuid, nur uuid[] default null) returns jsonb language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive eigene as (
    select z.organisationseinheit_id as id, z.leitung from organisation.zuordnung z
    join organisation.organisationseinheit o on o.mandant_id = m and o.id = z.organisationseinheit_id
    where z.mandant_id = m and z.benutzer_id = b and (o.gueltig_bis is null or o.gueltig_bis >= current_date) and (nur is null or z.organisationseinheit_id = any(nur))
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
revoke all on function organisation.akteur(uuid, uuid, uuid[]) from public;

-- The absent person of the current Mandant as she is today; null: locked.
create function organisation.resolve_vertretene(wer uuid, nur uuid[]) returns jsonb language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select organisation.akteur(platform.current_mandant(), wer, nur) $$;
revoke all on function organisation.resolve_vertretene(uuid, uuid[]) from public;
grant execute on function organisation.resolve_vertretene(uuid, uuid[]) to va_app;
