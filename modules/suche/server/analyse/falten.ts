/** Letters that do not decompose into a base letter and a mark, as DIN 91379 allows them in names. */
const LETTERS: Readonly<Record<string, string>> = {
  'ß': 'ss', 'æ': 'a', 'œ': 'o', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'ł': 'l', 'þ': 'th', 'ħ': 'h', 'ı': 'i', 'ĸ': 'k', 'ŋ': 'n', 'ŧ': 't',
  'ə': 'e', 'ǥ': 'g', 'ƶ': 'z', 'ĳ': 'ij', 'ŀ': 'l', 'ŉ': 'n', 'ſ': 's', 'ﬁ': 'fi', 'ﬂ': 'fl', 'ﬀ': 'ff',
};
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');
const PLAIN = /^[a-z0-9]*$/;
/**
 * The transcription of an umlaut: »Mueller«, »Aemter«. After a vowel or q, »ue« is no umlaut (»neue«, »Steuer«, »Quelle«).
 * Words where it never was one (»aktuell«, »Poet«) are folded too: on both sides, so they still meet.
 */
const DIGRAPH = /[ao]e|(?<![aeiouq])ue/g;

/** One spelling for all: lower case, without marks; Müller = Mueller = Muller, Straße = Strasse, Đorđević = Dordevic. */
export function falte(wort: string): string {
  let text = wort.toLowerCase();
  if (!PLAIN.test(text)) text = text.replace(SPECIAL, (c) => LETTERS[c]!).normalize('NFKD').replace(/\p{M}+/gu, '');
  return text.includes('e') ? text.replace(DIGRAPH, (pair) => pair[0]!) : text;
}
