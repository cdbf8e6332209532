import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const SWIFT_PACKAGES = 'swift-proxy swift-account swift-container swift-object';

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

/**
 * A real S3 server without docker: OpenStack Swift with its S3 interface (Debian's packages), one process of each kind on loopback,
 * everything in a folder of its own. Undefined where the packages are missing.
 */
export async function startSwift() {
  const missing = await Promise.all(['proxy', 'account', 'container', 'object'].map((kind) => access(`/usr/bin/swift-${kind}-server`))).then(() => false, () => true);
  if (missing) return undefined;
  const dir = await mkdtemp(join(tmpdir(), 'va-swift-'));
  const kinds = ['account', 'container', 'object'] as const;
  const ports = { account: await freePort(), container: await freePort(), object: await freePort(), proxy: await freePort() };
  await mkdir(join(dir, 'platte', 'sda'), { recursive: true });
  const children: ChildProcess[] = [];
  let log = '';
  const common = (port: number) => `[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = ${port}\nworkers = 0\nuser = ${userInfo().username}\nswift_dir = ${dir}\nlog_address = ${dir}/kein-syslog\n`;
  await Promise.all(kinds.map(async (kind) => {
    const ring = join(dir, `${kind}.builder`);
    await run('swift-ring-builder', [ring, 'create', '4', '1', '0']);
    await run('swift-ring-builder', [ring, 'add', `r1z1-127.0.0.1:${ports[kind]}/sda`, '1']);
    await run('swift-ring-builder', [ring, 'rebalance']);
    await writeFile(join(dir, `${kind}.conf`), `${common(ports[kind])}devices = ${dir}/platte\nmount_check = false\n[pipeline:main]\npipeline = ${kind}-server\n[app:${kind}-server]\nuse = egg:swift#${kind}\n`);
  }));
  await writeFile(join(dir, 'proxy.conf'), `${common(ports.proxy)}[pipeline:main]
pipeline = catch_errors cache s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
check_bucket_owner = false
min_segment_size = 1048576
[filter:slo]
use = egg:swift#slo
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = geheim .admin
`);
  const start = (kind: string) => {
    const child = spawn(`/usr/bin/swift-${kind}-server`, [join(dir, `${kind}.conf`)], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => { log = (log + String(text)).slice(-4000); });
    children.push(child);
  };
  for (const kind of [...kinds, 'proxy']) start(kind);
  const url = `http://127.0.0.1:${ports.proxy}`;
  const stop = async () => {
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(children.map((c) => c.exitCode !== null || c.signalCode !== null || once(c, 'exit')));
    await rm(dir, { recursive: true, force: true });
  };
  const deadline = Date.now() + 120_000;
  for (const port of Object.values(ports)) {
    while (!(await fetch(`http://127.0.0.1:${port}/info`).then(() => true, () => false))) {
      if (Date.now() > deadline || children.some((c) => c.exitCode !== null)) { await stop(); throw new Error(`Swift does not start:\n${log}`); }
      await new Promise((r) => setTimeout(r, 100));
    }
  }
  return { url, host: `127.0.0.1:${ports.proxy}`, accessKey: 'test:tester', secretKey: 'geheim', stop, log: () => log };
}
