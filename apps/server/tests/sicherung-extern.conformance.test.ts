/** Backup and restore of a production database: the distribution's PostgreSQL with its own pg_dump, into a second database and a second store. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDebianPostgres, startDebianPostgres } from '#platform/testing/debian-postgres.ts';
import { login, sha256 } from './person.ts';
import { cleanEnv, repository, run, until } from './program.ts';

const KENNWORT = 'Der Kranich fliegt im Herbst';
const bin = await findDebianPostgres();
let folder: string;
let postgres: Awaited<ReturnType<typeof startDebianPostgres>> | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'va-extern-'));
  if (bin) postgres = await startDebianPostgres(bin);
});
const children: ChildProcess[] = [];
afterAll(async () => { for (const child of children) child.kill('SIGKILL'); await postgres?.stop(); await rm(folder, { recursive: true, force: true }); });

const url = (role: string, database: string) => { const u = new URL(postgres!.url); u.username = role; u.password = 'geheim'; u.pathname = `/${database}`; return u.href; };
const envOf = (database: string): Record<string, string> => ({
  DATABASE_URL: url('va_app', database), DATABASE_URL_WORKER: url('va_worker', database), ABLAGE_URL: `file://${folder}/${database}/ablage`, SCHLUESSEL_DATEI: `${folder}/${database}/schluessel/verbund.schluessel`,
  OEFFENTLICHE_URL: 'http://127.0.0.1', WEB_ORDNER: `${folder}/dist`, PORT: '0', WORKER_PORT: '0',
});
const main = (args: readonly string[], env: Record<string, string>) => run(process.execPath, [join(repository, 'apps/server/main.ts'), ...args], { env: { ...cleanEnv(), ...env }, timeout: 90_000 })
  .then(({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }), (e: { code: number; stdout: string; stderr: string }) => ({ code: e.code, output: e.stdout + e.stderr }));

async function service(name: 'api' | 'worker', env: Record<string, string>) {
  const child = spawn(process.execPath, [join(repository, 'apps/server/main.ts'), name], { env: { ...cleanEnv(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const exit = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += String(chunk); });
  const port = await until(`${name} serves`, 90, async () => /"port":(\d+)/.exec(output)?.[1]).catch((e: Error) => { throw new Error(`${e.message}\n${output}`); });
  return { address: `http://127.0.0.1:${port}`, output: () => output, async stop() { child.kill('SIGTERM'); await exit; } };
}
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

const BRIEF = new TextEncoder().encode('Hiermit beantrage ich den Bau einer Remise mit Wetterhahn.\n');
/** From the one-time password to a Dokument in a Vorgang, as the first day goes. */
async function fileFirstLetter(address: string, einmal: string) {
  const change = async (name: string, alt: string, neu: string) => { const first = await login(address, name, alt); await first.put('/ich/passwort', { alt, neu }); return login(address, name, neu); };
  const admin = await change('admin', einmal, KENNWORT);
  const { eintraege } = await admin.get<{ eintraege: { id: string; schluessel: string }[] }>('/rollen');
  const oe = await admin.post('/organisationseinheiten', { kennzeichen: '63', bezeichnung: 'Bauamt', kuerzel: 'BA' });
  const neu = await admin.post('/benutzer', {
    anmeldename: 'kim', vorname: 'Kim', nachname: 'Probe', organisationseinheiten: [{ organisationseinheitId: oe.id, leitung: false }],
    rollen: eintraege.filter((r) => ['sachbearbeitung', 'registratur'].includes(r.schluessel)).map((r) => r.id),
  });
  const kim = await change('kim', neu.einmalkennwort, KENNWORT);
  const plan = await admin.post('/aktenplaene', { bezeichnung: 'Aktenplan', versionsbezeichnung: '1', gueltigVon: '2026-01-01' });
  const einheit = await admin.post('/aktenplaneinheiten', { aktenplanId: plan.id, kennzeichen: '63', betreffKurz: 'Bauen', aussonderungsart: 'bewerten', aufbewahrungsdauer: 10 });
  const akte = await kim.post('/akten', { aktenplaneinheitId: einheit.id, betreff: 'Neubau einer Remise' });
  const vorgang = await kim.post('/vorgaenge', { akteId: akte.id, betreff: 'Antrag' });
  const inhalt = await kim.upload(BRIEF, 'Antrag.txt', 'text/plain');
  const dokument = await kim.post('/dokumente', { vorgangId: vorgang.id, betreff: 'Antrag', art: 'intern', datumDesSchreibens: '2026-11-21', formate: [{ inhaltId: inhalt.id }] });
  await until('the letter is found', 100, async () => JSON.stringify(await kim.get('/suche?q=Wetterhahn')).includes(dokument.id));
  return { dokument: dokument.id as string, inhalt: inhalt.id };
}

test('npm run sicherung and wiederherstellung with a database of its own: pg_dump of a role that may only read, restored by a superuser, row by row and byte by byte', { timeout: 600_000 }, async ({ skip }) => {
  if (!postgres) skip('no PostgreSQL ≥ 15 of the distribution: apt-get install postgresql');
  const von = envOf('akten');
  const owner = { DATABASE_URL_MIGRATION: url('va_owner', 'akten') };
  expect(await main(['datenbank-rollen', url('postgres', 'postgres')], { ...von, ...owner })).toMatchObject({ code: 0 });
  expect(await main(['migrate'], { ...von, ...owner })).toMatchObject({ code: 0 });
  const eingerichtet = await main(['einrichten', '--verbund', 'Verbund Probe', '--betreiber', 'betrieb', '--betreiber-name', 'Jule Petersen', '--mandant', 'Landkreis Probe', '--kuerzel', 'LP', '--farbe', 'violett', '--administrator', 'admin', '--administrator-name', 'Ada Lovelace'], von);
  const [api, worker] = await Promise.all([service('api', von), service('worker', von)]);
  const filed = await fileFirstLetter(api.address, /Administration Landkreis Probe: admin\s+(\S+)/.exec(eingerichtet.output)![1]!).catch((error: Error) => { throw new Error(`${error.message}\n${worker.output()}`); });
  await Promise.all([api.stop(), worker.stop()]);

  // a role that sees only its Mandant would make an empty backup, and is refused
  const ziel = join(folder, 'sicherung');
  expect(await main(['sicherung', `${ziel}-app`], { ...von, DATABASE_URL_SICHERUNG: von.DATABASE_URL! })).toMatchObject({ code: 2, output: expect.stringContaining('va_app sieht nicht alle Mandanten') });
  await sql('akten', "create role va_sicherung login bypassrls password 'geheim'; grant pg_read_all_data to va_sicherung");
  expect(await main(['sicherung', ziel], { ...von, DATABASE_URL_SICHERUNG: url('va_sicherung', 'akten') })).toMatchObject({ code: 0, output: expect.stringMatching(/Sicherung in .*: \d+ Dateien/) });

  await sql('postgres', "create database akten_neu owner va_owner encoding 'UTF8' template template0");
  const nach = { ...envOf('akten_neu'), DATABASE_URL_SICHERUNG: url('postgres', 'akten_neu') };
  expect(await main(['wiederherstellung', ziel], nach)).toMatchObject({ code: 0, output: expect.stringMatching(/2 Mandanten, \d+ Ereignisse, \d+ Inhalte/) });
  expect(await main(['wiederherstellung', ziel], nach)).toMatchObject({ code: 2, output: expect.stringContaining('docs/betrieb/sicherung.md') });
  expect(await fingerprint('akten_neu')).toEqual(await fingerprint('akten'));

  const restored = await service('api', envOf('akten_neu'));
  try {
    const kim = await login(restored.address, 'kim', KENNWORT);
    expect(JSON.stringify(await kim.get('/suche?q=Wetterhahn'))).toContain(filed.dokument);
    expect(sha256(await kim.bytes(`/inhalte/${filed.inhalt}`))).toBe(sha256(BRIEF));
  } finally { await restored.stop(); }
});
