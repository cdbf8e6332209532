import { createServer } from 'node:net';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError, loadConfig, type Config } from '#platform/server/config.ts';
import { migrate } from '#platform/server/migrate.ts';
import { createKeys } from '#platform/server/storage/index.ts';
import { root } from '../runtime.ts';
import { DATABASE_NAME, openDatenbank, parts, prepareDaten, RESTORE_MARK, superuserUrl, type DatabaseUrls, type RunningDatabase } from './daten.ts';
import { EIGENES_KONTO, prepareDemo } from './demo.ts';
import { acquireLock, describeHolder, type Lock } from './lock.ts';
import { Refusal, say, short } from './say.ts';
import { supervise, type Supervised } from './supervise.ts';
import { buildWeb } from './web-build.ts';

type Running = { children: Supervised[]; database?: RunningDatabase; /** Settles when a database that had ended is back, or is not. */ restarting?: Promise<void>; lock?: Lock; stopping: AbortController };

/** Everything for one machine: data folder, PostgreSQL, migrations, web, server and worker. */
export async function runStart() {
  const running: Running = { children: [], stopping: new AbortController() };
  const { signal } = running.stopping;
  let ended: Promise<void> | undefined;
  const end = (code: number) => { ended ??= shutDown(running).finally(() => process.exit(code)); };
  let first = 0;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {
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
    if (signal.aborted) end(0);
  } catch (error) {
    if (!signal.aborted) {
      const known = error instanceof ConfigError || error instanceof Refusal;
      console.error(known ? (error as Error).message : `Verbundakte ist nicht gestartet: ${(error as Error).message}`);
    }
    end(signal.aborted ? 0 : 1);
  }
}

/** Settings of `npm start`: with DATABASE_URL the given database, without it the embedded one and, unless refused, the demo Verbund. */
function readMode() {
  const external = loadConfig().DATABASE_URL !== undefined;
  const config = loadConfig({ needs: external ? ['DATABASE_URL_WORKER', 'DATABASE_URL_MIGRATION', 'ABLAGE_URL', 'SCHLUESSEL_DATEI'] : [] });
  const demo = config.DEMO ?? !external;
  if (demo && !['127.0.0.1', '::1', 'localhost'].includes(config.HOST)) throw new Refusal('HOST: Mit dem Demo-Verbund, dessen Kennwort jeder kennt, hört Verbundakte nur auf 127.0.0.1. Ohne ihn: DEMO=nein. Für den Betrieb im Netz: docs/betrieb/installation.md');
  return { config, external, demo };
}

async function bringUp(running: Running) {
  const begin = performance.now();
  const { config, external, demo } = readMode();
  const { signal } = running.stopping;
  const daten = await prepareDaten(resolve(config.DATEN));
  const lock = await acquireLock(daten);
  if ('heldBy' in lock) throw new Refusal(describeHolder(daten, lock.heldBy));
  running.lock = lock;
  if (existsSync(join(daten, RESTORE_MARK))) throw new Refusal(`In ${short(daten)} wurde eine Wiederherstellung nicht beendet. Noch einmal: DATEN=${daten} npm run wiederherstellung -- QUELLE`);
  const port = await findPort(config);

  const dist = resolve(root, config.WEB_ORDNER);
  const web = buildWeb(root, dist, signal, () => say('Die Weboberfläche wird gebaut (einmalig) …'));
  web.catch(() => {});
  const urls = external ? { DATABASE_URL: config.DATABASE_URL!, DATABASE_URL_WORKER: config.DATABASE_URL_WORKER!, DATABASE_URL_MIGRATION: config.DATABASE_URL_MIGRATION! } : await openEmbedded(running, daten);
  const adresse = config.OEFFENTLICHE_URL ?? `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`;
  const env = {
    ...process.env, ...urls, HOST: config.HOST, PORT: String(port), WORKER_PORT: '0', WEB_ORDNER: dist, DATEN: daten, OEFFENTLICHE_URL: adresse,
    ABLAGE_URL: config.ABLAGE_URL ?? pathToFileURL(parts(daten).ablage).href, SCHLUESSEL_DATEI: config.SCHLUESSEL_DATEI ?? parts(daten).verbundSchluessel,
    // A folder nobody has named is watched only where the data are this program's own.
    ...(!external && { EINGANG_ORDNER: config.EINGANG_ORDNER ?? parts(daten).eingang }),
  };
  if (!external) await createKeys({ url: env.ABLAGE_URL, schluesselDatei: env.SCHLUESSEL_DATEI });
  const anmelden = demo ? await prepareDemo({ daten, env, urls, signal, reset: !external }) : await migrateOnly(urls);
  await web;
  signal.throwIfAborted();
  await startChildren(running, daten, env, external ? [] : await sicherungOf(config, daten));
  signal.throwIfAborted();
  await lock.note(adresse);
  say(`\nVerbundakte läuft: ${adresse}   (bereit nach ${((performance.now() - begin) / 1000).toFixed(1).replace('.', ',')} s)`);
  say(anmelden);
  if (!external) say(`Eingang: Was in ${short(env.EINGANG_ORDNER!)}/<Kürzel der Verwaltung> gelegt wird, kommt innerhalb einer Minute in den Posteingang`);
  say(`Daten: ${short(daten)}   Protokolle: ${short(parts(daten).logs)}   Beenden: Strg+C`);
}

async function migrateOnly(urls: DatabaseUrls) {
  await migrate({ ownerUrl: urls.DATABASE_URL_MIGRATION, workerUrl: urls.DATABASE_URL_WORKER });
  return EIGENES_KONTO;
}

/** Where a place for it is named: a process of its own, with the rights it needs. */
async function sicherungOf(config: Config, daten: string) {
  if (config.SICHERUNG_ORT === undefined) return [];
  const { SICHERUNG_SCHLUESSEL_ORT: schluessel } = config;
  return [{ args: [config.SICHERUNG_ORT, '--dauernd', ...(schluessel === undefined ? [] : ['--schluessel', schluessel])], env: { DATABASE_URL_SICHERUNG: await superuserUrl(daten, DATABASE_NAME) } }];
}

async function startChildren(running: Running, daten: string, env: Readonly<Record<string, string | undefined>>, sicherung: Awaited<ReturnType<typeof sicherungOf>>) {
  const child = (name: string, command: string, args: readonly string[] = [], more: Record<string, string> = {}) => supervise({
    name, args: [join(root, 'apps/server/main.ts'), command, ...args], env: { ...env, ...more }, logFile: join(parts(daten).logs, `${command}.log`), onRestart: (text) => console.error(text),
  });
  running.children.push(child('Server', 'api'), child('Worker', 'worker'), ...sicherung.map((s) => child('Sicherung', 'sicherung', s.args, s.env)));
  await Promise.all(running.children.map((c) => c.ready));
}

async function openEmbedded(running: Running, daten: string) {
  const database = running.database = await openDatenbank(daten);
  if (database.hinweis) say(database.hinweis);
  watchDatabase(running, daten);
  return database.urls;
}

/** Says it before minutes have gone into database and web. */
async function findPort({ HOST: host, PORT: wanted }: Config) {
  const probe = createServer().listen(wanted, host);
  await Promise.race([once(probe, 'listening'), once(probe, 'error').then(([error]) => { throw error; })]).catch((error: { code?: string; message: string }) => {
    throw new Refusal(error.code === 'EADDRINUSE' ? `Port ${wanted} auf ${host} ist schon belegt. Einen anderen wählen: PORT=${wanted + 1} npm start`
      : error.code === 'EACCES' ? `Port ${wanted} darf dieser Benutzer nicht öffnen. Einen anderen wählen: PORT=8080 npm start` : `Auf ${host}:${wanted} lässt sich nicht hören: ${error.message}`);
  });
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** A database that ends by itself is started again on its port; its clients connect anew. */
function watchDatabase(running: Running, daten: string) {
  const { database, stopping } = running;
  const restart = async () => {
    console.error('Die Datenbank hat sich unerwartet beendet und wird neu gestartet.');
    try {
      running.database = await openDatenbank(daten, database!.port);
      watchDatabase(running, daten);
    } catch (error) {
      console.error(`Die Datenbank lässt sich nicht wieder starten: ${(error as Error).message}`);
      process.kill(process.pid, 'SIGTERM');
    }
  };
  void database!.ended.then(() => { if (!stopping.signal.aborted && running.database === database) running.restarting = restart(); });
}

async function hurry({ children, database }: Running) {
  await Promise.all([...children.map((child) => child.stop(0)), database?.stop('immediate')]);
}

async function shutDown(running: Running) {
  running.stopping.abort();
  await Promise.all(running.children.map((child) => child.stop(8000)));
  await running.restarting;
  const late = setTimeout(() => void running.database?.stop('immediate'), 10_000);
  await running.database?.stop('fast');
  clearTimeout(late);
  await running.lock?.release();
}
