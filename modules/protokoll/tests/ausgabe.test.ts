import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { API } from '#platform/server/http/http.ts';
import { buildTestHttp, io, modules, newMandant, testDir } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { ausgebenJob } from '../server/jobs.ts';
import { record, runJob, versiegeln } from './helfer.ts';

const program = new URL('../../../packages/pruefen/verbundakte-pruefen.mjs', import.meta.url).pathname;
const { pruefe } = (await import(program)) as { pruefe(path: string, options?: { trusted?: Set<string>; earlier?: Map<number, string> }): Promise<{ eintraege: number; siegel: number; ohneInhalt: number }> };
const http = await buildTestHttp(modules);
const mandant = newMandant();
const { id: token, call } = mandant.as('administration', ['amt-10'], http);

/** An export through the API, and the file it gives. */
async function ausgeben(mitInhalt = true, name = 'protokoll.ndjson') {
  const { id } = await call(api.exportProtokoll, { body: { mitInhalt } });
  expect((await http.inject({ url: `${API}/protokoll/ausgaben/${id}/datei`, headers: { authorization: token } })).statusCode).toBe(404); // not yet
  for (let i = 0; i < 3; i++) await runJob(mandant.system, ausgebenJob, { ausgabeId: id });
  const answer = await http.inject({ url: `${API}/protokoll/ausgaben/${id}/datei`, headers: { authorization: token } });
  expect([answer.statusCode, answer.headers['content-disposition']]).toEqual([200, expect.stringMatching(/^attachment; filename="protokoll-[A-Z]{2}-\d{4}-\d\d-\d\d\.ndjson"/)]);
  const path = join(testDir, name);
  await mkdir(testDir, { recursive: true });
  await writeFile(path, answer.rawPayload);
  return path;
}
const run = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args]).then(({ stdout }) => ({ code: 0, stdout }), (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }));
const verdict = (path: string, options = {}) => pruefe(path, options).then(() => 'unverändert', (error: Error) => error.message);

let path = '';
let lines: string[] = [];
async function spoilt(change: (lines: string[]) => string[]) {
  const file = join(testDir, 'verdorben.ndjson');
  await writeFile(file, change([...lines]).map((l) => `${l}\n`).join(''));
  return verdict(file);
}
beforeAll(async () => {
  for (const anzahl of [4, 6]) { await record(mandant, anzahl); await versiegeln(mandant); }
  path = await ausgeben();
  lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
});
const eintrag = (nr: number) => lines.findIndex((l) => l.startsWith(`{"art":"eintrag","nr":${nr},`));

test('PR-02: the export verifies offline, by a program that knows nothing but the file', async () => {
  const { code, stdout } = await run(path);
  expect(stdout).toMatch(/^Unverändert: \d+ Einträge, \d+ Siegel, Mandant „Mandant /);
  expect([code, stdout.includes(io.siegel.oeffentlich[0]!.schluessel)]).toEqual([0, true]);
  expect((await run(path, '--schluessel', io.siegel.oeffentlich[0]!.schluessel)).stdout).toContain('(vertraut)');
  expect(await run(path, '--schluessel', Buffer.alloc(32, 7).toString('base64'))).toMatchObject({ code: 1, stdout: expect.stringContaining('denen vertraut wird') });
  expect((await run()).code).toBe(2);
  expect(await run('/gibt/es/nicht')).toMatchObject({ code: 2, stdout: expect.stringContaining('Nicht prüfbar') });
});

test('PR-02: any changed byte is found and located', async () => {
  const bytes = await readFile(path);
  const starts = lines.reduce<number[]>((all, line) => [...all, all.at(-1)! + Buffer.byteLength(line) + 1], [0]);
  const file = join(testDir, 'byte.ndjson');
  const positions = process.env.VERBUNDAKTE_TEST_VOLL ? bytes.keys() : Array.from({ length: 400 }, () => randomInt(bytes.length));
  for (const at of positions) {
    const copy = Buffer.from(bytes);
    copy[at]! ^= 1 << randomInt(8);
    await writeFile(file, copy);
    const found = await verdict(file);
    const line = starts.findLastIndex((start) => start <= at);
    const { art, nr } = JSON.parse(lines[line]!) as { art: string; nr: number };
    const name = { kopf: /Kopf|Zeile 1\b/, eintrag: new RegExp(`Eintr(ag|äge) ${nr}\\b`), siegel: new RegExp(`Siegel ${nr}\\b`), ende: /Ende|Zeile/ }[art]!;
    expect.soft(name.test(found), `byte ${at} of line ${line + 1} (${art} ${nr}): ${found}`).toBe(true);
  }
}, 300_000);

test('PR-02: missing, exchanged, doubled and smuggled entries, cut-off ends', async () => {
  expect(await spoilt((l) => l.toSpliced(eintrag(3), 1))).toContain('Eintrag 3 fehlt');
  expect(await spoilt((l) => { const [a, b] = [l[eintrag(3)]!, l[eintrag(4)]!]; return l.with(eintrag(3), b).with(eintrag(4), a); })).toContain('Eintrag 3 fehlt');
  expect(await spoilt((l) => l.toSpliced(eintrag(3), 0, l[eintrag(3)]!))).toContain('An der Stelle von Eintrag 4 steht Eintrag 3');
  // a forger who numbers anew and leaves every entry consistent in itself is found by the seal after it
  const renumber = (l: string[]) => { let nr = 0; return l.map((line) => (line.startsWith('{"art":"eintrag"') ? line.replace(/"nr":\d+/, () => `"nr":${++nr}`) : line)); };
  expect(await spoilt((l) => renumber(l.toSpliced(eintrag(3), 1)))).toMatch(/Eintrag \d+ fehlt: Siegel 1/);
  expect(await spoilt((l) => { const [a, b] = [l[eintrag(2)]!, l[eintrag(3)]!]; return renumber(l.with(eintrag(2), b).with(eintrag(3), a)); })).toMatch(/Unter den Einträgen 1 bis \d+ wurde einer .*umgestellt: Siegel 1/);
  const siegel = lines.findIndex((l) => l.startsWith('{"art":"siegel","nr":2'));
  expect(await spoilt((l) => l.toSpliced(siegel, 1))).toContain('Siegel 2 fehlt');
  for (const keep of [lines.length - 1, siegel, eintrag(5), 1]) expect(await spoilt((l) => l.slice(0, keep))).toMatch(/fehlt/);
  expect(await spoilt((l) => [...l.slice(0, eintrag(5)), l.at(-1)!])).toContain('Eintrag 5 fehlt');
  expect(await spoilt((l) => [...l, l.at(-1)!])).toContain('Nach dem Ende steht noch etwas');
  const withContent = lines.findIndex((l) => l.includes('"salz":"'));
  expect(await spoilt((l) => l.with(withContent, l[withContent]!.replace(/"salz":.*$/, '"salz":null,"daten":null,"verdeckt":null}')))).toContain('Inhalt genommen');
}, 60_000);

test('PR-02: against an earlier export a protocol that was written anew, or shortened, is found', async () => {
  const earlier = new Map(lines.filter((l) => l.startsWith('{"art":"siegel"')).map((l) => { const { nr, text } = JSON.parse(l) as { nr: number; text: string }; return [nr, text] as const; }));
  await record(mandant, 3);
  await versiegeln(mandant);
  const later = await ausgeben(true, 'spaeter.ndjson');
  expect(await run(later, '--frueher', path)).toMatchObject({ code: 0 });
  expect(await run(path, '--frueher', later)).toMatchObject({ code: 1, stdout: expect.stringContaining('ist kürzer geworden') });
  expect(await verdict(later, { earlier: earlier.set(1, 'anders') })).toContain('neu geschrieben');
});

test('without content the export names no content, and still verifies', async () => {
  const bare = await ausgeben(false, 'ohne.ndjson');
  expect(await readFile(bare, 'utf8')).not.toContain('Neu „ä“');
  expect((await run(bare)).stdout).toContain('Ausgegeben ohne Inhalt');
});
