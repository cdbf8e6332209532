import { z } from 'zod';
import type { NamedOperation } from './contract.ts';

/** A Mandant as a row of a list made of several names it. */
export const Haus = z.object({ id: z.uuid(), name: z.string(), bezeichnung: z.string(), kuerzel: z.string(), farbe: z.string() });
export type Haus = z.infer<typeof Haus>;
/** da: it has answered · nicht_erreichbar: its part is missing · ausgelassen: of more houses than are asked at once */
export const Hausstand = Haus.extend({ stand: z.enum(['da', 'nicht_erreichbar', 'ausgelassen']), /** How much of it is in this house, where that is known. */ anzahl: z.number().int().nullable() });
export type Hausstand = z.infer<typeof Hausstand>;

const zusatz = {
  /** Only of these houses; `andere`: of all but the own. */
  haus: z.preprocess((v) => (v === undefined || Array.isArray(v) ? v : [v]), z.array(z.union([z.uuid(), z.literal('andere')])).max(50)).optional(),
};
type Frage = { haus?: readonly string[] | undefined };
type MitHaus<A> = A extends { eintraege: readonly (infer E)[] } ? Omit<A, 'eintraege'> & { eintraege: (E & { haus: Haus | null })[] } : A;
type Antwort<A> = MitHaus<A> & { /** The own first; none where nobody shares anything. */ haeuser: Hausstand[] };
type QueryOut<O> = O extends { readonly query: infer S extends z.ZodType } ? z.output<S> : unknown;
type QueryIn<O> = O extends { readonly query: infer S extends z.ZodType } ? z.input<S> : unknown;
/** The operation over the own house and all that share something with the caller. */
export type InAllenHaeusern<O extends NamedOperation> = Omit<O, 'query' | 'returns' | 'operationId' | 'path'> & {
  readonly operationId: string; readonly path: string;
  readonly query: z.ZodType<QueryOut<O> & Frage, QueryIn<O> & Frage>;
  readonly returns: z.ZodType<Antwort<z.output<O['returns']>>, Antwort<z.input<O['returns']>>>;
};

const made = new WeakMap<NamedOperation, NamedOperation>();
/**
 * `/haeuser/suche` is `/suche` asked at home and at each Mandant that shares something with the caller now, made into one answer by the edge. Each is asked in
 * a transaction of its own, as its Sicht makes it; the operation knows nothing of it. Rows of the own house say `haus: null`.
 */
export function inAllenHaeusern<O extends NamedOperation>(op: O): InAllenHaeusern<O> {
  const known = made.get(op);
  if (known) return known as unknown as InAllenHaeusern<O>;
  const query = (op.query ?? z.object({})) as z.ZodObject<any>;
  const returns = op.returns as z.ZodObject<any>;
  const eintraege = returns.shape.eintraege as z.ZodArray<z.ZodObject<any>> | undefined;
  const derived: NamedOperation = {
    ...op, operationId: `${op.operationId}InAllenHaeusern`, path: `/haeuser${op.path}`, summary: `${op.summary}: in der eigenen Verwaltung und in allen, die etwas mit mir teilen`,
    query: query.extend({ ...zusatz, ...(query.shape.cursor && { cursor: z.string().max(12_000).optional() }) }),
    returns: returns.extend({ ...(eintraege && { eintraege: z.array(eintraege.element.extend({ haus: Haus.nullable() })) }), haeuser: z.array(Hausstand) }),
  };
  made.set(op, derived);
  return derived as unknown as InAllenHaeusern<O>;
}
