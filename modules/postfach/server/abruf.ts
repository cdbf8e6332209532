import { sql } from 'kysely';
import { z } from 'zod';
import { getInhalte, saveInhalt } from '#modules/ablage/server/index.ts';
import { insertEingang } from '#modules/posteingang/server/index.ts';
import { NACHRANG_MASSENARBEIT } from '#platform/server/context.ts';
import { newId } from '#platform/server/ids.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import { tables, type JobRef, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Abholung, Geholt, Offen, Versuch } from './imap.ts';
import { unvollstaendig, wartezeit } from './postfach.ts';
import type { PostfachTables } from './tables.gen.ts';

const db = tables<PostfachTables>();
/** One look at one mailbox; it queues the next one as long as something is left. Made in jobs.ts, named here so that commands need no I/O. */
export const abruf = { name: 'postfach.abruf', payload: z.object({ postfachId: z.uuid() }), priority: -8 } satisfies JobRef; // not behind the reading of what has come already, which is -5

/** Whoever fetches holds the mailbox so long: after that the clock takes it for dead and begins anew. */
const GEHALTEN = sql<string>`now() + interval '10 minutes'`;
const SCHUB = 200;

/** Mailboxes whose time has come; each is put into the queue once. */
export async function claimFaellige(tx: WriteTx): Promise<void> {
  const rows = await db.write(tx).updateTable('postfach.stand').set({ laeuft_bis: GEHALTEN })
    .where('naechster', '<=', sql<string>`now()`).where((eb) => eb.or([eb('laeuft_bis', 'is', null), eb('laeuft_bis', '<', sql<string>`now()`)]))
    .where('postfach_id', 'in', (eb) => eb.selectFrom('postfach.postfach').select('id').where('pausiert', '=', false).where('entfernt', 'is', null)).returning('postfach_id').execute();
  for (const { postfach_id } of rows) await tx.enqueue(abruf, { postfachId: postfach_id }, { key: postfach_id });
}

/** Undefined: stopped or removed meanwhile. */
export async function loadAbruf(tx: ReadTx, postfachId: string) {
  const row = await db.read(tx).selectFrom('postfach.postfach').selectAll().where('id', '=', postfachId).where('entfernt', 'is', null).where('pausiert', '=', false).executeTakeFirst();
  if (!row) return undefined;
  const offen = await db.read(tx).selectFrom('postfach.nachricht').select(['id', 'uidvalidity', 'uid', 'zustand']).where('postfach_id', '=', postfachId).where('quittiert', 'is', null).orderBy('id').limit(SCHUB).execute();
  const stand = await db.read(tx).selectFrom('postfach.stand').select('schwierig').where('postfach_id', '=', postfachId).executeTakeFirst();
  return { postfach: row, offen: offen.map((o): Offen => ({ id: o.id, uidvalidity: Number(o.uidvalidity), uid: Number(o.uid), zustand: o.zustand })), versuche: (stand?.schwierig ?? []) as Versuch[] };
}
export type Abruf = NonNullable<Awaited<ReturnType<typeof loadAbruf>>>;

/** What was fetched becomes Eingänge, each with its row, in one transaction; the next look moves them out of the inbox. May run twice. */
export async function storeAbruf(tx: WriteTx, { postfach }: Pick<Abruf, 'postfach'>, geholt: Abholung, grenze: number): Promise<void> {
  // the row is the lock: two looks at one mailbox do this one after the other
  const stand = await db.write(tx).selectFrom('postfach.stand').selectAll().where('postfach_id', '=', postfach.id).forUpdate().executeTakeFirstOrThrow();
  if (geholt.quittiert.length) await db.write(tx).updateTable('postfach.nachricht').set({ quittiert: sql<string>`now()` }).where('id', 'in', geholt.quittiert).execute();
  for (const n of geholt.nachrichten) await storeNachricht(tx, postfach, geholt.uidvalidity!, n, grenze);
  if (geholt.fehler === null && geholt.rest === 0 && geholt.uidvalidity !== null) await closeFruehere(tx, postfach.id, geholt.uidvalidity);
  await storeStand(tx, stand, geholt);
}

/** After the server gave new numbers: what was fetched under the old ones and is not found under the new ones lies elsewhere by now. */
async function closeFruehere(tx: WriteTx, postfachId: string, uidvalidity: number) {
  await db.write(tx).updateTable('postfach.nachricht').set({ quittiert: sql<string>`now()` }).where('postfach_id', '=', postfachId).where('uidvalidity', '<>', uidvalidity).where('quittiert', 'is', null).execute();
}

async function storeNachricht(tx: WriteTx, postfach: Abruf['postfach'], uidvalidity: number, n: Geholt, grenze: number) {
  const known = await db.write(tx).selectFrom('postfach.nachricht').select('id').where('postfach_id', '=', postfach.id).where('uidvalidity', '=', uidvalidity).where('uid', '=', n.uid).executeTakeFirst();
  // it is in the inbox though it was moved out (a restored server), or another look was faster: moved at the next look, never a second Eingang
  if (known) { await db.write(tx).updateTable('postfach.nachricht').set({ quittiert: null }).where('id', '=', known.id).execute(); return; }
  // the server has numbered its messages anew (UIDVALIDITY): this one was fetched under its old number, and had not been moved yet
  const frueher = await db.write(tx).selectFrom('postfach.nachricht').select('id').where('postfach_id', '=', postfach.id).where('sha256', '=', n.stored.sha256).where('uidvalidity', '<>', uidvalidity).where('quittiert', 'is', null).orderBy('id').limit(1).executeTakeFirst();
  if (frueher) { await db.write(tx).updateTable('postfach.nachricht').set({ uidvalidity, uid: n.uid }).where('id', '=', frueher.id).execute(); return; }
  const inhaltId = await saveInhalt(tx, n.stored, { mime: 'message/rfc822', dateiname: 'E-Mail.eml' });
  const inhalt = (await getInhalte(tx, [inhaltId])).get(inhaltId)!;
  const zugang = zeitDesZugangs(n.eingetroffen);
  const eingangId = await insertEingang(tx, {
    inhalt, kanal: 'e_mail', messageId: n.messageId, automatik: n.arbeitslos, organisationseinheitId: postfach.organisationseinheit_id, ...(zugang && { eingegangen: zugang }), anschrift: postfach.benutzername,
    ...(n.zustand !== 'ganz' && { bemerkung: unvollstaendig(n.zustand, { groesse: n.groesse, grenze, ordner: postfach.ordner_fehler, postfach: postfach.bezeichnung }) }),
  });
  failpoint('postfach.erfasst');
  await db.write(tx).insertInto('postfach.nachricht').values({
    id: newId(), postfach_id: postfach.id, uidvalidity, uid: n.uid, sha256: n.stored.sha256, message_id: n.messageId, absender: n.absender, zustand: n.zustand, automatik: n.automatik, eingang_id: eingangId, inhalt_id: inhalt.id,
  }).execute();
}

/** A letter is received when it reaches the mailbox (§ 130 BGB), not when it is fetched. A server that knows no time is not believed. */
function zeitDesZugangs(eingetroffen: string | null): Date | undefined {
  const zeit = eingetroffen === null ? undefined : new Date(eingetroffen);
  return zeit && zeit.getUTCFullYear() >= 1990 ? zeit : undefined;
}

async function storeStand(tx: WriteTx, stand: { postfach_id: string; fehler_seit: string | null; fehler_folge: number; schwierig: unknown }, g: Abholung) {
  const bewegt = g.nachrichten.length > 0 || g.quittiert.length > 0;
  const folge = g.fehler === null || bewegt ? 0 : stand.fehler_folge + 1;
  const { gescheitert } = g;
  const schwierig = [...(stand.schwierig as Versuch[]).filter((v) => v.uidvalidity === g.uidvalidity && !(v.uid === gescheitert?.uid) && !g.nachrichten.some((n) => n.uid === v.uid)), ...(gescheitert ? [gescheitert] : [])].slice(-1000);
  const weiter = g.nachrichten.length > 0 || g.quittiert.length >= SCHUB || (g.fehler === null && g.rest > 0 && gescheitert === null);
  await db.write(tx).updateTable('postfach.stand').set({
    letzter_lauf: sql<string>`now()`, wartend: g.rest, schwierig: JSON.stringify(schwierig), ...(g.uidvalidity !== null && { uidvalidity: g.uidvalidity }), ...(g.fehler === null && { letzter_erfolg: sql<string>`now()` }),
    fehler: g.fehler, fehler_seit: g.fehler === null ? null : stand.fehler_seit ?? sql<string>`now()`, fehler_folge: folge,
    naechster: sql<string>`now() + make_interval(secs => ${folge ? wartezeit(folge) : 0})`, laeuft_bis: weiter ? GEHALTEN : null,
  }).where('postfach_id', '=', stand.postfach_id).execute();
  // thousands at once stand behind the work of people, and so does what follows from them
  if (weiter) await tx.enqueue(g.rest > 100 ? { ...abruf, priority: abruf.priority + NACHRANG_MASSENARBEIT } : abruf, { postfachId: stand.postfach_id }, { key: stand.postfach_id });
}

/** Stopped while it waited for its turn. */
export async function releaseAbruf(tx: WriteTx, postfachId: string): Promise<void> {
  await db.write(tx).updateTable('postfach.stand').set({ laeuft_bis: null }).where('postfach_id', '=', postfachId).execute();
}
