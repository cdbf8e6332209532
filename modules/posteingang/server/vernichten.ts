import { sql } from 'kysely';
import { z } from 'zod';
import { deleteInhalte } from '#modules/ablage/server/index.ts';
import { getBenutzerKurz, hatEingerichtet } from '#modules/organisation/server/index.ts';
import { istBeteiligt } from '#platform/server/context.ts';
import { NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { job } from '#platform/server/module.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Vernichtung } from '../contract.ts';
import { moveEingaenge } from './bewegen.ts';
import { PosteingangErrors } from './eingang.ts';
import { eingangPolicy } from './policy.ts';
import type { PosteingangTables } from './tables.gen.ts';
import { readEinstellung } from './zentral.ts';

const db = tables<PosteingangTables>();
const JE_LISTE = 500;

/** Every night: what was rejected or sent on before the period set becomes a list. It destroys nothing. */
export async function offerVernichtung(tx: WriteTx): Promise<number> {
  const { vernichtung_monate } = await readEinstellung(tx);
  const faellig = await db.write(tx).selectFrom('posteingang.eingang').select('id').where(sql<boolean>`status in ('zurueckgewiesen', 'weitergeleitet') and vernichtung_id is null`)
    .where('erledigt', '<', sql<string>`now() - make_interval(months => ${vernichtung_monate})`).orderBy('erledigt').limit(JE_LISTE).forUpdate().skipLocked().execute();
  if (!faellig.length) return 0;
  const id = newId();
  await db.write(tx).insertInto('posteingang.vernichtung').values({ id }).execute();
  await db.write(tx).updateTable('posteingang.eingang').set({ vernichtung_id: id }).where('id', 'in', faellig.map((r) => r.id)).execute();
  await tx.record({ art: 'posteingangsvernichtung.vorgeschlagen', objekte: { posteingangsvernichtung: id, eingang: faellig.map((r) => r.id) }, daten: { anzahl: faellig.length } });
  return faellig.length;
}
export const vernichtungVorschlagen = job({ name: 'posteingang.vernichtung_vorschlagen', payload: z.object({}), rechte: [], load: async () => {}, work: async () => {}, store: async (tx) => { while (await offerVernichtung(tx) === JE_LISTE); } });

const lock = async (tx: WriteTx, id: string) => {
  const row = await db.write(tx).selectFrom('posteingang.vernichtung').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Vernichtungsliste');
  if (row.ausgefuehrt !== null) throw PosteingangErrors.schon_ausgefuehrt();
  return row;
};

export async function listVernichtungen(tx: ReadTx): Promise<{ eintraege: z.input<typeof Vernichtung>[] }> {
  const rows = await db.read(tx).selectFrom('posteingang.vernichtung').selectAll().orderBy('erstellt', 'desc').limit(50).execute();
  const eingaenge = rows.length ? await db.read(tx).selectFrom('posteingang.eingang').select(['id', 'schutz_id', 'vernichtung_id', 'nummer', 'erledigt', 'vernichtet_aus', 'status']).select(await eingangPolicy.spalten(tx, ['betreff', 'absender'])).select((eb) => eb.fn.countAll<number>().over((o) => o.partitionBy('vernichtung_id')).as('anzahl'))
    .where('vernichtung_id', 'in', rows.map((r) => r.id)).orderBy('erledigt').execute() : [];
  const sichtbar = await eingangPolicy.allowed(tx, 'eingang.sehen', eingaenge.map((e) => e.id));
  await eingangPolicy.noteGezeigt(tx, eingaenge.filter((e) => sichtbar.has(e.id)));
  const leute = await getBenutzerKurz(tx, rows.flatMap((r) => [r.beantragt_von, r.bestaetigt_von].filter((p) => p !== null)));
  const je = Map.groupBy(eingaenge, (e) => e.vernichtung_id);
  const name = (id: string | null) => (id === null ? null : leute.get(id)?.name ?? '–');
  return { eintraege: rows.map((r) => ({
    id: r.id, erstellt: r.erstellt, beantragt: r.beantragt, beantragtVon: name(r.beantragt_von), ausgefuehrt: r.ausgefuehrt, bestaetigtVon: name(r.bestaetigt_von), anzahl: Number(je.get(r.id)?.[0]?.anzahl ?? 0), eigen: istBeteiligt(tx.ctx.akteur, r.beantragt_von),
    // what one may not see is counted
    eingaenge: (je.get(r.id) ?? []).filter((e) => sichtbar.has(e.id)).map((e) => ({ id: e.id as never, nummer: e.nummer, betreff: (e as unknown as { betreff: string }).betreff, absender: (e as unknown as { absender: string }).absender, erledigt: e.erledigt, aus: (e.vernichtet_aus ?? e.status) as 'zurueckgewiesen' })),
  })) };
}

/** The first pair of eyes: this list may go. */
export async function requestVernichtung(tx: WriteTx, id: string) {
  const row = await lock(tx, id);
  if (row.beantragt !== null) throw PosteingangErrors.schon_beantragt();
  if (tx.ctx.akteur.art !== 'person') throw PosteingangErrors.nur_personen();
  await db.write(tx).updateTable('posteingang.vernichtung').set({ beantragt: sql<Date>`now()`, beantragt_von: tx.ctx.akteur.id }).where('id', '=', id).execute();
  await tx.record({ art: 'posteingangsvernichtung.beantragt', objekte: { posteingangsvernichtung: id } });
  return {};
}
export async function cancelVernichtung(tx: WriteTx, id: string) {
  await lock(tx, id);
  await db.write(tx).updateTable('posteingang.vernichtung').set({ beantragt: null, beantragt_von: null }).where('id', '=', id).execute();
  await tx.record({ art: 'posteingangsvernichtung.zurueckgezogen', objekte: { posteingangsvernichtung: id } });
  return {};
}
/** The second pair: another person, and no account of the first one's making. From here on the content is gone; what it was, its hash and its trail stay, and the Bilanz goes on counting it. */
export async function grantVernichtung(tx: WriteTx, id: string) {
  const row = await lock(tx, id);
  if (row.beantragt_von === null) throw PosteingangErrors.nicht_beantragt();
  const { akteur } = tx.ctx;
  if (akteur.art !== 'person') throw PosteingangErrors.nur_personen();
  if (istBeteiligt(akteur, row.beantragt_von)) throw PosteingangErrors.eigener_antrag();
  if (await hatEingerichtet(tx, row.beantragt_von, akteur.id)) throw PosteingangErrors.aus_einer_hand();
  const rows = await db.write(tx).selectFrom('posteingang.eingang').selectAll().where('vernichtung_id', '=', id).where('status', 'in', ['zurueckgewiesen', 'weitergeleitet']).orderBy('id').forUpdate().execute();
  for (const [aus, gleiche] of Map.groupBy(rows, (r) => r.status)) await moveEingaenge(tx, gleiche, { schritt: 'vernichtet', status: 'vernichtet', felder: { vernichtet_aus: aus as 'zurueckgewiesen' } });
  const ids = rows.map((r) => r.id);
  if (ids.length) await db.write(tx).deleteFrom('posteingang.vorschlag').where('eingang_id', 'in', ids).execute();
  await deleteInhalte(tx, [...rows.map((r) => r.inhalt_id), ...await anlagenVon(tx, ids), ...await leereStapel(tx, rows.map((r) => r.stapel_id))]);
  await db.write(tx).updateTable('posteingang.vernichtung').set({ ausgefuehrt: sql<Date>`now()`, bestaetigt_von: akteur.id }).where('id', '=', id).execute();
  await tx.record({ art: 'posteingangsvernichtung.ausgefuehrt', objekte: { posteingangsvernichtung: id }, daten: { anzahl: ids.length, beantragtVon: row.beantragt_von } });
  if (ids.length) await tx.record({ art: 'eingang.vernichtet', objekte: { eingang: ids, posteingangsvernichtung: id }, daten: ids.length === 1 ? { nummer: rows[0]!.nummer } : { nummern: rows.map((r) => r.nummer) } });
  return { vernichtet: ids.length };
}
const anlagenVon = async (tx: WriteTx, ids: readonly string[]) => (ids.length ? (await db.write(tx).selectFrom('posteingang.anlage').select('inhalt_id').where('eingang_id', 'in', [...ids]).execute()).map((a) => a.inhalt_id) : []);
/** The scan goes with the last of the letters that were cut out of it. */
async function leereStapel(tx: WriteTx, stapelIds: readonly (string | null)[]): Promise<string[]> {
  const ids = [...new Set(stapelIds.filter((s) => s !== null))];
  if (!ids.length) return [];
  const rows = await db.write(tx).selectFrom('posteingang.stapel as s').select('s.inhalt_id').where('s.id', 'in', ids).where((eb) => eb.not(eb.exists(eb.selectFrom('posteingang.eingang as e').select('e.id').whereRef('e.stapel_id', '=', 's.id').where('e.status', '<>', 'vernichtet')))).execute();
  return rows.map((r) => r.inhalt_id);
}
