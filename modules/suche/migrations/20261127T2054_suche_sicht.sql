-- Whose eyes a search is asked with, in one value: kinds and Schutzbereiche (as bits) to read and to see, the objects that are granted one by one, and
-- the Schutzbereiche of protected classes. Who may only see in one of these finds an object by its Kennzeichen, or among all, but by none of its words.
create type suche.sicht as (
  typen_lesen         text[],
  lesen               bytea,  -- null: all (the system)
  typen_sehen         text[], -- null: nothing that may only be seen
  sehen               bytea,
  geschuetzt          bytea,  -- null: none of what may only be seen is protected
  objekt_lesen        uuid[], -- granted objects, and beside each
  objekt_lesen_schutz uuid[], -- a Schutzbereich in which it reaches; null: none
  objekt_sehen        uuid[],
  objekt_sehen_schutz uuid[]
);

drop function suche.finde(tsquery, tsquery, tsquery, tsquery, tsquery, text[], bytea, text[], bytea, jsonb, uuid[], text, date, uuid, int, int);
drop function suche.treffer_text(tsquery, tsquery, tsquery, tsquery, tsquery, text[], bytea, text[], bytea, jsonb, uuid[], date, uuid, int, boolean, int, int);
drop function suche.treffer_datum(tsquery, tsquery, text[], bytea, text[], bytea, jsonb, uuid[], date, uuid, int, int);
drop function suche.zaehle(tsquery, tsquery, text[], bytea, text[], bytea, jsonb, date);
drop function suche.bedingung(boolean, bytea, jsonb, uuid[]);

-- A granted object e, or something in one: by parameters of ids and of the Schutzbereiche beside them. The first half is one look into a hash.
create function suche.einzeln(ids int, schutz int) returns text language sql immutable set search_path = pg_catalog, pg_temp
  as $$ select format('((e.id = any($%1$s) or e.vorgang_id = any($%1$s) or e.akte_id = any($%1$s))
    and exists (select from unnest($%1$s, $%2$s) as p (objekt, schutz) where p.schutz = e.schutz_id and p.objekt in (e.id, e.vorgang_id, e.akte_id)))', ids, schutz) $$;

-- Who sees what, and which rows are meant, as a condition on suche.eintrag e. Nothing of a caller is put into the text, only numbers of parameters:
--  $1 Mandant  $2 question  $3 question on metadata  $4 types, $5 Schutzbereiche that may be read  $6 types, $7 Schutzbereiche that may be seen
--  $8 types  $9 kinds  $10 status  $11 Aktenplaneinheiten  $12 OEs  $13 from  $14 until  $15 Akte  $16 ids to leave out
--  $25, $26 objects to read  $27, $28 objects to see  $29 protected Schutzbereiche  $30 question on Kennzeichen
-- `wie`: what may be read, what may only be seen, and of that what is protected.
create function suche.bedingung(wie text, s suche.sicht, filter jsonb, ausser uuid[]) returns text
  language sql immutable set search_path = pg_catalog, pg_temp as $$
  with darf as (
    select case when s.lesen is null then 'e.typ = any($4)'
             else concat('(e.typ = any($4) and (suche.enthaelt($5, e.schutz_nr)', case when s.objekt_lesen is not null then ' or ' || suche.einzeln(25, 26) end, '))') end as lesen,
           concat('e.typ = any($6) and (suche.enthaelt($7, e.schutz_nr)', case when s.objekt_sehen is not null then ' or ' || suche.einzeln(27, 28) end, ')') as sehen
  )
  select concat_ws(' and ', 'e.mandant_id = $1', 'not e.storniert',
    case wie when 'lesen' then lesen else sehen || ' and not ' || lesen end,
    case when wie = 'geschuetzt' then 'suche.enthaelt($29, e.schutz_nr)' when wie = 'sehen' and s.geschuetzt is not null then 'not suche.enthaelt($29, e.schutz_nr)' end,
    case when filter ? 'typ' then 'e.typ = any($8)' end,
    case when filter ? 'art' then 'e.art = any($9)' end,
    case when filter ? 'status' then 'e.status = any($10)' end,
    case when filter ? 'aktenplaneinheit' then 'e.aktenplaneinheit_id = any($11)' end,
    case when filter ? 'organisationseinheit' then 'e.organisationseinheit_id = any($12)' end,
    case when filter ? 'von' then 'e.datum >= $13' end,
    case when filter ? 'bis' then 'e.datum <= $14' end,
    case when filter ? 'akte' then '(e.akte_id = $15 or e.id = $15)' end,
    case when ausser is not null then 'e.id <> all($16)' end)
  from darf
$$;

-- At most `grenze` ids of hits, by way of the text index alone: the planner may not walk the index of dates.
-- `kandidaten`: take the newest of so many only; `pruefe`: these still have to hold the question with its phrases.
create function suche.treffer_text(anfrage tsquery, anfrage_meta tsquery, grob tsquery, grob_meta tsquery, rang tsquery, anfrage_kz tsquery, s suche.sicht,
    filter jsonb, ausser uuid[], nach_datum date, nach_id uuid, kandidaten int, nach_rang boolean, versatz int, grenze int)
  returns table (id uuid, wert real, datum date, geschuetzt boolean, gesehen bigint)
  language plpgsql stable security definer rows 100
  set search_path = pg_catalog, suche, pg_temp set enable_indexscan = off set enable_seqscan = off set enable_indexonlyscan = off
  as $$
declare
  mandant uuid := platform.current_mandant();
  weiter text := case when nach_datum is not null then ' and (e.datum, e.id) < ($19, $20)' else '' end;
  zweige text := format('select e.id, e.datum, e.vektor, 1 as wie from suche.eintrag e where e.vektor @@ $17 and %s%s', suche.bedingung('lesen', s, filter, ausser), weiter);
begin
  if mandant is null then return; end if;
  if s.typen_sehen is not null then
    zweige := zweige || format(' union all select e.id, e.datum, e.vektor, 2 from suche.eintrag e where e.vektor @@ $18 and %s%s', suche.bedingung('sehen', s, filter, ausser), weiter);
  end if;
  if s.geschuetzt is not null and anfrage_kz is not null then
    zweige := zweige || format(' union all select e.id, e.datum, e.vektor, 3 from suche.eintrag e where e.vektor @@ $30 and %s%s', suche.bedingung('geschuetzt', s, filter, ausser), weiter);
  end if;
  return query execute format('
    with neueste as materialized (select * from (%s) z order by z.datum desc, z.id desc limit $21),
    echte as materialized (select n.id, n.datum, n.wie, %s as wert from neueste n where %s)
    select x.id, x.wert::real, x.datum, x.wie = 3, (select count(*) from neueste) from echte x order by %s x.datum desc, x.id desc offset $22 limit $23', zweige,
    case when nach_rang then 'case when n.wie = 3 then 0 else ts_rank(n.vektor, $24, 1) end' else '0' end,
    case when grob is null then 'true' else 'n.vektor @@ case n.wie when 1 then $2 when 2 then $3 else $30 end' end,
    case when nach_rang then 'x.wert desc,' else '' end)
  using mandant, anfrage, anfrage_meta, s.typen_lesen, s.lesen, s.typen_sehen, s.sehen,
    suche.liste(filter, 'typ'), suche.liste(filter, 'art'), suche.liste(filter, 'status'), suche.liste(filter, 'aktenplaneinheit')::uuid[], suche.liste(filter, 'organisationseinheit')::uuid[],
    (filter ->> 'von')::date, (filter ->> 'bis')::date, (filter ->> 'akte')::uuid, ausser,
    coalesce(grob, anfrage), coalesce(grob_meta, anfrage_meta), nach_datum, nach_id, kandidaten, versatz, grenze, rang, s.objekt_lesen, s.objekt_lesen_schutz, s.objekt_sehen, s.objekt_sehen_schutz, s.geschuetzt, anfrage_kz;
end $$;

-- The newest hits by walking the index of dates, for words that stand nearly everywhere, and for no word at all. Gives up after `budget` rows.
create function suche.treffer_datum(anfrage tsquery, anfrage_meta tsquery, anfrage_kz tsquery, s suche.sicht,
    filter jsonb, ausser uuid[], nach_datum date, nach_id uuid, budget int, grenze int)
  returns table (id uuid, datum date, geschuetzt boolean)
  language plpgsql stable security definer rows 100
  set search_path = pg_catalog, suche, pg_temp set enable_bitmapscan = off set enable_seqscan = off set enable_sort = off
  as $$
declare
  mandant uuid := platform.current_mandant();
  geschuetzt_bedingung text := case when s.geschuetzt is not null and (anfrage is null or anfrage_kz is not null)
    then format('(%s %s)', suche.bedingung('geschuetzt', s, filter, ausser), case when anfrage is not null then 'and e.vektor @@ $30' else '' end) else 'false' end;
begin
  if mandant is null then return; end if;
  return query execute format('
    select e.id, e.datum, %s from (select * from suche.eintrag i where i.mandant_id = $1 %s order by i.datum desc, i.id desc limit $21) e
    where (%s %s) %s or %s limit $22', geschuetzt_bedingung,
    case when nach_datum is not null then 'and (i.datum, i.id) < ($19, $20)' else '' end,
    suche.bedingung('lesen', s, filter, ausser), case when anfrage is not null then 'and e.vektor @@ $2' else '' end,
    case when s.typen_sehen is not null then format('or (%s %s)', suche.bedingung('sehen', s, filter, ausser), case when anfrage is not null then 'and e.vektor @@ $3' else '' end) else '' end,
    geschuetzt_bedingung)
  using mandant, anfrage, anfrage_meta, s.typen_lesen, s.lesen, s.typen_sehen, s.sehen,
    suche.liste(filter, 'typ'), suche.liste(filter, 'art'), suche.liste(filter, 'status'), suche.liste(filter, 'aktenplaneinheit')::uuid[], suche.liste(filter, 'organisationseinheit')::uuid[],
    (filter ->> 'von')::date, (filter ->> 'bis')::date, (filter ->> 'akte')::uuid, ausser,
    null::int, null::int, nach_datum, nach_id, budget, grenze, null::int, null::int, s.objekt_lesen, s.objekt_lesen_schutz, s.objekt_sehen, s.objekt_sehen_schutz, s.geschuetzt, anfrage_kz;
end $$;

-- One page of hits: ids, their rank, their date. `sortierung`: 'datum' (pages by nach_datum, nach_id) or 'relevanz' (pages by versatz).
create function suche.finde(anfrage tsquery, anfrage_meta tsquery, grob tsquery, grob_meta tsquery, rang tsquery, anfrage_kz tsquery, s suche.sicht,
    filter jsonb, ausser uuid[], sortierung text, nach_datum date, nach_id uuid, versatz int, grenze int)
  returns table (id uuid, wert real, datum date)
  language plpgsql stable security definer rows 50
  set search_path = pg_catalog, suche, pg_temp
  as $$
declare
  -- above so many rows with the words, the newest hits are found sooner by their date than by collecting them all
  viele constant int := 40000;
  -- newest hits that are ranked; newest rows in which a phrase is looked for at first
  pool constant int := 2000;
  -- of words that stand nearly everywhere: newest hits that are ranked beside those with the words in their metadata
  pool_neueste constant int := 300;
  budget constant int := 60000;
  gefunden int;
  gesehen_zahl bigint;
begin
  if anfrage is null then
    return query select d.id, 0::real, d.datum from suche.treffer_datum(null, null, null, s, filter, ausser, nach_datum, nach_id, 2000000000, grenze) d;
    return;
  end if;
  if suche.haeufig(coalesce(grob, anfrage), viele) then
    if sortierung = 'relevanz' then
      return query with treffer as (
          select t.id, t.datum, t.geschuetzt from suche.treffer_text(anfrage_meta, anfrage_meta, grob_meta, grob_meta, rang, anfrage_kz, s, filter, ausser, null, null, pool, false, 0, pool) t
          union select d.id, d.datum, d.geschuetzt from suche.treffer_datum(anfrage, anfrage_meta, anfrage_kz, s, filter, ausser, null, null, budget, pool_neueste) d)
        select t.id, case when t.geschuetzt then 0 else ts_rank(e.vektor, rang, 1) end as wert, t.datum from treffer t join suche.eintrag e on e.mandant_id = platform.current_mandant() and e.id = t.id
        order by wert desc, t.datum desc, t.id desc offset versatz limit grenze;
      get diagnostics gefunden = row_count;
      if gefunden > 0 or versatz > 0 then return; end if;
    else
      return query select d.id, 0::real, d.datum from suche.treffer_datum(anfrage, anfrage_meta, anfrage_kz, s, filter, ausser, nach_datum, nach_id, budget, grenze) d;
      get diagnostics gefunden = row_count;
      if gefunden >= grenze then return; end if;
      -- too rare among what may be seen: collect after all, from where the walk ended
      return query select t.id, t.wert, t.datum from suche.treffer_text(anfrage, anfrage_meta, null, null, rang, anfrage_kz, s, filter, ausser, nach_datum, nach_id, 2000000000, false, gefunden, grenze - gefunden) t;
      return;
    end if;
  end if;
  -- Phrases: the index knows words only, so look into the newest rows with all the words first.
  if grob is not null then
    select count(*), max(t.gesehen) into gefunden, gesehen_zahl
      from suche.treffer_text(anfrage, anfrage_meta, grob, grob_meta, rang, anfrage_kz, s, filter, ausser, nach_datum, nach_id, pool, false, versatz, grenze) t;
    return query select t.id, t.wert, t.datum
      from suche.treffer_text(anfrage, anfrage_meta, grob, grob_meta, rang, anfrage_kz, s, filter, ausser, nach_datum, nach_id,
        case when gefunden >= grenze then pool else 2000000000 end, sortierung = 'relevanz', versatz, grenze) t;
    return;
  end if;
  return query select t.id, t.wert, t.datum
    from suche.treffer_text(anfrage, anfrage_meta, null, null, rang, anfrage_kz, s, filter, ausser, nach_datum, nach_id,
      case when sortierung = 'relevanz' then pool else versatz + grenze end, sortierung = 'relevanz', versatz, grenze) t;
end $$;

-- The exact number of hits and of each facet's values, in one scan. `fehlt`: the filters a row does not pass, as bits (1 typ, 2 art, 4 status,
-- 8 aktenplaneinheit, 16 organisationseinheit, 32 datum); the caller adds up what each facet may count.
create function suche.zaehle(anfrage tsquery, anfrage_meta tsquery, anfrage_kz tsquery, s suche.sicht, filter jsonb, heute date)
  returns table (facette int, wert text, fehlt int, anzahl bigint)
  language plpgsql stable security definer rows 200
  set search_path = pg_catalog, suche, pg_temp set enable_seqscan = off set enable_indexscan = off set enable_indexonlyscan = off
  as $$
declare
  mandant uuid := platform.current_mandant();
  fest jsonb := filter - array['typ', 'art', 'status', 'aktenplaneinheit', 'organisationseinheit', 'von', 'bis'];
  spalten constant text := 'e.typ, e.art, e.status, e.aktenplaneinheit_id, e.organisationseinheit_id, e.datum';
  zweige text;
begin
  if mandant is null then return; end if;
  zweige := format('select %s from suche.eintrag e where %s %s', spalten, suche.bedingung('lesen', s, fest, null), case when anfrage is not null then 'and e.vektor @@ $2' else '' end);
  if s.typen_sehen is not null then
    zweige := zweige || format(' union all select %s from suche.eintrag e where %s %s', spalten, suche.bedingung('sehen', s, fest, null), case when anfrage is not null then 'and e.vektor @@ $3' else '' end);
  end if;
  if s.geschuetzt is not null and (anfrage is null or anfrage_kz is not null) then
    zweige := zweige || format(' union all select %s from suche.eintrag e where %s %s', spalten, suche.bedingung('geschuetzt', s, fest, null), case when anfrage is not null then 'and e.vektor @@ $30' else '' end);
  end if;
  return query execute format('
    select grouping(z.typ, z.art, z.status, z.aktenplaneinheit_id, z.organisationseinheit_id, z.zeit),
      coalesce(z.typ, z.art, z.status, z.aktenplaneinheit_id::text, z.organisationseinheit_id::text, z.zeit::text), z.fehlt, count(*)
    from (select e.typ, e.art, e.status, e.aktenplaneinheit_id, e.organisationseinheit_id,
        extract(year from e.datum)::int * 10 + (e.datum > $16 - 30)::int as zeit, %s as fehlt from (%s) e) z
    group by grouping sets ((z.fehlt), (z.typ, z.fehlt), (z.art, z.fehlt), (z.status, z.fehlt), (z.aktenplaneinheit_id, z.fehlt), (z.organisationseinheit_id, z.fehlt), (z.zeit, z.fehlt))',
    concat_ws(' + ', '0',
      case when filter ? 'typ' then '(not e.typ = any($8))::int' end,
      case when filter ? 'art' then 'coalesce((not e.art = any($9))::int, 1) * 2' end,
      case when filter ? 'status' then 'coalesce((not e.status = any($10))::int, 1) * 4' end,
      case when filter ? 'aktenplaneinheit' then 'coalesce((not e.aktenplaneinheit_id = any($11))::int, 1) * 8' end,
      case when filter ? 'organisationseinheit' then 'coalesce((not e.organisationseinheit_id = any($12))::int, 1) * 16' end,
      case when filter ? 'von' or filter ? 'bis' then '(e.datum < coalesce($13, ''-infinity'') or e.datum > coalesce($14, ''infinity''))::int * 32' end), zweige)
  using mandant, anfrage, anfrage_meta, s.typen_lesen, s.lesen, s.typen_sehen, s.sehen,
    suche.liste(filter, 'typ'), suche.liste(filter, 'art'), suche.liste(filter, 'status'), suche.liste(filter, 'aktenplaneinheit')::uuid[], suche.liste(filter, 'organisationseinheit')::uuid[],
    (filter ->> 'von')::date, (filter ->> 'bis')::date, (filter ->> 'akte')::uuid, heute, null::int, null::int, null::int, null::int, null::int, null::int, null::int, null::int, s.objekt_lesen, s.objekt_lesen_schutz, s.objekt_sehen, s.objekt_sehen_schutz, s.geschuetzt, anfrage_kz;
end $$;

-- They belong to va_suche; the app role may call those that answer it.
grant create on schema suche to va_suche;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'suche'::regnamespace
    and p.proname in ('treffer_text', 'treffer_datum', 'finde', 'zaehle', 'bedingung', 'einzeln') loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to va_suche', f);
  end loop;
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'suche'::regnamespace and p.proname in ('finde', 'zaehle') loop
    execute format('grant execute on function %s to va_app', f);
  end loop;
end $$;
revoke create on schema suche from va_suche;
