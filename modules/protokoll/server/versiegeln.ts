import { sql } from 'kysely';
import type { EreignisTables } from '#platform/server/ereignis-tables.ts';
import type { Siegel } from '#platform/server/siegel.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { ERSTER_VORGAENGER, kopfOf, siegelHash, siegelText, type EreignisZeile } from './format.ts';
import { append, emptyTree, leafHash, readTree, rootOf, writePeaks, type Tree } from './merkle.ts';
import type { ProtokollTables } from './tables.gen.ts';

const db = tables<ProtokollTables & EreignisTables>();
/** Ereignisse of one checkpoint at most; what is left is taken by the next run at once. */
const MOST = 2000;

/** The columns of an Ereignis as the seal needs them. */
export const zeile = [
  'e.id', 'e.xid', 'e.zeit', 'e.art', 'e.fassung', 'e.akteur_art', 'e.akteur_id', 'e.vertreten_id', 'e.weg', 'e.korrelation_id',
] as const;
export const alsText = [sql<string>`e.objekte::text`.as('objekte'), sql<string | null>`encode(e.daten_hash, 'hex')`.as('daten_hash')] as const;

export type Versiegelung = { tree: Tree; nr: number; vorgaenger: string; bis: { xid: string; id: number }; zeilen: EreignisZeile[]; mehr: boolean };

export const lastSiegel = (tx: ReadTx) => db.read(tx).selectFrom('protokoll.siegel').selectAll().orderBy('nr', 'desc').limit(1).executeTakeFirst();

/**
 * What is to be sealed next: the Ereignisse after the last checkpoint, in the order (xid, id), of transactions below the oldest one still running.
 * Above it another transaction with a smaller xid may yet commit, and would have to stand before what is already sealed.
 */
export async function loadUnsealed(tx: ReadTx): Promise<Versiegelung> {
  const last = await lastSiegel(tx);
  const after = { xid: last?.bis_xid ?? '0', id: last?.bis_id ?? 0 };
  const beyond = (from: { xid: string; id: number }) => db.read(tx).selectFrom('platform.ereignis as e').where(sql<boolean>`(e.xid, e.id) > (${from.xid}::xid8, ${from.id}::bigint)`);
  const zeilen: EreignisZeile[] = await beyond(after).select(zeile).select(alsText)
    .where(sql<boolean>`e.xid < pg_snapshot_xmin(pg_current_snapshot())`).orderBy('e.xid').orderBy('e.id').limit(MOST).execute();
  const bis = zeilen.at(-1) ?? after;
  const mehr = (await beyond(bis).select('e.id').limit(1).executeTakeFirst()) !== undefined;
  const vorgaenger = last ? siegelHash(siegelText(angabenOf(tx.ctx.mandantId, last))) : ERSTER_VORGAENGER;
  return { tree: last ? readTree(last.groesse, last.spitzen) : emptyTree, nr: (last?.nr ?? 0) + 1, vorgaenger, bis: { xid: bis.xid, id: bis.id }, zeilen, mehr };
}

/** Seconds since the oldest Ereignis that no checkpoint covers; 0 where there is none. */
export async function readRueckstand(tx: ReadTx): Promise<number> {
  const last = await lastSiegel(tx);
  const offen = await db.read(tx).selectFrom('platform.ereignis as e').select('e.zeit').where(sql<boolean>`(e.xid, e.id) > (${last?.bis_xid ?? '0'}::xid8, ${last?.bis_id ?? 0}::bigint)`).orderBy('e.xid').orderBy('e.id').limit(1).executeTakeFirst();
  return offen ? Math.max(0, (Date.now() - Date.parse(offen.zeit)) / 1000) : 0;
}

type SiegelZeile = { nr: number; groesse: number; wurzel: Buffer; vorgaenger: Buffer; zeit: string; schluessel_id: string };
export const angabenOf = (mandantId: string, s: SiegelZeile) => ({
  mandantId, nr: s.nr, groesse: s.groesse, wurzel: s.wurzel.toString('hex'), vorgaenger: s.vorgaenger.toString('hex'), zeit: s.zeit, schluesselId: s.schluessel_id,
});

/** Grows the tree and signs its root. Pure, apart from the signature. */
export function makeSiegel(mandantId: string, { tree, nr, vorgaenger, bis, zeilen, mehr }: Versiegelung, siegel: Siegel, now: Date) {
  const blaetter = zeilen.map((z, i) => ({ folge: tree.size + i, ereignis_id: z.id, hash: leafHash(JSON.stringify(kopfOf(mandantId, z))) }));
  const grown = blaetter.reduce((t, b) => append(t, b.hash), tree);
  const angaben = { mandantId, nr, groesse: grown.size, wurzel: rootOf(grown).toString('hex'), vorgaenger, zeit: now.toISOString(), schluesselId: siegel.schluesselId };
  return {
    blaetter, mehr,
    siegel: zeilen.length === 0 ? undefined : {
      nr, groesse: grown.size, wurzel: rootOf(grown), vorgaenger: Buffer.from(vorgaenger, 'hex'), zeit: angaben.zeit, schluessel_id: siegel.schluesselId,
      unterschrift: siegel.sign(siegelText(angaben)), spitzen: writePeaks(grown), bis_xid: bis.xid, bis_id: bis.id,
    },
  };
}

/** False when another sealer was faster: its checkpoint has this number already. */
export async function storeSiegel(tx: WriteTx, { siegel, blaetter }: ReturnType<typeof makeSiegel>): Promise<boolean> {
  if (!siegel) return true;
  const { numInsertedOrUpdatedRows } = await db.write(tx).insertInto('protokoll.siegel').values(siegel).onConflict((c) => c.doNothing()).executeTakeFirstOrThrow();
  if (!numInsertedOrUpdatedRows) return false;
  failpoint('siegel.ohne_blaetter');
  await db.write(tx).insertInto('protokoll.blatt').values(blaetter).execute();
  return true;
}
