import { sql } from 'kysely';
import { z } from 'zod';
import { newId } from '#platform/server/ids.ts';
import { tables, type JobRef, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { removeObjekt } from './commands.ts';
import type { AblageTables } from './tables.gen.ts';

const db = tables<AblageTables>();

export const pruefen = { name: 'ablage.pruefen', payload: z.object({ pruefungId: z.string() }), queue: 'ablage.pruefen', priority: 10 } satisfies JobRef;

/** Objects one step takes at most; it also ends once it has this many bytes to read, so that no step holds a worker for long. */
const STEP = 200;
const STEP_BYTES = 512 * 1024 ** 2;

export type Objekt = { id: string; key: string; sha256: string; groesse: number; zustand: 'gut' | 'fehlt' | 'veraendert' };
export type Step = { mandantId: string; pruefungId: string; art: 'bestand' | 'voll'; nach: string; objekte: Objekt[]; last: boolean };
export type StepResult = Step & { befunde: ReadonlyMap<string, Objekt['zustand']>; entfernt: number };

export const isReferenced = async (tx: ReadTx, key: string) =>
  (await db.read(tx).selectFrom('ablage.objekt').select('id').where('key', '=', key).where('befund', '<>', 'vernichtet').executeTakeFirst()) !== undefined;

/** Begins a check, unless one is running; one that has stood still for an hour is given up. */
export async function startPruefung(tx: WriteTx, art: 'bestand' | 'voll') {
  await db.write(tx).updateTable('ablage.pruefung').set({ beendet: sql`now()` }).where('beendet', 'is', null).where('stand', '<', sql<string>`now() - interval '1 hour'`).execute();
  const id = newId();
  const { gesamt } = await db.write(tx).selectFrom('ablage.objekt').select((eb) => eb.fn.countAll<number>().as('gesamt')).executeTakeFirstOrThrow();
  await db.write(tx).insertInto('ablage.pruefung').values({ id, art, gesamt, akteur_id: tx.ctx.akteur.id }).execute();
  await tx.record({ art: 'ablagepruefung.begonnen', objekte: { ablagepruefung: id }, daten: { art } });
  await tx.enqueue(pruefen, { pruefungId: id });
}
export const isPruefungRunning = async (tx: ReadTx) =>
  (await db.read(tx).selectFrom('ablage.pruefung').select('id').where('beendet', 'is', null).where('stand', '>=', sql<string>`now() - interval '1 hour'`).executeTakeFirst()) !== undefined;

export async function loadStep(tx: ReadTx, pruefungId: string): Promise<Step | undefined> {
  const pruefung = await db.read(tx).selectFrom('ablage.pruefung').select(['art', 'nach']).where('id', '=', pruefungId).where('beendet', 'is', null).executeTakeFirst();
  if (!pruefung) return undefined;
  const rows = await db.read(tx).selectFrom('ablage.objekt').select(['id', 'key', 'sha256', 'groesse', 'zustand'])
    .where('key', '>', pruefung.nach).where('befund', '<>', 'vernichtet').orderBy('key').limit(STEP + 1).execute();
  let bytes = 0;
  const cut = rows.findIndex((row, i) => i === STEP || ((bytes += row.groesse) > STEP_BYTES && i > 0));
  return { mandantId: tx.ctx.mandantId, pruefungId, ...pruefung, objekte: cut < 0 ? rows : rows.slice(0, cut), last: cut < 0 };
}

/** Contents that are missing or changed, as the last check found them. */
export async function countSchlechte(tx: ReadTx): Promise<number> {
  const { anzahl } = await db.read(tx).selectFrom('ablage.objekt').select((eb) => eb.fn.countAll<number>().as('anzahl')).where('zustand', '<>', 'gut').executeTakeFirstOrThrow();
  return anzahl;
}

/** Idempotent: a step that has been stored already finds `nach` moved on. */
export async function storeStep(tx: WriteTx, { pruefungId, art, nach, objekte, last, befunde, entfernt }: StepResult) {
  const count = (zustand: string) => [...befunde.values()].filter((z) => z === zustand).length;
  const moved = await db.write(tx).updateTable('ablage.pruefung').set((eb) => ({
    nach: objekte.at(-1)?.key ?? nach, stand: sql`now()`, ...(last && { beendet: sql`now()` }),
    geprueft: eb('geprueft', '+', objekte.length), bytes: eb('bytes', '+', objekte.reduce((sum, o) => sum + o.groesse, 0)),
    fehlt: eb('fehlt', '+', count('fehlt')), veraendert: eb('veraendert', '+', count('veraendert')), entfernt: eb('entfernt', '+', entfernt),
  })).where('id', '=', pruefungId).where('nach', '=', nach).where('beendet', 'is', null).returningAll().executeTakeFirst();
  if (!moved) return;
  for (const zustand of ['gut', 'fehlt', 'veraendert'] as const) {
    const ids = objekte.filter((o) => befunde.get(o.id) === zustand).map((o) => o.id);
    if (!ids.length) continue;
    await db.write(tx).updateTable('ablage.objekt').set({ zustand, geprueft: sql`now()` }).where('id', 'in', ids).execute();
    await recordChange(tx, zustand, objekte.filter((o) => ids.includes(o.id) && o.zustand !== zustand).map((o) => o.id));
  }
  await dropUnused(tx, objekte.map((o) => o.id));
  if (!last) return tx.enqueue(pruefen, { pruefungId });
  if (art === 'voll' || moved.fehlt + moved.veraendert > 0) {
    await tx.record({ art: 'ablagepruefung.beendet', objekte: { ablagepruefung: pruefungId }, daten: { art, geprueft: moved.geprueft, fehlt: moved.fehlt, veraendert: moved.veraendert } });
  }
}

const ARTEN = { gut: 'inhalt.wiederhergestellt', fehlt: 'inhalt.vermisst', veraendert: 'inhalt.veraendert' };
async function recordChange(tx: WriteTx, zustand: Objekt['zustand'], objektIds: string[]) {
  if (!objektIds.length) return;
  const inhalte = await db.write(tx).selectFrom('ablage.inhalt').select('id').where('objekt_id', 'in', objektIds).execute();
  if (inhalte.length) await tx.record({ art: ARTEN[zustand], objekte: { inhalt: inhalte.map((i) => i.id) } });
}

/** Uploads nobody attached in time. An attach that is under way holds the row; it is left out here and gone or renewed by the next run. */
export async function deleteExpired(tx: WriteTx) {
  const expired = await db.write(tx).deleteFrom('ablage.hochgeladen')
    .where('id', 'in', (eb) => eb.selectFrom('ablage.hochgeladen').select('id').where('gueltig_bis', '<=', sql<string>`now()`).orderBy('gueltig_bis').limit(1000).forUpdate().skipLocked())
    .returning('objekt_id').execute();
  await dropUnused(tx, [...new Set(expired.map((e) => e.objekt_id))]);
  return expired.length;
}

/** Forgets objects that nothing uses, and has their bytes deleted once that is committed. */
export async function dropUnused(tx: WriteTx, objektIds: readonly string[]) {
  if (!objektIds.length) return;
  // The lock waits for whoever is just adding a use (a foreign key holds the row); the statement after it sees what they committed.
  await db.write(tx).selectFrom('ablage.objekt').select('id').where('id', 'in', [...objektIds]).orderBy('id').forUpdate().execute();
  const unused = await db.write(tx).deleteFrom('ablage.objekt as o').where('o.id', 'in', [...objektIds]).where('o.befund', 'not in', ['gefunden', 'freigegeben', 'vernichtet']) // what was found stays until people decide
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('ablage.hochgeladen as h').select('h.id').whereRef('h.objekt_id', '=', 'o.id'))))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('ablage.inhalt as i').select('i.id').whereRef('i.objekt_id', '=', 'o.id'))))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('ablage.abgeleitet as a').select('a.id').whereRef('a.objekt_id', '=', 'o.id'))))
    .returning('o.key').execute();
  for (const { key } of unused) await tx.enqueue(removeObjekt, { key, seit: new Date().toISOString() });
}

/** For the page of the Betrieb: the last checks, how much there is, and by name what is missing or changed. */
export async function getAblagePruefung(tx: ReadTx) {
  const letzte = await db.read(tx).selectFrom('ablage.pruefung')
    .select(['id', 'art', 'begonnen', 'beendet', 'gesamt', 'geprueft', 'bytes', 'fehlt', 'veraendert', 'entfernt']).orderBy('begonnen', 'desc').orderBy('id', 'desc').limit(10).execute();
  const menge = await db.read(tx).selectFrom('ablage.objekt').select((eb) => [eb.fn.countAll<number>().as('anzahl'), sql<number>`coalesce(sum(groesse), 0)::bigint`.as('bytes')]).executeTakeFirstOrThrow();
  const schlechte = await db.read(tx).selectFrom('ablage.objekt').select(['id', 'key', 'sha256', 'groesse', 'zustand', 'geprueft']).where('zustand', '<>', 'gut').orderBy('key').limit(500).execute();
  const inhalte = schlechte.length ? await db.read(tx).selectFrom('ablage.inhalt').select(['id', 'objekt_id', 'dateiname']).where('objekt_id', 'in', schlechte.map((s) => s.id)).orderBy('id').execute() : [];
  const ids = inhalte.map((i) => i.id);
  const uses = ids.length ? await Promise.all(tx.extensions('inhaltsverwendung').map(async ({ typ, find }) => ({ typ, found: await find(tx, ids) }))) : [];
  return {
    letzte, ...menge,
    befunde: schlechte.map(({ id, key, sha256, groesse, zustand, geprueft }) => ({
      art: zustand as 'fehlt' | 'veraendert', ort: `inhalt/${tx.ctx.mandantId}/${key.slice(0, 2)}/${key}`, sha256, groesse, geprueft,
      inhalte: inhalte.filter((i) => i.objekt_id === id).map((i) => ({
        id: i.id, dateiname: i.dateiname, verwendungen: uses.flatMap(({ typ, found }) => (found.get(i.id) ?? []).map((objekt) => ({ typ, id: objekt }))),
      })),
    })),
  };
}
