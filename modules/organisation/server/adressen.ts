import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { OrganisationTables } from './tables.gen.ts';

const db = tables<OrganisationTables>();

/** E-mail addresses of those who have one. */
export async function getBenutzerAdressen(tx: ReadTx, ids: readonly string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map();
  const rows = await db.read(tx).selectFrom('organisation.benutzer').select(['id', 'email']).where('id', 'in', [...new Set(ids)]).where('email', 'is not', null).execute();
  return new Map(rows.flatMap((r) => (r.email ? [[r.id, r.email] as const] : [])));
}

/** Who works in an OE itself, not above or below it. */
export async function listBenutzerDerOe(tx: ReadTx, organisationseinheitId: string): Promise<string[]> {
  const rows = await db.read(tx).selectFrom('organisation.zuordnung').select('benutzer_id').where('organisationseinheit_id', '=', organisationseinheitId).execute();
  return rows.map((r) => r.benutzer_id);
}
