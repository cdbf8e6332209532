import { sql } from 'kysely';
import { z } from 'zod';
import { scanner } from '#platform/server/clamd.ts';
import { akteurKey } from '#platform/server/context.ts';
import { newId } from '#platform/server/ids.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import { tables, type JobRef, type WriteTx } from '#platform/server/tx.ts';
import { InhaltId } from '../contract.ts';
import { cleanDateiname, cleanMime, GUELTIG_STUNDEN, InhaltErrors } from './inhalt.ts';
import { scannen } from './schadsoftware/auftrag.ts';
import type { AblageTables } from './tables.gen.ts';

const db = tables<AblageTables>();

/** Removes bytes that no row names; made in jobs.ts, named here so that commands need no I/O. */
export const removeObjekt = { name: 'ablage.objekt_entfernen', payload: z.object({ key: z.string(), /** since when nothing names them */ seit: z.string().optional() }) } satisfies JobRef;

/** One row per content and Mandant. `fremd`: not made by ourselves, so the virus scanner has to see it, where there is one. */
const insertObjekt = (tx: WriteTx, { key, sha256, size }: Stored, fremd: boolean) => db.write(tx).insertInto('ablage.objekt').values({ id: newId(), key, sha256, groesse: size, befund: fremd && scanner() ? 'wartet' : 'ungeprueft' })
  // an update that changes nothing locks the row: a clean-up that is about to remove it waits, or has removed it and we insert
  .onConflict((c) => c.columns(['mandant_id', 'sha256']).doUpdateSet({ sha256, ...(fremd && scanner() && { befund: sql`case when objekt.befund = 'ungeprueft' then 'wartet' else objekt.befund end` as never }) })).returning(['id', 'key', 'zustand', 'befund']);

/** Of two equal contents the second's bytes go; of a damaged one the new bytes take the place. */
async function settleObjekt(tx: WriteTx, { key }: Stored, row: { id: string; key: string; zustand: string; befund: string }): Promise<string> {
  if (row.befund === 'wartet' && scanner()) await tx.enqueue(scannen, { objektId: row.id }, { key: `scannen:${row.id}` });
  if (row.key === key) return row.id;
  if (row.zustand === 'gut') await tx.enqueue(removeObjekt, { key, seit: new Date().toISOString() });
  else {
    await db.write(tx).updateTable('ablage.objekt').set({ key, zustand: 'gut', geprueft: null }).where('id', '=', row.id).execute();
    await tx.enqueue(removeObjekt, { key: row.key, seit: new Date().toISOString() });
  }
  return row.id;
}

type Meta = { mime: string; dateiname: string };
const cleaned = ({ mime, dateiname }: Meta) => ({ mime: cleanMime(mime), dateiname: cleanDateiname(dateiname) });

/** The bytes are in the store; from here on they can be attached, once, by this Akteur. `stunden`: how long. */
export async function createHochgeladen(tx: WriteTx, stored: Stored, meta: Meta, stunden: number = GUELTIG_STUNDEN) {
  const { akteur } = tx.ctx;
  const { mime, dateiname } = cleaned(meta);
  const id = newId();
  const row = await db.write(tx).with('objekt', () => insertObjekt(tx, stored, true))
    .with('neu', (q) => q.insertInto('ablage.hochgeladen').columns(['mandant_id', 'id', 'objekt_id', 'mime', 'dateiname', 'akteur_art', 'akteur_id', 'gueltig_bis'] as never)
      .expression(q.selectFrom('objekt').select([
        sql`${tx.ctx.mandantId}::uuid`.as('mandant_id'), sql`${id}::uuid`.as('id'), 'objekt.id as objekt_id', sql`${mime}`.as('mime'), sql`${dateiname}`.as('dateiname'), sql`${akteur.art}`.as('akteur_art'), sql`${akteurKey(akteur)}`.as('akteur_id'),
        sql`now() + make_interval(hours => ${stunden}::int)`.as('gueltig_bis'),
      ]) as never).returning('gueltig_bis'))
    .selectFrom(['objekt', 'neu']).select(['objekt.id', 'objekt.key', 'objekt.zustand', 'objekt.befund', 'neu.gueltig_bis']).executeTakeFirstOrThrow();
  await settleObjekt(tx, stored, row);
  return { id: InhaltId.parse(id), mime, dateiname, groesse: stored.size, sha256: stored.sha256, gueltigBis: row.gueltig_bis };
}

/** What an attached content is to the module that uses it. */
export type AngehaengterInhalt = { id: InhaltId; sha256: string; groesse: number; mime: string; dateiname: string };

/** `roh`: raw material that is kept and not read (a scan whose letters are); »aufbereitung« leaves it alone. */
type Verwendung = { roh?: boolean };
/** Takes an upload into use: once, within 24 hours, by the Akteur who made it. The caller authorises the object it is attached to. */
export async function attachInhalt(tx: WriteTx, inhaltId: string, { roh = false }: Verwendung = {}): Promise<AngehaengterInhalt> {
  const { akteur } = tx.ctx;
  // Deleting the row is the lock: a second attach and the clean-up wait for it, and find nothing. What it held becomes the Inhalt in the same statement.
  const upload = await db.write(tx)
    .with('upload', (q) => q.deleteFrom('ablage.hochgeladen').where('id', '=', inhaltId).where('akteur_art', '=', akteur.art).where('akteur_id', '=', akteurKey(akteur)).where('gueltig_bis', '>', sql<string>`now()`)
      .returning(['objekt_id', 'mime', 'dateiname']))
    .with('neu', (q) => q.insertInto('ablage.inhalt').columns(['mandant_id', 'id', 'objekt_id', 'mime', 'dateiname', 'akteur_id'] as never)
      .expression(q.selectFrom('upload').select([sql`${tx.ctx.mandantId}::uuid`.as('mandant_id'), sql`${inhaltId}::uuid`.as('id'), 'objekt_id', 'mime', 'dateiname', sql`${akteurKey(akteur)}`.as('akteur_id')]) as never).returning('id'))
    .selectFrom('upload').innerJoin('ablage.objekt as o', 'o.id', 'upload.objekt_id').select(['upload.mime', 'upload.dateiname', 'o.sha256', 'o.groesse']).executeTakeFirst();
  if (!upload) {
    const used = await db.write(tx).selectFrom('ablage.inhalt').select('id').where('id', '=', inhaltId).where('akteur_id', '=', akteurKey(akteur)).executeTakeFirst();
    throw used ? InhaltErrors.inhalt_verwendet() : InhaltErrors.inhalt_unbekannt();
  }
  await recordAngehaengt(tx, inhaltId, upload, roh);
  return { id: InhaltId.parse(inhaltId), ...upload };
}
const recordAngehaengt = (tx: WriteTx, id: string, { dateiname, groesse, sha256 }: { dateiname: string; groesse: number; sha256: string }, roh: boolean) =>
  tx.record({ art: 'inhalt.angehaengt', objekte: { inhalt: id }, daten: { dateiname, groesse, sha256, ...(roh && { roh }) } });

/**
 * Content that a job's `work` or a `prepare` has already put into the store. `abgeleitet`: computed from other content (`quelleId`) and
 * replaceable; no Ereignis, and whoever may read the source may read it.
 */
export async function saveInhalt(tx: WriteTx, stored: Stored, { abgeleitet = false, quelleId, roh = false, ...meta }: Meta & Verwendung & { abgeleitet?: boolean; quelleId?: string }): Promise<InhaltId> {
  const id = newId();
  const row = { objekt_id: await settleObjekt(tx, stored, await insertObjekt(tx, stored, !abgeleitet && quelleId === undefined).executeTakeFirstOrThrow()), ...cleaned(meta) };
  if (abgeleitet || quelleId !== undefined) await db.write(tx).insertInto('ablage.abgeleitet').values({ id, quelle_id: quelleId ?? null, ...row }).execute();
  else {
    await db.write(tx).insertInto('ablage.inhalt').values({ id, ...row, akteur_id: akteurKey(tx.ctx.akteur) }).execute();
    await recordAngehaengt(tx, id, { dateiname: row.dateiname, groesse: stored.size, sha256: stored.sha256 }, roh);
  }
  return InhaltId.parse(id);
}

/** Derived content that has been replaced; its bytes go with the next clean-up. */
export async function deleteAbgeleitete(tx: WriteTx, ids: readonly string[]) {
  if (ids.length) await db.write(tx).deleteFrom('ablage.abgeleitet').where('id', 'in', [...ids]).execute();
}
