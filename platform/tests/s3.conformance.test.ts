import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadKeys } from '../server/keys.ts';
import { openStorage } from '../server/storage/encrypted.ts';
import { CHUNK } from '../server/storage/format.ts';
import { openS3Store } from '../server/storage/s3-store.ts';
import type { StorageCare } from '../server/storage/storage.ts';
import { startSwift, SWIFT_PACKAGES } from '../testing/swift.ts';

const swift = await startSwift();
const skip = swift ? false : `needs a real S3 server: apt-get install ${SWIFT_PACKAGES}`;
const dir = await mkdtemp(join(tmpdir(), 'va-s3-'));
const keys = await loadKeys(join(dir, 'schluessel'), { create: true });
afterAll(async () => { await swift?.stop(); await rm(dir, { recursive: true, force: true }); });

const urlOf = (host: string, path = 'akten') => `s3://${encodeURIComponent(swift?.accessKey ?? 'x')}:${swift?.secretKey ?? 'x'}@${host}/${path}?tls=nein`;
let storage: StorageCare;
const mandant = randomUUID();
const read = async (key: string, range?: { start: number; end: number }, of = mandant) => Buffer.concat(await Array.fromAsync(await storage.open(of, key, range)));
const sha256 = (b: Buffer) => createHash('sha256').update(b).digest('hex');
const keysIn = async (of = mandant) => (await Array.fromAsync(storage.list(of))).map((s) => s.key);
if (skip) console.log(`S3: skipped, ${skip}`);

beforeAll(async () => {
  if (!swift) return;
  const { AwsClient } = await import('aws4fetch');
  const answer = await new AwsClient({ accessKeyId: swift.accessKey, secretAccessKey: swift.secretKey, service: 's3', region: 'us-east-1' }).fetch(`${swift.url}/akten`, { method: 'PUT' });
  if (answer.status !== 200) throw new Error(`the bucket was not made: ${answer.status}`);
  storage = openStorage(openS3Store(urlOf(swift.host)), keys);
});

test.skipIf(skip)('content of every size comes back whole and in part, in one request or in many', async () => {
  for (const size of [0, 1, CHUNK, 200_000, 8 << 20, (8 << 20) + 1, 20_000_000]) {
    const content = randomBytes(size);
    const pieces = Array.from({ length: Math.ceil(size / 70_000) }, (_, i) => content.subarray(i * 70_000, (i + 1) * 70_000));
    const stored = await storage.put(mandant, pieces);
    expect(stored).toMatchObject({ size, sha256: sha256(content) });
    expect(await storage.stat(mandant, stored.key)).toMatchObject({ size, zeit: expect.any(Date) });
    expect((await read(stored.key)).equals(content)).toBe(true);
    if (size > 100) expect((await read(stored.key, { start: 50, end: size - 7 })).equals(content.subarray(50, size - 6))).toBe(true);
  }
});

test.skipIf(skip)('list, delete, missing; a list longer than a page', async () => {
  const other = randomUUID();
  const stored = await Promise.all(Array.from({ length: 30 }, (_, i) => storage.put(other, [Buffer.from(String(i))])));
  expect((await keysIn(other)).toSorted()).toEqual(stored.map((s) => s.key).toSorted());
  const inPages = openStorage(openS3Store(urlOf(swift!.host), { page: 7 }), keys);
  expect((await Array.fromAsync(inPages.list(other))).map((s) => s.key).toSorted()).toEqual(stored.map((s) => s.key).toSorted());
  const { key } = stored[0]!;
  expect((await Array.fromAsync(storage.list(other, key.slice(0, 2)))).map((s) => s.key)).toContain(key);
  await storage.delete(other, key);
  await storage.delete(other, key);
  expect(await storage.stat(other, key)).toBeUndefined();
  await expect(storage.open(other, key)).rejects.toMatchObject({ code: 'ablage.fehlt' });
  expect(await keysIn(other)).toHaveLength(29);
});

test.skipIf(skip)('an upload that breaks off leaves nothing to see, and its begun parts are given up', async () => {
  const before = await keysIn();
  const broken = async function* () { for (let i = 0; i < 12; i++) yield randomBytes(1 << 20); throw new Error('aborted'); };
  await expect(storage.put(mandant, broken())).rejects.toThrow('aborted');
  await expect(storage.put(mandant, [randomBytes(100)], { limit: 10 })).rejects.toMatchObject({ status: 413 });
  expect(await keysIn()).toEqual(before);
  expect(await storage.sweep()).toBe(0); // what is young stays: another process may be writing it
});

test.skipIf(skip)('keys lie wrapped in the store: a second process reads, a shredded Mandant is gone', async () => {
  const id = randomUUID();
  const { key } = await storage.put(id, [Buffer.from('x')]);
  const second = openStorage(openS3Store(urlOf(swift!.host)), keys);
  expect(String(Buffer.concat(await Array.fromAsync(await second.open(id, key))))).toBe('x');
  await storage.shred(id);
  await expect(read(key, undefined, id)).rejects.toMatchObject({ code: 'ablage.beschaedigt' });
});

test.skipIf(skip)('a bucket may hold the store below a prefix', async () => {
  const below = openStorage(openS3Store(urlOf(swift!.host, 'akten/verbund-eins')), keys);
  const { key } = await below.put(mandant, [Buffer.from('x')]);
  expect((await Array.fromAsync(below.list(mandant))).map((s) => s.key)).toEqual([key]);
  expect(await keysIn()).not.toContain(key);
});

test('a server that is full, or forgets what it was given, is believed in neither case', async () => {
  let answer: (request: IncomingMessage) => { status: number; headers?: Record<string, string>; body?: string } = () => ({ status: 200 });
  const server = createServer((request, response) => { request.resume().on('end', () => { const { status, headers = {}, body = '' } = answer(request); response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body); }); });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const store = openS3Store(urlOf(`127.0.0.1:${(server.address() as { port: number }).port}`));
  const write = (size: number) => store.write('a', (async function* () { for (let i = 0; i < size; i += 1 << 20) yield randomBytes(1 << 20); })());
  try {
    answer = (r) => (r.method === 'PUT' ? { status: 403, body: '<Error><Code>QuotaExceeded</Code></Error>' } : { status: 204 });
    await expect(write(1 << 20)).rejects.toMatchObject({ code: 'ablage.kein_platz', status: 507 });
    answer = (r) => (r.method === 'HEAD' ? { status: 200, headers: { 'content-length': '5' } } : { status: 200 });
    await expect(write(1 << 20)).rejects.toThrow('length');
    answer = (r) => (r.method === 'POST' && r.url!.includes('uploads') ? { status: 200, body: '<UploadId>u</UploadId>' } : r.method === 'POST' ? { status: 200, body: '<Error><Code>InternalError</Code></Error>' } : { status: 200, headers: { etag: '"x"' } });
    await expect(write(9 << 20)).rejects.toThrow('InternalError');
    answer = () => ({ status: 200, body: 'everything' });
    await expect(Array.fromAsync(store.read('a', { start: 1, end: 2 }))).rejects.toThrow('ranges');
  } finally { server.close(); }
});
