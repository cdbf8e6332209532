import { createHash } from 'node:crypto';
import { akteurKey } from '../context.ts';
import { AppError } from '../errors.ts';
import { failpoint } from '../stoerung.ts';
import { tables, type MandantId, type WriteTx } from '../tx.ts';

type Tables = { 'platform.idempotenz': { mandant_id: MandantId; akteur_id: string; operation: string; schluessel: string; fingerabdruck: string; ergebnis: string | null } };
const db = tables<Tables>();

export const fingerprint = (input: unknown) => createHash('sha256').update(JSON.stringify(input)).digest('base64url');

/**
 * The same key from the same Akteur for the same operation has effect once: the result is kept in the transaction that made it, and told again
 * for seven days. The key with other content is refused. A concurrent second request waits for the first one's commit at the key.
 */
export async function once<T>(tx: WriteTx, operation: string, schluessel: string, fingerabdruck: string, work: () => Promise<T>): Promise<T> {
  const row = { akteur_id: akteurKey(tx.ctx.akteur), operation, schluessel };
  const { numInsertedOrUpdatedRows } = await db.write(tx).insertInto('platform.idempotenz').values({ ...row, fingerabdruck, ergebnis: null }).onConflict((c) => c.doNothing()).executeTakeFirstOrThrow();
  const mine = (q: any) => q.where('akteur_id', '=', row.akteur_id).where('operation', '=', operation).where('schluessel', '=', schluessel);
  if (!numInsertedOrUpdatedRows) {
    const before = await mine(db.write(tx).selectFrom('platform.idempotenz').select(['fingerabdruck', 'ergebnis'])).executeTakeFirstOrThrow();
    if (before.fingerabdruck !== fingerabdruck) throw new AppError('allgemein.idempotenz_anderer_inhalt', 422, 'Dieser Idempotency-Key wurde schon mit anderem Inhalt verwendet');
    return before.ergebnis as T;
  }
  failpoint('idempotenz.belegt');
  const result = await work();
  tx.last(() => mine(db.write(tx).updateTable('platform.idempotenz').set({ ergebnis: JSON.stringify(result ?? null) })).execute());
  return result;
}
