import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { api as benachrichtigung } from '#modules/benachrichtigung/contract.ts';
import { newBehoerde } from '#modules/schriftgut/tests/hilfe.ts';
import { startWorker } from '#platform/server/jobs.ts';
import { heute } from '#platform/server/zeit.ts';
import { workerUrl } from '#platform/testing/database.ts';
import { buildTestHttp, database, databaseName, io, log, modules, verbundId } from '#platform/testing/test.ts';
import { api } from '../contract.ts';

const http = await buildTestHttp(modules);
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => { worker = await startWorker({ modules, database, io, verbundId, log, queueUrl: workerUrl(databaseName), listMandantIds: async () => [] }); });
afterAll(async () => { await worker.stop(); });

test('PR-03 Datenschutz is told of each request, each decision and each look, sees the requests and nothing of the reads', async () => {
  const b = await newBehoerde();
  const [eins, zwei, datenschutz, leser] = (['revision', 'revision', 'datenschutz', 'leser'] as const).map((rolle) => b.as(rolle, ['amt-10'], http)) as [ReturnType<typeof b.as>, ReturnType<typeof b.as>, ReturnType<typeof b.as>, ReturnType<typeof b.as>];
  const ask = () => eins.call(api.requestEinsicht, { body: { zielArt: 'person', zielId: leser.id as never, von: heute(), bis: heute(), grund: 'Hinweis aus der Dienststelle' } });
  const [antrag, nein] = [await ask(), await ask()];
  await zwei.call(api.grantEinsicht, { params: { id: antrag.id }, body: {} });
  await zwei.call(api.cancelEinsicht, { params: { id: nein.id } });
  await eins.call(api.listLesezugriffe, { params: { id: antrag.id }, query: {} });
  const news = async (wer: typeof eins) => (await wer.call(benachrichtigung.listBenachrichtigungen, { query: {} })).eintraege.map((e) => e.text).toSorted();
  await vi.waitFor(async () => expect(await news(datenschutz)).toEqual(['Einsicht in Lesezugriffe abgelehnt oder zurückgezogen', 'Einsicht in Lesezugriffe beantragt', 'Einsicht in Lesezugriffe beantragt', 'Einsicht in Lesezugriffe bewilligt', 'Lesezugriffe wurden eingesehen']), { timeout: 60_000, interval: 200 });
  expect([await news(leser), await news(zwei)]).toEqual([[], []]);
  expect((await datenschutz.call(api.listEinsichten, { query: {} })).eintraege.map((e) => [e.zustand, e.rechte])).toEqual([['abgelehnt', []], ['offen', []]]);
  await expect(datenschutz.call(api.listLesezugriffe, { params: { id: antrag.id }, query: {} })).rejects.toMatchObject({ status: 403 });
  await expect(ask().then(() => datenschutz.call(api.requestEinsicht, { body: { zielArt: 'person', zielId: leser.id as never, von: heute(), bis: heute(), grund: 'Hinweis aus der Dienststelle' } }))).rejects.toMatchObject({ status: 403 });
});
