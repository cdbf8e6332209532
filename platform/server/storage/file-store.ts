import { randomBytes } from 'node:crypto';
import { mkdir, open, opendir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Missing, NoSpace, isNoSpace, type ObjectStore } from './object-store.ts';
import type { ByteRange } from './storage.ts';

export type FileStoreOptions = {
  root: string;
  /** Free bytes that content may not use up: where the database shares the disk, it must go on. */
  reserve?: number;
  /** For the fault tests: called as each named step of a write begins. */
  onStep?: (step: 'opened' | 'written' | 'synced' | 'renamed' | 'folder_synced') => void | Promise<void>;
};

const BATCH = 1 << 20;
const CHECK_EVERY = 16 << 20;
const ABANDONED_AFTER = 60 * 60_000;
const ENOENT = (error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return undefined; throw error; };

async function syncFolder(path: string) {
  const folder = await open(path, 'r');
  try { await folder.sync(); } finally { await folder.close(); }
}

/** Objects as files. Written beside (`teil/`), synced, moved to their place, folder synced: a name that exists is whole. */
export function openFileStore({ root: given, reserve = 0, onStep = () => {} }: FileStoreOptions): ObjectStore {
  const root = resolve(given);
  const parts = join(root, 'teil');
  const ready = new Map<string, Promise<void>>();
  /** Makes a folder that survives a power cut: each new name is synced in the folder above, once per process. */
  function ensureFolder(path: string): Promise<void> {
    const known = ready.get(path) ?? (async () => {
      if (path !== root) await ensureFolder(dirname(path));
      await mkdir(path, { recursive: path === root, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => { if (error.code !== 'EEXIST') throw error; });
      await syncFolder(dirname(path));
    })();
    ready.set(path, known);
    known.catch(() => ready.delete(path));
    return known;
  }
  async function requireSpace() {
    const { bavail, bsize } = await statfs(root);
    if (bavail * bsize < reserve) throw NoSpace();
  }

  async function writePart(path: string, chunks: AsyncIterable<Uint8Array>) {
    const handle = await open(path, 'wx', 0o600);
    try {
      await onStep('opened');
      let batch: Uint8Array[] = [];
      let waiting = 0;
      let unchecked = 0;
      const flush = async () => {
        if (waiting) for (let rest = batch; rest.length;) {
          const { bytesWritten } = await handle.writev(rest);
          rest = dropBytes(rest, bytesWritten); // a full device may take a part before it refuses
        }
        unchecked += waiting;
        batch = [];
        waiting = 0;
        if (reserve && unchecked > CHECK_EVERY) { await requireSpace(); unchecked = 0; }
      };
      for await (const chunk of chunks) {
        batch.push(chunk);
        if ((waiting += chunk.length) >= BATCH) await flush();
      }
      await flush();
      await onStep('written');
      await handle.sync(); // an error here is final: the kernel may already have dropped the pages, a second sync would lie
      await onStep('synced');
    } finally { await handle.close(); }
  }

  return {
    async write(path, chunks) {
      const final = join(root, path);
      const part = join(parts, `${hostname()}-${process.pid}-${randomBytes(8).toString('hex')}`);
      let placed = false;
      try {
        await ensureFolder(parts);
        if (reserve) await requireSpace();
        await writePart(part, chunks);
        await ensureFolder(dirname(final));
        await rename(part, final);
        placed = true;
        await onStep('renamed');
        await syncFolder(dirname(final));
        await onStep('folder_synced');
      } catch (error) {
        await rm(placed ? final : part, { force: true }).catch(() => {});
        throw isNoSpace(error) ? NoSpace() : error;
      }
    },
    async *read(path, { start, end }: ByteRange) {
      const handle = await open(join(root, path), 'r').catch(ENOENT);
      if (!handle) throw Missing(path);
      try {
        for (let at = start; at <= end;) {
          const wanted = Math.min(BATCH, end + 1 - at);
          const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, at);
          if (!bytesRead) return;
          at += bytesRead;
          yield buffer.subarray(0, bytesRead);
        }
      } finally { await handle.close(); }
    },
    async stat(path) {
      const found = await stat(join(root, path)).catch(ENOENT);
      return found && { size: found.size, zeit: found.mtime };
    },
    async remove(path) {
      await rm(join(root, path), { force: true });
    },
    async *list(prefix) {
      const folder = await opendir(join(root, prefix), { recursive: true }).catch(ENOENT);
      if (folder) for await (const entry of folder) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const found = await stat(path).catch(ENOENT);
        if (found) yield { path: path.slice(root.length + 1), size: found.size, zeit: found.mtime };
      }
    },
    async sweep() {
      const names = await readdir(parts).catch(ENOENT) ?? [];
      const abandoned = await Promise.all(names.map(async (name) => (await isAbandoned(join(parts, name), name)) ? name : undefined));
      const gone = abandoned.filter((n) => n !== undefined);
      for (const name of gone) await rm(join(parts, name), { force: true });
      return gone.length;
    },
  };
}

/** Several processes may write into one store: a part goes when its process is dead, or when nothing was added for an hour. */
async function isAbandoned(path: string, name: string): Promise<boolean> {
  const [, host, pid] = /^(.*)-(\d+)-[0-9a-f]+$/.exec(name) ?? [];
  if (host === hostname() && Number(pid) !== process.pid) {
    try { process.kill(Number(pid), 0); } catch (error) { if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true; }
  }
  const found = await stat(path).catch(ENOENT);
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED_AFTER;
}

function dropBytes(buffers: Uint8Array[], count: number): Uint8Array[] {
  let left = count;
  return buffers.flatMap((b) => {
    const dropped = Math.min(left, b.length);
    left -= dropped;
    return dropped === b.length ? [] : [b.subarray(dropped)];
  });
}
