/**
 * The two commands of the README in a fresh clone, as somebody does who has nothing but git, Node and npm: install, start, log in, file a letter,
 * find it, end. The clone lies below a folder only its owner may enter (mkdtemp makes it 0700), as below many a home.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPdf } from '#apps/server/demo/dateien.ts';
import { root } from './lib/ablauf.ts';

const folder = await mkdtemp(join(tmpdir(), 'va-klon-'));
const clone = join(folder, 'verbundakte');
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS|PORT$|DATEN$|DEMO|DATABASE_URL|VERBUNDAKTE_)/.test(name)).map(([name, value]) => [name, name === 'PATH' ? value!.split(':').filter((p) => !p.includes('node_modules')).join(':') : value]));
let passed = 0;
const say = (what: string, begin: number) => console.log(++passed && `✓ ${what} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
async function until(what: string, seconds: number, test: () => Promise<boolean>) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise((r) => setTimeout(r, 250))) if (await test().catch(() => false)) return;
  throw new Error(`${what}: nicht innerhalb von ${seconds} s`);
}
async function start(port: number) {
  const child = spawn('npm', ['start'], { cwd: clone, env: { ...environment, PORT: String(port), DEMO_AKTEN: '6' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += String(chunk); });
  const origin = `http://127.0.0.1:${port}`;
  try { await until('/ready', 240, async () => child.exitCode !== null || (await fetch(`${origin}/ready`)).status === 200); }
  catch (error) { console.log(output); throw error; }
  if (child.exitCode !== null) { console.log(output); throw new Error(`npm start endete mit ${child.exitCode}`); }
  return { origin, async stop() { child.kill('SIGINT'); await once(child, 'exit'); } };
}

/** The first address somebody types, asked as a browser asks. */
async function openPage(origin: string) {
  const answer = await fetch(`${origin}/`, { headers: { accept: 'text/html', 'accept-encoding': 'br, gzip' } });
  if (answer.status !== 200 || !(await answer.text()).includes('id="wurzel"')) throw new Error(`die erste Seite: ${answer.status}`);
}

/** File a letter by the API as a clerk and find it by a word that stands in it alone. */
async function fileAndFind(origin: string) {
  const api = `${origin}/api/v1`;
  const login = await fetch(`${api}/anmeldung`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ anmeldename: 'katrin.seidel', passwort: 'verbundakte-demo' }) });
  if (login.status !== 200) throw new Error(`Anmeldung: ${login.status} ${await login.text()}`);
  const headers = { cookie: login.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ') };
  const ask = async (path: string, init: RequestInit = {}): Promise<any> => {
    const answer = await fetch(api + path, { ...init, headers: { ...headers, ...init.headers } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const word = `Klonprobe${randomUUID().slice(0, 8).replace(/[^a-z]/g, 'x')}`;
  const pdf = await createPdf({ kopf: ['Lena Hoffmann'], empfaenger: ['Landkreis Auental'], ortDatum: '21. November 2026', zeichen: [], betreff: 'Nachtrag', anrede: '', absaetze: [`Das Kennwort dieses Briefes ist ${word}.`], tabelle: [], gruss: [], absenderName: 'Lena Hoffmann', empfaengerName: '', absenderMail: '', empfaengerMail: '' });
  const inhalt = await ask('/inhalte', { method: 'POST', body: new Uint8Array(pdf), headers: { 'content-type': 'application/pdf', 'x-dateiname': 'Nachtrag.pdf', 'idempotency-key': randomUUID() } });
  const { eintraege: [vorgang] } = await ask('/vorgaenge?limit=1&status=in_bearbeitung');
  const dokument = await ask('/dokumente', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ vorgangId: vorgang.id, betreff: 'Nachtrag', art: 'intern', datumDesSchreibens: '2026-11-21', formate: [{ inhaltId: inhalt.id }] }) });
  await until(`Suche nach ${word}`, 240, async () => JSON.stringify(await ask(`/suche?q=${word}`)).includes(dokument.id));
}

let failed = 0;
try {
  let begin = performance.now();
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone]);
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: clone, env: environment as NodeJS.ProcessEnv, stdio: ['ignore', 'ignore', 'inherit'] });
  say('npm ci', begin);
  const port = await freePort();
  begin = performance.now();
  let product = await start(port);
  say('npm start beim ersten Mal', begin);
  await openPage(product.origin);
  begin = performance.now();
  await fileAndFind(product.origin);
  say('anmelden, Brief ablegen, am Wort wiederfinden', begin);
  begin = performance.now();
  await product.stop();
  say('Strg C', begin);
  begin = performance.now();
  product = await start(port);
  say('npm start beim zweiten Mal', begin);
  await product.stop();
} catch (error) { console.log(`✗ ${(error as Error).message}`); failed = 1; }
await rm(folder, { recursive: true, force: true });
console.log(`zwei-befehle: ${passed} passed, ${failed} failed`);
process.exit(failed);
