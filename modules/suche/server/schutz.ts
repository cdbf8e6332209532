import { sql } from 'kysely';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { SucheTables } from './tables.gen.ts';

const db = tables<SucheTables>();

/** Number of each Schutzbereich that has entries. Numbers are never changed, so what has once been read stays true. */
const bekannt = new Map<string, Map<string, number>>();

/** Bits of these Schutzbereiche; those without entries have no number and need no bit. */
export async function bitsVon(tx: ReadTx, schutzIds: readonly string[]): Promise<Buffer> {
  const { mandantId } = tx.ctx;
  let nummern = bekannt.get(mandantId);
  if (!nummern) bekannt.set(mandantId, (nummern = new Map()));
  if (schutzIds.some((id) => !nummern.has(id))) {
    const neue = await db.read(tx).selectFrom('suche.schutz').select(['schutz_id', 'nr']).where('nr', '>=', nummern.size).execute();
    // Two requests at once may have read the same; a gap would hide numbers for ever, so only what follows on is kept.
    for (const { schutz_id, nr } of neue.sort((a, b) => a.nr - b.nr)) if (nr === nummern.size) nummern.set(schutz_id, nr);
  }
  const bits = Buffer.alloc((nummern.size >> 3) + 1);
  for (const id of schutzIds) { const nr = nummern.get(id); if (nr !== undefined) bits[nr >> 3]! |= 1 << (nr & 7); }
  return bits;
}

/** Numbers of these Schutzbereiche, given out where one has none. */
export async function nummeriere(tx: WriteTx, schutzIds: Iterable<string>): Promise<Map<string, number>> {
  const ids = [...new Set(schutzIds)];
  if (!ids.length) return new Map();
  const read = () => db.write(tx).selectFrom('suche.schutz').select(['schutz_id', 'nr']).where('schutz_id', 'in', ids).execute();
  let rows = await read();
  if (rows.length < ids.length) {
    // One at a time gives out numbers, until its COMMIT: they have no gap and no double.
    await db.write(tx).selectFrom(sql<object>`pg_advisory_xact_lock(hashtextextended(${`suche.schutz ${tx.ctx.mandantId}`}, 0)) /* mandant_id */`.as('sperre')).select(sql`1`.as('eins')).execute();
    const vergeben = new Set((await read()).map((r) => r.schutz_id));
    const ohne = ids.filter((id) => !vergeben.has(id)); // none, when another transaction has just given them out
    if (ohne.length) {
      const { naechste } = await db.write(tx).selectFrom('suche.schutz').select(sql<number>`coalesce(max(nr) + 1, 0)`.as('naechste')).executeTakeFirstOrThrow();
      await db.write(tx).insertInto('suche.schutz').values(ohne.map((schutz_id, i) => ({ schutz_id, nr: naechste + i }))).onConflict((c) => c.doNothing()).execute();
    }
    rows = await read();
  }
  return new Map(rows.map((r) => [r.schutz_id, r.nr]));
}
