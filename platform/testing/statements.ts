import type pg from 'pg';
import { OFFENE_FUNKTIONEN } from '../server/verteilung.ts';

const TABLE = /\b(?:from|join|into|update)\s+"?([a-z]+)"?\."?([a-z_]+)"?(?!["a-z_]|\s*\()/i;
const CALL = /(?<!["\w.])"?([a-z]+)"?\."?([a-z_]+)"?\s*\(/gi;
/** Of the system, or aliases; none of our schemas is called so. */
const FOREIGN = /^(?:pg_catalog|information_schema|bench)$/i;

/**
 * Statements of the app role that would leave their Mandant: without naming it they would still be right below row level security, but the planner could
 * not use keys that begin with mandant_id, and a sharded database would ask every machine. Functions take the Mandant from the setting; one that goes
 * beyond it is named (`comment on function … is 'Verbund: …'`), and is not called within a statement over a Mandant's tables, which runs where those lie.
 */
export async function findStatementsWithoutMandant(client: pg.Client, template: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ query: string }>(`
    select distinct s.query from pg_stat_statements s join pg_roles r on r.oid = s.userid
    where r.rolname = 'va_app' and s.query ~* '^\\s*(with|select|insert|update|delete)\\M'`);
  const open = await template.query<{ name: string; verbund: boolean }>(OFFENE_FUNKTIONEN);
  const verbund = new Set(open.rows.filter((f) => f.verbund).map((f) => f.name));
  return rows.map((r) => r.query).filter((q) => leavesMandant(q, verbund));
}
/** What a transaction records and the jobs it enqueues are one statement (platform/server/aufzeichnung.ts): the one that would have to be two. */
const RECORDS = /^\s*with r as materialized .* platform\.enqueue_all\(/s;

export function leavesMandant(query: string, verbund: ReadonlySet<string>): boolean {
  if (/on purpose without Mandant/.test(query) || RECORDS.test(query)) return false;
  const table = TABLE.exec(query);
  if (!table || FOREIGN.test(table[1]!)) return false;
  return !/\bmandant_id\b/.test(query) || [...query.matchAll(CALL)].some(([, schema, name]) => verbund.has(`${schema}.${name}`));
}
