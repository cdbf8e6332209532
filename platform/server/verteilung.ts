/**
 * What a sharded PostgreSQL (Citus) asks of the schema, read from the catalogue: tables of a Mandant lie together by `mandant_id`, those of the Verbund
 * (`platform.verbund()`) are on every machine, internal ones stay with the coordinator. docs/betrieb/skalierung.md
 */
const TABELLEN = `
  tabelle as (
    select c.oid, c.relname, c.oid::regclass::text as name, case t.klasse when 'protect' then 'mandant' when 'isolate' then 'mandant' else t.klasse end as art
    from platform.tabelle t join pg_class c on c.oid = to_regclass(t.name)
  )`;
/** Of functions, as far as text tells: the tables they name. Those of the system are everywhere. */
const FUNKTIONEN = `
  funktion as materialized (
    select p.oid, p.oid::regproc::text as name, p.prosrc, p.prosecdef and has_function_privilege('va_app', p.oid, 'execute') as offen, coalesce(obj_description(p.oid, 'pg_proc'), '') as zweck
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname !~ '^pg_|^information_schema$|^graphile_worker$|^public$|^probe$' -- probe: of the tests
  ), nennt as (
    select f.oid, f.name, t.name as tabelle, t.art from funktion f join tabelle t on f.prosrc ~ ('\\m' || replace(t.name, '.', '\\.') || '\\M')
    union all select f.oid, f.name, 'graphile_worker', 'intern' from funktion f where f.prosrc ~ '\\mgraphile_worker\\.'
  )`;

/** One line for each thing that could not be distributed. */
export const VERTEILUNG_MAENGEL = `
  with ${TABELLEN}, ${FUNKTIONEN}, schluessel as (
    select k.*, t.name as tabelle, t.art, z.name as ziel, z.art as ziel_art,
      (select a.attname from pg_attribute a where a.attrelid = k.conrelid and a.attnum = k.conkey[1]) as erste,
      (select a.attname from pg_attribute a where a.attrelid = k.confrelid and a.attnum = k.confkey[1]) as ziel_erste
    from pg_constraint k join tabelle t on t.oid = k.conrelid left join tabelle z on z.oid = k.confrelid
  )
  select name || ': no mandant_id of type uuid that is never null' as mangel from tabelle where art = 'mandant'
    and not exists (select from pg_attribute a where a.attrelid = tabelle.oid and a.attname = 'mandant_id' and a.atttypid = 'uuid'::regtype and a.attnotnull and a.attgenerated = '')
  union all select t.name || ': no primary key' from tabelle t where t.art in ('mandant', 'verbund') and not exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'p')
  union all select t.name || ': unique index ' || i.indexrelid::regclass || ' does not begin with mandant_id' from tabelle t join pg_index i on i.indrelid = t.oid
    where t.art = 'mandant' and i.indisunique and (select a.attname from pg_attribute a where a.attrelid = t.oid and a.attnum = i.indkey[0]) is distinct from 'mandant_id'
  union all select tabelle || ': exclusion ' || conname || ' does not compare mandant_id first' from schluessel
    where contype = 'x' and art = 'mandant' and (erste is distinct from 'mandant_id' or (select o.oprname from pg_operator o where o.oid = conexclop[1]) <> '=')
  union all select tabelle || ': foreign key ' || conname || ' between tables of a Mandant does not begin with mandant_id on both sides' from schluessel
    where contype = 'f' and art = 'mandant' and ziel_art = 'mandant' and (erste, ziel_erste) is distinct from ('mandant_id'::name, 'mandant_id'::name)
  union all select tabelle || ': foreign key ' || conname || ' changes mandant_id (set null, set default, on update)' from schluessel
    where contype = 'f' and art = 'mandant' and (confupdtype not in ('a', 'r') or confdeltype in ('n', 'd'))
  union all select tabelle || ': foreign key ' || conname || ' points to ' || coalesce(ziel, 'a table without class') from schluessel
    where contype = 'f' and (ziel_art is null or (art = 'mandant' and ziel_art = 'intern') or (art = 'verbund' and ziel_art <> 'verbund'))
  union all select t.name || ': identity ' || a.attname || ' is not a bigint' from tabelle t join pg_attribute a on a.attrelid = t.oid where t.art in ('mandant', 'verbund') and a.attidentity <> '' and a.atttypid <> 'bigint'::regtype
  union all select t.name || ': trigger ' || g.tgname || case when t.art = 'verbund' then ' on a table of the Verbund' else ' is not for each row' end
    from tabelle t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal where t.art = 'verbund' or (t.art = 'mandant' and (g.tgtype & 1) = 0)
  union all select distinct t.name || ': trigger ' || g.tgname || ' reaches for ' || n.tabelle from tabelle t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal join nennt n on n.oid = g.tgfoid where t.art = 'mandant'
  union all select n.name || ': names ' || string_agg(n.tabelle, ', ' order by n.tabelle) || ' and does not say why (comment on function … is ''Verbund: …'')'
    from nennt n join funktion f on f.oid = n.oid and f.offen where n.art in ('verbund', 'intern') and f.zweck !~ '^Verbund: .' group by n.name
  union all select n.name || ': names tables of a Mandant without its mandant_id' from nennt n join funktion f on f.oid = n.oid and f.offen
    where n.art = 'mandant' and f.prosrc !~ '\\mmandant_id\\M|platform\\.current_mandant\\(\\)' group by n.name
  order by 1`;

/** The functions through which alone a request leaves its Mandant, with their reasons. */
export const VERBUNDABFRAGEN = `with ${TABELLEN}, ${FUNKTIONEN} select name, substr(zweck, 10) as zweck from funktion where offen and zweck ~ '^Verbund: ' order by 1`;
/** Every function that a request may call with the rights of another role. */
export const OFFENE_FUNKTIONEN = `with ${TABELLEN}, ${FUNKTIONEN} select name, zweck ~ '^Verbund: ' as verbund from funktion where offen`;

/** The tables in the order in which they are to be distributed: those of the Verbund, then those of the Mandanten, what a key points to first but where keys go in a circle. */
export const VERTEILUNG_FOLGE = `
  with recursive ${TABELLEN}, kante as (
    select distinct k.conrelid as von, k.confrelid as zu from pg_constraint k join tabelle a on a.oid = k.conrelid join tabelle b on b.oid = k.confrelid
    where k.contype = 'f' and k.conrelid <> k.confrelid and a.art = b.art
  ), tiefe (oid, n, weg) as (
    select oid, 0, array[oid] from tabelle where art in ('verbund', 'mandant')
    union all select k.von, t.n + 1, t.weg || k.von from tiefe t join kante k on k.zu = t.oid where k.von <> all(t.weg)
  )
  select t.name, t.art, max(d.n) as tiefe from tabelle t join tiefe d on d.oid = t.oid group by t.name, t.art order by t.art = 'mandant', 3, 1`;
