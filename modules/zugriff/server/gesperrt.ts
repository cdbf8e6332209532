import { sql } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';

const db = tables<Record<never, never>>();
/** Whoever holds it locks and unlocks, and reaches what is locked as far as it is granted to them. */
export const SPERREN = 'zugriff.sperren';

const known = new Map<string, { stand: number; gesperrt: ReadonlySet<string> }>();
/** Every locked Schutzbereich of the Mandant: those that were locked and all below, whatever cuts lie between. `stand`: as for `readKlassen`. */
export async function readGesperrte(tx: ReadTx, stand: number | null): Promise<ReadonlySet<string>> {
  const before = stand === null ? undefined : known.get(tx.ctx.mandantId);
  if (before && before.stand === stand) return before.gesperrt;
  const query = sql`(
    with recursive gesperrt as (
      select id from zugriff.schutzbereich where mandant_id = ${tx.ctx.mandantId} and gesperrt_am is not null
      union
      select unter.id from gesperrt g join zugriff.schutzbereich unter on unter.mandant_id = ${tx.ctx.mandantId} and unter.parent_id = g.id
    ) select id from gesperrt)`;
  const rows = await db.read(tx).selectFrom(query.as('g') as never).selectAll().execute() as { id: string }[];
  const gesperrt = new Set(rows.map((r) => r.id));
  if (stand !== null) known.set(tx.ctx.mandantId, { stand, gesperrt });
  return gesperrt;
}
