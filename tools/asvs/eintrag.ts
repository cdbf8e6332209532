/** What shows that a requirement of OWASP ASVS 5.0 is met, or why not: tests by path and a part of the title, a document, or a reason. */
export type Beleg =
  | { readonly art: 'test'; readonly tests: readonly (readonly [pfad: string, titel: string])[] }
  | { readonly art: 'betrieb'; readonly pfad: string; readonly text: string }
  | { readonly art: 'entfaellt' | 'offen'; readonly text: string };
/** By the number of the requirement: what it asks for, in our own words, and the Beleg. */
export type Kapitel = { readonly titel: string; readonly eintraege: Readonly<Record<string, readonly [worum: string, beleg: Beleg]>> };

export const test = (...tests: (readonly [string, string])[]): Beleg => ({ art: 'test', tests });
export const betrieb = (pfad: string, text: string): Beleg => ({ art: 'betrieb', pfad, text });
export const entfaellt = (text: string): Beleg => ({ art: 'entfaellt', text });
export const offen = (text: string): Beleg => ({ art: 'offen', text });

/** A test file, and of it the tests with such a title. */
export const of = (pfad: string) => (titel: string) => [pfad, titel] as const;
export const hostile = of('platform/tests/hostile.test.ts');
export const edge = of('platform/tests/edge.test.ts');
export const bytes = of('platform/tests/edge-bytes.test.ts');
export const contract = of('platform/tests/contract.test.ts');
export const matrix = of('platform/tests/contract-matrix.test.ts');
export const katalog = of('platform/tests/catalogue.test.ts');
export const transaktion = of('platform/tests/transaction.test.ts');
export const quellen = of('platform/tests/quellen.unit.test.ts');
export const kanarie = of('platform/tests/canary.test.ts');
export const ablage = of('platform/tests/storage.test.ts');
export const konfiguration = of('platform/tests/config.unit.test.ts');
export const betriebstest = of('apps/server/tests/betrieb.test.ts');
export const kopf = of('e2e/sicherheit.test.ts');
export const anmeldung = of('modules/organisation/tests/anmeldung.test.ts');
export const passwort = of('modules/organisation/tests/passwort.unit.test.ts');
export const verwaltung = of('modules/organisation/tests/verwaltung.test.ts');
export const token = of('modules/organisation/tests/zugangstoken.test.ts');
export const inhalt = of('modules/ablage/tests/http.test.ts');
export const lesen = of('modules/aufbereitung/tests/lesen.unit.test.ts');
export const konverter = of('modules/aufbereitung/tests/konverter.unit.test.ts');
export const rendition = of('modules/aufbereitung/tests/rendition.unit.test.ts');
export const web = of('platform/web/tests/web.unit.test.ts');
export const schriftgut = (name: string, titel: string) => [`modules/schriftgut/tests/${name}.test.ts`, titel] as const;
