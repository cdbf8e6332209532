import { sql } from 'kysely';
import { getBenutzerKurz } from '#modules/organisation/server/index.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { SchutzbereichErrors } from './freigabe.ts';
import { forgetReichweite } from './reichweite.ts';
import type { ZugriffTables } from './tables.gen.ts';

const db = tables<ZugriffTables>();

/** Locks the Schutzbereich and all below it (BE-07). Records nothing: the caller names the object that is locked. Its caller authorises. */
export async function createSperre(tx: WriteTx, { schutzId, grund }: { schutzId: string; grund: string }): Promise<void> {
  const row = await db.write(tx).updateTable('zugriff.schutzbereich')
    .set((eb) => ({ gesperrt_am: sql<string>`now()`, gesperrt_von: tx.ctx.akteur.art === 'system' ? null : tx.ctx.akteur.id, sperrgrund: grund, version: eb('version', '+', 1) }))
    .where('id', '=', schutzId).where('gesperrt_am', 'is', null).returning('id').executeTakeFirst();
  if (!row) throw SchutzbereichErrors.schon_gesperrt();
  forgetReichweite(tx);
}

export async function deleteSperre(tx: WriteTx, schutzId: string): Promise<void> {
  const row = await db.write(tx).updateTable('zugriff.schutzbereich').set((eb) => ({ gesperrt_am: null, gesperrt_von: null, sperrgrund: null, version: eb('version', '+', 1) }))
    .where('id', '=', schutzId).where('gesperrt_am', 'is not', null).returning('id').executeTakeFirst();
  if (!row) throw SchutzbereichErrors.nicht_gesperrt();
  forgetReichweite(tx);
}

export type Sperre = { am: string; von: { id: string; name: string; kurz: string } | null; grund: string; /** Where it was set. */ schutzId: string };
/** The Sperre that holds in this Schutzbereich: its own, or the nearest above, also past cuts. */
export async function getSperre(tx: ReadTx, schutzId: string): Promise<Sperre | null> {
  const query = sql`(
    with recursive hinauf as (
      select s.id, s.parent_id, s.gesperrt_am, s.gesperrt_von, s.sperrgrund from zugriff.schutzbereich s where s.mandant_id = ${tx.ctx.mandantId} and s.id = ${schutzId}
      union all
      select o.id, o.parent_id, o.gesperrt_am, o.gesperrt_von, o.sperrgrund from hinauf h join zugriff.schutzbereich o on o.mandant_id = ${tx.ctx.mandantId} and o.id = h.parent_id and h.gesperrt_am is null
    ) select id, gesperrt_am, gesperrt_von, sperrgrund from hinauf where gesperrt_am is not null)`;
  const row = await db.read(tx).selectFrom(query.as('h') as never).selectAll().executeTakeFirst() as { id: string; gesperrt_am: string; gesperrt_von: string | null; sperrgrund: string } | undefined;
  if (!row) return null;
  const von = row.gesperrt_von === null ? null : (await getBenutzerKurz(tx, [row.gesperrt_von])).get(row.gesperrt_von) ?? null;
  return { am: row.gesperrt_am, von, grund: row.sperrgrund, schutzId: row.id };
}
