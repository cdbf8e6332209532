import { sql, type Selectable } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { AkteId, DokumentId, VorgangId, type DokumentZeile } from '../../contract.ts';
import { presentZeile, type Verdeckbar } from '../akte/present.ts';
import { readKontaktnamen, type Namen } from '../kontakt.ts';
import { readGemerkt, readNamen, type NamenKarte } from '../namen.ts';
import { dokumentPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { presentBezug, readAktenBezug, readVorgangBezug, type AkteBezug, type VorgangBezug } from '../vorgang/present.ts';

const db = tables<SchriftgutTables>();

export const dokumentSpalten = [
  'schriftgut.dokument.id', 'schriftgut.dokument.akte_id', 'schriftgut.dokument.vorgang_id', 'schriftgut.dokument.parent_id', 'schriftgut.dokument.rolle', 'schriftgut.dokument.nummer', 'schriftgut.dokument.kennzeichen',
  'schriftgut.dokument.art', 'schriftgut.dokument.entwurf', 'schriftgut.dokument.finalisiert_am', 'schriftgut.dokument.datum', 'schriftgut.dokument.fremdes_geschaeftszeichen', 'schriftgut.dokument.aktuelle_version_id',
  'schriftgut.dokument.betreff', 'schriftgut.dokument.typ', 'schriftgut.dokument.medium', 'schriftgut.dokument.geheimhaltungsgrad', 'schriftgut.dokument.federfuehrung_id', 'schriftgut.dokument.bearbeiter_id',
  'schriftgut.dokument.storniert_am', 'schriftgut.dokument.erstellt_am', 'schriftgut.dokument.geaendert_am', 'schriftgut.dokument.version', 'schriftgut.dokument.schutz_id',
] as const;
type Spalte = (typeof dokumentSpalten)[number] extends `schriftgut.dokument.${infer C extends keyof SchriftgutTables['schriftgut.dokument']}` ? C : never;
/** What the answer for one Dokument says beyond that. */
export const dokumentDetailSpalten = [
  ...dokumentSpalten, 'schriftgut.dokument.posteingangsdatum', 'schriftgut.dokument.postausgangsdatum', 'schriftgut.dokument.datum_des_schreibens', 'schriftgut.dokument.bezug', 'schriftgut.dokument.hier',
  'schriftgut.dokument.bearbeiter_name', 'schriftgut.dokument.bemerkung', 'schriftgut.dokument.standort', 'schriftgut.dokument.aktenfuehrung_id', 'schriftgut.dokument.geheimhaltung_frist',
  'schriftgut.dokument.geheimhaltung_eingestuft_am', 'schriftgut.dokument.geheimhaltung_herausgeber', 'schriftgut.dokument.geheimhaltung_endet_am', 'schriftgut.dokument.geheimhaltung_bemerkung',
  'schriftgut.dokument.datenschutzstufe', 'schriftgut.dokument.datenschutzstufe_code', 'schriftgut.dokument.felder', 'schriftgut.dokument.erweiterungen_xml',
  'schriftgut.dokument.schutz_eigen', 'schriftgut.dokument.erstellt_von', 'schriftgut.dokument.storniert_von', 'schriftgut.dokument.storno_grund',
] as const;
type Detailspalte = (typeof dokumentDetailSpalten)[number] extends `schriftgut.dokument.${infer C extends keyof SchriftgutTables['schriftgut.dokument']}` ? C : never;
export type DokumentDetailRow = Pick<Selectable<SchriftgutTables['schriftgut.dokument']>, Detailspalte> & { rechte: string[] } & Verdeckbar;
export type DokumentListRow = Pick<Selectable<SchriftgutTables['schriftgut.dokument']>, Spalte> & { rechte: string[] } & Verdeckbar;

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
/** Where the Dokument has none of its own: the Vorgang's, then the Akte's. */
export const federfuehrungOf = (r: { federfuehrung_id: string | null }, akte: AkteBezug, vorgang: VorgangBezug | undefined) => r.federfuehrung_id ?? vorgang?.federfuehrung_id ?? akte.federfuehrung_id;
export const aktenfuehrungOf = (r: { aktenfuehrung_id: string | null }, akte: AkteBezug, vorgang: VorgangBezug | undefined) => r.aktenfuehrung_id ?? vorgang?.aktenfuehrung_id ?? akte.aktenfuehrung_id;

export async function presentDokumente(tx: ReadTx, rows: readonly DokumentListRow[]): Promise<DokumentZeile[]> {
  if (!rows.length) return [];
  await dokumentPolicy.noteGezeigt(tx, rows);
  const ids = rows.map((r) => r.id);
  const [akten, vorgaenge, gemerkt, kontakte, dateien, anlagen] = await Promise.all([
    readAktenBezug(tx, rows.map((r) => r.akte_id)), readVorgangBezug(tx, rows.flatMap((r) => (r.federfuehrung_id === null ? r.vorgang_id ?? [] : []))), readGemerkt(tx, ids),
    readKontaktnamen(tx, 'dokument', rows.filter((r) => !r.geschuetzt).map((r) => r.id)), readDateien(tx, rows), countAnlagen(tx, ids),
  ]);
  const federfuehrung = (r: DokumentListRow) => federfuehrungOf(r, akten.get(r.akte_id)!, vorgaenge.get(r.vorgang_id ?? ''));
  const namen = await readNamen(tx, { stellen: rows.map(federfuehrung), personen: rows.map((r) => r.bearbeiter_id) });
  return rows.map((r) => presentDokumentZeile(r, {
    akte: akten.get(r.akte_id), federfuehrungId: federfuehrung(r), namen, gemerkt, kontakte: kontakte.get(r.id), anlagen: anlagen.get(r.id) ?? 0, datei: dateien.get(r.aktuelle_version_id ?? ''),
  }));
}

type Datei = { nummer: number; inhalt_id: string | null; dateiname: string | null; mime: string | null; groesse: number | null };
type Umgebung = { akte: AkteBezug | undefined; federfuehrungId: string; namen: NamenKarte; gemerkt: ReadonlySet<string>; kontakte: Namen | undefined; anlagen: number; datei: Datei | undefined };
export function presentDokumentZeile(r: DokumentListRow, { akte, federfuehrungId, namen, gemerkt, kontakte, anlagen, datei }: Umgebung): DokumentZeile {
  const lesbar = r.rechte.includes('dokument.lesen');
  return {
    id: DokumentId.parse(r.id), akteId: AkteId.parse(r.akte_id), vorgangId: r.vorgang_id === null ? null : VorgangId.parse(r.vorgang_id), parentId: r.parent_id === null ? null : DokumentId.parse(r.parent_id),
    rolle: r.rolle, nummer: r.nummer, kennzeichen: r.kennzeichen, art: r.art, entwurf: r.entwurf, finalisiert: r.finalisiert_am !== null, datum: r.datum, akte: presentBezug(akte),
    absender: kontakte?.absender ?? [], empfaenger: kontakte?.empfaenger ?? [], fremdesGeschaeftszeichen: r.fremdes_geschaeftszeichen, anlagen,
    versionNummer: datei?.nummer ?? null,
    datei: lesbar && datei?.inhalt_id ? { inhaltId: datei.inhalt_id, dateiname: datei.dateiname!, mime: datei.mime!, groesse: datei.groesse! } : null,
    ...presentZeile(r, federfuehrungId, namen, gemerkt),
  };
}
