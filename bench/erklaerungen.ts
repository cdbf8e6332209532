/**
 * Explanations and forecasts of rights in a county of 3,000 persons and 5,000 Schutzbereiche, as the pages ask for them: the matrix, who may see an Akte,
 * what a person reaches, what a change would do. None may make anybody wait.
 * node bench/erklaerungen.ts [Dokumente, 10000] [samples per figure, 15]
 */
import { rm } from 'node:fs/promises';
import pg from 'pg';
import setup from '#platform/testing/global-setup.ts';
import { median, p95, print, times } from './lib.ts';

const DOKUMENTE = Number(process.argv[2] ?? 10_000);
const PROBEN = Number(process.argv[3] ?? 15);
const teardown = await setup();
const { database, databaseName, testDir } = await import('#platform/testing/test.ts');
const { superUrl } = await import('#platform/testing/database.ts');
const { api: zugriff } = await import('#modules/zugriff/contract.ts');
const { createBestand } = await import('./daten/mandant.ts');

const sql = new pg.Client({ connectionString: superUrl(databaseName) });
await sql.connect();
const b = await createBestand(sql, { dokumente: DOKUMENTE });
console.log(`${b.bestand.personen} Personen, ${b.bestand.bereiche} Schutzbereiche, ${DOKUMENTE} Dokumente in ${b.sekunden.toFixed(0)} s`);
const registratur = b.mandant.as('registratur', [], b.http);
const { ids } = b.bestand;
const id = <T>(value: string) => value as T;
const person = id<never>(b.zeugen[1]!.id), leitung = id<never>(ids.benutzer(25));
const einheit = id<never>(ids.schutz(3)), wurzel = id<never>(b.wurzel);
const akte = (await sql.query('select id, schutz_id from schriftgut.akte where mandant_id = $1 order by id limit 1', [b.mandant.mandantId])).rows[0] as { id: string; schutz_id: string };
const freigabe = (await sql.query('select id from zugriff.freigabe where mandant_id = $1 and schutz_id <> $2 order by id limit 1', [b.mandant.mandantId, b.wurzel])).rows[0] as { id: string };
const oe = id<never>(ids.oe(1));

const fragen: Record<string, (i: number) => Promise<unknown>> = {
  'Matrix, erste Seite': () => registratur.call(zugriff.listMatrix, { query: { limit: 50 } }),
  'Matrix, gesucht': (i) => registratur.call(zugriff.listMatrix, { query: { limit: 50, q: String(i) } }),
  'Matrix, wohin eine Organisationseinheit kommt': () => registratur.call(zugriff.listMatrix, { query: { limit: 50, subjekt: [oe] } }),
  'Matrix, nur Abweichendes': () => registratur.call(zugriff.listMatrix, { query: { limit: 50, eigen: 'true' } }),
  'Wer darf diese Akte sehen?': () => registratur.call(zugriff.listBerechtigte, { params: { typ: 'akte', id: akte.id }, query: { limit: 25 } }),
  'Wer erreicht den obersten Schutzbereich?': () => registratur.call(zugriff.listBerechtigte, { params: { typ: 'schutzbereich', id: b.wurzel }, query: { limit: 25 } }),
  'Warum sehe ich diese Akte?': () => registratur.call(zugriff.getWarum, { params: { typ: 'akte', id: akte.id }, query: {} }),
  'Was darf eine Person, die 50 % sieht?': () => registratur.call(zugriff.getReichweiteVonPerson, { params: { id: person } }),
  'Ihre Schutzbereiche, erste Seite': () => registratur.call(zugriff.listReichweiteVonPerson, { params: { id: person }, query: { limit: 50 } }),
  'Was darf eine Leitung?': () => registratur.call(zugriff.getReichweiteVonPerson, { params: { id: leitung } }),
  'Vorschau: eine Freigabe entziehen': () => registratur.call(zugriff.previewFreigabe, { body: { art: 'entziehen', id: id<never>(freigabe.id) } }),
  'Vorschau: ganz oben einer Organisationseinheit lesen erteilen': () => registratur.call(zugriff.previewFreigabe, { body: { art: 'erteilen', id: wurzel, subjektArt: 'oe', subjekt: oe, stufe: 'lesen' } }),
  'Vorschau: ganz oben einer Rolle mit 2.000 Personen lesen erteilen': () => registratur.call(zugriff.previewFreigabe, { body: { art: 'erteilen', id: wurzel, subjektArt: 'rolle', subjekt: id<never>(b.mandant.rolle('sachbearbeitung')), stufe: 'lesen' } }),
  'Vorschau: eine Hauptgruppe abschneiden': () => registratur.call(zugriff.previewFreigabe, { body: { art: 'aendern', id: einheit, erbt: false } }),
};
const ZIEL = 300;
for (const [name, frage] of Object.entries(fragen)) {
  for (let i = 0; i < 2; i++) await frage(i);
  const zeiten = await times(PROBEN, frage);
  print('', `${name}, Median (p95 ${p95(zeiten).toFixed(0)} ms)`, `${median(zeiten).toFixed(0)} ms`, `${ZIEL} ms`, median(zeiten) / ZIEL, '≤ 1,00');
}
await sql.end(); await b.http.close(); await database.close();
await rm(testDir, { recursive: true, force: true });
await teardown();
process.exit();
