/** Backup and restore of a production database: the distribution's PostgreSQL with its own pg_dump, into a second database and a second store. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDebianPostgres, startDebianPostgres } from '#platform/testing/debian-postgres.ts';
import { envOf, fileLetter, firstDay, found, install, KENNWORT, killServices, main, roleUrl, service } from './installation.ts';
import { login, sha256 } from './person.ts';

const bin = await findDebianPostgres();
let folder: string;
let postgres: Awaited<ReturnType<typeof startDebianPostgres>> | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'va-extern-'));
  if (bin) postgres = await startDebianPostgres(bin);
});
afterAll(async () => { killServices(); await postgres?.stop(); await rm(folder, { recursive: true, force: true }); });

const url = (role: string, database: string) => roleUrl(postgres!.url, role, database);
const env = (database: string) => envOf(postgres!.url, folder, database);
async function sql<T extends pg.QueryResultRow>(database: string, text: string) {
  const client = new pg.Client({ connectionString: url('postgres', database) });
  await client.connect();
  try { return (await client.query<T>(text)).rows; } finally { await client.end(); }
}
/** Every table with the number and the hash of its rows. */
async function fingerprint(database: string) {
  const names = await sql<{ name: string }>(database, `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_' order by 1`);
  const all: Record<string, string> = {};
  for (const { name } of names) all[name] = (await sql<{ f: string }>(database, `select count(*) || ' ' || md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as f from ${name} t`))[0]!.f;
  return all;
}

const BRIEF = 'Hiermit beantrage ich den Bau einer Remise mit Wetterhahn.\n';
test('npm run sicherung and wiederherstellung with a database of its own: pg_dump of a role that may only read, restored by a superuser, row by row and byte by byte', { timeout: 600_000 }, async ({ skip }) => {
  if (!postgres) skip('no PostgreSQL ≥ 15 of the distribution: apt-get install postgresql');
  const von = env('akten');
  const einmal = await install(postgres!.url, von, 'akten');
  const [api, worker] = await Promise.all([service('api', von), service('worker', von)]);
  const { kim: erste, vorgangId } = await firstDay(api.address, einmal);
  const filed = await fileLetter(erste, vorgangId, BRIEF);
  await found(erste, 'Wetterhahn', filed.dokument).catch((error: Error) => { throw new Error(`${error.message}\n${worker.output()}`); });
  await Promise.all([api.stop(), worker.stop()]);

  // a role that sees only its Mandant would make an empty backup, and is refused
  const ziel = join(folder, 'sicherung');
  expect(await main(['sicherung', `${ziel}-app`], { ...von, DATABASE_URL_SICHERUNG: von.DATABASE_URL! })).toMatchObject({ code: 2, output: expect.stringContaining('va_app sieht nicht alle Mandanten') });
  await sql('akten', "create role va_sicherung login bypassrls password 'geheim'; grant pg_read_all_data to va_sicherung");
  expect(await main(['sicherung', ziel], { ...von, DATABASE_URL_SICHERUNG: url('va_sicherung', 'akten') })).toMatchObject({ code: 0, output: expect.stringMatching(/Sicherung in .*: \d+ Dateien/) });

  await sql('postgres', "create database akten_neu owner va_owner encoding 'UTF8' template template0");
  const nach = { ...env('akten_neu'), DATABASE_URL_SICHERUNG: url('postgres', 'akten_neu') };
  expect(await main(['wiederherstellung', ziel], nach)).toMatchObject({ code: 0, output: expect.stringMatching(/2 Mandanten, \d+ Ereignisse, \d+ Inhalte/) });
  expect(await main(['wiederherstellung', ziel], nach)).toMatchObject({ code: 2, output: expect.stringContaining('docs/betrieb/sicherung.md') });
  expect(await fingerprint('akten_neu')).toEqual(await fingerprint('akten'));

  const restored = await service('api', env('akten_neu'));
  try {
    const kim = await login(restored.address, 'kim', KENNWORT);
    expect(JSON.stringify(await kim.get('/suche?q=Wetterhahn'))).toContain(filed.dokument);
    expect(sha256(await kim.bytes(`/inhalte/${filed.inhalt}`))).toBe(sha256(new TextEncoder().encode(BRIEF)));
  } finally { await restored.stop(); }
});
