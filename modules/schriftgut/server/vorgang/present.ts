import type { Selectable } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { AkteId, VorgangId, type VorgangZeile } from '../../contract.ts';
import { presentZeile } from '../akte/present.ts';
import { readGemerkt, readNamen } from '../namen.ts';
import { aktePolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';

const db = tables<SchriftgutTables>();

export const vorgangSpalten = [
  'schriftgut.vorgang.id', 'schriftgut.vorgang.akte_id', 'schriftgut.vorgang.parent_id', 'schriftgut.vorgang.nummer', 'schriftgut.vorgang.kennzeichen', 'schriftgut.vorgang.status', 'schriftgut.vorgang.zda_am',
  'schriftgut.vorgang.betreff', 'schriftgut.vorgang.typ', 'schriftgut.vorgang.medium', 'schriftgut.vorgang.geheimhaltungsgrad', 'schriftgut.vorgang.federfuehrung_id', 'schriftgut.vorgang.bearbeiter_id',
  'schriftgut.vorgang.storniert_am', 'schriftgut.vorgang.erstellt_am', 'schriftgut.vorgang.geaendert_am', 'schriftgut.vorgang.version',
] as const;
type Spalte = (typeof vorgangSpalten)[number] extends `schriftgut.vorgang.${infer C extends keyof SchriftgutTables['schriftgut.vorgang']}` ? C : never;
export type VorgangListRow = Pick<Selectable<SchriftgutTables['schriftgut.vorgang']>, Spalte> & { rechte: string[] };

export type AkteBezug = { id: string; aktenzeichen: string; betreff: string; federfuehrung_id: string; aktenfuehrung_id: string; aktenplaneinheit_id: string; sichtbar: boolean };
/** The Akten that rows lie in; `sichtbar` says whether the Akteur may see them themselves. */
export async function readAktenBezug(tx: ReadTx, ids: readonly string[]): Promise<Map<string, AkteBezug>> {
  if (!ids.length) return new Map();
  const visible = await aktePolicy.visible(tx, 'akte.sehen');
  const rows = await db.read(tx).selectFrom('schriftgut.akte').select(['id', 'aktenzeichen', 'betreff', 'federfuehrung_id', 'aktenfuehrung_id', 'aktenplaneinheit_id'])
    .select((eb) => eb.fn.coalesce(visible(eb), eb.lit(false)).as('sichtbar')).where('id', 'in', [...new Set(ids)]).execute();
  return new Map(rows.map((r) => [r.id, { ...r, sichtbar: Boolean(r.sichtbar) }]));
}
export const presentBezug = (a: AkteBezug | undefined) => (a?.sichtbar ? { id: AkteId.parse(a.id), aktenzeichen: a.aktenzeichen, betreff: a.betreff } : null);

export async function presentVorgaenge(tx: ReadTx, rows: readonly VorgangListRow[]): Promise<VorgangZeile[]> {
  const akten = await readAktenBezug(tx, rows.map((r) => r.akte_id));
  const federfuehrung = (r: VorgangListRow) => r.federfuehrung_id ?? akten.get(r.akte_id)!.federfuehrung_id;
  const namen = await readNamen(tx, { stellen: rows.map(federfuehrung), personen: rows.map((r) => r.bearbeiter_id) });
  const gemerkt = await readGemerkt(tx, rows.map((r) => r.id));
  return rows.map((r) => ({
    id: VorgangId.parse(r.id), parentId: r.parent_id === null ? null : VorgangId.parse(r.parent_id), akteId: AkteId.parse(r.akte_id), nummer: r.nummer, kennzeichen: r.kennzeichen, status: r.status, zdaAm: r.zda_am,
    akte: presentBezug(akten.get(r.akte_id)), ...presentZeile(r, federfuehrung(r), namen, gemerkt),
  }));
}
