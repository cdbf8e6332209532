import { sql } from 'kysely';
import { z } from 'zod';
import { job } from '#platform/server/module.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();
const JE_LAUF = 500;

/** What nobody took in time is told of, once in each place it comes to rest: the mark and the Ereignis that the bell hears of are one transaction. */
export async function storeMahnungen(tx: WriteTx): Promise<number> {
  const rows = await db.write(tx).updateTable('posteingang.eingang').set({ gemeldet: sql<Date>`now()` })
    .where('id', 'in', (q) => q.selectFrom('posteingang.eingang').select('id').where(sql<boolean>`status in ('erfasst', 'verteilt') and faellig is not null`).where('faellig', '<', sql<string>`now()`).where('gemeldet', 'is', null).orderBy('id').limit(JE_LAUF).forUpdate().skipLocked())
    .returning(['id', 'nummer', 'status', 'organisationseinheit_id']).execute();
  for (const gleiche of Map.groupBy(rows, (r) => `${r.status} ${r.organisationseinheit_id}`).values()) await tx.record({
    art: 'eingang.ueberfaellig', objekte: { eingang: gleiche.map((r) => r.id), organisationseinheit: gleiche[0]!.organisationseinheit_id }, daten: { nummern: gleiche.map((r) => r.nummer), status: gleiche[0]!.status },
  });
  return rows.length;
}
const payload = z.object({});
export const mahnen = job({
  name: 'posteingang.mahnen', payload, rechte: [], load: async () => {}, work: async () => {},
  async store(tx) { if (await storeMahnungen(tx) === JE_LAUF) await tx.enqueue({ name: 'posteingang.mahnen', payload }, {}); },
});
