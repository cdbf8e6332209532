import { sql } from 'kysely';
import { normalizeAktenzeichen } from '#modules/aktenplan/contract.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Objekttyp } from '../contract.ts';
import type { Teilbaum } from './ort.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();
const CHUNK = 5000;
type Benannt = { id: string; kennzeichen: string };

/**
 * The Kennzeichen of a whole subtree begins anew with `neu` instead of `alt`; what each object was called before goes on finding it (AZ-05).
 * Few statements, however many objects: a Vorgang may hold thousands.
 */
export async function renameTeilbaum(tx: WriteTx, baum: Teilbaum, alt: string, neu: string, grund: string | null) {
  if (alt === neu) return;
  for (const [typ, ids] of [['akte', baum.akten], ['vorgang', baum.vorgaenge], ['dokument', baum.dokumente]] as const) {
    for (let i = 0; i < ids.length; i += CHUNK) await renameChunk(tx, typ, ids.slice(i, i + CHUNK), alt, neu, grund);
  }
}

async function renameChunk(tx: WriteTx, typ: Objekttyp, ids: readonly string[], alt: string, neu: string, grund: string | null) {
  const column = typ === 'akte' ? 'aktenzeichen' as const : 'kennzeichen' as const;
  const rows = (typ === 'akte' ? await db.write(tx).selectFrom('schriftgut.akte').select(['id', 'aktenzeichen as kennzeichen']).where('id', 'in', [...ids]).execute()
    : await db.write(tx).selectFrom(`schriftgut.${typ}`).select(['id', 'kennzeichen']).where('id', 'in', [...ids]).execute()) as Benannt[];
  const renamed = rows.filter((r) => r.kennzeichen.startsWith(alt)).map((r) => ({ id: r.id, alt: r.kennzeichen, neu: neu + r.kennzeichen.slice(alt.length) }));
  if (!renamed.length) return;
  await db.write(tx).insertInto('schriftgut.frueheres_kennzeichen').values(renamed.map((r) => ({ [`${typ}_id`]: r.id, kennzeichen: r.alt, kennzeichen_norm: normalizeAktenzeichen(r.alt), grund }))).execute();
  const set = sql<{ id: string; kennzeichen: string; norm: string }>`unnest(${renamed.map((r) => r.id)}::uuid[], ${renamed.map((r) => r.neu)}::text[], ${renamed.map((r) => normalizeAktenzeichen(r.neu))}::text[])`.as<'n'>(sql`n(id, kennzeichen, norm)`);
  await db.write(tx).updateTable(`schriftgut.${typ}` as 'schriftgut.dokument').from(set)
    .set({ [column]: sql.ref('n.kennzeichen'), [`${column}_norm`]: sql.ref('n.norm') } as never).where(sql<boolean>`${sql.ref(`schriftgut.${typ}.id`)} = n.id`).execute();
}
