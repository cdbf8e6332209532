import type pg from 'pg';
import { VERTEILUNG_FOLGE, VERTEILUNG_MAENGEL } from './verteilung.ts';

/** Keys that point to a table which is distributed later: taken away for that time, and made again as they were. */
const KREISE = `
  with f as (select * from unnest($1::text[]) with ordinality as f (name, stelle))
  select k.conrelid::regclass::text as tabelle, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as bau from pg_constraint k
  join f von on von.name = k.conrelid::regclass::text join f zu on zu.name = k.confrelid::regclass::text where k.contype = 'f' and zu.stelle > von.stelle order by 1, 2`;

/** The statements that distribute what is not distributed yet, in order; none where all is. `schon`: the tables that are. */
export async function planVerteilung(client: pg.ClientBase, schon: ReadonlySet<string> = new Set()): Promise<string[]> {
  const { rows: folge } = await client.query<{ name: string; art: string }>(VERTEILUNG_FOLGE);
  const offen = folge.filter((t) => !schon.has(t.name));
  if (!offen.length) return [];
  const { rows: kreise } = await client.query<{ tabelle: string; name: string; bau: string }>(KREISE, [offen.map((t) => t.name)]);
  const anker = folge.find((t) => t.art === 'mandant')?.name;
  return [
    ...kreise.map((k) => `alter table ${k.tabelle} drop constraint ${k.name}`),
    ...offen.map(({ name, art }) => (art === 'verbund' ? `select create_reference_table('${name}')` : `select create_distributed_table('${name}', 'mandant_id', colocate_with => '${name === anker ? 'none' : anker}')`)),
    ...kreise.map((k) => `alter table ${k.tabelle} add constraint ${k.name} ${k.bau}`),
  ];
}

/** Undefined: this is not a Citus. */
export async function readVerteilt(client: pg.ClientBase): Promise<Set<string> | undefined> {
  const { rowCount } = await client.query("select from pg_extension where extname = 'citus'");
  if (!rowCount) return undefined;
  const { rows } = await client.query<{ name: string }>('select table_name::text as name from citus_tables');
  return new Set(rows.map((r) => r.name));
}

/** In one transaction: a half distributed schema would refuse every write across the line. Answers how many tables were distributed. */
export async function distribute(client: pg.ClientBase, schon: ReadonlySet<string>): Promise<{ maengel: string[]; verteilt: number }> {
  const maengel = (await client.query<{ mangel: string }>(VERTEILUNG_MAENGEL)).rows.map((r) => r.mangel);
  if (maengel.length) return { maengel, verteilt: 0 };
  const plan = await planVerteilung(client, schon);
  await client.query('begin');
  try {
    // the guards of a COMMIT are triggers; they reach nothing beyond their row (VERTEILUNG_MAENGEL)
    await client.query("set local citus.enable_unsafe_triggers = on; set local citus.multi_shard_modify_mode = 'sequential'");
    for (const statement of plan) await client.query(statement);
    await client.query('commit');
  } catch (error) { await client.query('rollback'); throw error; }
  return { maengel: [], verteilt: plan.filter((s) => s.startsWith('select')).length };
}
