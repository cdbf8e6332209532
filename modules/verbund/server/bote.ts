import { sql } from 'kysely';
import type { z } from 'zod';
import { tables, type JobRef, type WriteTx } from '#platform/server/tx.ts';

const db = tables<Record<never, never>>();

/**
 * Tells another Mandant: queues a job of this module in there, in this transaction. The database writes who tells it (`absenderId`) into the payload.
 * The two sides are never in one statement, and what one of them has decided reaches the other exactly once in effect, when its job runs.
 */
export async function tellMandant<S extends z.ZodType>(tx: WriteTx, mandantId: string, job: JobRef<S>, payload: Omit<z.input<S>, 'absenderId'>): Promise<void> {
  await db.write(tx).selectFrom(sql`verbund.enqueue_bei(${mandantId}, ${job.name}, ${JSON.stringify(payload)}::jsonb)`.as('f') as never).selectAll().execute();
}
