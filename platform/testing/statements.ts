import type pg from 'pg';

const OWN = /\b(from|join|into|update)\s+"?[a-z]+"?\."?[a-z_]+"?/i;

/**
 * Statements of the app role without a Mandant: below row level security they would still be right, but the planner could not use keys that begin
 * with mandant_id, and a sharded database would ask every machine. Calls of functions take the Mandant from the setting.
 */
export async function findStatementsWithoutMandant(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ query: string }>(`
    select distinct s.query from pg_stat_statements s join pg_roles r on r.oid = s.userid
    where r.rolname = 'va_app' and s.query ~* '^\\s*(with|select|insert|update|delete)\\M'`);
  return rows.map((r) => r.query).filter((q) => OWN.test(q) && !/\bmandant_id\b|on purpose without Mandant/.test(q) && !/\b(from|join)\s+"?(pg_catalog|information_schema)"?\./i.test(q) && !/^select (\* from )?[a-z_]+\.[a-z_]+\s*\(/i.test(q.trim()));
}
