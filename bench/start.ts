/**
 * L11 (its JavaScript is counted by apps/web/tests/first-load.test.ts) and L12 of the targets: start on warm data, first page of the web, memory.
 * The product runs as somebody starts it, on a folder of its own.
 * node bench/start.ts [MiB of the large upload, 200]
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { chromium } from 'playwright-core';
import { KENNWORT, login } from '#apps/server/tests/person.ts';
import { freePort, npmStart, pause, processesOf } from '#apps/server/tests/program.ts';
import { startEmbeddedPostgres } from '#platform/server/embedded-postgres.ts';
import { median, print } from './lib.ts';

const GROSS = Number(process.argv[2] ?? 200);
const MIB = 2 ** 20;
const daten = await mkdtemp(join(tmpdir(), 'va-bench-start-'));
const rss = async (pid: number) => Number(/VmRSS:\s*(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
const env = { DEMO_AKTEN: '3' };

const port = await freePort();
const first = npmStart({ daten, port, env });
const erster = await first.ready(300);
await first.terminate();

// The floor of a start is what it is made of: npm, the database, and a Node that has loaded nothing. Thrice each, the middle one.
const starts: number[] = [], roh: number[] = [];
for (let i = 0; i < 3; i++) {
  const again = npmStart({ daten, port, env });
  starts.push(await again.ready(60));
  if (i < 2) await again.terminate();
  const begin = performance.now();
  const leer = await startEmbeddedPostgres({ dataDir: join(daten, 'leer'), passwordOf: () => 'bench', settings: { fsync: 'off' } });
  await once(spawn(process.execPath, ['-e', '0']), 'exit');
  if (i) roh.push((performance.now() - begin) / 1000); // the first makes the cluster
  await leer.stop('immediate');
}
print('L11', `Start bis bereit auf warmen Daten (der erste, mit Demo: ${erster.toFixed(0)} s)`, `${median(starts).toFixed(1)} s`, `${median(roh).toFixed(1)} s`, median(starts) / median(roh), '< 5 s', { hoechstens: 60 });

const origin = `http://127.0.0.1:${port}`;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] }).catch(() => undefined);
if (!browser) console.log(`L11   erste Seite ausgelassen: ${executablePath} lässt sich nicht starten (apt-get install chromium)`);
else {
  const open = async (url: string, selector: string) => {
    const page = await (await browser.newContext()).newPage();
    const begin = performance.now();
    await page.goto(url);
    await page.waitForSelector(selector);
    const ms = performance.now() - begin;
    await page.context().close();
    return ms;
  };
  await open(origin, 'input'); await open(`${origin}/health`, 'body');
  const seite: number[] = [], leer: number[] = [];
  for (let i = 0; i < 5; i++) { seite.push(await open(origin, 'input')); leer.push(await open(`${origin}/health`, 'body')); }
  print('L11', 'erste Seite der Weboberfläche, neuer Browserkontext', `${median(seite).toFixed(0)} ms`, `${median(leer).toFixed(0)} ms`, median(seite) / median(leer), '< 1 s', { hoechstens: 8 });
  await browser.close();
}

const api = (await processesOf(daten)).find((p) => p.kind === 'api')!;
const nackt = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
await pause(3000);
const [idle, grund] = [await rss(api.pid), await rss(nackt.pid!)];
nackt.kill();
print('L12', 'Speicher des Servers im Leerlauf', `${idle.toFixed(0)} MiB`, `${grund.toFixed(0)} MiB`, idle / grund, '< 300 MiB', { hoechstens: 9 });

const session = await login(origin, 'katrin.seidel', KENNWORT);
/** Highest resident size while `mib` of random bytes stream in. */
async function upload(mib: number) {
  const block = Buffer.from(Array.from({ length: MIB }, () => Math.floor(Math.random() * 256)));
  const body = Readable.toWeb(Readable.from((function* () { for (let i = 0; i < mib; i++) yield block; })())) as ReadableStream;
  let peak = await rss(api.pid);
  const timer = setInterval(async () => { peak = Math.max(peak, await rss(api.pid).catch(() => 0)); }, 50);
  const begin = performance.now();
  const answer = await fetch(`${origin}/api/v1/inhalte`, { method: 'POST', body, duplex: 'half', headers: { cookie: session.cookie, 'content-type': 'application/octet-stream', 'x-dateiname': 'gross.bin', 'idempotency-key': randomUUID() } } as RequestInit);
  clearInterval(timer);
  if (answer.status !== 201) throw new Error(`upload of ${mib} MiB: ${answer.status} ${await answer.text()}`);
  return { peak, mibs: mib / ((performance.now() - begin) / 1000) };
}
await upload(2);
const klein = await upload(2), gross = await upload(GROSS);
print('L12', `Speicher beim Hochladen von ${GROSS} MiB (${gross.mibs.toFixed(0)} MiB/s); Grundlinie: 2 MiB`, `${gross.peak.toFixed(0)} MiB`, `${klein.peak.toFixed(0)} MiB`, gross.peak / klein.peak, 'nicht mehr als bei 2 MiB', { hoechstens: 1.8 });

const running = await processesOf(daten);
process.kill(running.find((p) => p.kind === 'supervisor')!.pid, 'SIGINT');
for (let i = 0; i < 100 && (await processesOf(daten)).length; i++) await pause(100);
await rm(daten, { recursive: true, force: true });
process.exit();
