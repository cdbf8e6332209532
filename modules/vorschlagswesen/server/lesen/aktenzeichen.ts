import { normalizeAktenzeichen } from '#modules/aktenplan/contract.ts';

/** What recognition makes of digits. */
const ZIFFERN: Readonly<Record<string, string>> = { O: '0', o: '0', Q: '0', D: '0', I: '1', l: '1', i: '1', '|': '1', S: '5', s: '5', B: '8', Z: '2', z: '2', G: '6', b: '6' };
const alsZiffern = (stueck: string) => [...stueck].map((c) => ZIFFERN[c] ?? c).join('');
const nurVerwechselbar = (stueck: string) => [...stueck].every((c) => /\p{Nd}/u.test(c) || c in ZIFFERN);
/** Digits that are taken for each other. */
const PAARE: Readonly<Record<string, string>> = { 0: '68', 1: '7', 2: '7', 3: '8', 4: '9', 5: '6', 6: '508', 7: '12', 8: '3065', 9: '4' };
const MAX = 60;

/** Other spellings the writer may have meant, as the register is asked for them: letters for digits, a blank within a number, a slash read as 1 or lost. */
export function lesartenVon(gefunden: string): string[] {
  const wie = normalizeAktenzeichen(gefunden);
  const stuecke = [...gefunden.matchAll(/[\p{L}\p{M}\p{Nd}|]+/gu)].map((m) => ({ text: m[0], davor: gefunden.slice(0, m.index).match(/[^\p{L}\p{M}\p{Nd}|]+$/u)?.[0] ?? '' }));
  let formen: string[][] = [[]];
  for (const { text, davor } of stuecke) {
    const ziffer = /\p{Nd}/u.test(text), wahl = new Set([text]);
    if (nurVerwechselbar(text) && (ziffer || text.length <= 3)) { if (ziffer) wahl.delete(text); wahl.add(alsZiffern(text)); }
    const lesbar = Array.from(wahl);
    for (const w of lesbar) {
      const getrennt = /^((?:19|20)\d\d)1?(0\d{2,4})$/.exec(w);
      if (getrennt) wahl.add(`${getrennt[1]} ${getrennt[2]}`);
    }
    formen = formen.flatMap((f) => [...wahl].flatMap((w) => {
      const an = f.at(-1);
      const verbunden = an !== undefined && /^[ \t\u00a0]$/.test(davor) && /\d$/.test(an) && /^\d/.test(w) ? [[...f.slice(0, -1), an + w]] : [];
      return [[...f, w], ...verbunden];
    })).slice(0, MAX);
  }
  return [...new Set(formen.map((f) => normalizeAktenzeichen(f.join(' '))))].filter((n) => n !== wie && n.includes(' '));
}

/** One digit read as another, in the readings as well; many registers have a neighbour there, so this is a hint and no more. */
export function nachbarnVon(gefunden: string): string[] {
  const norm = normalizeAktenzeichen([...gefunden.matchAll(/[\p{L}\p{M}\p{Nd}|]+/gu)].map(({ 0: s }) => (nurVerwechselbar(s) ? alsZiffern(s) : s)).join(' '));
  return [...norm].flatMap((c, i) => [...(PAARE[c] ?? '')].map((d) => normalizeAktenzeichen(norm.slice(0, i) + d + norm.slice(i + 1)))).slice(0, MAX);
}

/** A number that goes on before or behind is another one: »…/03« with »47« after a blank is not the third Akte. */
export function grenztAn(text: string, von: number, bis: number): boolean {
  return /[\p{L}\p{Nd}|]$|\p{Nd}[ \t]$/u.test(text.slice(Math.max(0, von - 2), von)) || /^[\p{L}|]?\p{Nd}|^[OolISB|](?![\p{Ll}])|^[ \t][\p{Nd}OlISB|]{1,4}(?![\p{L}\p{Nd}.])|^[ \t]*\r?\n[ \t]*[\p{Nd}OlISB|]{1,4}[ \t]*(?:\r?\n|$)/u.test(text.slice(bis, bis + 12));
}
/** »03« where »0003« was given: somebody dropped zeros, or recognition dropped digits. With all zeros dropped or none it is as people write. */
export function nullenFehlen(gefunden: string, vergeben: string): boolean {
  const letzte = (t: string) => t.match(/\p{Nd}+(?=[^\p{Nd}]*$)/u)?.[0] ?? '';
  const ist = alsZiffern(letzte(gefunden)), soll = letzte(vergeben);
  return ist.startsWith('0') && ist.length !== soll.length;
}
/** »Ihr Zeichen:« and the like directly before. */
export const istBenannt = (text: string, von: number) => /(?:zeichen|az\.?|aktenz\.?|kennzeichen|betreff|betr\.?|bezug|gz\.?|akte|vorgang)\s*(?:nr\.?)?\s*[:.]?\s*(?:\p{Nd}[\p{Nd}.]*\s*[–-]\s*)?$/iu.test(text.slice(Math.max(0, von - 40), von));
