import { sql } from 'kysely';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import { dropUnused } from './pruefung.ts';
import type { AblageTables } from './tables.gen.ts';

declare module '#platform/server/tx.ts' {
  interface Erweiterungen {
    /** Of content that is being destroyed: forgets what was made of it, and answers what else was taken out of it and goes with it (attachments of a mail). */
    inhaltVernichtung: (tx: WriteTx, inhaltIds: readonly string[]) => Promise<string[]>;
  }
}
const db = tables<AblageTables>();

/**
 * Destroys content after its time: bytes, what was computed from them, and what was taken out of them. The rows stay, without bytes, so that whoever names
 * them can say that they were there. Equal bytes that another content uses stay its own. The caller authorises, and has nothing left that must be read.
 */
export async function deleteInhalte(tx: WriteTx, ids: readonly string[]): Promise<void> {
  if (!ids.length) return;
  const dazu = (await Promise.all(tx.extensions('inhaltVernichtung').map((forget) => forget(tx, ids)))).flat();
  const alle = [...new Set([...ids, ...dazu])];
  const abgeleitet = await db.write(tx).deleteFrom('ablage.abgeleitet').where('quelle_id', 'in', alle).returning('objekt_id').execute();
  const inhalte = await db.write(tx).selectFrom('ablage.inhalt').select(['id', 'objekt_id']).where('id', 'in', alle).where('objekt_id', 'is not', null).execute();
  await db.write(tx).updateTable('ablage.inhalt').set({ objekt_id: null, vernichtet: sql<Date>`now()` }).where('id', 'in', alle).where('objekt_id', 'is not', null).execute();
  await dropUnused(tx, [...new Set([...abgeleitet.map((a) => a.objekt_id), ...inhalte.map((i) => i.objekt_id!)])]);
  if (inhalte.length) await tx.record({ art: 'inhalt.vernichtet', objekte: { inhalt: inhalte.map((i) => i.id) } });
}
