import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { normalizeAktenzeichen } from '#modules/aktenplan/contract.ts';
import { listTeilbaum } from '#modules/aktenplan/server/index.ts';
import { wessen } from '#platform/server/context.ts';
import { Forbidden } from '#platform/server/errors.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import type { Objekttyp, Status } from '../contract.ts';
import { aktePolicy, dokumentPolicy, STORNO_SEHEN, vorgangPolicy } from './policy.ts';

export type Filter = {
  aktenplaneinheitId?: string[] | undefined; unterhalb?: boolean | undefined; federfuehrungId?: string[] | undefined; bearbeiterId?: string[] | undefined; status?: Status[] | undefined;
  eigene?: boolean | undefined; gemerkt?: boolean | undefined; von?: string | undefined; bis?: string | undefined; text?: string | undefined; storniert: 'ohne' | 'mit' | 'nur';
};
const escapeLike = (text: string) => text.replace(/[\\%_]/g, (c) => `\\${c}`);

/** A place of which most lists name just one: then its index also gives the order. */
export const eineVon = (column: string, ids: readonly string[]) =>
  ids.length === 1 ? sql<SqlBool>`${sql.ref(column)} = ${ids[0]}::uuid` : sql<SqlBool>`${sql.ref(column)} = any(${ids}::uuid[])`;

/** The conditions that lists of Akten, Vorgänge and Dokumente share (UX-02), for the table under its full name. */
export async function conditions(tx: ReadTx, typ: Objekttyp, f: Filter): Promise<RawBuilder<SqlBool>[]> {
  const m = tx.ctx.mandantId;
  const c = (column: string) => sql.ref(`schriftgut.${typ}.${column}`);
  const list: RawBuilder<SqlBool>[] = [];
  const inAkte = (condition: RawBuilder<unknown>) => sql<SqlBool>`${c('akte_id')} in (select a.id from schriftgut.akte a where a.mandant_id = ${m} and ${condition})`;

  if (f.storniert !== 'ohne' && !tx.ctx.akteur.rechte.has(STORNO_SEHEN)) throw Forbidden(STORNO_SEHEN);
  if (f.storniert === 'ohne') list.push(sql`${c('storniert_am')} is null`);
  if (f.storniert === 'nur') list.push(sql`${c('storniert_am')} is not null`);
  if (f.status) list.push(sql`${c('status')} = any(${f.status})`);
  if (f.bearbeiterId) list.push(sql`${c('bearbeiter_id')} = any(${f.bearbeiterId}::uuid[])`);
  if (f.eigene) list.push(tx.ctx.akteur.art === 'person' ? sql`${c('bearbeiter_id')} = ${wessen(tx.ctx.akteur)}` : sql`false`);
  if (f.gemerkt) list.push(sql`${c('id')} in (select g.objekt_id from schriftgut.merkliste g where g.mandant_id = ${m} and g.benutzer_id::text = ${wessen(tx.ctx.akteur)})`);

  if (f.aktenplaneinheitId) {
    const einheiten = f.unterhalb ? (await Promise.all(f.aktenplaneinheitId.map((id) => listTeilbaum(tx, id)))).flat() : f.aktenplaneinheitId;
    list.push(typ === 'akte' ? sql`${c('aktenplaneinheit_id')} = any(${einheiten}::uuid[])` : inAkte(sql`a.aktenplaneinheit_id = any(${einheiten}::uuid[])`));
  }
  if (f.federfuehrungId) {
    const own = sql<SqlBool>`${c('federfuehrung_id')} = any(${f.federfuehrungId}::uuid[])`;
    list.push(typ === 'akte' ? own : sql`(${own} or (${c('federfuehrung_id')} is null and ${inAkte(sql`a.federfuehrung_id = any(${f.federfuehrungId}::uuid[])`)}))`);
  }
  const zeit = typ === 'dokument' ? c('datum') : sql`${c('geaendert_am')}`;
  if (f.von) list.push(typ === 'dokument' ? sql`${zeit} >= ${f.von}::date` : sql`${zeit} >= ${f.von}::date::timestamptz`);
  if (f.bis) list.push(typ === 'dokument' ? sql`${zeit} <= ${f.bis}::date` : sql`${zeit} < (${f.bis}::date + 1)::timestamptz`);

  if (f.text !== undefined) {
    const norm = normalizeAktenzeichen(f.text);
    const kennzeichen = c(typ === 'akte' ? 'aktenzeichen_norm' : 'kennzeichen_norm');
    const words = f.text.toLocaleLowerCase('de-DE').split(/\s+/).filter(Boolean);
    const lesbar = await { akte: aktePolicy, vorgang: vorgangPolicy, dokument: dokumentPolicy }[typ].lesbar(tx, 'betreff');
    const betreff = sql.join(words.map((word) => sql`lower(${lesbar}) like ${`%${escapeLike(word)}%`}`), sql` and `);
    // A range, not LIKE: that could use no index below row level security.
    const beginnt = (column: RawBuilder<unknown> | ReturnType<typeof sql.ref>) => sql`(${column} >= ${norm} and ${column} < ${`${norm}\u{10ffff}`})`;
    const frueher = sql`${c('id')} in (select coalesce(k.akte_id, k.vorgang_id, k.dokument_id) from schriftgut.frueheres_kennzeichen k where k.mandant_id = ${m} and ${beginnt(sql`k.kennzeichen_norm`)})`;
    list.push(norm ? sql`((${betreff}) or ${beginnt(kennzeichen)} or ${frueher})` : sql`(${betreff})`);
  }
  return list;
}
