/** File systems of our own: small ones that run full, and XFS on a loop file whose plug can be pulled. Only for root. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
const EIGEN = 'VERBUNDAKTE_TEST_EIGENER_NAMENSRAUM';

/**
 * Goes on in a mount namespace of its own: what is mounted there ends with it, whatever happens, and no sandbox that somebody else on this machine opens
 * meanwhile gets hold of a file system whose plug is pulled.
 */
export function enterOwnNamespace() {
  if (!isRoot || process.env[EIGEN] || spawnSync('unshare', ['--mount', '--propagation', 'private', 'true']).status !== 0) return;
  const which = spawnSync('sh', ['-c', 'command -v unshare']).stdout.toString().trim();
  process.execve!(which, ['unshare', '--mount', '--propagation', 'private', process.execPath, ...process.execArgv, ...process.argv.slice(1)], { ...process.env, [EIGEN]: '1' });
}
const namespace = process.env[EIGEN] ? undefined : 'hier lässt sich kein eigener Namensraum für Dateisysteme öffnen (unshare --mount)';

const NUR_ROOT = 'ein eigenes Dateisystem darf nur root einhängen';
/** Why it cannot be done here, or undefined. */
export async function whyNoTmpfs(): Promise<string | undefined> {
  return isRoot ? namespace : NUR_ROOT;
}
export async function whyNoXfs(): Promise<string | undefined> {
  if (!isRoot) return NUR_ROOT;
  if (namespace) return namespace;
  const has = (program: string) => run('sh', ['-c', `command -v ${program}`]).then(() => true, () => false);
  for (const program of ['mkfs.xfs', 'xfs_io', 'losetup']) if (!(await has(program))) return `${program} fehlt (apt-get install xfsprogs mount)`;
  return run('sh', ['-c', 'modprobe xfs 2>/dev/null; grep -qw xfs /proc/filesystems && losetup -f']).then(() => undefined, () => 'der Kern kennt hier kein XFS oder keine Loop-Geräte');
}

async function umount(path: string) {
  // processes that have just been killed may hold it for a moment
  for (let attempt = 0; ; attempt++) {
    try { await run('umount', [path]); return; } catch (error) { if (attempt === 50) throw error; await new Promise((r) => setTimeout(r, 100)); }
  }
}

export async function mountTmpfs(path: string, size: string) {
  await mkdir(path, { recursive: true });
  await run('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0711`, 'tmpfs', path]);
  return { end: () => umount(path) };
}

/** `pullPlug`: what was not written to the disk by then is gone, the log too; every access after it is an I/O error. */
export async function mountXfs(path: string, image: string, mebibytes: number) {
  await mkdir(path, { recursive: true });
  await mkdir(dirname(image), { recursive: true });
  const file = await open(image, 'w');
  await file.truncate(mebibytes * 2 ** 20);
  await file.close();
  await run('mkfs.xfs', ['-q', '-f', image]);
  const mount = () => run('mount', ['-o', 'loop', image, path]);
  await mount();
  await run('chmod', ['711', path]);
  return {
    pullPlug: () => run('xfs_io', ['-x', '-c', 'shutdown', path]),
    /** As after the power has come back. The processes on it must have ended. */
    async again() {
      for (let attempt = 0; ; attempt++) {
        await umount(path);
        await mount();
        // A converter that is just ending holds the old one in a mount namespace of its own: then what has come back is that, still without power.
        if (await readdir(path).then(() => true, () => false)) return;
        if (attempt === 100) throw new Error(`${path} kommt nicht wieder`);
        await new Promise((r) => setTimeout(r, 200));
      }
    },
    async end() { await umount(path); await rm(image, { force: true }); },
  };
}
