import { describe, expect, test } from 'vitest';
import { api } from '../contract.ts';
import { newPlan, refusal } from './hilfe.ts';

describe('AP-01: versions of the Aktenplan', () => {
  test('two versions, exactly one holds on any day, found by date', async () => {
    const { call, plan } = await newPlan();
    expect(await refusal(call(api.createAktenplan, { body: { bezeichnung: 'Aktenplan', versionsbezeichnung: '2', gueltigVon: '2030-01-01' } }))).toBe('409 aktenplan.zeitraum_belegt');
    const neu = await call(api.createAktenplan, { body: { bezeichnung: 'Aktenplan', versionsbezeichnung: '2', gueltigVon: '2030-01-01', vorgaengerBeenden: true } });
    const at = async (tag: string) => (await call(api.listAktenplaene, { query: { tag } })).eintraege.map((p) => p.id);
    expect(await at('2029-12-31')).toEqual([plan.id]);
    expect(await at('2030-01-01')).toEqual([neu.id]);
    expect(await at('2019-12-31')).toEqual([]);
    expect((await call(api.listAktenplaene, { query: {} })).eintraege.map((p) => [p.versionsbezeichnung, p.gueltig, p.gueltigBis])).toEqual([['2', false, null], ['1', true, '2029-12-31']]);
  });
  test('a draft holds on no day; a version is named once', async () => {
    const { call } = await newPlan();
    const draft = await call(api.createAktenplan, { body: { bezeichnung: 'Aktenplan', versionsbezeichnung: 'Entwurf' } });
    expect(draft.gueltig).toBe(false);
    expect(await refusal(call(api.createAktenplan, { body: { bezeichnung: 'Aktenplan', versionsbezeichnung: 'Entwurf' } }))).toBe('409 aktenplan.fassung_vergeben');
  });
  test('a new version takes over the units with ids of its own', async () => {
    const { call, createTree, plan, create } = await newPlan();
    const id = await createTree('6', '61', '62');
    await create('611', { parentId: id('61'), aussonderungsart: 'A', querverweise: ['62'] });
    const neu = await call(api.createAktenplan, { body: { bezeichnung: 'Aktenplan', versionsbezeichnung: '2', kopieVon: plan.id } });
    expect(neu.einheiten).toBe(4);
    const { eintraege } = await call(api.listAktenplaneinheiten, { query: { aktenplanId: neu.id } });
    expect(eintraege.map((e) => [e.kennzeichen, e.ebene])).toEqual([['6', 1], ['61', 2], ['611', 3], ['62', 2]]);
    expect(eintraege.map((e) => e.id)).not.toContain(id('6'));
    expect((await call(api.getAktenplaneinheit, { params: { id: eintraege[2]!.id } })).querverweise).toMatchObject([{ kennzeichen: '62', ziel: { id: eintraege[3]!.id } }]);
  });
  test('a change from an old version is refused', async () => {
    const { call, plan } = await newPlan();
    await call(api.updateAktenplan, { params: { id: plan.id }, ifMatch: 1, body: { typ: 'Einheitsaktenplan' } });
    expect(await refusal(call(api.updateAktenplan, { params: { id: plan.id }, ifMatch: 1, body: { typ: 'x' } }))).toBe('412 allgemein.veraltet');
  });
});

describe('AP-02, AP-03: Aktenplaneinheiten', () => {
  test('a tree, level by level, with counts and place', async () => {
    const { call, createTree } = await newPlan();
    const id = await createTree('6', '61', '62', '611', '6110', '5');
    const level = async (parentId: string) => (await call(api.listAktenplaneinheiten, { query: { parentId } })).eintraege.map((e) => [e.kennzeichen, e.kinder]);
    expect(await level('wurzel')).toEqual([['5', 0], ['6', 2]]);
    expect(await level(id('6'))).toEqual([['61', 1], ['62', 0]]);
    const leaf = await call(api.getAktenplaneinheit, { params: { id: id('6110') } });
    expect(leaf.pfad.map((p) => p.kennzeichen)).toEqual(['6', '61', '611', '6110']);
    expect(leaf.hindernisse).toEqual([]);
  });
  test('AP-03: no deeper than the plan', async () => {
    const { create, createTree } = await newPlan(['Hauptgruppe', 'Gruppe']);
    const id = await createTree('6', '61');
    expect(await refusal(create('611', { parentId: id('61') }))).toBe('422 aktenplan.zu_tief');
  });
  test('a Kennzeichen stands once in a plan; 0, 00 and 000 are three', async () => {
    const { create, createTree } = await newPlan();
    await createTree('0', '00', '000');
    expect(await refusal(create('00'))).toBe('409 aktenplan.kennzeichen_vergeben');
  });
  test('search by any spelling, by a former Kennzeichen, by words without umlauts', async () => {
    const { call, create } = await newPlan();
    const unit = await create('631.20', { betreffKurz: 'Müllabfuhr', inhaltsangabe: 'Gebühren und Tonnen' });
    await create('10');
    const find = async (suche: string) => (await call(api.listAktenplaneinheiten, { query: { suche } })).eintraege.map((e) => e.kennzeichen);
    for (const suche of ['631.20', '631 20', '631-20', 'muellabfuhr', 'gebuhren tonnen', '631']) expect(await find(suche), suche).toEqual(['631.20']);
    await call(api.updateAktenplaneinheit, { params: { id: unit.id }, ifMatch: unit.version, body: { kennzeichen: '632' } });
    expect(await find('631/20')).toEqual(['632']);
    expect((await call(api.getAktenplaneinheit, { params: { id: unit.id } })).fruehereKennzeichen).toEqual(['631.20']);
  });
  test('renumbering an upper unit keeps the order of all below', async () => {
    const { call, createTree } = await newPlan();
    const id = await createTree('1', '11', '2', '21');
    await call(api.updateAktenplaneinheit, { params: { id: id('1') }, ifMatch: 1, body: { kennzeichen: '9' } });
    expect((await call(api.listAktenplaneinheiten, { query: {} })).eintraege.map((e) => e.kennzeichen)).toEqual(['2', '21', '9', '11']);
  });
  test('pages of a long level add up', async () => {
    const { call, create } = await newPlan();
    for (let i = 1; i <= 7; i++) await create(String(i));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await call(api.listAktenplaneinheiten, { query: { limit: 3, ...(cursor && { cursor }) } });
      expect(page.gesamt).toBe(7);
      seen.push(...page.eintraege.map((e) => e.kennzeichen));
      cursor = page.weiter ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  });
});

describe('AP-05: inherited values', () => {
  test('the value in force says where it stands; a departure needs a reason', async () => {
    const { call, create } = await newPlan();
    const upper = await create('6', { aussonderungsart: 'B', aufbewahrungsdauer: 10 });
    expect(await refusal(create('61', { parentId: upper.id, aufbewahrungsdauer: 30 }))).toBe('422 aktenplan.abweichung_ohne_grund');
    const lower = await create('61', { parentId: upper.id, aufbewahrungsdauer: 'unbefristet', abweichungsgruende: { aufbewahrungsdauer: 'Bauwerksakten bleiben' } });
    expect(lower.wirksam).toMatchObject({
      aussonderungsart: { wert: 'B', herkunft: { id: upper.id, bezeichnung: '6 Einheit 6' }, grund: null },
      aufbewahrungsdauer: { wert: 'unbefristet', herkunft: { id: lower.id }, grund: 'Bauwerksakten bleiben' },
      vertraulichkeit: { wert: null, herkunft: null },
    });
    await call(api.updateAktenplaneinheit, { params: { id: upper.id }, ifMatch: 1, body: { aussonderungsart: 'A', vertraulichkeit: 'vs_nfd' } });
    expect((await call(api.getAktenplaneinheit, { params: { id: lower.id } })).wirksam).toMatchObject({ aussonderungsart: { wert: 'A' }, vertraulichkeit: { wert: 'vs_nfd' } });
  });
});

describe('AP-03: merging levels', () => {
  test('every old Kennzeichen finds the unit that took it over; the upper unit takes Akten then', async () => {
    const { call, createTree } = await newPlan();
    const id = await createTree('6', '61', '611', '6110', '6111', '62');
    await call(api.mergeAktenplaneinheiten, { params: { id: id('611') }, body: { quellen: [id('6110')], grund: 'drei Ebenen' } }).catch((e) => expect(e.code).toBe('aktenplan.zusammenfuehrung_unmoeglich'));
    const merged = await call(api.mergeAktenplaneinheiten, { params: { id: id('611') }, body: { quellen: [id('6110'), id('6111')], grund: 'drei Ebenen' } });
    expect(merged).toMatchObject({ kinder: 0, hindernisse: [], fruehereKennzeichen: ['6110', '6111'] });
    const find = async (suche: string) => (await call(api.listAktenplaneinheiten, { query: { suche } })).eintraege.map((e) => e.kennzeichen);
    expect(await find('6111')).toEqual(['611']);
    // a second merge carries the aliases on
    await call(api.mergeAktenplaneinheiten, { params: { id: id('62') }, body: { quellen: [id('61')], grund: 'noch einmal' } });
    for (const old of ['61', '611', '6110']) expect(await find(old), old).toContain('62');
    expect((await call(api.getAktenplaneinheit, { params: { id: id('6110') } })).aufgegangenIn).toBe(id('62'));
    // what has ended in one unit cannot be taken away from it by naming it again
    expect(await refusal(call(api.mergeAktenplaneinheiten, { params: { id: id('62') }, body: { quellen: [id('6110')], grund: 'schon dort' } }))).toBe('422 aktenplan.zusammenfuehrung_unmoeglich');
  });
  test('a unit cannot end in itself, below itself, or in one that is closed', async () => {
    const { call, createTree } = await newPlan();
    const id = await createTree('6', '61', '7');
    const merge = (ziel: string, quelle: string) => refusal(call(api.mergeAktenplaneinheiten, { params: { id: id(ziel) }, body: { quellen: [id(quelle)], grund: 'Test' } }));
    expect(await merge('61', '6')).toBe('422 aktenplan.zusammenfuehrung_unmoeglich');
    expect(await merge('6', '6')).toBe('422 aktenplan.zusammenfuehrung_unmoeglich');
    await call(api.closeAktenplaneinheit, { params: { id: id('7') }, ifMatch: 1, body: { grund: 'entfällt' } });
    expect(await merge('7', '61')).toBe('422 aktenplan.zusammenfuehrung_unmoeglich');
  });
});

describe('AP-06: stilllegen and delete', () => {
  test('closing closes all below, and can be taken back', async () => {
    const { call, createTree } = await newPlan();
    const id = await createTree('6', '61');
    const closed = await call(api.closeAktenplaneinheit, { params: { id: id('6') }, ifMatch: 1, body: { grund: 'Aufgabe entfallen' } });
    expect(closed).toMatchObject({ stillgelegt: true, stilllegungsgrund: 'Aufgabe entfallen' });
    expect((await call(api.listAktenplaneinheiten, { query: {} })).gesamt).toBe(0);
    expect((await call(api.listAktenplaneinheiten, { query: { stillgelegte: 'true' } })).gesamt).toBe(2);
    expect(await refusal(call(api.reopenAktenplaneinheit, { params: { id: id('61') }, ifMatch: 2 }))).toBe('409 aktenplan.einheit_stillgelegt');
    await call(api.reopenAktenplaneinheit, { params: { id: id('6') }, ifMatch: 2 });
    expect((await call(api.reopenAktenplaneinheit, { params: { id: id('61') }, ifMatch: 2 })).stillgelegt).toBe(false);
  });
  test('a unit goes only while it never held anything', async () => {
    const { call, createTree } = await newPlan();
    const id = await createTree('6', '61');
    expect(await refusal(call(api.deleteAktenplaneinheit, { params: { id: id('6') }, ifMatch: 1 }))).toBe('409 aktenplan.einheit_hat_kinder');
    await call(api.deleteAktenplaneinheit, { params: { id: id('61') }, ifMatch: 1 });
    expect(await refusal(call(api.getAktenplaneinheit, { params: { id: id('61') } }))).toBe('404 allgemein.nicht_gefunden');
  });
});

test('whoever may only see the plan changes nothing; another Mandant sees nothing', async () => {
  const { mandant, createTree, plan } = await newPlan();
  const id = await createTree('6');
  const leser = mandant.as('leser');
  expect((await leser.call(api.getAktenplaneinheit, { params: { id: id('6') } })).rechte).toEqual(['aktenplan.sehen']);
  expect(await refusal(leser.call(api.closeAktenplaneinheit, { params: { id: id('6') }, ifMatch: 1, body: { grund: 'nein' } }))).toBe('403 allgemein.kein_recht');
  const fremd = await newPlan();
  expect(await refusal(fremd.call(api.getAktenplaneinheit, { params: { id: id('6') } }))).toBe('404 allgemein.nicht_gefunden');
  expect(await refusal(fremd.call(api.createAktenplaneinheit, { body: { aktenplanId: plan.id, kennzeichen: '1', betreffKurz: 'fremd' } }))).toBe('404 allgemein.nicht_gefunden');
});

test('the history names each changed unit', async () => {
  const { mandant, call, createTree } = await newPlan();
  const id = await createTree('6');
  await call(api.updateAktenplaneinheit, { params: { id: id('6') }, ifMatch: 1, body: { betreffKurz: 'Bauen' } });
  const last = (await mandant.ereignisse()).at(-1);
  expect(last).toMatchObject({ art: 'aktenplaneinheit.geaendert', objekte: ['aktenplaneinheit'], daten: { aenderungen: [{ feld: 'betreffKurz', alt: 'Einheit 6', neu: 'Bauen' }] } });
});
