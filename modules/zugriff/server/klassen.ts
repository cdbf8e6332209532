import { sql } from 'kysely';
import type { Klasse } from '#platform/server/policy.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';

const db = tables<Record<never, never>>();
type Klassen = ReadonlyMap<string, Klasse>;

/** The latest of each Mandant: they change as rarely as the tree does. */
const known = new Map<string, { stand: number; klassen: Klassen }>();

/**
 * The class of every protected Schutzbereich of the Mandant: its own, or that of the nearest above it, also past a cut. `stand`: under which they may be
 * taken from before; null while this transaction changes grants itself.
 */
export async function readKlassen(tx: ReadTx, stand: number | null): Promise<Klassen> {
  const before = stand === null ? undefined : known.get(tx.ctx.mandantId);
  if (before && before.stand === stand) return before.klassen;
  const query = sql`(
    with recursive geschuetzt as (
      select id, klasse from zugriff.schutzbereich where mandant_id = ${tx.ctx.mandantId} and klasse is not null
      union all
      select unter.id, g.klasse from geschuetzt g join zugriff.schutzbereich unter on unter.mandant_id = ${tx.ctx.mandantId} and unter.parent_id = g.id and unter.klasse is null
    ) select id, klasse from geschuetzt)`;
  const rows = await db.read(tx).selectFrom(query.as('g') as never).selectAll().execute() as { id: string; klasse: Klasse }[];
  const klassen: Klassen = new Map(rows.map((r) => [r.id, r.klasse]));
  if (stand !== null) known.set(tx.ctx.mandantId, { stand, klassen });
  return klassen;
}

/** The classes of these Schutzbereiche; those that are not protected are missing. Whoever may see them or not. */
export async function getKlassen(tx: ReadTx, schutzIds: readonly string[]): Promise<Map<string, Klasse>> {
  if (!schutzIds.length) return new Map();
  const query = sql`(
    with recursive hinauf as (
      select s.id as start, s.parent_id, s.klasse from zugriff.schutzbereich s where s.mandant_id = ${tx.ctx.mandantId} and s.id = any(${[...new Set(schutzIds)]}::uuid[])
      union all
      select h.start, o.parent_id, o.klasse from hinauf h join zugriff.schutzbereich o on o.mandant_id = ${tx.ctx.mandantId} and o.id = h.parent_id and h.klasse is null
    ) select start as id, klasse from hinauf where klasse is not null)`;
  const rows = await db.read(tx).selectFrom(query.as('h') as never).selectAll().execute() as { id: string; klasse: Klasse }[];
  return new Map(rows.map((r) => [r.id, r.klasse]));
}
export const istGeschuetzt = async (tx: ReadTx, schutzId: string): Promise<boolean> => (await getKlassen(tx, [schutzId])).has(schutzId);
