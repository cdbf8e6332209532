import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { RequestContext } from '#platform/server/context.ts';
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
  const [einer] = await s.add({ titel: 'Seltenheit' });
  await queryAs((name) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${s.mandantId}`)}`, `insert into suche.eintrag (mandant_id, id, typ, schutz_id, schutz_nr, datum, storniert, vektor)
    select '${s.mandantId}', gen_random_uuid(), 'probe', '${s.bereich}', 0, date '2020-01-01' + i / 10, false, array_to_tsvector(array['${m}wbescheid', '${m}wverfahr', '${m}w' || case when i % 400 = 0 then 'seltenheit' else 'hauptsach' end]) from generate_series(1, 20000) i`);
  await queryAs(ownerUrl, 'vacuum analyze suche.eintrag');
  // Somebody who reads it all; the same with grants to single objects, and a protected class of which they only see that it is there; somebody with such grants alone.
  const [leser, gemischt, einzelner] = [await s.reader(), await s.reader(), s.person()];
  const geheim = await s.createBereich('geheim', 'personal');
  await s.add({ titel: 'Seltenheit', schutzId: geheim });
  await s.grant(geheim, gemischt.id, 'sehen');
  for (const p of [gemischt, einzelner]) await s.grantObjekt(einer!, p.id, 'lesen');
  const frage = (q: string, more = {}) => Suchanfrage.parse({ q, ...more });
  const lauf = (ctx: RequestContext, work: (tx: ReadTx) => Promise<unknown>) => database.read(ctx, async (tx) => {
    const vorher = await wege(tx); // of what ran on this connection just before
    await work(tx);
    return Object.fromEntries(Object.entries(await wege(tx)).map(([name, n]) => [name, n - vorher[name]!]));
  });
  for (const [wer, { ctx }] of Object.entries({ leser, gemischt, einzelner })) {
    for (const [q, more] of [['Seltenheit', {}], ['Seltenheit Verfahren', {}], ['"Verfahren Seltenheit"', { umfang: 'genau' }], ['Selt*', { sort: 'relevanz' }], ['Seltenheit -Hauptsache', { sort: 'relevanz' }]] as const) {
      const w = await lauf(ctx, (tx) => search(tx, frage(q, more)));
      expect([wer, q, w.eintrag, (w.eintrag_vektor ?? 0) > 0]).toEqual([wer, q, 0, true]);
    }
    const ohneWort = await lauf(ctx, (tx) => search(tx, frage('')));
    expect([wer, ohneWort.eintrag, (ohneWort.eintrag_datum ?? 0) > 0, ohneWort.eintrag_vektor]).toEqual([wer, 0, true, 0]);
    const zahl = await lauf(ctx, (tx) => getSuchfacetten(tx, frage('Seltenheit')));
    expect([wer, zahl.eintrag, (zahl.eintrag_vektor ?? 0) > 0]).toEqual([wer, 0, true]);
  }
}, 60_000);
