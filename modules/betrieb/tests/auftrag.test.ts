import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startWorker } from '#platform/server/jobs.ts';
import { defineModule, job } from '#platform/server/module.ts';
import { startWorkerCare } from '#platform/server/worker-care.ts';
import { workerUrl } from '#platform/testing/database.ts';
import { buildTestHttp, database, databaseName, io, log, modules, newMandant, queryAs, verbundId } from '#platform/testing/test.ts';
import { api } from '../contract.ts';

const http = await buildTestHttp(modules);
/** A job in the queue as graphile-worker leaves it: waiting, running or failed for good. */
async function put(mandantId: string, name: string, { versuche = 0, locked = false, fehler = null as string | null } = {}) {
  const [row] = await queryAs(workerUrl, 'select id from graphile_worker.add_job($1, $2::json, max_attempts => 3)', [name, JSON.stringify({ mandantId, payload: {} })]);
  await queryAs(workerUrl, `update graphile_worker._private_jobs set attempts = $2, last_error = $3, locked_at = ${locked ? 'now()' : 'null'}, locked_by = ${locked ? "'w'" : 'null'}, run_at = now() + interval '1 hour' where id = $1`, [row.id, versuche, fehler]);
  return String(row.id);
}

test('jobs are listed with their state, filtered, sorted and counted', async () => {
  const mandant = newMandant();
  const { call } = mandant.as('administration', ['amt-10'], http);
  const wartend = await put(mandant.mandantId, 'aufbereitung.text');
  const laeuft = await put(mandant.mandantId, 'aufbereitung.ocr', { versuche: 1, locked: true });
  const tot = await put(mandant.mandantId, 'suche.eintragen', { versuche: 3, fehler: 'connect ECONNREFUSED' });
  const { eintraege, gesamt } = await call(api.listJobs, { query: { sort: 'name' } });
  expect(gesamt).toBe(3);
  expect(eintraege.map(({ id, name, zustand, versuche, fehler, rechte }) => ({ id, name, zustand, versuche, fehler, rechte }))).toEqual([
    { id: laeuft, name: 'aufbereitung.ocr', zustand: 'laeuft', versuche: 1, fehler: null, rechte: [] },
    { id: wartend, name: 'aufbereitung.text', zustand: 'wartend', versuche: 0, fehler: null, rechte: ['betrieb.verwalten'] },
    { id: tot, name: 'suche.eintragen', zustand: 'fehlgeschlagen', versuche: 3, fehler: 'connect ECONNREFUSED', rechte: ['betrieb.verwalten'] },
  ]);
  expect((await call(api.listJobs, { query: { zustand: ['fehlgeschlagen'] } })).eintraege.map((a) => a.id)).toEqual([tot]);
  expect((await call(api.listJobs, { query: { name: 'aufbereitung' } })).gesamt).toBe(2);
  const page = await call(api.listJobs, { query: { sort: 'name', limit: 2 } });
  expect((await call(api.listJobs, { query: { sort: 'name', limit: 2, cursor: page.weiter! } })).eintraege.map((a) => a.id)).toEqual([tot]);
});

test('a failed job runs again with all its attempts, and it is recorded who asked for it', async () => {
  const mandant = newMandant();
  const { call } = mandant.as('administration', ['amt-10'], http);
  const id = (await put(mandant.mandantId, 'suche.eintragen', { versuche: 3, fehler: 'x' })) as never;
  await call(api.retryJob, { params: { id } });
  const { eintraege: [job] } = await call(api.listJobs, { query: {} });
  expect(job).toMatchObject({ zustand: 'wartend', versuche: 0 });
  expect(Date.parse(job!.naechsterVersuch!)).toBeLessThanOrEqual(Date.now() + 1000);
  expect(await mandant.ereignisse()).toMatchObject([{ art: 'auftrag.wiederholt', daten: { auftrag: 'suche.eintragen' } }]);
});

test('only what has failed for good can be thrown away, and nothing that runs can be touched', async () => {
  const mandant = newMandant();
  const { call } = mandant.as('administration', ['amt-10'], http);
  const [wartend, laeuft, tot] = [await put(mandant.mandantId, 'a'), await put(mandant.mandantId, 'b', { locked: true }), await put(mandant.mandantId, 'c', { versuche: 3 })] as never[];
  await expect(call(api.deleteJob, { params: { id: wartend! } })).rejects.toMatchObject({ status: 404 });
  await expect(call(api.deleteJob, { params: { id: laeuft! } })).rejects.toMatchObject({ status: 404 });
  await expect(call(api.retryJob, { params: { id: laeuft! } })).rejects.toMatchObject({ status: 404 });
  await call(api.deleteJob, { params: { id: tot! } });
  expect((await call(api.listJobs, { query: {} })).gesamt).toBe(2);
});

test('a Mandant sees and changes its own jobs only; the Verbund, which runs the machines, those of all', async () => {
  const [mine, foreign] = [newMandant(), newMandant()];
  const { call } = mine.as('administration', ['amt-10'], http);
  const id = (await put(foreign.mandantId, `fremd.${randomUUID()}`, { versuche: 3 })) as never;
  expect(await call(api.listJobs, { query: {} })).toMatchObject({ gesamt: 0 });
  await expect(call(api.retryJob, { params: { id } })).rejects.toMatchObject({ status: 404, code: 'allgemein.nicht_gefunden' });
  await expect(call(api.deleteJob, { params: { id } })).rejects.toMatchObject({ status: 404 });

  const operator = mine.as('betrieb', [], http);
  (operator.ctx as { mandantId: string }).mandantId = verbundId;
  const { eintraege } = await operator.call(api.listJobs, { query: { zustand: ['fehlgeschlagen'] } });
  expect(eintraege.find((a) => a.id === id)).toMatchObject({ mandant: { id: foreign.mandantId, name: `Mandant ${foreign.mandantId}` } });
  await operator.call(api.retryJob, { params: { id } });
});

test('the state of the installation: versions, database, queue in numbers', async () => {
  const { call } = newMandant().as('betrieb', [], http);
  const lage = await call(api.getBetriebslage, {});
  expect(lage.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(lage.datenbank).toMatchObject({ fassung: expect.stringMatching(/^1[5-9]/), letzteMigration: expect.stringContaining('.sql') });
  expect(lage.datenbank.bytes).toBeGreaterThan(1e6);
  expect(lage.warteschlange.map((w) => w.zustand)).toEqual(['wartend', 'geplant', 'laeuft', 'fehlgeschlagen']);
});

test('jobs of a killed worker are given back, those of a living one are not, however long they take', async () => {
  const mandant = newMandant();
  const { promise: open, resolve: release } = Promise.withResolvers<void>();
  let begun = 0;
  const lang = job({ name: 'betriebprobe.lang', payload: z.object({}), rechte: [], load: async () => {}, work: async () => { begun++; await open; }, store: async () => {} });
  const care = startWorkerCare(workerUrl(databaseName), log);
  await care.ready;
  const worker = await startWorker({ modules: [defineModule({ name: 'betriebprobe', jobs: [lang] })], database, io, verbundId, log, queueUrl: workerUrl(databaseName), listMandantIds: async () => [], events: care.events });
  try {
    const dead = await put(mandant.mandantId, 'a', { versuche: 1 });
    await queryAs(workerUrl, "update graphile_worker._private_jobs set locked_at = now() - interval '1 minute', locked_by = 'pool-dead' where id = $1", [dead]);
    await database.write(mandant.system, (tx) => tx.enqueue(lang, {}));
    await expect.poll(() => begun, { timeout: 15_000 }).toBe(1);
    const held = () => queryAs(workerUrl, "select j.locked_by from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'betriebprobe.lang'");
    const before = await held();
    expect(before).toEqual([{ locked_by: expect.any(String) }]);
    await queryAs(workerUrl, "update graphile_worker._private_jobs set locked_at = now() - interval '1 minute' where locked_by = $1", [before[0]!.locked_by]);
    // handed out in the name of the same pool, and never arrived there: the database died with the answer
    const lost = await put(mandant.mandantId, 'b', { versuche: 1 });
    await queryAs(workerUrl, "update graphile_worker._private_jobs set locked_at = now() - interval '1 minute', locked_by = $2 where id = $1", [lost, before[0]!.locked_by]);
    await care.check();
    expect(await held()).toEqual(before);
    expect(await queryAs(workerUrl, 'select locked_by from graphile_worker._private_jobs where id = $1', [lost])).toEqual([{ locked_by: null }]);
    expect(await queryAs(workerUrl, 'select locked_by from graphile_worker._private_jobs where id = $1', [dead])).toEqual([{ locked_by: null }]);
  } finally { release(); await worker.stop(); await care.end(); }
});
