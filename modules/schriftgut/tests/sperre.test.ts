import { expect, test } from 'vitest';
import { grantFreigabe, grantObjektfreigabe } from '#modules/zugriff/server/index.ts';
import { database } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { EINGANG, newBehoerde, refusal, vorgangIn, type Person } from './hilfe.ts';

test('BE-07 a Sperre takes an Akte and all in it from everybody but who may lock, whatever was granted, from the next request on; lifting it gives back what was', async () => {
  const b = await newBehoerde();
  const registratur = b.as('registratur', ['amt-90']);
  const gast = b.as('sachbearbeitung', ['amt-20']), innen = b.as('sachbearbeitung', ['amt-30']);
  const a = await b.akte();
  const v = await vorgangIn(b.sb, a.id);
  const d = await b.sb.call(api.createDokument, { body: { ...EINGANG, vorgangId: v.id } });
  // a cut inside with a grant of its own, and a grant to the Akte alone
  const { schutzId } = await registratur.call(api.createEigenenSchutz, { params: { typ: 'dokument', id: d.id }, body: { erbt: false, grund: 'Anlage' } });
  await database.write(b.system, async (tx) => {
    await grantFreigabe(tx, { schutzId, subjektArt: 'person', subjekt: innen.id, stufe: 'lesen' });
    await grantObjektfreigabe(tx, { objektTyp: 'akte', objektId: a.id, subjektArt: 'person', subjekt: gast.id, stufe: 'lesen', zweck: 'Mitzeichnung' });
  });
  const reached = async (wer: Person) => [
    ...(await wer.call(api.listAkten, { query: {} })).eintraege.map((e) => e.id as string), ...(await wer.call(api.listVorgaenge, { query: {} })).eintraege.map((e) => e.id as string),
    ...(await wer.call(api.listDokumente, { query: {} })).eintraege.map((e) => e.id as string),
  ].toSorted();
  const vorher = await Promise.all([b.sb, gast, innen, registratur].map(reached));
  expect(vorher).toEqual([[a.id, v.id], [a.id, v.id], [d.id], [a.id, d.id, v.id]].map((ids) => (ids as string[]).toSorted()));

  expect(await refusal(b.sb.call(api.createSperre, { params: { typ: 'akte', id: a.id }, body: { grund: 'x' } }))).toMatchObject({ status: 403 });
  await registratur.call(api.createSperre, { params: { typ: 'akte', id: a.id }, body: { grund: 'Auskunftssperre § 51 BMG' } });
  expect(await Promise.all([b.sb, gast, innen].map(reached))).toEqual([[], [], []]);
  for (const wer of [b.sb, gast]) expect(await refusal(wer.call(api.getAkte, { params: { id: a.id } }))).toMatchObject({ status: 404 });
  expect(await refusal(innen.call(api.getDokument, { params: { id: d.id } }))).toMatchObject({ status: 404 });
  expect(await reached(registratur)).toEqual(vorher[3]);
  expect(await registratur.call(api.getAkte, { params: { id: a.id } })).toMatchObject({ sperre: { grund: 'Auskunftssperre § 51 BMG', von: { id: registratur.id }, hier: true } });
  expect(await registratur.call(api.getDokument, { params: { id: d.id } })).toMatchObject({ sperre: { hier: false } });
  expect(await refusal(registratur.call(api.createSperre, { params: { typ: 'akte', id: a.id }, body: { grund: 'x' } }))).toMatchObject({ code: 'schutzbereich.schon_gesperrt' });
  expect(await refusal(registratur.call(api.deleteSperre, { params: { typ: 'dokument', id: d.id } }))).toMatchObject({ code: 'schutzbereich.nicht_gesperrt' });

  await registratur.call(api.deleteSperre, { params: { typ: 'akte', id: a.id } });
  expect(await Promise.all([b.sb, gast, innen, registratur].map(reached))).toEqual(vorher);
  const [gesetzt, aufgehoben] = (await b.ereignisse()).filter((e) => e.art.startsWith('sperre.'));
  expect([gesetzt.daten, gesetzt.objekte, aufgehoben.art]).toEqual([{ grund: 'Auskunftssperre § 51 BMG' }, ['akte', 'dokument', 'schutzbereich', 'vorgang'], 'sperre.aufgehoben']);
});
