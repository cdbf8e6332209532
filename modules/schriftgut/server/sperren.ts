import { createSchutzbereich, createSperre as lockBereich, deleteSperre as unlockBereich, getSperre, resolveReichweite } from '#modules/zugriff/server/index.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Objekttyp } from '../contract.ts';
import { authorizeVerwalten } from './eigener-schutz.ts';
import { lock, readTeilbaum } from './ort.ts';
import { objekteOf, rewriteSchutz } from './schutz.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();

/** BE-07: the object and what lies in it, whatever is granted there. Its Schutzbereich carries the Sperre, so that it has one of its own from then on. */
export async function createSperre(tx: WriteTx, typ: Objekttyp, id: string, grund: string): Promise<void> {
  await lock(tx, typ, id);
  const row = await authorizeVerwalten(tx, typ, id);
  let schutzId = row.schutz_id;
  if (!row.schutz_eigen) {
    schutzId = await createSchutzbereich(tx, { bezeichnung: row.kennzeichen, parentId: row.schutz_id });
    await db.write(tx).updateTable(`schriftgut.${typ}`).set({ schutz_eigen: true }).where('id', '=', id).execute();
    await rewriteSchutz(tx, typ, id, schutzId);
  }
  await lockBereich(tx, { schutzId, grund });
  await tx.record({ art: 'sperre.gesetzt', objekte: { ...objekteOf(await readTeilbaum(tx, typ, id)), schutzbereich: schutzId }, daten: { grund } });
}

export async function deleteSperre(tx: WriteTx, typ: Objekttyp, id: string): Promise<void> {
  await lock(tx, typ, id);
  const { schutz_id: schutzId } = await authorizeVerwalten(tx, typ, id);
  await unlockBereich(tx, schutzId);
  await tx.record({ art: 'sperre.aufgehoben', objekte: { ...objekteOf(await readTeilbaum(tx, typ, id)), schutzbereich: schutzId } });
}

/** For the few who still reach it; asked of the database only where something is locked. */
export async function readSperre(tx: ReadTx, schutzId: string) {
  const reichweite = await resolveReichweite(tx);
  if (reichweite !== 'alle' && !reichweite.gesperrt.has(schutzId)) return null;
  const sperre = await getSperre(tx, schutzId);
  return sperre && { am: sperre.am, von: sperre.von, grund: sperre.grund, hier: sperre.schutzId === schutzId };
}
