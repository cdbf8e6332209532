import { sql } from 'kysely';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { ScanstelleTables } from './tables.gen.ts';

const db = tables<ScanstelleTables>();
/** The next number of the year, without gap. */
export const nextNummer = (tx: WriteTx, art: 'stapel') =>
  db.write(tx).insertInto('scanstelle.zaehler').values({ art, jahr: sql`extract(year from current_date)`, stand: 1 })
    .onConflict((c) => c.columns(['mandant_id', 'art', 'jahr']).doUpdateSet({ stand: sql`zaehler.stand + 1` })).returning(['jahr', 'stand']).executeTakeFirstOrThrow();
