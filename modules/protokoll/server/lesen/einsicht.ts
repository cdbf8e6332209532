import { sql } from 'kysely';
import type { z } from 'zod';
import { getBenutzerKurz, hatEingerichtet, readMandanten } from '#modules/organisation/server/index.ts';
import { istBeteiligt } from '#platform/server/context.ts';
import { defineErrors, NotFound, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import type { LesezugriffTables } from '#platform/server/lesezugriff.ts';
import { paginate, paginateOhneZahl } from '#platform/server/list.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import type { EinsichtNeu, Lesezugriff } from '../../contract.ts';
import { nameOfAkteur, namesOf, visibleObjects } from '../namen.ts';
import type { ProtokollTables } from '../tables.gen.ts';
import type { Objekt } from './format.ts';
import { VORGABE_MONATE } from './siegel.ts';

const db = tables<ProtokollTables & LesezugriffTables>();
const TAGE = 7;

export const EinsichtErrors = defineErrors('einsicht', {
  ziel_unbekannt: { status: 422, title: 'Dieses Objekt oder diese Person gibt es hier nicht' },
  zeitraum_verkehrt: { status: 422, title: 'Das Ende muss nach dem Anfang liegen und nicht in der Zukunft' },
  eigener_antrag: { status: 409, title: 'Den eigenen Antrag kann niemand bewilligen; eine zweite Person muss ihn sehen' },
  aus_einer_hand: { status: 409, title: 'Eines der beiden Konten hat in den letzten 30 Tagen das andere eingerichtet: Das sind keine zwei Personen. Bewilligen muss jemand anderes' },
  selbst_betroffen: { status: 409, title: 'Wer selbst betroffen ist, kann diese Einsicht weder beantragen noch darüber entscheiden; das muss jemand anderes tun' },
  schon_entschieden: { status: 409, title: 'Über diesen Antrag ist schon entschieden' },
  nicht_bewilligt: { status: 409, title: 'Diese Einsicht ist nicht bewilligt oder abgelaufen' },
});

const select = (tx: ReadTx) => db.read(tx).selectFrom('protokoll.einsicht as e').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];
const zustandOf = (r: Row) => (r.bewilligt === null ? 'beantragt' as const : !r.bewilligt ? 'abgelehnt' as const : new Date(r.gilt_bis!) > new Date() ? 'offen' as const : 'abgelaufen' as const);

async function present(tx: ReadTx, rows: readonly Row[]) {
  const leute = await getBenutzerKurz(tx, rows.flatMap((r) => [r.beantragt_von, r.entschieden_von ?? []].flat()));
  const betroffen = await betroffenVon(tx, rows.filter((r) => r.bewilligt === null));
  const nimmt = tx.ctx.akteur.rechte.has('lesezugriff.einsehen');
  return rows.map((r) => {
    const zustand = zustandOf(r);
    const eigen = istBeteiligt(tx.ctx.akteur, r.beantragt_von);
    const entscheidet = nimmt && zustand === 'beantragt' && !betroffen.has(r.id);
    return {
      id: r.id, ziel: { art: r.ziel_art, id: r.ziel_id, name: r.ziel_name }, von: r.von, bis: r.bis, grund: r.grund, beantragt: r.beantragt, beantragtVon: leute.get(r.beantragt_von)?.name ?? '–', zustand,
      entschiedenVon: r.entschieden_von === null ? null : leute.get(r.entschieden_von)?.name ?? '–', giltBis: r.gilt_bis,
      rechte: [...(entscheidet && !eigen ? ['einsicht.bewilligen'] : []), ...(entscheidet || (nimmt && zustand === 'beantragt' && eigen) ? ['einsicht.ablehnen'] : []), ...(nimmt && zustand === 'offen' && eigen ? ['einsicht.nehmen'] : [])],
    };
  });
}
export async function listEinsichten(tx: ReadTx, page: { limit: number; cursor?: string | undefined; sort: string }) {
  const { rows, ...rest } = await paginate(select(tx), { sort: { beantragt: 'e.beantragt' }, id: 'e.id' }, page);
  return { eintraege: await present(tx, rows), ...rest };
}
export async function getEinsicht(tx: ReadTx, id: string) {
  const row = await select(tx).where('e.id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Einsicht');
  return (await present(tx, [row]))[0]!;
}

/**
 * The Einsichten that concern whoever acts: about herself, or about an object that she has read in that time. She could spare herself by asking for the
 * harmless stretch, by granting, or by refusing; so all three are somebody else's. About an object she may ask: a second person then decides.
 */
async function betroffenVon(tx: ReadTx, rows: readonly Pick<Row, 'id' | 'ziel_art' | 'ziel_id' | 'von' | 'bis'>[]): Promise<Set<string>> {
  const { akteur } = tx.ctx;
  const ich = [akteur.id, akteur.vertretenId ?? []].flat();
  const betroffen = new Set(rows.filter((r) => r.ziel_art === 'person' && istBeteiligt(akteur, r.ziel_id)).map((r) => r.id));
  const objekte = rows.filter((r) => r.ziel_art === 'objekt');
  if (!objekte.length) return betroffen;
  const gelesen = await db.read(tx).selectFrom('platform.lesezugriff_objekt as o').innerJoin('platform.lesezugriff as l', 'l.id', 'o.lesezugriff_id').innerJoin('protokoll.einsicht as e', 'e.ziel_id', 'o.objekt_id').select('e.id').distinct()
    .where('e.id', 'in', objekte.map((r) => r.id)).where('o.objekt_id', 'in', objekte.map((r) => r.ziel_id)).where((eb) => eb.or([eb('l.akteur_id', 'in', ich), eb('l.vertreten_id', 'in', ich)]))
    .where('l.zeit', '>=', sql<string>`e.von::timestamptz`).where('l.zeit', '<', sql<string>`(e.bis + 1)::timestamptz`).execute();
  for (const { id } of gelesen) betroffen.add(id);
  return betroffen;
}

/** For one object or one person, for a stretch of time, with a reason. Whoever asks sees nothing yet. */
export async function requestEinsicht(tx: WriteTx, { zielArt, zielId, von, bis, grund }: z.output<typeof EinsichtNeu>) {
  if (von > bis || von > heute()) throw EinsichtErrors.zeitraum_verkehrt();
  const name = zielArt === 'person' ? (await getBenutzerKurz(tx, [zielId])).get(zielId)?.name : await nameOfObjekt(tx, zielId);
  if (name === undefined) throw EinsichtErrors.ziel_unbekannt();
  if (zielArt === 'person' && istBeteiligt(tx.ctx.akteur, zielId)) throw EinsichtErrors.selbst_betroffen();
  const id = newId();
  await db.write(tx).insertInto('protokoll.einsicht').values({ id, ziel_art: zielArt, ziel_id: zielId, ziel_name: name, von, bis, grund, beantragt_von: tx.ctx.akteur.id }).execute();
  await tx.record({ art: 'einsicht.beantragt', objekte: { einsicht: id, ...(zielArt === 'person' && { benutzer: zielId }) }, daten: { ziel: name, von, bis, grund } });
  return getEinsicht(tx, id);
}
/** The Revision need not be able to see the object itself: then it is called by its kind, and who asked and why say the rest. */
async function nameOfObjekt(tx: ReadTx, id: string): Promise<string | undefined> {
  const typen = Object.fromEntries(tx.extensions('schutzobjekt').map(({ typ }) => [typ, [id]]));
  const kurz = (await visibleObjects(tx, [typen])).get(id);
  if (kurz) return [kurz.kennzeichen, kurz.titel].filter(Boolean).join(' ');
  for (const { bereich, label } of tx.extensions('schutzobjekt')) if ((await bereich?.(tx, [id]))?.has(id)) return `${label} (für die antragstellende Person nicht einsehbar)`;
  return undefined;
}

async function lock(tx: WriteTx, id: string): Promise<Row> {
  const row = await db.write(tx).selectFrom('protokoll.einsicht').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Einsicht');
  if (row.bewilligt !== null) throw EinsichtErrors.schon_entschieden();
  return row;
}
/** By a second person, who is neither the one who asks, nor an account of that one's making, nor one whom it is about. */
export async function grantEinsicht(tx: WriteTx, id: string) {
  const row = await lock(tx, id);
  if (istBeteiligt(tx.ctx.akteur, row.beantragt_von)) throw EinsichtErrors.eigener_antrag();
  if (await hatEingerichtet(tx, row.beantragt_von, tx.ctx.akteur.id)) throw EinsichtErrors.aus_einer_hand();
  if ((await betroffenVon(tx, [row])).has(id)) throw EinsichtErrors.selbst_betroffen();
  return decide(tx, row, true);
}
/** Refused by somebody else, or taken back by whoever asked. */
export async function cancelEinsicht(tx: WriteTx, id: string) {
  const row = await lock(tx, id);
  if (!istBeteiligt(tx.ctx.akteur, row.beantragt_von) && (await betroffenVon(tx, [row])).has(id)) throw EinsichtErrors.selbst_betroffen();
  return decide(tx, row, false);
}
async function decide(tx: WriteTx, row: Row, bewilligt: boolean) {
  const jetzt = new Date();
  await db.write(tx).updateTable('protokoll.einsicht').set({ entschieden: jetzt, entschieden_von: tx.ctx.akteur.id, bewilligt, gilt_bis: bewilligt ? new Date(jetzt.getTime() + TAGE * 86_400_000) : null }).where('id', '=', row.id).execute();
  await tx.record({ art: bewilligt ? 'einsicht.bewilligt' : 'einsicht.abgelehnt', objekte: { einsicht: row.id }, daten: { ziel: row.ziel_name } });
  return getEinsicht(tx, row.id);
}

/** Only for whoever asked, while it is granted: the reads of that object, or of that person, newest first. */
export async function listLesezugriffe(tx: ReadTx, einsichtId: string, page: { limit: number; cursor?: string | undefined; sort: string }) {
  const row = await requireOffene(tx, einsichtId);
  const query = selectLesezugriffe(tx, row).select(['l.id', 'l.zeit', 'l.akteur_art', 'l.akteur_id', 'l.vertreten_id', 'l.herkunft_id', 'l.bei_id', 'l.operation', sql<string>`l.objekte::text`.as('objekte')]);
  const { rows, ...rest } = await (row.ziel_art === 'person' ? paginateOhneZahl : paginate)(query, { sort: { zeit: 'l.zeit' }, id: 'l.id' }, page);
  return { eintraege: await presentLesezugriffe(tx, rows, row.ziel_art === 'objekt' ? row.ziel_id : undefined), ...rest };
}
/** Granted, not over, and one's own. */
export async function requireOffene(tx: ReadTx, id: string) {
  const row = await select(tx).where('e.id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Einsicht');
  if (zustandOf(row) !== 'offen' || !istBeteiligt(tx.ctx.akteur, row.beantragt_von)) throw EinsichtErrors.nicht_bewilligt();
  return row;
}
/** The reads that an Einsicht is about. */
export function selectLesezugriffe(tx: ReadTx, { ziel_art, ziel_id, von, bis }: Pick<Row, 'ziel_art' | 'ziel_id' | 'von' | 'bis'>) {
  const query = db.read(tx).selectFrom('platform.lesezugriff as l').where('l.zeit', '>=', sql<string>`${von}::date::timestamptz`).where('l.zeit', '<', sql<string>`(${bis}::date + 1)::timestamptz`);
  return ziel_art === 'person' ? query.where((eb) => eb.or([eb('l.akteur_id', '=', ziel_id), eb('l.vertreten_id', '=', ziel_id)]))
    : query.where('l.id', 'in', (eb) => eb.selectFrom('platform.lesezugriff_objekt as o').select('o.lesezugriff_id').where('o.objekt_id', '=', ziel_id));
}
type Lesezeile = { id: number; zeit: string; akteur_art: 'person' | 'maschine' | 'gast'; akteur_id: string; vertreten_id: string | null; herkunft_id: string | null; bei_id: string | null; operation: string; objekte: string };
async function presentLesezugriffe(tx: ReadTx, rows: readonly Lesezeile[], nur?: string): Promise<z.input<typeof Lesezugriff>[]> {
  const objekte = rows.map((r) => (JSON.parse(r.objekte) as Objekt[]).filter((o) => nur === undefined || o.id === nur));
  const sichtbar = await visibleObjects(tx, objekte.map((list) => Object.fromEntries([...Map.groupBy(list, (o) => o.typ)].map(([typ, os]) => [typ, os.map((o) => o.id)]))));
  const namen = await namesOf(tx, rows.flatMap((r) => [r.akteur_id, r.vertreten_id ?? '']));
  const mandanten = new Map((await readMandanten(tx)).map((m) => [m.id, m.name]));
  return rows.map((r, i) => ({
    id: r.id, zeit: r.zeit, wer: { art: r.akteur_art, id: r.akteur_id, name: nameOfAkteur({ art: r.akteur_art, id: r.akteur_id }, namen) }, vertreten: r.vertreten_id === null ? null : { id: r.vertreten_id, name: namen.get(r.vertreten_id) ?? '–' },
    bei: r.bei_id === null ? null : mandanten.get(r.bei_id) ?? '–', operation: r.operation,
    objekte: objekte[i]!.slice(0, 20).map((o) => ({ ...o, kennzeichen: sichtbar.get(o.id)?.kennzeichen ?? o.kennzeichen ?? null, titel: sichtbar.get(o.id)?.titel ?? null })), anzahl: objekte[i]!.length,
  }));
}
/** The look itself is told: by an Ereignis, before anything is shown. How much was read is not kept there. */
export const recordEingesehen = (tx: WriteTx, einsichtId: string, ausgegeben = false) => tx.record({ art: 'lesezugriffe.eingesehen', objekte: { einsicht: einsichtId }, ...(ausgegeben && { daten: { ausgegeben } }) });

export async function getLesefrist(tx: ReadTx) {
  const row = await db.read(tx).selectFrom('protokoll.lesefrist').selectAll().executeTakeFirst();
  return { monate: row?.monate ?? VORGABE_MONATE, version: row?.version ?? 0 };
}
export async function updateLesefrist(tx: WriteTx, monate: number, ifMatch: number) {
  const alt = await getLesefrist(tx);
  requireVersion(alt, ifMatch);
  await db.write(tx).insertInto('protokoll.lesefrist').values({ monate, version: 1 }).onConflict((c) => c.column('mandant_id').doUpdateSet({ monate, version: ifMatch + 1 })).execute();
  await tx.record({ art: 'lesefrist.geaendert', objekte: { mandant: tx.ctx.mandantId }, daten: { aenderungen: [{ feld: 'monate', alt: alt.monate, neu: monate }] } });
  return getLesefrist(tx);
}
