import { getInhalte, saveInhalt, type Inhalt } from '#modules/ablage/server/index.ts';
import { newId } from '#platform/server/ids.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Analyse } from '../angaben.ts';
import { trennen, zerlegen } from '../auftraege.ts';
import { asHindernis, lockStapelJob, setStapel } from '../commands.ts';
import { checkDateien, checkSeiten, type GelesenesManifest, type Manifest } from '../manifest.ts';
import { claimDateien } from '../ordner.ts';
import { profilVon, readRohdateienVon, readSeitenVon, type RohdateiRow, type StapelRow } from '../queries.ts';
import { isManifest, isOffen } from '../stapel.ts';
import type { ScanstelleTables } from '../tables.gen.ts';

const db = tables<ScanstelleTables>();
export const readStapelJob = (tx: ReadTx, id: string) => db.read(tx).selectFrom('scanstelle.stapel').selectAll().where('id', '=', id).executeTakeFirst();

/** The manifest's file, unread: the last one that came. */
export async function loadManifest(tx: ReadTx, stapelId: string): Promise<Inhalt | undefined> {
  const datei = (await readRohdateienVon(tx, stapelId)).findLast((d) => isManifest(d.dateiname));
  return datei && (await getInhalte(tx, [datei.inhalt_id])).get(datei.inhalt_id);
}

type MitAbweichung = Manifest & { hingenommen?: object };
const scansOf = (dateien: readonly RohdateiRow[]) => dateien.filter((d) => d.art === 'scan');

/** All files there, and those that were announced? Then they are opened; else the batch says what it waits for. */
export async function storeGesammelt(tx: WriteTx, stapelId: string, gelesen: GelesenesManifest | undefined) {
  const row = await lockStapelJob(tx, stapelId);
  if (row.status !== 'eingetroffen') return;
  const manifest = gelesen && 'ok' in gelesen ? gelesen.ok : null;
  if (manifest && row.herkunft === 'ordner' && row.profil_id !== null) await claimDateien(tx, stapelId, row.profil_id, manifest);
  const hindernis = gelesen && 'fehler' in gelesen ? { art: 'manifest' as const, text: gelesen.fehler } : checkDateien(manifest, scansOf(await readRohdateienVon(tx, stapelId)));
  await setStapel(tx, stapelId, { hindernis: asHindernis(hindernis), ...(manifest && angabenAus(row, manifest)) });
  await tx.record({ art: hindernis ? 'scanstapel.wartet' : 'scanstapel.vollzaehlig', objekte: { stapel: stapelId }, daten: { nummer: row.nummer, ...(hindernis && { hindernis: hindernis.text }) } });
  if (!hindernis) await tx.enqueue(zerlegen, { stapelId }, { key: `zerlegen:${stapelId}` });
}
const angabenAus = (row: StapelRow, m: Manifest) => ({
  manifest: JSON.stringify(m), erwartete_seiten: m.seiten ?? (m.dateien.every((d) => d.seiten !== undefined) ? m.dateien.reduce((n, d) => n + d.seiten!, 0) : row.erwartete_seiten),
  station: m.station ?? row.station, gescannt_name: m.bediener ?? row.gescannt_name, gescannt_am: m.gescannt ? new Date(m.gescannt) : row.gescannt_am, ...(m.posteingangsdatum && { posteingangsdatum: m.posteingangsdatum }), ...(m.stapel && { bezeichnung: m.stapel }),
});

/** The next pages that nobody has looked at. */
export async function loadSeiten(tx: ReadTx, stapelId: string) {
  const row = await readStapelJob(tx, stapelId);
  const datei = row && isOffen(row.status) ? (await readRohdateienVon(tx, stapelId)).find((d) => d.art !== 'manifest' && d.fehler === null && (d.seiten === null || d.gelesen < d.seiten)) : undefined;
  if (!row || row.hindernis !== null) return undefined;
  return { stapelId, ausrichten: profilVon(row).ausrichten, datei, inhalt: datei && (await getInhalte(tx, [datei.inhalt_id])).get(datei.inhalt_id) };
}

export type GeleseneSeite = { nummer: number; analyse: Analyse; bild?: { von: number; laenge: number }; daumen?: { von: number; laenge: number } };
export type GeleseneSeiten = { stapelId: string; dateiId: string; ab: number } & ({ anzahl: number; seiten: GeleseneSeite[]; paket: Stored | undefined; quelleId: string } | { fehler: string });

/** Pages in the order they were read; a second run that comes late finds them there and adds nothing. */
export async function storeSeiten(tx: WriteTx, gelesen: GeleseneSeiten) {
  const { stapelId, dateiId } = gelesen;
  const row = await lockStapelJob(tx, stapelId);
  const datei = await db.write(tx).selectFrom('scanstelle.rohdatei').selectAll().where('id', '=', dateiId).forUpdate().executeTakeFirstOrThrow();
  if (!isOffen(row.status) || datei.gelesen !== gelesen.ab || datei.fehler !== null) return;
  if ('fehler' in gelesen) await db.write(tx).updateTable('scanstelle.rohdatei').set({ fehler: gelesen.fehler }).where('id', '=', dateiId).execute();
  else await insertSeiten(tx, datei, gelesen);
  await tx.record({ art: 'scandatei.gelesen', objekte: { stapel: stapelId, scandatei: dateiId }, daten: { dateiname: datei.dateiname, ...('fehler' in gelesen ? { fehler: gelesen.fehler } : { von: gelesen.ab + 1, bis: gelesen.ab + gelesen.seiten.length, anzahl: gelesen.anzahl }) } });
  await tx.enqueue(zerlegen, { stapelId }, { key: `zerlegen:${stapelId}` });
}

async function insertSeiten(tx: WriteTx, datei: RohdateiRow, { anzahl, seiten, paket, quelleId }: Extract<GeleseneSeiten, { anzahl: number }>) {
  const bilderId = paket ? await saveInhalt(tx, paket, { mime: 'application/octet-stream', dateiname: 'seiten.bin', quelleId }) : null;
  const { letzte } = await db.write(tx).selectFrom('scanstelle.seite').select((eb) => eb.fn.max('position').as('letzte')).where('stapel_id', '=', datei.stapel_id).executeTakeFirstOrThrow();
  const erste = datei.art === 'nachscan' ? null : (letzte ?? -1) + 1;
  await db.write(tx).updateTable('scanstelle.rohdatei').set({ seiten: anzahl, gelesen: datei.gelesen + seiten.length }).where('id', '=', datei.id).execute();
  if (seiten.length) await db.write(tx).insertInto('scanstelle.seite').values(seiten.map((s, i) => ({
    id: newId(), stapel_id: datei.stapel_id, rohdatei_id: datei.id, seite: s.nummer, position: erste === null ? null : erste + i, status: 'da' as const, befund: JSON.stringify(s.analyse),
    bilder_id: s.bild && bilderId ? bilderId : null, bild_von: s.bild?.von ?? null, bild_laenge: s.bild?.laenge ?? null, daumen_von: s.daumen?.von ?? null, daumen_laenge: s.daumen?.laenge ?? null,
  }))).execute();
}

/** Every page has been read: what was expected is held against what is there. */
export async function storeZerlegt(tx: WriteTx, stapelId: string) {
  const row = await lockStapelJob(tx, stapelId);
  if (row.status === 'zu_pruefen') { await placeNachscan(tx, row); return; }
  if (row.status !== 'eingetroffen' || row.hindernis !== null) return;
  const manifest = row.manifest as MitAbweichung | null, dateien = scansOf(await readRohdateienVon(tx, stapelId));
  const hindernis = checkSeiten(manifest?.hingenommen ? null : manifest, row.erwartete_seiten, dateien);
  await setStapel(tx, stapelId, hindernis ? { hindernis: asHindernis(hindernis) } : { status: 'zerlegt' });
  await tx.record({ art: hindernis ? 'scanstapel.wartet' : 'scanstapel.zerlegt', objekte: { stapel: stapelId }, daten: { nummer: row.nummer, seiten: dateien.reduce((n, d) => n + (d.seiten ?? 0), 0), ...(row.erwartete_seiten !== null && { erwartet: row.erwartete_seiten }), ...(hindernis && { hindernis: hindernis.text }) } });
  if (!hindernis) await tx.enqueue(trennen, { stapelId }, { key: `trennen:${stapelId}` });
}

/** Pages scanned again take the places of those that were marked, in their order; if they are not as many, none does, and it is said. */
async function placeNachscan(tx: WriteTx, row: StapelRow) {
  const seiten = await readSeitenVon(tx, row.id);
  const neue = seiten.filter((s) => s.position === null && s.status === 'da').toSorted((a, b) => a.seite - b.seite), alte = seiten.filter((s) => s.nachscan && s.status === 'da');
  if (!neue.length) return;
  const passt = neue.length === alte.length;
  if (!passt) {
    const text = `hat ${neue.length} ${neue.length === 1 ? 'Seite' : 'Seiten'}, zum erneuten Scannen vorgemerkt ${alte.length === 1 ? 'ist' : 'sind'} ${alte.length}; nichts wurde ersetzt`;
    await db.write(tx).updateTable('scanstelle.rohdatei').set({ fehler: text }).where('id', 'in', [...new Set(neue.map((s) => s.rohdatei_id))]).execute();
    await db.write(tx).updateTable('scanstelle.seite').set({ status: 'entfernt' }).where('id', 'in', neue.map((s) => s.id)).execute();
  } else {
    for (const [i, alt] of alte.entries()) {
      const neu = neue[i]!;
      await db.write(tx).updateTable('scanstelle.seite').set({ position: alt.position, brief_id: alt.brief_id }).where('id', '=', neu.id).execute();
      await db.write(tx).updateTable('scanstelle.seite').set({ status: 'ersetzt', nachscan: false, ersetzt_durch: neu.id }).where('id', '=', alt.id).execute();
    }
    const briefe = [...new Set(alte.flatMap((s) => s.brief_id ?? []))];
    if (briefe.length) await db.write(tx).updateTable('scanstelle.brief').set({ ergebnis: null, ergebnis_bemerkung: null, ergebnis_von: null, ergebnis_am: null, stichprobe: true }).where('id', 'in', briefe).execute();
  }
  await setStapel(tx, row.id, {});
  await tx.record({ art: passt ? 'scanstapel.nachgescannt' : 'scanstapel.nachscan_passt_nicht', objekte: { stapel: row.id }, daten: { nummer: row.nummer, seiten: neue.length, vorgemerkt: alte.length, ersetzt: passt ? alte.map((s) => ({ rohdatei: s.rohdatei_id, nummer: s.seite })) : [] } });
}
