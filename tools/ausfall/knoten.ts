import { execFileSync, spawn } from 'node:child_process';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '#apps/server/tests/program.ts';
import type { Netz } from './netz.ts';
import { etcdArgs, haproxyCfg, patroniYml } from './vorlagen.ts';

/** etcd, Patroni with its PostgreSQL and haproxy on each server; all as the user `postgres`. */
export function createKnoten(netz: Netz, folder: string, bin: string, servers: readonly string[]) {
  const hosts = netz.hosts.filter((h) => servers.includes(h.name));
  const logs = new Map<string, string>();
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']));
  const [uid, gid] = [id('-u'), id('-g')];
  function start(name: string, program: string, args: readonly string[]) {
    const [file = '', ...rest] = [...netz.within(name), 'setpriv', '--reuid', 'postgres', '--regid', 'postgres', '--clear-groups', program, ...args];
    const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', HOME: folder } });
    const key = `${name} ${program}`;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { logs.set(key, ((logs.get(key) ?? '') + String(text)).slice(-6000)); });
  }
  const startPatroni = (name: string) => start(name, '/usr/bin/patroni', [join(folder, name, 'patroni.yml')]);
  const startEtcd = (name: string) => start(name, '/usr/bin/etcd', etcdArgs(hosts.find((h) => h.name === name)!, hosts, join(folder, name, 'etcd')));

  const startHaproxy = (name: string) => start(name, '/usr/sbin/haproxy', ['-f', join(folder, name, 'haproxy.cfg')]);

  async function startAll() {
    for (const host of hosts) {
      const dir = join(folder, host.name);
      await mkdir(dir, { recursive: true });
      await chown(dir, uid, gid);
      await writeFile(join(dir, 'patroni.yml'), patroniYml(host, hosts, { bin, daten: join(dir, 'pg') }));
      await writeFile(join(dir, 'haproxy.cfg'), haproxyCfg(hosts));
      startEtcd(host.name);
    }
    for (const { name } of hosts) { startPatroni(name); startHaproxy(name); }
  }
  /** The servers that say so of themselves, now: what haproxy asks as well. */
  const those = async (path: string, von: readonly string[] = servers) => (await Promise.all(von.map((name) =>
    fetch(`http://${netz.adresse(name)}:8008${path}`, { method: 'OPTIONS', signal: AbortSignal.timeout(3000) }).then((r) => r.status === 200 && name, () => false as const)))).filter((name) => name !== false);
  const primary = async (von?: readonly string[]) => (await those('/primary', von))[0];
  return {
    startAll, primary,
    /** A machine that is switched on again; `more`: what else runs on it. */
    restart: (more?: (name: string) => Promise<unknown>) => async (name: string) => {
      startEtcd(name);
      startPatroni(name);
      startHaproxy(name);
      await more?.(name);
    },
    logs: () => [...logs].map(([key, text]) => `── ${key}\n${text}`).join('\n'),
    /** All are there, one leads, one follows synchronously; answers who leads. */
    whole: (seconds: number) => until('a primary, a synchronous standby and an asynchronous one', seconds, async () => {
      const [leader, sync, rest] = await Promise.all([those('/primary'), those('/synchronous'), those('/asynchronous')]);
      return leader.length === 1 && sync.length === 1 && leader.length + sync.length + rest.length === servers.length && leader[0];
    }),
  };
}
export type Knoten = ReturnType<typeof createKnoten>;
