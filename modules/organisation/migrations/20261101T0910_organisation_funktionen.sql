-- The only ways from the app role to the tables without Mandant. All belong to the owner and fix their search_path; where a function has to look
-- into a Mandant, it sets that Mandant and puts the caller's back before it ends (an error between the two ends the transaction with the setting).

create function organisation.require_verbund() returns void language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from organisation.mandant where id = platform.current_mandant() and art = 'verbund') then
    raise exception 'only in the Verbund' using errcode = '42501';
  end if;
end $$;

-- ── Mandanten ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────
create function organisation.list_mandanten() returns setof organisation.mandant language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select * from organisation.mandant order by name collate organisation.deutsch, id $$;

-- The Verbund makes the others; while there is none yet, it makes itself.
create function organisation.register_mandant(id uuid, art text, name text, bezeichnung text, kuerzel text, farbe text, behoerdenkennung text, ars text, zeitzone text)
  returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if art = 'verbund' then
    if id is distinct from platform.current_mandant() then raise exception 'the Verbund makes itself' using errcode = '42501'; end if;
  else
    perform organisation.require_verbund();
  end if;
  insert into organisation.mandant (id, art, name, bezeichnung, kuerzel, farbe, behoerdenkennung, ars, zeitzone)
    values (id, art, name, bezeichnung, kuerzel, farbe, behoerdenkennung, ars, zeitzone);
end $$;

-- A job of the new Mandant, where everything of its own is made.
create function organisation.enqueue_einrichtung(neu uuid, payload json) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare vorher text := current_setting('app.mandant', true);
begin
  if not exists (select from organisation.mandant where id = neu and art = 'mandant') then raise exception 'no such Mandant' using errcode = '42501'; end if;
  perform set_config('app.mandant', neu::text, true);
  perform platform.enqueue('organisation.einrichtenMandant', payload);
  perform set_config('app.mandant', vorher, true);
end $$;

create function organisation.update_mandant(ziel uuid, bekannt int, werte jsonb) returns setof organisation.mandant
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform organisation.require_verbund();
  return query update organisation.mandant m set
    name = coalesce(werte->>'name', m.name), bezeichnung = coalesce(werte->>'bezeichnung', m.bezeichnung), kuerzel = coalesce(werte->>'kuerzel', m.kuerzel),
    farbe = coalesce(werte->>'farbe', m.farbe), zeitzone = coalesce(werte->>'zeitzone', m.zeitzone), aktiv = coalesce((werte->>'aktiv')::boolean, m.aktiv),
    behoerdenkennung = case when werte ? 'behoerdenkennung' then werte->>'behoerdenkennung' else m.behoerdenkennung end,
    ars = case when werte ? 'ars' then werte->>'ars' else m.ars end, version = m.version + 1
  where m.id = ziel and m.version = bekannt returning m.*;
end $$;

-- ── Konten ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
-- Home is the current Mandant; the Verbund may make one for another, for its first administrator.
create function organisation.create_konto(id uuid, anmeldename text, schluessel text, passwort text, muss_aendern boolean, heimat uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if heimat is distinct from platform.current_mandant() then perform organisation.require_verbund(); end if;
  insert into organisation.konto (id, anmeldename, schluessel, passwort, muss_aendern, heimat_id) values (id, anmeldename, schluessel, passwort, muss_aendern, heimat);
end $$;

create function organisation.find_konto(name text) returns uuid language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select k.id from organisation.konto k where k.schluessel = name and not k.gesperrt $$;

-- Of the people of this Mandant only.
create function organisation.get_konten(ids uuid[]) returns table (id uuid, anmeldename text, heimat_id uuid, gesperrt boolean, muss_aendern boolean, einstellungen jsonb)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select k.id, k.anmeldename, k.heimat_id, k.gesperrt, k.muss_aendern, k.einstellungen from organisation.konto k
    join organisation.zugang z on z.konto_id = k.id and z.mandant_id = platform.current_mandant() where k.id = any(ids) $$;

create function organisation.get_passwort(konto uuid) returns text language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select k.passwort from organisation.konto k join organisation.zugang z on z.konto_id = k.id and z.mandant_id = platform.current_mandant() where k.id = konto $$;

-- Ends every session of the Konto but the one named. A reset is for the home Mandant; the person's own change works wherever it is logged in.
create function organisation.set_passwort(konto uuid, neu text, muss boolean, ausser uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update organisation.konto k set passwort = neu, passwort_zeit = now(), muss_aendern = muss
    where k.id = konto and exists (select from organisation.zugang z where z.konto_id = konto and z.mandant_id = platform.current_mandant())
      and (k.heimat_id = platform.current_mandant() or (not muss and exists (select from organisation.sitzung s where s.id = ausser and s.konto_id = konto and s.mandant_id = platform.current_mandant())));
  if not found then return false; end if;
  delete from organisation.sitzung s where s.konto_id = konto and s.id is distinct from ausser;
  return true;
end $$;

create function organisation.set_einstellungen(konto uuid, werte jsonb) returns jsonb language sql security definer set search_path = pg_catalog, pg_temp
  as $$ update organisation.konto k set einstellungen = k.einstellungen || werte
    where k.id = konto and exists (select from organisation.zugang z where z.konto_id = konto and z.mandant_id = platform.current_mandant()) returning einstellungen $$;

create function organisation.list_zugaenge(konto uuid) returns table (mandant_id uuid, benutzer_id uuid, name text, bezeichnung text, kuerzel text, farbe text, art text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select m.id, z.benutzer_id, m.name, m.bezeichnung, m.kuerzel, m.farbe, m.art from organisation.zugang z join organisation.mandant m on m.id = z.mandant_id
    where z.konto_id = konto and not z.gesperrt and m.aktiv order by m.name collate organisation.deutsch $$;

create function organisation.follow_benutzer() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into organisation.zugang (mandant_id, konto_id, benutzer_id, gesperrt) values (new.mandant_id, new.konto_id, new.id, new.gesperrt)
    on conflict (konto_id, mandant_id) do update set gesperrt = excluded.gesperrt;
  -- The home Mandant vouches for the identity: what it locks is locked everywhere. Another Mandant locks only its own door.
  update organisation.konto k set gesperrt = new.gesperrt where k.id = new.konto_id and k.heimat_id = new.mandant_id and k.gesperrt <> new.gesperrt;
  if new.gesperrt then
    delete from organisation.sitzung s using organisation.konto k where k.id = new.konto_id and s.konto_id = k.id and (k.gesperrt or s.mandant_id = new.mandant_id);
  end if;
  return null;
end $$;
create trigger follow_benutzer after insert or update of gesperrt on organisation.benutzer for each row execute function organisation.follow_benutzer();

-- ── Anmeldung ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────
create function organisation.find_anmeldung(name text) returns table (id uuid, passwort text, gesperrt boolean, muss_aendern boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select id, passwort, gesperrt, muss_aendern from organisation.konto where schluessel = name $$;

-- Seconds to wait after so many attempts: none for the first five (fifty for an address, behind which a whole house may sit), then doubling up to 15 minutes.
create function organisation.wartezeit(anzahl int, frei int) returns int language sql immutable set search_path = pg_catalog, pg_temp
  as $$ select case when anzahl <= frei then 0 else least(900, 15 * 2 ^ least(anzahl - frei - 1, 10))::int end $$;

-- Seconds until the next attempt under this key may be answered.
create function organisation.get_wartezeit(schluessel bytea, frei int) returns int language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select greatest(0, coalesce(max(ceil(extract(epoch from v.zuletzt + organisation.wartezeit(v.anzahl, frei) * interval '1 second' - now()))), 0))::int
    from organisation.anmeldeversuch v where v.schluessel = get_wartezeit.schluessel and v.zuletzt > now() - interval '30 minutes' $$;

-- The same, and counts this attempt if it need not wait. Counted before the answer, so that a thousand at once are a thousand.
create function organisation.count_anmeldung(schluessel bytea, frei int) returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare noch int;
begin
  insert into organisation.anmeldeversuch as v (schluessel, anzahl, zuletzt) values (count_anmeldung.schluessel, 0, now() - interval '1 hour')
    on conflict on constraint anmeldeversuch_pkey do nothing;
  perform from organisation.anmeldeversuch v where v.schluessel = count_anmeldung.schluessel for update;
  noch := organisation.get_wartezeit(count_anmeldung.schluessel, frei);
  if noch = 0 then
    update organisation.anmeldeversuch v set anzahl = case when v.zuletzt > now() - interval '30 minutes' then v.anzahl + 1 else 1 end, zuletzt = now()
      where v.schluessel = count_anmeldung.schluessel;
  end if;
  return noch;
end $$;

-- A good login forgets the failures of its account, and its own attempt at its address; not the failures of others from there.
create function organisation.settle_anmeldung(konto bytea, adresse bytea) returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from organisation.anmeldeversuch where schluessel = konto;
  update organisation.anmeldeversuch set anzahl = greatest(0, anzahl - 1) where schluessel = adresse;
$$;

-- In the Mandant wished for, else the one used last; null: the Konto may work nowhere (or not there).
create function organisation.begin_sitzung(id uuid, hash bytea, konto uuid, wunsch uuid, dauer interval, geraet text, adresse text)
  returns table (mandant_id uuid, benutzer_id uuid, ablauf timestamptz) language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  return query with ziel as (
    select z.mandant_id, z.benutzer_id from organisation.zugang z join organisation.mandant m on m.id = z.mandant_id
    where z.konto_id = konto and not z.gesperrt and m.aktiv and (wunsch is null or z.mandant_id = wunsch)
    order by z.zuletzt desc nulls last, m.name, m.id limit 1
  ), benutzt as (
    update organisation.zugang z set zuletzt = now() from ziel where z.konto_id = konto and z.mandant_id = ziel.mandant_id
  ) insert into organisation.sitzung as s (id, token_hash, konto_id, mandant_id, benutzer_id, ablauf, geraet, adresse)
    select begin_sitzung.id, hash, konto, ziel.mandant_id, ziel.benutzer_id, now() + dauer, left(begin_sitzung.geraet, 300), begin_sitzung.adresse from ziel
    returning s.mandant_id, s.benutzer_id, s.ablauf;
end $$;

-- The same session in another Mandant: new token, new id, the same absolute end; the old one is over.
create function organisation.change_sitzung(alt uuid, id uuid, hash bytea, wunsch uuid)
  returns table (mandant_id uuid, benutzer_id uuid, ablauf timestamptz) language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare bisher organisation.sitzung;
begin
  select * into bisher from organisation.sitzung s where s.id = alt and s.mandant_id = platform.current_mandant() for update;
  if not found then return; end if;
  return query select * from organisation.begin_sitzung(id, hash, bisher.konto_id, wunsch, bisher.ablauf - now(), bisher.geraet, bisher.adresse);
  if found then delete from organisation.sitzung s where s.id = alt; end if;
end $$;

create function organisation.list_sitzungen(konto uuid, leerlauf interval)
  returns table (id uuid, mandant_id uuid, begonnen timestamptz, zuletzt timestamptz, ablauf timestamptz, geraet text, adresse text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select s.id, s.mandant_id, s.begonnen, s.zuletzt, s.ablauf, s.geraet, s.adresse from organisation.sitzung s
    where s.konto_id = konto and s.ablauf > now() and s.zuletzt > now() - leerlauf
      and exists (select from organisation.zugang z where z.konto_id = konto and z.mandant_id = platform.current_mandant())
    order by s.zuletzt desc, s.id $$;

create function organisation.end_sitzung(sitzung uuid, konto uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from organisation.sitzung s where s.id = sitzung and s.konto_id = konto
    and exists (select from organisation.zugang z where z.konto_id = konto and z.mandant_id = platform.current_mandant());
  return found;
end $$;

create function organisation.touch_sitzung(hash bytea) returns void language sql security definer set search_path = pg_catalog, pg_temp
  as $$ update organisation.sitzung set zuletzt = now() where token_hash = hash $$;

-- ── Who asks ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
-- Rollen and OEs of a Benutzer who is not locked: own ones, all above, and below those he leads. An OE that has ended gives nothing.
create function organisation.akteur(m uuid, b uuid) returns jsonb language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive eigene as (
    select z.organisationseinheit_id as id, z.leitung from organisation.zuordnung z
    join organisation.organisationseinheit o on o.mandant_id = m and o.id = z.organisationseinheit_id
    where z.mandant_id = m and z.benutzer_id = b and (o.gueltig_bis is null or o.gueltig_bis >= (now() at time zone 'Europe/Berlin')::date)
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

create function organisation.resolve_sitzung(hash bytea, leerlauf interval) returns jsonb
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare wer record; vorher text := current_setting('app.mandant', true); akteur jsonb;
begin
  select s.id, s.mandant_id, s.benutzer_id, s.zuletzt < now() - interval '1 minute' as alt, k.muss_aendern into wer
    from organisation.sitzung s join organisation.konto k on k.id = s.konto_id join organisation.mandant m on m.id = s.mandant_id
    where s.token_hash = hash and s.ablauf > now() and s.zuletzt > now() - leerlauf and not k.gesperrt and m.aktiv;
  if not found then return null; end if;
  perform set_config('app.mandant', wer.mandant_id::text, true);
  akteur := organisation.akteur(wer.mandant_id, wer.benutzer_id);
  perform set_config('app.mandant', coalesce(vorher, ''), true);
  return akteur || jsonb_build_object('id', wer.id, 'mandantId', wer.mandant_id, 'benutzerId', wer.benutzer_id, 'mussAendern', wer.muss_aendern, 'auffrischen', wer.alt);
end $$;

create function organisation.resolve_zugangstoken(hash bytea) returns jsonb
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare wer record; vorher text := current_setting('app.mandant', true); akteur jsonb;
begin
  select t.id, t.mandant_id, t.benutzer_id, t.rechte, coalesce(t.zuletzt < now() - interval '1 minute', true) as alt, k.muss_aendern into wer
    from organisation.zugangstoken t join organisation.zugang z on z.mandant_id = t.mandant_id and z.benutzer_id = t.benutzer_id
    join organisation.konto k on k.id = z.konto_id join organisation.mandant m on m.id = t.mandant_id
    where t.token_hash = hash and t.ablauf > now() and t.widerrufen is null and not k.gesperrt and not z.gesperrt and m.aktiv;
  if not found then return null; end if;
  perform set_config('app.mandant', wer.mandant_id::text, true);
  akteur := organisation.akteur(wer.mandant_id, wer.benutzer_id);
  perform set_config('app.mandant', coalesce(vorher, ''), true);
  return akteur || jsonb_build_object('id', wer.id, 'mandantId', wer.mandant_id, 'benutzerId', wer.benutzer_id,
    'mussAendern', wer.muss_aendern, 'nur', wer.rechte, 'auffrischen', wer.alt);
end $$;

-- ── Zugangstoken ────────────────────────────────────────────────────────────────────────────────────────────────────────────────
create function organisation.create_zugangstoken(id uuid, hash bytea, benutzer uuid, name text, rechte text[], tage int) returns void
  language sql security definer set search_path = pg_catalog, pg_temp
  as $$ insert into organisation.zugangstoken (id, token_hash, mandant_id, benutzer_id, name, rechte, ablauf) values (id, hash, platform.current_mandant(), benutzer, name, rechte, now() + make_interval(days => tage)) $$;

create function organisation.list_zugangstoken(benutzer uuid)
  returns table (id uuid, benutzer_id uuid, name text, rechte text[], erstellt timestamptz, ablauf timestamptz, zuletzt timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select t.id, t.benutzer_id, t.name, t.rechte, t.erstellt, t.ablauf, t.zuletzt from organisation.zugangstoken t
    where t.mandant_id = platform.current_mandant() and t.benutzer_id = benutzer and t.widerrufen is null order by t.erstellt desc, t.id $$;

create function organisation.revoke_zugangstoken(token uuid, benutzer uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update organisation.zugangstoken t set widerrufen = now()
    where t.id = token and t.mandant_id = platform.current_mandant() and t.benutzer_id = benutzer and t.widerrufen is null;
  return found;
end $$;

create function organisation.touch_zugangstoken(hash bytea) returns void language sql security definer set search_path = pg_catalog, pg_temp
  as $$ update organisation.zugangstoken set zuletzt = now() where token_hash = hash $$;

-- What is over leaves nothing behind.
create function organisation.delete_abgelaufene() returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from organisation.sitzung where ablauf < now() - interval '1 day' or zuletzt < now() - interval '2 days';
  delete from organisation.anmeldeversuch where zuletzt < now() - interval '1 day';
$$;

do $$ declare f regprocedure; begin
  for f in select oid from pg_proc where pronamespace = 'organisation'::regnamespace loop
    execute format('revoke all on function %s from public', f);
  end loop;
  for f in select oid from pg_proc where pronamespace = 'organisation'::regnamespace and prosecdef and prorettype <> 'trigger'::regtype loop
    execute format('grant execute on function %s to va_app', f);
  end loop;
end $$;
grant execute on function organisation.list_mandanten() to va_worker;
