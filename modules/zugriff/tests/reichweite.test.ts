import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { AppError } from '#platform/server/errors.ts';
import { definePolicy, stufen, type Stufe } from '#platform/server/policy.ts';
import { tables } from '#platform/server/tx.ts';
import { database, newMandant } from '#platform/testing/test.ts';
import { createSchutzbereich, createSchutzbereiche, getWurzelSchutzbereich, grantFreigabe, resolveReichweite, revokeFreigabe } from '../server/index.ts';
import { voidReichweiten } from '../server/reichweite.ts';
import type { ZugriffTables } from '../server/tables.gen.ts';

vi.setConfig({ testTimeout: 120_000 });
const db = tables<ZugriffTables>();

/** Any table with a schutz_id will do: here the grants themselves, one marker in each Schutzbereich. */
const rechte = ['x.sehen', 'x.lesen', 'x.bearbeiten', 'x.verwalten'] as const;
const policy = definePolicy<ZugriffTables, 'zugriff.freigabe', (typeof rechte)[number]>('zugriff.freigabe', 'Marke', {
  'x.sehen': { stufe: 'sehen', rollen: [] }, 'x.lesen': { stufe: 'lesen', rollen: [] }, 'x.bearbeiten': { stufe: 'bearbeiten', rollen: [] }, 'x.verwalten': { stufe: 'verwalten', rollen: [] },
}, resolveReichweite);

const PLACES = 6;
const subjekte = ['person', 'rolle', 'oe-a', 'oe-b', 'fremde oe', 'fremde person', 'fremde rolle'] as const;
type Grant = { place: number; wer: (typeof subjekte)[number]; stufe: Stufe | null };
const world = fc.record({
  parents: fc.tuple(...Array.from({ length: PLACES }, (_, i) => fc.nat(i))), // 0 is the root, n > 0 an earlier place
  cuts: fc.array(fc.boolean(), { minLength: PLACES, maxLength: PLACES }),
  grants: fc.array(fc.record({ place: fc.nat(PLACES), wer: fc.constantFrom(...subjekte), stufe: fc.option(fc.constantFrom(...stufen), { freq: 4 }) }), { maxLength: 10 }) as fc.Arbitrary<Grant[]>,
});

test('BE-01 list, check and bulk answer are one rule, for any tree, cuts, grants and grants taken back', async () => {
  await fc.assert(fc.asyncProperty(world, async ({ parents, cuts, grants }) => {
    const mandant = newMandant();
    const person = mandant.as('sachbearbeitung', ['oe-a', 'oe-b']);
    const fremd = mandant.as('leser', ['fremde oe']);
    const ctx = { ...person.ctx, akteur: { ...person.ctx.akteur, rechte: new Set(rechte) } };
    const of = {
      person: ['person', person.id], rolle: ['rolle', mandant.rolle('sachbearbeitung')], 'oe-a': ['oe', mandant.oe('oe-a')], 'oe-b': ['oe', mandant.oe('oe-b')],
      'fremde oe': ['oe', mandant.oe('fremde oe')], 'fremde person': ['person', fremd.id], 'fremde rolle': ['rolle', mandant.rolle('leser')],
    } as const;
    const { ids, marken } = await database.write(mandant.system, async (tx) => {
      const places = [await getWurzelSchutzbereich(tx)];
      for (let i = 0; i < PLACES; i++) places.push(await createSchutzbereich(tx, { bezeichnung: `${i}`, parentId: places[parents[i]!]!, erbt: !cuts[i] }));
      const marks: string[] = [];
      for (const schutzId of places) marks.push(await grantFreigabe(tx, { schutzId, subjektArt: 'oe', subjekt: randomUUID(), stufe: 'sehen' }));
      return { ids: places, marken: marks };
    });
    // The model, beside the database: the last word to a subject at a place counts, the best Stufe on the way up to a cut.
    const last = new Map<string, Stufe>();
    for (const [n, { place, wer, stufe }] of grants.entries()) {
      const [subjektArt, subjekt] = of[wer];
      // Several transactions, so that what one request has resolved must not serve the next one.
      await database.write(mandant.system, async (tx): Promise<unknown> => (stufe ? grantFreigabe(tx, { schutzId: ids[place]!, subjektArt, subjekt, stufe }) : revokeFreigabe(tx, { schutzId: ids[place]!, subjektArt, subjekt })));
      if (stufe) last.set(`${place} ${wer}`, stufe); else last.delete(`${place} ${wer}`);
      if (n % 3 === 0) await database.read(ctx, (tx) => resolveReichweite(tx));
    }
    const rank = (place: number): number => {
      const here = subjekte.slice(0, 4).map((wer) => stufen.indexOf(last.get(`${place} ${wer}`) as Stufe));
      return Math.max(...here, place > 0 && !cuts[place - 1] ? rank(parents[place - 1]!) : -1);
    };
    await database.read(ctx, async (tx) => {
      for (const [n, recht] of rechte.entries()) {
        const expected = marken.filter((_, place) => rank(place) >= n).toSorted();
        const listed = await db.read(tx).selectFrom('zugriff.freigabe').select('id').where('id', 'in', marken).where(await policy.visible(tx, recht)).execute();
        expect(listed.map((r) => r.id).toSorted()).toEqual(expected);
        expect([...(await policy.allowed(tx, recht, marken))].toSorted()).toEqual(expected);
        for (const [place, id] of marken.entries()) {
          const answer = await policy.authorize(tx, recht, id).then((row) => row.rechte.length, (error: AppError) => -error.status);
          expect(answer).toBe(rank(place) < 0 ? -404 : rank(place) < n ? -403 : rank(place) + 1);
          const inside = await policy.authorizeIn(tx, recht, ids[place]!).then(() => true, () => false);
          expect(inside).toBe(rank(place) >= n);
        }
      }
    });
  }), { numRuns: 25 });
});

test('BE-01 default deny: without a grant nothing is reached, and a Recht without Stufe permits nothing', async () => {
  const mandant = newMandant();
  const { ctx } = mandant.as('sachbearbeitung');
  await database.write(mandant.system, (tx) => createSchutzbereich(tx, { bezeichnung: 'x' }));
  expect(await database.read(ctx, resolveReichweite)).toEqual({ sehen: [], lesen: [], bearbeiten: [], verwalten: [], klassen: new Map(), gesperrt: new Set() });
});

test('a change counts from the next request on, in its own transaction at once, and not at all when rolled back', async () => {
  const mandant = newMandant();
  const { ctx, id } = mandant.as('sachbearbeitung');
  const schutzId = await database.write(mandant.system, (tx) => createSchutzbereich(tx, { bezeichnung: 'x' }));
  const freigabe = { schutzId, subjektArt: 'person', subjekt: id } as const;
  const reach = async () => { const r = await database.read(ctx, resolveReichweite); return r === 'alle' ? r : r.lesen; };
  expect(await reach()).toEqual([]);
  const inside = (work: (tx: Parameters<typeof grantFreigabe>[0]) => Promise<unknown>) => database.write(ctx, async (tx) => { const before = await resolveReichweite(tx); await work(tx); return [before, await resolveReichweite(tx)]; });
  await inside((tx) => grantFreigabe(tx, { ...freigabe, stufe: 'lesen' })).then(([before, after]) => { expect(before).toMatchObject({ lesen: [] }); expect(after).toMatchObject({ lesen: [schutzId] }); });
  expect(await reach()).toEqual([schutzId]);
  await database.write(ctx, async (tx) => { await revokeFreigabe(tx, freigabe); expect(await resolveReichweite(tx)).toMatchObject({ lesen: [] }); throw new Error('back'); }).catch(() => {});
  expect(await reach()).toEqual([schutzId]);
  await database.write(mandant.system, (tx) => revokeFreigabe(tx, freigabe));
  expect(await reach()).toEqual([]);
});

test('a reader who began before a change goes on with what was', async () => {
  const mandant = newMandant();
  const { ctx, id } = mandant.as('sachbearbeitung');
  const schutzId = await database.write(mandant.system, (tx) => createSchutzbereich(tx, { bezeichnung: 'x' }));
  await database.read(ctx, async (tx) => {
    await db.read(tx).selectFrom('zugriff.schutzbereich').select('id').execute();
    await database.write(mandant.system, (other) => grantFreigabe(other, { schutzId, subjektArt: 'person', subjekt: id, stufe: 'lesen' }));
    expect(await database.read(ctx, resolveReichweite)).toMatchObject({ lesen: [schutzId] });
    expect(await resolveReichweite(tx)).toMatchObject({ lesen: [] });
  });
});

test('five at once make one Schutzbereich of a Federführung, which its OE may work in', async () => {
  const { getSchutzbereichDerFederfuehrung } = await import('../server/index.ts');
  const mandant = newMandant();
  const organisationseinheitId = mandant.oe('63.1');
  const { ctx } = mandant.as('sachbearbeitung', ['63.1']);
  const parentId = await database.write(mandant.system, (tx) => createSchutzbereich(tx, { bezeichnung: 'Aktenplan 631.20' }));
  const ids = await Promise.all([1, 2, 3, 4, 5].map(() => database.write(mandant.system, (tx) => getSchutzbereichDerFederfuehrung(tx, { parentId, organisationseinheitId }))));
  expect(new Set(ids).size).toBe(1);
  expect(await database.read(ctx, resolveReichweite)).toMatchObject({ bearbeiten: [ids[0]], verwalten: [] });
});

test('L7 grants and a cut above thousands of Schutzbereiche take effect at once', async () => {
  const mandant = newMandant();
  const { ctx } = mandant.as('sachbearbeitung', ['oe']);
  const ids = Array.from({ length: 5000 }, () => randomUUID());
  const [first = '', cut = ''] = ids;
  await database.write(mandant.system, (tx) => createSchutzbereiche(tx, ids.map((id, i) => ({ id, bezeichnung: `${i}`, ...(i > 0 && { parentId: ids[Math.floor((i - 1) / 8)]! }) }))));
  const reached = async () => { const r = await database.read(ctx, resolveReichweite); return r === 'alle' ? -1 : r.lesen.length; };
  await database.write(mandant.system, (tx) => grantFreigabe(tx, { schutzId: first, subjektArt: 'oe', subjekt: mandant.oe('oe'), stufe: 'lesen' }));
  expect(await reached()).toBe(5000);
  await database.write(mandant.system, async (tx) => {
    await db.write(tx).updateTable('zugriff.schutzbereich').set({ erbt: false }).where('id', '=', cut).execute();
    await tx.record({ art: 'schutzbereich.geaendert', objekte: { schutzbereich: cut } });
    await voidReichweiten(tx);
  });
  expect(await reached()).toBeLessThan(4400);
});
