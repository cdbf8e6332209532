import { sql } from 'kysely';
import type { z } from 'zod';
import { listPage } from '#platform/server/list.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Vorgang, VorgaengeListe } from '../../contract.ts';
import { readAllgemein, readLaufzeit, vererbungOf } from '../auskunft.ts';
import { conditions, eineVon } from '../filter.ts';
import { readGemerkt } from '../namen.ts';
import { readTeilbaum } from '../ort.ts';
import { dokumentPolicy, vorgangPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { vorgangHindernisse } from './abschluss.ts';
import { gliedDerAkte, presentVorgaenge, presentVorgang, readAktenBezug, readUmgebendeNamen, vorgangSpalten } from './present.ts';

const db = tables<SchriftgutTables>();
const T = 'schriftgut.vorgang';
const sort = { kennzeichen: `${T}.kennzeichen`, geaendertAm: `${T}.geaendert_am`, erstelltAm: `${T}.erstellt_am` };

export async function listVorgaenge(tx: ReadTx, query: z.output<typeof VorgaengeListe>) {
  const where = await conditions(tx, 'vorgang', query);
  if (query.akteId) where.push(eineVon('schriftgut.vorgang.akte_id', query.akteId));
  if (query.parentId) where.push(eineVon('schriftgut.vorgang.parent_id', query.parentId));
  return listPage(
    db.read(tx).selectFrom(T).select(await vorgangPolicy.spalten(tx, vorgangSpalten)).select(await vorgangPolicy.rechte(tx)).where(await vorgangPolicy.visible(tx, 'vorgang.sehen')).where((eb) => eb.and(where)),
    { sort: { ...sort, betreff: await vorgangPolicy.lesbar(tx, 'betreff') }, id: `${T}.id` }, query, (rows) => presentVorgaenge(tx, rows));
}

export async function getVorgang(tx: ReadTx, id: string): Promise<Vorgang> {
  const row = await vorgangPolicy.authorize(tx, 'vorgang.sehen', id);
  const akte = (await readAktenBezug(tx, [row.akte_id])).get(row.akte_id)!;
  const [gemerkt, namen, { vorgaenge }, kette, allgemein] = await Promise.all([
    readGemerkt(tx, [id]), readUmgebendeNamen(tx, row, akte), readTeilbaum(tx, 'vorgang', id), vererbungOf(tx, { akteId: row.akte_id, einheitId: akte.aktenplaneinheit_id, vorgangId: id }),
    readAllgemein(tx, 'vorgang', row, { akte: gliedDerAkte(akte), vorgang: { id, parent_id: row.parent_id, schutz_id: row.schutz_id, kennzeichen: row.kennzeichen, bezeichnung: row.betreff, sichtbar: true } }),
  ]);
  const [laufzeit, hindernisse, anzahl] = await Promise.all([readLaufzeit(tx, row, { vorgaenge }), vorgangHindernisse(tx, row, kette), countInhalt(tx, id, vorgaenge)]);
  return presentVorgang(row, { akte, gemerkt, namen, kette, allgemein, laufzeit, hindernisse, anzahl });
}

async function countInhalt(tx: ReadTx, id: string, vorgaenge: readonly string[]) {
  const d = await db.read(tx).selectFrom('schriftgut.dokument').select(sql<number>`count(*)`.as('dokumente'))
    .where('vorgang_id', 'in', [...vorgaenge]).where('parent_id', 'is', null).where('storniert_am', 'is', null).where(await dokumentPolicy.visible(tx, 'dokument.sehen')).executeTakeFirstOrThrow();
  const v = vorgaenge.length === 1 ? { teilvorgaenge: 0 } : await db.read(tx).selectFrom('schriftgut.vorgang').select(sql<number>`count(*)`.as('teilvorgaenge'))
    .where('id', 'in', [...vorgaenge]).where('id', '<>', id).where('storniert_am', 'is', null).where(await vorgangPolicy.visible(tx, 'vorgang.sehen')).executeTakeFirstOrThrow();
  return { teilvorgaenge: v.teilvorgaenge, dokumente: d.dokumente };
}
