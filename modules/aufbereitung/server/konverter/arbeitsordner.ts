import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = /^verbundakte-(\d+)-/;
const basis = tmpdir;

let bereich: Promise<string> | undefined;
/**
 * One work area per server process, for its owner only. It holds decrypted content while a converter works on it, so what a killed server
 * left behind is removed by the next one that starts.
 */
export function arbeitsbereich() {
  return bereich ??= (async () => {
    for (const name of await readdir(basis())) {
      const pid = Number(NAME.exec(name)?.[1] ?? 0);
      // what another user's server left is theirs to remove, and no reason to read nothing at all
      if (pid && pid !== process.pid && !alive(pid)) await rm(join(basis(), name), { recursive: true, force: true }).catch(() => {});
    }
    const ordner = await mkdtemp(join(basis(), `verbundakte-${process.pid}-`)); // mode 0700
    process.once('exit', () => rmSync(ordner, { recursive: true, force: true }));
    return ordner;
  })();
}
const alive = (pid: number) => {
  try { process.kill(pid, 0); return true; } catch (error) { return (error as { code?: string }).code === 'EPERM'; }
};

/** A folder for one piece of work, gone when the work is over, however it ends. */
export async function withOrdner<T>(work: (ordner: string) => Promise<T>): Promise<T> {
  const ordner = await mkdtemp(join(await arbeitsbereich(), 'a-'));
  try { return await work(ordner); } finally { await rm(ordner, { recursive: true, force: true, maxRetries: 3 }); }
}

export async function closeArbeitsbereich() {
  const alt = bereich;
  bereich = undefined;
  if (alt) await rm(await alt, { recursive: true, force: true });
}
