import { NotFound, Forbidden } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import { getBenutzerKurz } from '../kurz.ts';
import type { OrganisationTables } from '../tables.gen.ts';
import { ANORDNEN, darfAnordnen } from './befugnis.ts';
import { findDavor, findHindernis, isRangVergeben, naechsterRang, stelleOf, VertretungErrors, type Umfang } from './regeln.ts';
import { eintragOf, selectOffene, type Zeile } from './zeilen.ts';

const db = tables<OrganisationTables>();
type Klasse = 'personal' | 'sozial' | 'gesundheit' | 'steuer' | 'personalrat' | 'vs_nfd';
export type VertretungAngaben = {
  benutzerId?: string | undefined; vertreterId: string; von?: string | undefined; bis: string | null; rang?: number | undefined; umfang: Umfang; klassen: readonly Klasse[]; grund: string;
};

/** For oneself; for others who leads them or administers, and then to nobody's own advantage: not to oneself, and no protected class. */
async function requireBefugt(tx: ReadTx, benutzerId: string, { vertreterId, klassen }: VertretungAngaben) {
  const { akteur } = tx.ctx;
  if (benutzerId === akteur.id) return;
  if (!await darfAnordnen(tx, benutzerId)) throw Forbidden(ANORDNEN);
  if (vertreterId === akteur.id) throw VertretungErrors.nicht_an_sich();
  if (klassen.length) throw VertretungErrors.klassen_nur_selbst();
}

/** Locked in the order of their ids: whatever else is being entered for one of them waits, so that no two together break a rule. */
async function lockPersonen(tx: ReadTx, ids: readonly string[]) {
  const rows = await db.read(tx).selectFrom('organisation.benutzer').select(['id', 'gesperrt']).where('id', 'in', [...new Set(ids)]).orderBy('id').forUpdate().execute();
  for (const id of ids) {
    const row = rows.find((r) => r.id === id);
    if (!row) throw VertretungErrors.person_unbekannt();
    if (row.gesperrt) throw VertretungErrors.person_gesperrt({ id });
  }
}

async function listOeIds(tx: ReadTx, benutzerId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await db.read(tx).selectFrom('organisation.zuordnung as z').innerJoin('organisation.organisationseinheit as o', 'o.id', 'z.organisationseinheit_id').select(['o.id', 'o.gueltig_bis']).where('z.benutzer_id', '=', benutzerId).execute();
  if (rows.some((r) => ids.includes(r.id) && r.gueltig_bis !== null && r.gueltig_bis < heute())) throw VertretungErrors.einheit_aufgeloest();
  return rows.map((r) => r.id);
}

/** Only what the absent person has today; what she loses later, the Vertretung loses with her. */
async function requireUmfang(tx: ReadTx, benutzerId: string, { art, ids }: Umfang) {
  if ((art === 'alles') !== (ids.length === 0)) throw VertretungErrors.umfang_unpassend();
  const hat = art === 'rolle' ? (await db.read(tx).selectFrom('organisation.benutzer_rolle').select('rolle_id as id').where('benutzer_id', '=', benutzerId).execute()).map((r) => r.id)
    : art === 'oe' ? await listOeIds(tx, benutzerId, ids)
      : (await Promise.all(tx.extensions('sachgebiete').map((s) => s.find(tx, ids)))).flatMap((found) => [...found.keys()]);
  if (ids.some((id) => !hat.includes(id))) throw VertretungErrors.umfang_unpassend();
}

export async function createVertretung(tx: WriteTx, angaben: VertretungAngaben): Promise<string> {
  const { akteur } = tx.ctx;
  const benutzerId = angaben.benutzerId ?? akteur.id;
  const { vertreterId, umfang, klassen, grund } = angaben;
  await lockPersonen(tx, benutzerId === vertreterId ? [benutzerId] : [benutzerId, vertreterId]);
  await requireBefugt(tx, benutzerId, angaben);
  const zeitraum = { von: angaben.von ?? heute(), bis: angaben.bis };
  const alle = (await selectOffene(tx).where((eb) => eb.or([eb('benutzer_id', 'in', [benutzerId, vertreterId]), eb('vertreter_id', 'in', [benutzerId, vertreterId])])).execute()).map(eintragOf);
  const neu = { benutzerId, vertreterId, zeitraum, umfang };
  const rang = angaben.rang ?? naechsterRang(alle, neu);
  const hindernis = findHindernis({ ...neu, rang }, alle, heute());
  if (hindernis) throw VertretungErrors[hindernis]();
  await requireUmfang(tx, benutzerId, umfang);
  const id = newId();
  await db.write(tx).insertInto('organisation.vertretung').values({
    id, benutzer_id: benutzerId, vertreter_id: vertreterId, rang, ...zeitraum, umfang_art: umfang.art, umfang: [...umfang.ids], klassen: [...new Set(klassen)], grund, angelegt_von: akteur.art === 'system' ? null : akteur.id,
  }).execute();
  const namen = await getBenutzerKurz(tx, [benutzerId, vertreterId]);
  await tx.record({
    art: 'vertretung.angelegt', objekte: { vertretung: id, benutzer: [benutzerId, vertreterId] },
    daten: { fuer: namen.get(benutzerId)?.name, durch: namen.get(vertreterId)?.name, rang, stelle: stelleOf({ ...neu, rang }, alle), ...zeitraum, umfang: umfang.art, klassen, ...(grund && { grund }) },
  });
  return id;
}

/** To end or to order it: for whom it is, who leads or administers; not the substitute, who would leave nobody. */
async function lockOffene(tx: WriteTx, id: string): Promise<Zeile> {
  const { akteur } = tx.ctx;
  const row = await db.write(tx).selectFrom('organisation.vertretung').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  const darf = row !== undefined && (row.benutzer_id === akteur.id || await darfAnordnen(tx, row.benutzer_id));
  if (!row || (!darf && row.vertreter_id !== akteur.id)) throw NotFound('Vertretung');
  if (!darf) throw Forbidden(ANORDNEN);
  if (row.beendet !== null || (row.bis !== null && row.bis < heute())) throw VertretungErrors.schon_beendet();
  return row;
}

/** From the next request on. */
export async function revokeVertretung(tx: WriteTx, id: string): Promise<void> {
  const { akteur } = tx.ctx;
  const row = await lockOffene(tx, id);
  await db.write(tx).updateTable('organisation.vertretung').set({ beendet: new Date(), beendet_von: akteur.art === 'system' ? null : akteur.id }).where('id', '=', id).execute();
  const namen = await getBenutzerKurz(tx, [row.benutzer_id, row.vertreter_id]);
  await tx.record({ art: 'vertretung.beendet', objekte: { vertretung: id, benutzer: [row.benutzer_id, row.vertreter_id] }, daten: { fuer: namen.get(row.benutzer_id)?.name, durch: namen.get(row.vertreter_id)?.name } });
}

/** Changes places with the one before it, where both then stand alone in their place. */
export async function moveVertretung(tx: WriteTx, id: string): Promise<void> {
  // the person first, as when one is entered: of two at once the second waits for the first
  await db.read(tx).selectFrom('organisation.benutzer').select('id').where('id', '=', (eb) => eb.selectFrom('organisation.vertretung').select('benutzer_id').where('id', '=', id)).forUpdate().execute();
  const row = await lockOffene(tx, id);
  const alle = (await selectOffene(tx).where('benutzer_id', '=', row.benutzer_id).execute()).map(eintragOf);
  const diese = alle.find((e) => e.id === id)!;
  const davor = findDavor(diese, alle);
  if (!davor) throw VertretungErrors.schon_vorn();
  const uebrige = alle.filter((e) => e !== diese && e !== davor);
  if (isRangVergeben({ ...diese, rang: davor.rang }, uebrige) || isRangVergeben({ ...davor, rang: diese.rang }, uebrige)) throw VertretungErrors.rang_vergeben();
  for (const [wen, rang] of [[diese, davor.rang], [davor, diese.rang]] as const) await db.write(tx).updateTable('organisation.vertretung').set({ rang }).where('id', '=', wen.id).execute();
  const namen = await getBenutzerKurz(tx, [row.benutzer_id, diese.vertreterId, davor.vertreterId]);
  await tx.record({
    art: 'vertretung.geordnet', objekte: { vertretung: [id, davor.id], benutzer: [row.benutzer_id, diese.vertreterId, davor.vertreterId] },
    daten: { fuer: namen.get(row.benutzer_id)?.name, vor: namen.get(diese.vertreterId)?.name, nach: namen.get(davor.vertreterId)?.name },
  });
}
