import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();

/** The basket for post that names no OE; none set: the top of the authority. */
export async function getEinstellungen(tx: ReadTx) {
  const row = await db.read(tx).selectFrom('posteingang.einstellung').select(['organisationseinheit_id', 'version']).executeTakeFirst();
  const oe = row && (await getOrganisationseinheitenKurz(tx, [row.organisationseinheit_id])).get(row.organisationseinheit_id);
  return { organisationseinheit: (oe ?? null) as never, version: row?.version ?? 0, rechte: ['eingang.sehen', 'posteingang.verwalten'].filter((r) => tx.ctx.akteur.rechte.has(r)) };
}

export async function updateEinstellungen(tx: WriteTx, ifMatch: number, organisationseinheitId: string) {
  if (!(await getOrganisationseinheitenKurz(tx, [organisationseinheitId])).size) throw NotFound('Organisationseinheit');
  const old = await db.write(tx).selectFrom('posteingang.einstellung').selectAll().forUpdate().executeTakeFirst();
  requireVersion({ version: old?.version ?? 0 }, ifMatch);
  const id = old?.id ?? newId();
  if (old) await db.write(tx).updateTable('posteingang.einstellung').set((eb) => ({ organisationseinheit_id: organisationseinheitId, version: eb('version', '+', 1) })).where('id', '=', id).execute();
  else await db.write(tx).insertInto('posteingang.einstellung').values({ id, organisationseinheit_id: organisationseinheitId }).execute();
  await tx.record({ art: 'posteingang.eingestellt', objekte: { posteingangseinstellung: id, organisationseinheit: organisationseinheitId }, daten: { aenderungen: [{ feld: 'organisationseinheitId', alt: old?.organisationseinheit_id ?? null, neu: organisationseinheitId }] } });
  return getEinstellungen(tx);
}
