import { NotFound } from '#platform/server/errors.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { getMandant } from './mandant.ts';
import type { OrganisationTables } from './tables.gen.ts';

const db = tables<OrganisationTables>();

/** A person as another Mandant is to name them. */
export type Gast = { id: string; heimatId: string; titel: string; vorname: string; nachname: string; heimatName: string };

/** At home: what the host is told of a person of one's own. */
export async function presentAlsGast(tx: ReadTx, benutzerId: string): Promise<Gast> {
  const row = await db.read(tx).selectFrom('organisation.benutzer').select(['id', 'titel', 'vorname', 'nachname']).where('id', '=', benutzerId).executeTakeFirst();
  if (!row) throw NotFound('Person');
  const { id, name } = await getMandant(tx);
  return { ...row, heimatId: id, heimatName: name };
}

/** At the host: whether this guest is known by this name. */
export async function isGastBekannt(tx: ReadTx, gast: Gast): Promise<boolean> {
  const row = await db.read(tx).selectFrom('organisation.gast').selectAll().where('id', '=', gast.id).executeTakeFirst();
  return row !== undefined && row.titel === gast.titel && row.vorname === gast.vorname && row.nachname === gast.nachname && row.heimat_name === gast.heimatName;
}
export async function saveGast(tx: WriteTx, { id, heimatId, heimatName, ...name }: Gast): Promise<void> {
  await db.write(tx).insertInto('organisation.gast').values({ id, heimat_id: heimatId, heimat_name: heimatName, ...name })
    .onConflict((c) => c.columns(['mandant_id', 'id']).doUpdateSet({ heimat_name: heimatName, ...name })).execute();
}
/** At the host. */
export async function readGast(tx: ReadTx, id: string) {
  const row = await db.read(tx).selectFrom('organisation.gast').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Gast');
  return row;
}
