/**
 * Nobody learns what is not theirs: each Mandant's data holds a word of its own – in Betreff, text, file name, names of people, Ereignisse, mails, jobs that fail –
 * and after a whole run no answer, log line, metric, file or mail of anybody else holds it. Operators least of all: no view of theirs shows content or titles.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import Fastify from 'fastify';
import pg from 'pg';
import { pino } from 'pino';
import { z } from 'zod';
import { afterAll, expect, test } from 'vitest';
import { api as betrieb } from '#modules/betrieb/contract.ts';
import { api as organisation } from '#modules/organisation/contract.ts';
import { api as posteingang } from '#modules/posteingang/contract.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { newBehoerde, upload, vorgangIn, EINGANG } from '#modules/schriftgut/tests/hilfe.ts';
import { api as suche } from '#modules/suche/contract.ts';
import { closeWerkzeuge } from '#modules/aufbereitung/server/konverter/werkzeuge.ts';
import { createBenutzer } from '#modules/organisation/server/index.ts';
import type { NamedOperation } from '../contract.ts';
import { addBetriebRoutes } from '../server/betrieb-routes.ts';
import { createMessung } from '../server/messung/messung.ts';
import { API, buildHttp } from '../server/http/http.ts';
import { startEmbeddedPostgres } from '../server/embedded-postgres.ts';
import { startWorker } from '../server/jobs.ts';
import { logOptions } from '../server/log.ts';
import { defineModule, job } from '../server/module.ts';
import { databaseRoles, rolesSql } from '../server/roles.ts';
import { pathOf } from '../web/client.ts';
import { superUrl, workerUrl } from '../testing/database.ts';
import { sample } from '../testing/sample.ts';
import { authenticateTest, buildTestHttp, databaseName, io, mails, modules, newMandant, openTestDatabase, queryAs, testDir, verbundId, type Rolle } from '../testing/test.ts';

const lines: string[] = [];
const log = pino(logOptions('trace'), new Writable({ write(chunk, _encoding, done) { lines.push(String(chunk)); done(); } }));

/** Fails as work on content does: with the words it was given in the message, in every way that messages come about. */
const arten = ['json', 'datenbank', 'eindeutig', 'datei', 'eigene', 'zod'] as const;
const stolpern = job({
  name: 'probe.stolpern', payload: z.object({ art: z.enum(arten), wort: z.string() }), rechte: [],
  load: async (_tx, payload) => payload,
  async work(_io, { art, wort }) {
    if (art === 'json') JSON.parse(wort);
    if (art === 'datei') await readFile(`/nirgends/${wort}.pdf`);
    if (art === 'eigene') throw new Error(`Betreff „${wort}“ ist zu lang`);
    if (art === 'zod') z.object({ a: z.enum(['x']) }).parse({ a: wort, [wort]: 1 });
    if (art === 'datenbank') await queryAs(superUrl, 'select $1::text::int', [wort]);
    if (art === 'eindeutig') await queryAs(superUrl, "create temp table t (w text primary key) on commit drop; insert into t select '" + wort + "' from generate_series(1, 2)");
  },
  store: async () => {},
});
const probe = defineModule({ name: 'probe', jobs: [stolpern] });
const alle = [...modules, probe];
const database = openTestDatabase(alle);
const http = await buildHttp({ modules: alle, database, io, log, verbundId, authenticate: authenticateTest });
const ablage = await buildTestHttp(modules);
const seite = Fastify();
afterAll(async () => { await http.close(); await database.close(); });

/** A Mandant in whose data the word stands wherever people write something. */
async function newHaus(wort: string) {
  const b = await newBehoerde();
  const sb = b.as('sachbearbeitung', ['amt-10'], http);
  const akte = await b.akte({ betreff: `Akte ${wort}`, bemerkung: wort }), vorgang = await vorgangIn(b.sb, akte.id, { betreff: `Vorgang ${wort}` });
  const inhaltId = await upload(ablage, b.sb, `Sehr geehrte Frau ${wort}, Ihr Antrag zu ${wort} ist eingegangen.`, `${wort}.txt`);
  const dokument = await b.sb.call(schriftgut.createDokument, { body: { ...EINGANG, betreff: `Dokument ${wort}`, vorgangId: vorgang.id, kontakte: [{ art: 'absender', familienname: wort }], formate: [{ inhaltId: inhaltId as never }] } });
  const kaputt = await upload(ablage, b.sb, `%PDF-1.7 ${wort} kaputt`, `${wort}.pdf`, 'application/pdf');
  await b.sb.call(schriftgut.createDokument, { body: { ...EINGANG, betreff: wort, vorgangId: vorgang.id, formate: [{ inhaltId: kaputt as never }] } });
  const brief = await upload(ablage, b.sb, `Brief von ${wort}`, `Brief ${wort}.txt`);
  const eingang = await b.sb.call(posteingang.createEingang, { body: { inhaltId: brief as never, absender: `Notarin ${wort}` } });
  await sb.call(suche.createGespeicherteSuche, { body: { bezeichnung: wort, anfrage: { q: wort } } as never });
  await b.addEinheit('632', { betreffKurz: `Einheit ${wort}` });
  const personId = randomUUID();
  await database.write(b.system, (tx) => createBenutzer(tx, { id: personId, vorname: 'Eva', nachname: wort, email: `${wort.toLowerCase()}@example.org`, konto: { anmeldename: `eva.${wort}`, passwortHash: '', mussAendern: false }, rollen: [b.rolle('sachbearbeitung')] }));
  await b.as('administration', ['amt-10'], http).call(organisation.createOrganisationseinheit, { body: { kennzeichen: wort.slice(-8), bezeichnung: `Amt ${wort}`, parentId: null } as never });
  for (const art of arten) await database.write(b.system, (tx) => tx.enqueue(stolpern, { art, wort }));
  const [{ inhalt }] = await queryAs(superUrl, 'select inhalt_id as inhalt from schriftgut.format where mandant_id = $1 limit 1', [b.mandantId]) as [{ inhalt: string }];
  return { ...b, wort, ids: { akten: akte.id, vorgaenge: vorgang.id, dokumente: dokument.id, eingaenge: eingang.id, inhalte: inhalt, schutz: akte.id, merkliste: akte.id, 'zuletzt-gesehen': akte.id, benutzer: personId, rollen: b.rolle('leser'), organisationseinheiten: b.oeId, aktenplaneinheiten: b.einheitId, mandanten: b.mandantId } as Record<string, string> };
}
/** What PostgreSQL writes into its own log when each of the product's roles makes a mistake with the word. */
async function databaseLog(wort: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'va-canary-'));
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'pg'), passwordOf: () => 'x', logFile: join(folder, 'log'), settings: { fsync: 'off', log_min_messages: 'warning' } });
  try {
    const run = async (url: string, statements: readonly [string, unknown[]?][]) => { const c = new pg.Client({ connectionString: url }); await c.connect(); for (const [text, values] of statements) await c.query(text, values).catch(() => {}); await c.end(); };
    await run(server.url('postgres'), [[rolesSql(() => 'x')], ['create database v owner va_owner'], ["do $$ begin raise warning 'the log is written'; end $$"]]);
    for (const role of databaseRoles) await run(server.url(role, 'v'), [['select $1::text::int', [wort]], [`select '${wort}'::int`], [`create temp table t (w text primary key)`], [`insert into t values ('${wort}'), ('${wort}')`], [`select from "${wort}"`]]);
  } finally { await server.stop(); }
  const text = await readFile(join(folder, 'log'), 'utf8');
  await rm(folder, { recursive: true, force: true });
  expect(text).toContain('the log is written');
  return text;
}
const operations = modules.flatMap((m) => (m.routes ?? []).map((r) => r.operation as NamedOperation)).filter((op) => !['logout', 'login', 'changeMandant'].includes(op.operationId));

async function ask(op: NamedOperation, authorization: string | undefined, ids: Record<string, string>) {
  const params = op.params && { ...sample(op.params), ...(ids[op.path.split('/')[1]!] && { id: ids[op.path.split('/')[1]!] }), ...(op.path.includes(':typ') && { typ: 'akte' }) };
  const payload = op.upload ? Buffer.from('x') : op.body ? JSON.stringify(sample(op.body)) : undefined;
  const answer = await http.inject({
    method: op.method, url: API + pathOf(op, { ...(params && { params }), ...(op.query && { query: sample(op.query) }) }), ...(payload !== undefined && { payload }),
    headers: { ...(authorization && { authorization }), ...(op.ifMatch && { 'if-match': '"1"' }), ...(op.idempotent && { 'idempotency-key': randomUUID() }), ...(payload !== undefined && { 'content-type': op.upload ? 'application/octet-stream' : 'application/json' }) },
  });
  return `${JSON.stringify(answer.headers)} ${answer.body}`;
}
async function filesBelow(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
}

test('BE-02 BE-05 canary: no answer, log, metric, job view, file or mail of anybody else holds the word of a Mandant', async () => {
  const worte = Array.from({ length: 3 }, () => `Kanarie${randomUUID().replace(/\W/g, '').slice(0, 10)}`);
  const haeuser = await Promise.all(worte.map(newHaus));
  const worker = await startWorker({ modules: alle, database, io, verbundId, log, queueUrl: workerUrl(databaseName), listMandantIds: async () => [] });
  // to its end: what is still queued has failed and waits for its next attempt
  for (const bis = Date.now() + 120_000; Date.now() < bis; await new Promise((r) => setTimeout(r, 300))) {
    const [{ n }] = await queryAs(workerUrl, 'select count(*)::int as n from graphile_worker._private_jobs where attempts = 0 and run_at <= now()') as [{ n: number }];
    if (!n) break;
  }
  // the words are there: whom they belong to finds them, in titles, in the text of a file and by its name
  for (const h of haeuser) {
    const eigene = h.as('registratur', ['amt-10'], http);
    await expect.poll(async () => (await eigene.call(suche.search, { query: { q: h.wort } as never })).eintraege.length, { timeout: 60_000, interval: 300 }).toBeGreaterThan(4);
    expect((await eigene.call(suche.search, { query: { q: `"Frau ${h.wort}"` } as never })).eintraege).toHaveLength(1);
  }
  const leaks: string[] = [];
  const look = (where: string, text: string, words: readonly string[]) => { for (const w of words) if (text.toLowerCase().includes(w.toLowerCase())) { const i = text.toLowerCase().indexOf(w.toLowerCase()); leaks.push(`${where}: …${text.slice(Math.max(0, i - 120), i + 60)}…`); } };

  // people of other Mandanten with every Recht, operators of the Verbund, visitors: ids of one, words of all but their own
  const betreiber = (['betrieb', 'administration', 'registratur'] as Rolle[]).map((rolle) => { const p = newMandant().as(rolle, [], http); (p.ctx as { mandantId: string }).mandantId = verbundId; return { name: `${rolle} of the Verbund`, id: p.id as string | undefined, fremde: worte }; });
  const nachbarn = haeuser.map((h) => { const p = h.as('registratur', ['amt-10'], http); (p.ctx.akteur as { rechte: ReadonlySet<string> }).rechte = new Set(modules.flatMap((m) => Object.keys(m.rechte ?? {}))); return { name: `neighbour ${h.wort}`, id: p.id as string | undefined, fremde: worte.filter((w) => w !== h.wort) }; });
  for (const p of [...betreiber, ...nachbarn, { name: 'visitor', id: undefined, fremde: worte }]) {
    for (const h of haeuser) for (const op of operations) if (!(p.id && !p.fremde.includes(h.wort))) look(`${op.operationId} as ${p.name}`, await ask(op, p.id, h.ids), p.fremde);
    if (p.id) for (const q of p.fremde) { // what is asked stands in no answer but as it was asked
      const gefunden = await http.inject({ method: 'GET', url: `${API}/suche?q=${q}`, headers: { authorization: p.id } });
      if (gefunden.statusCode === 200) expect(gefunden.json<{ eintraege: unknown[] }>().eintraege).toEqual([]);
    }
  }
  // the job view of operators, who see the jobs of all Mandanten, and of the Mandant's own administration
  const jobs = await http.inject({ method: 'GET', url: `${API}${betrieb.listJobs.path}?limit=100`, headers: { authorization: betreiber[0]!.id! } });
  const gescheitert = jobs.json<{ eintraege: { name: string; fehler: string | null }[] }>().eintraege.filter((j) => j.name === stolpern.name);
  expect(gescheitert).toHaveLength(arten.length * worte.length);
  // and yet it says what kind of thing went wrong, and where
  expect([...new Set(gescheitert.map((j) => j.fehler!.replace(/:\d+\)/, ')')))].sort()).toEqual(['22P02 invalid input syntax for type integer: …', '23505 duplicate key value violates unique constraint …', 'ENOENT open',
    'Error (platform/tests/canary.test.ts)', 'SyntaxError (platform/tests/canary.test.ts)', 'ZodError (platform/tests/canary.test.ts)']);
  look('job view', jobs.body, worte);
  look('queue', JSON.stringify((await queryAs(workerUrl, 'select last_error from graphile_worker._private_jobs')).map((r) => (r as { last_error: string }).last_error)), worte);

  addBetriebRoutes(seite, { messung: createMessung('api'), version: '0', readiness: async () => ({ bereit: true, gruende: [] }) });
  for (const path of ['/metrics', '/ready', '/health']) look(path, (await seite.inject({ method: 'GET', url: path })).body, worte);
  for (const m of mails) look(`mail to ${m.an}`, `${m.betreff} ${m.text}`, worte.filter((w) => !m.an.toLowerCase().includes(w.toLowerCase())));
  await worker.stop();
  await closeWerkzeuge();
  expect(lines.length).toBeGreaterThan(500);
  look('log', lines.join(''), worte);
  look('log of the database', await databaseLog(worte[0]!), worte);
  for (const file of await filesBelow(testDir)) look(`file ${file}`, `${file} ${(await readFile(file)).toString('latin1')}`, worte); // content is encrypted, names are not those people give
  expect([...new Set(leaks)]).toEqual([]);
}, 300_000);
