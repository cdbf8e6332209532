import { sql } from 'kysely';
import { z } from 'zod';
import type { EreignisTables } from '#platform/server/ereignis-tables.ts';
import type { LesezugriffTables } from '#platform/server/lesezugriff.ts';
import type { Siegel } from '#platform/server/siegel.ts';
import { tables, type JobRef, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { ERSTER_VORGAENGER, siegelHash } from '../format.ts';
import { append, emptyTree, rootOf } from '../merkle.ts';
import type { ProtokollTables } from '../tables.gen.ts';
import { blattOf, siegelText, type Grabstein } from './format.ts';
import { alsText, lastOf, spalten } from './siegel.ts';

const db = tables<ProtokollTables & LesezugriffTables & EreignisTables>();
const MOST = 2000;
export const lesenPruefen = { name: 'protokoll.lesezugriffe_pruefen', payload: z.object({ monat: z.string().optional(), geprueft: z.number().int().default(0) }), priority: -5 } satisfies JobRef;

/** What the sealed protocol says of the seals of recorded reads, newest first. */
const selectEreignisse = (tx: ReadTx, art: string) => db.read(tx).selectFrom('platform.ereignis_objekt as o').innerJoin('platform.ereignis as e', 'e.id', 'o.ereignis_id').leftJoin('platform.ereignis_daten as d', 'd.ereignis_id', 'e.id')
  .select(['e.zeit', 'd.daten']).where('o.objekt_id', '=', tx.ctx.mandantId).where('o.objekt', '=', 'lesesiegel').where('e.art', '=', art).orderBy('e.id', 'desc');
export async function readGrabsteine(tx: ReadTx): Promise<Map<string, Grabstein>> {
  const rows = await selectEreignisse(tx, 'lesezugriffe.geloescht').execute();
  return new Map(rows.flatMap((r) => ((r.daten as { monate?: Grabstein[] } | null)?.monate ?? []).map((g) => [g.monat, g] as const)));
}

/** Every seal from the first on, each naming the one before, up to the one that the protocol names last: none is gone, the newest least of all. */
export async function verifyKette(tx: ReadTx, siegel: Siegel): Promise<string | null> {
  const anker = await selectEreignisse(tx, 'lesezugriffe.versiegelt').limit(1).executeTakeFirst();
  const genannt = anker?.daten as { kette: number; siegel: string } | null | undefined;
  if (genannt === null) return 'Dem letzten Eintrag des Protokolls über die Versiegelung der Lesezugriffe fehlt der Inhalt';
  let [nr, vorgaenger] = [0, ERSTER_VORGAENGER];
  for (;;) {
    const rows = await db.read(tx).selectFrom('protokoll.lesesiegel').selectAll().where('kette', '>', nr).orderBy('kette').limit(MOST).execute();
    for (const s of rows) {
      const text = siegelText(tx.ctx.mandantId, s);
      if (s.kette !== nr + 1) return `Das Siegel ${nr + 1} der Lesezugriffe fehlt`;
      if (!siegel.verify(s.schluessel_id, text, s.unterschrift)) return `Das Siegel ${s.kette} der Lesezugriffe wurde verändert: Seine Unterschrift passt nicht`;
      if (s.vorgaenger.toString('hex') !== vorgaenger) return `Das Siegel ${s.kette} der Lesezugriffe schließt nicht an das Siegel davor an`;
      [nr, vorgaenger] = [s.kette, siegelHash(text)];
      if (genannt?.kette === nr && genannt.siegel !== vorgaenger) return `Das Siegel ${nr} der Lesezugriffe ist ein anderes als das, das im Protokoll steht`;
    }
    if (rows.length < MOST) break;
  }
  return genannt && genannt.kette > nr ? `Vom Ende der Lesezugriffe fehlt etwas: Das Protokoll nennt das Siegel ${genannt.kette}, das letzte ist ${nr}` : null;
}

export type Monatsbefund = { monat: string; anzahl: number; befund: string | null; geloescht: boolean };
export async function verifyLesezugriffe(tx: ReadTx, siegel: Siegel) {
  const monate: Monatsbefund[] = [];
  for (let m = await nextMonat(tx); m !== undefined; m = await nextMonat(tx, m)) monate.push(await verifyMonat(tx, m));
  return { befund: await verifyKette(tx, siegel), monate };
}
/** Of the months that were ever sealed. */
const nextMonat = async (tx: ReadTx, nach = '-infinity') => (await db.read(tx).selectFrom('protokoll.lesesiegel').select('monat').where('monat', '>', nach).orderBy('monat').limit(1).executeTakeFirst())?.monat;

/** Recomputes a month, each read and each root; or finds in the protocol that it went, with as many reads and under the same seal. */
async function verifyMonat(tx: ReadTx, monat: string): Promise<Monatsbefund> {
  const last = (await lastOf(tx, monat))!;
  const there = await db.read(tx).selectFrom('protokoll.leseblatt').select('folge').where('monat', '=', monat).limit(1).executeTakeFirst() ?? await db.read(tx).selectFrom('platform.lesezugriff').select('id').where('monat', '=', monat).limit(1).executeTakeFirst();
  if (there) return { monat, anzahl: last.groesse, befund: await recompute(tx, monat, last), geloescht: false };
  const stein = (await readGrabsteine(tx)).get(monat);
  const befund = !stein ? `Alle ${last.groesse} Lesezugriffe fehlen, und kein Eintrag des Protokolls nennt ihre Löschung`
    : stein.anzahl !== last.groesse || stein.siegel !== siegelHash(siegelText(tx.ctx.mandantId, last)) ? 'Gelöscht wurde etwas anderes, als das Protokoll nennt' : null;
  return { monat, anzahl: last.groesse, befund, geloescht: true };
}
async function recompute(tx: ReadTx, monat: string, last: { bis_xid: string; bis_id: number }): Promise<string | null> {
  const pending = await db.read(tx).selectFrom('protokoll.lesesiegel').select(['nr', 'groesse', 'wurzel']).where('monat', '=', monat).orderBy('nr').execute();
  let [tree, von] = [emptyTree, 0];
  for (;;) {
    const blaetter = await db.read(tx).selectFrom('protokoll.leseblatt as b').select(['b.folge', 'b.hash', 'b.lesezugriff_id']).where('b.monat', '=', monat).where('b.folge', '>=', von).orderBy('b.folge').limit(MOST).execute();
    const rows = blaetter.length ? await db.read(tx).selectFrom('platform.lesezugriff as l').select(spalten).select(alsText).where('l.id', 'in', blaetter.map((b) => b.lesezugriff_id)).execute() : [];
    const zeilen = new Map(rows.map((z) => [z.id, z]));
    for (const b of blaetter) {
      const zeile = zeilen.get(b.lesezugriff_id);
      if (b.folge !== tree.size || !zeile) return `Der Lesezugriff ${tree.size + 1} fehlt`;
      if (!blattOf(tx.ctx.mandantId, zeile)?.equals(b.hash)) return `Der Lesezugriff ${tree.size + 1} wurde verändert`;
      tree = append(tree, b.hash);
      for (let s = pending[0]; s && s.groesse === tree.size; s = pending[0]) {
        if (!s.wurzel.equals(rootOf(tree))) return `Das Siegel ${s.nr} passt nicht zu den Lesezugriffen bis ${tree.size}`;
        pending.shift();
      }
    }
    if (blaetter.length < MOST) break;
    von += MOST;
  }
  if (pending.length) return `Vom Ende fehlen Lesezugriffe: Das Siegel ${pending[0]!.nr} nennt ${pending[0]!.groesse}, da sind ${tree.size}`;
  const { anzahl } = await db.read(tx).selectFrom('platform.lesezugriff as l').select(sql<number>`count(*)`.as('anzahl')).where('l.monat', '=', monat)
    .where(sql<boolean>`(l.xid, l.id) <= (${last.bis_xid}::xid8, ${last.bis_id}::bigint)`).executeTakeFirstOrThrow();
  return anzahl === tree.size ? null : 'In einen versiegelten Abschnitt wurde nachträglich ein Lesezugriff eingefügt';
}

/** Once a week, the chain first and then a month a step. What it finds is told at once. */
export async function verifyStep(tx: WriteTx, { monat, geprueft }: z.output<typeof lesenPruefen.payload>, siegel: Siegel): Promise<void> {
  const m = monat === undefined ? undefined : await verifyMonat(tx, monat);
  const befund = m ? m.befund && `${monat!.slice(0, 7)}: ${m.befund}` : await verifyKette(tx, siegel);
  const summe = geprueft + (m && !m.geloescht ? m.anzahl : 0);
  const next = befund ? undefined : await nextMonat(tx, monat);
  if (next !== undefined) return tx.enqueue(lesenPruefen, { monat: next, geprueft: summe });
  if (befund) await tx.record({ art: 'lesezugriffe.veraenderung_gefunden', objekte: { lesesiegel: tx.ctx.mandantId }, daten: { befund } });
  else if (summe) await tx.record({ art: 'lesezugriffe.geprueft', objekte: { lesesiegel: tx.ctx.mandantId }, daten: { geprueft: summe } });
}
