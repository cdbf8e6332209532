import type { Fund } from './fund.ts';

/** A German amount, with what recognition makes of its digits; always with its currency. */
const ZAHL = '[0-9OoIlSB|]{1,3}(?:[. ][0-9OoIlSB|]{3})*(?:\\s?,\\s?(?:[0-9OoIlSB|]{2}|-{1,2}|–))?|[0-9OoIlSB|]{1,7}(?:\\s?,\\s?(?:[0-9OoIlSB|]{2}|-{1,2}|–))?';
const MUSTER = new RegExp(`(?<![\\p{L}\\p{Nd}.,])(?:(?:EUR|Euro|€)\\s?(?<vorn>${ZAHL})(?![\\p{Nd}])|(?<hinten>${ZAHL})\\s?(?:EUR|Euro|€|EURO)(?![\\p{L}]))`, 'gu');
const ziffern = (t: string) => t.replace(/[Oo]/g, '0').replace(/[Il|]/g, '1').replace(/S/g, '5').replace(/B/g, '8');

export type Betrag = { wert: string; von: number; bis: number };
export function findBetraege(text: string): Betrag[] {
  return [...text.matchAll(MUSTER)].flatMap((m) => {
    const roh = m.groups!['vorn'] ?? m.groups!['hinten']!;
    if (!/\d/.test(roh)) return [];
    const [ganz = '', cent = ''] = ziffern(roh).replace(/[-–]/g, '').split(',').map((t) => t.replace(/[.\s]/g, ''));
    if (!/^\d{1,9}$/.test(ganz) || !/^(\d\d)?$/.test(cent)) return [];
    return [{ wert: `${Number(ganz)}.${cent || '00'}`, von: m.index, bis: m.index + m[0].length }];
  });
}

/** From the surest word for »this is what is to be paid« downwards. */
const WORTE: readonly (readonly [RegExp, string])[] = [
  [/\b(gesamtbetrag|rechnungsbetrag|endbetrag|zahlbetrag|zahlungsbetrag|gesamtforderung|bruttobetrag|rechnungssumme|gesamtsumme|endsumme|zu zahlen(?:der betrag)?|offener betrag|forderungsbetrag)\b/iu, 'betrag_gesamt'],
  [/\b(summe|brutto|forderung|gebühr(?:en)?|mahnbetrag|in höhe von|überweisen|zahlen)\b/iu, 'betrag_wort'],
];

/** The amount the letter is about: the one named as total, else the only one. Sums of parts stand in the same table and are not it. */
export function readBetrag(text: string): Fund[] {
  const alle = findBetraege(text);
  for (const [wort, quelle] of WORTE) {
    const funde = alle.filter((b) => { const davor = text.slice(Math.max(0, b.von - 70), b.von); const satz = davor.slice(Math.max(0, davor.lastIndexOf('\n\n'), davor.search(/[.!?]\s+\p{Lu}[^.!?]*$/u))); return wort.test(satz) && !/€|EUR/.test(satz.slice(satz.search(wort))); });
    const letzter = funde.at(-1);
    if (letzter) {
      const name = wort.exec(text.slice(Math.max(0, letzter.von - 70), letzter.von))?.[0] ?? '';
      return [{ ...letzter, quelle, grund: `steht bei „${name.replace(/\s+/g, ' ')}“` }];
    }
  }
  const [einziger] = alle;
  return einziger && new Set(alle.map((b) => b.wert)).size === 1 ? [{ ...einziger, quelle: 'betrag_einzig', grund: 'einziger Betrag im Text' }] : [];
}
