import type { Selectable } from 'kysely';
import type { z } from 'zod';
import { attachInhalt, getInhalte } from '#modules/ablage/server/index.ts';
import { urheber } from '#platform/server/context.ts';
import { NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { VersionId, type FormatAnlegen, type Version } from '../../contract.ts';
import { DokumentErrors } from '../errors.ts';
import { readNamen, type NamenKarte } from '../namen.ts';
import { dokumentPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { formatCode } from './dokument.ts';

const db = tables<SchriftgutTables>();
const formatSpalten = ['id', 'nummer', 'art', 'inhalt_id', 'dateiname', 'mime', 'groesse', 'sha256', 'format_code', 'format_name', 'format_version', 'ersteller', 'signatur_eingebettet', 'signatur_zu'] as const;
const versionSpalten = ['id', 'nummer', 'bemerkung', 'abgeschlossen_am', 'erstellt_am', 'erstellt_von'] as const;
export type FormatRow = Pick<Selectable<SchriftgutTables['schriftgut.format']>, (typeof formatSpalten)[number]>;
export type VersionRow = Pick<Selectable<SchriftgutTables['schriftgut.dokumentversion']>, (typeof versionSpalten)[number]>;
export type Angehaengt = { id: string; sha256: string; groesse: number; mime: string; dateiname: string };
type Eingabe = z.output<typeof FormatAnlegen>;

/** Takes the uploads into use; the caller has authorised the Dokument. `vorhanden`: contents that are in use already, and that the caller has authorised. */
export async function attachAll(tx: WriteTx, formate: readonly Eingabe[], vorhanden = false): Promise<(Eingabe & { inhalt: Angehaengt })[]> {
  const da = vorhanden ? await getInhalte(tx, formate.map((f) => f.inhaltId)) : new Map<string, Angehaengt>();
  const all = [];
  for (const format of formate) {
    const inhalt = vorhanden ? da.get(format.inhaltId) : await attachInhalt(tx, format.inhaltId);
    if (!inhalt) throw NotFound('Datei');
    all.push({ ...format, inhalt });
  }
  return all;
}

/** Files of one version, in their order; the first is the one that is shown. `ab`: number of the first. */
export async function insertFormate(tx: WriteTx, dokumentId: string, versionId: string, formate: readonly (Partial<Eingabe> & { inhalt: Angehaengt })[], ab = 0): Promise<FormatRow[]> {
  if (!formate.length) return [];
  const ids = formate.map(() => newId());
  const rows = formate.map((f, i) => {
    const dateiname = f.dateiname ?? f.inhalt.dateiname;
    const art = f.art ?? 'original';
    if (f.signaturZu !== undefined && (f.signaturZu === i || ids[f.signaturZu] === undefined)) throw DokumentErrors.signatur_unbekannt();
    return {
      id: ids[i]!, version_id: versionId, dokument_id: dokumentId, nummer: ab + i, art, inhalt_id: f.inhalt.id, dateiname, mime: f.inhalt.mime, groesse: f.inhalt.groesse, sha256: f.inhalt.sha256,
      ...formatCode(dateiname, art), ersteller: f.ersteller ?? null, signatur_eingebettet: f.signaturEingebettet ?? null, signatur_zu: f.signaturZu === undefined ? null : ids[f.signaturZu]!,
    };
  });
  return db.write(tx).insertInto('schriftgut.format').values(rows).returning(formatSpalten).execute();
}

/** The version and its files in one go: the second statement does not wait for the first. */
export async function insertVersion(tx: WriteTx, input: { id: string; dokumentId: string; nummer: number; bemerkung?: string | null | undefined }, formate: readonly (Partial<Eingabe> & { inhalt: Angehaengt })[]) {
  const [version, rows] = await Promise.all([
    db.write(tx).insertInto('schriftgut.dokumentversion').values({ id: input.id, dokument_id: input.dokumentId, nummer: input.nummer, bemerkung: input.bemerkung ?? null, erstellt_von: urheber(tx.ctx) })
      .returning(versionSpalten).executeTakeFirstOrThrow(),
    insertFormate(tx, input.dokumentId, input.id, formate),
  ]);
  return { version, formate: rows };
}

const presentFormat = (f: FormatRow) => ({
  id: f.id, art: f.art, inhaltId: f.inhalt_id, dateiname: f.dateiname, mime: f.mime, groesse: f.groesse, sha256: f.sha256, formatCode: f.format_code, formatName: f.format_name, formatVersion: f.format_version,
  ersteller: f.ersteller, signaturEingebettet: f.signatur_eingebettet, signaturZu: f.signatur_zu,
});
export const presentVersion = (v: VersionRow, formate: readonly FormatRow[], namen: Pick<NamenKarte, 'person'>): Version => ({
  id: VersionId.parse(v.id), nummer: v.nummer, bemerkung: v.bemerkung, abgeschlossenAm: v.abgeschlossen_am, erstelltAm: v.erstellt_am, erstelltVon: namen.person(v.erstellt_von), formate: formate.map(presentFormat),
});

/** All versions, newest first. */
export async function listVersionen(tx: ReadTx, dokumentId: string): Promise<{ eintraege: Version[]; gesamt: number }> {
  await dokumentPolicy.authorize(tx, 'dokument.lesen', dokumentId);
  const rows = await db.read(tx).selectFrom('schriftgut.dokumentversion').selectAll().where('dokument_id', '=', dokumentId).orderBy('nummer', 'desc').execute();
  const formate = await db.read(tx).selectFrom('schriftgut.format').selectAll().where('dokument_id', '=', dokumentId).orderBy('nummer').execute();
  const namen = await readNamen(tx, { stellen: [], personen: rows.map((r) => r.erstellt_von) });
  return { eintraege: rows.map((v) => presentVersion(v, formate.filter((f) => f.version_id === v.id), namen)), gesamt: rows.length };
}

/** The current version with its files; those only for who may read them. */
export async function readAktuelleVersion(tx: ReadTx, versionId: string | null, lesbar: boolean): Promise<{ version: VersionRow; formate: FormatRow[] } | null> {
  if (versionId === null) return null;
  const [version, formate] = await Promise.all([
    db.read(tx).selectFrom('schriftgut.dokumentversion').select(versionSpalten).where('id', '=', versionId).executeTakeFirstOrThrow(),
    lesbar ? db.read(tx).selectFrom('schriftgut.format').select(formatSpalten).where('version_id', '=', versionId).orderBy('nummer').execute() : [],
  ]);
  return { version, formate };
}
