import { foldText } from '#modules/aktenplan/contract.ts';

/** What was read for one field: the value, by which rule, why in words for a clerk, and where it stands in the whole text. */
export type Fund = { wert: string; quelle: string; grund: string; von: number; bis: number };
export type Zeile = { text: string; von: number; bis: number };

/** The lines of a text, trimmed, each with its place; empty ones stay, because they part the blocks of a letter. */
export function zeilenVon(text: string): Zeile[] {
  let at = 0;
  return text.split('\n').map((roh) => {
    const von = at + (roh.length - roh.trimStart().length);
    const zeile = { text: roh.trim(), von, bis: von + roh.trim().length };
    at += roh.length + 1;
    return zeile;
  });
}

/** Letters and digits in one spelling, one blank between words: what two spellings of a name have in common. */
export const gleichform = (text: string) => foldText(text).replace(/[^\p{L}\p{Nd}]+/gu, ' ').trim();

/** How like two words are, 0 to 1: one minus edits per letter. Stops early where they cannot be like. */
export function aehnlichkeit(a: string, b: string): number {
  const lang = Math.max(a.length, b.length);
  if (!lang) return 1;
  if (Math.abs(a.length - b.length) > lang * 0.35) return 0;
  let vorige = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const zeile = [i];
    for (let j = 1; j <= b.length; j++) zeile[j] = Math.min(vorige[j]! + 1, zeile[j - 1]! + 1, vorige[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    vorige = zeile;
  }
  return 1 - vorige[b.length]! / lang;
}

/** Where the body of a letter begins: its salutation. Without one the first third counts as head. */
export function anredeVon(zeilen: readonly Zeile[]): number {
  const i = zeilen.findIndex((z) => /^(sehr\s+geehrte|guten\s+(tag|morgen)|liebe[rs]?\s|hallo\b|s[ehn]+r\s+gee?hrt)/iu.test(z.text));
  return i === -1 ? Math.min(zeilen.length, Math.max(14, Math.ceil(zeilen.length / 3))) : i;
}
