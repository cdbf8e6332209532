import { moveSchutzbereiche } from '#modules/zugriff/server/index.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Objekttyp } from '../contract.ts';
import { requireEinstufungen } from './einstufung.ts';
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

const tabellen = (baum: Teilbaum) => [['schriftgut.akte', baum.akten], ['schriftgut.vorgang', baum.vorgaenge], ['schriftgut.dokument', baum.dokumente]] as const;

/** The object and all that inherits from it now stand in this Schutzbereich. Records nothing: the caller says why. */
export async function rewriteSchutz(tx: WriteTx, typ: Objekttyp, id: string, schutzId: string): Promise<Teilbaum> {
  const { schutz_id: bisher } = await db.write(tx).selectFrom(`schriftgut.${typ}`).select('schutz_id').where('id', '=', id).executeTakeFirstOrThrow();
  const baum = await readTeilbaum(tx, typ, id, true);
  for (const [table, ids] of tabellen(baum)) {
    for (let i = 0; i < ids.length; i += CHUNK) await db.write(tx).updateTable(table).set({ schutz_id: schutzId }).where('id', 'in', ids.slice(i, i + CHUNK)).execute();
  }
  await followSchutz(tx, await readTeilbaum(tx, typ, id), { von: bisher, nach: schutzId });
  await requireEinstufungen(tx, baum, schutzId);
  await announceSchutz(tx, baum);
  return baum;
}
/** What in it has a Schutzbereich of its own goes on inheriting from what it lies in. */
async function followSchutz(tx: WriteTx, baum: Teilbaum, { von, nach }: { von: string; nach: string }) {
  const eigene = new Set<string>();
  for (const [table, ids] of tabellen(baum)) {
    for (let i = 0; i < ids.length; i += CHUNK) {
      for (const r of await db.write(tx).selectFrom(table).select('schutz_id').where('id', 'in', ids.slice(i, i + CHUNK)).where('schutz_eigen', '=', true).execute()) eigene.add(r.schutz_id);
    }
  }
  await moveSchutzbereiche(tx, { ids: [...eigene].filter((s) => s !== nach), parentId: nach, von });
}

/** The object has come to lie in another place, which stands in `oben`. With a Schutzbereich of its own it keeps that, below the one of the place. */
export async function placeSchutz(tx: WriteTx, typ: Objekttyp, row: { id: string; schutz_id: string; schutz_eigen: boolean }, oben: string, baum: Teilbaum): Promise<void> {
  if (row.schutz_eigen) await moveSchutzbereiche(tx, { ids: [row.schutz_id], parentId: oben });
  else if (row.schutz_id !== oben) { await rewriteSchutz(tx, typ, row.id, oben); return; }
  await announceSchutz(tx, baum);
}
/** For `record`: every object of a subtree, by type. */
export const objekteOf = ({ akten, vorgaenge, dokumente }: Teilbaum) => ({ ...(akten.length && { akte: akten }), ...(vorgaenge.length && { vorgang: vorgaenge }), ...(dokumente.length && { dokument: dokumente }) });
