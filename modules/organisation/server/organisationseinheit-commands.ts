import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { OrganisationseinheitErrors } from './organisationseinheit.ts';
import type { OrganisationTables } from './tables.gen.ts';

const db = tables<OrganisationTables>();

export type OrganisationseinheitAngaben = {
  parentId?: string | null | undefined; kennzeichen: string; bezeichnung: string; kuerzel?: string | undefined; ordnung?: number | undefined;
  gueltigAb?: string | null | undefined; gueltigBis?: string | null | undefined;
  /** Other Mandanten may name it as recipient. */
  adressierbar?: boolean | undefined;
};
type Aenderung = { [K in keyof OrganisationseinheitAngaben]?: OrganisationseinheitAngaben[K] | undefined };
const columns = (a: Aenderung) => ({
  ...(a.parentId !== undefined && { parent_id: a.parentId }), ...(a.kennzeichen !== undefined && { kennzeichen: a.kennzeichen }), ...(a.bezeichnung !== undefined && { bezeichnung: a.bezeichnung }),
  ...(a.kuerzel !== undefined && { kuerzel: a.kuerzel }), ...(a.ordnung !== undefined && { ordnung: a.ordnung }),
  ...(a.gueltigAb !== undefined && { gueltig_ab: a.gueltigAb }), ...(a.gueltigBis !== undefined && { gueltig_bis: a.gueltigBis }), ...(a.adressierbar !== undefined && { adressierbar: a.adressierbar }),
});

export async function createOrganisationseinheit(tx: WriteTx, angaben: OrganisationseinheitAngaben & { id?: string }): Promise<string> {
  const id = angaben.id ?? newId();
  requireOrder(angaben.gueltigAb, angaben.gueltigBis);
  if (angaben.parentId) requireWithin(await readEinheit(tx, angaben.parentId), angaben.gueltigBis ?? null);
  await db.write(tx).insertInto('organisation.organisationseinheit').values({ kennzeichen: angaben.kennzeichen, bezeichnung: angaben.bezeichnung, ...columns(angaben), id }).execute();
  await tx.record({ art: 'organisationseinheit.angelegt', objekte: { organisationseinheit: id }, daten: { kennzeichen: angaben.kennzeichen, bezeichnung: angaben.bezeichnung } });
  return id;
}

export async function updateOrganisationseinheit(tx: WriteTx, id: string, angaben: Aenderung, version: number): Promise<void> {
  const alt = await readEinheit(tx, id);
  requireVersion(alt, version);
  const neu = columns(angaben);
  requireOrder(neu.gueltig_ab === undefined ? alt.gueltig_ab : neu.gueltig_ab, neu.gueltig_bis === undefined ? alt.gueltig_bis : neu.gueltig_bis);
  if (neu.parent_id && neu.parent_id !== alt.parent_id) await requireAbove(tx, id, neu.parent_id);
  const nachher = { ...alt, ...neu };
  if (nachher.parent_id && (nachher.parent_id !== alt.parent_id || nachher.gueltig_bis !== alt.gueltig_bis)) requireWithin(await readEinheit(tx, nachher.parent_id), nachher.gueltig_bis);
  if (nachher.gueltig_bis && nachher.gueltig_bis !== alt.gueltig_bis) await requireNobodyBelow(tx, id, nachher.gueltig_bis);
  await db.write(tx).updateTable('organisation.organisationseinheit').set({ ...neu, version: alt.version + 1 }).where('id', '=', id).execute();
  const aenderungen = diff(alt, neu, ['parent_id', 'kennzeichen', 'bezeichnung', 'kuerzel', 'ordnung', 'gueltig_ab', 'gueltig_bis', 'adressierbar']);
  await tx.record({ art: 'organisationseinheit.geaendert', objekte: { organisationseinheit: id }, daten: { aenderungen } });
}

async function readEinheit(tx: ReadTx, id: string) {
  const row = await db.read(tx).selectFrom('organisation.organisationseinheit').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Organisationseinheit');
  return row;
}

/** Walks up from the new parent; the rows on the way are locked, so that two moves at once cannot close a ring between them. */
async function requireAbove(tx: ReadTx, id: string, parentId: string) {
  for (let above: string | null = parentId; above; above = (await readEinheit(tx, above)).parent_id) {
    if (above === id) throw OrganisationseinheitErrors.unter_sich_selbst();
  }
}

function requireOrder(ab: string | null | undefined, bis: string | null | undefined) {
  if (ab && bis && bis < ab) throw OrganisationseinheitErrors.gueltigkeit_verkehrt();
}

/** Nothing outlives what it lies in: a unit below one that has ended would be found nowhere in the tree. */
function requireWithin(obere: { gueltig_bis: string | null }, bis: string | null) {
  if (obere.gueltig_bis && (bis === null || bis > obere.gueltig_bis)) throw OrganisationseinheitErrors.obere_endet();
}
async function requireNobodyBelow(tx: ReadTx, id: string, bis: string) {
  const untere = await db.read(tx).selectFrom('organisation.organisationseinheit').select('bezeichnung').where('parent_id', '=', id)
    .where((eb) => eb.or([eb('gueltig_bis', 'is', null), eb('gueltig_bis', '>', bis)])).limit(1).executeTakeFirst();
  if (untere) throw OrganisationseinheitErrors.hat_untere();
}
