import { sql } from 'kysely';
import { NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { formatAdresse, newToken } from './adresse.ts';
import { getEinstellungen } from './einstellung.ts';
import { PostfachErrors } from './postfach.ts';
import type { PostfachTables } from './tables.gen.ts';

const db = tables<PostfachTables>();
export type Ort = { typ: 'akte' | 'vorgang'; id: string };

/** Whoever may file there may know and renew its address: to know it is to file. */
async function authorize(tx: ReadTx, { typ, id }: Ort) {
  const art = tx.extensions('schutzobjekt').find((s) => s.typ === typ);
  if (!art) throw NotFound('Objekt');
  await art.authorize(tx, 'bearbeiten', id);
}

export async function getAblageadresse(tx: ReadTx, ort: Ort, domaene: string | undefined) {
  await authorize(tx, ort);
  const row = await db.read(tx).selectFrom('postfach.ablageadresse').select(['token', 'angelegt']).where('objekt_typ', '=', ort.typ).where('objekt_id', '=', ort.id).where('beendet', 'is', null).executeTakeFirst();
  const { ablage } = await getEinstellungen(tx);
  return { adresse: row && domaene ? formatAdresse(tx.ctx.mandantId, row.token, domaene) : null, seit: row?.angelegt ?? null, moeglich: domaene !== undefined, ablage };
}

/** A new one; what somebody has noted down before is unknown from now on. The address itself is in no Ereignis. */
export async function createAblageadresse(tx: WriteTx, ort: Ort, domaene: string | undefined) {
  await authorize(tx, ort);
  if (domaene === undefined) throw PostfachErrors.kein_empfang();
  const frueher = await endAdresse(tx, ort);
  const id = newId();
  await db.write(tx).insertInto('postfach.ablageadresse').values({ id, objekt_typ: ort.typ, objekt_id: ort.id, token: newToken() }).execute();
  await tx.record({ art: frueher ? 'ablageadresse.erneuert' : 'ablageadresse.angelegt', objekte: { ablageadresse: id, [ort.typ]: ort.id } });
  return getAblageadresse(tx, ort, domaene);
}

export async function deleteAblageadresse(tx: WriteTx, ort: Ort, domaene: string | undefined) {
  await authorize(tx, ort);
  const id = await endAdresse(tx, ort);
  if (id === undefined) throw NotFound('E-Mail-Adresse');
  await tx.record({ art: 'ablageadresse.beendet', objekte: { ablageadresse: id, [ort.typ]: ort.id } });
  return getAblageadresse(tx, ort, domaene);
}
const endAdresse = async (tx: WriteTx, { typ, id }: Ort) => (await db.write(tx).updateTable('postfach.ablageadresse').set({ beendet: sql<string>`now()` }).where('objekt_typ', '=', typ).where('objekt_id', '=', id).where('beendet', 'is', null).returning('id').executeTakeFirst())?.id;
