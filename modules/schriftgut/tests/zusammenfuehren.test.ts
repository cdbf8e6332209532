import { expect, test } from 'vitest';
import { api as aktenplan } from '#modules/aktenplan/contract.ts';
import { grantFreigabe } from '#modules/zugriff/server/index.ts';
import { database } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { newBehoerde, refusal } from './hilfe.ts';

test('AP-03 Akten of a merged unit: whoever was given the target reaches them, whoever worked with them goes on, what was cut off stays so', async () => {
  const { as, system, oe, addEinheit, akte } = await newBehoerde();
  const [ziel, alt, geschuetzt] = [await addEinheit('700'), await addEinheit('701'), await addEinheit('702')];
  const registratur = as('registratur');
  const schutzOf = async (id: string) => (await registratur.call(aktenplan.getAktenplaneinheit, { params: { id: id as never } })).schutzId;
  const zielLeser = as('leser', ['amt-70']), altLeser = as('leser', ['amt-71']), fremd = as('leser', ['amt-72']);
  const grant = (schutzId: string, oeName: string) => database.write(system, (tx) => grantFreigabe(tx, { schutzId, subjektArt: 'oe', subjekt: oe(oeName), stufe: 'lesen' }));
  await grant(await schutzOf(ziel), 'amt-70');
  await grant(await schutzOf(alt), 'amt-71');
  const a = await akte({ aktenplaneinheitId: alt, betreff: 'Alte Einheit' });
  const geheim = await akte({ aktenplaneinheitId: geschuetzt, betreff: 'Abgeschirmt' });
  await registratur.call(api.createEigenenSchutz, { params: { typ: 'akte', id: geheim.id }, body: { erbt: false, grund: 'Personalsache' } });
  const sees = (wer: typeof fremd, id: string) => wer.call(api.getAkte, { params: { id: id as never } }).then(() => true, () => false);
  expect(await Promise.all([zielLeser, altLeser, fremd].map((wer) => sees(wer, a.id)))).toEqual([false, true, false]);

  // Who would newly reach the Akten is said, and nothing happens until exactly this is confirmed.
  const params = { id: ziel as never }, quellen = [alt as never, geschuetzt as never];
  const { gewinnt } = await registratur.call(aktenplan.getZusammenfuehrung, { params, query: { quellen } });
  expect(gewinnt).toMatchObject([{ subjektArt: 'oe', name: expect.stringContaining('amt-70'), stufe: 'lesen' }]);
  const merge = (bestaetigt: string[]) => registratur.call(aktenplan.mergeAktenplaneinheiten, { params, body: { quellen, grund: 'Drei Ebenen', bestaetigt } });
  expect(await refusal(merge([]))).toMatchObject({ status: 409, code: 'aktenplan.zugewinn_unbestaetigt' });
  expect(await sees(zielLeser, a.id)).toBe(false);
  const { verschobeneAkten } = await merge(gewinnt.map((g) => g.schluessel));
  expect(verschobeneAkten).toBe(2);
  expect(await Promise.all([zielLeser, altLeser, fremd].map((wer) => sees(wer, a.id)))).toEqual([true, true, false]);
  expect(await Promise.all([zielLeser, altLeser, fremd].map((wer) => sees(wer, geheim.id)))).toEqual([false, false, false]);
  expect((await zielLeser.call(api.listAkten, { query: { aktenplaneinheitId: [ziel] } })).eintraege.map((e) => e.betreff)).toEqual(['Alte Einheit']);
  expect(await refusal(akte({ aktenplaneinheitId: alt }))).toMatchObject({ status: 409 });
  // AZ-01: the Aktenzeichen stays
  expect((await registratur.call(api.getAkte, { params: { id: a.id } })).aktenzeichen).toBe(a.aktenzeichen);
});
