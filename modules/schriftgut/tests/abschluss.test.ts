import { expect, test } from 'vitest';
import { api } from '../contract.ts';
import { EINGANG, newBehoerde, refusal, vorgangIn } from './hilfe.ts';

const codes = (hindernisse: { code: string }[]) => hindernisse.map((h) => h.code);

test('ST-06 an Akte is not closed while a Vorgang is open; the reasons stand in the answer before the click; closing starts the Frist, reopening stops it', async () => {
  const { sb, akte } = await newBehoerde();
  const a = await akte();
  const v = await vorgangIn(sb, a.id);
  const seen = await sb.call(api.getAkte, { params: { id: a.id } });
  expect(seen.hindernisse.schliessen).toEqual([{ code: 'offene_vorgaenge', text: 'Ein Vorgang ist noch nicht z. d. A.', objekte: [{ typ: 'vorgang', id: v.id, bezeichnung: `${v.kennzeichen} Antrag` }] }]);
  expect(await refusal(sb.call(api.closeAkte, { params: { id: a.id }, body: {} }))).toMatchObject({ status: 409, code: 'akte.nicht_abschliessbar', details: { hindernisse: seen.hindernisse.schliessen } });
  expect(await sb.call(api.closeVorgang, { params: { id: v.id }, body: {} })).toMatchObject({ status: 'zda', zdaAm: expect.any(String) });
  const zu = await sb.call(api.closeAkte, { params: { id: a.id }, body: { zdaAm: '2026-11-20' } });
  expect(zu).toMatchObject({ status: 'zda', zdaAm: '2026-11-20', aussonderung: { aufbewahrungsende: '2036-12-31', art: { wert: 'V' } } });
  expect(codes(zu.hindernisse.schliessen)).toEqual(['status']);
  expect(await refusal(sb.call(api.closeAkte, { params: { id: a.id }, body: {} }))).toMatchObject({ status: 409, details: { hindernisse: [{ code: 'status' }] } });
  // closed: nothing goes in, nothing is changed
  for (const call of [() => vorgangIn(sb, a.id), () => sb.call(api.createDokument, { body: { ...EINGANG, akteId: a.id } }), () => sb.call(api.updateAkte, { params: { id: a.id }, body: { betreff: 'y' }, ifMatch: zu.version })]) {
    expect(await refusal(call())).toMatchObject({ status: 409, code: 'akte.geschlossen' });
  }
  expect(await refusal(sb.call(api.createDokument, { body: { ...EINGANG, vorgangId: v.id } }))).toMatchObject({ status: 409 });
  expect(await refusal(sb.call(api.reopenVorgang, { params: { id: v.id }, body: { grund: 'Nachtrag' } }))).toMatchObject({ code: 'vorgang.nicht_wiedereroeffenbar', details: { hindernisse: [{ code: 'akte_geschlossen' }] } });
  expect(await refusal(sb.call(api.reopenAkte, { params: { id: a.id }, body: { grund: ' ' } }))).toMatchObject({ status: 422 });
  const offen = await sb.call(api.reopenAkte, { params: { id: a.id }, body: { grund: 'Widerspruch eingegangen' } });
  expect(offen).toMatchObject({ status: 'in_bearbeitung', zdaAm: null, aussonderung: { aufbewahrungsende: null } });
  expect(await sb.call(api.reopenVorgang, { params: { id: v.id }, body: { grund: 'Nachtrag' } })).toMatchObject({ status: 'in_bearbeitung', zdaAm: null });
});

test('ST-06 the whole Akte with its open Vorgänge in one go; Teilakten and Teilvorgänge are closed first', async () => {
  const { sb, akte, ereignisse } = await newBehoerde();
  const a = await akte();
  const v = await vorgangIn(sb, a.id);
  const tv = await sb.call(api.createVorgang, { body: { parentId: v.id, betreff: 'Teil' } });
  const teil = await sb.call(api.createAkte, { body: { parentId: a.id, betreff: 'Band 2' } });
  expect(await refusal(sb.call(api.closeVorgang, { params: { id: v.id }, body: {} }))).toMatchObject({ details: { hindernisse: [{ code: 'offene_teilvorgaenge' }] } });
  expect(await refusal(sb.call(api.closeAkte, { params: { id: a.id }, body: { mitVorgaengen: true } }))).toMatchObject({ details: { hindernisse: [{ code: 'offene_teilakten' }] } });
  expect((await sb.call(api.getVorgang, { params: { id: v.id } })).status).toBe('in_bearbeitung'); // refused as a whole
  await sb.call(api.closeAkte, { params: { id: teil.id }, body: {} });
  await sb.call(api.closeAkte, { params: { id: a.id }, body: { mitVorgaengen: true } });
  expect((await sb.call(api.listVorgaenge, { query: { akteId: [a.id] } })).eintraege.map((x) => x.status)).toEqual(['zda', 'zda']);
  expect((await ereignisse()).filter((e) => e.art === 'akte.geschlossen').at(-1)).toMatchObject({ objekte: ['akte', 'vorgang', 'vorgang'], daten: { mitVorgaengen: 2 } });
  expect(await refusal(sb.call(api.reopenAkte, { params: { id: teil.id }, body: { grund: 'x' } }))).toMatchObject({ details: { hindernisse: [{ code: 'akte_geschlossen' }] } });
  expect(tv.parentId).toBe(v.id);
});

test('MD-06 what is mandatory before the z. d. A. is said by name; the Mandant adds fields, also of its own', async () => {
  const { sb, akte, as, einheitId } = await newBehoerde({ aussonderungsart: null, aufbewahrungsdauer: null });
  const verwaltung = as('administration');
  const a = await akte();
  expect((await sb.call(api.getAkte, { params: { id: a.id } })).hindernisse.schliessen.map((h) => h.text)).toEqual(['Die Angabe „Aussonderungsart“ fehlt', 'Die Angabe „Aufbewahrungsdauer“ fehlt']);
  await sb.call(api.updateAkte, { params: { id: a.id }, ifMatch: 1, body: { aussonderung: { art: 'B', aufbewahrungsdauer: 'unbefristet' } } });
  await verwaltung.call(api.createErweiterungsfeld, { body: { objekttyp: 'akte', schluessel: 'flurstueck', datentyp: 'text', bezeichnung: 'Flurstück' } });
  const { version } = await verwaltung.call(api.getSchriftgutEinstellungen, {});
  const neu = await verwaltung.call(api.updateSchriftgutEinstellungen, { ifMatch: version, body: { pflichtfelder: [{ objekttyp: 'akte', status: 'zda', feld: 'felder.flurstueck' }, { objekttyp: 'vorgang', status: 'zda', feld: 'typ' }] } });
  expect(await refusal(verwaltung.call(api.updateSchriftgutEinstellungen, { ifMatch: version, body: { maxTiefe: 4 } }))).toMatchObject({ status: 412 });
  expect(await refusal(verwaltung.call(api.updateSchriftgutEinstellungen, { ifMatch: neu.version, body: { pflichtfelder: [{ objekttyp: 'akte', status: 'zda', feld: 'unsinn' }] } }))).toMatchObject({ status: 422, code: 'schriftgut.feld_unbekannt' });
  expect(await refusal(sb.call(api.closeAkte, { params: { id: a.id }, body: {} }))).toMatchObject({ details: { hindernisse: [{ code: 'pflichtfeld_fehlt', text: 'Die Angabe „Flurstück“ fehlt' }] } });
  const v = await vorgangIn(sb, a.id);
  expect(await refusal(sb.call(api.closeVorgang, { params: { id: v.id }, body: {} }))).toMatchObject({ details: { hindernisse: [{ text: 'Die Angabe „Typ“ fehlt' }] } });
  await sb.call(api.updateVorgang, { params: { id: v.id }, ifMatch: 1, body: { typ: 'Bauantrag' } });
  await sb.call(api.closeVorgang, { params: { id: v.id }, body: {} });
  await sb.call(api.updateAkte, { params: { id: a.id }, ifMatch: 2, body: { felder: { flurstueck: '112/3' } } });
  expect(await sb.call(api.closeAkte, { params: { id: a.id }, body: {} })).toMatchObject({ status: 'zda', aussonderung: { aufbewahrungsende: null, aufbewahrung: { wert: 'unbefristet' } } });
  expect(einheitId).toBeTruthy();
});

test('ST-06 two at once: a Vorgang made while the Akte is closed is either in time and refuses the closing, or late and refused itself', async () => {
  const { sb, akte } = await newBehoerde();
  for (let runde = 0; runde < 5; runde++) {
    const a = await akte();
    const [neu, zu] = await Promise.allSettled([vorgangIn(sb, a.id), sb.call(api.closeAkte, { params: { id: a.id }, body: {} })]);
    expect([neu.status, zu.status].filter((s) => s === 'fulfilled')).toHaveLength(1);
    const { hindernisse, status } = await sb.call(api.getAkte, { params: { id: a.id } });
    expect(status === 'zda' ? neu.status : codes(hindernisse.schliessen)).toEqual(status === 'zda' ? 'rejected' : ['offene_vorgaenge']);
  }
});
