-- Which way a search takes was decided by counting the rows that have its words, up to 40,000: half of what a frequent word cost, since PostgreSQL 18 fetches
-- every one of them (1.2 million entries, a word in 25,000 of them: 50 of 100 ms). The planner knows about as much from its statistics, in a millisecond. And
-- whoever sees much finds the newest hits sooner by the date, already of a word that stands in every hundredth text.
alter table suche.eintrag alter column vektor set statistics 400;

-- How many rows have these words, or (null) how many there are at all, as the planner supposes. Volatile, because EXPLAIN may stand in no other function.
-- A word begins with the sign of its Mandant, so that of the question alone is the number of the Mandant's rows. Never leaves this schema.
create function suche.schaetze(anfrage tsquery) returns real
  language plpgsql volatile security definer set search_path = pg_catalog, suche, pg_temp
  as $$
declare plan json;
begin
  execute 'explain (format json) select from suche.eintrag e where ' || case when anfrage is null then format('e.mandant_id = %L', platform.current_mandant()) else format('e.vektor @@ %L::tsquery', anfrage) end into plan;
  return (plan -> 0 -> 'Plan' ->> 'Plan Rows')::real;
end $$;

-- So many rows are worth being walked by their date for `grenze` hits of `treffer` that may be read in these Schutzbereiche; null: sooner collected. A row that is
-- walked costs half of one that is collected, and Schutzbereiche are taken to hold about the same.
create function suche.weg(treffer real, grenze int, lesen bytea) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, suche, pg_temp
  as $$
declare
  weit constant int := 60000;
  bereiche int := (select max(nr) + 1 from suche.schutz where mandant_id = platform.current_mandant());
  sichtbar real := case when lesen is null then 1 else greatest(bit_count(lesen), 1)::real / greatest(bereiche, 1) end;
  zeilen real := grenze * suche.schaetze(null) / (greatest(treffer, 1) * sichtbar);
begin
  return case when zeilen < 2 * treffer then least(weit, 1000 + 2.5 * zeilen)::int end;
end $$;

-- One page of hits: ids, their rank, their date. `sortierung`: 'datum' (pages by nach_datum, nach_id) or 'relevanz' (pages by versatz).
create or replace function suche.finde(anfrage tsquery, anfrage_meta tsquery, grob tsquery, grob_meta tsquery, rang tsquery, anfrage_kz tsquery, s suche.sicht,
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
  -- rows that are walked at most
  weit constant int := 60000;
  treffer real;
  budget int;
  gefunden int;
  gesehen_zahl bigint;
begin
  if anfrage is null then
    return query select d.id, 0::real, d.datum from suche.treffer_datum(null, null, null, s, filter, ausser, nach_datum, nach_id, 2000000000, grenze) d;
    return;
  end if;
  treffer := suche.schaetze(coalesce(grob, anfrage));
  if sortierung = 'relevanz' then
    if treffer > viele then
      return query with treffer as (
          select t.id, t.datum, t.geschuetzt from suche.treffer_text(anfrage_meta, anfrage_meta, grob_meta, grob_meta, rang, anfrage_kz, s, filter, ausser, null, null, pool, false, 0, pool) t
          union select d.id, d.datum, d.geschuetzt from suche.treffer_datum(anfrage, anfrage_meta, anfrage_kz, s, filter, ausser, null, null, weit, pool_neueste) d)
        select t.id, case when t.geschuetzt then 0 else ts_rank(e.vektor, rang, 1) end as wert, t.datum from treffer t join suche.eintrag e on e.mandant_id = platform.current_mandant() and e.id = t.id
        order by wert desc, t.datum desc, t.id desc offset versatz limit grenze;
      get diagnostics gefunden = row_count;
      if gefunden > 0 or versatz > 0 then return; end if;
    end if;
  else
    budget := case when filter = '{}' then suche.weg(treffer, grenze, s.lesen) when treffer > viele then weit end;
    if budget is not null then
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

drop function suche.haeufig(tsquery, int);
grant select on suche.schutz to va_suche;
grant create on schema suche to va_suche;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'suche'::regnamespace and p.proname in ('schaetze', 'weg') loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to va_suche', f);
  end loop;
end $$;
revoke create on schema suche from va_suche;
