import { sql } from 'kysely';
import { z } from 'zod';
import { job } from '#platform/server/module.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { loadAblage, storeAblage } from './ablegen.ts';
import * as auftraege from './auftrag.ts';
import type { AnnahmeTables } from './tables.gen.ts';

const db = tables<AnnahmeTables>();
const FRIST = sql<string>`now() - interval '1 day'`;

export const ablegen = job({
  ...auftraege.ablegen, priority: -5,
  rechte: ['eingang.ablegen', 'eingang.sehen', 'akte.sehen', 'vorgang.sehen', 'vorgang.anlegen', 'dokument.sehen', 'dokument.anlegen'],
  load: (tx, { sendungId }) => loadAblage(tx, sendungId),
  work: async (_io, ablage) => ablage,
  store: async (tx, ablage) => { if (ablage) await storeAblage(tx, ablage); },
});

/** What nobody went on with for a day is told of; its bytes stay, and it can still be completed. */
export async function expireSendungen(tx: WriteTx) {
  const rows = await db.write(tx).updateTable('annahme.sendung as s').set({ zustand: 'verfallen', verfallen: sql`now()` as never }).where('s.zustand', '=', 'offen').where('s.eroeffnet', '<', FRIST)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('annahme.datei as d').select('d.nr').whereRef('d.sendung_id', '=', 's.id').where('d.erhalten', '>=', FRIST as never))))
    .returning(['s.id', 's.anschluss_id', 's.externe_id']).execute();
  for (const { id, anschluss_id, externe_id } of rows) await tx.record({ art: 'sendung.verfallen', objekte: { sendung: id, anschluss: anschluss_id }, daten: { externeId: externe_id } });
  await db.write(tx).deleteFrom('annahme.abweisung').where('zeit', '<', sql<string>`now() - interval '90 days'`).execute();
}
export const pruefen = job({
  name: 'annahme.pruefen', payload: z.object({}), rechte: [],
  load: async () => {}, work: async () => {}, store: (tx) => expireSendungen(tx),
});

const count = (zustand: 'offen' | 'verfallen', aelter: string) => async (tx: ReadTx) =>
  Number((await db.read(tx).selectFrom('annahme.sendung').select((eb) => eb.fn.countAll<number>().as('n')).where('zustand', '=', zustand).where('eroeffnet', '<', sql<string>`now() - ${aelter}::interval`).executeTakeFirstOrThrow()).n);
export const kennzahlen = [
  { name: 'verbundakte_annahme_offen', hilfe: 'Sendungen von Fachverfahren und Portalen, die seit mehr als einer Stunde nicht vollständig sind', zusammen: 'summe' as const, lies: count('offen', '1 hour') },
  { name: 'verbundakte_annahme_verfallen', hilfe: 'Sendungen, die nie vollständig wurden', zusammen: 'summe' as const, lies: count('verfallen', '0 hours') },
];
