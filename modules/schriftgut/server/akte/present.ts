import type { Selectable } from 'kysely';
import type { Klasse } from '#platform/server/policy.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { AkteId, type AkteZeile } from '../../contract.ts';
import type { GemeinsamRow } from '../metadaten.ts';
import { readGemerkt, readNamen, type NamenKarte } from '../namen.ts';
import { aktePolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';

/** What the policy adds to a row where something is hidden from the Akteur. */
export type Verdeckbar = { geschuetzt?: Klasse | null };
/** Columns of a row of a list; the long texts stay in the table. */
export const akteSpalten = [
  'schriftgut.akte.id', 'schriftgut.akte.parent_id', 'schriftgut.akte.aktenzeichen', 'schriftgut.akte.status', 'schriftgut.akte.aktenplaneinheit_id', 'schriftgut.akte.zda_am', 'schriftgut.akte.betreff',
  'schriftgut.akte.typ', 'schriftgut.akte.medium', 'schriftgut.akte.geheimhaltungsgrad', 'schriftgut.akte.federfuehrung_id', 'schriftgut.akte.bearbeiter_id', 'schriftgut.akte.storniert_am',
  'schriftgut.akte.erstellt_am', 'schriftgut.akte.geaendert_am', 'schriftgut.akte.version', 'schriftgut.akte.schutz_id',
] as const;
type Spalte = (typeof akteSpalten)[number] extends `schriftgut.akte.${infer C extends keyof SchriftgutTables['schriftgut.akte']}` ? C : never;
export type AkteListRow = Pick<Selectable<SchriftgutTables['schriftgut.akte']>, Spalte> & { rechte: string[] } & Verdeckbar;

export async function presentAkten(tx: ReadTx, rows: readonly AkteListRow[]): Promise<AkteZeile[]> {
  await aktePolicy.noteGezeigt(tx, rows);
  const namen = await readNamen(tx, { stellen: rows.map((r) => r.federfuehrung_id), personen: rows.map((r) => r.bearbeiter_id), einheiten: rows.map((r) => r.aktenplaneinheit_id) });
  const gemerkt = await readGemerkt(tx, rows.map((r) => r.id));
  return rows.map((r) => presentAkteZeile(r, namen, gemerkt));
}

export const presentAkteZeile = (r: AkteListRow, namen: NamenKarte, gemerkt: ReadonlySet<string>): AkteZeile => ({
  id: AkteId.parse(r.id), parentId: r.parent_id === null ? null : AkteId.parse(r.parent_id), aktenzeichen: r.aktenzeichen, status: r.status, aktenplaneinheit: namen.einheit(r.aktenplaneinheit_id), zdaAm: r.zda_am,
  ...presentZeile(r, r.federfuehrung_id, namen, gemerkt),
});

type ZeileRow = Pick<GemeinsamRow, 'id' | 'betreff' | 'typ' | 'medium' | 'geheimhaltungsgrad' | 'bearbeiter_id' | 'storniert_am' | 'erstellt_am' | 'geaendert_am' | 'version'> & { rechte: string[] } & Verdeckbar;
/** What rows of all three kinds carry. `federfuehrungId`: the effective one. */
export const presentZeile = (r: ZeileRow, federfuehrungId: string, namen: NamenKarte, gemerkt: ReadonlySet<string>) => ({
  betreff: r.betreff, geschuetzt: r.geschuetzt ?? null, typ: r.typ, medium: r.medium, geheimhaltungsgrad: r.geheimhaltungsgrad, federfuehrung: namen.stelle(federfuehrungId), bearbeiter: namen.person(r.bearbeiter_id),
  storniert: r.storniert_am !== null, gemerkt: gemerkt.has(r.id), erstelltAm: r.erstellt_am, geaendertAm: r.geaendert_am, version: r.version, rechte: r.rechte,
});
