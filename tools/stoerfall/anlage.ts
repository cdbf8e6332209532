/** An installation of its own for the faults: PostgreSQL, api and worker as processes that can be killed, in folders that can lie anywhere. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { freePort, pause } from '#apps/server/tests/program.ts';
import { adoptCluster, startEmbeddedPostgres, type EmbeddedPostgres } from '#platform/server/embedded-postgres.ts';
import { migrate } from '#platform/server/migrate.ts';
import { rolesSql } from '#platform/server/roles.ts';
import { createKeys } from '#platform/server/storage/index.ts';
import { STOERFALL } from '#platform/server/stoerung.ts';
import { root } from '../lib/ablauf.ts';

export type Zugang = { mandanten: { id: string; akteId: string; einheitId: string; vorgaenge: string[]; /** Of an Anschluss that files into the first Vorgang, by its Kennzeichen. */ token: string; kennzeichen: string; konten: Record<'sachbearbeitung' | 'revision', string> }[]; kennwort: string };
type Kind = 'api' | 'worker';
type Programm = { code: string; args: readonly string[]; env: Record<string, string> };
/** Where things lie; the database and the store may be put on file systems of their own. */
export type Orte = { ordner: string; postgres?: string; ablage?: string };

const KENNWORT = 'stoerfall';
const EIGENES: Programm = { code: root, args: [], env: {} };
/** All that was started and must not outlive us. */
const children = new Set<number>();
export const endAll = () => { for (const pid of children) try { process.kill(pid, 'SIGKILL'); } catch { /* ended meanwhile */ } };

export class Anlage {
  readonly orte: Required<Orte>;
  readonly programm: Programm;
  readonly settings: Record<string, string>;
  database: EmbeddedPostgres | undefined;
  ports: Record<string, number> = {};
  readonly processes = new Map<string, ChildProcess>();

  /** `programm`: another code than this one (a copy with a seeded fault), more variables. `settings`: of PostgreSQL. */
  constructor(orte: Orte, { programm = {}, settings = {} }: { programm?: Partial<Programm>; settings?: Record<string, string> } = {}) {
    this.orte = { postgres: join(orte.ordner, 'postgres'), ablage: join(orte.ordner, 'ablage'), ...orte };
    this.programm = { ...EIGENES, ...programm };
    this.settings = settings;
  }
  get schluessel() { return join(this.orte.ordner, 'verbund.schluessel'); }
  get storageConfig() { return { url: pathToFileURL(this.orte.ablage).href, schluesselDatei: this.schluessel }; }
  get zugang(): Zugang { return JSON.parse(readFileSync(join(this.orte.ordner, 'zugang.json'), 'utf8')) as Zugang; }
  url(role: string) { return this.database!.url(role, STOERFALL); }
  log(name: string) { return join(this.orte.ordner, `${name}.log`); }

  get env(): Record<string, string> {
    return {
      PATH: process.env.PATH!, HOME: process.env.HOME ?? '/', DATABASE_URL: this.url('va_app'), DATABASE_URL_WORKER: this.url('va_worker'), DATABASE_URL_MIGRATION: this.url('va_owner'), DATEN: this.orte.ordner,
      ABLAGE_URL: this.storageConfig.url, SCHLUESSEL_DATEI: this.schluessel, ABLAGE_RESERVE: '0', OEFFENTLICHE_URL: 'http://127.0.0.1:1', WORKER_PORT: '0', WEB_ORDNER: join(this.orte.ordner, 'kein-web'), LOG_STUFE: 'warn', NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'), ...this.programm.env,
    };
  }

  async startDatabase() {
    this.database = await startEmbeddedPostgres({
      dataDir: this.orte.postgres, passwordOf: () => KENNWORT, logFile: this.log('postgres'), ...(this.ports.postgres && { port: this.ports.postgres }),
      settings: { shared_buffers: '64MB', max_wal_size: '256MB', log_min_messages: 'warning', ...this.settings },
    });
    this.ports.postgres = this.database.port;
    children.add(this.postmaster());
  }
  postmaster() { return Number(readFileSync(join(this.orte.postgres, 'postmaster.pid'), 'utf8').split('\n')[0]); }

  /** One api or worker more, under a name; ready when this resolves. `stoerung`: where and how it is to fail. */
  async start(kind: Kind, { name = kind, stoerung, env = {} }: { name?: string; stoerung?: string | undefined; env?: Record<string, string> } = {}) {
    this.ports[name] ??= await freePort();
    const log = openSync(this.log(name), 'a', 0o600);
    const child = spawn(process.execPath, [...this.programm.args, join(this.programm.code, 'apps/server/main.ts'), kind], {
      cwd: this.programm.code, detached: true, stdio: ['ignore', log, log, 'ipc'], env: { ...this.env, PORT: String(this.ports[name]), ...(stoerung && { VERBUNDAKTE_STOERUNG: stoerung }), ...env },
    });
    closeSync(log);
    children.add(child.pid!);
    this.processes.set(name, child);
    const answer = await Promise.race([once(child, 'message').then(([m]) => m as { bereit?: true; fehler?: string }), once(child, 'exit').then(([code, signal]) => ({ fehler: `beendet (${signal ?? code})` }))]);
    if ('fehler' in answer) throw new Error(`${name} startet nicht: ${answer.fehler}\n${(await readFile(this.log(name), 'utf8')).slice(-1500)}`);
  }
  /** What ended by itself is started again, as npm start and systemd do. */
  async revive(kind: Kind) {
    if (!this.processes.has(kind) || this.isRunning(kind)) return;
    this.revived++;
    await this.start(kind);
  }
  revived = 0;
  isRunning(name: string) { const child = this.processes.get(name); return child !== undefined && child.exitCode === null && child.signalCode === null; }
  /** Resolves with true when the process has ended by itself within the time. */
  async awaitEnd(name: string, milliseconds: number) {
    const child = this.processes.get(name)!;
    for (const deadline = Date.now() + milliseconds; this.isRunning(name) && Date.now() < deadline;) await pause(20);
    return child.exitCode !== null || child.signalCode !== null;
  }
  async kill(name: string) {
    const child = this.processes.get(name);
    if (!child || !this.isRunning(name)) return;
    const ended = once(child, 'exit');
    try { process.kill(-child.pid!, 'SIGKILL'); } catch { /* ended meanwhile */ } // with its converters
    await ended;
  }
  async killDatabase() {
    const ended = this.database!.ended;
    process.kill(this.postmaster(), 'SIGKILL');
    await ended;
  }
  /** What the death of a worker left locked is given back at the next look, not after the quarter of a minute that another worker is given to say that it lives. */
  giveBack() { return this.sql("update graphile_worker._private_jobs set locked_at = locked_at - interval '5 hours' where locked_at is not null and locked_at > now() - interval '4 hours'"); }

  async sql<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
    const client = new pg.Client({ connectionString: this.url('postgres') });
    client.on('error', () => {});
    await client.connect();
    try { return (await client.query<R>(text, values)).rows; } finally { await client.end().catch(() => {}); }
  }
  async stop() {
    for (const name of this.processes.keys()) await this.kill(name);
    await this.database?.stop('immediate');
  }
}

/** A Verbund with two Mandanten, made once; every fault begins with a copy of it. */
export async function createGrund(ordner: string) {
  await mkdir(ordner, { recursive: true });
  await chmod(ordner, 0o711); // the database's own user passes
  const anlage = new Anlage({ ordner });
  await anlage.startDatabase();
  const admin = new pg.Client({ connectionString: anlage.database!.url('postgres') });
  await admin.connect();
  await admin.query(rolesSql(() => KENNWORT));
  await admin.query(`create database ${STOERFALL} owner va_owner`);
  await admin.end();
  await mkdir(anlage.orte.ablage, { recursive: true, mode: 0o700 });
  await createKeys(anlage.storageConfig);
  await migrate({ ownerUrl: anlage.url('va_owner'), workerUrl: anlage.url('va_worker') });
  const child = spawn(process.execPath, [join(root, 'tools/stoerfall/grund.ts')], { env: anlage.env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (piece: Buffer) => { output += String(piece); });
  if ((await once(child, 'close'))[0] !== 0) throw new Error('Der Grundbestand lässt sich nicht anlegen');
  await writeFile(join(ordner, 'zugang.json'), output);
  await anlage.database!.stop('fast');
}

export async function copyGrund(grund: string, { ordner, postgres = join(ordner, 'postgres'), ablage = join(ordner, 'ablage') }: Orte) {
  await mkdir(ordner, { recursive: true });
  await chmod(ordner, 0o711);
  for (const name of ['verbund.schluessel', 'zugang.json']) await cp(join(grund, name), join(ordner, name));
  await cp(join(grund, 'postgres'), postgres, { recursive: true });
  await cp(join(grund, 'ablage'), ablage, { recursive: true });
  await chmod(postgres, 0o700);
  await adoptCluster(postgres);
  for (const folder of new Set([ordner, postgres, ablage])) execFileSync('sync', ['-f', folder]); // what a fault may take away begins after this
}
