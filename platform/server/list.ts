import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely';
import { AppError } from './errors.ts';

type Sorting = {
  /** Sort name of the contract (without minus) → column or expression; must not be null. */
  sort: Record<string, string | RawBuilder<unknown>>;
  /** The unique last part of every order. */
  id: string;
};
type Page = { limit: number; cursor?: string | undefined; sort: string };

export const InvalidCursor = () => new AppError('allgemein.cursor_ungueltig', 422, 'Die Seitenmarke passt nicht zu dieser Liste; bitte die Liste neu laden');

/** Entry of an answer → the cursor of what comes after it: for whoever makes one list of several and shows a part of this one. */
const marken = new WeakMap<object, string>();
export const setMarke = (eintrag: object, marke: string) => { marken.set(eintrag, marke); };
export const markeOf = (eintrag: object): string | undefined => marken.get(eintrag);

/** For lists made of several: which of two entries stands first in the order asked for, by the field of that name. Texts as people of this country sort them. */
export function nachSortierung<E extends object>(a: E, b: E, { sort }: { sort: string }): number {
  const [x, y] = [a, b].map((e) => String(e[sort.replace(/^-/, '') as keyof E]));
  const erst = ZEIT.test(x!) && ZEIT.test(y!) ? (x! < y! ? -1 : x! > y! ? 1 : 0) : x!.localeCompare(y!, 'de');
  return sort.startsWith('-') ? -erst : erst;
}
const ZEIT = /^\d{4}-\d\d-\d\d(?:T|$)/;

function decode(cursor: string, sort: string): [unknown, unknown] {
  try {
    const [was, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, unknown, unknown];
    if (was === sort) return [key, id];
  } catch { /* not ours */ }
  throw InvalidCursor();
}

/**
 * One page by keyset, with the exact count of the whole list from the same snapshot. `query` carries all filters and neither order nor limit.
 * The sort columns are compared as text, number or time as they are; collation belongs into the column reference (see `sortedGerman`).
 */
export async function paginate<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>, sorting: Sorting, page: Page): Promise<{ rows: O[]; gesamt: number; weiter: string | null }> {
  const { rows, weiter, count } = await readPage(query, sorting, page);
  return { rows, gesamt: await count(), weiter };
}
/** The same without the count: for what is narrowed to one person. */
export async function paginateOhneZahl<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>, sorting: Sorting, page: Page): Promise<{ rows: O[]; gesamt: null; weiter: string | null }> {
  const { rows, weiter } = await readPage(query, sorting, page);
  return { rows, gesamt: null, weiter };
}
/** The same, with the rows presented while the database counts. */
export async function listPage<DB, TB extends keyof DB, O, E>(query: SelectQueryBuilder<DB, TB, O>, sorting: Sorting, page: Page, present: (rows: O[]) => Promise<E[]>): Promise<{ eintraege: E[]; gesamt: number; weiter: string | null }> {
  const { rows, weiter, count, marke } = await readPage(query, sorting, page);
  const [gesamt, eintraege] = await Promise.all([count(), present(rows)]);
  if (eintraege.length === rows.length) eintraege.forEach((e, i) => { setMarke(e as object, marke(i)); });
  return { eintraege, gesamt, weiter };
}

async function readPage<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>, { sort, id }: Sorting, page: Page) {
  const descending = page.sort.startsWith('-');
  const column = sort[descending ? page.sort.slice(1) : page.sort];
  if (column === undefined) throw InvalidCursor();
  const [key, last] = [typeof column === 'string' ? sql.ref(column) : column, sql.ref(id)];
  const direction = descending ? 'desc' : 'asc';
  let rest = query.select([sql`${key}::text`.as('seite_key'), sql`${last}`.as('seite_id')] as never);
  if (page.cursor !== undefined) {
    const [k, i] = decode(page.cursor, page.sort);
    const after = descending ? sql`<` : sql`>`;
    rest = rest.where(sql<boolean>`(${key}, ${last}) ${after} (${k}, ${i})` as never);
  }
  const rows = (await rest.orderBy(key as never, direction).orderBy(last as never, direction).limit(page.limit + 1).execute()) as (O & { seite_key?: unknown; seite_id?: unknown })[];
  const more = rows.length > page.limit;
  const shown = more ? rows.slice(0, page.limit) : rows;
  const stellen = shown.map((row) => [page.sort, row.seite_key, row.seite_id]);
  const marke = (i: number) => Buffer.from(JSON.stringify(stellen[i])).toString('base64url');
  const weiter = more && shown.length ? marke(shown.length - 1) : null;
  // The first page that holds everything has counted already.
  const count = async () => (page.cursor === undefined && !more ? shown.length
    : Number(((await query.clearSelect().select(sql<number>`count(*)`.as('anzahl') as never).executeTakeFirstOrThrow()) as { anzahl: number }).anzahl));
  for (const row of shown) { delete row.seite_key; delete row.seite_id; }
  return { rows: shown as O[], weiter, count, marke };
}
