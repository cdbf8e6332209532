import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { get, operations } from '../contract.ts';
import { inAllenHaeusern } from '../haeuser-contract.ts';
import { setMarke } from '../server/list.ts';
import { defineModule, route } from '../server/module.ts';
import { tables } from '../server/tx.ts';
import { superUrl } from '../testing/database.ts';
import { buildTestHttp, modules, newMandant, queryAs } from '../testing/test.ts';

vi.setConfig({ testTimeout: 30_000 });
const db = tables<Record<never, never>>();
const api = operations({
  listZahlen: get('/zahlen', {
    summary: 'Zahlen', access: 'angemeldet', gast: true, query: z.object({ limit: z.coerce.number().default(10), cursor: z.string().optional() }),
    returns: z.object({ eintraege: z.array(z.object({ id: z.uuid(), n: z.number() })), gesamt: z.number(), weiter: z.string().nullable() }),
  }),
});
/** What lies in each house, and what is the matter with it. */
const inhalt = new Map<string, { id: string; n: number }[]>();
const schlaeft = new Set<string>(), kaputt = new Set<string>();
let gleichzeitig = 0, hoechste = 0;
const probe = defineModule({
  name: 'probe',
  routes: [route(api.listZahlen, {
    haeuser: { ordnung: (a, b) => b.n - a.n },
    async handle(tx, { query: { limit, cursor = '0' } }) {
      const { mandantId, akteur } = tx.ctx;
      hoechste = Math.max(hoechste, ++gleichzeitig);
      try {
        if (schlaeft.has(mandantId)) await db.read(tx).selectFrom(sql`pg_sleep(20)`.as('s') as never).selectAll().execute();
        if (kaputt.has(mandantId)) await db.read(tx).selectFrom(sql`no_such_function()`.as('s') as never).selectAll().execute();
        await db.read(tx).selectFrom(sql`pg_sleep(0.01)`.as('s') as never).selectAll().execute();
      } finally { gleichzeitig--; }
      const alle = inhalt.get(mandantId) ?? [], von = Number(cursor);
      const eintraege = alle.slice(von, von + limit).map((e) => ({ ...e }));
      eintraege.forEach((e, i) => { setMarke(e, String(von + i + 1)); });
      if (akteur.art === 'gast') for (const { id } of eintraege) tx.gelesen.set(id, { typ: 'akte', id, art: 'gesehen' });
      return { eintraege, gesamt: alle.length, weiter: von + limit < alle.length ? String(von + limit) : null };
    },
  })],
});
let offen: string[] = [];
const hausVon = (id: string) => ({ id, name: `Haus ${id}`, bezeichnung: 'Haus', kuerzel: 'XX', farbe: 'blau' });
const wege = defineModule({
  name: 'wege',
  sichten: [{
    art: 'bei', enter: async (_database, own) => own,
    haeuser: async (tx) => (offen.length ? {
      eigenes: hausVon(tx.ctx.mandantId),
      andere: offen.map((id) => ({ haus: hausVon(id), enter: async () => ({ ...tx.ctx, mandantId: id, akteur: { ...tx.ctx.akteur, art: 'gast' as const, herkunft: { mandantId: tx.ctx.mandantId, name: 'Heim' } } }) })),
    } : undefined),
  }],
});
const http = await buildTestHttp([...modules.filter((m) => !m.sichten?.length), probe, wege]);
afterAll(() => http.close());
const liste = inAllenHaeusern(api.listZahlen);
function newWelt(anderer: number, jeHaus = 2) {
  const heim = newMandant(), haeuser = Array.from({ length: anderer }, () => newMandant().mandantId);
  const person = heim.as('leser', [], http);
  offen = haeuser;
  [heim.mandantId, ...haeuser].forEach((id, h) => inhalt.set(id, Array.from({ length: jeHaus }, (_, i) => ({ id: randomUUID(), n: 1000 - i * 10 - h }))));
  return { heim, haeuser, person, ask: (query: object = {}) => person.call(liste, { query }) };
}

test('BE-03 a house that does not answer in time, or fails, is named and the others are shown', async () => {
  const { haeuser: [gut, langsam, falsch], ask } = newWelt(3);
  schlaeft.add(langsam!);
  kaputt.add(falsch!);
  const seite = await ask();
  expect([seite.eintraege.map((e) => e.n), seite.gesamt, seite.weiter]).toEqual([[1000, 999, 990, 989], 4, null]);
  expect(seite.haeuser.slice(1).map((h) => [h.id, h.stand, h.anzahl])).toEqual([[gut, 'da', 2], [langsam, 'nicht_erreichbar', null], [falsch, 'nicht_erreichbar', null]]);
  // the database has ended what was asked of it: nothing goes on in the dark
  await vi.waitFor(async () => expect(await queryAs(superUrl, `select 1 from pg_stat_activity where query like '%pg_sleep(20)%' and state = 'active' and pid <> pg_backend_pid() and datname = current_database()`)).toEqual([]), { timeout: 10_000, interval: 200 });
});

test('BE-03 what a house had missed is made up on the next page, without gap or double', async () => {
  const { haeuser: [eins, zwei], ask } = newWelt(2, 3);
  kaputt.add(zwei!);
  const erste = await ask({ limit: 3 });
  kaputt.delete(zwei!);
  const zweite = await ask({ limit: 100, cursor: erste.weiter });
  const ids = [...erste.eintraege, ...zweite.eintraege].map((e) => e.id);
  expect(new Set(ids).size).toBe(9);
  expect(ids.toSorted()).toEqual([...inhalt.values()].flat().map((e) => e.id).filter((id) => ids.includes(id)).toSorted());
  expect([zweite.gesamt, zweite.weiter, zweite.haeuser.map((h) => h.stand), eins]).toEqual([9, null, ['da', 'da', 'da'], eins]);
});

test('BE-03 a house at which the access cannot be recorded shows nothing; nor any, where it cannot be recorded at home', async () => {
  const { heim, haeuser: [eins, zwei], ask } = newWelt(2);
  const sperre = `sperre_${randomUUID().slice(0, 8)}`;
  const refuse = (id: string) => queryAs(superUrl, `create function public.${sperre}() returns trigger language plpgsql as $$ begin if new.mandant_id = '${id}' then raise exception 'disk full'; end if; return new; end $$; create trigger ${sperre} before insert on platform.lesezugriff for each row execute function public.${sperre}()`);
  const allow = () => queryAs(superUrl, `drop function public.${sperre}() cascade`);
  await refuse(zwei!);
  const seite = await ask();
  await allow();
  expect([seite.eintraege.map((e) => e.haus?.id ?? null), seite.gesamt]).toEqual([[null, eins, null, eins], 4]);
  expect(seite.haeuser.map((h) => h.stand)).toEqual(['da', 'da', 'nicht_erreichbar']);
  // at home it is written where a guest was; if that fails nobody else's is shown
  await refuse(heim.mandantId);
  const ohne = await ask();
  await allow();
  expect([ohne.eintraege.map((e) => e.haus), ohne.haeuser.map((h) => h.stand)]).toEqual([[null, null], ['da', 'nicht_erreichbar', 'nicht_erreichbar']]);
});

test('BE-03 at most twenty others are asked, four at a time; those left out are named', async () => {
  const { ask } = newWelt(22, 1);
  hoechste = 0;
  const seite = await ask({ limit: 50 });
  expect([seite.eintraege.length, seite.haeuser.filter((h) => h.stand === 'ausgelassen').length]).toEqual([21, 2]);
  expect(hoechste).toBeLessThanOrEqual(5);
});

test('BE-03 who has no other house gets the own list, and no house is named', async () => {
  const { ask } = newWelt(0);
  expect(await ask()).toMatchObject({ gesamt: 2, haeuser: [], eintraege: [{ haus: null }, { haus: null }] });
});
