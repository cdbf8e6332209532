import { falte } from './falten.ts';

/** A run of letters and digits as it stands in the text, and its folded form. */
export type Wort = { readonly roh: string; readonly gefaltet: string; readonly von: number; readonly bis: number };

const RUN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
/** A word broken at the end of a line: »Bauan-⏎trag«. Not »Geh-⏎und Fahrrecht«. */
const BROKEN = /(\p{L})[-‐¬]\s*\n\s*(?!(?:und|oder|bzw|sowie|noch)\b)(\p{Ll})/gu;
/** Longer runs are no words: keys, hashes, what a broken text layer leaves behind. */
export const MAX_WORT = 60;

export const verbindeZeilen = (text: string) => (text.includes('\n') ? text.replace(BROKEN, '$1$2') : text).replaceAll('\u00ad', '');

/** Leading zeros of numbers mean nothing: 0347 = 347. */
export const falteWort = (roh: string) => { const g = falte(roh); return g.charCodeAt(0) === 48 ? g.replace(/^0+(?=\d)/, '') : g; };

export function* zerlegeText(text: string): Generator<Wort> {
  for (const match of text.matchAll(RUN)) {
    const roh = match[0];
    if (roh.length <= MAX_WORT) yield { roh, gefaltet: falteWort(roh), von: match.index, bis: match.index + roh.length };
  }
}
