import { mkdir, mkdtemp, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { readMandanten } from '#modules/organisation/server/index.ts';
import { workerUrl } from '#platform/testing/database.ts';
import { database, queryAs, testDir } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { ordnerAbschliessen, ordnerDatei, ordnerPruefen } from '../server/ordner/jobs.ts';
import { download, newPosteingang, runJob } from './hilfe.ts';

let root: string;
beforeEach(async () => { await mkdir(testDir, { recursive: true }); root = await mkdtemp(join(testDir, 'ordner-')); });

async function newOrdner() {
  const pe = await newPosteingang();
  const mandant = await database.read(pe.mandant.system, async (tx) => (await readMandanten(tx)).find((m) => m.id === pe.mandant.mandantId)!);
  const folder = join(root, mandant.kuerzel);
  await mkdir(folder, { recursive: true });
  const put = async (name: string, inhalt: string, age = 60) => {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), inhalt);
    await utimes(join(folder, name), new Date(), new Date(Date.now() - age * 1000));
  };
  const job = (definition: Parameters<typeof runJob>[0], payload: object, more: object = {}) => runJob(definition, payload, { mandantId: pe.mandant.mandantId, config: { EINGANG_ORDNER: root }, ...more });
  /** What the jobs have queued of themselves. */
  const queued = async (name: string) => (await queryAs(workerUrl, `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = $1 and j.payload->>'mandantId' = $2`, [name, pe.mandant.mandantId]))
    .map((r) => (r as { payload: { payload: { pfad: string } } }).payload.payload);
  const list = async () => (await pe.registratur.call(api.listEingaenge, { query: { sort: 'eingegangen' } })).eintraege;
  const files = async (sub = '') => (await readdir(join(folder, sub), { withFileTypes: true }).catch(() => [])).filter((e) => e.isFile()).map((e) => e.name);
  return { ...pe, folder, put, job, queued, list, files };
}

describe('the watched folder', () => {
  test('only files at rest are taken; hidden and unfinished ones never', async () => {
    const { put, job, queued } = await newOrdner();
    await put('brief.pdf', 'inhalt');
    await put('frisch.pdf', 'noch im Schreiben', 0);
    await put('.versteckt', 'x');
    await put('scan.pdf.part', 'x');
    await put('63.1/amt.pdf', 'für das Amt');
    await job(ordnerPruefen, {});
    expect((await queued('posteingang.ordner_datei')).map((p) => p.pfad).toSorted()).toEqual(['63.1/amt.pdf', 'brief.pdf']);
  });
  test('a file becomes an Eingang with its bytes; the subfolder names the basket; it is moved after the commit', async () => {
    const { put, job, queued, list, files, registratur } = await newOrdner();
    await put('63.1/Brief vom Amt.txt', 'Müll', 60);
    await job(ordnerDatei, { pfad: '63.1/Brief vom Amt.txt' });
    expect(await files('63.1')).toEqual(['Brief vom Amt.txt']); // not before the move's own job
    const [e] = await list();
    expect(e).toMatchObject({ kanal: 'ordner', betreff: 'Brief vom Amt', organisationseinheit: { kennzeichen: '63.1' }, dateiname: 'Brief vom Amt.txt' });
    const { inhaltId } = await registratur.call(api.getEingang, { params: { id: e!.id } });
    expect((await download(registratur, inhaltId!)).body).toBe('Müll');
    const [move] = await queued('posteingang.ordner_abschliessen');
    await job(ordnerAbschliessen, move!);
    await job(ordnerAbschliessen, move!); // twice is as good as once
    expect(await files('63.1')).toEqual([]);
    expect(await files('erledigt')).toHaveLength(1);
  });
  test('PE-03: killed before the commit, or between commit and move: one Eingang, no file lost', async () => {
    const { put, job, list, files } = await newOrdner();
    await put('brief.txt', 'einmal');
    await job(ordnerDatei, { pfad: 'brief.txt' }, { crashAfter: 'work' });
    expect([await list(), await files()]).toEqual([[], ['brief.txt']]);
    await job(ordnerDatei, { pfad: 'brief.txt' });
    await job(ordnerDatei, { pfad: 'brief.txt' }); // the move never ran: the file still lies there
    expect(await list()).toHaveLength(1);
  });
  test('another file of the same name is another Eingang; an equal one is said to be a duplicate', async () => {
    const { put, job, list } = await newOrdner();
    await put('scan.txt', 'eins', 300);
    await job(ordnerDatei, { pfad: 'scan.txt' });
    await put('scan.txt', 'zwei', 200);
    await job(ordnerDatei, { pfad: 'scan.txt' });
    await put('scan.txt', 'zwei', 100);
    await job(ordnerDatei, { pfad: 'scan.txt' });
    expect((await list()).map((e) => e.dublette !== null)).toEqual([false, false, true]);
  });
  test('an empty file goes aside, is kept, and becomes nothing', async () => {
    const { put, job, queued, list, files, folder } = await newOrdner();
    await put('leer.pdf', '');
    await job(ordnerDatei, { pfad: 'leer.pdf' });
    await job(ordnerAbschliessen, (await queued('posteingang.ordner_abschliessen'))[0]!);
    expect([await list(), await files()]).toEqual([[], []]);
    const [moved] = await files('fehler');
    expect((await readFile(join(folder, 'fehler', moved!))).length).toBe(0);
  });
  test('a file that is written again before the move stays', async () => {
    const { put, job, queued, files } = await newOrdner();
    await put('brief.txt', 'alt', 300);
    await job(ordnerDatei, { pfad: 'brief.txt' });
    await put('brief.txt', 'neu', 10);
    await job(ordnerAbschliessen, (await queued('posteingang.ordner_abschliessen'))[0]!);
    expect(await files()).toEqual(['brief.txt']);
  });
  test('a path that leaves the folder is none', async () => {
    const { job, list } = await newOrdner();
    await job(ordnerDatei, { pfad: '../../../etc/passwd' });
    expect(await list()).toEqual([]);
  });
});
