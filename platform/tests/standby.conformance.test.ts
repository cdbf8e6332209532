/** A server that follows another: it would answer reads from what held a moment ago, so it is asked nothing. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemContext } from '../server/context.ts';
import { isUnavailable } from '../server/errors.ts';
import { openDatabase } from '../server/tx.ts';
import { findDebianPostgres, startDebianPostgres } from '../testing/debian-postgres.ts';

const bin = await findDebianPostgres();
let postgres: Awaited<ReturnType<typeof startDebianPostgres>> | undefined;
beforeAll(async () => { if (bin) postgres = await startDebianPostgres(bin, { standby: true }); });
afterAll(() => postgres?.stop());

test('rights, locks and numbers are read from the primary only: a standby gets no transaction, neither a read nor a write', async ({ skip }) => {
  if (!postgres) skip('no PostgreSQL ≥ 15 of the distribution: apt-get install postgresql');
  const client = new pg.Client({ connectionString: postgres!.url });
  await client.connect();
  expect((await client.query('select pg_is_in_recovery() as folgt')).rows).toEqual([{ folgt: true }]);
  await client.end();
  const database = openDatabase(postgres!.url, { max: 2 });
  const ctx = systemContext(randomUUID(), randomUUID(), 'probe', [], randomUUID());
  for (const mode of ['read', 'write'] as const) {
    const error = await database[mode](ctx, async () => 'answered').catch((e: unknown) => e);
    expect([mode, isUnavailable(error)]).toEqual([mode, true]);
  }
  await database.close();
});
