import { expect, test } from 'vitest';
import { buildTestHttp, database, modules, newMandant } from '#platform/testing/test.ts';
import { systemContext } from '#platform/server/context.ts';
import { api } from '../contract.ts';
import { saveLangsame } from '../server/index.ts';

const http = await buildTestHttp(modules);

test('slow statements of all processes are added up by their text; only those who run the machines see them', async () => {
  const mandant = newMandant();
  const im = systemContext(mandant.mandantId, mandant.mandantId, 'beobachtung', [], crypto.randomUUID());
  const eine = { pruefsumme: 'a', text: 'select $1', anzahl: 2, dauer: 600, laengste: 400 };
  await database.write(im, (tx) => saveLangsame(tx, 'api', [eine, { ...eine, pruefsumme: 'b', text: 'select $2', anzahl: 1, dauer: 5000, laengste: 5000 }]));
  await database.write(im, (tx) => saveLangsame(tx, 'api', [{ ...eine, laengste: 500 }]));
  await database.write(im, (tx) => saveLangsame(tx, 'worker', [eine]));
  const { eintraege, gesamt } = await mandant.as('betrieb', [], http).call(api.listLangsameAbfragen, { query: {} });
  expect(gesamt).toBe(2);
  expect(eintraege).toMatchObject([{ text: 'select $2', anzahl: 1, dauer: 5000 }, { text: 'select $1', anzahl: 6, dauer: 1800, mittel: 300, laengste: 500, prozesse: ['api', 'worker'] }]);
  await expect(mandant.as('administration', [], http).call(api.listLangsameAbfragen, { query: {} })).rejects.toMatchObject({ status: 403 });
});
