import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { AppError } from '#platform/server/errors.ts';
import { definePolicy, klassen, stufen, type Klasse, type Stufe } from '#platform/server/policy.ts';
import type { Module } from '#platform/server/module.ts';
import { tables } from '#platform/server/tx.ts';
import { database as product, modules, newMandant, openTestDatabase } from '#platform/testing/test.ts';
import { createSchutzbereich, getKlassen, getWurzelSchutzbereich, grantFreigabe, grantObjektfreigabe, moveSchutzbereiche, resolveReichweite, revokeObjektfreigabe, updateGeheimschutz } from '../server/index.ts';
import type { ZugriffTables } from '../server/tables.gen.ts';

vi.setConfig({ testTimeout: 120_000 });
const db = tables<ZugriffTables>();

/** Any table with a schutz_id will do: here the grants, one marker for each object; `subjekt` names the container it lies in. */
const rechte = ['x.sehen', 'x.lesen', 'x.bearbeiten', 'x.verwalten'] as const;
const policy = definePolicy<ZugriffTables, 'zugriff.freigabe', (typeof rechte)[number]>('zugriff.freigabe', 'Marke', {
  'x.sehen': { stufe: 'sehen', rollen: [] }, 'x.lesen': { stufe: 'lesen', rollen: [] }, 'x.bearbeiten': { stufe: 'bearbeiten', rollen: [] }, 'x.verwalten': { stufe: 'verwalten', rollen: [] },
}, resolveReichweite, { objektSpalten: ['id', 'subjekt'] });
/** Where each container stands. */
const behaelter = new Map<string, string>();
const marken: Module = {
  name: 'marken',
  extensions: {
    schutzobjekt: [{
      typ: 'behaelter', label: 'Behälter', kurz: async () => new Map(), authorize: async () => ({ schutzId: '' }),
      bereich: async (_tx, ids) => new Map(ids.flatMap((id) => (behaelter.has(id) ? [[id, { schutzId: behaelter.get(id)!, ids: [id] }] as const] : []))),
    }],
  },
};
const database = openTestDatabase([...modules, marken]);

const PLACES = 6;
const zeiten = { immer: {}, vorbei: { gueltigBis: '2020-01-01T00:00:00Z' }, jetzt: { gueltigVon: '2020-01-01T00:00:00Z', gueltigBis: '2090-01-01T00:00:00Z' }, kommt: { gueltigVon: '2090-01-01T00:00:00Z' } } as const;
type Zeit = keyof typeof zeiten;
const zeit = fc.constantFrom<Zeit>('immer', 'immer', 'jetzt', 'vorbei', 'kommt');
const stufe = fc.constantFrom<Stufe>(...stufen);
const world = fc.record({
  parents: fc.tuple(...Array.from({ length: PLACES }, (_, i) => fc.nat(i))), // 0 is the root, n > 0 an earlier place
  cuts: fc.array(fc.boolean(), { minLength: PLACES, maxLength: PLACES }),
  eigeneKlassen: fc.array(fc.option(fc.constantFrom<Klasse>(...klassen), { freq: 2 }), { minLength: PLACES, maxLength: PLACES }),
  grants: fc.array(fc.record({ place: fc.nat(PLACES), wer: fc.constantFrom('person', 'rolle', 'oe', 'fremde'), stufe, zeit }), { maxLength: 6 }),
  // containers: where each stands, and to whom it is granted by itself
  objekte: fc.array(fc.record({ place: fc.nat(PLACES), wer: fc.constantFrom('person', 'rolle', 'oe', 'fremde'), stufe, zeit }), { minLength: 1, maxLength: 4 }),
  // what lies in them: container and place
  inhalt: fc.array(fc.record({ objekt: fc.nat(3), place: fc.nat(PLACES) }), { minLength: 1, maxLength: 8 }),
  umfang: fc.option(fc.subarray([...klassen]), { freq: 2 }),
});

test('BE-01 BE-04 list, check and bulk answer are one rule, for any tree, cuts, classes, times, grants to single objects, and for a Vertretung of them', async () => {
  await fc.assert(fc.asyncProperty(world, async ({ parents, cuts, eigeneKlassen, grants, objekte, inhalt, umfang }) => {
    const mandant = newMandant();
    const person = mandant.as('sachbearbeitung', ['oe']);
    const of = { person: ['person', person.id], rolle: ['rolle', mandant.rolle('sachbearbeitung')], oe: ['oe', mandant.oe('oe')], fremde: ['rolle', mandant.rolle('leser')] } as const;
    const akteur = { ...person.ctx.akteur, rechte: new Set(rechte) };
    const ctx = { ...person.ctx, akteur: umfang ? { ...akteur, id: randomUUID(), vertretenId: person.id, umfang: { klassen: umfang } } : akteur };
    const letzte = new Map<string, { stufe: Stufe; zeit: Zeit }>();
    const { ids, kisten, stuecke } = await database.write(mandant.system, async (tx) => {
      await updateGeheimschutz(tx, { aktiv: true, aktenzeichen: 'x', freigabeVom: '2026-01-01' }, 0);
      const places = [await getWurzelSchutzbereich(tx)];
      for (let i = 0; i < PLACES; i++) places.push(await createSchutzbereich(tx, { bezeichnung: `${i}`, parentId: places[parents[i]!]!, erbt: !cuts[i], klasse: eigeneKlassen[i]! }));
      const boxes: string[] = [];
      for (const { place, wer, stufe: s, zeit: z } of objekte) {
        const [[subjektArt, subjekt], objektId] = [of[wer], randomUUID()];
        boxes.push(objektId);
        behaelter.set(objektId, places[place]!);
        const { gueltigVon: von, gueltigBis: bis } = zeiten[z] as { gueltigVon?: string; gueltigBis?: string };
        await grantObjektfreigabe(tx, { objektTyp: 'behaelter', objektId, subjektArt, subjekt, stufe: s, zweck: 'Aufgabe', von: von ?? '2019-01-01T00:00:00Z', ...(bis && { bis }) });
      }
      const items = [];
      for (const { objekt, place } of inhalt) {
        const box = objekt % boxes.length;
        items.push({ box, place, id: await grantFreigabe(tx, { schutzId: places[place]!, subjektArt: 'oe', subjekt: boxes[box]!, stufe: 'sehen' }) });
      }
      return { ids: places, kisten: boxes, stuecke: [...new Map(items.map((i) => [i.id, i])).values()] };
    });
    for (const [n, { place, wer, stufe: s, zeit: z }] of grants.entries()) {
      const [subjektArt, subjekt] = of[wer];
      await database.write(mandant.system, (tx) => grantFreigabe(tx, { schutzId: ids[place]!, subjektArt, subjekt, stufe: s, ...zeiten[z] }));
      letzte.set(`${place} ${wer}`, { stufe: s, zeit: z });
      if (n % 2 === 0) await database.read(ctx, (tx) => resolveReichweite(tx));
    }
    // The model, beside the database.
    const gilt = (z: Zeit) => z === 'immer' || z === 'jetzt';
    const geschnitten = (place: number) => place === 0 || cuts[place - 1]! || eigeneKlassen[place - 1] !== null;
    const klasseVon = (place: number): Klasse | null => (place === 0 ? null : eigeneKlassen[place - 1] ?? klasseVon(parents[place - 1]!));
    const erlaubt = (place: number) => { const k = klasseVon(place); return k === null || umfang === null || umfang.includes(k); };
    const geerbt = (place: number): number => {
      const here = (['person', 'rolle', 'oe'] as const).map((wer) => { const g = letzte.get(`${place} ${wer}`); return g && gilt(g.zeit) ? stufen.indexOf(g.stufe) : -1; });
      return Math.max(...here, geschnitten(place) ? -1 : geerbt(parents[place - 1]!));
    };
    const erreicht = (von: number, place: number): boolean => von === place || (!geschnitten(place) && erreicht(von, parents[place - 1]!));
    const rank = (s: { box: number; place: number }) => {
      const o = objekte[s.box]!;
      const einzeln = o.wer !== 'fremde' && gilt(o.zeit) && erreicht(o.place, s.place) ? stufen.indexOf(o.stufe) : -1;
      return erlaubt(s.place) ? Math.max(geerbt(s.place), einzeln) : -1;
    };
    await database.read(ctx, async (tx) => {
      const alle = stuecke.map((s) => s.id);
      expect(await getKlassen(tx, ids)).toEqual(new Map(ids.flatMap((id, place) => { const k = klasseVon(place); return k ? [[id, k] as const] : []; })));
      const reichweite = await resolveReichweite(tx);
      expect(reichweite === 'alle' ? null : new Map([...reichweite.klassen].toSorted())).toEqual(new Map([...await getKlassen(tx, ids)].toSorted()));
      for (const [n, recht] of rechte.entries()) {
        const expected = stuecke.filter((s) => rank(s) >= n).map((s) => s.id).toSorted();
        const listed = await db.read(tx).selectFrom('zugriff.freigabe').select('id').where('id', 'in', alle).where(await policy.visible(tx, recht)).execute();
        expect(listed.map((r) => r.id).toSorted()).toEqual(expected);
        expect([...(await policy.allowed(tx, recht, alle))].toSorted()).toEqual(expected);
        for (const s of stuecke) {
          const answer = await policy.authorize(tx, recht, s.id).then((row) => row.rechte.length, (error: AppError) => -error.status);
          expect(answer).toBe(rank(s) < 0 ? -404 : rank(s) < n ? -403 : rank(s) + 1);
          expect(await policy.authorizeIn(tx, recht, ids[s.place]!, [kisten[s.box]!]).then(() => true, () => false)).toBe(rank(s) >= n);
        }
      }
    });
  }), { numRuns: 25 });
});

test('BE-06 a grant to one object counts from the next request on, is taken back by what it was given for, and leaves nobody’s resolved reach void', async () => {
  const mandant = newMandant();
  const { ctx, id } = mandant.as('sachbearbeitung');
  const objektId = randomUUID();
  const anlass = { typ: 'aufgabe', id: randomUUID() };
  const schutzId = await database.write(mandant.system, (tx) => createSchutzbereich(tx, { bezeichnung: 'x' }));
  behaelter.set(objektId, schutzId);
  const reach = () => database.read(ctx, async (tx) => { const r = await resolveReichweite(tx); return r === 'alle' ? r : r.objekte?.lesen; });
  const stand = () => database.read(ctx, async (tx) => (await db.read(tx).selectFrom('zugriff.stand').select('stand').executeTakeFirst())?.stand);
  expect(await reach()).toBeUndefined();
  const vorher = await stand();
  await database.write(mandant.system, (tx) => grantObjektfreigabe(tx, { objektTyp: 'behaelter', objektId, subjektArt: 'person', subjekt: id, stufe: 'lesen', zweck: 'Mitzeichnung', anlass }));
  expect(await reach()).toEqual([{ ids: [objektId], schutz: [schutzId] }]);
  await database.write(mandant.system, (tx) => revokeObjektfreigabe(tx, { anlass }));
  expect(await reach()).toBeUndefined();
  expect(await stand()).toBe(vorher);
  expect((await mandant.ereignisse()).filter((e) => e.art.startsWith('objektfreigabe')).map((e) => [e.art, e.objekte, e.daten.zweck])).toEqual([
    ['objektfreigabe.erteilt', ['behaelter', 'benutzer', 'objektfreigabe'], 'Mitzeichnung'], ['objektfreigabe.entzogen', ['behaelter', 'benutzer', 'objektfreigabe'], 'Mitzeichnung'],
  ]);
});

test('BE-06 a change of Schutzbereiche or Freigaben that is not counted does not commit: others would go on with what they remember', async () => {
  const mandant = newMandant();
  const schutzId = await database.write(mandant.system, (tx) => createSchutzbereich(tx, { bezeichnung: 'x' }));
  await expect(database.write(mandant.system, async (tx) => {
    await db.write(tx).updateTable('zugriff.schutzbereich').set({ bezeichnung: 'y' }).where('id', '=', schutzId).execute();
    await tx.record({ art: 'schutzbereich.geaendert', objekte: { schutzbereich: schutzId } });
  })).rejects.toMatchObject({ code: 'EA003' });
});

test('BE-06 a grant begins and ends by itself, though nobody changed anything and the reach is remembered', async () => {
  const mandant = newMandant();
  const { ctx, id } = mandant.as('sachbearbeitung');
  const schutzId = await product.write(mandant.system, (tx) => createSchutzbereich(tx, { bezeichnung: 'x' }));
  const reach = () => product.read(ctx, async (tx) => { const r = await resolveReichweite(tx); return r === 'alle' ? r : r.lesen; });
  const in_ = (ms: number) => new Date(Date.now() + ms).toISOString();
  await product.write(mandant.system, (tx) => grantFreigabe(tx, { schutzId, subjektArt: 'person', subjekt: id, stufe: 'lesen', gueltigVon: in_(1500), gueltigBis: in_(4000) }));
  expect(await reach()).toEqual([]);
  await vi.waitFor(async () => expect(await reach()).toEqual([schutzId]), { timeout: 20_000, interval: 100 });
  await vi.waitFor(async () => expect(await reach()).toEqual([]), { timeout: 20_000, interval: 100 });
});

test('a guest has what was given to guests and nothing else, whatever their ids; for the whole Mandant it reaches behind every cut', async () => {
  const mandant = newMandant();
  const { ctx, id } = mandant.as('sachbearbeitung', ['oe']);
  const gast = { ...ctx, akteur: { ...ctx.akteur, art: 'gast' as const } };
  const ids = await product.write(mandant.system, async (tx) => {
    const oben = await createSchutzbereich(tx, { bezeichnung: 'x' });
    const unten = await createSchutzbereich(tx, { bezeichnung: 'y', parentId: oben, erbt: false, klasse: 'personal' });
    await grantFreigabe(tx, { schutzId: oben, subjektArt: 'person', subjekt: id, stufe: 'verwalten' });
    await grantFreigabe(tx, { schutzId: unten, subjektArt: 'oe', subjekt: mandant.oe('oe'), stufe: 'verwalten' });
    return [await getWurzelSchutzbereich(tx), oben, unten];
  });
  const reach = () => product.read(gast, async (tx) => { const r = await resolveReichweite(tx); return r === 'alle' ? r : [r.lesen.toSorted(), r.bearbeiten]; });
  expect(await reach()).toEqual([[], []]);
  await product.write(mandant.system, (tx) => grantObjektfreigabe(tx, { objektTyp: 'mandant', objektId: mandant.mandantId, subjektArt: 'gast', subjekt: id, stufe: 'lesen', zweck: 'Notzugriff', bis: new Date(Date.now() + 3_600_000) }));
  expect(await reach()).toEqual([ids.toSorted(), []]);
});

test('bad input: no circle, no grant whose end lies before its beginning, none for an unknown object', async () => {
  const mandant = newMandant();
  const { a, b } = await product.write(mandant.system, async (tx) => {
    const oben = await createSchutzbereich(tx, { bezeichnung: 'a' });
    return { a: oben, b: await createSchutzbereich(tx, { bezeichnung: 'b', parentId: oben }) };
  });
  const refused = (work: Parameters<typeof product.write>[1]) => product.write(mandant.system, work).then(() => 'nothing', (e: AppError) => e.code);
  expect(await refused((tx) => moveSchutzbereiche(tx, { ids: [a], parentId: b }))).toBe('schutzbereich.kreis');
  expect(await refused((tx) => moveSchutzbereiche(tx, { ids: [a], parentId: a }))).toBe('schutzbereich.kreis');
  expect(await refused((tx) => grantObjektfreigabe(tx, { objektTyp: 'akte', objektId: randomUUID(), subjektArt: 'rolle', subjekt: mandant.rolle('leser'), stufe: 'lesen', zweck: 'x' }))).toBe('freigabe.objekt_unbekannt');
  expect(await refused((tx) => grantObjektfreigabe(tx, { objektTyp: 'mandant', objektId: mandant.mandantId, subjektArt: 'person', subjekt: randomUUID(), stufe: 'lesen', zweck: 'x' }))).toBe('freigabe.subjekt_unbekannt');
  expect(await refused((tx) => grantObjektfreigabe(tx, { objektTyp: 'mandant', objektId: mandant.mandantId, subjektArt: 'rolle', subjekt: mandant.rolle('leser'), stufe: 'lesen', zweck: 'x', bis: '2020-01-01T00:00:00Z' }))).toBe('freigabe.zeitraum_verkehrt');
  // Two moves at once that would close a circle between them: one of them is refused.
  const c = await product.write(mandant.system, (tx) => createSchutzbereich(tx, { bezeichnung: 'c' }));
  const both = await Promise.all([refused((tx) => moveSchutzbereiche(tx, { ids: [a], parentId: c })), refused((tx) => moveSchutzbereiche(tx, { ids: [c], parentId: b }))]);
  expect(both.toSorted()).toEqual(['nothing', 'schutzbereich.kreis']);
});
