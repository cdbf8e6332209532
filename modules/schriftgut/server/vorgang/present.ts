import type { Selectable } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Stufenwerte } from '#modules/aktenplan/server/index.ts';
import { AkteId, VorgangId, type Vorgang, type VorgangZeile } from '../../contract.ts';
import { presentZeile, type Verdeckbar } from '../akte/present.ts';
import { presentAllgemein, presentAussonderung, type Allgemein } from '../auskunft.ts';
import type { VorgangRow } from '../metadaten.ts';
import { readGemerkt, readNamen, type NamenKarte } from '../namen.ts';
import type { Glied } from '../pfad.ts';
import { aktePolicy, vorgangPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';

const db = tables<SchriftgutTables>();

export const vorgangSpalten = [
  'schriftgut.vorgang.id', 'schriftgut.vorgang.akte_id', 'schriftgut.vorgang.parent_id', 'schriftgut.vorgang.nummer', 'schriftgut.vorgang.kennzeichen', 'schriftgut.vorgang.status', 'schriftgut.vorgang.zda_am',
  'schriftgut.vorgang.betreff', 'schriftgut.vorgang.typ', 'schriftgut.vorgang.medium', 'schriftgut.vorgang.geheimhaltungsgrad', 'schriftgut.vorgang.federfuehrung_id', 'schriftgut.vorgang.bearbeiter_id',
  'schriftgut.vorgang.storniert_am', 'schriftgut.vorgang.erstellt_am', 'schriftgut.vorgang.geaendert_am', 'schriftgut.vorgang.version', 'schriftgut.vorgang.schutz_id',
] as const;
type Spalte = (typeof vorgangSpalten)[number] extends `schriftgut.vorgang.${infer C extends keyof SchriftgutTables['schriftgut.vorgang']}` ? C : never;
export type VorgangListRow = Pick<Selectable<SchriftgutTables['schriftgut.vorgang']>, Spalte> & { rechte: string[] } & Verdeckbar;

export type AkteBezug = { id: string; parent_id: string | null; schutz_id: string; aktenzeichen: string; betreff: string; federfuehrung_id: string; aktenfuehrung_id: string; aktenplaneinheit_id: string; sichtbar: boolean };
/** The Akten that rows lie in; `sichtbar` says whether the Akteur may see them themselves. */
export async function readAktenBezug(tx: ReadTx, ids: readonly string[]): Promise<Map<string, AkteBezug>> {
  if (!ids.length) return new Map();
  const visible = await aktePolicy.visible(tx, 'akte.sehen');
  const rows = await db.read(tx).selectFrom('schriftgut.akte').select(await aktePolicy.spalten(tx, ['id', 'parent_id', 'schutz_id', 'aktenzeichen', 'betreff', 'federfuehrung_id', 'aktenfuehrung_id', 'aktenplaneinheit_id']))
    .select((eb) => eb.fn.coalesce(visible(eb), eb.lit(false)).as('sichtbar')).where('id', 'in', [...new Set(ids)]).execute();
  await aktePolicy.noteGezeigt(tx, rows.filter((r) => r.sichtbar)); // every row names the Akte it lies in
  return new Map(rows.map((r) => [r.id, { ...r, sichtbar: Boolean(r.sichtbar) }]));
}
export const gliedDerAkte = ({ id, parent_id, schutz_id, aktenzeichen, betreff, sichtbar }: AkteBezug): Glied => ({ id, parent_id, schutz_id, kennzeichen: aktenzeichen, bezeichnung: betreff, sichtbar });

export type VorgangBezug = { id: string; parent_id: string | null; schutz_id: string; kennzeichen: string; betreff: string; federfuehrung_id: string | null; aktenfuehrung_id: string | null; sichtbar: boolean };
/** The same of the Vorgänge. */
export async function readVorgangBezug(tx: ReadTx, ids: readonly string[]): Promise<Map<string, VorgangBezug>> {
  if (!ids.length) return new Map();
  const visible = await vorgangPolicy.visible(tx, 'vorgang.sehen');
  const rows = await db.read(tx).selectFrom('schriftgut.vorgang').select(await vorgangPolicy.spalten(tx, ['id', 'parent_id', 'schutz_id', 'kennzeichen', 'betreff', 'federfuehrung_id', 'aktenfuehrung_id']))
    .select((eb) => eb.fn.coalesce(visible(eb), eb.lit(false)).as('sichtbar')).where('id', 'in', [...new Set(ids)]).execute();
  return new Map(rows.map((r) => [r.id, { ...r, sichtbar: Boolean(r.sichtbar) }]));
}
export const gliedDesVorgangs = ({ id, parent_id, schutz_id, kennzeichen, betreff, sichtbar }: VorgangBezug): Glied => ({ id, parent_id, schutz_id, kennzeichen, bezeichnung: betreff, sichtbar });
export const presentBezug = (a: AkteBezug | undefined) => (a?.sichtbar ? { id: AkteId.parse(a.id), aktenzeichen: a.aktenzeichen, betreff: a.betreff } : null);

export async function presentVorgaenge(tx: ReadTx, rows: readonly VorgangListRow[]): Promise<VorgangZeile[]> {
  await vorgangPolicy.noteGezeigt(tx, rows);
  const [akten, gemerkt] = await Promise.all([readAktenBezug(tx, rows.map((r) => r.akte_id)), readGemerkt(tx, rows.map((r) => r.id))]);
  const federfuehrung = (r: VorgangListRow) => r.federfuehrung_id ?? akten.get(r.akte_id)!.federfuehrung_id;
  const namen = await readNamen(tx, { stellen: rows.map(federfuehrung), personen: rows.map((r) => r.bearbeiter_id) });
  return rows.map((r) => presentVorgangZeile(r, akten.get(r.akte_id), federfuehrung(r), namen, gemerkt));
}
const presentVorgangZeile = (r: VorgangListRow, akte: AkteBezug | undefined, federfuehrungId: string, namen: NamenKarte, gemerkt: ReadonlySet<string>): VorgangZeile => ({
  id: VorgangId.parse(r.id), parentId: r.parent_id === null ? null : VorgangId.parse(r.parent_id), akteId: AkteId.parse(r.akte_id), nummer: r.nummer, kennzeichen: r.kennzeichen, status: r.status, zdaAm: r.zda_am,
  akte: presentBezug(akte), ...presentZeile(r, federfuehrungId, namen, gemerkt),
});

/** Whom and what the answer of one Vorgang names beside itself. */
export const readUmgebendeNamen = (tx: ReadTx, r: Pick<VorgangRow, 'federfuehrung_id' | 'aktenfuehrung_id' | 'bearbeiter_id' | 'erstellt_von' | 'storniert_von'>, akte: AkteBezug) => readNamen(tx, {
  stellen: [r.federfuehrung_id ?? akte.federfuehrung_id, r.aktenfuehrung_id ?? akte.aktenfuehrung_id], personen: [r.bearbeiter_id, r.erstellt_von, r.storniert_von], einheiten: [akte.aktenplaneinheit_id],
});
type Teile = Pick<Vorgang, 'laufzeit' | 'hindernisse' | 'anzahl'> & { akte: AkteBezug; gemerkt: ReadonlySet<string>; namen: NamenKarte; kette: readonly Stufenwerte[]; allgemein: Allgemein };
export function presentVorgang(r: VorgangRow & { rechte: string[] } & Verdeckbar, { akte, gemerkt, namen, kette, allgemein, ...gezaehlt }: Teile): Vorgang {
  const ort = { aktenfuehrungId: r.aktenfuehrung_id ?? akte.aktenfuehrung_id, einheitId: akte.aktenplaneinheit_id };
  return { ...presentVorgangZeile(r, akte, r.federfuehrung_id ?? akte.federfuehrung_id, namen, gemerkt), tiefe: r.tiefe, ...presentAllgemein(r, allgemein, ort, namen), ...presentAussonderung(r, kette), ...gezaehlt };
}
