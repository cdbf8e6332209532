import { newId } from '#platform/server/ids.ts';
import { diff } from '#platform/server/aenderungen.ts';
import { requireVersion } from '#platform/server/errors.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { PostfachTables } from './tables.gen.ts';

const db = tables<PostfachTables>();
type Werte = { ablage: 'niemand' | 'mitarbeitende' | 'alle'; automatikAblegen: boolean };

export async function getEinstellungen(tx: ReadTx) {
  const row = await db.read(tx).selectFrom('postfach.einstellung').selectAll().executeTakeFirst();
  return { ablage: row?.ablage ?? 'mitarbeitende', automatikAblegen: row?.automatik_ablegen ?? true, version: row?.version ?? 0, rechte: ['postfach.verwalten'].filter((r) => tx.ctx.akteur.rechte.has(r)) };
}

export async function updateEinstellungen(tx: WriteTx, ifMatch: number, neu: Werte) {
  const row = await db.write(tx).selectFrom('postfach.einstellung').selectAll().forUpdate().executeTakeFirst();
  requireVersion({ version: row?.version ?? 0 }, ifMatch);
  const alt = await getEinstellungen(tx);
  const id = row?.id ?? newId();
  const spalten = { ablage: neu.ablage, automatik_ablegen: neu.automatikAblegen };
  if (row) await db.write(tx).updateTable('postfach.einstellung').set({ ...spalten, version: ifMatch + 1 }).where('id', '=', id).execute();
  else await db.write(tx).insertInto('postfach.einstellung').values({ id, ...spalten }).execute();
  await tx.record({ art: 'postfach.eingestellt', objekte: { postfacheinstellung: id }, daten: { aenderungen: diff(alt, neu, ['ablage', 'automatikAblegen']) } });
  return getEinstellungen(tx);
}
