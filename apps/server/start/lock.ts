import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { short } from './say.ts';

/** Who works with a data folder. */
export type Holder = { pid: number; /** Start of the process in ticks since boot: a pid alone may long be somebody else's. */ ticks: string; boot: string; seit: string; adresse?: string };

async function identity(pid: number) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  // the second field is the program's name in brackets and may hold anything; the 22nd field is the start time
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  // In a container without an init nobody collects the dead: a zombie keeps its pid, its ticks, and does nothing any more.
  return fields === undefined || /[ZX]/.test(fields[0]!) ? undefined : { ticks: fields[19] ?? '', boot: boot.trim() };
}

async function isAlive(holder: Holder) {
  if (process.platform !== 'linux') { try { process.kill(holder.pid, 0); return true; } catch (error) { return (error as { code?: string }).code === 'EPERM'; } }
  const now = await identity(holder.pid);
  return now !== undefined && now.ticks === holder.ticks && now.boot === holder.boot;
}

const readHolder = async (path: string) => {
  try { return JSON.parse(await readFile(path, 'utf8')) as Holder; } catch { return undefined; }
};

export type Lock = { note(adresse: string): Promise<void>; release(): Promise<void> };

/** The data folder is ours until `release` or the end of the process, however it ends; otherwise says whose it is. */
export async function acquireLock(folder: string): Promise<Lock | { heldBy: Holder }> {
  const path = join(folder, 'verbundakte.lock');
  const mine = join(folder, `verbundakte.lock.${process.pid}`);
  const own: Holder = { pid: process.pid, ticks: '', boot: '', ...(await identity(process.pid)), seit: new Date().toISOString() };
  const write = (holder: Holder) => writeFile(mine, JSON.stringify(holder), { mode: 0o600 });
  await write(own);
  try {
    for (;;) {
      // link() refuses to replace: of two starts at the same time exactly one gets the name
      if (await link(mine, path).then(() => true, () => false)) break;
      const other = await readHolder(path);
      if (other && (await isAlive(other))) return { heldBy: other };
      // What a killed process left is moved away, not deleted; if a faster one has just taken the name, it gets it back.
      const old = `${mine}.alt`;
      if (!(await rename(path, old).then(() => true, () => false))) continue;
      const moved = await readHolder(old);
      if (moved && (await isAlive(moved))) await link(old, path).catch(() => {});
      await rm(old, { force: true });
    }
  } finally { await rm(mine, { force: true }); }
  return {
    async note(adresse) { await write({ ...own, adresse }); await rename(mine, path); },
    release: () => rm(path, { force: true }),
  };
}

export const describeHolder = (folder: string, { pid, seit, adresse }: Holder) =>
  `Verbundakte läuft schon mit ${short(folder)}: Prozess ${pid}, gestartet ${new Date(seit).toLocaleString('de-DE', { dateStyle: 'short', timeStyle: 'short' })}${adresse ? `, ${adresse}` : ''}.`;
