import { sql } from 'kysely';
import type { ReadTx } from '#platform/server/tx.ts';
import { rowsOf } from './verbund.ts';

export type KontoRow = { id: string; anmeldename: string; heimat_id: string; gesperrt: boolean; muss_aendern: boolean; einstellungen: Record<string, unknown> };
/** Konten of people of this Mandant. */
export const readKonten = (tx: ReadTx, ids: readonly string[]) => rowsOf<KontoRow>(tx, sql`organisation.get_konten(${ids}::uuid[])`);
