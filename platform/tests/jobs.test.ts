import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { operations, post } from '../contract.ts';
import { API } from '../server/http/http.ts';
import { startWorker } from '../server/jobs.ts';
import { defineModule, job, route } from '../server/module.ts';
import { superUrl, workerUrl } from '../testing/database.ts';
import { buildTestHttp, databaseName, io, log, modules, newMandant, openTestDatabase, queryAs, verbundId } from '../testing/test.ts';

const done: { name: string; nachrang: number }[] = [];
const zweiter = job({ name: 'probe.zweiter', payload: z.object({}), rechte: [], priority: 5, load: async () => ({}), work: async () => ({}), store: async (tx) => { done.push({ name: 'zweiter', nachrang: tx.ctx.nachrang ?? 0 }); } });
const erster = job({ name: 'probe.erster', payload: z.object({}), rechte: [], priority: -5, load: async () => ({}), work: async () => ({}), store: async (tx) => { done.push({ name: 'erster', nachrang: tx.ctx.nachrang ?? 0 }); await tx.enqueue(zweiter, {}); } });
const api = operations({ createAnstoss: post('/anstoesse', { summary: '', access: 'angemeldet', body: z.object({}), returns: z.object({}) }) });
const probe = defineModule({ name: 'probe', jobs: [erster, zweiter], routes: [route(api.createAnstoss, { handle: async (tx) => { await tx.enqueue(erster, {}); return {}; } })] });
const list = [...modules, probe];
const database = openTestDatabase(list);
const http = await buildTestHttp(list, database);

test('mass work (Priority: u=7) stands behind what people wait for, with all that comes of it', async () => {
  const { id } = newMandant().as('leser', [], http);
  const begin = (headers: Record<string, string>) => http.inject({ method: 'POST', url: `${API}/anstoesse`, headers: { authorization: id, ...headers }, payload: {} });
  await begin({ priority: 'u=7' });
  await begin({ priority: 'u=1, i' }); // what a browser sends
  const waiting = await queryAs(workerUrl, `select j.priority from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'probe.erster' order by j.id`);
  expect(waiting.map((w) => w.priority)).toEqual([95, -5]);
  // of these jobs alone: where there is long work, even a single place gets a second one beside it, and the order would be that of both
  const worker = await startWorker({ modules: [probe], database, io, verbundId, log, queueUrl: workerUrl(databaseName), listMandantIds: async () => [], concurrency: 1 });
  await expect.poll(() => done.length, { timeout: 15_000 }).toBe(4);
  await worker.stop();
  expect(done).toEqual([{ name: 'erster', nachrang: 0 }, { name: 'zweiter', nachrang: 0 }, { name: 'erster', nachrang: 100 }, { name: 'zweiter', nachrang: 100 }]);
});

test('long work never holds all places of a worker: what is short runs beside any number of conversions', async () => {
  const { promise: open, resolve: release } = Promise.withResolvers<void>();
  let begun = 0, atOnce = 0;
  const lang = job({ name: 'probe.lang', payload: z.object({}), rechte: [], long: true, priority: -10, load: async () => ({}), work: async () => { atOnce = Math.max(atOnce, ++begun); await open; begun--; }, store: async () => {} });
  const kurz = job({ name: 'probe.kurz', payload: z.object({}), rechte: [], priority: 5, load: async () => ({}), work: async () => ({}), store: async () => { done.push({ name: 'kurz', nachrang: 0 }); } });
  const mitLang = [...modules, defineModule({ name: 'probelang', jobs: [lang, kurz] })];
  const { system } = newMandant();
  const enqueue = (what: typeof lang | typeof kurz) => database.write(system, (tx) => tx.enqueue(what, {}));
  for (let i = 0; i < 6; i++) await enqueue(lang);
  const worker = await startWorker({ modules: mitLang, database, io, verbundId, log, queueUrl: workerUrl(databaseName), listMandantIds: async () => [], concurrency: 3 });
  try {
    await expect.poll(() => begun, { timeout: 15_000 }).toBe(2);
    await enqueue(kurz); // later, and of lower priority
    await expect.poll(() => done.filter((d) => d.name === 'kurz').length, { timeout: 15_000 }).toBe(1);
    expect({ begun, atOnce }).toEqual({ begun: 2, atOnce: 2 });
  } finally { release(); }
  await worker.stop();
});

test('one Ereignis names as many objects as a batch has', { timeout: 30_000 }, async () => {
  const { mandantId, system } = newMandant();
  const ids = Array.from({ length: 25_000 }, () => randomUUID()); // more than a statement may have parameters
  await database.write(system, (tx) => tx.record({ art: 'probe.geaendert', objekte: { probe: ids, andere: [ids[0]!, ids[1]!] } }));
  const [{ n }] = await queryAs(superUrl, 'select count(*)::int as n from platform.ereignis_objekt where mandant_id = $1 and objekt = $2', [mandantId, 'probe']) as [{ n: number }];
  expect(n).toBe(25_000);
});
