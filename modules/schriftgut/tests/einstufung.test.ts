import { expect, test } from 'vitest';
import { api as zugriff, type SchutzbereichId } from '#modules/zugriff/contract.ts';
import { api } from '../contract.ts';
import { EINGANG, newBehoerde, refusal, setKlasse, vorgangIn } from './hilfe.ts';

const NFD = { geheimhaltung: { grad: 'vs_nfd' as const } };
const freigabe = { aktiv: true as const, aktenzeichen: 'ÖS II 5 - 54001/12', freigabeVom: '2026-01-15' };

test('BE-04 VS-NfD is off until the Geheimschutz Rolle names the approval; nobody else may, and higher grades are refused in plain words', async () => {
  const b = await newBehoerde();
  const [registratur, admin, beauftragte] = [b.as('registratur'), b.as('administration'), b.as('geheimschutz')];
  const a = await b.akte();
  expect(await refusal(b.akte(NFD))).toMatchObject({ status: 409, code: 'schriftgut.einstufung_ohne_schutz' });
  expect(await refusal(b.sb.call(api.updateAkte, { params: { id: a.id }, ifMatch: 1, body: NFD }))).toMatchObject({ code: 'schriftgut.einstufung_ohne_schutz' });
  expect(await refusal(registratur.call(api.createEigenenSchutz, { params: { typ: 'akte', id: a.id }, body: { klasse: 'vs_nfd', grund: 'Einstufung' } }))).toMatchObject({ code: 'schutzbereich.vs_nfd_aus' });
  for (const grad of ['vs_vertraulich', 'geheim', 'streng_geheim'] as const) expect(await refusal(b.akte({ geheimhaltung: { grad } }))).toMatchObject({ status: 422, code: 'schriftgut.grad_zu_hoch' });
  for (const wer of [registratur, admin, b.sb]) expect(await refusal(wer.call(zugriff.updateGeheimschutz, { ifMatch: 0, body: freigabe }))).toMatchObject({ status: 403 });
  expect(await beauftragte.call(zugriff.updateGeheimschutz, { ifMatch: 0, body: freigabe })).toMatchObject({ ...freigabe, version: 1, geaendertVon: { id: beauftragte.id } });
  expect(await refusal(beauftragte.call(zugriff.updateGeheimschutz, { ifMatch: 0, body: { aktiv: false } }))).toMatchObject({ status: 412 });
  expect((await b.ereignisse()).at(-1)).toMatchObject({ art: 'geheimschutz.eingeschaltet', akteur_id: beauftragte.id, daten: { aktenzeichen: freigabe.aktenzeichen } });
});

test('BE-04 what is VS-NfD stands in a Schutzbereich of that class: no way leads it out, and without it VS-NfD can be switched off again', async () => {
  const b = await newBehoerde();
  const [registratur, admin, beauftragte] = [b.as('registratur'), b.as('administration'), b.as('geheimschutz')];
  await beauftragte.call(zugriff.updateGeheimschutz, { ifMatch: 0, body: freigabe });
  const [a, andere] = [await b.akte(), await b.akte()];
  const v = await vorgangIn(b.sb, a.id);
  const { schutzId } = await registratur.call(api.createEigenenSchutz, { params: { typ: 'vorgang', id: v.id }, body: { klasse: 'vs_nfd', grund: 'Einstufung' } });
  expect(await refusal(b.sb.call(api.getVorgang, { params: { id: v.id } }))).toMatchObject({ status: 404 }); // need to know
  const eingestuft = await registratur.call(api.updateVorgang, { params: { id: v.id }, ifMatch: 1, body: NFD });
  expect(eingestuft).toMatchObject({ geheimhaltungsgrad: 'vs_nfd', geschuetzt: null });
  const d = await registratur.call(api.createDokument, { body: { ...EINGANG, vorgangId: v.id } });
  expect(d.geheimhaltungsgrad).toBe('vs_nfd'); // with its Vorgang

  expect(await refusal(registratur.call(api.moveDokument, { params: { id: d.id }, ifMatch: 1, body: { akteId: andere.id } }))).toMatchObject({ code: 'schriftgut.einstufung_ohne_schutz' });
  expect(await refusal(registratur.call(api.deleteEigenenSchutz, { params: { typ: 'vorgang', id: v.id } }))).toMatchObject({ code: 'schriftgut.einstufung_ohne_schutz' });
  const bereich = { params: { id: schutzId as SchutzbereichId } };
  expect(await refusal(admin.call(zugriff.updateSchutzbereich, { ...bereich, ifMatch: 1, body: { klasse: null } }))).toMatchObject({ code: 'schutzbereich.enthaelt_vs_nfd' });
  expect(await refusal(beauftragte.call(zugriff.updateGeheimschutz, { ifMatch: 1, body: { aktiv: false } }))).toMatchObject({ code: 'schutzbereich.vs_nfd_vorhanden' });

  // moved as a whole it takes its class along
  const verschoben = await registratur.call(api.moveVorgang, { params: { id: v.id }, ifMatch: eingestuft.version, body: { akteId: andere.id, grund: 'falsch' } });
  expect(await admin.call(zugriff.getSchutzbereich, bereich)).toMatchObject({ klasse: 'vs_nfd', version: 1 }); // both Akten stand in one Schutzbereich
  await registratur.call(api.updateVorgang, { params: { id: v.id }, ifMatch: verschoben.version, body: { geheimhaltung: { grad: 'offen' } } });
  const { version } = await registratur.call(api.getDokument, { params: { id: d.id } });
  await registratur.call(api.updateDokument, { params: { id: d.id }, ifMatch: version, body: { geheimhaltung: { grad: 'offen' } } });
  await admin.call(zugriff.updateSchutzbereich, { ...bereich, ifMatch: 1, body: { klasse: null } });
  expect(await beauftragte.call(zugriff.updateGeheimschutz, { ifMatch: 1, body: { aktiv: false } })).toMatchObject({ aktiv: false, version: 2 });
});

test('a Schutzbereich of its own follows its object: who is granted the new place reaches it, who was granted the old one no more; nested ones follow theirs', async () => {
  const b = await newBehoerde();
  const registratur = b.as('registratur');
  const neue = b.as('sachbearbeitung', ['amt-20']);
  const a = await b.akte();
  const fremd = await b.akte({ federfuehrungId: b.oe('amt-20') }, registratur);
  const v = await vorgangIn(b.sb, a.id);
  const d = await b.sb.call(api.createDokument, { body: { ...EINGANG, vorgangId: v.id } });
  await registratur.call(api.createEigenenSchutz, { params: { typ: 'dokument', id: d.id }, body: { grund: 'Anlage' } });
  await registratur.call(api.createEigenenSchutz, { params: { typ: 'vorgang', id: v.id }, body: { grund: 'Fall' } });
  const sehen = (wer: typeof neue) => Promise.all([wer.call(api.getVorgang, { params: { id: v.id } }), wer.call(api.getDokument, { params: { id: d.id } })].map((c) => c.then(() => true, () => false)));
  expect([await sehen(b.sb), await sehen(neue)]).toEqual([[true, true], [false, false]]);
  const { version } = await registratur.call(api.getVorgang, { params: { id: v.id } });
  await registratur.call(api.moveVorgang, { params: { id: v.id }, ifMatch: version, body: { akteId: fremd.id, grund: 'dort zuständig' } });
  expect([await sehen(b.sb), await sehen(neue)]).toEqual([[false, false], [true, true]]);
  await registratur.call(api.deleteEigenenSchutz, { params: { typ: 'vorgang', id: v.id } });
  expect([await sehen(b.sb), await sehen(neue)]).toEqual([[false, false], [true, true]]);
});

test('BE-04 in a unit of a protected class its own office goes on working, whoever reaches the whole plan does not', async () => {
  const b = await newBehoerde();
  const registratur = b.as('registratur', ['amt-90']);
  await setKlasse(b, b.einheitId, 'personal');
  const a = await b.akte();
  expect(a.geschuetzt).toBeNull();
  expect(await refusal(registratur.call(api.getAkte, { params: { id: a.id } }))).toMatchObject({ status: 404 });
});
