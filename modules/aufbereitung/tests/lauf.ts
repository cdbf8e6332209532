/** The module as it runs: a worker beside the API, and an object of a test module whose readers are named by the test. */
import { randomUUID } from 'node:crypto';
import { attachInhalt } from '#modules/ablage/server/index.ts';
import type { RequestContext } from '#platform/server/context.ts';
import { NotFound } from '#platform/server/errors.ts';
import { API, buildHttp } from '#platform/server/http/http.ts';
import { startWorker } from '#platform/server/jobs.ts';
import { defineModule } from '#platform/server/module.ts';
import { openDatabase } from '#platform/server/tx.ts';
import { appUrl, workerUrl } from '#platform/testing/database.ts';
import { databaseName, io, log, modules, verbundId } from '#platform/testing/test.ts';
import { createClient } from '#platform/web/client.ts';
import { api, type Aufbereitung } from '../contract.ts';
import { closeWerkzeuge } from '../server/konverter/werkzeuge.ts';

const leser = new Set<string>();
const verwender = defineModule({
  name: 'verwender',
  extensions: { inhaltsverwendung: [{
    typ: 'test', find: async (_tx, ids) => new Map(ids.map((id) => [id, [id]])),
    authorizeLesen: async (tx, id) => { if (!leser.has(`${tx.ctx.akteur.id} ${id}`)) throw NotFound('Objekt'); },
  }] },
});
const alle = [...modules, verwender];
export const database = openDatabase(appUrl(databaseName), { max: 8, modules: alle });
const contexts = new Map<string, RequestContext>();
export const http = await buildHttp({ modules: alle, database, io, log, verbundId, authenticate: async ({ headers }) => contexts.get(headers.authorization ?? '') });

let worker: Awaited<ReturnType<typeof startWorker>> | undefined;
/** `concurrency` 1: the steps of a content come one after another, as the bench needs it. */
export const startJobs = async (concurrency = 4) => { worker ??= await startWorker({ concurrency, modules: alle, database, io, verbundId, log, queueUrl: workerUrl(databaseName), listMandantIds: async () => [] }); };
export const stopJobs = async () => { await worker?.stop(); worker = undefined; };
export const endLauf = async () => { await stopJobs(); await closeWerkzeuge(); await http.close(); await database.close(); };

export function clientOf(ctx: RequestContext) {
  const token = randomUUID();
  contexts.set(token, ctx);
  const inject = (method: 'GET' | 'POST', url: string, headers = {}, payload?: Buffer) => http.inject({ method, url: API + url, headers: { authorization: token, ...headers }, ...(payload && { payload }) });
  const call = createClient(async ({ method, url, headers, body }) => {
    const answer = await http.inject({ method, url: API + url, headers: { authorization: token, ...headers }, ...(body !== undefined && { payload: body as object }) });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  });
  return { call, inject };
}

/** Stores and attaches content, as a command of a module below would. */
export async function attach(ctx: RequestContext, inhalt: Buffer, dateiname: string, mime = 'application/octet-stream'): Promise<Aufbereitung['inhaltId']> {
  const answer = await clientOf(ctx).inject('POST', '/inhalte', { 'content-type': mime, 'x-dateiname': encodeURIComponent(dateiname), 'idempotency-key': randomUUID() }, inhalt);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  const { id } = answer.json() as { id: Aufbereitung['inhaltId'] };
  await database.write(ctx, (tx) => attachInhalt(tx, id));
  leser.add(`${ctx.akteur.id} ${id}`);
  return id;
}

export async function waitUntil(ctx: RequestContext, id: Aufbereitung['inhaltId'], when: (a: Aufbereitung) => boolean = isDone, sekunden = 150): Promise<Aufbereitung> {
  const { call } = clientOf(ctx);
  for (const bis = performance.now() + sekunden * 1_000; ;) {
    const a = await call(api.getAufbereitung, { params: { id } });
    if (when(a)) return a;
    if (performance.now() > bis) throw new Error(`not done in time: ${JSON.stringify(a.schritte)}`);
    await new Promise((r) => setTimeout(r, 100));
  }
}
export const isDone = (a: Aufbereitung) => a.schritte.every((s) => !['offen', 'laeuft'].includes(s.status));
export const staende = (a: Aufbereitung) => Object.fromEntries(a.schritte.map((s) => [s.art, s.code && s.status !== 'nicht_noetig' ? `${s.status}:${s.code}` : s.status]));
