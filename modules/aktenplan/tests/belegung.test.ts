import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { database, queryAs } from '#platform/testing/test.ts';
import { ownerUrl } from '#platform/testing/database.ts';
import { api, type Musterteil } from '../contract.ts';
import { addAltesAktenzeichen, assignAktenzeichen, findByAktenzeichen, getAktenplaneinheitenKurz, getAktenzeichen, listTeilbaum, requireBelegbar, type AktenzeichenVergabe } from '../server/index.ts';
import { jahr, newPlan, refusal } from './hilfe.ts';

type Plan = Awaited<ReturnType<typeof newPlan>>;
/** Stands in for createAkte, which issues in its own transaction. */
const assign = (plan: Plan, aktenplaneinheitId: string, more: Partial<AktenzeichenVergabe> = {}) => database.write(plan.ctx, async (tx) => {
  const unit = await requireBelegbar(tx, aktenplaneinheitId);
  const vergeben = await assignAktenzeichen(tx, { aktenplaneinheitId: unit.id, organisationseinheitId: plan.mandant.oe('amt-10'), ...more });
  await tx.record({ art: 'akte.angelegt', objekte: { aktenplaneinheit: unit.id, aktenzeichen: vergeben.id } });
  return vergeben.aktenzeichen;
});

describe('AP-04: Akten only in leaf units that are valid today and not stillgelegt', () => {
  test('three refusals with reasons', async () => {
    const plan = await newPlan();
    const id = await plan.createTree('6', '61', '62');
    const later = await plan.create('7', { gueltigVon: '2099-01-01' });
    await plan.call(api.closeAktenplaneinheit, { params: { id: id('62') }, ifMatch: 1, body: { grund: 'entfällt' } });
    expect(await refusal(assign(plan, id('6')))).toBe('409 aktenplan.einheit_kein_blatt');
    expect(await refusal(assign(plan, later.id))).toBe('409 aktenplan.einheit_nicht_gueltig');
    expect(await refusal(assign(plan, id('62')))).toBe('409 aktenplan.einheit_stillgelegt');
    expect(await refusal(assign(plan, randomUUID()))).toBe('404 allgemein.nicht_gefunden');
    expect(await assign(plan, id('61'))).toBe(`61-${jahr}/0001`);
    expect((await plan.call(api.listAktenplaneinheiten, { query: { belegbar: 'true' } })).eintraege.map((e) => e.kennzeichen)).toEqual(['61']);
  });
  test('what the upper unit or the plan forbids, the leaf forbids', async () => {
    const plan = await newPlan();
    const upper = await plan.create('6', { gueltigBis: '2021-12-31' });
    const leaf = await plan.create('61', { parentId: upper.id });
    expect(leaf.hindernisse).toEqual(['nicht_gueltig']);
    expect(await refusal(assign(plan, leaf.id))).toBe('409 aktenplan.einheit_nicht_gueltig');
    const other = await newPlan();
    const id = await other.createTree('6');
    await other.call(api.updateAktenplan, { params: { id: other.plan.id }, ifMatch: 1, body: { gueltigBis: '2021-12-31' } });
    expect(await refusal(assign(other, id('6')))).toBe('409 aktenplan.einheit_nicht_gueltig');
  });
  test('AP-05: answers the values in force', async () => {
    const plan = await newPlan();
    const upper = await plan.create('6', { aussonderungsart: 'A', aufbewahrungsdauer: 30, schutzklasse: 'sozial' });
    const leaf = await plan.create('61', { parentId: upper.id });
    const unit = await database.write(plan.ctx, (tx) => requireBelegbar(tx, leaf.id));
    expect(unit).toMatchObject({ kennzeichen: '61', schutz_id: leaf.schutzId, aussonderungsart: 'A', aufbewahrungsdauer: 30, unbefristet: false, vertraulichkeit: 'offen', schutzklasse: 'sozial' });
  });
});

describe('AZ-01: unique and never used again', () => {
  test('1,000 at once: no duplicate, no gap', async () => {
    const plan = await newPlan();
    const id = await plan.createTree('61', '62');
    const all = await Promise.all(Array.from({ length: 1000 }, (_, i) => assign(plan, id(i % 2 ? '61' : '62'))));
    const expected = ['61', '62'].flatMap((kz) => Array.from({ length: 500 }, (_, n) => `${kz}-${jahr}/${String(n + 1).padStart(4, '0')}`));
    expect(all.toSorted()).toEqual(expected.toSorted());
  }, 60_000);
  test('a creation that fails gives its number back', async () => {
    const plan = await newPlan();
    const id = await plan.createTree('61');
    await database.write(plan.ctx, async (tx) => { await assignAktenzeichen(tx, { aktenplaneinheitId: id('61'), organisationseinheitId: randomUUID() }); throw new Error('and then'); }).catch(() => {});
    expect(await assign(plan, id('61'))).toBe(`61-${jahr}/0001`);
  });
  test('what was given by hand or taken over is passed over; the register forgets nothing', async () => {
    const plan = await newPlan();
    const id = await plan.createTree('61');
    await assign(plan, id('61'), { manuell: { aktenzeichen: `61 - ${jahr} / 0002`, grund: 'lag schon auf Papier' } });
    await database.write(plan.ctx, (tx) => addAltesAktenzeichen(tx, { objektId: randomUUID(), aktenzeichen: `61-${jahr}/0003` }));
    expect([await assign(plan, id('61')), await assign(plan, id('61'))]).toEqual([`61-${jahr}/0001`, `61-${jahr}/0004`]);
    await expect(queryAs((n) => `${ownerUrl(n)}?options=${encodeURIComponent(`-c app.mandant=${plan.mandant.mandantId} -c role=va_app`)}`, 'delete from aktenplan.aktenzeichen')).rejects.toThrow('permission denied');
  });
  test('AP-06: a unit that ever issued one is never deleted', async () => {
    const plan = await newPlan();
    const id = await plan.createTree('61');
    await assign(plan, id('61'));
    expect(await refusal(plan.call(api.deleteAktenplaneinheit, { params: { id: id('61') }, ifMatch: 1 }))).toBe('409 aktenplan.einheit_hat_akten');
  });
});

describe('AZ-02: rules are data of the Mandant', () => {
  const muster: Musterteil[] = [{ art: 'oe_kuerzel' }, { art: 'trenner', text: '-' }, { art: 'kennzeichen' }, { art: 'trenner', text: '/' }, { art: 'lfd_nr', je: 'oe', stellen: 1 }];
  test('a rule for the Mandant, another for a subtree', async () => {
    const plan = await newPlan();
    const id = await plan.createTree('6', '61', '7');
    const set = (body: { aktenplaneinheitId?: string; muster: Musterteil[] }, ifMatch = 0) => plan.call(api.updateAktenzeichenregel, { ifMatch, body });
    expect((await plan.call(api.listAktenzeichenregeln, { query: {} })).eintraege).toMatchObject([{ aktenplaneinheitId: null, version: 0, beispiel: '631.20-2026/0347' }]);
    expect((await set({ aktenplaneinheitId: id('6'), muster })).beispiel).toBe('BauO-6/347');
    expect(await assign(plan, id('61'))).toBe('amt-10-61/1');
    expect(await assign(plan, id('7'))).toBe(`7-${jahr}/0001`);
    expect(await refusal(set({ muster: [{ art: 'kennzeichen' }] }))).toBe('422 aktenplan.regel_ungueltig');
    await set({ muster });
    expect(await refusal(set({ muster }))).toBe('412 allgemein.veraltet');
    expect(await assign(plan, id('7'))).toBe('amt-10-7/2'); // one counter for the whole OE
  });
});

describe('AZ-05: former Aktenzeichen', () => {
  test('find the object in any spelling and are listed', async () => {
    const plan = await newPlan();
    const id = await plan.createTree('61');
    const akte = randomUUID();
    await assign(plan, id('61'), { objektId: akte });
    await database.write(plan.ctx, (tx) => addAltesAktenzeichen(tx, { objektId: akte, aktenzeichen: 'ALT 4711/98' }));
    await database.write(plan.ctx, (tx) => addAltesAktenzeichen(tx, { objektId: randomUUID(), aktenzeichen: 'alt-4711.98' })); // two municipalities had the same
    await database.read(plan.ctx, async (tx) => {
      expect((await findByAktenzeichen(tx, 'alt 4711 98')).map((f) => f.objektId)).toContain(akte);
      expect((await findByAktenzeichen(tx, `061 ${jahr} 1`)).map((f) => f.objektId)).toEqual([akte]);
      expect((await getAktenzeichen(tx, [akte])).get(akte)!.map((a) => a.aktenzeichen)).toEqual(['ALT 4711/98', `61-${jahr}/0001`]);
    });
  });
});

describe('AZ-06: by hand only with the Recht, and recorded', () => {
  test('manual Aktenzeichen', async () => {
    const plan = await newPlan();
    const id = await plan.createTree('61');
    const manuell = { aktenzeichen: '61-X/1', grund: 'Altakte' };
    const clerk = { ...plan, ctx: plan.mandant.as('sachbearbeitung').ctx };
    expect(await refusal(assign(clerk, id('61'), { manuell }))).toBe('403 allgemein.kein_recht');
    expect(await assign(plan, id('61'), { manuell })).toBe('61-X/1');
    expect(await refusal(assign(plan, id('61'), { manuell: { ...manuell, aktenzeichen: '61 x/1' } }))).toBe('409 aktenplan.aktenzeichen_vergeben');
    expect((await plan.mandant.ereignisse()).find((e) => e.art === 'aktenzeichen.manuell_vergeben')).toMatchObject({ daten: manuell });
  });
  test('counters', async () => {
    const plan = await newPlan();
    const id = await plan.createTree('61');
    await assign(plan, id('61'));
    const set = (call: Plan['call'], stand: number) => call(api.updateAktenzeichenzaehler, { body: { je: 'einheit', id: id('61'), jahr, stand, grund: 'Papierakten nachgetragen' } });
    expect(await refusal(set(plan.mandant.as('sachbearbeitung').call, 40))).toBe('403 allgemein.kein_recht');
    expect(await set(plan.call, 40)).toMatchObject({ bezeichnung: '61', jahr, stand: 40 });
    expect(await assign(plan, id('61'))).toBe(`61-${jahr}/0041`);
    await set(plan.call, 0); // set back: what is issued stays issued
    expect(await assign(plan, id('61'))).toBe(`61-${jahr}/0002`);
    expect((await plan.call(api.listAktenzeichenzaehler, { query: {} })).eintraege).toMatchObject([{ je: 'einheit', bezeichnung: '61', jahr, stand: 2 }]);
    expect((await plan.mandant.ereignisse()).filter((e) => e.art === 'aktenzeichenzaehler.geaendert').map((e) => e.daten.aenderungen)).toEqual([[{ feld: 'stand', alt: 1, neu: 40 }], [{ feld: 'stand', alt: 41, neu: 0 }]]);
  });
});

test('names and subtrees for other modules', async () => {
  const plan = await newPlan();
  const id = await plan.createTree('6', '61', '611', '7');
  await database.read(plan.ctx, async (tx) => {
    expect((await getAktenplaneinheitenKurz(tx, [id('611')])).get(id('611'))).toMatchObject({ kennzeichen: '611', bezeichnung: 'Einheit 611', pfad: [{ kennzeichen: '6' }, { kennzeichen: '61' }, { kennzeichen: '611' }] });
    expect((await listTeilbaum(tx, id('6'))).toSorted()).toEqual([id('6'), id('61'), id('611')].toSorted());
  });
});
