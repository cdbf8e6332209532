/** The whole product through a real PgBouncer in transaction mode; worker and migrations on a direct connection. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDebianPostgres, startDebianPostgres } from '#platform/testing/debian-postgres.ts';
import { startPgbouncer } from '#platform/testing/pgbouncer.ts';
import { envOf, fileLetter, firstDay, found, install, KENNWORT, killServices, main, roleUrl, service } from './installation.ts';
import { login, sha256 } from './person.ts';

const bin = await findDebianPostgres();
let folder: string;
let postgres: Awaited<ReturnType<typeof startDebianPostgres>> | undefined;
let pgbouncer: Awaited<ReturnType<typeof startPgbouncer>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'va-bouncer-'));
  if (bin) postgres = await startDebianPostgres(bin);
  if (postgres) pgbouncer = await startPgbouncer({ host: new URL(postgres.url).hostname, port: new URL(postgres.url).port }, 3);
});
afterAll(async () => { killServices(); await pgbouncer?.stop(); await postgres?.stop(); await rm(folder, { recursive: true, force: true }); });

test('login, upload, filing, jobs and search through PgBouncer in transaction mode: 24 at once over three connections', { timeout: 400_000 }, async ({ skip }) => {
  if (!postgres || !pgbouncer) skip('no PostgreSQL or PgBouncer of the distribution: apt-get install postgresql pgbouncer');
  const direct = envOf(postgres!.url, folder, 'akten');
  const einmal = await install(postgres!.url, direct, 'akten');
  const pooled = { ...direct, DATABASE_URL: roleUrl(postgres!.url, 'va_app', 'akten', pgbouncer!.address), DATENBANK_VERBINDUNGEN: '12' };
  const [eins, zwei, worker] = await Promise.all([service('api', pooled), service('api', pooled), service('worker', pooled)]);
  const { kim, vorgangId, akteId } = await firstDay(eins.address, einmal);
  const auch = await login(zwei.address, 'kim', KENNWORT);
  const first = await fileLetter(kim, vorgangId, 'Eine Remise mit Wetterhahn.\n');

  const filed = (await Promise.all(Array.from({ length: 24 }, async (_, n) => {
    const person = n % 2 ? kim : auch;
    const mine: [string, string][] = [];
    for (let i = 0; i < 8; i++) {
      const text = `Schreiben ${n}.${i}\n`;
      const [{ inhalt }] = await Promise.all([fileLetter(person, vorgangId, text), person.get('/akten'), person.get(`/akten/${akteId}`), person.get('/suche?q=Wetterhahn')]);
      mine.push([inhalt, text]);
    }
    return mine;
  })).catch((error: Error) => { throw new Error(`${error.message}\n${eins.output().slice(-3000)}\n${pgbouncer!.log()}`, { cause: error }); })).flat();
  for (const [inhalt, text] of filed.slice(0, 40)) expect(sha256(await auch.bytes(`/inhalte/${inhalt}`))).toBe(sha256(new TextEncoder().encode(text)));
  await found(kim, 'Wetterhahn', first.dokument).catch((error: Error) => { throw new Error(`${error.message}\n${worker.output()}`, { cause: error }); });
  expect(eins.output() + zwei.output()).not.toMatch(/"level":50/);

  const client = new pg.Client({ connectionString: roleUrl(postgres!.url, 'va_owner', 'akten') });
  await client.connect();
  const { rows: [{ n }] } = await client.query("select count(*)::int as n from pg_stat_activity where usename = 'va_app'");
  await client.end();
  expect(n).toBeLessThanOrEqual(3);
  // what fails loudly rather than now and then: statements prepared by name, which this PgBouncer does not know
  const forced = await service('api', { ...pooled, VORBEREITETE_ANWEISUNGEN: 'ja' });
  const outcome = await Promise.allSettled(Array.from({ length: 12 }, async () => { const p = await login(forced.address, 'kim', KENNWORT); for (let i = 0; i < 5; i++) await fileLetter(p, vorgangId, `x${i}`); }));
  expect(outcome.some((o) => o.status === 'rejected')).toBe(true);
  await Promise.all([eins, zwei, worker, forced].map((s) => s.stop()));
  expect(await main(['migrate'], { ...direct, DATABASE_URL_MIGRATION: roleUrl(postgres!.url, 'va_owner', 'akten') })).toMatchObject({ code: 0 });
});
