import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../server/embedded-postgres.ts';
import { migrate } from '../server/migrate.ts';
import { rolesSql } from '../server/roles.ts';
import { requireNamedObjects } from './named.ts';
import { findStatementsWithoutMandant } from './statements.ts';

/** One PostgreSQL per run (the embedded one, or `TEST_DATABASE_URL` of a superuser), one migrated template in it; each test file clones it. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.VERBUNDAKTE_TEST_TEMPLATE) return async () => {}; // another project of this run has made it, and ends it
  const dir = await mkdtemp(join(tmpdir(), 'va-test-'));
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? undefined : await startEmbeddedPostgres({
    dataDir: join(dir, 'pg'), passwordOf: () => 'test',
    settings: { ...(process.env.VERBUNDAKTE_TEST_FSYNC === 'on' ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }), max_connections: '200', shared_preload_libraries: 'pg_stat_statements' },
  });
  const adminUrl = given ?? server!.url('postgres');
  const { hostname, port } = new URL(adminUrl);
  const template = `verbundakte_test_${process.pid}`;
  process.env.VERBUNDAKTE_TEST_PG = `${hostname}:${port}`;
  process.env.VERBUNDAKTE_TEST_TEMPLATE = template;
  process.env.VERBUNDAKTE_TEST_DIR = dir;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(rolesSql(() => 'test'));
  await admin.query(`create database ${template} owner va_owner`);
  const as = (role: string) => `postgres://${role}:test@${hostname}:${port}/${template}`;
  if (!given) await admin.query('create extension pg_stat_statements');
  await migrate({ ownerUrl: as('va_owner'), workerUrl: as('va_worker') });
  const owner = new pg.Client({ connectionString: as('va_owner') });
  await owner.connect();
  if (process.env.VERBUNDAKTE_TEST_FSYNC !== 'on') await owner.query(requireNamedObjects); // not where figures are taken
  await owner.end();
  return async () => {
    const last = new pg.Client({ connectionString: as('postgres') });
    const found = given ? [] : await last.connect().then(() => findStatementsWithoutMandant(admin, last)).finally(() => last.end());
    if (given) {
      const { rows } = await admin.query('select datname from pg_database where datname like $1', [`${template}%`]);
      for (const { datname } of rows) await admin.query(`drop database ${pg.escapeIdentifier(datname)} with (force)`);
    }
    await admin.end();
    await server?.stop('immediate');
    await rm(dir, { recursive: true, force: true });
    if (found.length) throw new Error(`${found.length} statements of this run name no mandant_id:\n${found.slice(0, 20).join('\n')}`);
  };
}
