import { sql } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Objekttyp } from '../contract.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();

/**
 * What a grant to these objects reaches: rows name the Akte and the Vorgang they lie in themselves, so that of an Akte only its Teilakten are needed
 * beside it, of a Vorgang its Teilvorgänge, of a Dokument its Anlagen and theirs.
 */
export async function readBereich(tx: ReadTx, typ: Objekttyp, ids: readonly string[]): Promise<Map<string, { schutzId: string; ids: readonly string[] }>> {
  if (!ids.length) return new Map();
  const [m, table] = [tx.ctx.mandantId, sql.table(`schriftgut.${typ}`)];
  const rows = await db.read(tx)
    .withRecursive('unter', () => sql<{ start: string; id: string; schutz_id: string }>`(
      select o.id as start, o.id, o.schutz_id from ${table} o where o.mandant_id = ${m} and o.id = any(${ids}::uuid[]) union all
      select u.start, o.id, u.schutz_id from unter u join ${table} o on o.mandant_id = ${m} and o.parent_id = u.id)`)
    .selectFrom('unter').select(['start', 'id', 'schutz_id']).execute();
  return new Map([...Map.groupBy(rows, (r) => r.start)].map(([start, of]) => [start, { schutzId: of[0]!.schutz_id, ids: of.map((r) => r.id) }]));
}
