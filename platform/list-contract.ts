import { z } from 'zod';

/** One value or many in the query string: `?status=a&status=b`. */
export const many = <S extends z.ZodType>(schema: S) => z.preprocess((v) => (v === undefined || Array.isArray(v) ? v : [v]), z.array(schema).max(200));
/** `true` and `false` as they stand in a query string. */
export const flag = z.enum(['true', 'false']).transform((v) => v === 'true');

type Filters = Record<string, z.ZodType>;
/**
 * The query of every list: `limit` 1–200 (50), opaque `cursor`, `sort` (the first of the list is the default; a leading minus means descending),
 * and the list's own filters.
 */
export const listQuery = <const S extends readonly [string, ...string[]], F extends Filters = {}>(sorts: S, filters: F = {} as F) =>
  z.object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(2000).optional(),
    sort: z.enum(sorts).default(sorts[0] as never) as z.ZodDefault<z.ZodEnum<{ [K in S[number]]: K }>>,
    ...filters,
  });

/** The answer of every list: one page, the exact number of all, and the cursor of the next page. */
export const listAnswer = <S extends z.ZodType>(item: S) => z.object({ eintraege: z.array(item), gesamt: z.number().int(), weiter: z.string().nullable() });
/** Of a list that may be narrowed to one person: how many there are is then not told, so that nobody counts what a person does. */
export const listAnswerOhneZahl = <S extends z.ZodType>(item: S) => listAnswer(item).extend({ gesamt: z.number().int().nullable() });
