/** Pure rules about the spelling of Aktenzeichen and Kennzeichen, for server and web. */

/** Runs of digits and runs of letters; everything between them separates. `GB2026/007` → gb, 2026, 007. */
const tokens = (text: string) => text.normalize('NFC').toLocaleLowerCase('de-DE').match(/\p{Nd}+|[\p{L}\p{M}]+/gu) ?? [];

/**
 * The key by which any spelling finds an Aktenzeichen: spaces, slashes, dashes, dots, leading zeros and case do not matter.
 * `631.20-2026/0347`, `631 20 2026 347` and `631.20 – 2026/347` have the same key. Not unique: `0201` and `201` share one.
 */
export const normalizeAktenzeichen = (text: string): string => tokens(text).map((t) => t.replace(/^0+(?=\p{Nd})/u, '')).join(' ');

/** The key by which no two Aktenzeichen may be equal: as above, but leading zeros count. */
export const strictAktenzeichen = (text: string): string => tokens(text).join(' ');

/** Sorts Aktenzeichen and Kennzeichen as people count: numbers by value, then as written. Compare with collation "C". */
export const sortAktenzeichen = (text: string): string => `${tokens(text).map((t) => (/^\p{Nd}/u.test(t) ? t.padStart(10, '0') : t)).join(' ')}|${text}`;

/** »Unser Zeichen« on outgoing letters: the OE, then the Aktenzeichen (AZ-04). */
export const formatGeschaeftszeichen = (oe: string, aktenzeichen: string): string => `${oe} – ${aktenzeichen}`;

/** Lower case without umlauts and accents, so that »Müll«, »Muell« and »Mull« find the same. */
export const foldText = (text: string): string =>
  text.normalize('NFC').toLocaleLowerCase('de-DE').replace(/ae|ä/g, 'a').replace(/oe|ö/g, 'o').replace(/ue|ü/g, 'u').replace(/ß/g, 'ss').normalize('NFD').replace(/\p{M}/gu, '');

/** A stretch of text that is spelled like an Aktenzeichen: `norm` is what the register is asked for. */
export type Kandidat = { norm: string; von: number; bis: number };
const GAP = /^[ \t\u00a0]?[.\-–—/_:#]?[ \t\u00a0]?$/;

/**
 * Every stretch of a text that could be an Aktenzeichen in some spelling: two to ten runs with at least two of digits, close together on one line.
 * Which of them is one, the register knows.
 */
export function findKandidaten(text: string, max = 5000): Kandidat[] {
  const runs = [...text.normalize('NFC').matchAll(/\p{Nd}+|[\p{L}\p{M}]+/gu)].map((m) => ({ t: m[0], von: m.index, bis: m.index + m[0].length, digit: /^\p{Nd}/u.test(m[0]) }));
  const found: Kandidat[] = [];
  for (let i = 0; i < runs.length && found.length < max; i++) {
    if (!runs[i]!.digit && runs[i]!.t.length > 10) continue;
    let digits = runs[i]!.digit ? 1 : 0;
    for (let j = i + 1; j < runs.length && j < i + 10; j++) {
      const run = runs[j]!;
      if (!GAP.test(text.slice(runs[j - 1]!.bis, run.von)) || (!run.digit && run.t.length > 10)) break;
      if (run.digit) digits++;
      if (digits >= 2) found.push({ norm: normalizeAktenzeichen(text.slice(runs[i]!.von, run.bis)), von: runs[i]!.von, bis: run.bis });
    }
  }
  return found;
}
