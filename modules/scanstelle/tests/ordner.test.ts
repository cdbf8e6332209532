import { mkdir, mkdtemp, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { closeArbeitsbereich } from '#modules/aufbereitung/server/konverter/index.ts';
import { readMandanten } from '#modules/organisation/server/index.ts';
import { api as posteingang } from '#modules/posteingang/contract.ts';
import { runJob } from '#modules/posteingang/tests/hilfe.ts';
import type { Job } from '#platform/server/module.ts';
import { database, modules, testDir } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { closeScanbild } from '../server/bild/index.ts';
import { makeScan, newScanstelle } from './hilfe.ts';

vi.setConfig({ testTimeout: 300_000 });
afterAll(async () => { await closeScanbild(); await closeArbeitsbereich(); });
let root: string;
beforeEach(async () => { await mkdir(testDir, { recursive: true }); root = await mkdtemp(join(testDir, 'scanordner-')); });
/** The one way files of the folder come in; »posteingang« owns it. */
const ordnerDatei = modules.flatMap((m) => m.jobs ?? []).find((j) => j.name === 'posteingang.ordner_datei')! as Job;

async function newOrdner(einstellungen: object = {}) {
  const s = await newScanstelle();
  const mandant = await database.read(s.mandant.system, async (tx) => (await readMandanten(tx)).find((m) => m.id === s.mandant.mandantId)!);
  await s.registratur.call(api.createProfil, { body: { bezeichnung: 'Hausscanner', ordner: 'scan', organisationseinheitId: s.mandant.oe('63.1') as never, einstellungen } });
  const folder = join(root, mandant.kuerzel);
  const put = async (name: string, inhalt: Buffer | string) => {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), inhalt);
    await utimes(join(folder, name), new Date(), new Date(Date.now() - 60_000));
  };
  const nimm = (pfad: string, more: { crashAfter?: 'work' } = {}) => runJob(ordnerDatei, { pfad }, { mandantId: s.mandant.mandantId, config: { EINGANG_ORDNER: root }, ...more });
  const list = async (status?: readonly string[]) => (await s.poststelle.call(api.listStapel, { query: { sort: 'eingetroffen', ...(status && { status: status as never }) } })).eintraege;
  return { ...s, folder, put, nimm, list };
}
const manifest = (m: object) => JSON.stringify({ fassung: 1, ...m });

describe('scans of the watched folder', () => {
  test('a file in the folder of a profile is a batch, every other one stays an Eingang', async () => {
    const { put, nimm, list, poststelle } = await newOrdner();
    await put('scan/post.pdf', await makeScan(['Eins']));
    await put('brief.txt', 'ein Brief');
    await nimm('scan/post.pdf');
    await nimm('brief.txt');
    expect((await list()).map((s) => [s.herkunft, s.bezeichnung, s.profil, s.organisationseinheit.kennzeichen])).toEqual([['ordner', 'post', 'Hausscanner', '63.1']]);
    expect((await poststelle.call(posteingang.listEingaenge, { query: {} })).eintraege.map((e) => e.dateiname)).toEqual(['brief.txt']);
  });
  test('PE-03: killed before the commit or called again, a file of the folder is in one batch once', async () => {
    const { put, nimm, list, folder, get, poststelle } = await newOrdner();
    await put('scan/post.pdf', await makeScan(['Eins']));
    await nimm('scan/post.pdf', { crashAfter: 'work' });
    expect([await list(), await readdir(join(folder, 'scan'))]).toEqual([[], ['post.pdf']]);
    await nimm('scan/post.pdf');
    await nimm('scan/post.pdf'); // the move never ran: the file still lies there
    const [s, ...mehr] = await list();
    expect([mehr.length, (await get(poststelle, s!.id)).rohdateien.length]).toEqual([0, 1]);
    await nimm('scan/weg.pdf'); // the share is gone: nothing happens, nothing is lost
    expect(await list()).toHaveLength(1);
  });
  test('RS-03: first the manifest, then file by file: the batch goes on when the last is there', async () => {
    const { put, nimm, list, job, get, poststelle } = await newOrdner();
    const { sammeln } = await import('../server/verarbeitung/jobs.ts');
    await put('scan/m.stapel.json', manifest({ dateien: [{ name: '1.pdf' }, { name: '2.pdf' }] }));
    await nimm('scan/m.stapel.json');
    const [s] = await list();
    await job(sammeln, s!.id);
    expect((await get(poststelle, s!.id)).hindernis?.text).toBe('wartet auf 2 Dateien „1.pdf“, „2.pdf“');
    for (const [n, text] of [['1', 'wartet auf die Datei „2.pdf“'], ['2', undefined]] as const) {
      await put(`scan/${n}.pdf`, await makeScan([n]));
      await nimm(`scan/${n}.pdf`);
      await job(sammeln, s!.id);
      expect((await get(poststelle, s!.id)).hindernis?.text).toBe(text);
    }
    expect(await list()).toHaveLength(1);
  });
  test('RS-03: where the profile asks for a manifest, files without one wait together, and go into the batch that names them', async () => {
    const { put, nimm, list, job, get, poststelle } = await newOrdner({ manifestPflicht: true });
    const { sammeln } = await import('../server/verarbeitung/jobs.ts');
    for (const n of ['1', '2', '3']) { await put(`scan/${n}.pdf`, await makeScan([n])); await nimm(`scan/${n}.pdf`); }
    const [wartet, ...keine] = await list();
    expect([keine, wartet!.hindernis?.art, (await get(poststelle, wartet!.id)).rohdateien.length]).toEqual([[], 'ohne_manifest', 3]);
    const liefere = async (name: string, dateien: string[]) => {
      await put(`scan/${name}.stapel.json`, manifest({ dateien: dateien.map((d) => ({ name: d })) }));
      await nimm(`scan/${name}.stapel.json`);
      const neu = (await list()).at(-1)!;
      await job(sammeln, neu.id);
      return get(poststelle, neu.id);
    };
    expect((await liefere('a', ['1.pdf', '3.pdf'])).rohdateien.map((d) => d.dateiname).toSorted()).toEqual(['1.pdf', '3.pdf', 'a.stapel.json']);
    expect((await get(poststelle, wartet!.id)).rohdateien.map((d) => d.dateiname)).toEqual(['2.pdf']);
    await liefere('b', ['2.pdf']);
    expect((await get(poststelle, wartet!.id)).status).toBe('verworfen');
  });
});
