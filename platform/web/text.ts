export type Sprache = 'de' | 'en';
const gemerkt = (globalThis.localStorage?.getItem('va-sprache') ?? 'de') as Sprache;
let aktuelle: Sprache = gemerkt === 'en' ? 'en' : 'de';

export const sprache = (): Sprache => aktuelle;
/** For Intl: German as in Germany; English with the same 24-hour clock and day before month. */
export const gebiet = () => (aktuelle === 'de' ? 'de-DE' : 'en-GB');
/** The page is loaded anew afterwards; `t` reads the language when it is called, so no text may be kept in a module constant. */
export function setzeSprache(neue: Sprache) {
  aktuelle = neue;
  globalThis.localStorage?.setItem('va-sprache', neue);
}

type Satz = string | ((...werte: never[]) => string);
type Eintraege = Record<string, readonly [de: Satz, en: Satz]>;
type Werte<S> = S extends (...werte: infer W) => string ? W : [];

/**
 * A module's messages, German first, English second, both beside each other so that none is forgotten.
 * A message with values is a function: `const t = katalog({ gefunden: [(n: number) => mehrzahl(n, 'Akte', 'Akten'), …] })`, `t('gefunden', 3)`.
 */
export const katalog = <const K extends Eintraege>(eintraege: K) =>
  <N extends keyof K & string>(name: N, ...werte: Werte<K[N][0]>): string => {
    const satz = eintraege[name]![aktuelle === 'de' ? 0 : 1] as string | ((...w: unknown[]) => string);
    return typeof satz === 'string' ? satz : satz(...werte);
  };

/** 1.000 with the separators of the language. */
export const zahl = (n: number) => new Intl.NumberFormat(gebiet()).format(n);
/** »1 Akte«, »2.000 Akten« */
export const mehrzahl = (n: number, eins: string, viele: string) => `${zahl(n)} ${n === 1 ? eins : viele}`;
/** »812 KB«, »2,4 MB«: decimal as on the label of a disk. */
export function groesse(bytes: number) {
  const stufe = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const wert = bytes / 1000 ** stufe;
  return `${new Intl.NumberFormat(gebiet(), { maximumFractionDigits: wert < 10 && stufe > 0 ? 1 : 0 }).format(wert)} ${['Byte', 'KB', 'MB', 'GB', 'TB'][stufe]}`;
}
