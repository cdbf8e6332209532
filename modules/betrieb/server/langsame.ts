import { sql } from 'kysely';
import type { z } from 'zod';
import { paginate } from '#platform/server/list.ts';
import type { LangsameAbfrage } from '#platform/server/messung/langsame.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { api } from '../contract.ts';
import type { BetriebTables } from './tables.gen.ts';

const db = tables<BetriebTables>();
const TAGE = 7;

/** What one process has noted since it last told: added to what the others have told of this hour. */
export async function saveLangsame(tx: WriteTx, prozess: 'api' | 'worker', abfragen: readonly LangsameAbfrage[]): Promise<void> {
  if (!abfragen.length) return;
  await db.write(tx).insertInto('betrieb.langsame_abfrage').values(abfragen.map((a) => ({ ...a, prozess, stunde: sql<string>`date_trunc('hour', now())` })))
    .onConflict((c) => c.columns(['mandant_id', 'stunde', 'prozess', 'pruefsumme']).doUpdateSet({
      anzahl: sql`langsame_abfrage.anzahl + excluded.anzahl`, dauer: sql`langsame_abfrage.dauer + excluded.dauer`, laengste: sql`greatest(langsame_abfrage.laengste, excluded.laengste)`,
    })).execute();
}

export const deleteAlteAbfragen = (tx: WriteTx) => db.write(tx).deleteFrom('betrieb.langsame_abfrage').where('stunde', '<', sql<string>`now() - make_interval(days => ${TAGE})`).execute();

/** The last week, one line a statement. */
export async function listLangsame(tx: ReadTx, query: z.output<typeof api.listLangsameAbfragen.query>) {
  const jede = db.read(tx).with('je', (q) => q.selectFrom('betrieb.langsame_abfrage').groupBy('pruefsumme').select((eb) => [
    'pruefsumme as id', eb.fn.max('text').as('text'), eb.fn.sum<number>('anzahl').as('anzahl'), eb.fn.sum<number>('dauer').as('dauer'), eb.fn.max('laengste').as('laengste'),
    eb.fn.max('stunde').as('zuletzt'), sql<string[]>`array_agg(distinct prozess order by prozess)`.as('prozesse'),
  ])).selectFrom('je').selectAll();
  const { rows, ...rest } = await paginate(jede, { sort: { dauer: 'je.dauer', laengste: 'je.laengste', anzahl: 'je.anzahl' }, id: 'je.id' }, query);
  return { ...rest, eintraege: rows.map((r) => ({ id: r.id, text: r.text, anzahl: Number(r.anzahl), dauer: Math.round(r.dauer), mittel: Math.round(r.dauer / Number(r.anzahl)), laengste: Math.round(r.laengste), zuletzt: r.zuletzt, prozesse: r.prozesse as ('api' | 'worker')[], rechte: [] })) };
}
