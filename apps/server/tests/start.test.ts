import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KENNWORT, login } from './person.ts';
import { freePort, killAll, niceOf, npmStart, pause, processesOf, run, until } from './program.ts';

let folder: string;
let daten: string;
/** A copy of the data that the first test filled: a second folder without a second demo. */
let zweite: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'va-start-')); daten = join(folder, 'daten'); zweite = join(folder, 'zweite'); });
afterAll(async () => { await Promise.all([daten, zweite].map(killAll)); await rm(folder, { recursive: true, force: true }); });

const pidOf = async (kind: string) => (await processesOf(daten)).find((p) => p.kind === kind)?.pid;
type Product = ReturnType<typeof npmStart>;
let product: Product | undefined;
/** The product on the data of the first test: the one the test before has left running, or a new one. */
async function running(): Promise<Product> {
  if (product && (await pidOf('supervisor'))) return product;
  await killAll(daten); // of a test that has failed
  product = npmStart({ daten, port: await freePort() });
  await product.ready();
  return product;
}

describe('npm start', () => {
  test('serves on a fresh folder, refuses a second start, ends with Ctrl-C', { timeout: 300_000 }, async () => {
    const port = await freePort();
    const first = npmStart({ daten, port });
    await first.ready(240);
    expect(first.output()).toContain(`Verbundakte läuft: http://127.0.0.1:${port}`);
    expect((await fetch(first.address, { headers: { accept: 'text/html' } })).headers.get('content-type')).toContain('text/html');

    const again = npmStart({ daten, port: await freePort() });
    expect((await again.exit).code).toBe(1);
    expect(again.output()).toMatch(/Verbundakte läuft schon mit .*: Prozess \d+, gestartet .*http:\/\/127/);

    const other = npmStart({ daten: join(folder, 'andere'), port });
    expect((await other.exit).code).toBe(1);
    expect(other.output()).toContain(`Port ${port} auf 127.0.0.1 ist schon belegt`);

    // secrets and content are the owner's alone
    for (const name of ['schluessel', 'ablage', 'logs', 'postgres']) expect((await stat(join(daten, name))).mode & 0o077, name).toBe(0);
    expect((await stat(join(daten, 'schluessel', 'datenbank.json'))).mode & 0o777).toBe(0o600);

    expect(await first.interrupt()).toEqual({ code: 0, signal: null });
    expect(await processesOf(daten)).toEqual([]);
    await run('cp', ['-a', daten, zweite]);
  });

  test('L12: starts again on the same data; the server idles below 300 MiB', async () => {
    await running();
    const server = (await processesOf(daten)).find((p) => p.kind === 'api')!;
    console.log(`server process ${server.rssMiB.toFixed(0)} MiB`);
    expect(server.rssMiB).toBeLessThan(300);
    // what waits for nobody leaves the processors to what a person waits for
    expect([await niceOf(server.pid), await niceOf((await pidOf('worker'))!)]).toEqual([0, 5]);
  });

  test('PE-01 what a scanner lays into the folder of a Mandant becomes an Eingang, and is moved out of the way', { timeout: 180_000 }, async () => {
    const { address, output } = await running();
    expect(output()).toMatch(/Eingang: Was in .*eingang\/<Kürzel der Verwaltung> gelegt wird/);
    const ordner = join(daten, 'eingang', 'AT');
    await mkdir(ordner, { recursive: true });
    await writeFile(join(ordner, 'scan 0815.txt'), 'Vom Scanner der Poststelle');
    await until('the file is taken', 120, async () => (await readdir(join(ordner, 'erledigt')).catch(() => [])).some((name) => name.endsWith('scan 0815.txt')));
    const { eintraege } = await (await login(address, 'anke.moehlmann')).get('/eingaenge?sort=-eingegangen&limit=5');
    expect(eintraege[0]).toMatchObject({ kanal: 'ordner', betreff: expect.stringContaining('scan 0815') });
  });

  test('after kill -9 of everything the next start recovers by itself', async () => {
    const first = await running();
    product = undefined;
    await killAll(daten);
    await first.exit;
    await running();
  });

  test('after kill -9 of the supervisor alone its children end, and the orphaned database does not hinder the next start', async () => {
    const first = await running();
    product = undefined;
    process.kill((await pidOf('supervisor'))!, 'SIGKILL');
    await first.exit;
    await until('api and worker end', 60, async () => !(await processesOf(daten)).some((p) => p.kind !== 'postgres'));
    expect(await pidOf('postgres')).toBeDefined();
    product = npmStart({ daten, port: await freePort() });
    await product.ready();
  });

  test('a worker, a server or a database that dies comes back', async () => {
    const { address, output } = await running();
    for (const kind of ['worker', 'api', 'postgres']) {
      const pid = (await pidOf(kind))!;
      process.kill(pid, 'SIGKILL');
      await until(`a new ${kind}`, 60, async () => { const now = await pidOf(kind); return now && now !== pid; });
      await pause(300);
      await until(`ready again after the end of ${kind}\n${output()}`, 60, async () => (await fetch(`${address}/ready`)).status === 200);
    }
    expect(output()).toContain('Worker hat sich unerwartet beendet (Signal SIGKILL)');
  });

  test('two data folders run side by side; SIGTERM ends as Ctrl-C does', async () => {
    const other = npmStart({ daten: zweite, port: await freePort() });
    await other.ready();
    const both = [await running(), other];
    // a browser sends its cookies to every port of a host: their names keep the two apart
    const names = await Promise.all(both.map(async ({ address }) => {
      const answer = await fetch(`${address}/api/v1/anmeldung`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ anmeldename: 'katrin.seidel', passwort: KENNWORT }) });
      expect(answer.status).toBe(200);
      return answer.headers.getSetCookie().map((c) => c.split('=')[0]!).find((name) => name.startsWith('sitzung'));
    }));
    expect(names).toEqual(both.map(({ address }) => `sitzung-${new URL(address).port}`));
    expect((await Promise.all([both[0]!.interrupt(), other.terminate()])).map((e) => e.code)).toEqual([0, 0]);
    expect([...await processesOf(daten), ...await processesOf(zweite)]).toEqual([]);
  });
});
