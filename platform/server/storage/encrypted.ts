import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { KeyFile } from '../keys.ts';
import { openDataKeys } from './data-keys.ts';
import { FORMAT, HEAD, keyIdOf, locate, plainSize, seal, unseal } from './format.ts';
import { Damaged, Missing, type ObjectStore } from './object-store.ts';
import type { ByteRange, StorageCare } from './storage.ts';

const KEY = /^[0-9a-f]{32}$/;
const MANDANT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Encryption and hashing above any adapter. */
export function openStorage(store: ObjectStore, keys: KeyFile, largest = Number.MAX_SAFE_INTEGER): StorageCare {
  const dataKeys = openDataKeys(store, keys);
  const mandantFolder = (mandantId: string) => {
    if (!MANDANT.test(mandantId)) throw new TypeError('mandantId is not a UUID'); // it becomes part of a path
    return `inhalt/${mandantId}`;
  };
  const pathOf = (mandantId: string, key: string) => {
    if (!KEY.test(key)) throw new TypeError('not a key of the store');
    return `${mandantFolder(mandantId)}/${key.slice(0, 2)}/${key}`;
  };

  async function open(mandantId: string, key: string, range?: ByteRange) {
    const path = pathOf(mandantId, key);
    const found = await store.stat(path);
    if (!found) throw Missing(key);
    if (found.size < HEAD + 16) throw Damaged(key);
    const head = Buffer.concat(await Array.fromAsync(store.read(path, { start: 0, end: HEAD - 1 })));
    if (head.length !== HEAD || head[0] !== FORMAT || !head.subarray(17).equals(Buffer.from(key, 'hex'))) throw Damaged(key);
    const dataKey = await dataKeys.find(mandantId, keyIdOf(head));
    if (!dataKey) throw Damaged(key);
    const at = locate(found.size, range);
    return Readable.from(unseal(store.read(path, at.bytes), at, head, { mandantId, key, dataKey }), { objectMode: false, highWaterMark: 1 << 18 });
  }

  return {
    async put(mandantId, source, { limit = largest } = {}) {
      const key = randomBytes(16).toString('hex');
      const path = pathOf(mandantId, key);
      const { id, key: dataKey } = await dataKeys.current(mandantId);
      const { stream, result } = seal(piecesOf(source), { mandantId, key, keyId: id, dataKey }, limit);
      await store.write(path, stream);
      return { key, ...result };
    },
    open,
    async stat(mandantId, key) {
      const found = await store.stat(pathOf(mandantId, key));
      return found && { key, size: plainSize(found.size), zeit: found.zeit };
    },
    delete: (mandantId, key) => store.remove(pathOf(mandantId, key)),
    async *list(mandantId, shard) {
      for await (const { path, size, zeit } of store.list(`${mandantFolder(mandantId)}/${shard === undefined ? '' : `${shard}/`}`)) {
        yield { key: path.slice(path.lastIndexOf('/') + 1), size: plainSize(size), zeit };
      }
    },
    sweep: () => store.sweep(),
    rotateKey: dataKeys.rotate,
    rewrapKeys: dataKeys.rewrap,
    shred: dataKeys.shred,
  };
}

/** A stream that is refused half-way stays open: destroying it would cut the connection on which the refusal is to be sent. */
const piecesOf = (source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) => (source instanceof Readable ? source.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array> : source);
