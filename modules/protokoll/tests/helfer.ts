import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import type { Job } from '#platform/server/module.ts';
import type { RequestContext } from '#platform/server/context.ts';
import { ownerUrl, superUrl } from '#platform/testing/database.ts';
import { database, io, queryAs, type newMandant } from '#platform/testing/test.ts';
import { versiegelnJob } from '../server/jobs.ts';

type Mandant = ReturnType<typeof newMandant>;

export async function runJob(ctx: RequestContext, job: Job, payload: object = {}) {
  const data = await database.read(ctx, (tx) => job.load(tx, payload));
  const result = await job.work(io, data, ctx);
  await database.write(ctx, (tx) => job.store(tx, result));
}
/** Seals reach up to the oldest transaction of the whole server: those of test files that run beside, in databases of their own, are waited for. */
export async function runSealJob(ctx: RequestContext, job: Job) {
  const [{ xid }] = await queryAs(superUrl, 'select pg_current_xact_id()::xid::text as xid') as [{ xid: string }];
  const others = () => queryAs(superUrl, 'select from pg_stat_activity where datname <> current_database() and age(backend_xid) > age($1::xid)', [xid]);
  await vi.waitUntil(async () => (await others()).length === 0, { timeout: 60_000 });
  await runJob(ctx, job);
}
export const versiegeln = (mandant: Mandant) => runSealJob(mandant.system, versiegelnJob);
/** Records Ereignisse, one transaction each. */
export async function record(mandant: Mandant, anzahl: number, daten: object = { aenderungen: [{ feld: 'betreff', alt: 'Alt', neu: 'Neu „ä“ \u0000 €' }] }) {
  for (let i = 0; i < anzahl; i++) await database.write(mandant.system, (tx) => tx.record({ art: 'probe.geaendert', objekte: { probe: randomUUID() }, daten: i % 3 ? daten : {} }));
}
/** SQL as the owner of the database, who can do what the application cannot. */
export const asOwner = (mandant: Mandant, sql: string, values: unknown[] = []) =>
  queryAs((name) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${mandant.mandantId}`)}`, sql, values);
