import pg from 'pg';
import { expect, test } from 'vitest';
import { planVerteilung } from '../server/verteilen.ts';
import { VERBUNDABFRAGEN, VERTEILUNG_MAENGEL } from '../server/verteilung.ts';
import { ownerUrl, superUrl } from '../testing/database.ts';
import { leavesMandant } from '../testing/statements.ts';
import { databaseName, queryAs } from '../testing/test.ts';

async function findings(...planted: string[]) {
  const client = new pg.Client({ connectionString: superUrl(databaseName) });
  await client.connect();
  try {
    await client.query('begin');
    for (const sql of planted) await client.query(sql);
    return (await client.query<{ mangel: string }>(VERTEILUNG_MAENGEL)).rows.map((r) => r.mangel);
  } finally { await client.end(); }
}
const t = ['create table schriftgut.t (mandant_id uuid not null, id uuid not null, akte_id uuid, primary key (mandant_id, id))', "select platform.isolate('schriftgut.t')"];
const fn = (body: string) => `create function schriftgut.f() returns bigint language sql security definer as $$ ${body} $$; grant execute on function schriftgut.f() to va_app`;

test('the schema keeps the rules of a database that is spread by mandant_id', async () => expect(await findings()).toEqual([]));
test.each([
  ['a key across Mandanten', ['alter table schriftgut.t add unique (id)'], 'schriftgut.t: unique index schriftgut.t_id_key does not begin with mandant_id'],
  ['a unique index across Mandanten', ['create unique index nur_id on schriftgut.t (lower(id::text), mandant_id)'], 'schriftgut.t: unique index schriftgut.nur_id does not begin with mandant_id'],
  ['a key that crosses its columns', ['alter table schriftgut.akte add constraint ux unique (mandant_id, version, id)', 'alter table schriftgut.t add constraint schief foreign key (akte_id, mandant_id) references schriftgut.akte (id, mandant_id)'], 'schriftgut.t: foreign key schief between tables of a Mandant does not begin with mandant_id on both sides'],
  ['a key that unsets', ['alter table schriftgut.t add constraint weg foreign key (mandant_id, akte_id) references schriftgut.akte (mandant_id, id) on delete set null'], 'schriftgut.t: foreign key weg changes mandant_id (set null, set default, on update)'],
  ['a table of the Verbund that points to one of a Mandant', ['create table schriftgut.v (id uuid primary key, m uuid, constraint hinein foreign key (m, id) references schriftgut.akte (mandant_id, id))', "select platform.verbund('schriftgut.v')"], 'schriftgut.v: foreign key hinein points to schriftgut.akte'],
  ['a trigger on a table of the Verbund', ['create trigger x after insert on organisation.konto for each row execute function platform.mark_recorded()'], 'organisation.konto: trigger x on a table of the Verbund'],
  ['a trigger for each statement', ['create trigger x after insert on schriftgut.t execute function platform.mark_recorded()'], 'schriftgut.t: trigger x is not for each row'],
  ['a trigger that reaches for another table', ['create function schriftgut.g() returns trigger language plpgsql as $$ begin update schriftgut.akte set version = 1; return null; end $$', 'create trigger x after insert on schriftgut.t for each row execute function schriftgut.g()'], 'schriftgut.t: trigger x reaches for schriftgut.akte'],
  ['a way to the Verbund that is not named', [fn('select count(*) from organisation.konto')], "schriftgut.f: names organisation.konto and does not say why (comment on function … is 'Verbund: …')"],
  ['a way to the queue that is not named', [fn('select count(*) from graphile_worker._private_jobs')], "schriftgut.f: names graphile_worker, graphile_worker._private_jobs and does not say why (comment on function … is 'Verbund: …')"],
  ['a function over all Mandanten', [fn('select count(*) from schriftgut.akte')], 'schriftgut.f: names tables of a Mandant without its mandant_id'],
])('finds %s', async (_, planted, finding) => expect(await findings(...t, ...planted)).toEqual([finding]));

/** Runs in a transaction that is taken back. */
async function asOwner<R>(work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: ownerUrl(databaseName) });
  await client.connect();
  try { await client.query('begin'); return await work(client); } finally { await client.end(); }
}
const KEYS = "select conrelid::regclass::text as von, confrelid::regclass::text as zu, conname as name, pg_get_constraintdef(oid) as bau from pg_constraint where contype = 'f' and connamespace <> 'graphile_worker'::regnamespace order by 1, 3";
const tableOf = (statement: string) => /_table\('([^']+)'/.exec(statement)?.[1];

test('the plan of distribution takes every table once, what a key points to first, and makes again the keys that go in a circle', () => asOwner(async (client) => {
  const plan = await planVerteilung(client);
  const folge = plan.map(tableOf).filter((name) => name !== undefined);
  const { rows: keys } = await client.query(KEYS);
  const { rows: [{ n }] } = await client.query("select count(*)::int as n from platform.tabelle where klasse <> 'intern'");
  expect([folge.length, new Set(folge).size]).toEqual([n, n]);
  const dropped = plan.filter((s) => s.includes(' drop constraint ')).map((s) => s.split(' ').at(-1));
  expect(keys.filter(({ von, zu, name }) => folge.indexOf(zu) > folge.indexOf(von) && !dropped.includes(name))).toEqual([]);
  for (const statement of plan.filter((s) => s.startsWith('alter'))) await client.query(statement);
  expect((await client.query(KEYS)).rows).toEqual(keys);
}));
test('tables of a Mandant lie together; a second run has nothing left to do, and one after a migration only what is new', () => asOwner(async (client) => {
  const plan = (await planVerteilung(client)).filter((s) => s.startsWith('select'));
  const [references, distributed] = [plan.filter((s) => s.includes('create_reference_table')), plan.filter((s) => s.includes('create_distributed_table'))];
  expect(references.map(tableOf)).toEqual((await client.query("select name from platform.tabelle where klasse = 'verbund'")).rows.map((r) => r.name).toSorted((a, b) => plan.findIndex((s) => tableOf(s) === a) - plan.findIndex((s) => tableOf(s) === b)));
  expect(distributed.slice(1).every((s) => s.endsWith(`colocate_with => '${tableOf(distributed[0]!)}')`))).toBe(true);
  const all = new Set(plan.map((s) => tableOf(s)!));
  expect(await planVerteilung(client, all)).toEqual([]);
  expect(await planVerteilung(client, new Set([...all].filter((name) => name !== 'schriftgut.akte')))).toEqual([`select create_distributed_table('schriftgut.akte', 'mandant_id', colocate_with => '${tableOf(distributed[0]!)}')`]);
}));

test('a request leaves its Mandant through named functions alone, each with its reason', async () => {
  const named = await queryAs(ownerUrl, VERBUNDABFRAGEN);
  expect(named.filter((n) => n.zweck.length < 10)).toEqual([]);
  expect(named.map((n) => n.name)).toEqual(expect.arrayContaining(['organisation.resolve_sitzung', 'organisation.list_mandanten', 'betrieb.list_auftraege', 'platform.enqueue_all']));
});

test.each([
  ['select "akte"."id" from "schriftgut"."akte" where "akte"."mandant_id" = $1', false],
  ['select "akte"."id" from "schriftgut"."akte" where id = $1', true],
  ['select * from organisation.list_mandanten() as "f"', false],
  ['select * from (select organisation.find_konto($1) as wert) as "f"', false],
  ['select a.id from schriftgut.akte a join organisation.list_mandanten() m on m.id = a.mandant_id', true],
  ['delete from organisation.sitzung', true],
])('of the statements of a run: %s', (query, found) => expect(leavesMandant(query, new Set(['organisation.list_mandanten', 'organisation.find_konto']))).toBe(found));
