import { falte, istStoppwort, stamm } from '#modules/suche/server/index.ts';

/** What the machine learns from: numbers that stand for words. `woerter`: of this text alone, to say which of its words spoke; never stored. */
export type Merkmale = { nummern: Int32Array; woerter: Map<number, string> };

const MAX_WOERTER = 4000, MAX_MERKMALE = 400;
/** 22 bits: words share numbers, so that a number does not give its word away; hardly any word suffers from it. */
const BITS = 22;
function hash(text: string, salz: number): number {
  let h = (0x811c9dc5 ^ salz) | 0;
  for (let i = 0; i < text.length; i++) { h ^= text.charCodeAt(i); h = Math.imul(h, 0x01000193); }
  h ^= h >>> 15;
  return (Math.imul(h, 0x2c1b3c6d) >>> 0) >>> (32 - BITS);
}
/** Another for each Mandant: equal words have other numbers there. */
export const salzVon = (mandantId: string) => hash(mandantId, 0) | (parseInt(mandantId.slice(-6), 16) << 4);

/**
 * Stems of words, each once (pairs of neighbours were measured: twice the counts, and worse). Words with digits (dates, numbers of houses and accounts) and the names in `ohne` (of the sender) are
 * left out: a subject shall be learned, not who had to do with it.
 */
export function merkmaleVon(text: string, salz: number, ohne: readonly string[] = []): Merkmale {
  const verboten = new Set(ohne.flatMap((n) => n.split(/[^\p{L}]+/u)).filter((w) => w.length > 2).map((w) => stamm(falte(w))));
  const woerter = new Map<number, string>();
  let gelesen = 0;
  for (const { 0: wort } of text.matchAll(/[\p{L}\p{M}\p{Nd}]+/gu)) {
    if (++gelesen > MAX_WOERTER || woerter.size >= MAX_MERKMALE) break;
    const f = falte(wort);
    if (f.length < 3 || f.length > 40 || /\d/.test(f) || istStoppwort(f)) continue;
    const s = stamm(f);
    if (verboten.has(s)) continue;
    const nr = hash(s, salz);
    if (!woerter.has(nr)) woerter.set(nr, wort);
  }
  return { nummern: Int32Array.from(woerter.keys()), woerter };
}

/** Of a sender's name, however it is spelled; null for one that names nobody. */
export function absenderschluessel(name: string, salz: number): number | null {
  const worte = name.split(/[^\p{L}\p{Nd}]+/u).map(falte).filter((w) => w.length > 1 && !['herr', 'frau', 'dr', 'prof', 'dipl', 'ing'].includes(w)).toSorted();
  const text = worte.join(' ');
  if (text.length < 4 || /^(unbekannt|anonym|ohne absender)/.test(text)) return null;
  // two halves: a person is not to be taken for another
  return hash(text, salz) * 2 ** BITS + hash(text, salz ^ 0x5bd1e995);
}
