import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { systemContext } from '#platform/server/context.ts';
import { openStorage } from '#platform/server/storage/encrypted.ts';
import { openFileStore } from '#platform/server/storage/file-store.ts';
import { appUrl, ownerUrl } from '#platform/testing/database.ts';
import { ablage, database, databaseName, io, queryAs, testDir } from '#platform/testing/test.ts';
import { getInhalte, openInhalt } from '../server/index.ts';

const run = promisify(execFile);
const root = join(testDir, 'ablage');
const child = new URL('./prozesse/kill.ts', import.meta.url).pathname;
const BEFORE = 3;

test.each(['opened', 'written', 'synced', 'renamed', 'folder_synced', 'before_row', 'before_commit', 'after_commit'])(
  'nothing lost: killed at »%s«, every acknowledged document is readable with an equal hash, and no half one is left', async (step) => {
    const mandantId = randomUUID();
    const process = spawn(globalThis.process.execPath, [child, appUrl(databaseName), root, join(testDir, 'schluessel', 'datei'), mandantId, step, String(BEFORE)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [journal, errors] = ['', ''];
    process.stdout.on('data', (text) => { journal += String(text); });
    process.stderr.on('data', (text) => { errors += String(text); });
    const [, signal] = await once(process, 'close');
    expect([signal, errors]).toEqual(['SIGKILL', '']);
    const acknowledged = journal.trim().split('\n').map((line) => line.split(' ') as [string, string]);
    expect(acknowledged).toHaveLength(BEFORE);

    await ablage.storage.sweep(); // as at the next start
    expect(await readdir(join(root, 'teil'))).toEqual([]);
    const ctx = systemContext(mandantId, mandantId, 'test', [], randomUUID());
    const inhalte = await database.read(ctx, (tx) => getInhalte(tx, acknowledged.map(([id]) => id)));
    for (const [id, sha256] of acknowledged) {
      const hash = createHash('sha256');
      for await (const piece of await openInhalt(io, ctx, inhalte.get(id)!)) hash.update(piece as Buffer);
      expect(hash.digest('hex')).toBe(sha256);
    }
    // A row never names bytes that are not there; bytes without a row (a put that was not answered) are for the check to remove.
    const asOwner = (sql: string) => queryAs((name) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${mandantId}`)}`, sql);
    const rows = await asOwner('select o.key, o.sha256 from ablage.inhalt i join ablage.objekt o on o.id = i.objekt_id');
    expect(rows).toHaveLength(BEFORE + (step === 'after_commit' ? 1 : 0));
    for (const { key, sha256 } of rows) expect(createHash('sha256').update(Buffer.concat(await Array.fromAsync(await ablage.storage.open(mandantId, key)))).digest('hex')).toBe(sha256);
    expect(await asOwner("select 1 from platform.ereignis where art = 'inhalt.angehaengt'")).toHaveLength(rows.length);
  }, 60_000);

test('a disk that runs full: said in German, nothing half is left, and what is smaller still fits', async ({ skip, onTestFinished }) => {
  const small = join(testDir, 'voll');
  await mkdir(small, { recursive: true });
  const mounted = globalThis.process.getuid?.() === 0 && await run('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', small]).then(() => true, () => false);
  if (!mounted) return skip('a small file system can be mounted as root only');
  onTestFinished(async () => { await run('umount', [small]); await rm(small, { recursive: true, force: true }); });
  const storage = openStorage(openFileStore({ root: small }), ablage.keys);
  const mandantId = randomUUID();
  const kept = await storage.put(mandantId, [randomBytes(1_000_000)]);
  for (const size of [5_000_000, 20_000_000]) {
    await expect(storage.put(mandantId, [randomBytes(size)])).rejects.toMatchObject({ status: 507, code: 'ablage.kein_platz', title: expect.stringContaining('Diese Datei wurde nicht gespeichert') });
    expect(await readdir(join(small, 'teil'))).toEqual([]);
  }
  await storage.put(mandantId, [randomBytes(2_000_000)]);
  expect((await Array.fromAsync(storage.list(mandantId))).length).toBe(2);
  expect(Buffer.concat(await Array.fromAsync(await storage.open(mandantId, kept.key))).length).toBe(1_000_000);
});

test('an error on the way to the disk is an error to the caller, and leaves nothing', async () => {
  const mandantId = randomUUID();
  for (const step of ['written', 'synced', 'renamed'] as const) {
    const failing = openStorage(openFileStore({ root, onStep: (name) => { if (name === step) throw Object.assign(new Error('EIO'), { code: 'EIO' }); } }), ablage.keys);
    await ablage.storage.put(mandantId, []); // the Mandant has its key
    await expect(failing.put(mandantId, [randomBytes(10)])).rejects.toThrow('EIO');
  }
  expect(await readdir(join(root, 'teil'))).toEqual([]);
  expect((await Array.fromAsync(ablage.storage.list(mandantId))).every(({ size }) => size === 0)).toBe(true);
});
