import { sql, type Selectable } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { AkteId, DokumentId, VorgangId, type DokumentZeile } from '../../contract.ts';
import { presentZeile } from '../akte/present.ts';
import { readKontaktnamen } from '../kontakt.ts';
import { readGemerkt, readNamen } from '../namen.ts';
import { dokumentPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { presentBezug, readAktenBezug } from '../vorgang/present.ts';

const db = tables<SchriftgutTables>();

export const dokumentSpalten = [
  'schriftgut.dokument.id', 'schriftgut.dokument.akte_id', 'schriftgut.dokument.vorgang_id', 'schriftgut.dokument.parent_id', 'schriftgut.dokument.rolle', 'schriftgut.dokument.nummer', 'schriftgut.dokument.kennzeichen',
  'schriftgut.dokument.art', 'schriftgut.dokument.entwurf', 'schriftgut.dokument.finalisiert_am', 'schriftgut.dokument.datum', 'schriftgut.dokument.fremdes_geschaeftszeichen', 'schriftgut.dokument.aktuelle_version_id',
  'schriftgut.dokument.betreff', 'schriftgut.dokument.typ', 'schriftgut.dokument.medium', 'schriftgut.dokument.geheimhaltungsgrad', 'schriftgut.dokument.federfuehrung_id', 'schriftgut.dokument.bearbeiter_id',
  'schriftgut.dokument.storniert_am', 'schriftgut.dokument.erstellt_am', 'schriftgut.dokument.geaendert_am', 'schriftgut.dokument.version',
] as const;
type Spalte = (typeof dokumentSpalten)[number] extends `schriftgut.dokument.${infer C extends keyof SchriftgutTables['schriftgut.dokument']}` ? C : never;
export type DokumentListRow = Pick<Selectable<SchriftgutTables['schriftgut.dokument']>, Spalte> & { rechte: string[] };

/** Number and first file of the current version of each Dokument. */
async function readDateien(tx: ReadTx, rows: readonly DokumentListRow[]) {
  const ids = rows.flatMap((r) => r.aktuelle_version_id ?? []);
  if (!ids.length) return new Map<string, never>();
  const found = await db.read(tx).selectFrom('schriftgut.dokumentversion as v').leftJoin('schriftgut.format as f', (j) => j.onRef('f.version_id', '=', 'v.id').on('f.nummer', '=', 0))
    .select(['v.id', 'v.nummer', 'f.inhalt_id', 'f.dateiname', 'f.mime', 'f.groesse']).where('v.id', 'in', ids).execute();
  return new Map(found.map((f) => [f.id, f]));
}
async function countAnlagen(tx: ReadTx, ids: readonly string[]): Promise<Map<string, number>> {
  if (!ids.length) return new Map();
  const rows = await db.read(tx).selectFrom('schriftgut.dokument').select(['parent_id', sql<number>`count(*)`.as('anzahl')]).where('parent_id', 'in', [...ids]).where('storniert_am', 'is', null)
    .where(await dokumentPolicy.visible(tx, 'dokument.sehen')).groupBy('parent_id').execute();
  return new Map(rows.map((r) => [r.parent_id!, r.anzahl]));
}
/** Federführung where the Dokument has none of its own: the Vorgang's, then the Akte's. */
async function readFederfuehrung(tx: ReadTx, rows: readonly DokumentListRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap((r) => (r.federfuehrung_id === null ? r.vorgang_id ?? [] : [])))];
  if (!ids.length) return new Map();
  const found = await db.read(tx).selectFrom('schriftgut.vorgang').select(['id', 'federfuehrung_id']).where('id', 'in', ids).where('federfuehrung_id', 'is not', null).execute();
  return new Map(found.map((v) => [v.id, v.federfuehrung_id!]));
}

export async function presentDokumente(tx: ReadTx, rows: readonly DokumentListRow[]): Promise<DokumentZeile[]> {
  if (!rows.length) return [];
  const ids = rows.map((r) => r.id);
  const akten = await readAktenBezug(tx, rows.map((r) => r.akte_id));
  const vorgaenge = await readFederfuehrung(tx, rows);
  const federfuehrung = (r: DokumentListRow) => r.federfuehrung_id ?? vorgaenge.get(r.vorgang_id ?? '') ?? akten.get(r.akte_id)!.federfuehrung_id;
  const namen = await readNamen(tx, { stellen: rows.map(federfuehrung), personen: rows.map((r) => r.bearbeiter_id) });
  const gemerkt = await readGemerkt(tx, ids);
  const kontakte = await readKontaktnamen(tx, 'dokument', ids);
  const dateien = await readDateien(tx, rows);
  const anlagen = await countAnlagen(tx, ids);
  return rows.map((r) => {
    const datei = dateien.get(r.aktuelle_version_id ?? '');
    const lesbar = r.rechte.includes('dokument.lesen');
    return {
      id: DokumentId.parse(r.id), akteId: AkteId.parse(r.akte_id), vorgangId: r.vorgang_id === null ? null : VorgangId.parse(r.vorgang_id), parentId: r.parent_id === null ? null : DokumentId.parse(r.parent_id),
      rolle: r.rolle, nummer: r.nummer, kennzeichen: r.kennzeichen, art: r.art, entwurf: r.entwurf, finalisiert: r.finalisiert_am !== null, datum: r.datum, akte: presentBezug(akten.get(r.akte_id)),
      absender: kontakte.get(r.id)?.absender ?? [], empfaenger: kontakte.get(r.id)?.empfaenger ?? [], fremdesGeschaeftszeichen: r.fremdes_geschaeftszeichen, anlagen: anlagen.get(r.id) ?? 0,
      versionNummer: datei?.nummer ?? null,
      datei: lesbar && datei?.inhalt_id ? { inhaltId: datei.inhalt_id, dateiname: datei.dateiname!, mime: datei.mime!, groesse: datei.groesse! } : null,
      ...presentZeile(r, federfuehrung(r), namen, gemerkt),
    };
  });
}
