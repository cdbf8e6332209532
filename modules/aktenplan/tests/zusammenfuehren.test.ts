import fc from 'fast-check';
import { expect, test } from 'vitest';
import { api as zugriff } from '#modules/zugriff/contract.ts';
import { grantFreigabe, resolveReichweite } from '#modules/zugriff/server/index.ts';
import { stufen, type Stufe } from '#platform/server/policy.ts';
import { database } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { newPlan, refusal } from './hilfe.ts';

type Plan = Awaited<ReturnType<typeof newPlan>>;
const schutzOf = async (plan: Plan, id: string) => (await plan.call(api.getAktenplaneinheit, { params: { id: id as never } })).schutzId;
const grant = (plan: Plan, schutzId: string, subjekt: string, stufe: Stufe, frist: object = {}) => database.write(plan.mandant.system, (tx) => grantFreigabe(tx, { schutzId, subjektArt: 'person', subjekt, stufe, ...frist }));
/** How far somebody reaches there: -1 not at all. */
const rang = (person: ReturnType<Plan['mandant']['as']>, schutzId: string) => database.read(person.ctx, async (tx) => {
  const reichweite = await resolveReichweite(tx);
  return reichweite === 'alle' ? stufen.length : stufen.findLastIndex((s) => reichweite[s].includes(schutzId));
});
const merge = async (plan: Plan, ziel: string, quelle: string) => {
  const params = { id: ziel as never }, quellen = [quelle as never];
  const vorschau = await plan.call(api.getZusammenfuehrung, { params, query: { quellen } });
  await plan.call(api.mergeAktenplaneinheiten, { params, body: { quellen, grund: 'Neuer Zuschnitt', bestaetigt: vorschau.gewinnt.map((g) => g.schluessel) } });
  return vorschau;
};

test('AP-03 a unit that leaves its main group keeps what was given above it, and for as long as it was given', async () => {
  const plan = await newPlan();
  const id = await plan.createTree('3', '31', '6', '61');
  const [oben, ziel] = [plan.mandant.as('leser', []), plan.mandant.as('leser', [])];
  const [schutz3, schutz31, schutz6] = [await schutzOf(plan, id('3')), await schutzOf(plan, id('31')), await schutzOf(plan, id('6'))];
  const wurzel = (await plan.call(zugriff.getSchutzbereich, { params: { id: schutz3 as never } })).parentId!;
  await grant(plan, schutz3, oben.id, 'lesen');
  await grant(plan, wurzel, oben.id, 'bearbeiten', { gueltigBis: '2099-01-01T00:00:00Z' }); // passes over the new place as well
  await grant(plan, schutz3, ziel.id, 'verwalten', { gueltigBis: '2099-06-30T00:00:00Z' });
  await grant(plan, schutz6, ziel.id, 'lesen');
  const vorschau = await merge(plan, id('61'), id('31'));
  expect(vorschau.behaelt.map((b) => b.stufe)).toEqual(['lesen', 'verwalten']);
  expect(vorschau.gewinnt).toMatchObject([{ stufe: 'lesen' }]); // for longer than before
  expect([await rang(oben, schutz31), await rang(ziel, schutz31)]).toEqual([2, 3]);
  const neu = await plan.call(zugriff.getSchutzbereich, { params: { id: schutz31 as never } });
  expect(neu.freigaben.filter((f) => f.geerbt && f.subjekt.id === ziel.id).map((f) => [f.stufe, f.gueltigBis]).toSorted()).toEqual([['lesen', null], ['verwalten', '2099-06-30T00:00:00.000Z']]);
  expect(neu.pfad.some((p) => p.bezeichnung.startsWith('Bisherige Rechte aus'))).toBe(true);
});

test('AP-03 a protected class that stood above goes with the unit, and nothing of the new place reaches into it', async () => {
  const plan = await newPlan();
  const id = await plan.createTree('4', '41', '6', '61');
  const [jugendamt, bauamt] = [plan.mandant.as('leser', []), plan.mandant.as('leser', [])];
  const [schutz4, schutz41, schutz6] = [await schutzOf(plan, id('4')), await schutzOf(plan, id('41')), await schutzOf(plan, id('6'))];
  const { version } = await plan.call(zugriff.getSchutzbereich, { params: { id: schutz4 as never } });
  await plan.call(zugriff.updateSchutzbereich, { params: { id: schutz4 as never }, ifMatch: version, body: { klasse: 'sozial' } });
  await grant(plan, schutz4, plan.token, 'verwalten');
  await grant(plan, schutz4, jugendamt.id, 'lesen');
  await grant(plan, schutz6, bauamt.id, 'lesen');
  expect(await merge(plan, id('61'), id('41'))).toMatchObject({ gewinnt: [], klassen: ['sozial'] });
  expect((await plan.call(zugriff.getSchutzbereich, { params: { id: schutz41 as never } })).wirksameKlasse).toBe('sozial');
  expect([await rang(jugendamt, schutz41), await rang(bauamt, schutz41)]).toEqual([1, -1]);
});

test('AP-03 whatever the grants, the cuts and the classes: nobody loses, and whoever gains was named before', async () => {
  const plan = await newPlan();
  const people = [plan.mandant.as('leser', []), plan.mandant.as('leser', []), plan.mandant.as('leser', [])];
  let nr = 100;
  const knoten = ['alt', 'altGruppe', 'quelle', 'neu', 'neuGruppe', 'ziel'] as const;
  const bereich = fc.record({ erbt: fc.boolean(), klasse: fc.constantFrom(null, null, null, 'sozial' as const, 'steuer' as const), freigaben: fc.array(fc.record({ wer: fc.nat(2), stufe: fc.constantFrom(...stufen), befristet: fc.boolean() }), { maxLength: 2 }) });
  await fc.assert(fc.asyncProperty(fc.tuple(bereich, bereich, bereich, bereich, bereich, bereich), async (bereiche) => {
    const [a, n] = [String(nr++), String(nr++)];
    const id = await plan.createTree(a, `${a}1`, `${a}11`, n, `${n}1`, `${n}11`);
    const einheit = { alt: id(a), altGruppe: id(`${a}1`), quelle: id(`${a}11`), neu: id(n), neuGruppe: id(`${n}1`), ziel: id(`${n}11`) };
    const schutz = Object.fromEntries(await Promise.all(knoten.map(async (k) => [k, await schutzOf(plan, einheit[k])] as const)));
    for (const [i, k] of knoten.entries()) {
      const { erbt, klasse, freigaben } = bereiche[i]!;
      await database.write(plan.mandant.system, async (tx) => {
        for (const f of freigaben) await grantFreigabe(tx, { schutzId: schutz[k]!, subjektArt: 'person', subjekt: people[f.wer]!.id, stufe: f.stufe, gueltigBis: f.befristet ? '2099-01-01T00:00:00Z' : null });
      });
      if (!erbt || klasse) await plan.call(zugriff.updateSchutzbereich, { params: { id: schutz[k] as never }, ifMatch: 1, body: { erbt, klasse } });
    }
    const vorher = await Promise.all(people.map((p) => rang(p, schutz.quelle!)));
    const klasse = (await plan.call(zugriff.getSchutzbereich, { params: { id: schutz.quelle as never } })).wirksameKlasse;
    const { gewinnt } = await merge(plan, einheit.ziel, einheit.quelle);
    const nachher = await Promise.all(people.map((p) => rang(p, schutz.quelle!)));
    for (const [i, p] of people.entries()) {
      expect(nachher[i]).toBeGreaterThanOrEqual(vorher[i]!);
      if (nachher[i]! > vorher[i]!) expect(gewinnt.map((g) => g.schluessel)).toContain(`person:${p.id}:${stufen[nachher[i]!]}`);
    }
    if (klasse) expect((await plan.call(zugriff.getSchutzbereich, { params: { id: schutz.quelle as never } })).wirksameKlasse).toBe(klasse);
  }), { numRuns: 12 });
}, 120_000);

test('AP-03 a preview names the same obstacles as the merge, and needs the same Recht', async () => {
  const plan = await newPlan();
  const id = await plan.createTree('6', '61', '62');
  const query = { quellen: [id('61') as never] };
  expect(await refusal(plan.call(api.getZusammenfuehrung, { params: { id: id('6') as never }, query }))).toBe('422 aktenplan.zusammenfuehrung_unmoeglich');
  expect(await refusal(plan.mandant.as('leser').call(api.getZusammenfuehrung, { params: { id: id('62') as never }, query }))).toBe('403 allgemein.kein_recht');
});
