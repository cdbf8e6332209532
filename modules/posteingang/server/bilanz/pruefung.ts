import { sql } from 'kysely';
import { z } from 'zod';
import { newId } from '#platform/server/ids.ts';
import { job } from '#platform/server/module.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Bilanzpruefung, Differenz } from '../../contract.ts';
import type { PosteingangTables } from '../tables.gen.ts';
import { pruefeBilanz } from './pruefen.ts';

const db = tables<PosteingangTables>();
type Umfang = 'laufend' | 'voll';
type Ergebnis = { umfang: Umfang; eingaenge: number; differenzen: Differenz[] };
const TAG = 24 * 3600_000;

/** What the last checks found: the one of everything, and the one of the last days, whichever differs or is newer. */
export async function readBilanzpruefung(tx: ReadTx): Promise<Bilanzpruefung | null> {
  const rows = await db.read(tx).selectFrom('posteingang.bilanzpruefung').select(['umfang', 'zeit', 'eingaenge', 'differenzen']).orderBy('zeit', 'desc').execute();
  const [neueste] = rows;
  if (!neueste) return null;
  const voll = rows.find((r) => r.umfang === 'voll');
  // what the whole check found stands until the whole check finds it no more
  const differenzen = (voll?.differenzen.length ? voll.differenzen : neueste.differenzen) as Differenz[];
  return { zeit: neueste.zeit, vollZeit: voll?.zeit ?? null, eingaenge: neueste.eingaenge, schliesst: differenzen.length === 0, differenzen };
}

/** Kept, and written into the protocol where it did not close and had closed before. */
export async function storeErgebnis(tx: WriteTx, { umfang, eingaenge, differenzen }: Ergebnis): Promise<void> {
  const alt = await db.write(tx).selectFrom('posteingang.bilanzpruefung').select(['id', 'differenzen']).where('umfang', '=', umfang).forUpdate().executeTakeFirst();
  if (!alt && !eingaenge && !differenzen.length) return; // a Mandant without post
  const id = alt?.id ?? newId();
  const werte = { eingaenge, differenzen: JSON.stringify(differenzen), zeit: sql<Date>`now()` };
  await db.write(tx).insertInto('posteingang.bilanzpruefung').values({ umfang, id, ...werte }).onConflict((c) => c.columns(['mandant_id', 'umfang']).doUpdateSet(werte)).execute();
  const summe = (d: readonly Differenz[]) => d.reduce((n, x) => n + x.anzahl, 0);
  if (summe(differenzen) !== summe((alt?.differenzen ?? []) as Differenz[])) await tx.record({ art: 'posteingang.bilanz_geprueft', objekte: { posteingangsbilanz: id }, daten: { umfang, eingaenge, differenzen } });
}

const pruefung = (name: string, umfang: Umfang, seit: () => Date | null) => job({
  name, payload: z.object({}), rechte: [], ...(umfang === 'voll' && { long: true }),
  load: async (tx): Promise<Ergebnis> => ({ umfang, ...await pruefeBilanz(tx, seit()) }),
  work: async (_io, ergebnis) => ergebnis,
  store: (tx, ergebnis) => storeErgebnis(tx, ergebnis),
});
/** Every ten minutes of the last two days, every night of everything. */
export const bilanzLaufend = pruefung('posteingang.bilanz', 'laufend', () => new Date(Date.now() - 2 * TAG));
export const bilanzVoll = pruefung('posteingang.bilanz_voll', 'voll', () => null);

/** On demand: everything, now. */
export async function startBilanzpruefung(tx: WriteTx): Promise<Bilanzpruefung> {
  await storeErgebnis(tx, { umfang: 'voll', ...await pruefeBilanz(tx, null) });
  return await readBilanzpruefung(tx) ?? { zeit: new Date().toISOString(), vollZeit: null, eingaenge: 0, schliesst: true, differenzen: [] };
}

export const kennzahlen = [
  { name: 'verbundakte_posteingang_bilanz_differenzen', hilfe: 'Eingänge, bei denen Nummer, Protokoll und Stand nicht übereinstimmen', zusammen: 'summe' as const, lies: async (tx: ReadTx) => (await readBilanzpruefung(tx))?.differenzen.reduce((n, d) => n + d.anzahl, 0) ?? 0 },
  { name: 'verbundakte_posteingang_bilanz_alter_sekunden', hilfe: 'Zeit seit der letzten Prüfung der Bilanz des Posteingangs, die älteste aller Mandanten', zusammen: 'hoechste' as const, lies: async (tx: ReadTx) => { const p = await readBilanzpruefung(tx); return p ? Math.max(0, (Date.now() - Date.parse(p.zeit)) / 1000) : 0; } },
];
