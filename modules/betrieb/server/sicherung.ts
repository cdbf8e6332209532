import { sql } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';

type Row = { ort: string | null; dauernd: boolean; grundsicherung: string | null; bis: string | null };
const db = tables<{ s: Row }>();

const [STUNDE, TAG] = [3600_000, 24 * 3600_000];
const alter = (zeit: string | null) => (zeit === null ? Infinity : Date.now() - Date.parse(zeit));

/** How far the backup reaches, as it has told itself; null when nothing backs up this installation. The limits are those of the alarms. */
export async function getSicherung(tx: ReadTx) {
  const { ort, dauernd, grundsicherung, bis } = await db.read(tx).selectFrom(sql`betrieb.get_sicherung()`.as('s') as never as 's').selectAll().executeTakeFirstOrThrow();
  if (ort === null) return null;
  return { dauernd, grundsicherung, bis, veraltet: alter(bis) > (dauernd ? STUNDE : 36 * STUNDE) || alter(grundsicherung) > 3 * TAG };
}

/** Seconds since the moment up to which all is backed up, and since the last base backup; without end where there is none. */
export async function readSicherungsalter(tx: ReadTx) {
  const sicherung = await getSicherung(tx);
  return { stand: alter(sicherung?.bis ?? null) / 1000, grund: alter(sicherung?.grundsicherung ?? null) / 1000 };
}
