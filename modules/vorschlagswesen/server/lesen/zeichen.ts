import { findKandidaten } from '#modules/aktenplan/contract.ts';

/** A sign in a text and where: `gefunden` is what stands there, letter by letter. */
export type Zeichenfund = { art: 'aktenzeichen' | 'aehnlich' | 'fremdes_zeichen'; schluessel: string; gefunden: string; von: number; bis: number };

/** The sender's own sign as German letters name it; »Ihr Zeichen« is ours and is found as an Aktenzeichen. */
const EIGENES = /(?<![\p{L}])(?:unser(?:e)? zeichen|mein zeichen|unser(?:e)? geschäftszeichen|mein geschäftszeichen|unser(?:e)? az\.?|unser aktenzeichen|mein aktenzeichen|geschäftszeichen|gesch\.?-?z\.?|gz\.?)[ \t]*[:.]?[ \t]*(\S[^\n\r\t;|]{0,60})/giu;
const ENDE = /\s{2,}|,(?=\s)|(?<=\S)\s+(?=(?:ihr|ihre|unser|unsere|mein|vom|datum|tel|telefon|telefax|fax|bearbeiter|auskunft|durchwahl|e-mail|seite|betr)\b)/iu;

/** Signs of the sender, e.g. »1187/26 V-k«. Only with a digit: »siehe oben« is none. */
export function findFremdeZeichen(text: string): Zeichenfund[] {
  return [...text.matchAll(EIGENES)].flatMap((m) => {
    const zeichen = m[1]!.split(ENDE)[0]!.replace(/[.,:]+$/, '').trim();
    if (zeichen.length < 2 || zeichen.length > 50 || !/\p{Nd}/u.test(zeichen)) return [];
    const von = m.index + m[0].indexOf(m[1]!);
    return [{ art: 'fremdes_zeichen' as const, schluessel: zeichen, gefunden: zeichen, von, bis: von + zeichen.length }];
  });
}

/** A sign that is broken at the end of a line goes on in the next. Every letter keeps its place. */
export const fuegeZeilen = (text: string) => text.replace(/(?<=[\p{Nd}][ \t]?[-–—/.])([ \t]*)\r?\n(?=[ \t]*[\p{Nd}OoIlSB])/gu, (alles) => ' '.repeat(alles.length)).replace(/(?<=[-–—/.])[ ]{2,}(?=[\p{Nd}OoIlSB])/gu, (l) => l);

/** All that is spelled like one of our Aktenzeichen. */
export const findAktenzeichenKandidaten = (text: string): Zeichenfund[] =>
  findKandidaten(text).map(({ norm, von, bis }) => ({ art: 'aktenzeichen', schluessel: norm, gefunden: text.slice(von, bis), von, bis }));

/** Of finds that overlap the longest stays: the Kennzeichen of a Vorgang holds that of its Akte. In the order of the text, each sign once. */
export function longest<F extends { art: string; schluessel: string; von: number; bis: number }>(funde: readonly F[]): F[] {
  const kept: F[] = [];
  for (const fund of funde.toSorted((a, b) => b.bis - b.von - (a.bis - a.von) || a.von - b.von)) {
    if (!kept.some((k) => (k.von < fund.bis && fund.von < k.bis) || (k.art === fund.art && k.schluessel === fund.schluessel))) kept.push(fund);
  }
  return kept.toSorted((a, b) => a.von - b.von);
}

const UMFELD = 60;
/** The words around a find, in one line, and where the find stands in them. */
export function passageUm(text: string, von: number, bis: number): { passage: string; von: number; bis: number } {
  const start = Math.max(0, text.lastIndexOf(' ', Math.max(0, von - UMFELD)) + 1), end = text.indexOf(' ', bis + UMFELD);
  const clean = (part: string) => part.replace(/\s+/g, ' ');
  const vor = clean(text.slice(start, von)).trimStart(), mitte = clean(text.slice(von, bis)), nach = clean(text.slice(bis, end === -1 ? Math.min(text.length, bis + UMFELD * 2) : end)).trimEnd();
  return { passage: `${vor}${mitte}${nach}`, von: vor.length, bis: vor.length + mitte.length };
}
