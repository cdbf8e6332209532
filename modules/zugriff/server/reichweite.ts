import { sql } from 'kysely';
import { stufen, type Reichweite, type Stufe } from '#platform/server/policy.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';

const db = tables<Record<never, never>>();
const known = new WeakMap<ReadTx, Promise<Reichweite>>();

/** The Akteur's Schutzbereiche by Stufe: read once per transaction, so that every list after it is one index scan. */
export function resolveReichweite(tx: ReadTx): Promise<Reichweite> {
  const reichweite = known.get(tx) ?? readReichweite(tx);
  known.set(tx, reichweite);
  return reichweite;
}
/** To be called by whatever changes Schutzbereiche or Freigaben. */
export const forgetReichweite = (tx: ReadTx) => known.delete(tx);

/**
 * One statement: the grants to the Akteur, walked down the tree with the best Stufe so far. A node is visited again only with a better Stufe,
 * so that the walk is bounded by four visits a Schutzbereich; below a cut nothing is inherited.
 */
async function readReichweite(tx: ReadTx): Promise<Reichweite> {
  const { akteur, mandantId } = tx.ctx;
  if (akteur.art === 'system') return 'alle';
  const subjekte = sql`(values ${sql.join([
    sql`('person'::text, ${[akteur.id]}::uuid[])`, sql`('rolle', ${akteur.rollen}::uuid[])`, sql`('oe', ${akteur.organisationseinheiten}::uuid[])`,
  ])}) as s (art, ids)`;
  const query = sql`(
    with recursive erreichbar as (
      select f.schutz_id as id, f.stufe from ${subjekte} join zugriff.freigabe f on f.mandant_id = ${mandantId} and f.subjekt_art = s.art and f.subjekt = any(s.ids)
      union
      select unter.id, e.stufe from erreichbar e join zugriff.schutzbereich unter on unter.mandant_id = ${mandantId} and unter.parent_id = e.id and unter.erbt
    ), beste as (select id, max(stufe) as stufe from erreichbar group by id)
    select stufe, array_agg(id) as ids from beste group by stufe)`;
  const rows = await db.read(tx).selectFrom(query.as('r') as never).selectAll().execute() as { stufe: Stufe; ids: string[] }[];
  const atLeast = (rank: number) => rows.filter((r) => stufen.indexOf(r.stufe) >= rank).flatMap((r) => r.ids);
  return { sehen: atLeast(0), lesen: atLeast(1), bearbeiten: atLeast(2), verwalten: atLeast(3) };
}
