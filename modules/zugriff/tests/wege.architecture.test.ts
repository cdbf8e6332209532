import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { superUrl } from '#platform/testing/database.ts';
import { database, newMandant, queryAs } from '#platform/testing/test.ts';
import { getSchutzbereich, listFreigaben, listSchutzbereiche } from '../server/queries.ts';
import { getWurzelSchutzbereich, resolveReichweite } from '../server/index.ts';

const db = tables<any>();
const TABLES = ['schutzbereich', 'freigabe', 'objektfreigabe', 'stand'];
const inReplica = (name: string) => `${superUrl(name)}?options=${encodeURIComponent('-c session_replication_role=replica')}`;

/** How often this transaction has read each table row by row, and how many rows its indexes gave: as the app role, under row level security. */
async function wege(tx: ReadTx): Promise<Record<string, { seq: number; rows: number }>> {
  const rows = await db.read(tx).selectFrom(sql<{ name: string; seq: number; rows: number }>`(select c.relname::text as name, pg_stat_get_xact_numscans(c.oid)::int as seq,
      (select coalesce(sum(pg_stat_get_xact_tuples_returned(i.indexrelid)), 0)::int from pg_index i where i.indrelid = c.oid) as rows, 1 as mandant_id
    from pg_class c where c.relnamespace = 'zugriff'::regnamespace and c.relname = any(${TABLES}))`.as('s')).select(['name', 'seq', 'rows']).execute();
  return Object.fromEntries(rows.map((r) => [r.name, r]));
}
/** A tree of three levels with a Federführung below each leaf: 5,000 Schutzbereiche, 3,000 subjects with 9,000 Freigaben, as a county has them. */
async function fill(mandantId: string, wurzel: string, person: string) {
  const key = `left(replace('${mandantId}', '-', ''), 8)`;
  const id = (n: string) => `md5(${key} || 's' || (${n})::text)::uuid`;
  await queryAs(inReplica, `insert into zugriff.schutzbereich (mandant_id, id, parent_id, bezeichnung) select '${mandantId}', ${id('n')}, case when n <= 10 then '${wurzel}' when n <= 110 then ${id('1 + n % 10')} when n <= 1110 then ${id('11 + n % 100')} else ${id('111 + n % 1000')} end, 'Bereich ' || n from generate_series(1, 5000) n`);
  await queryAs(inReplica, `insert into zugriff.freigabe (mandant_id, id, schutz_id, subjekt_art, subjekt, stufe) select '${mandantId}', gen_random_uuid(), ${id('1 + n % 5000')}, 'oe', md5((n % 120 + n / 5000 * 200)::text)::uuid, 'bearbeiten' from generate_series(1, 9000) n`);
  await queryAs(inReplica, `insert into zugriff.freigabe (mandant_id, id, schutz_id, subjekt_art, subjekt, stufe) values ('${mandantId}', gen_random_uuid(), ${id('57')}, 'person', '${person}', 'lesen')`);
  await queryAs(inReplica, `insert into zugriff.objektfreigabe (mandant_id, id, objekt_typ, objekt_id, subjekt_art, subjekt, stufe, zweck) select '${mandantId}', gen_random_uuid(), 'dokument', gen_random_uuid(), 'person', md5(n::text)::uuid, 'lesen', 'Aufgabe' from generate_series(1, 2000) n`);
}

test('rights are resolved and shown by indexes, as the app role, among other Mandanten: a reach is walked once, and then costs a row', async () => {
  const mandant = newMandant(), nachbar = randomUUID();
  const p = mandant.as('registratur', []), wenig = mandant.as('leser', []);
  const wurzel = await database.write(mandant.system, (tx) => getWurzelSchutzbereich(tx));
  await fill(mandant.mandantId, wurzel, wenig.id);
  for (let i = 0; i < 4; i++) await fill(randomUUID(), nachbar, randomUUID());
  await queryAs(superUrl, 'update zugriff.stand set stand = stand + 1 where mandant_id = $1', [mandant.mandantId]);
  for (const t of TABLES) await queryAs(superUrl, `vacuum analyze zugriff.${t}`);
  const lauf = (wer: typeof p, work: (tx: ReadTx) => Promise<unknown>) => database.read(wer.ctx, async (tx) => {
    const vorher = await wege(tx); // of what ran on this connection just before
    await work(tx);
    const nachher = await wege(tx);
    return Object.fromEntries(TABLES.map((t) => [t, { seq: nachher[t]!.seq - vorher[t]!.seq, rows: nachher[t]!.rows - vorher[t]!.rows }]));
  });
  const page = { limit: 50, sort: 'bezeichnung' };
  const reads: Record<string, (tx: ReadTx) => Promise<unknown>> = {
    'reach of a person': (tx) => resolveReichweite(tx),
    'upper level': (tx) => listSchutzbereiche(tx, page),
    'below one': (tx) => listSchutzbereiche(tx, { ...page, parentId: [wurzel] }),
    'by words': (tx) => listSchutzbereiche(tx, { ...page, q: 'Bereich 4711' }),
    'one Schutzbereich': (tx) => getSchutzbereich(tx, wurzel),
    'grants of a subject': (tx) => listFreigaben(tx, { limit: 50, sort: '-erteilt', subjekt: [wenig.id] }),
    'grants of a Schutzbereich': (tx) => listFreigaben(tx, { limit: 50, sort: '-erteilt', schutzId: [wurzel] }),
  };
  for (const [name, work] of Object.entries(reads)) {
    const w = await lauf(wenig, work);
    expect([name, w.schutzbereich!.seq, w.freigabe!.seq, w.objektfreigabe!.seq]).toEqual([name, 0, 0, 0]);
  }
  // whoever has nothing looks at nothing; whoever has a Gruppe of ten units walks the Mandant's own tree, at most once a level
  const neu = await lauf(mandant.as('leser', []), (tx) => resolveReichweite(tx));
  expect(neu.schutzbereich!.rows).toBeLessThan(5);
  const reichweite = await database.read(wenig.ctx, (tx) => resolveReichweite(tx));
  expect(reichweite === 'alle' ? 0 : reichweite.lesen.length).toBeGreaterThan(40);
  await queryAs(superUrl, 'update zugriff.stand set stand = stand + 1 where mandant_id = $1', [mandant.mandantId]);
  expect((await lauf(wenig, (tx) => resolveReichweite(tx))).schutzbereich!.rows).toBeLessThan(4 * 5001);
  // and once it is known it costs the one row that says nothing has changed
  expect(await lauf(wenig, (tx) => resolveReichweite(tx))).toMatchObject({ schutzbereich: { seq: 0, rows: 0 }, freigabe: { seq: 0, rows: 0 } });
}, 120_000);
