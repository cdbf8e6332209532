import { anredeVon, type Fund, gleichform, type Zeile } from './fund.ts';

/** Postcode and place, as the last line of every address; recognition may have touched the digits. */
const PLZ_ORT = /(?<![\p{L}\p{Nd}])(?:D\s?-\s?)?[0-9OoIlSB]{5}\s+\p{Lu}[\p{L}.()/ -]{2,40}$/u;
const STRASSE = /\p{L}{3,}.*\s\d{1,4}\s?[a-zA-Z]?(?:\s?[-–/]\s?\d{1,4}\s?[a-z]?)?$/u;
const ZEICHENZEILE = /^(?:(?:ihr|ihre|unser|unsere|mein|meine)\s+(?:zeichen|nachricht|schreiben|aktenzeichen|az\b|gesch)|gesch\p{L}*zeichen|az\.?\s*:|aktenzeichen|datum\b|telefon|tel\.|fax|e-?mail|bearbeite\p{L}*|auskunft|durchwahl|kunden-?n|rechnungs-?n|seite\s)/iu;
const GRUSS = /^(?:mit\s+(?:freundlichen?|besten?|herzlichen?)\s+gr[üu]ß?[a-zß]*|mit freundlichem gruß|freundliche grüße|viele grüße|beste grüße|hochachtungsvoll|mfg|i\.?\s?a\.?\s*$)/iu;
const AMTSZUSATZ = /^(?:im auftrag|in vertretung|gez\.?|i\.\s?a\.?|i\.\s?v\.?|ppa\.?|unterschrift|\(unterschrift\)|_+)\s*[.:]?\s*/iu;

/** Title line of the letter: what is named so, else the last line before the salutation that is no sign, date or address. */
export function readBetreff(zeilen: readonly Zeile[]): Fund[] {
  const anrede = anredeVon(zeilen), hatAnrede = anrede < zeilen.length && /geehrte|guten|liebe|hallo/iu.test(zeilen[anrede]!.text);
  for (const z of zeilen.slice(0, Math.max(anrede, 30))) {
    const m = /^(?:betreff|betr\.?|betrifft|hier)\s*[:.]\s*(\S.{2,200})$/iu.exec(z.text);
    if (m) return [{ wert: m[1]!.trim(), quelle: 'betreff_benannt', grund: 'Betreffzeile', von: z.bis - m[1]!.length, bis: z.bis }];
  }
  if (!hatAnrede) return [];
  for (let i = anrede - 1; i >= Math.max(0, anrede - 6); i--) {
    const z = zeilen[i]!;
    if (!z.text) continue;
    if (ZEICHENZEILE.test(z.text) || PLZ_ORT.test(z.text) || z.text.length < 5 || z.text.length > 160 || !/\p{L}{4}/u.test(z.text) || /,\s*(den\s*)?\d{1,2}\s?\./u.test(z.text)) return [];
    return [{ wert: z.text, quelle: 'betreff_lage', grund: 'Zeile vor der Anrede', von: z.von, bis: z.bis }];
  }
  return [];
}

type Absender = { name: string; quelle: 'absenderzeile' | 'briefkopf' | 'unterschrift'; von: number; bis: number };
const istName = (t: string) => t.length >= 4 && t.length <= 90 && /\p{L}{3}/u.test(t) && !ZEICHENZEILE.test(t) && !/@|www\.|https?:/iu.test(t) && !/^(an|frau|herrn?|postfach|seite|fax|per)\b/iu.test(t);

/** The line above the address window: name · street · place. */
function ausZeile(zeilen: readonly Zeile[], eigen: (t: string) => boolean): Absender[] {
  return zeilen.slice(0, 20).flatMap((z) => {
    const teile = z.text.split(/\s*[·•|∙*]\s*|\s+[-–]\s+|,\s+/u).filter(Boolean);
    const [name] = teile;
    if (teile.length < 2 || !name || !teile.some((t) => PLZ_ORT.test(t)) || !istName(name) || eigen(name)) return [];
    return [{ name, quelle: 'absenderzeile' as const, von: z.von, bis: z.von + name.length }];
  });
}
/** The first block of lines that ends in postcode and place and is not the authority's own. */
function ausKopf(zeilen: readonly Zeile[], anrede: number, eigen: (t: string) => boolean): Absender[] {
  const kopf = zeilen.slice(0, Math.min(anrede, 24));
  for (const [i, z] of kopf.entries()) {
    if (!PLZ_ORT.test(z.text)) continue;
    let a = i;
    while (a > 0 && i - a < 5 && kopf[a - 1]!.text && !ZEICHENZEILE.test(kopf[a - 1]!.text)) a--;
    const block = kopf.slice(a, i);
    // an address that begins with whom it is for is not the sender's
    if (block.some((b) => eigen(b.text)) || /^(an\b|herrn?\b|frau\b)/iu.test(block[0]?.text ?? '')) continue;
    const name = block.find((b) => istName(b.text) && !STRASSE.test(b.text)) ?? (block.length >= 2 && istName(block[0]!.text) ? block[0] : undefined);
    if (name) return [{ name: name.text, quelle: 'briefkopf', von: name.von, bis: name.bis }];
  }
  return [];
}
function ausUnterschrift(zeilen: readonly Zeile[], eigen: (t: string) => boolean): Absender[] {
  const gruss = zeilen.findLastIndex((z) => GRUSS.test(z.text));
  if (gruss === -1) return [];
  for (const z of zeilen.slice(gruss + 1, gruss + 8)) {
    const name = z.text.replace(AMTSZUSATZ, '').replace(/^\(|\)$/g, '').trim();
    if (name && istName(name) && name.split(' ').length <= 8 && !/^(anlage|ps\b|verteiler)/iu.test(name) && !eigen(name)) return [{ name, quelle: 'unterschrift', von: z.von + z.text.indexOf(name), bis: z.von + z.text.indexOf(name) + name.length }];
  }
  return [];
}

const worte: Record<Absender['quelle'], string> = { absenderzeile: 'Absenderzeile über der Anschrift', briefkopf: 'Briefkopf', unterschrift: 'Unterschrift' };
/** Who writes: head and signature that say the same are nearly certain, each alone likely. `eigeneNamen`: of the authority, which is the addressee. */
export function readAbsender(zeilen: readonly Zeile[], eigeneNamen: readonly string[]): Fund[] {
  const eigene = eigeneNamen.map(gleichform).filter((n) => n.length > 3);
  const eigen = (t: string) => { const g = gleichform(t); return eigene.some((n) => g === n || g.startsWith(`${n} `) || g.endsWith(` ${n}`)); };
  const alle = [...ausZeile(zeilen, eigen), ...ausKopf(zeilen, anredeVon(zeilen), eigen), ...ausUnterschrift(zeilen, eigen)];
  const [erster] = alle;
  if (!erster) return [];
  const gleich = alle.find((a) => a.quelle !== erster.quelle && gleichName(a.name, erster.name));
  const quelle = gleich ? 'absender_doppelt' : erster.quelle;
  return [{ wert: erster.name, quelle, grund: gleich ? `${worte[erster.quelle]} und ${worte[gleich.quelle]}` : worte[erster.quelle], von: erster.von, bis: erster.bis }];
}
const gleichName = (a: string, b: string) => { const [x, y] = [gleichform(a), gleichform(b)]; return x === y || x.includes(y) || y.includes(x); };

const BEZUG: readonly (readonly [RegExp, 'unser' | 'ihr' | 'datum' | 'anderes'])[] = [
  [/(?:unser|mein)e?\s+(?:zeichen|az\.?|aktenzeichen|geschäftszeichen)/iu, 'unser'], [/ihre?\s+(?:zeichen|az\.?|aktenzeichen|geschäftszeichen)(?:,\s*ihre\s+nachricht(?:\s+vom)?)?/iu, 'ihr'],
  [/ihre?\s+(?:nachricht|schreiben)(?:\s+vom)?/iu, 'anderes'], [/unsere?\s+(?:nachricht|schreiben)(?:\s+vom)?/iu, 'anderes'], [/\b(?:telefon|durchwahl|bearbeiter\p{L}*|name|ansprechpartner\p{L}*|e-?mail)\b/iu, 'anderes'], [/\bdatum\b/iu, 'datum'],
];
/** The row of signs of DIN 5008: labels in one line, what belongs to them below, by the column. */
export function readBezugszeile(text: string, zeilen: readonly Zeile[]): Fund[] {
  for (const [i, z] of zeilen.slice(0, 40).entries()) {
    const spalten = BEZUG.flatMap(([wort, was]) => { const m = wort.exec(z.text); return m ? [{ was, ab: m.index }] : []; });
    const unten = zeilen.slice(i + 1, i + 4).find((u) => u.text);
    if (spalten.length < 2 || !unten || z.text.includes(':')) continue;
    const einzug = (zeile: Zeile) => zeile.von - (text.lastIndexOf('\n', zeile.von - 1) + 1);
    const versatz = einzug(unten) - einzug(z);
    for (const m of unten.text.matchAll(/\S+(?:\s\S+)*/gu)) {
      const naechste = spalten.toSorted((a, b) => Math.abs(a.ab - m.index - versatz) - Math.abs(b.ab - m.index - versatz))[0]!;
      if (naechste.was === 'unser' && /\p{Nd}/u.test(m[0]) && m[0].length <= 50) return [{ wert: m[0], quelle: 'bezugszeile', grund: 'Bezugszeichenzeile', von: unten.von + m.index, bis: unten.von + m.index + m[0].length }];
    }
  }
  return [];
}
