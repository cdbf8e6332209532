import { sql } from 'kysely';
import type { Siegel } from '#platform/server/siegel.ts';
import type { LesezugriffTables } from '#platform/server/lesezugriff.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { ERSTER_VORGAENGER, siegelHash } from '../format.ts';
import { append, emptyTree, leafHash, readTree, rootOf, writePeaks, type Tree } from '../merkle.ts';
import type { ProtokollTables } from '../tables.gen.ts';

const db = tables<ProtokollTables & LesezugriffTables>();
const MOST = 2000;

type Zeile = { id: number; xid: string; zeit: string; monat: string; akteur_art: string; akteur_id: string; vertreten_id: string | null; herkunft_id: string | null; bei_id: string | null; operation: string; weg: string; korrelation_id: string; objekte: string };
/** What the leaf of a recorded read is the hash of. */
const kopfOf = (mandantId: string, z: Zeile) => JSON.stringify(['verbundakte-lesezugriff/1', mandantId, z.id, z.zeit, z.monat, z.akteur_art, z.akteur_id, z.vertreten_id, z.herkunft_id, z.bei_id, z.operation, z.weg, z.korrelation_id, z.objekte]);
type Angaben = { mandantId: string; monat: string; nr: number; groesse: number; wurzel: string; vorgaenger: string; zeit: string; schluesselId: string };
const textOf = (s: Angaben) => ['verbundakte-lesesiegel/1', s.mandantId, s.monat, s.nr, s.groesse, s.wurzel, s.vorgaenger, s.zeit, s.schluesselId].join('\n');
type SiegelRow = { monat: string; nr: number; groesse: number; wurzel: Buffer; vorgaenger: Buffer; zeit: string; schluessel_id: string };
const angabenOf = (mandantId: string, s: SiegelRow): Angaben => ({ mandantId, monat: s.monat, nr: s.nr, groesse: s.groesse, wurzel: s.wurzel.toString('hex'), vorgaenger: s.vorgaenger.toString('hex'), zeit: s.zeit, schluesselId: s.schluessel_id });

const selectZeilen = (tx: ReadTx) => db.read(tx).selectFrom('platform.lesezugriff as l')
  .select(['l.id', 'l.xid', 'l.zeit', 'l.monat', 'l.akteur_art', 'l.akteur_id', 'l.vertreten_id', 'l.herkunft_id', 'l.bei_id', 'l.operation', 'l.weg', 'l.korrelation_id', sql<string>`l.objekte::text`.as('objekte')]);
const lastOf = (tx: ReadTx, monat: string) => db.read(tx).selectFrom('protokoll.lesesiegel').selectAll().where('monat', '=', monat).orderBy('nr', 'desc').limit(1).executeTakeFirst();

type Offen = { monat: string; tree: Tree; nr: number; vorgaenger: string; zeilen: Zeile[] };
/** The oldest month with reads that are not sealed, and the next of them, in the order (xid, id), below the oldest transaction still running. */
export async function loadUnsealed(tx: ReadTx): Promise<Offen | undefined> {
  // Only months whose last read lies beyond their last seal have something to seal; what was put into a sealed stretch is for the verification to find.
  // The oldest is sealed first, so that nothing before the month ahead of the last sealed one can be open: years of reads are not walked every hour.
  const first = await db.read(tx).selectFrom(sql`(select l.monat from platform.lesezugriff l where l.mandant_id = ${tx.ctx.mandantId} and l.xid < pg_snapshot_xmin(pg_current_snapshot())
    and l.monat >= coalesce((select max(s.monat) - interval '1 month' from protokoll.lesesiegel s where s.mandant_id = ${tx.ctx.mandantId}), '-infinity')
    and (l.xid, l.id) > (select coalesce(max(s.bis_xid), '0'::xid8), coalesce((array_agg(s.bis_id order by s.nr desc))[1], 0) from protokoll.lesesiegel s where s.mandant_id = ${tx.ctx.mandantId} and s.monat = l.monat)
    order by l.monat limit 1)`.as('m') as never).selectAll().executeTakeFirst() as { monat: string } | undefined;
  if (!first) return undefined;
  const last = await lastOf(tx, first.monat);
  const zeilen = await selectZeilen(tx).where('l.monat', '=', first.monat).where(sql<boolean>`(l.xid, l.id) > (${last?.bis_xid ?? '0'}::xid8, ${last?.bis_id ?? 0}::bigint)`)
    .where(sql<boolean>`l.xid < pg_snapshot_xmin(pg_current_snapshot())`).orderBy('l.xid').orderBy('l.id').limit(MOST).execute();
  return { monat: first.monat, tree: last ? readTree(last.groesse, last.spitzen) : emptyTree, nr: (last?.nr ?? 0) + 1, vorgaenger: last ? siegelHash(textOf(angabenOf(tx.ctx.mandantId, last))) : ERSTER_VORGAENGER, zeilen };
}

export function makeSiegel(mandantId: string, { monat, tree, nr, vorgaenger, zeilen }: Offen, siegel: Siegel, now: Date) {
  const blaetter = zeilen.map((z, i) => ({ monat, folge: tree.size + i, lesezugriff_id: z.id, hash: leafHash(kopfOf(mandantId, z)) }));
  const grown = blaetter.reduce((t, b) => append(t, b.hash), tree);
  const bis = zeilen.at(-1)!;
  const angaben = { mandantId, monat, nr, groesse: grown.size, wurzel: rootOf(grown).toString('hex'), vorgaenger, zeit: now.toISOString(), schluesselId: siegel.schluesselId };
  return {
    blaetter, mehr: zeilen.length === MOST,
    siegel: { monat, nr, groesse: grown.size, wurzel: rootOf(grown), vorgaenger: Buffer.from(vorgaenger, 'hex'), zeit: angaben.zeit, schluessel_id: siegel.schluesselId, unterschrift: siegel.sign(textOf(angaben)), spitzen: writePeaks(grown), bis_xid: bis.xid, bis_id: bis.id },
  };
}
export async function storeSiegel(tx: WriteTx, { siegel, blaetter }: ReturnType<typeof makeSiegel>): Promise<void> {
  const { numInsertedOrUpdatedRows } = await db.write(tx).insertInto('protokoll.lesesiegel').values(siegel).onConflict((c) => c.doNothing()).executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows) await db.write(tx).insertInto('protokoll.leseblatt').values(blaetter).execute();
}

export type Monatsbefund = { monat: string; anzahl: number; befund: string | null };
/** Recomputes every month that is still there: each read, each seal. Names the first thing that is not as it was sealed. */
export async function verifyMonate(tx: ReadTx, siegel: Siegel): Promise<Monatsbefund[]> {
  const rows = await db.read(tx).selectFrom('protokoll.leseblatt').select(['monat', sql<number>`count(*)`.as('anzahl')]).groupBy('monat').orderBy('monat').execute();
  const befunde: Monatsbefund[] = [];
  for (const { monat, anzahl } of rows) befunde.push({ monat, anzahl, befund: await verifyMonat(tx, monat, siegel) });
  return befunde;
}
async function verifyMonat(tx: ReadTx, monat: string, siegel: Siegel): Promise<string | null> {
  const pending = await db.read(tx).selectFrom('protokoll.lesesiegel').selectAll().where('monat', '=', monat).orderBy('nr').execute();
  let [tree, vorgaenger, von] = [emptyTree, ERSTER_VORGAENGER, 0];
  for (;;) {
    const blaetter = await db.read(tx).selectFrom('protokoll.leseblatt as b').select(['b.folge', 'b.hash', 'b.lesezugriff_id']).where('b.monat', '=', monat).where('b.folge', '>=', von).orderBy('b.folge').limit(MOST).execute();
    const zeilen = new Map((blaetter.length ? await selectZeilen(tx).where('l.id', 'in', blaetter.map((b) => b.lesezugriff_id)).execute() : []).map((z) => [z.id, z]));
    for (const b of blaetter) {
      const z = zeilen.get(b.lesezugriff_id);
      if (b.folge !== tree.size || !z) return `Der Lesezugriff ${tree.size + 1} fehlt`;
      if (!leafHash(kopfOf(tx.ctx.mandantId, z)).equals(b.hash)) return `Der Lesezugriff ${tree.size + 1} wurde verändert`;
      tree = append(tree, b.hash);
      for (let s = pending[0]; s && s.groesse === tree.size; s = pending[0]) {
        const angaben = angabenOf(tx.ctx.mandantId, s);
        if (!siegel.verify(s.schluessel_id, textOf(angaben), s.unterschrift) || angaben.vorgaenger !== vorgaenger || angaben.wurzel !== rootOf(tree).toString('hex')) return `Das Siegel ${s.nr} passt nicht zu den Lesezugriffen bis ${tree.size}`;
        vorgaenger = siegelHash(textOf(angaben));
        pending.shift();
      }
    }
    if (blaetter.length < MOST) break;
    von += MOST;
  }
  if (pending.length) return `Vom Ende fehlen Lesezugriffe: Das Siegel ${pending[0]!.nr} nennt ${pending[0]!.groesse}, da sind ${tree.size}`;
  const last = await lastOf(tx, monat);
  const { anzahl } = await db.read(tx).selectFrom('platform.lesezugriff as l').select(sql<number>`count(*)`.as('anzahl')).where('l.monat', '=', monat)
    .where(sql<boolean>`(l.xid, l.id) <= (${last?.bis_xid ?? '0'}::xid8, ${last?.bis_id ?? 0}::bigint)`).executeTakeFirstOrThrow();
  return anzahl === tree.size ? null : 'In einen versiegelten Abschnitt wurde nachträglich ein Lesezugriff eingefügt';
}

/** What is older than the Mandant keeps: reads and leaves go, the seals stay. */
export async function dropAlte(tx: WriteTx, now: Date): Promise<void> {
  const monate = (await db.write(tx).selectFrom('protokoll.lesefrist').select('monate').executeTakeFirst())?.monate ?? VORGABE_MONATE;
  const vor = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monate, 1)).toISOString().slice(0, 10);
  const { anzahl } = await db.write(tx).selectFrom(sql`(select platform.drop_lesezugriffe(${vor}::date) as anzahl)`.as('f') as never).selectAll().executeTakeFirstOrThrow() as { anzahl: number };
  if (!anzahl) return;
  await db.write(tx).deleteFrom('protokoll.leseblatt').where((eb) => eb.not(eb.exists(eb.selectFrom('platform.lesezugriff as l').select('l.id').whereRef('l.id', '=', 'protokoll.leseblatt.lesezugriff_id')))).execute();
  await tx.record({ art: 'lesezugriffe.geloescht', objekte: { mandant: tx.ctx.mandantId }, daten: { anzahl, vor } });
}
export const VORGABE_MONATE = 12;
