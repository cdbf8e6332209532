/** Backup and restore of a production database: the distribution's PostgreSQL, by a role that may only read and copy, to a second, row by row. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '#platform/server/embedded-postgres.ts';
import { findDebianPostgres, startDebianPostgres } from '#platform/testing/debian-postgres.ts';
import { openOrt } from '../sicherung/ort.ts';
import { envOf, fileLetter, firstDay, found, install, KENNWORT, killServices, main, roleUrl, service, spawnMain } from './installation.ts';
import { login, sha256 } from './person.ts';
import { until } from './program.ts';

const bin = await findDebianPostgres();
let folder: string;
let postgres: Awaited<ReturnType<typeof startDebianPostgres>> | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'va-extern-'));
  if (bin) postgres = await startDebianPostgres(bin);
});
afterAll(async () => { killServices(); await postgres?.stop(); await rm(folder, { recursive: true, force: true }); });

async function sql<T extends pg.QueryResultRow>(url: string, text: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try { return (await client.query<T>(text)).rows; } finally { await client.end(); }
}
/** Every table with the number and the hash of its rows; not what the backup says of itself every few seconds. */
async function fingerprint(url: string) {
  const names = await sql<{ name: string }>(url, `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_' and c.oid <> 'betrieb.sicherung'::regclass order by 1`);
  const all: Record<string, string> = {};
  for (const { name } of names) all[name] = (await sql<{ f: string }>(url, `select count(*) || ' ' || md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as f from ${name} t`))[0]!.f;
  return all;
}

const BRIEF = 'Hiermit beantrage ich den Bau einer Remise mit Wetterhahn.\n';
test('BT: npm run sicherung --dauernd beside a database of its own, restored to a second, row by row and byte by byte', { timeout: 600_000 }, async ({ skip }) => {
  if (!postgres) skip('no PostgreSQL ≥ 15 of the distribution: apt-get install postgresql');
  const url = (role: string) => roleUrl(postgres!.url, role, 'akten');
  const von = envOf(postgres!.url, folder, 'akten');
  const einmal = await install(postgres!.url, von, 'akten');
  const [api, worker] = await Promise.all([service('api', von), service('worker', von)]);
  const { kim: erste, vorgangId } = await firstDay(api.address, einmal);
  const [ort, tresor] = [join(folder, 'ort'), join(folder, 'tresor')];

  // a role that sees only its Mandant, or may not copy, is refused with what it lacks
  const als = (role: string) => ({ ...von, DATABASE_URL_SICHERUNG: url(role) });
  expect(await main(['sicherung', ort], als('va_app'))).toMatchObject({ code: 2, output: expect.stringContaining('va_app sieht nicht alle Mandanten') });
  await sql(url('postgres'), "create role va_sicherung login bypassrls password 'geheim'; grant pg_read_all_data to va_sicherung");
  expect(await main(['sicherung', ort], als('va_sicherung'))).toMatchObject({ code: 2, output: expect.stringContaining('alter role va_sicherung replication') });
  await sql(url('postgres'), 'alter role va_sicherung replication');

  const dienst = spawnMain(['sicherung', ort, '--dauernd', '--schluessel', tresor], als('va_sicherung'));
  const platz = await openOrt(ort);
  const gesichert = (seit: number) => until('all of it is backed up', 120, async () => {
    if (dienst.child.exitCode !== null) throw new Error(`ended: ${dienst.output()}`);
    return (await platz.listGrund()).length > 0 && Date.parse((await platz.readStand())!.bis) > seit;
  });
  await gesichert(0);
  const filed = await fileLetter(erste, vorgangId, BRIEF);
  await found(erste, 'Wetterhahn', filed.dokument).catch((error: Error) => { throw new Error(`${error.message}\n${worker.output()}`); });
  await Promise.all([api.stop(), worker.stop()]);
  const damals = await fingerprint(url('postgres'));
  const zeitpunkt = new Date();
  await until('the second is over', 5, async () => Date.now() > zeitpunkt.getTime() + 1000);
  await sql(url('postgres'), 'update organisation.mandant set version = version + 1; delete from platform.zustellung');
  await gesichert(Date.now());
  dienst.child.kill('SIGTERM');
  await dienst.exit;

  const nach = join(folder, 'nach');
  const restored = await main(['wiederherstellung', ort, '--schluessel', tresor, '--zeitpunkt', zeitpunkt.toISOString()], { DATEN: nach });
  expect(restored).toMatchObject({ code: 0, output: expect.stringMatching(/2 Mandanten, \d+ Ereignisse, \d+ Inhalte[\s\S]*In Betrieb nehmen/) });
  const server = await startEmbeddedPostgres({ dataDir: join(nach, 'postgres'), programme: bin!, passwordOf: () => 'geheim' });
  try {
    expect(await fingerprint(server.url('postgres', 'akten'))).toEqual(damals);
    const neu = { ...envOf(server.url('postgres'), folder, 'akten'), ABLAGE_URL: `file://${nach}/ablage`, SCHLUESSEL_DATEI: `${nach}/schluessel/verbund.schluessel` };
    const wieder = await service('api', neu);
    const kim = await login(wieder.address, 'kim', KENNWORT);
    expect(JSON.stringify(await kim.get('/suche?q=Wetterhahn'))).toContain(filed.dokument);
    expect(sha256(await kim.bytes(`/inhalte/${filed.inhalt}`))).toBe(sha256(new TextEncoder().encode(BRIEF)));
    await wieder.stop();
  } finally { await server.stop('immediate'); }
  // the database keeps its log for the service until it is told that there will be none
  expect(await sql(url('postgres'), 'select from pg_replication_slots')).toHaveLength(1);
  expect(await main(['sicherung', '--beenden'], als('va_sicherung'))).toMatchObject({ code: 0 });
  expect(await sql(url('postgres'), 'select from pg_replication_slots')).toHaveLength(0);
});
