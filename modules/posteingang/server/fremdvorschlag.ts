import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();

/** A place that the channel knows, not the text: stands before what was read. To be called once the Eingang has been read, since reading writes all others anew. */
export async function saveVorschlag(tx: WriteTx, eingangId: string, { akteId, vorgangId, passage, gefunden }: { akteId: string; vorgangId: string | null; passage: string; gefunden: string }): Promise<void> {
  const von = passage.indexOf(gefunden);
  await db.write(tx).insertInto('posteingang.vorschlag').values({ eingang_id: eingangId, nummer: 0, art: 'adresse', akte_id: akteId, vorgang_id: vorgangId, gefunden, passage, von, bis: von + gefunden.length, seite: null }).onConflict((c) => c.doNothing()).execute();
}
