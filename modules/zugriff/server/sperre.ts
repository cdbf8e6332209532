import { sql } from 'kysely';
import { getBenutzerKurz } from '#modules/organisation/server/index.ts';
import type { Akteur } from '#platform/server/context.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { SchutzbereichErrors } from './freigabe.ts';
import { SPERREN } from './gesperrt.ts';
import { voidReichweiten } from './reichweite.ts';
import type { ZugriffTables } from './tables.gen.ts';

const db = tables<ZugriffTables>();

/** Locks the Schutzbereich and all below it (BE-07). Records nothing: the caller names the object that is locked. Its caller authorises. */
export async function createSperre(tx: WriteTx, { schutzId, grund }: { schutzId: string; grund: string }): Promise<void> {
  const row = await db.write(tx).updateTable('zugriff.schutzbereich')
    .set((eb) => ({ gesperrt_am: sql<string>`now()`, gesperrt_von: tx.ctx.akteur.art === 'system' ? null : tx.ctx.akteur.id, sperrgrund: grund, version: eb('version', '+', 1) }))
    .where('id', '=', schutzId).where('gesperrt_am', 'is', null).returning('id').executeTakeFirst();
  if (!row) throw SchutzbereichErrors.schon_gesperrt();
  await voidReichweiten(tx);
}

export async function deleteSperre(tx: WriteTx, schutzId: string): Promise<void> {
  const row = await db.write(tx).updateTable('zugriff.schutzbereich').set((eb) => ({ gesperrt_am: null, gesperrt_von: null, sperrgrund: null, version: eb('version', '+', 1) }))
    .where('id', '=', schutzId).where('gesperrt_am', 'is not', null).returning('id').executeTakeFirst();
  if (!row) throw SchutzbereichErrors.nicht_gesperrt();
  await voidReichweiten(tx);
}

export type Sperre = { am: string; von: { id: string; name: string; kurz: string } | null; grund: string; /** Where it was set. */ schutzId: string; bezeichnung: string };
/** The Sperre that holds in this Schutzbereich: its own, or the nearest above, also past cuts. */
export const getSperre = async (tx: ReadTx, schutzId: string): Promise<Sperre | null> => (await getSperren(tx, [schutzId])).get(schutzId) ?? null;

export async function getSperren(tx: ReadTx, schutzIds: readonly string[]): Promise<Map<string, Sperre>> {
  if (!schutzIds.length) return new Map();
  const query = sql`(
    with recursive hinauf as (
      select s.id as start, s.id, s.parent_id, s.bezeichnung, s.gesperrt_am, s.gesperrt_von, s.sperrgrund from zugriff.schutzbereich s where s.mandant_id = ${tx.ctx.mandantId} and s.id = any(${[...new Set(schutzIds)]}::uuid[])
      union all
      select h.start, o.id, o.parent_id, o.bezeichnung, o.gesperrt_am, o.gesperrt_von, o.sperrgrund from hinauf h join zugriff.schutzbereich o on o.mandant_id = ${tx.ctx.mandantId} and o.id = h.parent_id and h.gesperrt_am is null
    ) select start, id, bezeichnung, gesperrt_am, gesperrt_von, sperrgrund from hinauf where gesperrt_am is not null)`;
  const rows = await db.read(tx).selectFrom(query.as('h') as never).selectAll().execute() as { start: string; id: string; bezeichnung: string; gesperrt_am: string; gesperrt_von: string | null; sperrgrund: string }[];
  const namen = await getBenutzerKurz(tx, [...new Set(rows.flatMap((r) => r.gesperrt_von ?? []))]);
  return new Map(rows.map((r) => [r.start, { am: r.gesperrt_am, von: namen.get(r.gesperrt_von ?? '') ?? null, grund: r.sperrgrund, schutzId: r.id, bezeichnung: r.bezeichnung }]));
}

/** For an answer about this Akteur; `darf`: whoever may lock gets in. */
export const presentSperre = (sperre: Sperre | null | undefined, akteur: Akteur) =>
  (sperre ? { am: sperre.am, von: sperre.von, grund: sperre.grund, ort: { id: sperre.schutzId, bezeichnung: sperre.bezeichnung }, darf: akteur.rechte.has(SPERREN) } : null);
