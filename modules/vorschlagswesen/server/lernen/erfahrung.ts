import { sql } from 'kysely';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Feld } from '../../contract.ts';
import type { VorschlagswesenTables } from '../tables.gen.ts';
import { eiche, mittel, STUFEN, type Erfahrung } from './kalibrierung.ts';

const db = tables<VorschlagswesenTables>();
export const GELERNT = 'gelernt';

/**
 * What each way of proposing is taken for before a Mandant has said anything: assumed, and below what letters made for `npm run bench` show, since those are
 * easier than real ones. Counts like twenty outcomes, so that a Mandant's own soon outweigh it.
 */
const VORAB: Readonly<Record<string, number>> = {
  'organisationseinheit/empfaenger_genau': 0.96, 'organisationseinheit/empfaenger_aehnlich': 0.88, 'organisationseinheit/empfaenger_sinngemaess': 0.7, 'organisationseinheit/akte': 0.93, 'organisationseinheit/absender': 0.7,
  'akte/aktenzeichen': 0.97, 'akte/aktenzeichen_ocr': 0.92, 'akte/aktenzeichen_mehrere': 0.62, 'akte/aktenzeichen_angrenzend': 0.5, 'akte/aktenzeichen_naehe': 0.45, 'akte/fremdes_zeichen': 0.9, 'akte/antwort': 0.96, 'akte/absender': 0.6, 'akte/absender_immer': 0.78,
  'dokumenttyp/art_betreff': 0.92, 'dokumenttyp/art_titel': 0.86, 'dokumenttyp/art_text': 0.78,
  'betreff/betreff_benannt': 0.95, 'betreff/betreff_lage': 0.9, 'betreff/mail': 0.97,
  'absender/absender_doppelt': 0.97, 'absender/absenderzeile': 0.93, 'absender/briefkopf': 0.9, 'absender/unterschrift': 0.8, 'absender/mail': 0.97,
  'datumDesSchreibens/datumszeile': 0.97, 'datumDesSchreibens/kopf': 0.85, 'datumDesSchreibens/text': 0.6, 'datumDesSchreibens/mail': 0.98,
  'fremdesGeschaeftszeichen/zeichen_benannt': 0.94, 'fremdesGeschaeftszeichen/bezugszeile': 0.9,
  'frist/frist_tag': 0.9, 'frist/frist_dauer_ab': 0.8, 'frist/frist_dauer': 0.65,
  'betrag/betrag_gesamt': 0.95, 'betrag/betrag_wort': 0.78, 'betrag/betrag_einzig': 0.68,
};
const GEWICHT_REGEL = 20;
/** What a step of the lead is taken for before there are outcomes: assumed, rising from a quarter, never quite sure. */
const vorabStufe = (stufe: number) => Math.min(0.93, 0.25 + (0.68 * stufe) / (STUFEN.length - 3));
const GEWICHT_STUFE = 6;

/** Confidence of a way of proposing, in this Mandant, by now. */
export type Eichung = (feld: Feld, quelle: string, stufe?: number) => number;
export const schluesselVon = (feld: string, quelle: string, stufe: number) => `${feld}/${quelle}/${stufe}`;
export function createEichung(erfahrungen: ReadonlyMap<string, Erfahrung>): Eichung {
  const kurven = new Map<string, number[]>();
  return (feld, quelle, stufe = 0) => {
    if (quelle !== GELERNT) return mittel(erfahrungen.get(schluesselVon(feld, quelle, 0)) ?? { gesamt: 0, richtig: 0 }, { wert: VORAB[`${feld}/${quelle}`] ?? 0.5, gewicht: GEWICHT_REGEL });
    let kurve = kurven.get(feld);
    if (!kurve) kurven.set(feld, (kurve = eiche(STUFEN.map((_, s) => erfahrungen.get(schluesselVon(feld, GELERNT, s)) ?? { gesamt: 0, richtig: 0 }), vorabStufe, GEWICHT_STUFE)));
    return kurve[stufe] ?? 0;
  };
}
export async function readEichung(tx: ReadTx): Promise<Eichung> {
  const rows = await db.read(tx).selectFrom('vorschlagswesen.erfahrung').selectAll().execute();
  return createEichung(new Map(rows.map((r) => [schluesselVon(r.feld, r.quelle, r.stufe), { gesamt: r.gesamt, richtig: r.richtig }])));
}

export type Ausgang = { feld: Feld; quelle: string; stufe: number; richtig: boolean };
/** Adds outcomes; each of a way that has proposed something, also of those that stayed below the threshold. */
export async function addErfahrungen(tx: WriteTx, ausgaenge: readonly Ausgang[]): Promise<void> {
  const je = Map.groupBy(ausgaenge, (a) => schluesselVon(a.feld, a.quelle, a.stufe));
  const rows = [...je].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => ({ feld: list[0]!.feld, quelle: list[0]!.quelle, stufe: list[0]!.stufe, gesamt: list.length, richtig: list.filter((a) => a.richtig).length }));
  if (!rows.length) return;
  await db.write(tx).insertInto('vorschlagswesen.erfahrung').values(rows)
    .onConflict((c) => c.columns(['mandant_id', 'feld', 'quelle', 'stufe']).doUpdateSet({ gesamt: sql`erfahrung.gesamt + excluded.gesamt`, richtig: sql`erfahrung.richtig + excluded.richtig` })).execute();
}

export type Ergebnis = { feld: Feld; ausgang: 'uebernommen' | 'berichtigt' | 'weiss_nicht'; konfidenz: number | null };
/** The facts of one item, once: what was proposed and became of it. */
export async function addErgebnisse(tx: WriteTx, objektId: string, organisationseinheitId: string, ergebnisse: readonly Ergebnis[]): Promise<boolean> {
  if (!ergebnisse.length) return false;
  const { numInsertedOrUpdatedRows } = await db.write(tx).insertInto('vorschlagswesen.ergebnis').values(ergebnisse.map((e) => ({ objekt_id: objektId, organisationseinheit_id: organisationseinheitId, ...e })))
    .onConflict((c) => c.doNothing()).executeTakeFirstOrThrow();
  return Boolean(numInsertedOrUpdatedRows);
}
