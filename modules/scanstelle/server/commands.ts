import type { z } from 'zod';
import { attachInhalt, type AngehaengterInhalt } from '#modules/ablage/server/index.ts';
import { getKorb, requireOe } from '#modules/posteingang/server/index.ts';
import { urheber } from '#platform/server/context.ts';
import { NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import { Profileinstellungen, type Stapel, type StapelAnlegen } from '../contract.ts';
import { sammeln, zerlegen } from './auftraege.ts';
import type { Hindernis } from './manifest.ts';
import { stapelPolicy, type StapelRecht } from './policy.ts';
import { getStapel, type StapelRow } from './queries.ts';
import { formatNummer, isManifest, isOffen, ScanErrors } from './stapel.ts';
import type { ScanstelleTables } from './tables.gen.ts';
import { nextNummer } from './zaehler.ts';

const db = tables<ScanstelleTables>();
export type Dateiart = 'scan' | 'nachscan' | 'manifest';

/** The row for a change: authorised, and locked so that of two at once the second sees what the first did. */
export async function lockStapel(tx: WriteTx, recht: StapelRecht, id: string): Promise<StapelRow> {
  await stapelPolicy.authorize(tx, recht, id);
  return lockStapelJob(tx, id);
}
/** The same for a job, which has no Rechte. */
export async function lockStapelJob(tx: WriteTx, id: string): Promise<StapelRow> {
  const row = await db.write(tx).selectFrom('scanstelle.stapel').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Stapel');
  return row;
}

export async function setStapel(tx: WriteTx, id: string, werte: Partial<Record<'status' | 'hindernis' | 'erwartete_seiten' | 'station' | 'gescannt_name' | 'gescannt_am' | 'posteingangsdatum' | 'bezeichnung' | 'manifest' | 'geprueft_von' | 'geprueft_am' | 'uebernommen_von' | 'uebernommen_am' | 'verworfen_von' | 'verworfen_am' | 'verwerfungsgrund', unknown>>) {
  const { version } = await db.write(tx).updateTable('scanstelle.stapel').set((eb) => ({ ...(werte as object), version: eb('version', '+', 1) })).where('id', '=', id).returning('version').executeTakeFirstOrThrow();
  return version;
}
export const asHindernis = (h: Hindernis | null) => (h ? JSON.stringify(h) : null);

async function readProfil(tx: WriteTx, id: string | undefined) {
  if (id === undefined) return undefined;
  const row = await db.write(tx).selectFrom('scanstelle.profil').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Scanprofil');
  if (!row.aktiv) throw ScanErrors.profil_aus();
  return row;
}

export type NeuerStapel = {
  organisationseinheitId: string; herkunft: 'upload' | 'ordner'; bezeichnung: string;
  profil?: { id: string; bezeichnung: string; einstellungen: unknown } | undefined; station?: string | undefined; erwarteteSeiten?: number | undefined; posteingangsdatum?: string | undefined;
};
/** The batch record, from the first second. The caller authorises; the files come with `addRohdatei`. */
export async function insertStapel(tx: WriteTx, neu: NeuerStapel): Promise<string> {
  const schutzId = await getKorb(tx, neu.organisationseinheitId);
  const { jahr, stand } = await nextNummer(tx, 'stapel');
  const id = newId(), nummer = formatNummer(jahr, stand), wer = neu.herkunft === 'upload' ? urheber(tx.ctx) : null;
  await db.write(tx).insertInto('scanstelle.stapel').values({
    id, schutz_id: schutzId, jahr, lfd_nr: stand, nummer, herkunft: neu.herkunft, bezeichnung: neu.bezeichnung, organisationseinheit_id: neu.organisationseinheitId,
    profil_id: neu.profil?.id ?? null, profil: JSON.stringify({ bezeichnung: neu.profil?.bezeichnung ?? 'Standard', ...Profileinstellungen.parse(neu.profil?.einstellungen ?? {}) }),
    station: neu.station || null, gescannt_von: wer, posteingangsdatum: neu.posteingangsdatum ?? heute(), erwartete_seiten: neu.erwarteteSeiten ?? null,
  }).execute();
  await tx.record({ art: 'scanstapel.angelegt', objekte: { stapel: id, organisationseinheit: neu.organisationseinheitId }, daten: { nummer, herkunft: neu.herkunft, profil: neu.profil?.bezeichnung ?? 'Standard', bezeichnung: neu.bezeichnung } });
  return id;
}

/** A raw file of the batch, as it came. */
export async function addRohdatei(tx: WriteTx, stapelId: string, inhalt: AngehaengterInhalt, art: Dateiart): Promise<string> {
  const id = newId();
  const letzte = await db.write(tx).selectFrom('scanstelle.rohdatei').select((eb) => eb.fn.max('nummer').as('nummer')).where('stapel_id', '=', stapelId).executeTakeFirst();
  await db.write(tx).insertInto('scanstelle.rohdatei').values({
    id, stapel_id: stapelId, nummer: (letzte?.nummer ?? 0) + 1, art, inhalt_id: inhalt.id, dateiname: inhalt.dateiname, mime: inhalt.mime, groesse: inhalt.groesse, sha256: inhalt.sha256,
  }).execute();
  await tx.record({ art: 'scandatei.angelegt', objekte: { scandatei: id, inhalt: inhalt.id, stapel: stapelId }, daten: { dateiname: inhalt.dateiname, sha256: inhalt.sha256, art } });
  return id;
}

async function attachDateien(tx: WriteTx, inhaltIds: readonly string[]): Promise<AngehaengterInhalt[]> {
  const inhalte = [];
  for (const id of inhaltIds) inhalte.push(await attachInhalt(tx, id, { roh: true }));
  if (inhalte.some((i) => i.groesse === 0)) throw ScanErrors.datei_leer();
  return inhalte;
}

export async function createStapel(tx: WriteTx, { inhaltIds, profilId, organisationseinheitId, bezeichnung, ...rest }: z.output<typeof StapelAnlegen>): Promise<Stapel> {
  const profil = await readProfil(tx, profilId);
  const oe = await requireOe(tx, organisationseinheitId ?? profil?.organisationseinheit_id ?? undefined);
  await stapelPolicy.authorizeIn(tx, 'scanstapel.bearbeiten', await getKorb(tx, oe));
  const inhalte = await attachDateien(tx, inhaltIds);
  const scans = inhalte.filter((i) => !isManifest(i.dateiname));
  if (!scans.length) throw ScanErrors.keine_scandatei();
  const id = await insertStapel(tx, { organisationseinheitId: oe, herkunft: 'upload', bezeichnung: bezeichnung || scans[0]!.dateiname.replace(/\.[a-z]{3,4}$/i, ''), profil, ...rest });
  for (const inhalt of inhalte) await addRohdatei(tx, id, inhalt, isManifest(inhalt.dateiname) ? 'manifest' : 'scan');
  await tx.enqueue(sammeln, { stapelId: id }, { key: `sammeln:${id}` });
  return getStapel(tx, id);
}

/** What was missing, or what was scanned again. */
export async function createStapeldateien(tx: WriteTx, id: string, { art, inhaltIds }: { art: 'scan' | 'nachscan'; inhaltIds: readonly string[] }): Promise<Stapel> {
  const row = await lockStapel(tx, 'scanstapel.bearbeiten', id);
  if (row.status !== (art === 'scan' ? 'eingetroffen' : 'zu_pruefen')) throw ScanErrors.nicht_im_stand();
  if (art === 'nachscan' && !(await db.write(tx).selectFrom('scanstelle.seite').select('id').where('stapel_id', '=', id).where('nachscan', '=', true).limit(1).executeTakeFirst())) throw ScanErrors.kein_nachscan();
  for (const inhalt of await attachDateien(tx, inhaltIds)) await addRohdatei(tx, id, inhalt, art === 'scan' && isManifest(inhalt.dateiname) ? 'manifest' : art);
  await setStapel(tx, id, { hindernis: null });
  await tx.enqueue(art === 'scan' ? sammeln : zerlegen, { stapelId: id }, { key: `${art}:${id}` });
  return getStapel(tx, id);
}

/** The manifest is wrong, not the batch: somebody says so, with a reason, and it goes on. What is missing or unreadable cannot be waved through. */
export async function closeStapelhindernis(tx: WriteTx, id: string, grund: string): Promise<Stapel> {
  const row = await lockStapel(tx, 'scanstapel.bearbeiten', id);
  const hindernis = row.hindernis as Hindernis | null;
  if (row.status !== 'eingetroffen' || !hindernis || hindernis.art === 'wartet' || hindernis.art === 'unlesbar') throw ScanErrors.kein_hindernis();
  await setStapel(tx, id, { hindernis: null, erwartete_seiten: null, manifest: row.manifest ? JSON.stringify({ ...(row.manifest as object), hingenommen: { abweichung: hindernis.text, grund, von: urheber(tx.ctx) } }) : null });
  await tx.record({ art: 'scanstapel.abweichung_hingenommen', objekte: { stapel: id }, daten: { nummer: row.nummer, abweichung: hindernis.text, grund } });
  await tx.enqueue(zerlegen, { stapelId: id }, { key: `zerlegen:${id}` });
  return getStapel(tx, id);
}

/** Not to be used; its raw files and pictures stay. */
export async function cancelStapel(tx: WriteTx, id: string, grund: string): Promise<Stapel> {
  const row = await lockStapel(tx, 'scanstapel.freigeben', id);
  if (!isOffen(row.status)) throw ScanErrors.nicht_im_stand();
  await setStapel(tx, id, { status: 'verworfen', hindernis: null, verwerfungsgrund: grund, verworfen_von: urheber(tx.ctx), verworfen_am: new Date() });
  await tx.record({ art: 'scanstapel.verworfen', objekte: { stapel: id }, daten: { nummer: row.nummer, grund } });
  return getStapel(tx, id);
}
