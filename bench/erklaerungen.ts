/**
 * Explanations and forecasts of rights in a county of 3,000 persons and 5,000 Schutzbereiche, as the pages ask for them: the matrix, who may see an Akte,
 * what a person reaches, what a change would do. None may make anybody wait. Beside each the walk that none can do without, in SQL; and the time the
 * processors spend in PostgreSQL, which says the same of a busy machine.
 * node bench/erklaerungen.ts [Dokumente, 10000] [samples per figure, 15]
 */
import { readFileSync } from 'node:fs';
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
const wer = (cursor?: string) => registratur.call(zugriff.listBerechtigte, { params: { typ: 'akte', id: akte.id }, query: { limit: cursor === undefined ? 25 : 200, ...(cursor && { cursor }) } });

const erteilen = (subjektArt: 'oe' | 'rolle' | 'person', subjekt: string) => registratur.call(zugriff.previewFreigabe, { body: { art: 'erteilen', id: wurzel, subjektArt, subjekt: id<never>(subjekt), stufe: 'lesen' } });
const fragen: Record<string, (i: number) => Promise<unknown>> = {
  'Matrix, erste Seite': () => registratur.call(zugriff.listMatrix, { query: { limit: 50 } }),
  'Matrix, gesucht': (i) => registratur.call(zugriff.listMatrix, { query: { limit: 50, q: String(i) } }),
  'Matrix, wohin eine Organisationseinheit kommt': () => registratur.call(zugriff.listMatrix, { query: { limit: 50, subjekt: [oe] } }),
  'Matrix, nur Abweichendes': () => registratur.call(zugriff.listMatrix, { query: { limit: 50, eigen: 'true' } }),
  'Wer darf diese Akte sehen?': () => wer(),
  'Wer erreicht den obersten Schutzbereich?': () => registratur.call(zugriff.listBerechtigte, { params: { typ: 'schutzbereich', id: b.wurzel }, query: { limit: 25 } }),
  'Warum sehe ich diese Akte?': () => registratur.call(zugriff.getWarum, { params: { typ: 'akte', id: akte.id }, query: {} }),
  'Was darf eine Person, die 50 % sieht?': () => registratur.call(zugriff.getReichweiteVonPerson, { params: { id: person } }),
  'Ihre Schutzbereiche, erste Seite': () => registratur.call(zugriff.listReichweiteVonPerson, { params: { id: person }, query: { limit: 50 } }),
  'Was darf eine Leitung?': () => registratur.call(zugriff.getReichweiteVonPerson, { params: { id: leitung } }),
  'Vorschau: eine Freigabe entziehen': () => registratur.call(zugriff.previewFreigabe, { body: { art: 'entziehen', id: id<never>(freigabe.id) } }),
  'Vorschau: ganz oben einer Person lesen erteilen': () => erteilen('person', ids.benutzer(77)),
  'Vorschau: ganz oben einer Organisationseinheit lesen erteilen': () => erteilen('oe', oe),
  'Vorschau: ganz oben einer Rolle mit 2.000 Personen lesen erteilen': () => erteilen('rolle', b.mandant.rolle('sachbearbeitung')),
  'Vorschau: eine Hauptgruppe abschneiden': () => registratur.call(zugriff.previewFreigabe, { body: { art: 'aendern', id: einheit, erbt: false } }),
};
const ZIEL = 300;
/** Every grant once down the tree, whomever it is for. */
const boden = await times(PROBEN, () => sql.query(`with recursive w as (select f.schutz_id as id, f.stufe, f.id as freigabe from zugriff.freigabe f where f.mandant_id = $1
  union select s.id, w.stufe, w.freigabe from w join zugriff.schutzbereich s on s.mandant_id = $1 and s.parent_id = w.id and s.erbt and s.klasse is null) select count(*) from w`, [b.mandant.mandantId]));

/** Milliseconds that the processors have spent in the connections of this database; undefined where no /proc tells it. */
async function readRechenzeit(): Promise<number | undefined> {
  const pids = (await sql.query('select pid from pg_stat_activity where datname = current_database()')).rows.map((r: { pid: number }) => r.pid);
  try { return pids.reduce((sum, pid) => { const [utime, stime] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13).map(Number); return sum + (utime! + stime!) * 10; }, 0); } catch { return undefined; }
}
async function measure(name: string, frage: (i: number) => Promise<unknown>, hoechstens: number) {
  for (let i = 0; i < 2; i++) await frage(i);
  const vorher = await readRechenzeit();
  const zeiten = await times(PROBEN, frage);
  const nachher = await readRechenzeit();
  const rechenzeit = vorher === undefined || nachher === undefined ? '' : `, davon ${((nachher - vorher) / PROBEN).toFixed(0)} ms Rechenzeit in PostgreSQL`;
  print('', `${name} (p95 ${p95(zeiten).toFixed(0)} ms${rechenzeit})`, `${median(zeiten).toFixed(0)} ms`, `${median(boden).toFixed(0)} ms`, median(zeiten) / median(boden), `≤ ${ZIEL} ms`, { hoechstens });
}
for (const [name, frage] of Object.entries(fragen)) await measure(name, frage, name.startsWith('Vorschau: ganz oben') ? 12 : 6);

// As many Vertretungen of people who may see the Akte as a county has in the holidays.
const VERTRETUNGEN = 300;
const darf: string[] = [];
for (let cursor: string | null | undefined; darf.length < VERTRETUNGEN && cursor !== null;) { const seite = await wer(cursor); darf.push(...seite.eintraege.filter((e) => e.art === 'person').map((e) => e.id)); cursor = seite.weiter; }
await sql.query('begin; set local session_replication_role = replica');
await sql.query(`insert into organisation.vertretung (mandant_id, id, benutzer_id, vertreter_id, rang, von, umfang_art, umfang)
  select $1, gen_random_uuid(), b, v, 1, current_date, case when n % 2 = 0 then 'alles' else 'rolle' end, case when n % 2 = 0 then '{}' else (select array_agg(rolle_id) from organisation.benutzer_rolle r where r.mandant_id = $1 and r.benutzer_id = b) end
  from unnest($2::uuid[], $3::uuid[]) with ordinality as t (b, v, n) where b <> v`, [b.mandant.mandantId, darf.slice(0, VERTRETUNGEN), Array.from({ length: VERTRETUNGEN }, (_, n) => ids.benutzer(2000 + n))]);
await sql.query('commit');
await measure(`Wer darf diese Akte sehen? mit ${Math.min(VERTRETUNGEN, darf.length)} Vertretungen`, () => wer(), 8);
await sql.end(); await b.http.close(); await database.close();
await rm(testDir, { recursive: true, force: true });
await teardown();
process.exit();
