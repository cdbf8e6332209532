import { sql, type RawBuilder } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';

const db = tables<Record<never, never>>();

/** Calls a function of 20261101T0910_organisation_funktionen.sql that answers rows: the only way to the tables without Mandant. */
export async function rowsOf<Row>(tx: ReadTx, call: RawBuilder<unknown>): Promise<Row[]> {
  return await db.read(tx).selectFrom(call.as('f') as never).selectAll().execute() as Row[];
}
/** The same for one that answers a single value. */
export async function valueOf<Value>(tx: ReadTx, call: RawBuilder<unknown>): Promise<Value> {
  const row = await db.read(tx).selectFrom(sql`(select ${call} as wert)`.as('f') as never).selectAll().executeTakeFirstOrThrow() as { wert: Value };
  return row.wert;
}
