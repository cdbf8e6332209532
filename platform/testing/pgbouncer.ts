import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = '/usr/sbin/pgbouncer';

/** The settings of docs/betrieb/skalierung.md, with the addresses of a test. */
export const pgbouncerIni = ({ datenbank, host, port, users, pool = 3 }: { datenbank: string; host: string; port: number; users: string; pool?: number }) => `[databases]
* = ${datenbank}
[pgbouncer]
listen_addr = ${host}
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${pool}
max_client_conn = 500
server_reset_query =
ignore_startup_parameters = extra_float_digits
`;

/** A real PgBouncer in transaction mode before a PostgreSQL; undefined where Debian's package is missing. As root it runs as the user `postgres`. */
export async function startPgbouncer({ host: server, port: serverPort }: { host: string; port: string | number }, pool = 3) {
  if (await access(PROGRAM).then(() => false, () => true)) return undefined;
  const dir = await mkdtemp(join(tmpdir(), 'va-pgbouncer-'));
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  const [users, ini] = [join(dir, 'users'), join(dir, 'pgbouncer.ini')];
  await writeFile(users, '"va_app" "test"\n');
  await writeFile(ini, pgbouncerIni({ datenbank: `host=${server} port=${serverPort}`, host: '127.0.0.1', port, users, pool }));
  const root = process.getuid?.() === 0;
  if (root) for (const path of [dir, users, ini]) await chown(path, Number(execFileSync('id', ['-u', 'postgres'])), Number(execFileSync('id', ['-g', 'postgres'])));
  const child = spawn(PROGRAM, [...(root ? ['-u', 'postgres'] : []), ini], { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { log = (log + String(text)).slice(-8000); });
  const ended = once(child, 'exit');
  const stop = async () => { child.kill('SIGINT'); await Promise.race([ended, new Promise((r) => setTimeout(r, 2000).unref())]); child.kill('SIGKILL'); await rm(dir, { recursive: true, force: true }); };
  const version = execFileSync(PROGRAM, ['--version'], { encoding: 'utf8' }).split('\n')[0]!;
  for (const end = Date.now() + 15_000; !log.includes('process up'); await new Promise((r) => setTimeout(r, 50))) {
    if (Date.now() > end || child.exitCode !== null) { await stop(); throw new Error(`PgBouncer does not start:\n${log}`); }
  }
  return { address: `127.0.0.1:${port}`, version, log: () => log, stop };
}
