import { sql } from 'kysely';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { FASSUNG } from './eintrag.ts';
import type { SucheTables } from './tables.gen.ts';

const db = tables<SucheTables>();

export async function listNeuaufbau(tx: ReadTx) {
  const rows = await db.read(tx).selectFrom('suche.neuaufbau').selectAll().execute();
  const labels = new Map(tx.extensions('suchobjekt').map((a) => [a.typ, a.label]));
  return { eintraege: rows.map((r) => ({ typ: r.typ, bezeichnung: labels.get(r.typ) ?? r.typ, anzahl: r.anzahl, begonnen: r.begonnen, beendet: r.beendet })) };
}

/** Builds the index of this Mandant anew, kind by kind; what is found meanwhile stays found. The vocabulary is learned afresh. */
export async function startNeuaufbau(tx: WriteTx, starte: (typ: string) => Promise<void>): Promise<void> {
  await db.write(tx).deleteFrom('suche.wort').execute();
  const typen = tx.extensions('suchobjekt').map((a) => a.typ);
  for (const typ of typen) {
    await db.write(tx).insertInto('suche.neuaufbau').values({ typ, fassung: FASSUNG, anzahl: 0 })
      .onConflict((c) => c.columns(['mandant_id', 'typ']).doUpdateSet({ fassung: FASSUNG, anzahl: 0, begonnen: sql`now()`, beendet: null })).execute();
    await starte(typ);
  }
  await tx.record({ art: 'suchindex.neuaufbau_begonnen', objekte: {}, daten: { typen } });
}

/** Made by today's analysis? An empty index needs no building. */
export async function istAktuell(tx: ReadTx): Promise<boolean> {
  const rows = await db.read(tx).selectFrom('suche.neuaufbau').select(['typ', 'fassung']).execute();
  if (rows.length) return rows.every((r) => r.fassung === FASSUNG);
  return FASSUNG === 1;
}

/** Entries after `nach` up to `bis` (null: to the end) whose objects are not among `ids`. */
export async function liesSchritt(tx: ReadTx, typ: string, nach: string | null, bis: string | null, ids: readonly string[]): Promise<string[]> {
  let query = db.read(tx).selectFrom('suche.eintrag').select('id').where('typ', '=', typ);
  if (nach) query = query.where('id', '>', nach);
  if (bis) query = query.where('id', '<=', bis);
  const known = new Set(ids);
  return (await query.orderBy('id').limit(10_000).execute()).map((r) => r.id).filter((id) => !known.has(id));
}

export async function merkeSchritt(tx: WriteTx, typ: string, anzahl: number): Promise<void> {
  await db.write(tx).updateTable('suche.neuaufbau').set({ anzahl: sql`anzahl + ${anzahl}` }).where('typ', '=', typ).execute();
}
export async function beendeNeuaufbau(tx: WriteTx, typ: string): Promise<void> {
  await db.write(tx).updateTable('suche.neuaufbau').set({ beendet: sql`now()` }).where('typ', '=', typ).execute();
}
