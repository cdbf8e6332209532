/**
 * `npm run ausfall`: three servers in network namespaces, PostgreSQL with a synchronous standby under Patroni, the product on two of them; the primary is
 * cut off, then killed, while letters are filed. Needs root and Debian's packages; elsewhere it says so. docs/betrieb/skalierung.md
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { findDebianPostgres } from '#platform/testing/debian-postgres.ts';
import { netzOf } from './netz.ts';

export const NAMEN = ['h1', 'h2', 'h3', 'kunde'];
const PROGRAMS = { patroni: '/usr/bin/patroni', 'etcd-server': '/usr/bin/etcd', haproxy: '/usr/sbin/haproxy', iproute2: '/usr/sbin/ip' };

async function reasonNot(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'nur root darf Netze anlegen';
  const missing = Object.entries(PROGRAMS).filter(([, path]) => !existsSync(path) && !existsSync(path.replace('/usr/sbin', '/sbin'))).map(([name]) => name);
  if (!(await findDebianPostgres())) missing.push('postgresql');
  try { execFileSync('/usr/bin/python3', ['-c', 'import patroni.dcs.etcd3'], { stdio: 'ignore' }); } catch { missing.push('python3-etcd'); }
  if (missing.length) return `es fehlen Pakete: apt-get install ${[...new Set(missing)].join(' ')}`;
  try { execFileSync('ip', ['netns', 'add', `va${process.pid}`], { stdio: 'pipe' }); execFileSync('ip', ['netns', 'del', `va${process.pid}`]); } catch { return 'dieser Rechner erlaubt keine Netznamensräume'; }
  return undefined;
}

const reason = await reasonNot();
if (reason) {
  console.log(`SKIPPED ausfall: ${reason}`);
  process.exit(0);
}
const id = String(process.pid);
const netz = netzOf(NAMEN, id);
let code = 1;
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => { netz.end(); process.exit(1); });
try {
  netz.create();
  const [file = '', ...rest] = [...netz.within('kunde'), process.execPath, new URL('lauf.ts', import.meta.url).pathname, id];
  const child = spawn(file, rest, { stdio: 'inherit' });
  const timer = setTimeout(() => { console.log('nach 8 Minuten abgebrochen'); child.kill('SIGKILL'); }, 8 * 60_000);
  [code] = await once(child, 'exit') as [number];
  clearTimeout(timer);
} finally { netz.end(); }
process.exit(code ?? 1);
