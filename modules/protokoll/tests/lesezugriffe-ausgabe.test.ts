import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test, vi } from 'vitest';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { newBehoerde } from '#modules/schriftgut/tests/hilfe.ts';
import { api as zugriff } from '#modules/zugriff/contract.ts';
import { API } from '#platform/server/http/http.ts';
import { heute } from '#platform/server/zeit.ts';
import { buildTestHttp, database, io, modules, testDir } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { ausgebenJob, lesenVersiegelnJob, versiegelnJob } from '../server/jobs.ts';
import { exportLesezugriffe } from '../server/lesen/ausgabe.ts';
import { asOwner, runJob, runSealJob } from './helfer.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const program = new URL('../../../packages/pruefen/verbundakte-pruefen.mjs', import.meta.url).pathname;
const { pruefe } = (await import(program)) as { pruefe(path: string, options?: { trusted?: Set<string>; protokoll?: string }): Promise<{ lesezugriffe: number; siegel: number }> };
const http = await buildTestHttp(modules);
const run = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args]).then(({ stdout }) => ({ code: 0, stdout }), (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }));
const verdict = (path: string, options = {}) => pruefe(path, options).then(() => 'unverändert', (error: Error) => error.message);
async function file(name: string, content: string | Buffer) { const path = join(testDir, name); await mkdir(testDir, { recursive: true }); await writeFile(path, content); return path; }

type Person = Awaited<ReturnType<typeof newWelt>>['eins'];
async function newWelt() {
  const b = await newBehoerde();
  const reg = b.as('registratur', ['amt-10'], http), admin = b.as('administration', ['amt-10'], http);
  const [lena, otto, eins, zwei] = (['sachbearbeitung', 'sachbearbeitung', 'revision', 'revision'] as const).map((r) => b.as(r, ['amt-10'], http)) as [typeof reg, typeof reg, typeof reg, typeof reg];
  const akten = [await b.akte({ betreff: 'Personalakte A' }, reg), await b.akte({ betreff: 'Personalakte B' }, reg)] as const;
  for (const a of akten) {
    const { schutzId } = await reg.call(schriftgut.createEigenenSchutz, { params: { typ: 'akte', id: a.id }, body: { erbt: true, grund: 'Personal' } as never });
    const bereich = await admin.call(zugriff.getSchutzbereich, { params: { id: schutzId as never } });
    await admin.call(zugriff.updateSchutzbereich, { params: { id: schutzId as never }, ifMatch: bereich.version, body: { klasse: 'personal' } });
    for (const p of [lena, otto]) await admin.call(zugriff.grantFreigabe, { params: { id: schutzId as never }, body: { subjektArt: 'person', subjekt: p.id, stufe: 'lesen' } });
  }
  const read = async (p: typeof reg, akte: (typeof akten)[number], n = 1) => { for (let i = 0; i < n; i++) await p.call(schriftgut.getAkte, { params: { id: akte.id } }); };
  return { b, lena, otto, eins, zwei, admin, akten, read };
}
const seal = (w: Pick<Awaited<ReturnType<typeof newWelt>>, 'b'>) => runSealJob(w.b.system, lesenVersiegelnJob);
async function einsicht(w: Awaited<ReturnType<typeof newWelt>>, ziel: object): Promise<string> {
  const { id } = await w.eins.call(api.requestEinsicht, { body: { von: heute(), bis: heute(), grund: 'Beschwerde der Beschäftigten', ...ziel } as never });
  await w.zwei.call(api.grantEinsicht, { params: { id }, body: {} });
  return id;
}
const download = (p: Person, id: string) => http.inject({ url: `${API}/einsichten/${id}/datei`, headers: { authorization: p.id } });

let w: Awaited<ReturnType<typeof newWelt>>;
let text = '', path = '', id = '', disposition = '';
beforeAll(async () => {
  w = await newWelt();
  const [a, b] = w.akten;
  await w.read(w.otto, b, 5); await w.read(w.lena, a); await w.otto.call(schriftgut.listAkten, { query: {} });
  await seal(w);
  await w.read(w.otto, b, 3); await w.read(w.lena, a, 2); await w.read(w.otto, b, 2);
  await seal(w);
  id = await einsicht(w, { zielArt: 'objekt', zielId: a.id });
  const answer = await download(w.eins, id);
  disposition = `${answer.statusCode} ${answer.headers['content-disposition']}`;
  text = answer.body;
  path = await file('lesen.ndjson', text);
});

test('PR-02 PR-03 the reads of an Einsicht verify offline; of all others only that they are there', async () => {
  expect(disposition).toMatch(/^200 attachment; filename="lesezugriffe-[A-Z]{2}-\d{4}-\d\d-\d\d\.ndjson"/);
  const { code, stdout } = await run(path, '--schluessel', io.siegel.oeffentlich[0]!.schluessel);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^Unverändert: 4 Lesezugriffe der Einsicht .* 2 Siegel in einer Kette, Mandant „Mandant /)]);
  expect([text.includes(w.akten[0].id), text.includes(w.akten[1].id), text.includes(w.lena.id)]).toEqual([true, false, true]);
  expect(text.split('\n').filter((l) => l.startsWith('{"art":"teilbaum"')).length).toBeGreaterThan(1);
  expect((await w.b.ereignisse()).filter((e) => e.art === 'lesezugriffe.eingesehen').at(-1)).toMatchObject({ daten: { ausgegeben: true } });
  for (const p of [w.zwei, w.admin, w.lena]) expect((await download(p, id)).statusCode).toBeGreaterThanOrEqual(403);
  const person = await file('person.ndjson', (await download(w.eins, await einsicht(w, { zielArt: 'person', zielId: w.otto.id }))).body);
  expect((await run(person)).stdout).toMatch(/^Unverändert: 11 Lesezugriffe/);
});

test('PR-02 any changed byte of it, a missing line, and a line too many are found', async () => {
  const bytes = Buffer.from(text);
  for (const at of process.env.VERBUNDAKTE_TEST_VOLL ? bytes.keys() : Array.from({ length: 120 }, () => randomInt(bytes.length))) {
    const copy = Buffer.from(bytes);
    copy[at]! ^= at % 2 ? 32 : 1 << randomInt(8); // 32: a hash in capitals says the same, and is not what was written
    expect.soft([at, await verdict(await file('byte.ndjson', copy))]).not.toEqual([at, 'unverändert']);
  }
  const lines = text.trimEnd().split('\n');
  for (let i = 0; i < lines.length; i++) expect.soft([i, await verdict(await file('ohne.ndjson', lines.toSpliced(i, 1).map((l) => `${l}\n`).join('')))]).not.toEqual([i, 'unverändert']);
  for (let i = 1; i < lines.length; i++) expect.soft([i, await verdict(await file('doppelt.ndjson', lines.toSpliced(i, 0, lines[i]!).map((l) => `${l}\n`).join('')))]).not.toEqual([i, 'unverändert']);
});

test('PR-02 against the protocol the end that was taken away with its seals is found offline', async () => {
  await runSealJob(w.b.system, versiegelnJob);
  // the seals' Ereignisse are in every export of the protocol, also in one without content
  const { id: ausgabeId } = await w.admin.call(api.exportProtokoll, { body: { mitInhalt: false } });
  for (let i = 0; i < 3; i++) await runJob(w.b.system, ausgebenJob, { ausgabeId });
  const protokoll = await file('protokoll-lesen.ndjson', (await http.inject({ url: `${API}/protokoll/ausgaben/${ausgabeId}/datei`, headers: { authorization: w.admin.id } })).rawPayload);
  const spaeter = () => database.read(w.eins.ctx, (tx) => exportLesezugriffe(tx, id, io.siegel, new Date(Date.now() + 120_000)));
  expect(await run(await file('ganz.ndjson', (await spaeter()).text), '--protokoll', protokoll)).toMatchObject({ code: 0, stdout: expect.stringContaining('kein Siegel, das fehlt') });
  await asOwner(w.b, 'delete from platform.lesezugriff l using protokoll.leseblatt b where b.lesezugriff_id = l.id and b.folge >= (select groesse from protokoll.lesesiegel where kette = 1)');
  await asOwner(w.b, 'delete from protokoll.leseblatt where folge >= (select groesse from protokoll.lesesiegel where kette = 1)');
  await asOwner(w.b, 'delete from protokoll.lesesiegel where kette = 2');
  const gekuerzt = await file('gekuerzt.ndjson', (await spaeter()).text);
  expect(await verdict(gekuerzt)).toBe('unverändert'); // by itself it cannot know
  expect(await run(gekuerzt, '--protokoll', protokoll)).toMatchObject({ code: 1, stdout: expect.stringMatching(/Vom Ende der Lesezugriffe fehlt etwas: Das Protokoll nennt Siegel 2 vom/) });
});
