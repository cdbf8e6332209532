import type { z } from 'zod';
import { getInhalte } from '#modules/ablage/server/index.ts';
import { urheber } from '#platform/server/context.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Dokument, FormatAnlegen, VersionAnlegen } from '../../contract.ts';
import { DokumentErrors } from '../errors.ts';
import { requireNichtStorniert } from '../ort.ts';
import type { DokumentRecht } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { ortObjekte, requireVollstaendig } from './commands.ts';
import { getDokument } from './queries.ts';
import { lockDokument } from './sperre.ts';
import { attachAll, insertFormate, insertVersion } from './versionen.ts';

const db = tables<SchriftgutTables>();

/** Versions are numbered one after another: whoever comes at the same time waits. */
async function openDokument(tx: WriteTx, recht: DokumentRecht, id: string) {
  const row = await lockDokument(tx, recht, id);
  requireNichtStorniert(row);
  return row;
}
const closeVersion = (tx: WriteTx, dokumentId: string) =>
  db.write(tx).updateTable('schriftgut.dokumentversion').set({ abgeschlossen_am: new Date() }).where('dokument_id', '=', dokumentId).where('abgeschlossen_am', 'is', null).returning('nummer').execute();
const lastNummer = async (tx: WriteTx, dokumentId: string) =>
  (await db.write(tx).selectFrom('schriftgut.dokumentversion').select((eb) => eb.fn.max('nummer').as('n')).where('dokument_id', '=', dokumentId).executeTakeFirstOrThrow()).n ?? 0;
const setAktuell = (tx: WriteTx, id: string, set: { aktuelle_version_id?: string; finalisiert_am?: Date | null; finalisiert_von?: string | null }) =>
  db.write(tx).updateTable('schriftgut.dokument').set((eb) => ({ ...set, version: eb('version', '+', 1), geaendert_am: new Date() })).where('id', '=', id).execute();

/** A new content is a new version; the one before is closed for good. What is finalised stays so: the new version is closed at once (ST-04). */
export async function createVersion(tx: WriteTx, id: string, input: z.output<typeof VersionAnlegen>): Promise<Dokument> {
  const dokument = await openDokument(tx, 'dokument.bearbeiten', id);
  const formate = await attachAll(tx, input.formate);
  await closeVersion(tx, id);
  const nummer = await lastNummer(tx, id) + 1;
  const versionId = newId();
  await insertVersion(tx, { id: versionId, dokumentId: id, nummer, bemerkung: input.bemerkung }, formate);
  if (dokument.finalisiert_am !== null) await closeVersion(tx, id);
  await setAktuell(tx, id, { aktuelle_version_id: versionId });
  await tx.record({
    art: 'version.angelegt', objekte: { dokument: id, version: versionId, ...ortObjekte(dokument), inhalt: formate.map((f) => f.inhalt.id) },
    daten: { nummer, dateiname: formate[0]!.dateiname ?? formate[0]!.inhalt.dateiname, ...(input.bemerkung && { bemerkung: input.bemerkung }) },
  });
  return getDokument(tx, id);
}

/** Another file of the same content beside the original: a PDF/A, a signature. Only while the version is open. */
export async function createFormat(tx: WriteTx, id: string, input: z.output<typeof FormatAnlegen>): Promise<Dokument> {
  const dokument = await openDokument(tx, 'dokument.bearbeiten', id);
  if (dokument.aktuelle_version_id === null) throw DokumentErrors.ohne_fassung();
  const version = await db.write(tx).selectFrom('schriftgut.dokumentversion').selectAll().where('id', '=', dokument.aktuelle_version_id).executeTakeFirstOrThrow();
  if (version.abgeschlossen_am !== null) throw DokumentErrors.version_abgeschlossen();
  const da = await db.write(tx).selectFrom('schriftgut.format').select(['id', 'nummer']).where('version_id', '=', version.id).orderBy('nummer').execute();
  const signiert = input.signaturZu === undefined ? undefined : da[input.signaturZu]?.id;
  if (input.signaturZu !== undefined && signiert === undefined) throw DokumentErrors.signatur_unbekannt();
  const [format] = await attachAll(tx, [input]);
  await insertFormate(tx, id, version.id, [{ ...format!, signaturZu: undefined }], (da.at(-1)?.nummer ?? -1) + 1);
  if (signiert !== undefined) await db.write(tx).updateTable('schriftgut.format').set({ signatur_zu: signiert }).where('version_id', '=', version.id).where('inhalt_id', '=', format!.inhalt.id).execute();
  await setAktuell(tx, id, {});
  await tx.record({ art: 'format.angelegt', objekte: { dokument: id, version: version.id, ...ortObjekte(dokument), inhalt: format!.inhalt.id }, daten: { nummer: version.nummer, dateiname: format!.dateiname ?? format!.inhalt.dateiname } });
  return getDokument(tx, id);
}

/** Content and metadata stand from here on; later content can only supersede it. */
export async function closeDokument(tx: WriteTx, id: string): Promise<Dokument> {
  const dokument = await openDokument(tx, 'dokument.finalisieren', id);
  if (dokument.finalisiert_am !== null) throw DokumentErrors.finalisiert();
  if (dokument.entwurf) throw DokumentErrors.entwurf();
  if (dokument.aktuelle_version_id === null) throw DokumentErrors.ohne_fassung();
  await requireVollstaendig(tx, dokument);
  await closeVersion(tx, id);
  await setAktuell(tx, id, { finalisiert_am: new Date(), finalisiert_von: urheber(tx.ctx) });
  await tx.record({ art: 'dokument.finalisiert', objekte: { dokument: id, version: dokument.aktuelle_version_id, ...ortObjekte(dokument) }, daten: { nummer: await lastNummer(tx, id) } });
  return getDokument(tx, id);
}

/** Takes the finalising back: a new open version with the originals of the final one, byte for byte. The final version itself stays as it is. */
export async function reopenDokument(tx: WriteTx, id: string, grund: string): Promise<Dokument> {
  const dokument = await openDokument(tx, 'dokument.definalisieren', id);
  if (dokument.finalisiert_am === null) throw DokumentErrors.nicht_finalisiert();
  const alle = await db.write(tx).selectFrom('schriftgut.format').select(['inhalt_id', 'dateiname', 'art', 'ersteller']).where('version_id', '=', dokument.aktuelle_version_id!).orderBy('nummer').execute();
  const originale = alle.some((f) => f.art === 'original') ? alle.filter((f) => f.art === 'original') : alle;
  const inhalte = await getInhalte(tx, originale.map((f) => f.inhalt_id));
  const nummer = await lastNummer(tx, id) + 1;
  const versionId = newId();
  await insertVersion(tx, { id: versionId, dokumentId: id, nummer, bemerkung: `Finalisierung zurückgenommen: ${grund}`.slice(0, 1000) },
    originale.map((f) => ({ art: f.art, dateiname: f.dateiname, ...(f.ersteller !== null && { ersteller: f.ersteller }), inhalt: inhalte.get(f.inhalt_id)! })));
  await setAktuell(tx, id, { aktuelle_version_id: versionId, finalisiert_am: null, finalisiert_von: null });
  await tx.record({ art: 'dokument.definalisiert', objekte: { dokument: id, version: versionId, ...ortObjekte(dokument) }, daten: { nummer, grund } });
  return getDokument(tx, id);
}
