import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { loadKeys } from '../server/keys.ts';
import { openFileStore } from '../server/storage/file-store.ts';
import { CHUNK, TAG } from '../server/storage/format.ts';
import { openStorage } from '../server/storage/encrypted.ts';
import type { ByteRange } from '../server/storage/storage.ts';

const dir = await mkdtemp(join(tmpdir(), 'va-storage-'));
afterAll(() => rm(dir, { recursive: true, force: true }));
const root = join(dir, 'ablage');
const keys = await loadKeys(join(dir, 'schluessel', 'datei'), { create: true });
const storage = openStorage(openFileStore({ root }), keys);
const mandant = randomUUID();

const read = async (key: string, range?: ByteRange, of = mandant, from = storage) => Buffer.concat(await Array.fromAsync(await from.open(of, key, range)));
const fileOf = (key: string, of = mandant) => join(root, 'inhalt', of, key.slice(0, 2), key);
const parts = () => readdir(join(root, 'teil'));
const sha256 = (b: Buffer) => createHash('sha256').update(b).digest('hex');
const files = async () => (await Array.fromAsync(storage.list(mandant))).length;

test('content comes back as it was, whatever its size and however it arrives, also in part', async () => {
  const sizes = fc.oneof(fc.constantFrom(0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7), fc.integer({ min: 0, max: 300_000 }));
  await fc.assert(fc.asyncProperty(sizes, fc.integer({ min: 1, max: 100_000 }), fc.nat(), fc.nat(), async (size, piece, a, b) => {
    const content = randomBytes(size);
    const pieces = Array.from({ length: Math.ceil(size / piece) }, (_, i) => content.subarray(i * piece, (i + 1) * piece));
    const stored = await storage.put(mandant, pieces);
    expect(stored).toMatchObject({ size, sha256: sha256(content) });
    expect(await storage.stat(mandant, stored.key)).toMatchObject({ size });
    expect((await read(stored.key)).equals(content)).toBe(true);
    if (!size) return;
    const [start, end] = [a % size, b % size].toSorted((x, y) => x - y) as [number, number];
    expect((await read(stored.key, { start, end })).equals(content.subarray(start, end + 1))).toBe(true);
  }), { numRuns: 60 });
});

test('nothing readable lies on the disk, and each object is sealed with a key of its own', async () => {
  const content = Buffer.from('Geheimnis des Landkreises '.repeat(1000));
  const [one, two] = [await storage.put(mandant, [content]), await storage.put(mandant, [content])];
  const [first, second] = [await readFile(fileOf(one.key)), await readFile(fileOf(two.key))];
  expect(first.includes('Geheimnis')).toBe(false);
  expect(first.subarray(33).equals(second.subarray(33))).toBe(false);
});

test('a changed, cut, lengthened, reordered or foreign object does not open', async () => {
  const content = randomBytes(3 * CHUNK);
  const spoil = async (change: (file: Buffer) => Buffer, reader: { of?: string; range?: ByteRange } = {}) => {
    const { key } = await storage.put(mandant, [content]);
    await writeFile(fileOf(key), change(await readFile(fileOf(key))));
    return read(key, reader.range);
  };
  const damaged = { code: 'ablage.beschaedigt' };
  const sealed = CHUNK + TAG;
  for (const at of [0, 5, 20, 33, 40_000, 33 + sealed, 33 + 3 * sealed - 1]) {
    await expect(spoil((f) => { f[at]! ^= 1; return f; })).rejects.toMatchObject(damaged);
  }
  await expect(spoil((f) => f.subarray(0, 33 + 2 * sealed))).rejects.toMatchObject(damaged); // cut at a border of chunks
  await expect(spoil((f) => f.subarray(0, 20))).rejects.toMatchObject(damaged);
  await expect(spoil((f) => Buffer.concat([f, randomBytes(1)]))).rejects.toMatchObject(damaged);
  await expect(spoil((f) => Buffer.concat([f.subarray(0, 33), f.subarray(33 + sealed, 33 + 2 * sealed), f.subarray(33, 33 + sealed), f.subarray(33 + 2 * sealed)]))).rejects.toMatchObject(damaged);
  // a part that was not touched still opens: a range never gives out a byte it has not verified
  expect((await spoil((f) => { f[33 + sealed + 9]! ^= 1; return f; }, { range: { start: 5, end: 100 } })).equals(content.subarray(5, 101))).toBe(true);

  const [one, two] = [await storage.put(mandant, [content]), await storage.put(mandant, [content])];
  await writeFile(fileOf(one.key), await readFile(fileOf(two.key)));
  await expect(read(one.key)).rejects.toMatchObject(damaged);
});

test('another Mandant reads nothing, even with the bytes in its own folder', async () => {
  const other = randomUUID();
  const { key } = await storage.put(mandant, [randomBytes(10)]);
  const theirs = await storage.put(other, [randomBytes(10)]);
  await expect(read(key, undefined, other)).rejects.toMatchObject({ code: 'ablage.fehlt' });
  await writeFile(fileOf(theirs.key, other), await readFile(fileOf(key)));
  await expect(read(theirs.key, undefined, other)).rejects.toMatchObject({ code: 'ablage.beschaedigt' });
  await expect(storage.put('../../etc', [])).rejects.toThrow('not a UUID');
  await expect(read('../../../etc/passwd')).rejects.toThrow('not a key');
});

test('too large, or cut off: nothing is left', async () => {
  const before = await files();
  await expect(storage.put(mandant, [randomBytes(100_000), randomBytes(100_000)], { limit: 150_000 })).rejects.toMatchObject({ code: 'ablage.zu_gross', status: 413 });
  await expect(storage.put(mandant, (async function* () { yield randomBytes(3_000_000); throw new Error('aborted'); })())).rejects.toThrow('aborted');
  expect([await files(), await parts()]).toEqual([before, []]);
});

test('free space that content may not use up is kept', async () => {
  const full = openStorage(openFileStore({ root, reserve: Number.MAX_SAFE_INTEGER }), keys);
  await expect(full.put(mandant, [randomBytes(10)])).rejects.toMatchObject({ code: 'ablage.kein_platz', status: 507 });
});

test('what dead processes left goes at start; what a living one writes stays', async () => {
  const dead = join(root, 'teil', `${hostname()}-4194304-aa`);
  const elsewhere = join(root, 'teil', 'anderer-rechner-12-bb');
  const old = join(root, 'teil', 'anderer-rechner-12-cc');
  const own = join(root, 'teil', `${hostname()}-${process.ppid}-dd`);
  for (const path of [dead, elsewhere, old, own]) await writeFile(path, 'x');
  await utimes(old, 0, 0);
  expect(await storage.sweep()).toBe(2);
  expect((await parts()).toSorted()).toEqual(['anderer-rechner-12-bb', `${hostname()}-${process.ppid}-dd`].toSorted());
  await rm(elsewhere);
  await rm(own);
});

test('a missing object says so, and deleting one twice is no error', async () => {
  const { key } = await storage.put(mandant, [randomBytes(10)]);
  await storage.delete(mandant, key);
  await storage.delete(mandant, key);
  await expect(read(key)).rejects.toMatchObject({ code: 'ablage.fehlt' });
  expect(await storage.stat(mandant, key)).toBeUndefined();
});

test('keys: two processes make the first one at once, rotation keeps old content readable, a shredded Mandant is gone', async () => {
  const id = randomUUID();
  const processes = [storage, openStorage(openFileStore({ root }), keys)];
  const stored = await Promise.all([0, 1, 0, 1, 0].map((n) => processes[n]!.put(id, [Buffer.from('x')])));
  for (const { key } of stored) for (const p of processes) expect(String(await read(key, undefined, id, p))).toBe('x');
  await storage.rotateKey(id);
  const later = await storage.put(id, [Buffer.from('y')]);
  expect((await readFile(fileOf(later.key, id))).subarray(1, 17)).not.toEqual((await readFile(fileOf(stored[0]!.key, id))).subarray(1, 17));
  expect(String(await read(stored[0]!.key, undefined, id))).toBe('x');
  await storage.shred(id);
  await expect(read(stored[0]!.key, undefined, id)).rejects.toMatchObject({ code: 'ablage.beschaedigt' });
});

test('the main key: a new one takes over after rewrapping; without it nothing opens', async () => {
  const id = randomUUID();
  const { key } = await storage.put(id, [Buffer.from('x')]);
  const fresh = await loadKeys(join(dir, 'neu', 'datei'), { create: true });
  const without = openStorage(openFileStore({ root }), fresh);
  await expect(read(key, undefined, id, without)).rejects.toThrow('Hauptschlüssel');
  await openStorage(openFileStore({ root }), { ...fresh, haupt: [...fresh.haupt, ...keys.haupt] }).rewrapKeys(id);
  expect(String(await read(key, undefined, id, openStorage(openFileStore({ root }), fresh)))).toBe('x');
});

test('the key file is made once, for its owner alone, and its loss or damage is said by name', async () => {
  const path = join(dir, 'k', 'datei');
  await expect(loadKeys(path, { create: false })).rejects.toThrow('fehlt');
  const [a, b] = await Promise.all([loadKeys(path, { create: true }), loadKeys(path, { create: true })]);
  expect(a.haupt[0]!.id).toBe(b.haupt[0]!.id);
  await truncate(path, (await readFile(path)).length - 10);
  await expect(loadKeys(path, { create: false })).rejects.toThrow('beschädigt');
});
