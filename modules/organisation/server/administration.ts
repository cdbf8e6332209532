import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { BenutzerErrors } from './benutzer.ts';
import { effectiveRechte } from './rolle.ts';
import type { OrganisationTables } from './tables.gen.ts';

const db = tables<OrganisationTables>();

/** The Rollen by which one may administer people; locked, so that two changes at once cannot each rely on the other's administrator. */
async function lockAdministrationsrollen(tx: ReadTx): Promise<string[]> {
  const rollen = await db.read(tx).selectFrom('organisation.rolle').select(['id', 'schluessel', 'rechte']).orderBy('id').forUpdate().execute();
  return rollen.filter((rolle) => effectiveRechte(tx.rechte, rolle).includes('benutzer.verwalten')).map((rolle) => rolle.id);
}
const findAdministration = (tx: ReadTx, rollen: readonly string[]) => db.read(tx).selectFrom('organisation.benutzer as b').innerJoin('organisation.benutzer_rolle as br', 'br.benutzer_id', 'b.id')
  .select('b.id').where('b.gesperrt', '=', false).where('br.rolle_id', 'in', [...rollen]);

export async function isAdministration(tx: WriteTx, benutzerId: string): Promise<boolean> {
  const rollen = await lockAdministrationsrollen(tx);
  return rollen.length > 0 && (await findAdministration(tx, rollen).where('b.id', '=', benutzerId).executeTakeFirst()) !== undefined;
}
/** After a change: somebody is left who can undo it. */
export async function requireAdministration(tx: WriteTx): Promise<void> {
  const rollen = await lockAdministrationsrollen(tx);
  if (!rollen.length || !(await findAdministration(tx, rollen).limit(1).executeTakeFirst())) throw BenutzerErrors.letzte_administration();
}
