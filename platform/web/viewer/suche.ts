import type { Fund, Seitentext } from './typen.ts';

/** Case, accents and ligatures do not matter: »Müller« finds »MULLER«, »ß« is »ss«. */
const falte = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');

/** The page as one folded string, and for each of its characters where it stands in the pieces. A word parted at the end of a line is one word. */
export function falteSeite(stuecke: Seitentext) {
  const zeichen: string[] = [];
  const orte: (readonly [number, number])[] = [];
  stuecke.forEach(({ text, ende }, s) => {
    let stelle = 0;
    for (const z of text) {
      for (const f of falte(z)) {
        const leer = /\s/.test(f);
        if (f === '\u00ad' || (leer && (zeichen.at(-1) ?? ' ') === ' ')) continue;
        zeichen.push(leer ? ' ' : f);
        orte.push([s, stelle]);
      }
      stelle += z.length;
    }
    if (!ende) return;
    if (zeichen.at(-1) === '-' && /\p{L}/u.test(zeichen.at(-2) ?? '')) { zeichen.pop(); orte.pop(); } else if ((zeichen.at(-1) ?? ' ') !== ' ') { zeichen.push(' '); orte.push([s, Math.max(0, text.length - 1)]); }
  });
  return { gefaltet: zeichen.join(''), orte };
}
export const falteFrage = (frage: string) => falte(frage).replace(/\s+/g, ' ').trim();

export function findeAuf(seite: number, stuecke: Seitentext, frage: string): Fund[] {
  const gesucht = falteFrage(frage);
  if (gesucht === '') return [];
  const { gefaltet, orte } = falteSeite(stuecke);
  const funde: Fund[] = [];
  for (let i = gefaltet.indexOf(gesucht); i >= 0; i = gefaltet.indexOf(gesucht, i + gesucht.length)) {
    const [s, stelle] = orte[i + gesucht.length - 1]!;
    const laenge = String.fromCodePoint(stuecke[s]!.text.codePointAt(stelle) ?? 32).length;
    funde.push({ seite, von: orte[i]!, bis: [s, stelle + laenge] });
  }
  return funde;
}
