import { expect, test } from 'vitest';
import { buildTestHttp, modules } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { EINGANG, newBehoerde, refusal, upload, vorgangIn } from './hilfe.ts';

const http = await buildTestHttp(modules);

test('ST-01 AZ-03 Akte, Teilakte, Vorgang, Teilvorgang, Dokument, Anlage: each is found in its place, its number derives from that of the container', async () => {
  const { sb, akte } = await newBehoerde();
  const a = await akte();
  expect(a).toMatchObject({ status: 'in_bearbeitung', betreff: 'Neubau Lindenstraße 14', tiefe: 1, parentId: null, medium: 'elektronisch', federfuehrung: { kennzeichen: 'amt-10' }, aktenfuehrung: { kennzeichen: 'amt-10' } });
  const teil = await sb.call(api.createAkte, { body: { parentId: a.id, betreff: 'Band 2' } });
  expect(teil).toMatchObject({ aktenzeichen: `${a.aktenzeichen}-T01`, parentId: a.id, tiefe: 2, nummer: 1, aktenplaneinheit: a.aktenplaneinheit });
  const v = await vorgangIn(sb, teil.id);
  expect(v).toMatchObject({ kennzeichen: `${teil.aktenzeichen}-01`, tiefe: 3, akte: { id: teil.id } });
  const tv = await sb.call(api.createVorgang, { body: { parentId: v.id, betreff: 'Beteiligung' } });
  expect(tv).toMatchObject({ kennzeichen: `${v.kennzeichen}-01`, tiefe: 4, parentId: v.id, akteId: teil.id });
  const d = await sb.call(api.createDokument, { body: { ...EINGANG, vorgangId: tv.id } });
  expect(d).toMatchObject({ kennzeichen: `${tv.kennzeichen}-001`, vorgangId: tv.id, akteId: teil.id, absender: ['Lena Hoffmann'], datum: '2026-10-06' });
  const anlage = await sb.call(api.createDokument, { body: { parentId: d.id, betreff: 'Lageplan' } });
  expect(anlage).toMatchObject({ kennzeichen: `${d.kennzeichen}.1`, art: 'eingang', rolle: 'anlage', parentId: d.id, datumDesSchreibens: d.datumDesSchreibens });
  const direkt = await sb.call(api.createDokument, { body: { akteId: a.id, art: 'intern', betreff: 'Vermerk', datumDesSchreibens: '2026-10-07' } });
  expect(direkt).toMatchObject({ kennzeichen: `${a.aktenzeichen}-002`, vorgangId: null, nummer: 2 }); // 1 is the Teilakte: one sequence for all that lies in a container
  expect((await sb.call(api.getDokument, { params: { id: anlage.id } })).pfad.map((p) => [p.typ, p.bezeichnung])).toEqual([
    ['aktenplaneinheit', 'Betreff 631'], ['akte', 'Neubau Lindenstraße 14'], ['akte', 'Band 2'], ['vorgang', 'Antrag'], ['vorgang', 'Beteiligung'], ['dokument', 'Bauantrag'], ['dokument', 'Lageplan'],
  ]);
  expect((await sb.call(api.getAkte, { params: { id: a.id } })).anzahl).toEqual({ teilakten: 1, vorgaenge: 2, offeneVorgaenge: 2, dokumente: 2 });
});

test('ST-01 ST-04 what creating answers is what reading answers, for a Vorgang, a Teilvorgang, a Dokument and an Anlage, with everything they can be given', async () => {
  const { sb, akte } = await newBehoerde();
  const a = await akte();
  const kontakte = [{ art: 'absender' as const, familienname: 'Hoffmann', vorname: 'Lena' }];
  const angaben = { betreff: 'Antrag', bemerkung: 'eilt', kontakte, aussonderung: { art: 'A', artBegruendung: 'von Bedeutung' } };
  const v = await sb.call(api.createVorgang, { body: { akteId: a.id, ...angaben } as never });
  const gleich = async (neu: { id: string }, gelesen: Promise<unknown>) => { expect(neu).toEqual(await gelesen); };
  await gleich(v, sb.call(api.getVorgang, { params: { id: v.id } }));
  const tv = await sb.call(api.createVorgang, { body: { parentId: v.id, betreff: 'Beteiligung' } });
  await gleich(tv, sb.call(api.getVorgang, { params: { id: tv.id } }));
  const d = await sb.call(api.createDokument, { body: { ...EINGANG, vorgangId: tv.id, formate: [{ inhaltId: await upload(http, sb, 'Sehr geehrte', 'Antrag.pdf', 'application/pdf') }] } });
  await gleich(d, sb.call(api.getDokument, { params: { id: d.id } }));
  const anlage = await sb.call(api.createDokument, { body: { parentId: d.id, betreff: 'Lageplan' } });
  await gleich(anlage, sb.call(api.getDokument, { params: { id: anlage.id } }));
});

test('ST-01 depth 6 is refused with a clear message; the depth is configurable', async () => {
  const { sb, akte, as } = await newBehoerde();
  const a = await akte();
  let v = await vorgangIn(sb, a.id);
  for (let tiefe = 3; tiefe <= 5; tiefe++) v = await sb.call(api.createVorgang, { body: { parentId: v.id, betreff: `Ebene ${tiefe}` } });
  expect(v.tiefe).toBe(5);
  const error = await refusal(sb.call(api.createVorgang, { body: { parentId: v.id, betreff: 'zu tief' } }));
  expect(error).toMatchObject({ status: 409, code: 'schriftgut.zu_tief', details: { tiefe: 6, erlaubt: 5 } });
  await sb.call(api.createDokument, { body: { vorgangId: v.id, art: 'intern', betreff: 'Dokumente zählen nicht', datumDesSchreibens: '2026-01-01' } });
  const verwaltung = as('administration');
  await verwaltung.call(api.updateSchriftgutEinstellungen, { body: { maxTiefe: 6 }, ifMatch: 0 });
  expect((await sb.call(api.createVorgang, { body: { parentId: v.id, betreff: 'nun erlaubt' } })).tiefe).toBe(6);
});

test('ST-03 each kind of Dokument has its mandatory fields', async () => {
  const { sb, akte } = await newBehoerde();
  const { id: akteId } = await akte();
  const create = (body: object) => sb.call(api.createDokument, { body: { akteId, betreff: 'x', datumDesSchreibens: '2026-10-05', ...body } as never });
  const pfade = async (body: object) => (await refusal(create(body))).details.map((d: { pfad: string }) => d.pfad);
  expect(await pfade({ art: 'eingang' })).toEqual(['/posteingangsdatum', '/kontakte']);
  expect(await pfade({ art: 'ausgang' })).toEqual(['/postausgangsdatum', '/kontakte']);
  expect(await pfade({ art: 'intern', datumDesSchreibens: undefined })).toEqual(['/datumDesSchreibens']);
  expect(await refusal(create({ art: 'intern', betreff: '  ' }))).toMatchObject({ status: 422, code: 'allgemein.eingabe_ungueltig' });
  const empfaenger = { kontakte: [{ art: 'empfaenger', institution: 'Architekturbüro Jansen + Roth' }] };
  expect((await create({ art: 'ausgang', entwurf: true })).entwurf).toBe(true);
  expect(await create({ art: 'ausgang', postausgangsdatum: '2026-10-09', ...empfaenger })).toMatchObject({ datum: '2026-10-09', empfaenger: ['Architekturbüro Jansen + Roth'] });
  expect(await create({ art: 'intern' })).toMatchObject({ art: 'intern', entwurf: false });
});

test('ST-04 a file becomes version 1, its hash is that of the upload; a content is attached once', async () => {
  const { sb, akte } = await newBehoerde();
  const { id: akteId } = await akte();
  const inhaltId = await upload(http, sb, 'Sehr geehrte Damen und Herren', 'Antrag.pdf', 'application/pdf');
  const d = await sb.call(api.createDokument, { body: { ...EINGANG, akteId, formate: [{ inhaltId }] } });
  expect(d).toMatchObject({ versionNummer: 1, datei: { dateiname: 'Antrag.pdf', mime: 'application/pdf', groesse: 29 }, aktuelleVersion: { nummer: 1, formate: [{ art: 'original', formatCode: '018', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }] } });
  expect(await refusal(sb.call(api.createDokument, { body: { ...EINGANG, akteId, formate: [{ inhaltId }] } }))).toMatchObject({ status: 409 });
  expect((await sb.call(api.listVersionen, { params: { id: d.id } })).gesamt).toBe(1);
});

test('BE-01 whoever does not reach the Akte finds nothing and puts nothing in', async () => {
  const { sb, akte, as } = await newBehoerde();
  const a = await akte();
  const v = await vorgangIn(sb, a.id);
  const d = await sb.call(api.createDokument, { body: { ...EINGANG, vorgangId: v.id } });
  const fremd = as('sachbearbeitung', ['amt-99']);
  for (const call of [() => fremd.call(api.getAkte, { params: { id: a.id } }), () => fremd.call(api.getVorgang, { params: { id: v.id } }), () => fremd.call(api.getDokument, { params: { id: d.id } }),
    () => fremd.call(api.createDokument, { body: { ...EINGANG, vorgangId: v.id } }), () => vorgangIn(fremd, a.id)]) expect(await refusal(call())).toMatchObject({ status: 404 });
  expect(await fremd.call(api.listAkten, { query: {} })).toMatchObject({ gesamt: 0, eintraege: [] });
  expect(await fremd.call(api.listDokumente, { query: { akteId: [a.id] } })).toMatchObject({ gesamt: 0 });
  expect(await fremd.call(api.listVorgaenge, { query: {} })).toMatchObject({ gesamt: 0 });
  expect(await refusal(akte({ federfuehrungId: sb.ctx.akteur.organisationseinheiten[0] }, fremd))).toMatchObject({ status: 403 });
});
