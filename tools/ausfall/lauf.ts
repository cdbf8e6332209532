/** The run itself, as somebody on a fourth machine of that network sees it. Started by main.ts. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { envOf, firstDay, install, KENNWORT as PERSON, killServices, service } from '#apps/server/tests/installation.ts';
import { login } from '#apps/server/tests/person.ts';
import { pause, until } from '#apps/server/tests/program.ts';
import { findDebianPostgres } from '#platform/testing/debian-postgres.ts';
import { createKnoten, type Knoten } from './knoten.ts';
import { startLast, type Last } from './last.ts';
import { netzOf } from './netz.ts';
import { checkJournal } from './orakel.ts';
import { KENNWORT } from './vorlagen.ts';

const SERVERS = ['h1', 'h2', 'h3'];
const netz = netzOf([...SERVERS, 'kunde'], process.argv[2]!);
const begin = performance.now();
const say = (text: string) => console.log(`${((performance.now() - begin) / 1000).toFixed(0).padStart(4)} s  ${text}`);
const folder = await mkdtemp(join(tmpdir(), 'va-ausfall-'));
await chmod(folder, 0o755);
const knoten = createKnoten(netz, folder, (await findDebianPostgres())!, SERVERS);

const programme: { output(): string }[] = [];

/** Seconds until letters are acknowledged again, from the moment of the fault; and how long the longest pause was. */
async function recover(last: Last, fault: string, at: number, more: string) {
  await until(`letters are filed again after: ${fault}`, 120, async () => last.journal.filter((e) => e.am > at + 6000).length >= 10);
  const times = last.journal.map((e) => e.am).filter((am) => am > at - 3000).toSorted((a, b) => a - b);
  const gaps = times.slice(1).map((am, i) => am - times[i]!);
  const errors = last.fehler.filter((f) => f.am >= at);
  say(`${fault}: längste Pause zwischen zwei Quittungen ${(Math.max(...gaps) / 1000).toFixed(1)} s, ${errors.filter((f) => f.status === 503).length} × 503, ${errors.filter((f) => f.status === 0).length} × keine Antwort${more}`);
}
const failover = (old: string, seconds: number) => until('another primary', seconds, async () => { const now = await knoten.primary(SERVERS.filter((n) => n !== old)); return now !== old && now; });

async function partition(last: Last, primary: string) {
  say(`${primary} wird vom Verbund der Server getrennt; seine Anwendung bleibt erreichbar`);
  const at = Date.now();
  netz.cut(primary);
  const neu = await failover(primary, 90);
  const took = ((Date.now() - at) / 1000).toFixed(1);
  await recover(last, 'Trennung des Primärservers', at, `, ${neu} übernahm nach ${took} s`);
  netz.heal(primary);
  await knoten.whole(120);
  say(`${primary} ist wieder da und folgt`);
}
async function kill(last: Last, primary: string, restart: (name: string) => Promise<unknown>) {
  say(`${primary} fällt aus: alle seine Programme mit SIGKILL`);
  const at = Date.now();
  netz.kill(primary);
  const neu = await failover(primary, 90);
  await recover(last, 'Ausfall des Primärservers', at, `, ${neu} übernahm nach ${((Date.now() - at) / 1000).toFixed(1)} s`);
  await restart(primary);
  await knoten.whole(150);
  say(`${primary} ist wieder da und folgt`);
}

async function run(k: Knoten): Promise<string[]> {
  await k.startAll();
  const first = await k.whole(150);
  const adminUrl = `postgres://postgres:${KENNWORT}@${netz.adresse(first)}:5432/postgres`;
  say(`drei Server, Primärserver ${first}, ein synchroner Standby`);
  const direct = envOf(adminUrl, folder, 'akten');
  const einmal = await install(adminUrl, direct, 'akten');
  // each on its machine, through the haproxy of that machine
  const local = (url: string) => { const u = new URL(url); u.host = '127.0.0.1:5000'; return u.href; };
  const env = { ...direct, DATABASE_URL: local(direct.DATABASE_URL!), DATABASE_URL_WORKER: local(direct.DATABASE_URL_WORKER!), HOST: '0.0.0.0', PORT: '8080', WORKER_PORT: '8081' };
  const mit = [first, SERVERS.find((name) => name !== first)!];
  const begun = (name: string) => Promise.all([service('api', env, netz.within(name)), service('worker', env, netz.within(name))]);
  for (const [api] of await Promise.all(mit.map(begun))) programme.push(api);
  const adressen = mit.map((name) => `http://${netz.adresse(name)}:8080`);
  const { vorgangId } = await firstDay(adressen[0]!, einmal);
  const kim = await login(adressen[1]!, 'kim', PERSON);
  say(`Anwendung auf ${mit.join(' und ')}`);

  const last = startLast({ adressen, cookie: kim.cookie, vorgangId, bahnen: 6 });
  await pause(8000);
  await partition(last, (await k.primary())!);
  await pause(2000);
  await kill(last, (await k.primary())!, k.restart(mit.includes((await k.primary())!) ? begun : undefined));
  await pause(2000);
  await last.end();
  return checkJournal({ last, knoten: k, netz, adressen, cookie: kim.cookie, vorgangId, say });
}

let mangel: string[] = [];
try { mangel = await run(knoten); }
catch (error) { mangel = [(error as Error).stack ?? String(error)]; }
if (mangel.length) console.log(`${knoten.logs()}\n${programme.map((p, n) => `── Anwendung ${n + 1}\n${p.output().split('\n').filter((line) => !line.includes('"level":30')).slice(-40).join('\n')}`).join('\n')}\n\n${mangel.join('\n')}`);
killServices();
for (const name of SERVERS) netz.kill(name);
await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
say(mangel.length ? `${mangel.length} Mängel` : 'nichts verloren, nichts doppelt');
process.exit(mangel.length ? 1 : 0);
