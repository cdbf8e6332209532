import { normalizeAktenzeichen } from '#modules/aktenplan/contract.ts';
import { zerlegeText } from './woerter.ts';

const YEAR = /^(19|20)\d\d$/;
const MAX_PARTS = 10;

/** The keys by which a Kennzeichen is found; the first is the whole, the others leave out or shorten the year. */
export function schluesselVon(kennzeichen: string): string[] {
  const key = normalizeAktenzeichen(kennzeichen);
  if (!key) return [];
  const parts = key.split(' ');
  const year = parts.findIndex((p, i) => i > 0 && YEAR.test(p));
  const keys = [key];
  if (year > 0 && parts.length > 2) keys.push(parts.toSpliced(year, 1).join(' '), parts.with(year, String(Number(parts[year]!.slice(2)))).join(' '));
  return keys;
}

export type Kandidat = { readonly schluessel: string; readonly von: number; readonly anzahl: number; readonly text: string };

/** Every run of neighbouring words of a question that could be an Aktenzeichen, the longest first. */
export function findeKennzeichen(frage: string): Kandidat[] {
  const woerter = [...zerlegeText(frage.replace(/["„“”»«*]/gu, ' '))].slice(0, 24);
  const found: Kandidat[] = [];
  for (let i = 0; i < woerter.length; i++) {
    for (let n = 1; n <= MAX_PARTS && i + n <= woerter.length; n++) {
      const run = woerter.slice(i, i + n);
      if (!run.some((w) => /\d/.test(w.gefaltet)) || (n === 1 && !/\d.*\d/.test(run[0]!.gefaltet))) continue;
      const text = frage.slice(run[0]!.von, run.at(-1)!.bis);
      found.push({ schluessel: normalizeAktenzeichen(text), von: run[0]!.von, anzahl: n, text });
    }
  }
  return found.sort((a, b) => b.anzahl - a.anzahl || a.von - b.von);
}
