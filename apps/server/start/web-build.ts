import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { glob, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Everything the bundle is made of. */
const SOURCES = ['apps/web/**/*', 'platform/web/**/*', 'platform/*.ts', 'modules/modules.ts', 'modules/*/contract.ts', 'modules/*/contract/**/*', 'modules/*/web/**/*', 'vite.config.ts', 'package-lock.json'];
const MARK = '.quelle';

async function hashSources(root: string) {
  const files = (await Array.fromAsync(glob(SOURCES, { cwd: root, withFileTypes: true }))).filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name)).toSorted();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(root.length)).update('\0').update(await readFile(file)).update('\0');
  return hash.digest('hex');
}

/** Of this process alone: two that start side by side for the first time would write into each other's. What one that died has left is removed. */
async function freshFolder(parent: string): Promise<string> {
  for (const pid of await readdir(parent).catch(() => [])) if (Number(pid) === process.pid || !isRunning(Number(pid))) await rm(join(parent, pid), { recursive: true, force: true });
  return join(parent, String(process.pid));
}
function isRunning(pid: number): boolean {
  try { return process.kill(pid, 0); } catch (error) { return (error as NodeJS.ErrnoException).code === 'EPERM'; }
}

/**
 * Builds the web when it was never built or its sources have changed since. Built beside and moved into place, so that a build
 * that was killed is never served. `begin` is called when there is something to do.
 */
export async function buildWeb(root: string, dist: string, signal: AbortSignal, begin: () => void = () => {}): Promise<void> {
  const hash = await hashSources(root);
  if ((await readFile(join(dist, MARK), 'utf8').catch(() => '')) === hash) return;
  begin();
  const fresh = await freshFolder(`${dist}.neu`);
  const vite = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn', '--configLoader', 'native'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], signal, env: { ...process.env, NODE_ENV: 'production' } });
  let output = '';
  for (const stream of [vite.stdout, vite.stderr]) stream.on('data', (chunk: Buffer) => { output = (output + String(chunk)).slice(-4000); });
  const [code] = (await once(vite, 'close')) as [number | null];
  if (code !== 0) throw new Error(`Die Weboberfläche lässt sich nicht bauen:\n${output}`);
  await writeFile(join(fresh, MARK), hash);
  await rm(dist, { recursive: true, force: true });
  try { await rename(fresh, dist); } catch (error) {
    // another one was quicker, with the same sources
    if ((await readFile(join(dist, MARK), 'utf8').catch(() => '')) !== hash) throw error;
  }
  await rm(fresh, { recursive: true, force: true });
}
