import { sql } from 'kysely';
import { urheber } from '#platform/server/context.ts';
import { requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Pruefschritt, Stapel } from '../../contract.ts';
import { lockStapel, setStapel } from '../commands.ts';
import { getStapel, orderBriefe, profilVon, readBriefeVon, readSeitenVon, type BriefRow, type SeiteRow, type StapelRow } from '../queries.ts';
import { ScanErrors } from '../stapel.ts';
import type { ScanstelleTables } from '../tables.gen.ts';

const db = tables<ScanstelleTables>();
type Stand = { row: StapelRow; seiten: SeiteRow[]; briefe: BriefRow[] };
type Schritt<A extends Pruefschritt['art']> = Extract<Pruefschritt, { art: A }>;
/** What a step did, for the history: the letters it touched, and what else is to be known of it. */
type Getan = { briefe: string[]; daten: object };

const seitenOf = ({ seiten }: Stand, ids: readonly string[]) => {
  const found = seiten.filter((s) => ids.includes(s.id));
  if (found.length !== new Set(ids).size) throw ScanErrors.seite_fremd();
  return found;
};
const briefOf = ({ briefe }: Stand, id: string) => briefe.find((b) => b.id === id) ?? (() => { throw ScanErrors.brief_fremd(); })();
const briefeVon = (seiten: readonly SeiteRow[]) => [...new Set(seiten.flatMap((s) => s.brief_id ?? []))];
const benannt = (seiten: readonly SeiteRow[]) => seiten.map((s) => ({ seite: s.id, rohdatei: s.rohdatei_id, nummer: s.seite }));
const set = (tx: WriteTx, ids: readonly string[], werte: Partial<Record<'status' | 'drehung' | 'nachscan' | 'brief_id' | 'position', unknown>>) =>
  db.write(tx).updateTable('scanstelle.seite').set(werte as never).where('id', 'in', [...ids]).execute();

/** One step at the check page; the letters it touched must be looked at again where they are part of the sample. */
export async function updateStapelseiten(tx: WriteTx, id: string, ifMatch: number, schritt: Pruefschritt): Promise<Stapel> {
  const row = await lockStapel(tx, 'scanstapel.bearbeiten', id);
  requireVersion(row, ifMatch);
  if (row.status !== 'zu_pruefen') throw ScanErrors.nicht_im_stand();
  const stand = { row, seiten: await readSeitenVon(tx, id), briefe: await readBriefeVon(tx, id) };
  const { briefe, daten } = await (schritte[schritt.art] as (tx: WriteTx, s: Pruefschritt, stand: Stand) => Promise<Getan>)(tx, schritt, stand);
  if (briefe.length && schritt.art !== 'ergebnis' && schritt.art !== 'brief') await db.write(tx).updateTable('scanstelle.brief').set({ ergebnis: null, ergebnis_bemerkung: null, ergebnis_von: null, ergebnis_am: null }).where('id', 'in', briefe).execute();
  await setStapel(tx, id, {});
  await tx.record({ art: 'scanstapel.bearbeitet', objekte: { stapel: id, brief: briefe }, daten: { nummer: row.nummer, schritt: schritt.art, ...daten } });
  return getStapel(tx, id);
}

const schritte: { [A in Pruefschritt['art']]: (tx: WriteTx, s: Schritt<A>, stand: Stand) => Promise<Getan> } = {
  async drehen(tx, { seiteIds, um }, stand) {
    const seiten = seitenOf(stand, seiteIds);
    await db.write(tx).updateTable('scanstelle.seite').set({ drehung: sql`mod(drehung + ${um}, 360)` }).where('id', 'in', [...seiteIds]).execute();
    return { briefe: briefeVon(seiten), daten: { um, seiten: benannt(seiten) } };
  },
  async teilen(tx, { seiteId }, stand) {
    const [seite] = seitenOf(stand, [seiteId]);
    const alt = seite!.brief_id;
    if (seite!.status !== 'da' || alt === null) throw ScanErrors.seite_nicht_da();
    const rest = stand.seiten.filter((s) => s.brief_id === alt && s.position! >= seite!.position!);
    if (!stand.seiten.some((s) => s.brief_id === alt && s.status === 'da' && s.position! < seite!.position!)) throw ScanErrors.teilung_am_anfang();
    const neu = newId();
    await db.write(tx).insertInto('scanstelle.brief').values({ id: neu, stapel_id: stand.row.id, stichprobe: briefOf(stand, alt).stichprobe, hinweise: '[]' }).execute();
    await set(tx, rest.map((s) => s.id), { brief_id: neu });
    return { briefe: [alt, neu], daten: { ab: benannt([seite!]) } };
  },
  async verbinden(tx, { briefId }, stand) {
    const brief = briefOf(stand, briefId);
    const geordnet = orderBriefe(stand.briefe, stand.seiten).filter((b) => stand.seiten.some((s) => s.brief_id === b.id && s.status === 'da'));
    const davor = geordnet[geordnet.findIndex((b) => b.id === briefId) - 1];
    if (!davor) throw ScanErrors.erster_brief();
    await db.write(tx).updateTable('scanstelle.seite').set({ brief_id: davor.id }).where('brief_id', '=', briefId).execute();
    await db.write(tx).updateTable('scanstelle.brief').set({ stichprobe: davor.stichprobe || brief.stichprobe, hinweise: JSON.stringify([...(davor.hinweise as object[]), ...(brief.hinweise as object[])]) }).where('id', '=', davor.id).execute();
    await db.write(tx).deleteFrom('scanstelle.brief').where('id', '=', briefId).execute();
    return { briefe: [davor.id], daten: { aufgeloest: briefId } };
  },
  async verschieben(tx, { seiteId, vor }, stand) {
    const [seite] = seitenOf(stand, [seiteId]);
    if (seite!.status !== 'da' || seiteId === vor) throw ScanErrors.seite_nicht_da();
    const da = stand.seiten.filter((s) => s.position !== null);
    const ziel = vor === null ? undefined : seitenOf(stand, [vor])[0]!;
    const brief = ziel ? ziel.brief_id ?? briefDanach(da, ziel) : da.findLast((s) => s.brief_id !== null)!.brief_id;
    const [alt, neu] = [seite!.position!, ziel ? ziel.position! : da.at(-1)!.position! + 1];
    // it leaves its place to those behind it, and takes that of the page it is put in front of
    if (neu > alt) await shift(tx, stand.row.id, alt + 1, neu - 1, -1);
    else await shift(tx, stand.row.id, neu, alt - 1, 1);
    await set(tx, [seiteId], { position: neu > alt ? neu - 1 : neu, brief_id: brief });
    return { briefe: [...new Set([seite!.brief_id!, brief!])], daten: { seiten: benannt([seite!]), vor: ziel ? benannt([ziel])[0] : null } };
  },
  async entfernen(tx, { seiteIds }, stand) {
    const seiten = seitenOf(stand, seiteIds);
    if (seiten.some((s) => s.status !== 'da')) throw ScanErrors.seite_nicht_da();
    await set(tx, seiteIds, { status: 'entfernt', nachscan: false });
    return { briefe: briefeVon(seiten), daten: { seiten: benannt(seiten) } };
  },
  async wiederherstellen(tx, { seiteIds }, stand) {
    const seiten = seitenOf(stand, seiteIds);
    if (seiten.some((s) => s.status === 'da' || s.status === 'ersetzt')) throw ScanErrors.seite_nicht_da();
    for (const s of seiten) await set(tx, [s.id], { status: 'da', ...(s.brief_id === null && { brief_id: briefDanach(stand.seiten, s) ?? await newBrief(tx, stand.row) }) });
    return { briefe: briefeVon(seiten), daten: { seiten: benannt(seiten) } };
  },
  async nachscan(tx, { seiteIds, an }, stand) {
    const seiten = seitenOf(stand, seiteIds);
    if (seiten.some((s) => s.status !== 'da')) throw ScanErrors.seite_nicht_da();
    await set(tx, seiteIds, { nachscan: an });
    return { briefe: briefeVon(seiten), daten: { an, seiten: benannt(seiten) } };
  },
  async brief(tx, { briefId, betreff, absender, organisationseinheitId, ziel, hinweiseErledigt }, stand) {
    briefOf(stand, briefId);
    const werte = { ...(betreff !== undefined && { betreff }), ...(absender !== undefined && { absender }), ...(organisationseinheitId !== undefined && { organisationseinheit_id: organisationseinheitId }), ...(ziel === null && { akte_id: null, vorgang_id: null }), ...(hinweiseErledigt && { hinweise: '[]' }) };
    if (Object.keys(werte).length) await db.write(tx).updateTable('scanstelle.brief').set(werte).where('id', '=', briefId).execute();
    return { briefe: [briefId], daten: { felder: Object.keys(werte) } };
  },
  async ergebnis(tx, { briefId, ergebnis, bemerkung }, stand) {
    briefOf(stand, briefId);
    await db.write(tx).updateTable('scanstelle.brief').set({ stichprobe: true, ergebnis, ergebnis_bemerkung: bemerkung || null, ergebnis_von: urheber(tx.ctx), ergebnis_am: new Date() }).where('id', '=', briefId).execute();
    // one fault in a sample, and nobody can say of the rest that it is good
    const alle = ergebnis === 'mangel' && profilVon(stand.row).stichprobe.art === 'anteil';
    if (alle) await db.write(tx).updateTable('scanstelle.brief').set({ stichprobe: true }).where('stapel_id', '=', stand.row.id).execute();
    return { briefe: alle ? stand.briefe.map((b) => b.id) : [briefId], daten: { ergebnis, ...(bemerkung && { bemerkung }), ...(alle && { alleZuPruefen: true }) } };
  },
};

const shift = (tx: WriteTx, stapelId: string, von: number, bis: number, um: number) =>
  db.write(tx).updateTable('scanstelle.seite').set((eb) => ({ position: eb('position', '+', um) })).where('stapel_id', '=', stapelId).where('position', '>=', von).where('position', '<=', bis).execute();
/** The letter a page without one joins: the one behind it, else the one before. */
const briefDanach = (seiten: readonly SeiteRow[], s: SeiteRow) =>
  (seiten.find((x) => x.brief_id !== null && x.status === 'da' && x.position! > s.position!) ?? seiten.findLast((x) => x.brief_id !== null && x.position! < s.position!))?.brief_id ?? null;
async function newBrief(tx: WriteTx, row: StapelRow): Promise<string> {
  const id = newId();
  await db.write(tx).insertInto('scanstelle.brief').values({ id, stapel_id: row.id, stichprobe: true, hinweise: '[]' }).execute();
  return id;
}
