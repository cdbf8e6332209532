import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { newId } from '../ids.ts';
import type { KeyFile } from '../keys.ts';
import type { ObjectStore } from './object-store.ts';

/** How long a key stays in memory: the time after which a shredded Mandant is unreadable for every running process. */
const REMEMBERED = 60_000;

type DataKey = { id: string; key: Buffer };

/**
 * The keys of the Mandanten, each wrapped by the main key (AES-256-GCM, associated data Mandant|id) and kept in the store itself under
 * `schluessel/<Mandant>/<id>`. An object names the key it is sealed with, so two processes that make a Mandant's first key at the same
 * moment both succeed: no conditional writing is needed, and a key is never overwritten.
 */
export function openDataKeys(store: ObjectStore, keys: KeyFile) {
  const known = new Map<string, { until: number; keys: Promise<DataKey[]> }>();
  const folder = (mandantId: string) => `schluessel/${mandantId}`;

  function wrap(mandantId: string, { id, key }: DataKey) {
    const main = keys.haupt[0]!;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', main.key, nonce).setAAD(Buffer.from(`${mandantId}|${id}|${main.id}`));
    return Buffer.from(JSON.stringify({ haupt: main.id, nonce: nonce.toString('base64url'), daten: Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString('base64url') }));
  }
  function unwrap(mandantId: string, id: string, wrapped: Buffer): Buffer {
    const { haupt, nonce, daten } = JSON.parse(wrapped.toString()) as { haupt: string; nonce: string; daten: string };
    const main = keys.haupt.find((k) => k.id === haupt);
    if (!main) throw new Error(`Der Schlüssel des Mandanten ${mandantId} ist mit einem Hauptschlüssel (${haupt}) verschlüsselt, der nicht in der Schlüsseldatei steht`);
    const sealed = Buffer.from(daten, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', main.key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 }).setAAD(Buffer.from(`${mandantId}|${id}|${haupt}`)).setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  }
  async function readAll(mandantId: string): Promise<DataKey[]> {
    const found: DataKey[] = [];
    for await (const { path, size } of store.list(`${folder(mandantId)}/`)) {
      const id = path.slice(path.lastIndexOf('/') + 1);
      const pieces = await Array.fromAsync(store.read(path, { start: 0, end: size - 1 }));
      found.push({ id, key: unwrap(mandantId, id, Buffer.concat(pieces)) });
    }
    return found.toSorted((a, b) => (a.id < b.id ? 1 : -1)); // ids begin with their time: the newest first
  }
  function all(mandantId: string, fresh = false): Promise<DataKey[]> {
    const cached = known.get(mandantId);
    if (!fresh && cached && cached.until > Date.now()) return cached.keys;
    const entry = { until: Date.now() + REMEMBERED, keys: readAll(mandantId) };
    known.set(mandantId, entry);
    entry.keys.catch(() => known.delete(mandantId));
    return entry.keys;
  }
  async function create(mandantId: string): Promise<DataKey> {
    const made = { id: newId(), key: randomBytes(32) };
    await store.write(`${folder(mandantId)}/${made.id}`, (async function* () { yield wrap(mandantId, made); })());
    known.delete(mandantId);
    return made;
  }
  const making = new Map<string, Promise<DataKey>>();
  return {
    async current(mandantId: string): Promise<DataKey> {
      const newest = (await all(mandantId))[0];
      if (newest) return newest;
      const made = making.get(mandantId) ?? create(mandantId);
      making.set(mandantId, made);
      try { return await made; } finally { making.delete(mandantId); }
    },
    /** Undefined: the Mandant was shredded. */
    async find(mandantId: string, id: string): Promise<Buffer | undefined> {
      const among = (list: DataKey[]) => list.find((k) => k.id === id)?.key;
      return among(await all(mandantId)) ?? among(await all(mandantId, true)); // another process may have made it a moment ago
    },
    rotate: async (mandantId: string) => { await create(mandantId); },
    /** Wraps the keys of a Mandant anew after a new main key was put first in the key file. */
    async rewrap(mandantId: string) {
      for (const key of await all(mandantId, true)) await store.write(`${folder(mandantId)}/${key.id}`, (async function* () { yield wrap(mandantId, key); })());
    },
    async shred(mandantId: string) {
      for await (const { path } of store.list(`${folder(mandantId)}/`)) await store.remove(path);
      known.delete(mandantId);
    },
  };
}
