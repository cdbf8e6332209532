import { sql } from 'kysely';
import type { z } from 'zod';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, Outdated, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Postfach, PostfachAendern, PostfachAnlegen } from '../contract.ts';
import { abruf } from './abruf.ts';
import { PostfachErrors } from './postfach.ts';
import { findPostfach, getPostfach, type PostfachRow } from './queries.ts';
import type { PostfachTables } from './tables.gen.ts';

const db = tables<PostfachTables>();
/** What a sealed Kennwort is for. */
export const ZWECK = 'postfach';
/** The Kennwort is sealed before the transaction. */
type Verschlossen<T> = Omit<T, 'kennwort'> & { kennwort?: string | undefined };

const werteVon = (r: Pick<PostfachRow, 'bezeichnung' | 'organisationseinheit_id' | 'host' | 'port' | 'sicherheit' | 'benutzername' | 'ordner_eingang' | 'ordner_verarbeitet' | 'ordner_fehler' | 'pausiert'>) => ({
  bezeichnung: r.bezeichnung, organisationseinheitId: r.organisationseinheit_id as z.output<typeof PostfachAnlegen>['organisationseinheitId'], host: r.host, port: r.port, sicherheit: r.sicherheit, benutzername: r.benutzername,
  ordnerEingang: r.ordner_eingang, ordnerVerarbeitet: r.ordner_verarbeitet, ordnerFehler: r.ordner_fehler, pausiert: r.pausiert,
});
type Werte = ReturnType<typeof werteVon>;
const spaltenVon = (w: Werte) => ({
  bezeichnung: w.bezeichnung, organisationseinheit_id: w.organisationseinheitId, host: w.host, port: w.port, sicherheit: w.sicherheit, benutzername: w.benutzername,
  ordner_eingang: w.ordnerEingang, ordner_verarbeitet: w.ordnerVerarbeitet, ordner_fehler: w.ordnerFehler, pausiert: w.pausiert,
});
async function requireOe(tx: WriteTx, id: string) {
  if (!(await getOrganisationseinheitenKurz(tx, [id])).size) throw NotFound('Organisationseinheit');
}

export async function createPostfach(tx: WriteTx, input: Verschlossen<z.output<typeof PostfachAnlegen>>, kennwort: string): Promise<Postfach> {
  await requireOe(tx, input.organisationseinheitId);
  const id = newId();
  await db.write(tx).insertInto('postfach.postfach').values({ id, ...spaltenVon({ ...input, pausiert: false }), kennwort }).execute();
  await db.write(tx).insertInto('postfach.stand').values({ postfach_id: id }).execute();
  await tx.record({ art: 'postfach.angelegt', objekte: { postfach: id, organisationseinheit: input.organisationseinheitId }, daten: { bezeichnung: input.bezeichnung, benutzername: input.benutzername, host: input.host } });
  return getPostfach(tx, id);
}

/** A Kennwort goes only to the server and the name it was typed in for: whoever may set up mailboxes shall not learn it by naming another one. */
export function requireGleicherZugang(alt: Pick<PostfachRow, 'host' | 'port' | 'benutzername' | 'sicherheit'>, neu: { host: string; port: number; benutzername: string; sicherheit: string }) {
  if (alt.host !== neu.host || alt.port !== neu.port || alt.benutzername !== neu.benutzername || alt.sicherheit !== neu.sicherheit) throw PostfachErrors.kennwort_noetig([{ pfad: '/kennwort', text: 'Bitte das Kennwort neu angeben' }]);
}

export async function updatePostfach(tx: WriteTx, id: string, ifMatch: number, input: Verschlossen<z.output<typeof PostfachAendern>>, kennwort: string | undefined): Promise<Postfach> {
  const row = await findPostfach(tx, id);
  requireVersion(row, ifMatch);
  const alt = werteVon(row);
  const neu = { ...alt, ...Object.fromEntries(Object.entries(input).filter(([name, wert]) => wert !== undefined && name !== 'kennwort')) } as Werte;
  if (kennwort === undefined) requireGleicherZugang(alt, neu);
  if (neu.organisationseinheitId !== alt.organisationseinheitId) await requireOe(tx, neu.organisationseinheitId);
  const saved = await db.write(tx).updateTable('postfach.postfach').set({ ...spaltenVon(neu), ...(kennwort !== undefined && { kennwort }), version: ifMatch + 1 }).where('id', '=', id).where('version', '=', ifMatch).returning('id').executeTakeFirst();
  if (!saved) throw Outdated();
  // what stood in the way may be gone: at once, not after the time a failure waits
  await db.write(tx).updateTable('postfach.stand').set({ naechster: sql<string>`now()`, fehler: null, fehler_seit: null, fehler_folge: 0 }).where('postfach_id', '=', id).execute();
  const aenderungen = [...diff(alt, neu, ['bezeichnung', 'organisationseinheitId', 'host', 'port', 'sicherheit', 'benutzername', 'ordnerEingang', 'ordnerVerarbeitet', 'ordnerFehler', 'pausiert']), ...(kennwort === undefined ? [] : [{ feld: 'kennwort', alt: null, neu: null }])];
  await tx.record({ art: 'postfach.geaendert', objekte: { postfach: id }, daten: { bezeichnung: neu.bezeichnung, aenderungen } });
  return getPostfach(tx, id);
}

/** Not fetched any more. The row stays for what came out of it; the Kennwort does not. */
export async function deletePostfach(tx: WriteTx, id: string, ifMatch: number) {
  const row = await findPostfach(tx, id);
  requireVersion(row, ifMatch);
  const gone = await db.write(tx).updateTable('postfach.postfach').set({ entfernt: sql<string>`now()`, kennwort: '', version: ifMatch + 1 }).where('id', '=', id).where('version', '=', ifMatch).returning('id').executeTakeFirst();
  if (!gone) throw Outdated();
  await tx.record({ art: 'postfach.entfernt', objekte: { postfach: id }, daten: { bezeichnung: row.bezeichnung } });
  return {};
}

/** Now, not at the next minute. */
export async function receivePostfach(tx: WriteTx, id: string): Promise<Postfach> {
  await findPostfach(tx, id);
  await db.write(tx).updateTable('postfach.stand').set({ naechster: sql<string>`now()` }).where('postfach_id', '=', id).execute();
  await tx.enqueue(abruf, { postfachId: id }, { key: id });
  return getPostfach(tx, id);
}
