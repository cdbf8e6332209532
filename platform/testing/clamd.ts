import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PROGRAM = '/usr/sbin/clamd';
export const hasClamd = (() => { try { accessSync(PROGRAM); return true; } catch { return false; } })();
/** The test file of all virus scanners; put together here, so that no scanner stumbles over this repository. */
export const eicar = () => ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-', 'ANTIVIRUS-TEST-', 'FILE!$H+H*'].join('');

/** A clamd of Debian's package with a signature database of our own: nothing is fetched. */
export async function startClamd({ streamMax = '4M' }: { streamMax?: string } = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'va-clamd-'));
  await mkdir(join(dir, 'db'));
  await writeFile(join(dir, 'db', 'test.ndb'), `Test.Eicar:0:*:${Buffer.from(eicar()).toString('hex')}\n`);
  const socket = join(dir, 'clamd.sock');
  await writeFile(join(dir, 'clamd.conf'), `Foreground yes\nLocalSocket ${socket}\nFixStaleSocket yes\nDatabaseDirectory ${dir}/db\nTemporaryDirectory ${dir}\nStreamMaxLength ${streamMax}\nMaxThreads 4\nSelfCheck 0\nConcurrentDatabaseReload no\nLogFile ${dir}/clamd.log\n`);
  let child: ChildProcess;
  const answers = () => new Promise<boolean>((resolve) => {
    const probe = connect(socket, () => probe.write('zPING\0')).on('data', () => { probe.destroy(); resolve(true); }).on('error', () => resolve(false));
  });
  const start = async () => {
    child = spawn(PROGRAM, ['--config-file', join(dir, 'clamd.conf')], { stdio: 'ignore' });
    for (const bis = Date.now() + 60_000; !await answers();) {
      if (child.exitCode !== null || Date.now() > bis) throw new Error(`clamd does not start: ${await readFile(join(dir, 'clamd.log'), 'utf8').catch(() => 'no log')}`);
      await pause(50);
    }
  };
  const kill = async () => { if (child.exitCode === null && child.signalCode === null) { child.kill('SIGKILL'); await once(child, 'exit'); } };
  await start();
  return { url: `unix://${socket}`, start, kill, async stop() { await kill(); await rm(dir, { recursive: true, force: true }); } };
}

/** Stands in for clamd on a machine without it, and where a test needs one that waits: speaks INSTREAM over TCP, finds EICAR where it stands plainly. */
export async function startClamdErsatz() {
  let halt: Promise<void> | undefined;
  let weiter = () => {};
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => {});
    let bytes = Buffer.alloc(0);
    socket.on('data', (piece) => {
      bytes = Buffer.concat([bytes, piece]);
      const content: Buffer[] = [];
      for (let at = 'zINSTREAM\0'.length; at + 4 <= bytes.length;) {
        const n = bytes.readUInt32BE(at);
        if (n === 0) { const found = Buffer.concat(content).includes(eicar()); void (halt ?? Promise.resolve()).then(() => socket.end(found ? 'stream: Test.Eicar FOUND\0' : 'stream: OK\0')); return; }
        content.push(bytes.subarray(at + 4, at + 4 + n));
        at += 4 + n;
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `tcp://127.0.0.1:${(server.address() as { port: number }).port}`,
    halte() { halt = new Promise((resolve) => { weiter = resolve; }); },
    weiter() { halt = undefined; weiter(); },
    /** As a process that dies: what was begun is cut off. */
    reisse() { for (const socket of open) socket.destroy(); },
    async stop() { for (const socket of open) socket.destroy(); server.close(); await once(server, 'close'); },
  };
}
