import { sql } from 'kysely';
import { getInhalte, saveInhalt } from '#modules/ablage/server/index.ts';
import { insertEingang } from '#modules/posteingang/server/index.ts';
import { aktePolicy, vorgangPolicy } from '#modules/schriftgut/server/index.ts';
import { newId } from '#platform/server/ids.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { readAutomatik, type Kopf } from './kopf.ts';
import type { PostfachTables } from './tables.gen.ts';

const db = tables<PostfachTables>();
export type Ziel = { adresseId: string; objektTyp: 'akte' | 'vorgang'; objektId: string };

/** What mail comes to the desk of an office by: its own Rechte are those to look up whose Akte it is. */
export async function findAdresse(tx: ReadTx, token: string): Promise<Ziel | undefined> {
  const row = await db.read(tx).selectFrom('postfach.ablageadresse').select(['id', 'objekt_typ', 'objekt_id']).where('token', '=', token).where('beendet', 'is', null).executeTakeFirst();
  return row && { adresseId: row.id, objektTyp: row.objekt_typ, objektId: row.objekt_id };
}

/** From one sender within the last hour. */
export async function countJuengste(tx: ReadTx, absender: string): Promise<number> {
  const { n } = await db.read(tx).selectFrom('postfach.nachricht').select((eb) => eb.fn.countAll<number>().as('n')).where('absender', '=', absender).where('erfasst', '>', sql<string>`now() - interval '1 hour'`).executeTakeFirstOrThrow();
  return Number(n);
}

/** The basket of who is in charge of the Akte. Whether it files itself is decided when it has been read. Delivered twice it is here once. */
export async function storeZustellung(tx: WriteTx, ziel: Ziel, stored: Stored, kopf: Kopf, eigenerAbsender: string | undefined): Promise<void> {
  const known = await db.write(tx).selectFrom('postfach.nachricht').select('id').where('adresse_id', '=', ziel.adresseId).where('sha256', '=', stored.sha256).executeTakeFirst();
  if (known) return;
  const inhaltId = await saveInhalt(tx, stored, { mime: 'message/rfc822', dateiname: 'E-Mail.eml' });
  const inhalt = (await getInhalte(tx, [inhaltId])).get(inhaltId)!;
  const { automatik, arbeitslos } = readAutomatik(kopf, eigenerAbsender);
  const eingangId = await insertEingang(tx, { inhalt, kanal: 'e_mail', messageId: kopf.messageId, automatik: arbeitslos, organisationseinheitId: await readFederfuehrung(tx, ziel) });
  await db.write(tx).insertInto('postfach.nachricht').values({
    id: newId(), adresse_id: ziel.adresseId, sha256: stored.sha256, message_id: kopf.messageId, absender: kopf.absender, zustand: 'ganz', automatik, eingang_id: eingangId, inhalt_id: inhalt.id,
  }).execute();
}

async function readFederfuehrung(tx: WriteTx, { objektTyp, objektId }: Ziel): Promise<string> {
  const akteId = objektTyp === 'akte' ? objektId : (await vorgangPolicy.authorize(tx, 'vorgang.sehen', objektId)).akte_id;
  return (await aktePolicy.authorize(tx, 'akte.sehen', akteId)).federfuehrung_id;
}
