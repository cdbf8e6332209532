import { sql } from 'kysely';
import type { Readable } from 'node:stream';
import { akteurKey, type RequestContext } from '#platform/server/context.ts';
import { AppError, NotFound } from '#platform/server/errors.ts';
import type { Io } from '#platform/server/io.ts';
import { Damaged } from '#platform/server/storage/object-store.ts';
import type { ByteRange } from '#platform/server/storage/storage.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { InhaltId } from '../contract.ts';
import { requireOffen, sperreOf, type Befund, type Sperre } from './schadsoftware/sperre.ts';
import type { AblageTables } from './tables.gen.ts';

const db = tables<AblageTables>();

/** `key` is for `openInhalt` alone and never leaves the server. */
export type Inhalt = { id: InhaltId; key: string; sha256: string; groesse: number; mime: string; dateiname: string; erstellt: string; quelleId: string | null; /** Why it is not to be opened: the virus scanner has not seen it yet, or has found something. */ sperre: Sperre | null };

/** By id; what is not there is missing from the answer. Does not authorise. */
export async function getInhalte(tx: ReadTx, ids: readonly string[]): Promise<Map<string, Inhalt>> {
  if (!ids.length) return new Map();
  const columns = ['o.key', 'o.sha256', 'o.groesse', 'i.id', 'i.mime', 'i.dateiname', 'i.erstellt'] as const;
  const rows = await db.read(tx).selectFrom('ablage.inhalt as i').innerJoin('ablage.objekt as o', 'o.id', 'i.objekt_id').select(columns)
    .select(sql<string | null>`null::uuid`.as('quelleId')).select(['o.befund', 'o.schadsoftware', 'o.hindernis']).where('i.id', 'in', [...ids])
    // What was computed is as good as what it was computed from.
    .unionAll(db.read(tx).selectFrom('ablage.abgeleitet as i').innerJoin('ablage.objekt as o', 'o.id', 'i.objekt_id').leftJoin('ablage.inhalt as q', 'q.id', 'i.quelle_id').leftJoin('ablage.objekt as qo', 'qo.id', 'q.objekt_id').select(columns)
      .select(['i.quelle_id as quelleId', sql<Befund>`coalesce(qo.befund, 'ungeprueft')`.as('befund'), 'qo.schadsoftware', 'qo.hindernis']).where('i.id', 'in', [...ids])).execute();
  return new Map(rows.map(({ befund, schadsoftware, hindernis, ...row }) => [row.id, { ...row, id: InhaltId.parse(row.id), sperre: sperreOf({ befund, schadsoftware, hindernis }) }]));
}

/** The bytes. Only outside a transaction: in `send`, or in a job's `work`. */
export async function openInhalt(io: Io, { mandantId }: Pick<RequestContext, 'mandantId'>, { key, groesse, sperre }: Pick<Inhalt, 'key' | 'groesse' | 'sperre'>, range?: ByteRange): Promise<Readable> {
  requireOffen(sperre); // the one way to bytes: for people, previews, exports and jobs alike
  // A range that does not touch the end would not notice that the end is missing.
  if (range && (await io.storage.stat(mandantId, key))?.size !== groesse) throw Damaged(key);
  return io.storage.open(mandantId, key, range);
}

/** Content the Akteur may read: because an object that uses it says so, or because it is their own upload. Anything else is 404; what the virus scanner has to see first, 423. */
export async function authorizeInhalt(tx: ReadTx, id: string): Promise<Inhalt> {
  const inhalt = (await getInhalte(tx, [id])).get(id);
  if (inhalt) {
    if (!await mayRead(tx, inhalt.quelleId ?? id)) throw NotFound('Datei');
    requireOffen(inhalt.sperre);
    return inhalt;
  }
  const { akteur } = tx.ctx;
  const own = await db.read(tx).selectFrom('ablage.hochgeladen as i').innerJoin('ablage.objekt as o', 'o.id', 'i.objekt_id')
    .select(['i.id', 'o.key', 'o.sha256', 'o.groesse', 'i.mime', 'i.dateiname', 'o.erstellt', 'o.befund', 'o.schadsoftware', 'o.hindernis']).where('i.id', '=', id)
    .where('i.akteur_art', '=', akteur.art).where('i.akteur_id', '=', akteurKey(akteur)).where('i.gueltig_bis', '>', sql<string>`now()`).executeTakeFirst();
  if (!own) throw NotFound('Datei');
  const { befund, schadsoftware, hindernis, ...upload } = own;
  const sperre = sperreOf({ befund, schadsoftware, hindernis });
  requireOffen(sperre);
  return { ...upload, id: InhaltId.parse(own.id), quelleId: null, sperre };
}

async function mayRead(tx: ReadTx, inhaltId: string): Promise<boolean> {
  for (const { find, authorizeLesen } of tx.extensions('inhaltsverwendung')) {
    for (const objektId of (await find(tx, [inhaltId])).get(inhaltId) ?? []) {
      try { await authorizeLesen(tx, objektId); return true; } catch (error) { if (!(error instanceof AppError)) throw error; }
    }
  }
  return false;
}
