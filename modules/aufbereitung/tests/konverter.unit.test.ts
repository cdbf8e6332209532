/** The converter's process: what it may not do, and that nothing it does reaches the next order. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { arbeitsbereich, closeArbeitsbereich, withOrdner } from '../server/konverter/arbeitsordner.ts';
import { openKonverter } from '../server/konverter/pool.ts';
import { describeAbschottung } from '../server/konverter/prozess.ts';
import type { Auftrag } from '../server/konverter/protokoll.ts';
import { makePdf, readBytes } from './hilfen.ts';

const konverter = openKonverter({ anzahl: 1 });
afterAll(async () => { await konverter.close(); await closeArbeitsbereich(); });

type Verhalten = Extract<Auftrag, { art: 'probe' }>['verhalten'];
const probe = (verhalten: Verhalten, grenzen = {}, pfad?: string) => withOrdner((ordner) =>
  konverter.run({ art: 'probe', verhalten, ordner, ...(pfad && { pfad }) }, { zeitMs: 20_000, speicherMiB: 600, ausgabeMiB: 50, ...grenzen }) as Promise<any>);

test('issue 6: a converter that hangs, crashes, eats memory or writes without end fails its own order only', { timeout: 120_000 }, async () => {
  const pdf = await makePdf(['Baugenehmigung']);
  for (const [verhalten, grenzen, code] of [['haengen', { zeitMs: 1_500 }, 'zeit'], ['abstuerzen', {}, 'absturz'], ['speicher', {}, 'speicher'], ['ausgabe', {}, 'ausgabe']] as const) {
    await expect(probe(verhalten, grenzen), verhalten).rejects.toMatchObject({ code });
    expect((await readBytes(konverter, pdf)).texte[0]!.text).toBe('Baugenehmigung');
  }
});

test('a warm converter takes one order after another; what waits is not lost when one is killed', { timeout: 180_000 }, async () => {
  const [pid] = konverter.prozesse;
  await probe('antworten');
  expect(konverter.prozesse).toEqual([pid]);
  const ergebnisse = await Promise.allSettled([probe('haengen', { zeitMs: 800 }), ...Array.from({ length: 5 }, () => probe('antworten'))]);
  expect(ergebnisse.map((e) => e.status)).toEqual(['rejected', ...Array.from({ length: 5 }, () => 'fulfilled')]);
});

test('it and all it starts yield to the server, within its session and as a session', { timeout: 180_000 }, async ({ skip }) => {
  if (process.platform !== 'linux') skip('only Linux tells it under /proc');
  await probe('antworten');
  const tree = async (pid: number): Promise<number[]> => [pid, ...(await Promise.all((await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').filter(Boolean).map((child) => tree(Number(child))))).flat()];
  const pids = await tree(konverter.prozesse[0]!);
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    expect(Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]), stat).toBe(10);
    const session = await readFile(`/proc/${pid}/autogroup`, 'utf8').catch(() => undefined);
    if (session?.trim()) expect(session).toMatch(/nice 10$/m);
  }
});

test('a converter killed from outside in the middle of its work is a crash of that order', { timeout: 180_000 }, async () => {
  const lauf = probe('haengen');
  const erwartet = expect(lauf).rejects.toMatchObject({ code: 'absturz' });
  await new Promise((r) => setTimeout(r, 500));
  for (const pid of konverter.prozesse) process.kill(pid, 'SIGKILL');
  await erwartet;
  expect(await probe('antworten')).toMatchObject({ pid: expect.any(Number) });
});

test('it sees nothing of the server: no environment, no files but the program and the work area', { timeout: 180_000 }, async () => {
  process.env.DATABASE_URL_GEHEIM = 'postgres://geheim';
  const { env } = await probe('antworten');
  delete process.env.DATABASE_URL_GEHEIM;
  expect(env.filter((name: string) => !/^(PATH|HOME|TMPDIR|TMP|TEMP|LANG|LC_ALL|PWD|SHLVL|_|UV_THREADPOOL_SIZE|VIPS_CONCURRENCY|MALLOC_ARENA_MAX|NODE_CHANNEL_.*)$/.test(name))).toEqual([]);
  expect(await probe('lesen', {}, '/etc/passwd')).toEqual({ gelesen: 'ERR_ACCESS_DENIED' });
  expect(await probe('lesen', {}, join(dirname(fileURLToPath(import.meta.url)), '../server/konverter/programm.ts'))).toEqual({ gelesen: true });
});

test('it reaches no network', { timeout: 180_000 }, async ({ skip }) => {
  if (!(await describeAbschottung()).ohneNetz) skip('this machine allows no user namespaces, so the converter cannot be cut off from the network');
  expect(await probe('netz')).toEqual({ netz: 'ENETUNREACH' });
});

test('nothing stays in the work area, and what a killed server left there goes at the next start', { timeout: 180_000 }, async () => {
  await probe('antworten');
  await probe('ausgabe').catch(() => {});
  const bereich = await arbeitsbereich();
  expect((await readdir(bereich)).filter((name) => name.startsWith('a-'))).toEqual([]);
  await closeArbeitsbereich();
  const { mkdtemp } = await import('node:fs/promises');
  const rest = await mkdtemp(join(dirname(bereich), 'verbundakte-4194300-')); // no process has this number
  await writeFile(join(rest, 'original'), 'geheim');
  await arbeitsbereich();
  expect((await readdir(dirname(bereich))).some((name) => name.startsWith('verbundakte-4194300-'))).toBe(false);
});
