import { createServer } from 'node:net';
import { once } from 'node:events';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError, loadConfig, publicUrl, type Config } from '#platform/server/config.ts';
import { migrate } from '#platform/server/migrate.ts';
import { root } from '../runtime.ts';
import { createAblageSchluessel, openDatenbank, parts, prepareDaten, type RunningDatabase } from './daten.ts';
import { acquireLock, type Lock } from './lock.ts';
import { supervise, type Supervised } from './supervise.ts';
import { buildWeb } from './web-build.ts';

const say = (text: string) => console.log(text);
/** A reason not to start that the user can mend: shown as a sentence. */
class Refusal extends Error {}
const since = (iso: string) => new Date(iso).toLocaleString('de-DE', { dateStyle: 'short', timeStyle: 'short' });

/** Says it before minutes have gone into database and web. Port 0 is always free. */
async function requireFreePort(host: string, port: number) {
  const probe = createServer().listen(port, host);
  await Promise.race([once(probe, 'listening'), once(probe, 'error').then(([error]) => { throw error; })]).catch((error: { code?: string; message: string }) => {
    throw new Refusal(error.code === 'EADDRINUSE' ? `Port ${port} auf ${host} ist schon belegt. Einen anderen wählen: PORT=${port + 1} npm start`
      : error.code === 'EACCES' ? `Port ${port} darf dieser Benutzer nicht öffnen. Einen anderen wählen: PORT=8080 npm start` : `Auf ${host}:${port} lässt sich nicht hören: ${error.message}`);
  });
  probe.close();
}

type Running = { config: Config; children: Supervised[]; database?: RunningDatabase; lock?: Lock; stopping: AbortController };

/** Everything for one person on one machine: data folder, PostgreSQL, migrations, web, api and worker. */
export async function runStart() {
  const running: Running = { config: undefined as never, children: [], stopping: new AbortController() };
  let ended: Promise<void> | undefined;
  const end = (code: number) => { ended ??= shutDown(running).finally(() => process.exit(code)); };
  let first = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {
    if (!first) {
      first = Date.now();
      say('\nVerbundakte wird beendet …');
      running.stopping.abort();
      if (running.children.length) end(0); // else bringUp sees it at its next step
    } else if (Date.now() - first > 1000) void hurry(running); // npm passes on what the terminal has sent us already: one press is two signals
  });
  // npm was killed without a word: nobody would end us any more
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => { if (process.ppid !== parent) process.emit('SIGHUP'); }, 1000).unref();
  process.stdout.on('error', () => {}); // the terminal was closed
  try {
    await bringUp(running);
    if (running.stopping.signal.aborted) end(0);
  } catch (error) {
    if (!running.stopping.signal.aborted) {
      const known = error instanceof ConfigError || error instanceof Refusal;
      console.error(known ? (error as Error).message : `Verbundakte ist nicht gestartet: ${(error as Error).message}`);
    }
    end(running.stopping.signal.aborted ? 0 : 1);
  }
}

async function bringUp(running: Running) {
  const begin = performance.now();
  const config = running.config = loadConfig();
  const { signal } = running.stopping;
  const here = (path: string) => { const short = relative(process.cwd(), path); return short.startsWith('..') ? path : `./${short}`; };
  if (config.HOST !== '127.0.0.1' && config.HOST !== '::1' && config.HOST !== 'localhost') throw new Refusal('Mit Demo-Daten hört Verbundakte nur auf 127.0.0.1. Für den Betrieb im Netz: docs/betrieb/installation.md');

  const daten = await prepareDaten(resolve(config.DATEN));
  const lock = await acquireLock(daten);
  if ('heldBy' in lock) throw new Refusal(`Verbundakte läuft schon mit ${here(daten)}: Prozess ${lock.heldBy.pid}, gestartet ${since(lock.heldBy.seit)}${lock.heldBy.adresse ? `, ${lock.heldBy.adresse}` : ''}.`);
  running.lock = lock;
  await requireFreePort(config.HOST, config.PORT);

  const dist = resolve(root, config.WEB_ORDNER);
  const web = buildWeb(root, dist, signal, () => say('Die Weboberfläche wird gebaut (einmalig) …'));
  web.catch(() => {});
  const database = running.database = await openDatenbank(daten);
  if (database.hinweis) say(database.hinweis);
  watchDatabase(running, daten);
  await createAblageSchluessel(daten);
  await migrate({ ownerUrl: database.urls.DATABASE_URL_MIGRATION, workerUrl: database.urls.DATABASE_URL_WORKER });
  await web;
  signal.throwIfAborted();

  const folder = parts(daten);
  const env = {
    ...process.env, ...database.urls, HOST: config.HOST, PORT: String(config.PORT), WORKER_PORT: '0', WEB_ORDNER: dist, DATEN: daten, DEMO: 'ja',
    ABLAGE_URL: pathToFileURL(folder.ablage).href, SCHLUESSEL_DATEI: folder.ablageSchluessel,
  };
  const child = (name: string, command: string) => supervise({
    name, args: [join(root, 'apps/server/main.ts'), command], env, logFile: join(folder.logs, `${command}.log`), onRestart: (text) => console.error(text),
  });
  running.children.push(child('Server', 'api'), child('Worker', 'worker'));
  const [server] = await Promise.all(running.children.map((c) => c.ready));
  signal.throwIfAborted();
  const adresse = publicUrl({ ...config, HOST: config.HOST }, server!.port);
  await lock.note(adresse);
  say(`\nVerbundakte läuft: ${adresse}   (bereit nach ${((performance.now() - begin) / 1000).toFixed(1).replace('.', ',')} s)`);
  say(`Daten: ${here(daten)}   Protokolle: ${here(folder.logs)}   Beenden: Strg+C`);
}

/** A database that ends by itself is started again on its port; its clients connect anew. */
function watchDatabase(running: Running, daten: string) {
  const { database, stopping } = running;
  void database!.ended.then(async () => {
    if (stopping.signal.aborted || running.database !== database) return;
    console.error('Die Datenbank hat sich unerwartet beendet und wird neu gestartet.');
    try {
      running.database = await openDatenbank(daten, database!.port);
      watchDatabase(running, daten);
    } catch (error) {
      console.error(`Die Datenbank lässt sich nicht wieder starten: ${(error as Error).message}`);
      process.kill(process.pid, 'SIGTERM');
    }
  });
}

async function hurry({ children, database }: Running) {
  await Promise.all([...children.map((child) => child.stop(0)), database?.stop('immediate')]);
}

async function shutDown({ children, database, lock, stopping }: Running) {
  stopping.abort();
  await Promise.all(children.map((child) => child.stop(8000)));
  const late = setTimeout(() => void database?.stop('immediate'), 10_000);
  await database?.stop('fast');
  clearTimeout(late);
  await lock?.release();
}
