import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { AufbereitungTables } from './tables.gen.ts';

const db = tables<AufbereitungTables>();

/** `inhaltVernichtung`: text, pictures and header of what is destroyed, and of all that was taken out of it, which is answered so that it goes as well. */
export async function forgetAufbereitungen(tx: WriteTx, inhaltIds: readonly string[]): Promise<string[]> {
  const anlagen = (await db.write(tx).selectFrom('aufbereitung.anlage').select('anlage_id').where('wurzel_id', 'in', [...inhaltIds]).execute()).map((a) => a.anlage_id);
  const alle = [...inhaltIds, ...anlagen];
  await db.write(tx).deleteFrom('aufbereitung.seitentext').where('inhalt_id', 'in', alle).execute();
  await db.write(tx).deleteFrom('aufbereitung.seitenbild').where('inhalt_id', 'in', alle).execute();
  await db.write(tx).updateTable('aufbereitung.aufbereitung').set({ mail: null, rendition_id: null, vorschau_id: null, hinweise: '[]' }).where('inhalt_id', 'in', alle).execute();
  // nothing of it is still to be done
  await db.write(tx).updateTable('aufbereitung.schritt').set({ status: 'nicht_noetig', code: null }).where('inhalt_id', 'in', alle).where('status', 'in', ['offen', 'laeuft', 'fehlgeschlagen']).execute();
  return anlagen;
}
