import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** The oldest PostgreSQL of the distribution that production may run on: what works there works on newer ones. */
export async function findDebianPostgres(): Promise<string | undefined> {
  const versions = (await readdir('/usr/lib/postgresql').catch(() => [])).filter((v) => Number(v) >= 15).toSorted((a, b) => Number(a) - Number(b));
  return versions[0] && `/usr/lib/postgresql/${versions[0]}/bin`;
}

/** A throw-away cluster of it on a free loopback port; as root it runs as the package's user `postgres`. Its own service is left alone. */
export async function startDebianPostgres(bin: string, { standby = false } = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'va-pg-'));
  const asUser = process.getuid?.() === 0 ? ['setpriv', '--reuid', 'postgres', '--regid', 'postgres', '--clear-groups'] : [];
  if (asUser.length) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']));
    chownSync(dir, id('-u'), id('-g'));
    chmodSync(dir, 0o700);
  }
  const command = (file: string, args: string[]) => { const [head = '', ...rest] = [...asUser, join(bin, file), ...args]; return [head, rest] as const; };
  const data = join(dir, 'daten');
  execFileSync(...command('initdb', ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']), { stdio: 'ignore', cwd: '/' });
  // one that follows nobody yet is a standby as well: read-only, until it is promoted
  if (standby) await writeFile(join(data, 'standby.signal'), '');
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  const settings = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200', timezone: 'UTC' };
  const server = spawn(...command('postgres', ['-D', data, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])]), { stdio: 'ignore', cwd: '/', detached: true });
  const ended = once(server, 'exit');
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let version = '';
  for (const end = Date.now() + 30_000; !version;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    try { await client.connect(); version = (await client.query('show server_version')).rows[0].server_version; await client.end(); }
    catch (error) { if (Date.now() > end || server.exitCode !== null) throw error; await new Promise((r) => setTimeout(r, 100)); }
  }
  return { url, version, async stop() { server.kill('SIGQUIT'); await ended; await rm(dir, { recursive: true, force: true }); } };
}
