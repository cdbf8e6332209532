import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { glob, readFile, rename, rm, writeFile } from 'node:fs/promises';
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

/**
 * Builds the web when it was never built or its sources have changed since. Built beside and moved into place, so that a build
 * that was killed is never served. `begin` is called when there is something to do.
 */
export async function buildWeb(root: string, dist: string, signal: AbortSignal, begin: () => void = () => {}): Promise<void> {
  const hash = await hashSources(root);
  if ((await readFile(join(dist, MARK), 'utf8').catch(() => '')) === hash) return;
  begin();
  const fresh = `${dist}.neu`;
  await rm(fresh, { recursive: true, force: true });
  const vite = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn', '--configLoader', 'native'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], signal, env: { ...process.env, NODE_ENV: 'production' } });
  let output = '';
  for (const stream of [vite.stdout, vite.stderr]) stream.on('data', (chunk: Buffer) => { output = (output + String(chunk)).slice(-4000); });
  const [code] = (await once(vite, 'close')) as [number | null];
  if (code !== 0) throw new Error(`Die Weboberfläche lässt sich nicht bauen:\n${output}`);
  await writeFile(join(fresh, MARK), hash);
  await rm(dist, { recursive: true, force: true });
  await rename(fresh, dist);
}
