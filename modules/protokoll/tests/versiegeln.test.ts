import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { tables } from '#platform/server/tx.ts';
import { database, io, newMandant } from '#platform/testing/test.ts';
import { kopfOf, siegelHash, siegelText } from '../server/format.ts';
import { append, emptyTree, leafHash, rootOf } from '../server/merkle.ts';
import { angabenOf } from '../server/versiegeln.ts';
import { asOwner, record, versiegeln } from './helfer.ts';

type Mandant = ReturnType<typeof newMandant>;
const siegelOf = (mandant: Mandant) => asOwner(mandant, 'select * from protokoll.siegel order by nr');
const folge = async (mandant: Mandant) => (await asOwner(mandant, 'select b.folge, e.art from protokoll.blatt b join platform.ereignis e on e.id = b.ereignis_id order by 1')).map((r) => [r.folge, r.art]);

test('PR-02: every Ereignis gets its place in the tree once; checkpoints are chained and signed', async () => {
  const mandant = newMandant();
  for (const anzahl of [3, 5]) { await record(mandant, anzahl); await versiegeln(mandant); await versiegeln(mandant); }
  const siegel = await siegelOf(mandant);
  const all = await asOwner(mandant, `select e.id, e.xid, e.zeit, e.art, e.fassung, e.akteur_art, e.akteur_id, e.vertreten_id, e.weg, e.korrelation_id, e.objekte::text, encode(e.daten_hash, 'hex') as daten_hash
    from platform.ereignis e order by e.xid, e.id`);
  expect(siegel.map((s) => s.nr)).toEqual([1, 2]);
  expect(siegel[1].groesse).toBe(all.length);
  let before = '0'.repeat(64);
  for (const s of siegel) {
    const text = siegelText(angabenOf(mandant.mandantId, s));
    expect(s.vorgaenger.toString('hex')).toBe(before);
    expect(io.siegel.verify(s.schluessel_id, text, s.unterschrift)).toBe(true);
    expect(io.siegel.verify(s.schluessel_id, `${text} `, s.unterschrift)).toBe(false);
    const tree = all.slice(0, s.groesse).reduce((t, e) => append(t, leafHash(JSON.stringify(kopfOf(mandant.mandantId, e)))), emptyTree);
    expect(rootOf(tree).equals(s.wurzel)).toBe(true);
    before = siegelHash(text);
  }
});

test('PR-02: a transaction that stays open over three seals loses nothing and comes in its order', async () => {
  const mandant = newMandant();
  await record(mandant, 1);
  await versiegeln(mandant);
  const start = (await folge(mandant)).length;
  let release = () => {};
  const held = new Promise<void>((resolve) => { release = resolve; });
  let begun = () => {};
  const open = new Promise<void>((resolve) => { begun = resolve; });
  const long = database.write(mandant.system, async (tx) => {
    await tables<any>().write(tx).selectFrom(sql`(select pg_current_xact_id())`.as('nr') as never).selectAll().execute(); // as its first write gives it
    await tx.record({ art: 'probe.lang', objekte: { probe: randomUUID() } });
    begun();
    await held;
  });
  await open;
  for (let seal = 0; seal < 3; seal++) {
    await record(mandant, 2);
    await versiegeln(mandant);
    expect(await folge(mandant)).toHaveLength(start); // all of them have a larger xid than the one still open
  }
  release();
  await long;
  await versiegeln(mandant);
  expect((await folge(mandant)).slice(start).map(([, art]) => art)).toEqual(['probe.lang', ...Array.from({ length: 6 }, () => 'probe.geaendert')]);
  expect((await asOwner(mandant, 'select 1 from platform.ereignis e where not exists (select from protokoll.blatt b where b.ereignis_id = e.id)'))).toEqual([]);
});

test('PR-02: two sealers at once make one checkpoint', async () => {
  const mandant = newMandant();
  await record(mandant, 20);
  await Promise.all([1, 2, 3].map(() => versiegeln(mandant)));
  await versiegeln(mandant);
  const rows = await folge(mandant);
  expect(rows.map(([n]) => n)).toEqual(rows.map((_, i) => i));
  expect((await siegelOf(mandant)).at(-1).groesse).toBe(rows.length);
});

test('PR-01: an Ereignis and its seal are append-only for the application', async () => {
  const mandant = newMandant();
  await record(mandant, 1);
  await versiegeln(mandant);
  for (const table of ['protokoll.blatt', 'protokoll.siegel', 'platform.ereignis', 'platform.ereignis_daten', 'platform.ereignis_objekt']) {
    await expect(database.write(mandant.system, (tx) => tables<any>().write(tx).deleteFrom(table as never).execute())).rejects.toMatchObject({ code: '42501' });
  }
});
