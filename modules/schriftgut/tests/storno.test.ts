import { expect, test } from 'vitest';
import { api } from '../contract.ts';
import { EINGANG, newBehoerde, refusal, vorgangIn } from './hilfe.ts';

test('ST-08 a stornierte Dokument is hidden with its Anlagen, keeps its number, is shown struck to whoever may see that, and can be brought back', async () => {
  const { sb, akte, as, ereignisse } = await newBehoerde();
  const a = await akte();
  const d = await sb.call(api.createDokument, { body: { ...EINGANG, akteId: a.id } });
  const anlage = await sb.call(api.createDokument, { body: { parentId: d.id, betreff: 'Anlage' } });
  const leser = as('leser');
  expect((await leser.call(api.getDokument, { params: { id: d.id } })).storniert).toBe(false);
  const weg = await sb.call(api.cancelDokument, { params: { id: d.id }, ifMatch: d.version, body: { grund: 'Doppelt hochgeladen' } });
  expect(weg).toMatchObject({ storniert: true, kennzeichen: d.kennzeichen, storno: { grund: 'Doppelt hochgeladen', von: { name: expect.any(String) } } });
  expect(await sb.call(api.listDokumente, { query: { akteId: [a.id] } })).toMatchObject({ gesamt: 0 });
  expect((await sb.call(api.listDokumente, { query: { akteId: [a.id], storniert: 'mit', anlagen: 'true' as never } })).eintraege.map((x) => x.storniert)).toEqual([true, true]);
  expect((await sb.call(api.listInhaltAkte, { params: { id: a.id }, query: {} })).gesamt).toBe(0);
  expect((await sb.call(api.listInhaltAkte, { params: { id: a.id }, query: { storniert: 'mit' } })).gesamt).toBe(1);
  // for others it is not there
  expect(await refusal(leser.call(api.getDokument, { params: { id: d.id } }))).toMatchObject({ status: 404 });
  expect(await refusal(leser.call(api.listDokumente, { query: { storniert: 'mit' } }))).toMatchObject({ status: 403, details: { recht: 'storno.sehen' } });
  // nothing is done to it any more, and its number is not given again
  expect(await refusal(sb.call(api.updateDokument, { params: { id: d.id }, ifMatch: weg.version, body: { betreff: 'y' } }))).toMatchObject({ code: 'dokument.storniert' });
  expect(await refusal(sb.call(api.cancelDokument, { params: { id: d.id }, ifMatch: weg.version, body: { grund: 'x' } }))).toMatchObject({ code: 'dokument.storniert' });
  expect((await sb.call(api.createDokument, { body: { ...EINGANG, akteId: a.id } })).nummer).toBe(2);
  expect(await refusal(sb.call(api.deleteStornoDokument, { params: { id: anlage.id } }))).toMatchObject({ code: 'dokument.oben_storniert' });
  expect(await sb.call(api.deleteStornoDokument, { params: { id: d.id } })).toMatchObject({ storniert: false, storno: null, teile: [{ storniert: false }] });
  expect((await ereignisse()).map((e) => e.art).filter((art) => art.includes('storn'))).toEqual(['dokument.storniert', 'dokument.storno_zurueckgenommen']);
});

test('ST-08 taking the Storno back brings back only what went with it', async () => {
  const { sb, akte } = await newBehoerde();
  const { id: akteId } = await akte();
  const d = await sb.call(api.createDokument, { body: { ...EINGANG, akteId } });
  const [eins, zwei] = [await sb.call(api.createDokument, { body: { parentId: d.id, betreff: 'Eins' } }), await sb.call(api.createDokument, { body: { parentId: d.id, betreff: 'Zwei' } })];
  await sb.call(api.cancelDokument, { params: { id: eins.id }, ifMatch: 1, body: { grund: 'falsche Anlage' } });
  await sb.call(api.cancelDokument, { params: { id: d.id }, ifMatch: 1, body: { grund: 'doppelt' } });
  const { teile } = await sb.call(api.deleteStornoDokument, { params: { id: d.id } });
  expect(teile.map((t) => [t.id, t.storniert])).toEqual([[eins.id, true], [zwei.id, false]]);
});

test('ST-08 a Vorgang or Akte is storniert only while nothing lies in it', async () => {
  const { sb, akte, as } = await newBehoerde();
  const registratur = as('registratur');
  const a = await akte();
  const v = await vorgangIn(sb, a.id);
  const d = await sb.call(api.createDokument, { body: { ...EINGANG, vorgangId: v.id } });
  expect((await sb.call(api.getVorgang, { params: { id: v.id } })).hindernisse.stornieren.map((h) => h.code)).toEqual(['nicht_leer']);
  expect(await refusal(sb.call(api.cancelVorgang, { params: { id: v.id }, ifMatch: 1, body: { grund: 'x' } }))).toMatchObject({ status: 409, code: 'vorgang.nicht_stornierbar' });
  await sb.call(api.cancelDokument, { params: { id: d.id }, ifMatch: 1, body: { grund: 'x' } });
  expect(await sb.call(api.cancelVorgang, { params: { id: v.id }, ifMatch: 1, body: { grund: 'irrtümlich' } })).toMatchObject({ storniert: true });
  expect(await refusal(sb.call(api.createDokument, { body: { ...EINGANG, vorgangId: v.id } }))).toMatchObject({ code: 'vorgang.storniert' });
  expect(await refusal(sb.call(api.deleteStornoDokument, { params: { id: d.id } }))).toMatchObject({ code: 'vorgang.storniert' });
  expect(await refusal(sb.call(api.cancelAkte, { params: { id: a.id }, ifMatch: 1, body: { grund: 'x' } }))).toMatchObject({ status: 403 });
  await registratur.call(api.cancelAkte, { params: { id: a.id }, ifMatch: 1, body: { grund: 'irrtümlich' } });
  expect(await sb.call(api.listAkten, { query: {} })).toMatchObject({ gesamt: 0 });
  expect(await refusal(sb.call(api.deleteStornoVorgang, { params: { id: v.id } }))).toMatchObject({ code: 'akte.storniert' });
  await registratur.call(api.deleteStornoAkte, { params: { id: a.id } });
  expect(await sb.call(api.deleteStornoVorgang, { params: { id: v.id } })).toMatchObject({ storniert: false });
});
