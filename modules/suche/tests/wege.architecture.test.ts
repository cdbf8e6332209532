import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { search } from '../server/suchen.ts';
import { getSuchfacetten } from '../server/facetten.ts';
import { Suchanfrage } from '../contract.ts';
import { ownerUrl } from '#platform/testing/database.ts';
import { queryAs } from '#platform/testing/test.ts';
import { mandantKuerzel } from '../server/analyse/lexem.ts';
import { database, newSuche } from './probe.ts';

const db = tables<any>();
/** How often this transaction has read the table row by row, and by each index: as the app role, through the functions of va_suche. */
async function wege(tx: ReadTx): Promise<Record<string, number>> {
  const { rows } = { rows: await db.read(tx).selectFrom(sql<{ name: string; n: number }>`(select c.relname::text as name, pg_stat_get_xact_numscans(c.oid)::int as n, 1 as mandant_id from pg_class c
    where c.oid = 'suche.eintrag'::regclass or c.oid in (select indexrelid from pg_index where indrelid = 'suche.eintrag'::regclass))`.as('s')).select(['name', 'n']).execute() };
  return Object.fromEntries(rows.map((r) => [r.name, r.n]));
}

test('hot queries as the app role: words by the text index, no words by the date index, never row by row', async () => {
  const s = await newSuche();
  // enough rows for the planner to weigh one way against the other
  const m = mandantKuerzel(s.mandantId);
  await s.add({ titel: 'Seltenheit' });
  await queryAs((name) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${s.mandantId}`)}`, `insert into suche.eintrag (mandant_id, id, typ, schutz_id, schutz_nr, datum, storniert, vektor)
    select '${s.mandantId}', gen_random_uuid(), 'probe', '${s.bereich}', 0, date '2020-01-01' + i / 10, false, array_to_tsvector(array['${m}wbescheid', '${m}wverfahr', '${m}w' || case when i % 400 = 0 then 'seltenheit' else 'hauptsach' end]) from generate_series(1, 20000) i`);
  await queryAs(ownerUrl, 'vacuum analyze suche.eintrag');
  const p = await s.reader();
  const frage = (q: string, more = {}) => Suchanfrage.parse({ q, ...more });
  const lauf = (work: (tx: ReadTx) => Promise<unknown>) => database.read(p.ctx, async (tx) => {
    const vorher = await wege(tx); // of what ran on this connection just before
    await work(tx);
    return Object.fromEntries(Object.entries(await wege(tx)).map(([name, n]) => [name, n - vorher[name]!]));
  });
  for (const [q, more] of [['Seltenheit', {}], ['Seltenheit Verfahren', {}], ['"Verfahren Seltenheit"', { umfang: 'genau' }], ['Selt*', { sort: 'relevanz' }], ['Seltenheit -Hauptsache', { sort: 'relevanz' }]] as const) {
    const w = await lauf((tx) => search(tx, frage(q, more)));
    expect([q, w.eintrag, (w.eintrag_vektor ?? 0) > 0]).toEqual([q, 0, true]);
  }
  const ohneWort = await lauf((tx) => search(tx, frage('')));
  expect([ohneWort.eintrag, (ohneWort.eintrag_datum ?? 0) > 0, ohneWort.eintrag_vektor]).toEqual([0, true, 0]);
  const zahl = await lauf((tx) => getSuchfacetten(tx, frage('Seltenheit')));
  expect([zahl.eintrag, (zahl.eintrag_vektor ?? 0) > 0]).toEqual([0, true]);
}, 30_000);
