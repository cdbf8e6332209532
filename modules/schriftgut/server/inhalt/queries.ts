import { sql } from 'kysely';
import type { z } from 'zod';
import { AppError, Forbidden } from '#platform/server/errors.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { DokumentZeile, Inhalt, InhaltAbfrage, InhaltEintrag } from '../../contract.ts';
import { akteSpalten, presentAkten } from '../akte/present.ts';
import { dokumentSpalten, presentDokumente, type DokumentListRow } from '../dokument/present.ts';
import { aktePolicy, dokumentPolicy, STORNO_SEHEN, vorgangPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { presentVorgaenge, vorgangSpalten, type VorgangListRow } from '../vorgang/present.ts';

const db = tables<SchriftgutTables>();
type Abfrage = z.output<typeof InhaltAbfrage>;
/** The container whose entries are listed, and where its entries stand in each table. */
type Container = { typ: 'akte' | 'vorgang'; id: string };

const storno = (table: 'akte' | 'vorgang' | 'dokument', { storniert }: Abfrage) =>
  storniert === 'mit' ? sql<boolean>`true` : storniert === 'nur' ? sql<boolean>`${sql.ref(`schriftgut.${table}.storniert_am`)} is not null` : sql<boolean>`${sql.ref(`schriftgut.${table}.storniert_am`)} is null`;

/** The three lists of one level, with all filters and rights, without order and limit. */
async function levelOf(tx: ReadTx, c: Container, q: Abfrage) {
  const akten = db.read(tx).selectFrom('schriftgut.akte').where('parent_id', '=', c.id).where(await aktePolicy.visible(tx, 'akte.sehen')).where(storno('akte', q));
  const vorgaenge = db.read(tx).selectFrom('schriftgut.vorgang').$if(c.typ === 'akte', (v) => v.where('akte_id', '=', c.id).where('parent_id', 'is', null)).$if(c.typ === 'vorgang', (v) => v.where('parent_id', '=', c.id))
    .where(await vorgangPolicy.visible(tx, 'vorgang.sehen')).where(storno('vorgang', q)).$if(q.nurOffene === true, (v) => v.where('status', '=', 'in_bearbeitung'));
  const dokumente = db.read(tx).selectFrom('schriftgut.dokument').where('parent_id', 'is', null)
    .$if(c.typ === 'akte', (d) => d.where('akte_id', '=', c.id).where('vorgang_id', 'is', null)).$if(c.typ === 'vorgang', (d) => d.where('vorgang_id', '=', c.id))
    .where(await dokumentPolicy.visible(tx, 'dokument.sehen')).where(storno('dokument', q));
  return { akten, vorgaenge, dokumente };
}

type Marke = { rang: 0 | 1 | 2; key: string; id: string };
const encode = (m: Marke) => Buffer.from(JSON.stringify(m)).toString('base64url');
function decode(cursor: string | undefined): Marke | undefined {
  if (cursor === undefined) return undefined;
  try {
    const m = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Marke;
    if ([0, 1, 2].includes(m.rang) && typeof m.key === 'string' && typeof m.id === 'string') return m;
  } catch { /* not ours */ }
  throw new AppError('allgemein.cursor_ungueltig', 422, 'Die Seitenmarke passt nicht zu dieser Liste; bitte die Liste neu laden');
}

/**
 * One page of what lies in an Akte or a Vorgang: first Teilakten, then Vorgänge by number, then Dokumente, newest first. Each kind is one scan of its own index
 * that stops when the page is full.
 */
export async function listInhalt(tx: ReadTx, c: Container, q: Abfrage): Promise<Inhalt> {
  if (c.typ === 'akte') await aktePolicy.authorize(tx, 'akte.sehen', c.id);
  else await vorgangPolicy.authorize(tx, 'vorgang.sehen', c.id);
  if (q.storniert !== 'ohne' && !tx.ctx.akteur.rechte.has(STORNO_SEHEN)) throw Forbidden(STORNO_SEHEN);
  const ab = decode(q.cursor);
  const level = await levelOf(tx, c, q);
  const rang = ab?.rang ?? 0;
  let frei = q.limit + 1;
  const akten = c.typ === 'vorgang' || rang > 0 ? [] : await level.akten.select(await aktePolicy.spalten(tx, akteSpalten)).select('nummer').select(await aktePolicy.rechte(tx))
    .$if(ab?.rang === 0, (a) => a.where('nummer', '>', Number(ab!.key))).orderBy('nummer').limit(frei).execute();
  frei -= akten.length;
  const vorgaenge = rang > 1 || frei <= 0 ? [] : await level.vorgaenge.select(await vorgangPolicy.spalten(tx, vorgangSpalten)).select(await vorgangPolicy.rechte(tx))
    .$if(ab?.rang === 1, (v) => v.where('nummer', '>', Number(ab!.key))).orderBy('nummer').limit(frei).execute();
  frei -= vorgaenge.length;
  const dokumente = frei <= 0 ? [] : await level.dokumente.select(await dokumentPolicy.spalten(tx, dokumentSpalten)).select(await dokumentPolicy.rechte(tx))
    .$if(ab?.rang === 2, (d) => d.where(sql<boolean>`(datum, id) < (${ab!.key}::date, ${ab!.id}::uuid)`)).orderBy('datum', 'desc').orderBy('id', 'desc').limit(frei).execute();

  const marken: Marke[] = [
    ...akten.map((a) => ({ rang: 0 as const, key: String(a.nummer), id: a.id })), ...vorgaenge.map((v) => ({ rang: 1 as const, key: String(v.nummer), id: v.id })),
    ...dokumente.map((d) => ({ rang: 2 as const, key: d.datum, id: d.id })),
  ];
  const weiter = marken.length > q.limit ? encode(marken[q.limit - 1]!) : null;
  const n = { akten: Math.min(akten.length, q.limit), vorgaenge: 0, dokumente: 0 };
  n.vorgaenge = Math.min(vorgaenge.length, q.limit - n.akten);
  n.dokumente = Math.min(dokumente.length, q.limit - n.akten - n.vorgaenge);
  const anzahl = await countLevel(level, c);
  return {
    eintraege: await compose(tx, q, { akten: akten.slice(0, n.akten), vorgaenge: vorgaenge.slice(0, n.vorgaenge), dokumente: dokumente.slice(0, n.dokumente) }),
    gesamt: anzahl.teilakten + anzahl.vorgaenge + anzahl.dokumente, weiter, anzahl,
  };
}

/** Exact, of the whole level, in one statement. */
async function countLevel({ akten, vorgaenge, dokumente }: Awaited<ReturnType<typeof levelOf>>, c: Container) {
  const count = sql<number>`count(*)`.as('anzahl');
  const rows = await vorgaenge.select([sql<string>`'vorgaenge'`.as('was'), count]).unionAll(dokumente.select([sql<string>`'dokumente'`.as('was'), count]))
    .$if(c.typ === 'akte', (q) => q.unionAll(akten.select([sql<string>`'teilakten'`.as('was'), count]))).execute();
  const of = (was: string) => rows.find((r) => r.was === was)?.anzahl ?? 0;
  return { teilakten: of('teilakten'), vorgaenge: of('vorgaenge'), dokumente: of('dokumente') };
}

type Seite = { akten: Parameters<typeof presentAkten>[1]; vorgaenge: readonly VorgangListRow[]; dokumente: readonly DokumentListRow[] };
async function compose(tx: ReadTx, q: Abfrage, seite: Seite): Promise<InhaltEintrag[]> {
  const ids = seite.vorgaenge.map((v) => v.id);
  const je = await countJeVorgang(tx, ids, q);
  const unter = await countTeilvorgaenge(tx, ids, q);
  const inTeilakten = await countInTeilakten(tx, seite.akten.map((a) => a.id), q);
  const offen = openUntil(seite.vorgaenge, je, q.dokumente);
  const mitgebracht = offen.length === 0 ? [] : await db.read(tx).selectFrom('schriftgut.dokument').select(await dokumentPolicy.spalten(tx, dokumentSpalten)).select(await dokumentPolicy.rechte(tx))
    .where('vorgang_id', 'in', offen).where('parent_id', 'is', null).where(await dokumentPolicy.visible(tx, 'dokument.sehen')).where(storno('dokument', q)).orderBy('datum', 'desc').orderBy('id', 'desc').execute();
  // All Dokumente of the page in one go, so that every name is looked up once.
  const zeilen = await presentDokumente(tx, [...mitgebracht, ...seite.dokumente]);
  const byVorgang = Map.groupBy(zeilen.slice(0, mitgebracht.length), (d) => d.vorgangId as string);
  return [
    ...(await presentAkten(tx, seite.akten)).map((akte) => ({ typ: 'teilakte' as const, akte, anzahl: inTeilakten.get(akte.id) ?? 0 })),
    ...(await presentVorgaenge(tx, seite.vorgaenge)).map((vorgang) => ({
      typ: 'vorgang' as const, vorgang, teilvorgaenge: unter.get(vorgang.id) ?? 0, letztesDatum: je.get(vorgang.id)?.letztes ?? null,
      dokumente: { eintraege: (byVorgang.get(vorgang.id) ?? []) as DokumentZeile[], gesamt: je.get(vorgang.id)?.anzahl ?? 0 },
    })),
    ...zeilen.slice(mitgebracht.length).map((dokument) => ({ typ: 'dokument' as const, dokument })),
  ];
}

/** The open Vorgänge whose Dokumente come along: from the first on, until there would be too many. */
function openUntil(vorgaenge: readonly VorgangListRow[], je: ReadonlyMap<string, { anzahl: number }>, hoechstens: number): string[] {
  let left = hoechstens;
  return vorgaenge.filter((v) => {
    const { anzahl } = je.get(v.id) ?? { anzahl: 0 };
    if (v.status !== 'in_bearbeitung' || anzahl === 0 || anzahl > left) return false;
    left -= anzahl;
    return true;
  }).map((v) => v.id);
}
async function countJeVorgang(tx: ReadTx, ids: readonly string[], q: Abfrage): Promise<Map<string, { anzahl: number; letztes: string | null }>> {
  if (!ids.length) return new Map();
  const rows = await db.read(tx).selectFrom('schriftgut.dokument').select((eb) => ['vorgang_id', sql<number>`count(*)`.as('anzahl'), eb.fn.max('datum').as('letztes')])
    .where('vorgang_id', 'in', [...ids]).where('parent_id', 'is', null).where(await dokumentPolicy.visible(tx, 'dokument.sehen')).where(storno('dokument', q)).groupBy('vorgang_id').execute();
  return new Map(rows.map((r) => [r.vorgang_id!, r]));
}
async function countTeilvorgaenge(tx: ReadTx, ids: readonly string[], q: Abfrage): Promise<Map<string, number>> {
  if (!ids.length) return new Map();
  const rows = await db.read(tx).selectFrom('schriftgut.vorgang').select(['parent_id', sql<number>`count(*)`.as('anzahl')])
    .where('parent_id', 'in', [...ids]).where(await vorgangPolicy.visible(tx, 'vorgang.sehen')).where(storno('vorgang', q)).groupBy('parent_id').execute();
  return new Map(rows.map((r) => [r.parent_id!, r.anzahl]));
}
async function countInTeilakten(tx: ReadTx, ids: readonly string[], q: Abfrage): Promise<Map<string, number>> {
  if (!ids.length) return new Map();
  const rows = await db.read(tx).selectFrom('schriftgut.dokument').select(['akte_id', sql<number>`count(*)`.as('anzahl')])
    .where('akte_id', 'in', [...ids]).where('parent_id', 'is', null).where(await dokumentPolicy.visible(tx, 'dokument.sehen')).where(storno('dokument', q)).groupBy('akte_id').execute();
  return new Map(rows.map((r) => [r.akte_id, r.anzahl]));
}
