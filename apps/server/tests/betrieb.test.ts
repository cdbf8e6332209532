import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#platform/server/embedded-postgres.ts';
import { cleanEnv, freePort, repository, run, until } from './program.ts';

/** A PostgreSQL that is not ours, as production has it: its superuser is `postgres`, no role of ours exists yet. */
let folder: string;
let postgres: EmbeddedPostgres;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'va-betrieb-'));
  postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'pg'), passwordOf: () => 'geheim', settings: { fsync: 'off' } });
  const url = (role: string) => postgres.url(role, 'akten');
  env = {
    DATABASE_URL: url('va_app'), DATABASE_URL_WORKER: url('va_worker'), DATABASE_URL_MIGRATION: url('va_owner'), DATABASE_URL_SICHERUNG: url('postgres'),
    ABLAGE_URL: `file://${folder}/ablage`, SCHLUESSEL_DATEI: `${folder}/schluessel/verbund.schluessel`, OEFFENTLICHE_URL: 'http://127.0.0.1', WEB_ORDNER: `${folder}/dist`, WORKER_PORT: '0',
  };
});
afterAll(async () => { await postgres?.stop('immediate'); await rm(folder, { recursive: true, force: true }); });

const without = (...names: string[]) => Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
const main = (args: readonly string[], given: Record<string, string> = env) =>
  run(process.execPath, [join(repository, 'apps/server/main.ts'), ...args], { env: { ...cleanEnv(), ...given }, timeout: 60_000 })
    .then(({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }), (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, output: error.stdout + error.stderr }));

async function service(name: 'api' | 'worker', given: Record<string, string>) {
  const child = spawn(process.execPath, [join(repository, 'apps/server/main.ts'), name], { env: { ...cleanEnv(), ...env, ...given }, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit').then(([code]) => code as number);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += String(chunk); });
  const line = await until(`${name} serves`, 60, async () => { if (child.exitCode !== null) throw new Error(output); return /"port":(\d+)/.exec(output)?.[1]; }).catch((e: Error) => { throw new Error(`${e.message}\n${output}`); });
  return { address: `http://127.0.0.1:${line}`, output: () => output, async stop() { child.kill('SIGTERM'); return exit; } };
}

describe('production: a database of its own', { timeout: 180_000 }, () => {
  test('datenbank-rollen prints the SQL for a DBA, or makes roles and database; it can be run again', async () => {
    const printed = await main(['datenbank-rollen', '--sql'], {});
    expect(printed.output).toContain('alter role va_app login nocreatedb nosuperuser nobypassrls');
    for (let i = 0; i < 2; i++) expect(await main(['datenbank-rollen', postgres.url('postgres')])).toMatchObject({ code: 0 });
    expect(await main(['datenbank-rollen', postgres.url('postgres')], { ...env, DATABASE_URL: postgres.url('postgres', 'akten') })).toMatchObject({ code: 2, output: expect.stringContaining('DATABASE_URL: Der Benutzer muss va_app heißen') });
  });
  test('nothing starts on an empty database, and what is missing is said', async () => {
    expect(await main(['einrichten', ...ANGABEN])).toMatchObject({ code: 2, output: expect.stringContaining('npm run migrate') });
    expect(await main(['migrate'])).toMatchObject({ code: 0 });
    expect(await main(['migrate'])).toMatchObject({ code: 0 });
  });
  test('an unknown or missing key refuses to start with its name', async () => {
    for (const name of ['DATABASE_URL', 'ABLAGE_URL', 'SCHLUESSEL_DATEI', 'OEFFENTLICHE_URL']) expect(await main(['api'], without(name))).toMatchObject({ code: 2, output: expect.stringContaining(`Der Schlüssel ${name} fehlt`) });
    expect(await main(['worker'], without('DATABASE_URL_WORKER'))).toMatchObject({ code: 2, output: expect.stringContaining('DATABASE_URL_WORKER fehlt') });
    expect(await main(['api'], { ...env, VERBUNDAKTE_PROT: '1' })).toMatchObject({ code: 2, output: expect.stringContaining('VERBUNDAKTE_PROT') });
    await writeFile(join(folder, 'falsch.conf'), 'PORTT=1\n');
    expect(await main(['api'], { ...env, KONFIGURATION: join(folder, 'falsch.conf') })).toMatchObject({ code: 2, output: expect.stringContaining('unbekannter Schlüssel PORTT (gemeint ist vielleicht PORT)') });
  });
  test('an app role that is owner, superuser or has BYPASSRLS is refused', async () => {
    const as = (role: string) => main(['api'], { ...env, DATABASE_URL: postgres.url(role, 'akten') });
    expect(await as('va_owner')).toMatchObject({ code: 2, output: expect.stringContaining('va_owner ist Eigentümer') });
    expect(await as('postgres')).toMatchObject({ code: 2, output: expect.stringContaining('postgres ist Superuser') });
    const admin = new pg.Client({ connectionString: postgres.url('postgres') });
    await admin.connect();
    await admin.query("create role zu_viel login bypassrls password 'geheim'; create role mitglied login password 'geheim' in role va_owner");
    await admin.end();
    expect(await as('zu_viel')).toMatchObject({ code: 2, output: expect.stringContaining('BYPASSRLS') });
    expect(await as('mitglied')).toMatchObject({ code: 2, output: expect.stringContaining('Mitglied') });
  });
  test('einrichten makes Verbund, operator, first Mandant and administrator, with passwords for one login', async () => {
    expect(await main(['einrichten', '--verbund', 'Probe'])).toMatchObject({ code: 2, output: expect.stringContaining('--betreiber (Anmeldename des Betreibers)') });
    const { code, output } = await main(['einrichten', ...ANGABEN]);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('werden nur jetzt gezeigt') });
    expect((await stat(env.SCHLUESSEL_DATEI!)).mode & 0o777).toBe(0o600);
    expect(await main(['einrichten', ...ANGABEN])).toMatchObject({ code: 2, output: expect.stringContaining('schon eingerichtet') });
    kennwort = /Administration Landkreis Probe: admin\s+(\S+)/.exec(output)![1]!;
  });
  test('server and worker run, are ready, measured, and end in order; the one-time password opens the door to a new one only', async () => {
    const [api, worker] = await Promise.all([service('api', { PORT: '0' }), service('worker', {})]);
    try {
      expect(await (await fetch(`${api.address}/ready`)).json()).toEqual({ status: 'bereit', gruende: [] });
      await until('the worker takes a probe job', 30, async () => (await fetch(`${worker.address}/ready`)).status === 200);
      for (const one of [api, worker]) {
        expect(await (await fetch(`${one.address}/health`)).json()).toMatchObject({ status: 'ok' });
        expect(await (await fetch(`${one.address}/metrics`)).text()).toContain('process_resident_memory_bytes');
        expect((await fetch(`${one.address}/metrics`, { headers: { 'x-forwarded-for': '10.0.0.1' } })).status).toBe(404);
      }
      const login = await fetch(`${api.address}/api/v1/anmeldung`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ anmeldename: 'admin', passwort: kennwort }) });
      expect(login.status).toBe(200);
      expect(api.output()).not.toContain(kennwort);
      expect(await Promise.all([api.stop(), worker.stop()])).toEqual([0, 0]);
    } finally { await Promise.allSettled([api.stop(), worker.stop()]); }
  });
  test('npm start with a database of its own fills in no demo, and refuses one on an open address', async () => {
    const daten = { DATEN: join(folder, 'daten'), PORT: String(await freePort()) };
    const start = (given: Record<string, string>) => run('npm', ['start'], { cwd: repository, env: { ...cleanEnv(), ...daten, ...given }, timeout: 60_000 }).then(() => ({ code: 0, output: '' }), (e: { code: number; stdout: string; stderr: string }) => ({ code: e.code, output: e.stdout + e.stderr }));
    expect(await start({ HOST: '0.0.0.0' })).toMatchObject({ code: 1, output: expect.stringContaining('nur auf 127.0.0.1') });
    expect(await start({ ...env, HOST: '0.0.0.0', DEMO: 'ja' })).toMatchObject({ code: 1, output: expect.stringContaining('nur auf 127.0.0.1') });
    expect(await readFile(join(folder, 'daten', 'demo.fertig')).catch(() => undefined)).toBeUndefined();
  });
});
let kennwort: string;
const ANGABEN = ['--verbund', 'Verbund Probe', '--betreiber', 'betrieb', '--betreiber-name', 'Jule Petersen', '--mandant', 'Landkreis Probe', '--kuerzel', 'LP', '--farbe', 'violett', '--administrator', 'admin', '--administrator-name', 'Ada Lovelace'];
