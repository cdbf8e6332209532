/**
 * The other half of the Ereignis duty, for tests only since it costs a look-up per row: at COMMIT each changed row of a protected table must be named by
 * an Ereignis of that transaction, by its own id or by that of an object it belongs to. So every test of the product proves it for the
 * operation it calls.
 */
export const requireNamedObjects = `
create schema probe;
create function probe.require_named() returns trigger language plpgsql as $$
declare
  zeile jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end) - 'mandant_id';
  ids uuid[] := array(select wert::uuid from jsonb_each_text(zeile) as z (spalte, wert) where wert ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$');
begin
  if not exists ( -- from this transaction's few Ereignisse: an object may have had thousands before
    with neu as materialized (select id from platform.ereignis where mandant_id = platform.current_mandant() and xid = pg_current_xact_id())
    select from neu cross join unnest(ids) as i (id) join platform.ereignis_objekt o on (o.mandant_id, o.objekt_id, o.ereignis_id) = (platform.current_mandant(), i.id, neu.id)
  ) then
    raise exception '% of % that no Ereignis of the transaction names', lower(tg_op), tg_relid::regclass using errcode = 'EA002', detail = zeile::text;
  end if;
  return null;
end $$;
do $$ declare t text; begin
  for t in select name from platform.tabelle where klasse = 'protect' and name !~ 'zaehler$' loop -- a counter is no object: it follows from what it numbered
    execute format('create constraint trigger zuletzt_benannt after insert or update or delete on %s deferrable initially deferred for each row execute function probe.require_named()', t);
  end loop;
end $$;
`;
