/** Where Citus is installed (`CITUS_URL` of a superuser on a coordinator): distribution, the COMMIT guard on shards, and one Mandant on one machine. */
import pg from 'pg';
import { expect, test } from 'vitest';
import { migrate } from '../server/migrate.ts';
import { rolesSql } from '../server/roles.ts';
import { distribute, readVerteilt } from '../server/verteilen.ts';

const given = process.env.CITUS_URL;

test('the schema is distributed on a Citus, and a second time there is nothing to do', { timeout: 300_000 }, async ({ skip }) => {
  if (!given) skip('SKIPPED citus: Debian has no package of it. CITUS_URL names a coordinator (superuser) to run this test.');
  const as = (role: string, database: string) => { const u = new URL(given!); if (role) { u.username = role; u.password = 'test'; } u.pathname = `/${database}`; return u.href; };
  const admin = new pg.Client({ connectionString: given });
  await admin.connect();
  const name = `va_citus_${process.pid}`;
  try {
    await admin.query(rolesSql(() => 'test'));
    await admin.query(`create database ${name} owner va_owner`);
    const own = new pg.Client({ connectionString: as('', name) });
    await own.connect();
    await own.query('create extension citus');
    await own.end();
    await migrate({ ownerUrl: as('va_owner', name), workerUrl: as('va_worker', name) });
    const owner = new pg.Client({ connectionString: as('va_owner', name) });
    await owner.connect();
    try {
      const { maengel, verteilt } = await distribute(owner, (await readVerteilt(owner))!);
      expect(maengel).toEqual([]);
      expect(verteilt).toBeGreaterThan(50);
      expect(await distribute(owner, (await readVerteilt(owner))!)).toEqual({ maengel: [], verteilt: 0 });
      expect((await owner.query("select count(distinct colocation_id)::int as n from citus_tables where citus_table_type = 'distributed'")).rows).toEqual([{ n: 1 }]);
    } finally { await owner.end(); }
  } finally { await admin.query(`drop database if exists ${name} with (force)`); await admin.end(); }
});
