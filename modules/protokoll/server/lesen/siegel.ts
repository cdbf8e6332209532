import { sql } from 'kysely';
import type { LesezugriffTables } from '#platform/server/lesezugriff.ts';
import type { Siegel } from '#platform/server/siegel.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { ERSTER_VORGAENGER, siegelHash } from '../format.ts';
import { append, emptyTree, leafHash, readTree, rootOf, writePeaks, type Tree } from '../merkle.ts';
import type { ProtokollTables } from '../tables.gen.ts';
import { kopfOf, siegelText, type Grabstein, type Zeile } from './format.ts';

const db = tables<ProtokollTables & LesezugriffTables>();
const MOST = 2000;

/** The columns of a recorded read as its leaf needs them. */
export const spalten = ['l.id', 'l.xid', 'l.zeit', 'l.monat', 'l.akteur_art', 'l.akteur_id', 'l.vertreten_id', 'l.herkunft_id', 'l.bei_id', 'l.operation', 'l.weg', 'l.korrelation_id', 'l.salz'] as const;
export const alsText = sql<string>`l.objekte::text`.as('objekte');
export const lastOf = (tx: ReadTx, monat: string) => db.read(tx).selectFrom('protokoll.lesesiegel').selectAll().where('monat', '=', monat).orderBy('nr', 'desc').limit(1).executeTakeFirst();
const lastSiegel = (tx: ReadTx) => db.read(tx).selectFrom('protokoll.lesesiegel').selectAll().orderBy('kette', 'desc').limit(1).executeTakeFirst();

type Offen = { monat: string; tree: Tree; nr: number; kette: number; vorgaenger: string; zeilen: Zeile[] };
/** The oldest month with reads that are not sealed, and the next of them, in the order (xid, id), below the oldest transaction still running. */
export async function loadUnsealed(tx: ReadTx): Promise<Offen | undefined> {
  // Only months whose last read lies beyond their last seal have something to seal; what was put into a sealed stretch is for the verification to find.
  // The oldest is sealed first, so that nothing before the month ahead of the last sealed one can be open: years of reads are not walked every hour.
  const first = await db.read(tx).selectFrom(sql`(select l.monat from platform.lesezugriff l where l.mandant_id = ${tx.ctx.mandantId} and l.xid < pg_snapshot_xmin(pg_current_snapshot())
    and l.monat >= coalesce((select max(s.monat) - interval '1 month' from protokoll.lesesiegel s where s.mandant_id = ${tx.ctx.mandantId}), '-infinity')
    and (l.xid, l.id) > (select coalesce(max(s.bis_xid), '0'::xid8), coalesce((array_agg(s.bis_id order by s.nr desc))[1], 0) from protokoll.lesesiegel s where s.mandant_id = ${tx.ctx.mandantId} and s.monat = l.monat)
    order by l.monat limit 1)`.as('m') as never).selectAll().executeTakeFirst() as { monat: string } | undefined;
  if (!first) return undefined;
  const [last, davor] = [await lastOf(tx, first.monat), await lastSiegel(tx)];
  const zeilen = await db.read(tx).selectFrom('platform.lesezugriff as l').select(spalten).select(alsText).where('l.monat', '=', first.monat).where(sql<boolean>`(l.xid, l.id) > (${last?.bis_xid ?? '0'}::xid8, ${last?.bis_id ?? 0}::bigint)`)
    .where(sql<boolean>`l.xid < pg_snapshot_xmin(pg_current_snapshot())`).orderBy('l.xid').orderBy('l.id').limit(MOST).execute();
  return {
    monat: first.monat, tree: last ? readTree(last.groesse, last.spitzen) : emptyTree, nr: (last?.nr ?? 0) + 1, zeilen,
    kette: (davor?.kette ?? 0) + 1, vorgaenger: davor ? siegelHash(siegelText(tx.ctx.mandantId, davor)) : ERSTER_VORGAENGER,
  };
}

export function makeSiegel(mandantId: string, { monat, tree, nr, kette, vorgaenger, zeilen }: Offen, siegel: Siegel, now: Date) {
  const blaetter = zeilen.map((z, i) => ({ monat, folge: tree.size + i, lesezugriff_id: z.id, hash: leafHash(JSON.stringify(kopfOf(mandantId, z))) }));
  const grown = blaetter.reduce((t, b) => append(t, b.hash), tree);
  const bis = zeilen.at(-1)!;
  const angaben = { kette, monat, nr, groesse: grown.size, wurzel: rootOf(grown), vorgaenger: Buffer.from(vorgaenger, 'hex'), zeit: now.toISOString(), schluessel_id: siegel.schluesselId };
  const text = siegelText(mandantId, angaben);
  return { blaetter, hash: siegelHash(text), siegel: { ...angaben, unterschrift: siegel.sign(text), spitzen: writePeaks(grown), bis_xid: bis.xid, bis_id: bis.id } };
}
/** With its hash in an Ereignis, which is sealed itself: whoever takes away the end of the chain has the protocol against him. */
export async function storeSiegel(tx: WriteTx, { siegel, blaetter, hash }: ReturnType<typeof makeSiegel>): Promise<void> {
  const { numInsertedOrUpdatedRows } = await db.write(tx).insertInto('protokoll.lesesiegel').values(siegel).onConflict((c) => c.doNothing()).executeTakeFirstOrThrow();
  if (!numInsertedOrUpdatedRows) return;
  await db.write(tx).insertInto('protokoll.leseblatt').values(blaetter).execute();
  await tx.record({ art: 'lesezugriffe.versiegelt', objekte: { lesesiegel: tx.ctx.mandantId }, daten: { kette: siegel.kette, siegel: hash, monat: siegel.monat, anzahl: siegel.groesse } });
}

/** What is older than the Mandant keeps: reads and leaves go, the seals stay, and an Ereignis says of each month how many there were under which seal. */
export async function dropAlte(tx: WriteTx, now: Date): Promise<void> {
  const monate = (await db.write(tx).selectFrom('protokoll.lesefrist').select('monate').executeTakeFirst())?.monate ?? VORGABE_MONATE;
  const vor = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monate, 1)).toISOString().slice(0, 10);
  const { anzahl } = await db.write(tx).selectFrom(sql`(select platform.drop_lesezugriffe(${vor}::date) as anzahl)`.as('f') as never).selectAll().executeTakeFirstOrThrow() as { anzahl: number };
  if (!anzahl) return;
  const alt = await db.write(tx).selectFrom('protokoll.leseblatt as b').select('b.monat').distinct().where('b.monat', '<', vor).where((eb) => eb.not(eb.exists(eb.selectFrom('platform.lesezugriff as l').select('l.id').whereRef('l.monat', '=', 'b.monat')))).orderBy('b.monat').execute();
  const weg: Grabstein[] = [];
  for (const { monat } of alt) {
    const last = (await lastOf(tx, monat))!;
    weg.push({ monat, anzahl: last.groesse, siegel: siegelHash(siegelText(tx.ctx.mandantId, last)) });
    await db.write(tx).deleteFrom('protokoll.leseblatt').where('monat', '=', monat).execute();
  }
  await tx.record({ art: 'lesezugriffe.geloescht', objekte: { lesesiegel: tx.ctx.mandantId }, daten: { anzahl, vor, monate: weg } });
}
export const VORGABE_MONATE = 12;
