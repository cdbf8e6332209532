import { randomBytes } from 'node:crypto';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { login, sha256 } from './person.ts';
import { cleanEnv, freePort, killAll, npmStart, repository, run, until } from './program.ts';

let folder: string;
const folders: string[] = [];
const daten = (name: string) => { const path = join(folder, name); folders.push(path); return path; };
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'va-sicherung-')); });
afterAll(async () => { for (const path of folders) await killAll(path); await rm(folder, { recursive: true, force: true }); });

const npm = (script: string, args: readonly string[], env: Record<string, string>) =>
  run('npm', ['run', '--silent', script, '--', ...args], { cwd: repository, env: { ...cleanEnv(), ...env }, timeout: 180_000 })
    .then(({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }), (e: { code: number; stdout: string; stderr: string }) => ({ code: e.code, output: e.stdout + e.stderr }));

type Person = Awaited<ReturnType<typeof login>>;
/** Every Dokument the person sees, with the bytes of its file. */
async function readDokumente(person: Person) {
  const { eintraege } = await person.get<{ eintraege: { id: string; betreff: string; datei: { inhaltId: string } | null }[] }>('/dokumente?limit=200');
  return Promise.all(eintraege.filter((d) => d.datei).map(async (d) => ({ id: d.id, betreff: d.betreff, sha256: sha256(await person.bytes(`/inhalte/${d.datei!.inhaltId}`)) })));
}

describe('npm run sicherung and wiederherstellung', () => {
  const [von, nach] = ['von', 'nach'];
  let ziel: string;
  let before: Awaited<ReturnType<typeof readDokumente>>;
  let neu: { id: string; sha256: string };

  test('a backup is made while people work, and holds everything that was acknowledged before it began', { timeout: 300_000 }, async () => {
    const running = npmStart({ daten: daten(von), port: await freePort() });
    await running.ready(240);
    const clerk = await login(running.address, 'katrin.seidel');
    // bytes that no compression or text layer could have invented, in a Vorgang she may change
    const bytes = randomBytes(300_000);
    const inhalt = await clerk.upload(bytes, 'Lageplan.bin', 'application/octet-stream');
    const { eintraege: vorgaenge } = await clerk.get<{ eintraege: { id: string; rechte: string[] }[] }>('/vorgaenge?limit=50');
    const vorgang = vorgaenge.find((v) => v.rechte.includes('vorgang.bearbeiten'))!;
    const dokument = await clerk.post<{ id: string }>('/dokumente', { vorgangId: vorgang.id, art: 'eingang', betreff: 'Lageplan zur Sicherung', datumDesSchreibens: '2026-10-05', posteingangsdatum: '2026-10-06', kontakte: [{ art: 'absender', familienname: 'Hoffmann' }], formate: [{ inhaltId: inhalt.id }] });
    neu = { id: dokument.id, sha256: sha256(bytes) };

    ziel = join(folder, 'sicherung');
    let working = true;
    const work = (async () => { for (let i = 0; working; i++) await clerk.upload(randomBytes(50_000), `während-${i}.bin`, 'application/octet-stream'); })();
    const made = await npm('sicherung', [ziel], { DATEN: join(folder, von) });
    working = false;
    await work;
    expect(made).toMatchObject({ code: 0, output: expect.stringMatching(/Sicherung in .*: \d+ Dateien/) });
    expect((await stat(ziel)).mode & 0o077).toBe(0);
    expect(await npm('sicherung', [ziel], { DATEN: join(folder, von) })).toMatchObject({ code: 2, output: expect.stringContaining('nicht leer') });

    before = await readDokumente(clerk);
    expect(before.length).toBeGreaterThan(5);
    expect(before).toContainEqual({ id: neu.id, betreff: 'Lageplan zur Sicherung', sha256: neu.sha256 });
    expect((await running.interrupt()).code).toBe(0);
  });

  test('restored into a second folder: log in, every document byte for byte, protocol and store verify', { timeout: 600_000 }, async () => {
    const target = daten(nach);
    const restored = await npm('wiederherstellung', [ziel], { DATEN: target });
    expect(restored).toMatchObject({ code: 0, output: expect.stringMatching(/Zurückgespielt: .* 5 Mandanten, \d+ Ereignisse, \d+ Inhalte/) });
    expect(await npm('wiederherstellung', [ziel], { DATEN: target })).toMatchObject({ code: 2, output: expect.stringContaining('liegen schon Daten') });

    const running = npmStart({ daten: target, port: await freePort() });
    await running.ready(120);
    const clerk = await login(running.address, 'katrin.seidel');
    expect((await readDokumente(clerk)).toSorted(byId)).toEqual(before.toSorted(byId));

    const administration = await login(running.address, 'sven.albers');
    await administration.post('/ablage/pruefung', { art: 'voll' });
    const ablage = await until('the store is checked', 240, async () => { const p = await administration.get('/ablage/pruefung'); return p.letzte[0]?.beendet && p; });
    expect(ablage.letzte[0]).toMatchObject({ art: 'voll', fehlt: 0, veraendert: 0 });
    const { id } = await administration.post<{ id: string }>('/protokoll/pruefungen');
    const protokoll = await until('the protocol is checked', 240, async () => { const p = await administration.get(`/protokoll/pruefungen/${id}`); return p.beendet && p; });
    expect(protokoll).toMatchObject({ ergebnis: 'unveraendert' });
    expect((await running.interrupt()).code).toBe(0);
  });

  test('one without keys asks for them before anything is written, and is whole when they lie beside it', { timeout: 300_000 }, async () => {
    const [ohne, target] = [join(folder, 'ohne'), join(folder, 'mit')];
    expect(await npm('sicherung', [ohne, '--ohne-schluessel'], { DATEN: daten(nach) })).toMatchObject({ code: 0 });
    expect(await npm('wiederherstellung', [ohne], { DATEN: target })).toMatchObject({ code: 2, output: expect.stringContaining('enthält keine Schlüssel') });
    expect(await readdir(target).catch(() => [])).toEqual([]);
    await cp(join(daten(nach), 'schluessel'), join(ohne, 'schluessel'), { recursive: true });
    expect(await npm('wiederherstellung', [ohne], { DATEN: target })).toMatchObject({ code: 0, output: expect.stringContaining('Zurückgespielt') });
  });

  test('a damaged or incomplete backup is refused before anything is written', { timeout: 120_000 }, async () => {
    const manifest = JSON.parse(await readFile(join(ziel, 'sicherung.json'), 'utf8')) as { dateien: { pfad: string }[] };
    const victim = join(ziel, manifest.dateien.find((d) => d.pfad.startsWith('ablage/inhalt/'))!.pfad);
    await appendFile(victim, 'x');
    expect(await npm('wiederherstellung', [ziel], { DATEN: daten('kaputt') })).toMatchObject({ code: 2, output: expect.stringContaining('ist verändert') });
    await rm(victim);
    expect(await npm('wiederherstellung', [ziel], { DATEN: join(folder, 'kaputt') })).toMatchObject({ code: 2, output: expect.stringContaining('fehlt') });
    expect(await readdir(join(folder, 'kaputt')).catch(() => [])).toEqual([]);
    await mkdir(join(folder, 'leer'));
    expect(await npm('wiederherstellung', [join(folder, 'leer')], { DATEN: join(folder, 'kaputt') })).toMatchObject({ code: 2, output: expect.stringContaining('keine vollständige Sicherung') });
  });
});
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
