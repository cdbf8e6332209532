import { randomBytes } from 'node:crypto';
import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownerUrl } from '#platform/testing/database.ts';
import { ablage, database, io, newMandant, queryAs, testDir } from '#platform/testing/test.ts';
import type { Job } from '#platform/server/module.ts';
import type { RequestContext } from '#platform/server/context.ts';
import { api } from '../contract.ts';
import { createHochgeladen } from '../server/commands.ts';
import { attachInhalt } from '../server/index.ts';
import { pruefenJob, vollJob } from '../server/jobs.ts';

const { storage } = ablage;
async function run(ctx: RequestContext, job: Job, payload: object) {
  const data = await database.read(ctx, (tx) => job.load(tx, payload));
  const result = await job.work(io, data, ctx);
  await database.write(ctx, (tx) => job.store(tx, result));
}
async function filed(ctx: RequestContext, content = randomBytes(100_000), dateiname = 'a.pdf') {
  const stored = await storage.put(ctx.mandantId, [content]);
  const { id } = await database.write(ctx, async (tx) => attachInhalt(tx, (await createHochgeladen(tx, stored, { mime: 'application/pdf', dateiname })).id));
  return { id, key: stored.key, path: join(testDir, 'ablage', 'inhalt', ctx.mandantId, stored.key.slice(0, 2), stored.key) };
}
/** Starts a check through the API and does its steps until it has ended. */
async function check(mandant: ReturnType<typeof newMandant>, art: 'bestand' | 'voll' = 'voll') {
  const { call } = mandant.as('administration');
  const { letzte: [begun] } = await call(api.startAblagePruefung, { body: { art } });
  for (let i = 0; i < 20; i++) {
    const now = await call(api.getAblagePruefung, {});
    if (now.letzte[0]!.beendet) return now;
    await run(mandant.system, pruefenJob, { pruefungId: begun!.id });
  }
  throw new Error('the check does not end');
}

test('what is missing or changed is found and named, also when a check only looks whether everything is there', async () => {
  const mandant = newMandant();
  const { ctx } = mandant.as('sachbearbeitung');
  const [good, missing, changed, short] = [await filed(ctx), await filed(ctx, randomBytes(10), 'fehlt.pdf'), await filed(ctx, randomBytes(200_000), 'verändert.pdf'), await filed(ctx)];
  expect(await check(mandant)).toMatchObject({ anzahl: 4, befunde: [], letzte: [{ art: 'voll', geprueft: 4, gesamt: 4, fehlt: 0, veraendert: 0 }] });

  const [missingBytes, changedBytes, shortBytes] = [await readFile(missing.path), await readFile(changed.path), await readFile(short.path)];
  await rm(missing.path);
  const spoilt = Buffer.from(changedBytes);
  spoilt[150_000]! ^= 1;
  await writeFile(changed.path, spoilt);
  await writeFile(short.path, shortBytes.subarray(0, 50_000));

  expect(await check(mandant, 'bestand')).toMatchObject({ letzte: [{ art: 'bestand', fehlt: 1, veraendert: 1 }, {}] });
  const found = await check(mandant);
  expect(found.letzte[0]).toMatchObject({ fehlt: 1, veraendert: 2 });
  expect(found.befunde.map((b) => [b.art, b.ort, b.inhalte[0]?.id, b.inhalte[0]?.dateiname]).toSorted()).toEqual([
    ['fehlt', `inhalt/${mandant.mandantId}/${missing.key.slice(0, 2)}/${missing.key}`, missing.id, 'fehlt.pdf'],
    ['veraendert', `inhalt/${mandant.mandantId}/${changed.key.slice(0, 2)}/${changed.key}`, changed.id, 'verändert.pdf'],
    ['veraendert', `inhalt/${mandant.mandantId}/${short.key.slice(0, 2)}/${short.key}`, short.id, 'a.pdf'],
  ].toSorted());
  const told = (await mandant.ereignisse()).filter((e) => /vermisst|veraendert/.test(e.art)).map((e) => [e.art, e.objekte]);
  expect(told).toEqual([['inhalt.vermisst', ['inhalt']], ['inhalt.veraendert', ['inhalt']], ['inhalt.veraendert', ['inhalt']]]);

  await writeFile(missing.path, missingBytes); // brought back from the backup
  await writeFile(changed.path, changedBytes);
  await writeFile(short.path, shortBytes);
  expect(await check(mandant, 'bestand')).toMatchObject({ befunde: [], letzte: [{ fehlt: 0, veraendert: 0 }, {}, {}, {}] });
  expect((await mandant.ereignisse()).filter((e) => e.art === 'inhalt.wiederhergestellt')).toHaveLength(1);
  expect(good.id).toBeDefined();
});

test('the same content uploaded once more heals what was lost', async () => {
  const mandant = newMandant();
  const { ctx } = mandant.as('sachbearbeitung');
  const content = randomBytes(1000);
  const lost = await filed(ctx, content);
  await rm(lost.path);
  expect((await check(mandant)).befunde).toHaveLength(1);
  await filed(ctx, content);
  expect((await check(mandant)).befunde).toEqual([]);
});

test('bytes that no row names go after a day; young ones, and those in use, stay', async () => {
  const mandant = newMandant();
  const { ctx } = mandant.as('sachbearbeitung');
  const used = await filed(ctx);
  const [old, young] = [await storage.put(ctx.mandantId, [randomBytes(10)]), await storage.put(ctx.mandantId, [randomBytes(10)])];
  for (const key of [old.key, used.key]) await utimes(join(testDir, 'ablage', 'inhalt', ctx.mandantId, key.slice(0, 2), key), 0, 0);
  expect((await check(mandant, 'bestand')).letzte[0]).toMatchObject({ entfernt: 1, geprueft: 1 });
  expect((await Array.fromAsync(storage.list(ctx.mandantId))).map((s) => s.key).toSorted()).toEqual([used.key, young.key].toSorted());
});

test('many objects are checked in steps, and a step that runs twice counts once', async () => {
  const mandant = newMandant();
  const { ctx } = mandant.as('sachbearbeitung');
  const stored = await Promise.all(Array.from({ length: 410 }, () => storage.put(ctx.mandantId, [randomBytes(8)])));
  await database.write(ctx, async (tx) => { for (const s of stored) await attachInhalt(tx, (await createHochgeladen(tx, s, { mime: 'text/plain', dateiname: 'x' })).id); });
  const { letzte: [begun] } = await mandant.as('administration').call(api.startAblagePruefung, { body: {} });
  const payload = { pruefungId: begun!.id };
  const data = await database.read(mandant.system, (tx) => pruefenJob.load(tx, payload));
  const result = await pruefenJob.work(io, data, mandant.system);
  for (let i = 0; i < 2; i++) await database.write(mandant.system, (tx) => pruefenJob.store(tx, result));
  for (let i = 0; i < 2; i++) await run(mandant.system, pruefenJob, payload);
  expect((await mandant.as('administration').call(api.getAblagePruefung, {})).letzte[0]).toMatchObject({ geprueft: 410, gesamt: 410, fehlt: 0, beendet: expect.any(String) });
}, 60_000);

test('one check at a time; one that stands still is given up; the timetable leaves a running one alone', async () => {
  const mandant = newMandant();
  const { call } = mandant.as('administration');
  await call(api.startAblagePruefung, { body: { art: 'voll' } });
  await expect(call(api.startAblagePruefung, { body: { art: 'voll' } })).rejects.toMatchObject({ status: 409, code: 'ablage.pruefung_laeuft' });
  await run(mandant.system, vollJob, {});
  expect((await call(api.getAblagePruefung, {})).letzte).toHaveLength(1);
  await queryAs((name) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${mandant.mandantId}`)}`, "update ablage.pruefung set stand = now() - interval '2 hours'");
  await run(mandant.system, vollJob, {});
  expect((await call(api.getAblagePruefung, {})).letzte.map((p) => p.beendet !== null)).toEqual([false, true]);
  await expect(mandant.as('sachbearbeitung').call(api.getAblagePruefung, {})).rejects.toMatchObject({ status: 403 });
});
