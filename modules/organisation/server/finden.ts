import { sql } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import type { OrganisationTables } from './tables.gen.ts';

const db = tables<OrganisationTables>();

/** The OE that has this Kennzeichen today; a former bearer has ended. */
export async function findOrganisationseinheit(tx: ReadTx, kennzeichen: string): Promise<string | undefined> {
  return (await db.read(tx).selectFrom('organisation.organisationseinheit').select('id').where('kennzeichen', '=', kennzeichen).where('gueltig_bis', 'is', null).executeTakeFirst())?.id;
}

/** The first OE at the top of the tree: where something goes that names none. */
export async function findObersteOrganisationseinheit(tx: ReadTx): Promise<string | undefined> {
  return (await db.read(tx).selectFrom('organisation.organisationseinheit').select('id').where('parent_id', 'is', null)
    .orderBy(sql`gueltig_bis nulls first`).orderBy('ordnung').orderBy('kennzeichen').limit(1).executeTakeFirst())?.id;
}

/** Its last day is over. */
export async function isOrganisationseinheitBeendet(tx: ReadTx, id: string): Promise<boolean> {
  return (await db.read(tx).selectFrom('organisation.organisationseinheit').select('id').where('id', '=', id).where('gueltig_bis', '<', heute()).executeTakeFirst()) !== undefined;
}

/** Every OE that is there today, as letters may name it. */
export async function listGueltigeOes(tx: ReadTx): Promise<{ id: string; kennzeichen: string; bezeichnung: string; kuerzel: string }[]> {
  return db.read(tx).selectFrom('organisation.organisationseinheit').select(['id', 'kennzeichen', 'bezeichnung', 'kuerzel']).where((eb) => eb.or([eb('gueltig_bis', 'is', null), eb('gueltig_bis', '>=', heute())])).orderBy('kennzeichen').limit(2000).execute();
}
