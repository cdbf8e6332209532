import pg from 'pg';
import { expect, test } from 'vitest';
import { api } from '#modules/schriftgut/contract.ts';
import { api as suche } from '#modules/suche/contract.ts';
import { superUrl } from '#platform/testing/database.ts';
import { databaseName, queryAs } from '#platform/testing/test.ts';
import { createBestand } from '../daten/mandant.ts';

test('the generated county keeps every key and rule of the schema, though it was loaded past them, and is found, listed and told like any other', async () => {
  const sql = new pg.Client({ connectionString: superUrl(databaseName) });
  await sql.connect();
  const { mandant, zeugen, bestand } = await createBestand(sql, { dokumente: 2500, personen: 240, bereiche: 2300, absaetze: 200 });
  const keys = await queryAs(superUrl, `select c.conname as name, c.conrelid::regclass::text as von, c.confrelid::regclass::text as nach,
      array(select a.attname::text from unnest(c.conkey) with ordinality k (n, o) join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by o) as spalten,
      array(select a.attname::text from unnest(c.confkey) with ordinality k (n, o) join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by o) as ziel
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace where c.contype = 'f' and n.nspname not in ('graphile_worker')`) as { name: string; von: string; nach: string; spalten: string[]; ziel: string[] }[];
  expect(keys.length).toBeGreaterThan(40);
  const lose = [];
  for (const k of keys) {
    const [{ n }] = (await sql.query(`select count(*)::int as n from ${k.von} v where ${k.spalten.map((s) => `v.${s} is not null`).join(' and ')} and not exists (select from ${k.nach} z where ${k.spalten.map((s, i) => `z.${k.ziel[i]} = v.${s}`).join(' and ')})`)).rows as [{ n: number }];
    if (n) lose.push([k.name, n]);
  }
  expect(lose).toEqual([]);
  // every object is named by an Ereignis
  for (const t of ['akte', 'vorgang', 'dokument']) {
    expect((await sql.query(`select count(*)::int as n from schriftgut.${t} o where mandant_id = $1 and not exists (select from platform.ereignis_objekt e where (e.mandant_id, e.objekt_id) = (o.mandant_id, o.id))`, [mandant.mandantId])).rows[0].n).toBe(0);
  }
  // what each may see, exactly
  const anzahl = await Promise.all(zeugen.map(async (z) => (await z.call(api.listDokumente, { query: { limit: 10 } })).gesamt));
  expect(anzahl[2]).toBe(bestand.dokumente);
  expect(anzahl[1]! / bestand.dokumente).toBeCloseTo(0.5, 1);
  expect(anzahl[0]! / bestand.dokumente).toBeGreaterThan(0.002);
  expect(anzahl[0]! / bestand.dokumente).toBeLessThan(0.025);
  const [dokument] = (await zeugen[2]!.call(api.listDokumente, { query: { limit: 10 } })).eintraege;
  expect((await zeugen[2]!.call(suche.search, { query: { q: dokument!.betreff } as never })).eintraege.length).toBeGreaterThan(0);
  const [akte] = (await zeugen[2]!.call(api.listAkten, { query: { limit: 10 } })).eintraege;
  expect((await zeugen[2]!.call(api.listInhaltAkte, { params: { id: akte!.id }, query: {} as never })).gesamt).toBe(4);
  // and work goes on in it
  const neu = await zeugen[2]!.call(api.createVorgang, { body: { akteId: akte!.id, betreff: 'danach' } });
  expect(neu.nummer).toBe(5);
  await sql.end();
}, 120_000);
