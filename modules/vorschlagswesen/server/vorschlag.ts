import type { Feld, Sicherheit } from '../contract.ts';
import { GELERNT, type Eichung } from './lernen/erfahrung.ts';
import type { Fund } from './lesen/fund.ts';

/** One voice for a value: a rule that found it in the text, or what was learned. */
export type Stimme = { feld: Feld; wert: string; quelle: string; stufe: number; grund: string; stelle: { von: number; bis: number } | null;
  /** Says something that only who may see this Akte, or this basket, may know. */
  nurMit?: { akteId: string } | { korbId: string } };
export type Feldvorschlag = { feld: Feld; wert: string; konfidenz: number; stimmen: Stimme[] };

export const stimmeVon = (feld: Feld, f: Fund): Stimme => ({ feld, wert: f.wert, quelle: f.quelle, stufe: 0, grund: f.grund, stelle: { von: f.von, bis: f.bis } });

/** Below `zeigen` the machine does not know, and says so; from `sicher` on nobody need look twice. A wrong deadline costs more than none. */
export const schwellen: Readonly<Record<Feld, { zeigen: number; sicher: number }>> = {
  organisationseinheit: { zeigen: 0.5, sicher: 0.88 }, akte: { zeigen: 0.4, sicher: 0.88 }, aktenplaneinheit: { zeigen: 0.5, sicher: 0.88 }, dokumenttyp: { zeigen: 0.5, sicher: 0.85 }, betreff: { zeigen: 0.5, sicher: 0.85 },
  absender: { zeigen: 0.5, sicher: 0.85 }, datumDesSchreibens: { zeigen: 0.5, sicher: 0.9 }, fremdesGeschaeftszeichen: { zeigen: 0.5, sicher: 0.88 }, frist: { zeigen: 0.55, sicher: 0.92 }, betrag: { zeigen: 0.55, sicher: 0.9 },
};
export const sicherheitVon = (feld: Feld, konfidenz: number): Sicherheit | null => (konfidenz >= schwellen[feld].sicher ? 'sicher' : konfidenz >= schwellen[feld].zeigen ? 'pruefen' : null);

const HOECHSTENS = 0.99;
/**
 * Voices for one field made into one value and one confidence. They are taken as independent: those that agree strengthen each other, a contradiction takes
 * from both, and »none of them« is always possible.
 */
export function vereine(feld: Feld, stimmen: readonly Stimme[], eichung: Eichung): Feldvorschlag[] {
  const konfidenzen = stimmen.map((s) => Math.min(HOECHSTENS, eichung(feld, s.quelle, s.stufe)));
  const werte = [...new Set(stimmen.map((s) => s.wert))];
  const fuer = (wert: string | null) => stimmen.reduce((p, s, i) => p * (s.wert === wert ? konfidenzen[i]! : 1 - konfidenzen[i]!), 1);
  const summe = werte.reduce((n, w) => n + fuer(w), fuer(null));
  return werte.map((wert) => ({ feld, wert, konfidenz: Math.min(HOECHSTENS, fuer(wert) / summe), stimmen: stimmen.filter((s) => s.wert === wert).toSorted((a, b) => eichung(feld, b.quelle, b.stufe) - eichung(feld, a.quelle, a.stufe)) }))
    .toSorted((a, b) => b.konfidenz - a.konfidenz);
}
export const istGelernt = (s: Stimme) => s.quelle === GELERNT;
