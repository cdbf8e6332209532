/** What every reader does with its text at the end. */

/** A word that a line break split becomes whole again, so that it can be found; "Bau- und Umweltamt" stays as it is. */
const GETRENNT = /(\p{L}\p{Ll})[-\u00ad\u2010][ \t]*\n[ \t]*(?!(?:und|oder|bzw|sowie|noch|bis)\b)(\p{Ll}+)/gu;
/** PDFium writes one of these for a hyphen at the end of a line, and swallows the line break. */
const TRENNZEICHEN = /[\u0002\ufffe]\n?/g;

export function tidyText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n').replace(/\f/g, '\n')
    .replace(TRENNZEICHEN, '-\n').replace(GETRENNT, '$1$2')
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '') // soft hyphens and invisible joints inside words
    .replace(/[\u0000-\u0008\u000b\u000e-\u001f\u007f\ufffe\uffff]/g, ' ')
    .replace(/[\u00a0\u2000-\u200a\u202f]/g, ' ')
    .replace(/[ \t]+\n/g, '\n').replace(/\n{4,}/g, '\n\n\n')
    .toWellFormed().trim();
}

/** Cuts to `rest` characters at the end of a word. */
export function cutText(text: string, rest: number): { text: string; gekuerzt: boolean } {
  if (text.length <= rest) return { text, gekuerzt: false };
  const schnitt = text.lastIndexOf(' ', rest);
  return { text: text.slice(0, schnitt > rest - 200 ? schnitt : rest).toWellFormed(), gekuerzt: true };
}

/** A text layer of control characters, private use or replacement characters is no text: such fonts carry no mapping to letters. */
export function isLesbar(text: string): boolean {
  const zeichen = text.replace(/\s/g, '');
  if (!zeichen) return false;
  const schlecht = zeichen.match(/[\u0000-\u001f\ufffd\ufffe\ue000-\uf8ff]/g)?.length ?? 0;
  return schlecht / zeichen.length < 0.3;
}
