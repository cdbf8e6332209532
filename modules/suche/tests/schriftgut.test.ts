import { expect, test } from 'vitest';
import { EINGANG, newBehoerde, vorgangIn } from '#modules/schriftgut/tests/hilfe.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { workerUrl } from '#platform/testing/database.ts';
import { database, queryAs } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { indexieren, nachfuehren } from '../server/jobs.ts';

type Behoerde = Awaited<ReturnType<typeof newBehoerde>>;
/** Runs the jobs of suche that wait for this Mandant, as the worker would. */
async function holeNach(b: Behoerde) {
  const warten = await queryAs(workerUrl, `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id and t.identifier like 'suche.%' and j.payload ->> 'mandantId' = '${b.mandantId}'
    returning j.id, t.identifier, j.payload -> 'payload' as payload`);
  for (const { identifier, payload } of warten.sort((x, y) => Number(x.id) - Number(y.id))) {
    const job: any = identifier === indexieren.name ? indexieren : nachfuehren;
    const data = await database.read(b.system, (tx) => job.load(tx, job.payload.parse(payload)));
    const result = await job.work(undefined, data, b.system);
    await database.write(b.system, (tx) => job.store(tx, result));
  }
  return warten.length;
}
const titel = async (wer: Behoerde['sb'], q: string) => (await wer.call(api.search, { query: { q } as never })).eintraege.map((e) => e.titel).sort();

test('RE-01 RE-02 Akte, Vorgang and Dokument are found after their Ereignisse, with place, Rechte and address; a Storno hides at once', async () => {
  const b = await newBehoerde();
  const akte = await b.akte();
  const vorgang = await vorgangIn(b.sb, akte.id, { betreff: 'Antrag und Prüfung' });
  const dokument = await b.sb.call(schriftgut.createDokument, { body: { ...EINGANG, vorgangId: vorgang.id, betreff: 'Bauantragsunterlagen' } as never });
  expect(await holeNach(b)).toBeGreaterThan(0);

  expect(await titel(b.sb, 'Lindenstrasse')).toEqual(['Neubau Lindenstraße 14']);
  expect(await titel(b.sb, 'Bauantrag Hoffmann')).toEqual(['Bauantragsunterlagen']);
  const { eintraege, kennzeichen } = await b.sb.call(api.search, { query: { q: akte.aktenzeichen.replace(/[^\d\p{L}]+/gu, ' / ') } as never });
  expect([kennzeichen !== null, eintraege[0]!.id, eintraege[0]!.umfang]).toEqual([true, akte.id, 'kennzeichen']);
  const [hit] = (await b.sb.call(api.search, { query: { q: 'Bauantragsunterlagen' } as never })).eintraege;
  expect(hit).toMatchObject({ id: dokument.id, typ: 'dokument', art: 'eingang', ort: [{ typ: 'akte', id: akte.id, titel: 'Neubau Lindenstraße 14' }, { typ: 'vorgang', id: vorgang.id }], aktenplaneinheit: { kennzeichen: '631' }, organisationseinheit: { id: b.oeId } });
  expect(hit!.pfad).toMatch(/^\//);
  expect([...hit!.rechte].sort()).toEqual([...(await b.sb.call(schriftgut.getDokument, { params: { id: dokument.id } } as never)).rechte].sort());

  const fremd = b.as('sachbearbeitung', ['amt-99']);
  expect(await titel(fremd, 'Bauantragsunterlagen')).toEqual([]);
  expect((await fremd.call(api.getSuchfacetten, { query: { q: 'Bauantragsunterlagen' } as never })).gesamt).toBe(0);
  expect((await b.sb.call(api.getSuchfacetten, { query: { q: 'Bauantragsunterlagen', aktenplaneinheitId: [b.einheitId] } as never }))).toMatchObject({ gesamt: 1, aktenplan: [{ kennzeichen: '631', anzahl: 1, tiefe: 0 }] });

  const jetzt = await b.sb.call(schriftgut.getDokument, { params: { id: dokument.id } } as never);
  await b.sb.call(schriftgut.cancelDokument, { params: { id: dokument.id }, ifMatch: jetzt.version, body: { grund: 'falsch abgelegt' } } as never);
  expect(await titel(b.sb, 'Bauantragsunterlagen')).toEqual([]); // before any job has run
  await holeNach(b);
  expect(await titel(b.sb, 'Bauantragsunterlagen')).toEqual([]);
}, 60_000);
