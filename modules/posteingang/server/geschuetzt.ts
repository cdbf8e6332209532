import { getKlassen } from '#modules/zugriff/server/index.ts';
import type { SchutzAenderung } from '#platform/server/extension.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import { nachlernen } from './lernen.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();
const CHUNK = 5000;

/** A filed Eingang whose Dokument stands in a protected class stands there, too, and no longer in its basket. It does not come back when the class goes. */
async function protect(tx: WriteTx, schutzIds: readonly string[]): Promise<void> {
  const geschuetzt = [...(await getKlassen(tx, schutzIds)).keys()];
  if (!geschuetzt.length) return;
  const rows = await db.write(tx).updateTable('posteingang.eingang').set((eb) => ({ schutz_id: eb.ref('ablage_schutz_id').$notNull() }))
    .where('ablage_schutz_id', 'in', geschuetzt).whereRef('schutz_id', '<>', 'ablage_schutz_id').returning('id').execute();
  if (rows.length) await tx.enqueue(nachlernen, { eingangIds: rows.map((r) => r.id) });
  if (rows.length) for (const geaendert of tx.extensions('schutzGeaendert')) await geaendert(tx, { typ: 'eingang', ids: rows.map((r) => r.id) });
}

/** Once its Dokument is there. */
export async function followAblage(tx: WriteTx, id: string, schutzId: string): Promise<void> {
  await db.write(tx).updateTable('posteingang.eingang').set({ ablage_schutz_id: schutzId }).where('id', '=', id).execute();
  await protect(tx, [schutzId]);
}

/** `schutzGeaendert`: a Dokument has come to stand elsewhere. */
export async function followDokumente(tx: WriteTx, { typ, ids }: SchutzAenderung): Promise<void> {
  const art = typ === 'dokument' ? tx.extensions('schutzobjekt').find((a) => a.typ === typ) : undefined;
  if (!art?.bereich) return;
  for (let i = 0; i < ids.length; i += CHUNK) {
    const rows = await db.write(tx).selectFrom('posteingang.eingang').select(['id', 'dokument_id', 'ablage_schutz_id']).where('dokument_id', 'in', ids.slice(i, i + CHUNK)).execute();
    const orte = rows.length ? await art.bereich(tx, rows.map((r) => r.dokument_id!)) : new Map<string, { schutzId: string }>();
    const neu = Map.groupBy(rows.filter((r) => orte.has(r.dokument_id!) && orte.get(r.dokument_id!)!.schutzId !== r.ablage_schutz_id), (r) => orte.get(r.dokument_id!)!.schutzId);
    for (const [schutzId, gleiche] of neu) await db.write(tx).updateTable('posteingang.eingang').set({ ablage_schutz_id: schutzId }).where('id', 'in', gleiche.map((r) => r.id)).execute();
    if (neu.size) await protect(tx, [...neu.keys()]);
  }
}

/** `klasseGeaendert`: these Schutzbereiche may have become protected. */
export const followKlasse = async (tx: WriteTx, schutzIds: readonly string[]): Promise<void> => protect(tx, schutzIds);
