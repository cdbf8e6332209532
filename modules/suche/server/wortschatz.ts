import { sql } from 'kysely';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { erstelleAnalysator, type Analysator } from './analyse/analysator.ts';
import type { Haeufigkeit } from './analyse/kompositum.ts';
import { mandantKuerzel } from './analyse/lexem.ts';
import { ladeLexikon } from './analyse/lexikon.ts';
import type { SucheTables } from './tables.gen.ts';

const db = tables<SucheTables>();

export type Wortschatz = { readonly kuerzel: string; readonly analysiere: Analysator; readonly count: Haeufigkeit; readonly eigene: ReadonlyMap<string, number> };

/** A word met less often may be a slip of OCR: it must not teach how compounds are split. */
const MIN_ANZAHL = 3;
const MAX_WOERTER = 30_000;
const MAX_MANDANTEN = 8;
const GUELTIG_MS = 10 * 60_000;
const bekannt = new Map<string, { bis: number; wortschatz: Promise<Wortschatz> }>();

/** The Mandant's words and how they are analysed; kept by the process for ten minutes, the most recently used Mandanten only. */
export async function ladeWortschatz(tx: ReadTx): Promise<Wortschatz> {
  const { mandantId } = tx.ctx;
  const known = bekannt.get(mandantId);
  bekannt.delete(mandantId);
  const entry = known && known.bis > Date.now() ? known : { bis: Date.now() + GUELTIG_MS, wortschatz: liesWortschatz(tx) };
  bekannt.set(mandantId, entry);
  for (const oldest of bekannt.keys()) { if (bekannt.size <= MAX_MANDANTEN) break; bekannt.delete(oldest); }
  try { return await entry.wortschatz; } catch (error) { bekannt.delete(mandantId); throw error; }
}

async function liesWortschatz(tx: ReadTx): Promise<Wortschatz> {
  const rows = await db.read(tx).selectFrom('suche.wort').select(['wort', 'anzahl']).where('anzahl', '>=', MIN_ANZAHL).orderBy('anzahl', 'desc').limit(MAX_WOERTER).execute();
  const eigene = new Map(rows.map((r) => [r.wort, r.anzahl]));
  const count = await ladeLexikon(eigene);
  return { kuerzel: mandantKuerzel(tx.ctx.mandantId), analysiere: erstelleAnalysator(count), count, eigene };
}

/**
 * Adds words to the Mandant's vocabulary. The more often a word has been met, the more seldom it is written, and then by as much more
 * (R. Morris, 1978): what stands in every text would otherwise be a lock that all jobs wait for.
 */
export async function lerneWoerter(tx: WriteTx, gefunden: ReadonlyMap<string, number>, eigene: ReadonlyMap<string, number>): Promise<void> {
  const rows: [string, number][] = [];
  for (const [wort, anzahl] of gefunden) {
    const schritt = Math.max(1, Math.min(64, Math.ceil((eigene.get(wort) ?? 0) / 16)));
    if (schritt === 1 || Math.random() < 1 / schritt) rows.push([wort, Math.min(anzahl * schritt, 100_000)]);
  }
  rows.sort(([a], [b]) => (a < b ? -1 : 1)); // one order of locks for all
  for (let i = 0; i < rows.length; i += 2000) {
    await db.write(tx).insertInto('suche.wort').values(rows.slice(i, i + 2000).map(([wort, anzahl]) => ({ wort, anzahl })))
      .onConflict((c) => c.columns(['mandant_id', 'wort']).doUpdateSet({ anzahl: sql`least(wort.anzahl + excluded.anzahl, 1000000000)` })).execute();
  }
}
