import { createHash } from 'node:crypto';
import type { Suchobjekt } from '#platform/server/extension.ts';
import { schluesselVon } from './analyse/kennzeichen.ts';
import { baueVektor, type Feld } from './analyse/vektor.ts';
import { verbindeZeilen } from './analyse/woerter.ts';
import type { Wortschatz } from './wortschatz.ts';

/** Of the analysis. With another one the index is built anew. */
export const FASSUNG = 1;
/** More text of one object than this goes unread: a book of 800 pages. */
export const MAX_TEXT = 2_000_000;
/** Of the content, what snippets can be cut from. */
const MAX_ANZEIGE = 200_000;
/** An empty vector: the row holds the place for the rights until the text is there. */
export const LEER = '';

/** An entry as it will be stored, without its rights: those are read when the row is locked. */
export type Eintrag = {
  objekt: Suchobjekt; pruefsumme: string;
  /** Undefined: what is stored is the same. */
  neu: { vektor: string; zusatz: string; inhalt: string; gekuerzt: boolean; woerter: ReadonlyMap<string, number> } | undefined;
};

const clean = (text: string) => text.replaceAll('\u0000', ' ');
const zusatzVon = (o: Suchobjekt) => [...o.zusatz, ...(o.fruehereKennzeichen ?? [])].filter(Boolean).join(' · ');

export function pruefsummeVon(o: Suchobjekt, texte: readonly string[], kuerzel: string): string {
  const hash = createHash('sha256').update(JSON.stringify([FASSUNG, kuerzel, o.titel, zusatzVon(o), o.kennzeichen, o.fruehereKennzeichen ?? []]));
  for (const text of texte) hash.update('\u0000').update(text);
  return hash.digest('base64url');
}

/** Analyses one object. `bisher`: the checksum of what is stored. */
export async function baueEintrag(objekt: Suchobjekt, texte: readonly string[], bisher: string | undefined, w: Wortschatz): Promise<Eintrag> {
  const pruefsumme = pruefsummeVon(objekt, texte, w.kuerzel);
  if (pruefsumme === bisher) return { objekt, pruefsumme, neu: undefined };
  const alle = clean(verbindeZeilen(texte.filter(Boolean).join('\n\n')));
  const inhalt = alle.slice(0, MAX_TEXT);
  const kennzeichen = [objekt.kennzeichen, ...(objekt.fruehereKennzeichen ?? [])].filter((k) => k !== null);
  const felder: Feld[] = [
    { text: clean(objekt.titel), gewicht: 'A' },
    ...kennzeichen.map((text) => ({ text, gewicht: 'B' as const })),
    ...objekt.zusatz.filter(Boolean).map((text) => ({ text: clean(text), gewicht: 'B' as const })),
    { text: inhalt, gewicht: 'D' },
  ];
  const { vektor, woerter, gekuerzt } = await baueVektor(w.kuerzel, felder, [...new Set(kennzeichen.flatMap(schluesselVon))], w.analysiere);
  return {
    objekt, pruefsumme,
    neu: { vektor, woerter, zusatz: clean(zusatzVon(objekt)).slice(0, 10_000), inhalt: inhalt.replace(/\s+/g, ' ').slice(0, MAX_ANZEIGE), gekuerzt: gekuerzt || alle.length >= MAX_TEXT },
  };
}
