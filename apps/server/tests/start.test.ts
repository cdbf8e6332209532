import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KENNWORT } from './person.ts';
import { freePort, killAll, niceOf, npmStart, pause, processesOf, until } from './program.ts';

let folder: string;
let daten: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'va-start-')); daten = join(folder, 'daten'); });
afterAll(async () => { await killAll(daten); await rm(folder, { recursive: true, force: true }); });

const pidOf = async (kind: string) => (await processesOf(daten)).find((p) => p.kind === kind)?.pid;

describe('npm start', () => {
  test('serves on a fresh folder, refuses a second start, ends with Ctrl-C', { timeout: 180_000 }, async () => {
    const port = await freePort();
    const first = npmStart({ daten, port });
    await first.ready();
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

    const begin = performance.now();
    expect(await first.interrupt()).toEqual({ code: 0, signal: null });
    expect(performance.now() - begin).toBeLessThan(10_000);
    expect(await processesOf(daten)).toEqual([]);
  });

  test('L11, L12: starts again on the same data within seconds; the server idles below 300 MiB', { timeout: 60_000 }, async () => {
    const running = npmStart({ daten, port: await freePort() });
    const seconds = await running.ready(30);
    const server = (await processesOf(daten)).find((p) => p.kind === 'api')!;
    console.log(`ready after ${seconds.toFixed(1)} s, server process ${server.rssMiB.toFixed(0)} MiB`);
    expect(seconds).toBeLessThan(15); // the target of 5 s is measured alone, by npm run bench; here others run beside
    expect(server.rssMiB).toBeLessThan(300);
    // what waits for nobody leaves the processors to what a person waits for
    expect([await niceOf(server.pid), await niceOf((await pidOf('worker'))!)]).toEqual([0, 5]);
    expect((await running.terminate()).code).toBe(0);
    expect(await processesOf(daten)).toEqual([]);
  });

  test('after kill -9 of everything the next start recovers by itself', { timeout: 120_000 }, async () => {
    const port = await freePort();
    const first = npmStart({ daten, port });
    await first.ready();
    await killAll(daten);
    await first.exit;
    const second = npmStart({ daten, port });
    await second.ready();
    expect((await second.interrupt()).code).toBe(0);
  });

  test('after kill -9 of the supervisor alone its children end, and the orphaned database does not hinder the next start', { timeout: 120_000 }, async () => {
    const first = npmStart({ daten, port: await freePort() });
    await first.ready();
    process.kill((await pidOf('supervisor'))!, 'SIGKILL');
    await first.exit;
    await until('api and worker end', 15, async () => !(await processesOf(daten)).some((p) => p.kind !== 'postgres'));
    expect(await pidOf('postgres')).toBeDefined();
    const second = npmStart({ daten, port: await freePort() });
    await second.ready();
    expect((await second.interrupt()).code).toBe(0);
    expect(await processesOf(daten)).toEqual([]);
  });

  test('a worker, a server or a database that dies comes back', { timeout: 120_000 }, async () => {
    const running = npmStart({ daten, port: await freePort() });
    await running.ready();
    for (const kind of ['worker', 'api', 'postgres']) {
      const pid = (await pidOf(kind))!;
      process.kill(pid, 'SIGKILL');
      await until(`a new ${kind}`, 20, async () => { const now = await pidOf(kind); return now && now !== pid; });
      await pause(300);
      await until(`ready again after the end of ${kind}\n${running.output()}`, 20, async () => (await fetch(`${running.address}/ready`)).status === 200);
    }
    expect(running.output()).toContain('Worker hat sich unerwartet beendet (Signal SIGKILL)');
    expect((await running.interrupt()).code).toBe(0);
    expect(await processesOf(daten)).toEqual([]);
  });

  test('two data folders run side by side', { timeout: 120_000 }, async () => {
    const other = join(folder, 'zweite');
    await mkdir(other);
    const both = [npmStart({ daten, port: await freePort() }), npmStart({ daten: other, port: await freePort() })];
    await Promise.all(both.map((one) => one.ready()));
    // a browser sends its cookies to every port of a host: their names keep the two apart
    const names = await Promise.all(both.map(async ({ address }) => {
      const answer = await fetch(`${address}/api/v1/anmeldung`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ anmeldename: 'katrin.seidel', passwort: KENNWORT }) });
      expect(answer.status).toBe(200);
      return answer.headers.getSetCookie().map((c) => c.split('=')[0]!).find((name) => name.startsWith('sitzung'));
    }));
    expect(names).toEqual(both.map(({ address }) => `sitzung-${new URL(address).port}`));
    expect((await Promise.all(both.map((one) => one.interrupt()))).map((e) => e.code)).toEqual([0, 0]);
  });
});
