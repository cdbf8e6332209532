import { sql } from 'kysely';
import { paginate } from '#platform/server/list.ts';
import { stufen, type Klasse, type Stufe } from '#platform/server/policy.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { gang } from '../gang.ts';
import { getKlassen } from '../klassen.ts';
import type { SubjektArt } from '../subjekt.ts';
import { nameSubjekte } from '../subjekte.ts';
import type { ZugriffTables } from '../tables.gen.ts';
import { readPfade } from './person.ts';

const db = tables<ZugriffTables>();

type Zeile = { id: string; bezeichnung: string; erbt: boolean; klasse: Klasse | null; wirksam: Klasse | null; gesperrt: boolean; tiefe: number; ort: string };
/** The tree, or what lies in one Schutzbereich, in the order in which a tree is read. */
const baumSql = (tx: ReadTx, unter: string | undefined) => sql<Zeile>`(
  with recursive baum as (
    select s.id, s.bezeichnung, s.erbt, s.klasse, s.klasse as wirksam, s.gesperrt_am is not null as gesperrt, 0 as tiefe, s.bezeichnung as ort from zugriff.schutzbereich s where s.mandant_id = ${tx.ctx.mandantId} and ${unter === undefined ? sql`s.parent_id is null` : sql`s.id = ${unter}`}
    union all
    select s.id, s.bezeichnung, s.erbt, s.klasse, coalesce(s.klasse, b.wirksam), s.gesperrt_am is not null, b.tiefe + 1, b.ort || chr(31) || s.bezeichnung from baum b join zugriff.schutzbereich s on s.mandant_id = ${tx.ctx.mandantId} and s.parent_id = b.id
  ) select id, bezeichnung, erbt, klasse, wirksam, gesperrt, tiefe, ort from baum)`;

export type Matrixfilter = { q?: string | undefined; unter?: string | undefined; klasse?: readonly Klasse[] | undefined; subjektArt?: readonly SubjektArt[] | undefined; subjekt?: readonly string[] | undefined; eigen?: boolean | undefined };
function select(tx: ReadTx, { q, unter, klasse, subjekt, eigen }: Matrixfilter) {
  const m = tx.ctx.mandantId;
  let query = db.read(tx).selectFrom(baumSql(tx, unter).as('b')).selectAll();
  for (const word of (q ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 8)) query = query.where(sql<boolean>`strpos(lower(b.bezeichnung), ${word.normalize('NFC').toLowerCase()}) > 0`);
  if (klasse?.length) query = query.where(sql<boolean>`b.wirksam = any(${klasse}::text[])`);
  // An id is of one kind alone, so it may be looked for among all of them.
  const wessen = { person: [...subjekt ?? []], rolle: [...subjekt ?? []], oe: [...subjekt ?? []], gast: [] };
  if (subjekt?.length) query = query.where(sql<boolean>`b.id in (with recursive ${gang({ mandantId: m, wessen })} select id from erreichbar)`);
  if (eigen) query = query.where(sql<boolean>`(not b.erbt or b.klasse is not null or b.gesperrt or b.id in (select f.schutz_id from zugriff.freigabe f where f.mandant_id = ${m}${subjekt?.length ? sql` and f.subjekt = any(${subjekt}::uuid[])` : sql``}))`);
  return query;
}

export async function listMatrix(tx: ReadTx, { limit, cursor, sort, ...filter }: Matrixfilter & { limit: number; cursor?: string | undefined; sort: string }) {
  const { rows, ...rest } = await paginate(select(tx, filter), { sort: { ort: 'b.ort' }, id: 'b.id' }, { limit, cursor, sort });
  return { eintraege: await present(tx, rows, filter), ...rest };
}
/** The matrix whole, for a report. */
export const readMatrixGanz = async (tx: ReadTx, filter: Matrixfilter) => present(tx, await select(tx, filter).orderBy('b.ort').orderBy('b.id').execute(), filter);

type Erreicht = { id: string; freigabe: string };
/** What reaches these Schutzbereiche, by the walk that decides; it goes only the ways that lead to them. */
async function readErreichte(tx: ReadTx, ids: readonly string[]): Promise<Erreicht[]> {
  const m = tx.ctx.mandantId;
  const { weg } = await db.read(tx).selectFrom(sql<{ weg: string[] | null }>`(
    with recursive weg as (select s.id, s.parent_id from zugriff.schutzbereich s where s.mandant_id = ${m} and s.id = any(${ids}::uuid[]) union select o.id, o.parent_id from weg w join zugriff.schutzbereich o on o.mandant_id = ${m} and o.id = w.parent_id)
    select json_agg(id) as weg from weg)`.as('w')).selectAll().executeTakeFirstOrThrow();
  const query = sql<Erreicht>`(with recursive ${gang({ mandantId: m, wessen: 'alle', mitGrund: true, nur: weg ?? [] })} select id, freigabe from erreichbar where id = any(${ids}::uuid[]))`;
  return db.read(tx).selectFrom(query.as('e')).selectAll().execute();
}

async function present(tx: ReadTx, rows: readonly Zeile[], { subjektArt, subjekt }: Matrixfilter) {
  const ids = rows.map((r) => r.id);
  if (!ids.length) return [];
  const erreicht = await readErreichte(tx, ids);
  const freigaben = new Map((await db.read(tx).selectFrom('zugriff.freigabe as f').innerJoin('zugriff.schutzbereich as s', 's.id', 'f.schutz_id').select(['f.id', 'f.schutz_id', 'f.subjekt_art', 'f.subjekt', 'f.stufe', 'f.gueltig_bis', 's.bezeichnung'])
    .where(sql<boolean>`f.id = any(${[...new Set(erreicht.map((e) => e.freigabe))]}::uuid[])`).$if(Boolean(subjektArt?.length), (q) => q.where('f.subjekt_art', 'in', [...subjektArt ?? []])).$if(Boolean(subjekt?.length), (q) => q.where(sql<boolean>`f.subjekt = any(${subjekt}::uuid[])`)).execute()).map((f) => [f.id, f]));
  const [namen, klassen, pfade] = [await nameSubjekte(tx, [...freigaben.values()]), await getKlassen(tx, ids), await readPfade(tx, ids)];
  const unter = await countUnter(tx, ids);
  const je = Map.groupBy(erreicht, (e) => e.id);
  return rows.map((r) => {
    const hier = (je.get(r.id) ?? []).flatMap((e) => freigaben.get(e.freigabe) ?? []);
    // Of several grants to one subject the best counts; of equal ones that which stands here.
    const beste = [...Map.groupBy(hier, (f) => `${f.subjekt_art} ${f.subjekt}`).values()].map((list) => list.toSorted((a, b) => rank(b.stufe) - rank(a.stufe) || Number(b.schutz_id === r.id) - Number(a.schutz_id === r.id))[0]!);
    return {
      id: r.id, bezeichnung: r.bezeichnung, pfad: pfade.get(r.id) ?? '', tiefe: r.tiefe, erbt: r.erbt, klasse: r.klasse, wirksameKlasse: klassen.get(r.id) ?? null, gesperrt: r.gesperrt, anzahlUnter: unter.get(r.id) ?? 0,
      freigaben: beste.map((f) => ({ subjektArt: f.subjekt_art, subjekt: { id: f.subjekt, name: namen.get(`${f.subjekt_art} ${f.subjekt}`) ?? null }, stufe: f.stufe, von: { id: f.schutz_id, bezeichnung: f.bezeichnung }, geerbt: f.schutz_id !== r.id, gueltigBis: f.gueltig_bis }))
        .toSorted((a, b) => rank(b.stufe) - rank(a.stufe) || Number(a.geerbt) - Number(b.geerbt) || (a.subjekt.name ?? '').localeCompare(b.subjekt.name ?? '', 'de', { numeric: true })),
    };
  });
}
async function countUnter(tx: ReadTx, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.read(tx).selectFrom('zugriff.schutzbereich').select((eb) => ['parent_id', eb.fn.countAll<number>().as('anzahl')]).where(sql<boolean>`parent_id = any(${ids}::uuid[])`).groupBy('parent_id').execute();
  return new Map(rows.map((r) => [r.parent_id!, r.anzahl]));
}
const rank = (stufe: Stufe) => stufen.indexOf(stufe);
