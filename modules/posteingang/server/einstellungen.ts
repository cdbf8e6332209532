import type { z } from 'zod';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { api, Posteinstellungen } from '../contract.ts';
import type { PosteingangTables } from './tables.gen.ts';
import { VORGABE } from './zentral.ts';

const db = tables<PosteingangTables>();
type Aenderung = z.output<typeof api.updatePosteingangEinstellungen.body>;
const nichts = { ...VORGABE, organisationseinheit_id: null as string | null, version: 0 };

/** The central basket and the periods of this Mandant's post. */
export async function getEinstellungen(tx: ReadTx): Promise<z.input<typeof Posteinstellungen>> {
  const row = await db.read(tx).selectFrom('posteingang.einstellung').selectAll().executeTakeFirst() ?? nichts;
  const oe = row.organisationseinheit_id === null ? undefined : (await getOrganisationseinheitenKurz(tx, [row.organisationseinheit_id])).get(row.organisationseinheit_id);
  return {
    organisationseinheit: (oe ?? null) as never, fristZentral: row.frist_zentral, fristOe: row.frist_oe, vernichtungMonate: row.vernichtung_monate,
    version: row.version, rechte: ['eingang.sehen', 'posteingang.verwalten'].filter((r) => tx.ctx.akteur.rechte.has(r)),
  };
}

export async function updateEinstellungen(tx: WriteTx, ifMatch: number, { organisationseinheitId, fristZentral, fristOe, vernichtungMonate }: Aenderung) {
  if (organisationseinheitId && !(await getOrganisationseinheitenKurz(tx, [organisationseinheitId])).size) throw NotFound('Organisationseinheit');
  const old = await db.write(tx).selectFrom('posteingang.einstellung').selectAll().forUpdate().executeTakeFirst();
  requireVersion({ version: old?.version ?? 0 }, ifMatch);
  const alt = old ?? nichts;
  const neu = {
    organisationseinheit_id: organisationseinheitId === undefined ? alt.organisationseinheit_id : organisationseinheitId,
    frist_zentral: fristZentral ?? alt.frist_zentral, frist_oe: fristOe ?? alt.frist_oe, vernichtung_monate: vernichtungMonate ?? alt.vernichtung_monate,
  };
  const id = old?.id ?? newId();
  if (old) await db.write(tx).updateTable('posteingang.einstellung').set((eb) => ({ ...neu, version: eb('version', '+', 1) })).where('id', '=', id).execute();
  else await db.write(tx).insertInto('posteingang.einstellung').values({ id, ...neu }).execute();
  const felder = (r: typeof neu) => ({ organisationseinheitId: r.organisationseinheit_id, fristZentral: r.frist_zentral, fristOe: r.frist_oe, vernichtungMonate: r.vernichtung_monate });
  await tx.record({
    art: 'posteingang.eingestellt', objekte: { posteingangseinstellung: id, ...(neu.organisationseinheit_id && { organisationseinheit: neu.organisationseinheit_id }) },
    daten: { aenderungen: diff(felder(alt), felder(neu), ['organisationseinheitId', 'fristZentral', 'fristOe', 'vernichtungMonate']) },
  });
  return getEinstellungen(tx);
}
