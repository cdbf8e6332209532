import { sql } from 'kysely';
import type { EreignisTables } from '#platform/server/ereignis-tables.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { isId } from './sprache.ts';
import type { Blattzeile, Siegelzeile, Stand } from './nachrechnen.ts';
import type { ProtokollTables } from './tables.gen.ts';
import { alsText, zeile } from './versiegeln.ts';

const db = tables<ProtokollTables & EreignisTables>();

/** The leaves from `von` (counted from 0) up to `bis`, with what they were made of. */
export async function readBlaetter(tx: ReadTx, von: number, bis: number): Promise<Blattzeile[]> {
  const rows = await db.read(tx).selectFrom('protokoll.blatt as b').leftJoin('platform.ereignis as e', 'e.id', 'b.ereignis_id').leftJoin('platform.ereignis_daten as d', 'd.ereignis_id', 'e.id')
    .select(['b.folge', 'b.hash', 'd.salz', sql<string | null>`d.daten::text`.as('daten')]).select(zeile).select(alsText)
    .where('b.folge', '>=', von).where('b.folge', '<', bis).orderBy('b.folge').execute();
  return rows.map(({ folge, hash, salz, daten, ...ereignis }) => ({ folge, blatt: hash, salz, daten, ereignis: ereignis.id === null ? null : ereignis as Blattzeile['ereignis'] }));
}

export const readSiegel = (tx: ReadTx, nachNr: number, bisNr: number, bisGroesse: number): Promise<Siegelzeile[]> =>
  db.read(tx).selectFrom('protokoll.siegel').select(['nr', 'groesse', 'wurzel', 'vorgaenger', 'zeit', 'schluessel_id', 'unterschrift'])
    .where('nr', '>', nachNr).where('nr', '<=', bisNr).where('groesse', '<=', bisGroesse).orderBy('nr').execute();

/** A stretch of the protocol, with everything that `recompute` compares. */
export async function readAbschnitt(tx: ReadTx, stand: Stand, bis: number, bisSiegel: number) {
  const zeilen = await readBlaetter(tx, stand.folge, bis);
  const siegel = await readSiegel(tx, stand.siegelNr, bisSiegel, bis);
  const ereignisse = zeilen.flatMap((z) => z.ereignis ?? []);
  const last = ereignisse.at(-1);
  const { anzahl } = last ? await db.read(tx).selectFrom('platform.ereignis as e').select((eb) => eb.fn.countAll<number>().as('anzahl'))
    .where(sql<boolean>`(e.xid, e.id) > (${stand.xid}::xid8, ${stand.id}::bigint)`).where(sql<boolean>`(e.xid, e.id) <= (${last.xid}::xid8, ${last.id}::bigint)`).executeTakeFirstOrThrow() : { anzahl: 0 };
  const objekte = [...new Set(ereignisse.flatMap((e) => Object.values(JSON.parse(e.objekte) as Record<string, unknown>).flat()))].filter(isId); // changed rows may hold anything
  const links = objekte.length ? await db.read(tx).selectFrom('platform.ereignis_objekt').select(['ereignis_id', 'objekt_id'])
    .where(sql<boolean>`objekt_id = any(${objekte}::uuid[])`).where(sql<boolean>`ereignis_id = any(${ereignisse.map((e) => e.id)}::bigint[])`).execute() : [];
  return { mandantId: tx.ctx.mandantId, bis, zeilen, siegel, anzahl, verknuepft: new Set(links.map((l) => `${l.ereignis_id} ${l.objekt_id}`)) };
}
