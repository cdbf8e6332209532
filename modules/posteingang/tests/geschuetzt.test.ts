import { expect, test, vi } from 'vitest';
import { api as plan } from '#modules/aktenplan/contract.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { api as suche } from '#modules/suche/contract.ts';
import { api as zugriff } from '#modules/zugriff/contract.ts';
import { api, type Eingang } from '../contract.ts';
import { download, newPosteingang, refusal } from './hilfe.ts';

vi.setConfig({ testTimeout: 60_000 });

test('MD-03 BE-02 what is filed into a protected class leaves the basket: at once, when it is moved there, and when the place becomes protected later', async () => {
  const { registratur, poststelle, clerk, einheit, create, createAkte, file } = await newPosteingang();
  const { aktenplanId } = await registratur.call(plan.getAktenplaneinheit, { params: { id: einheit.id } });
  const offen = await registratur.call(plan.createAktenplaneinheit, { body: { aktenplanId, kennzeichen: '700', betreffKurz: 'Allgemeines' } });
  const sozial = await createAkte(clerk);
  const andere = await clerk.call(schriftgut.createAkte, { body: { aktenplaneinheitId: offen.id, betreff: 'Allgemeines' } });
  const filed = async (akteId: string) => { const e = await create(poststelle, { organisationseinheitId: sozial.federfuehrung.id, betreff: 'Zitronenfalter' }); return file(clerk, e.id, { art: 'akte', akteId }); };
  const sieht = async (wer: typeof clerk, e: Eingang) => [await refusal(wer.call(api.getEingang, { params: { id: e.id } })), (await download(wer, e.inhaltId!)).statusCode];
  const [JA, NEIN] = [['no refusal', 200], ['404 allgemein.nicht_gefunden', 404]];

  const vorher = await filed(sozial.id);
  expect([await sieht(poststelle, vorher), await sieht(clerk, vorher)]).toEqual([JA, JA]);
  const { version } = await registratur.call(zugriff.getSchutzbereich, { params: { id: sozial.schutzId as never } });
  await registratur.call(zugriff.updateSchutzbereich, { params: { id: sozial.schutzId as never }, ifMatch: version, body: { klasse: 'sozial' } });
  expect([await sieht(poststelle, vorher), await sieht(clerk, vorher)]).toEqual([NEIN, JA]);

  const gleich = await filed(sozial.id);
  expect([await sieht(poststelle, gleich), await sieht(clerk, gleich)]).toEqual([NEIN, JA]);

  const spaeter = await filed(andere.id);
  expect([await sieht(poststelle, spaeter), await sieht(clerk, spaeter)]).toEqual([JA, JA]);
  const dokument = await clerk.call(schriftgut.getDokument, { params: { id: spaeter.ablage!.dokumentId! } });
  await clerk.call(schriftgut.moveDokument, { params: { id: dokument.id }, ifMatch: dokument.version, body: { akteId: sozial.id } });
  expect([await sieht(poststelle, spaeter), await sieht(clerk, spaeter)]).toEqual([NEIN, JA]);
  expect((await poststelle.call(suche.search, { query: { q: 'Zitronenfalter' } as never })).eintraege).toEqual([]);
});
