import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Objekttyp } from '../contract.ts';
import { readTeilbaum, type Teilbaum } from './ort.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();
const CHUNK = 5000;

/** Every index of objects hears of it within the same transaction: rights, Storno, place. */
export async function announceSchutz(tx: WriteTx, { akten, vorgaenge, dokumente }: Teilbaum) {
  for (const geaendert of tx.extensions('schutzGeaendert')) {
    if (akten.length) await geaendert(tx, { typ: 'akte', ids: akten });
    if (vorgaenge.length) await geaendert(tx, { typ: 'vorgang', ids: vorgaenge });
    if (dokumente.length) await geaendert(tx, { typ: 'dokument', ids: dokumente });
  }
}

/** The object and all that inherits from it now stand in this Schutzbereich. Records nothing: the caller says why. */
export async function rewriteSchutz(tx: WriteTx, typ: Objekttyp, id: string, schutzId: string): Promise<Teilbaum> {
  const baum = await readTeilbaum(tx, typ, id, true);
  for (const [table, ids] of [['schriftgut.akte', baum.akten], ['schriftgut.vorgang', baum.vorgaenge], ['schriftgut.dokument', baum.dokumente]] as const) {
    for (let i = 0; i < ids.length; i += CHUNK) await db.write(tx).updateTable(table).set({ schutz_id: schutzId }).where('id', 'in', ids.slice(i, i + CHUNK)).execute();
  }
  await announceSchutz(tx, baum);
  return baum;
}
/** For `record`: every object of a subtree, by type. */
export const objekteOf = ({ akten, vorgaenge, dokumente }: Teilbaum) => ({ ...(akten.length && { akte: akten }), ...(vorgaenge.length && { vorgang: vorgaenge }), ...(dokumente.length && { dokument: dokumente }) });
