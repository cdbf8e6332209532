import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { Akteur } from './context.ts';
import type { Stufe } from './reichweite.ts';
import { tables, type ReadTx } from './tx.ts';

/** A row beside any Akteur: where it stands, what it lies in, and of each Akteur that was asked about the Rechte against which a condition of their rule stands. */
export type Erklaerung = { schutzId: string; worin: readonly string[]; rechte: readonly { recht: string; stufe: Stufe }[]; gehindert: readonly ReadonlySet<string>[] };
/** What a policy tells beside any Akteur, for explanations and forecasts; whoever asks has been checked. */
export type Policyauskunft = {
  /** Where the row stands, and of each of these Akteure the Rechte that its state takes from them, whatever they reach and hold. Undefined: there is none. */
  erklaere(tx: ReadTx, id: string, akteure: readonly Akteur[]): Promise<Erklaerung | undefined>;
  /** What these rows lie in, themselves included. */
  worin(tx: ReadTx, ids: readonly string[]): Promise<string[]>;
  /** How many rows stand in each of these Schutzbereiche; none: missing. */
  count(tx: ReadTx, schutzIds: readonly string[]): Promise<Map<string, number>>;
};

type Regel<Eb> = { readonly stufe: Stufe; readonly where?: (eb: Eb, akteur: Akteur) => Expression<SqlBool> };
/** The same rules and columns that decide, asked beside any Akteur. */
export function createAuskunft<Tables, Table extends keyof Tables & string, Recht extends string>(table: Table, spalten: readonly string[], rules: Record<Recht, Regel<ExpressionBuilder<Tables, Table>>>): Policyauskunft {
  type Eb = ExpressionBuilder<Tables, Table>;
  const all = Object.keys(rules) as Recht[];
  const bedingungen = [...new Set(all.flatMap((recht) => rules[recht].where ?? []))];
  const liegtIn = sql<(string | null)[]>`array[${sql.join(spalten.map((s) => sql.ref(s)))}]::text[]`.as('worin');
  const known = (ids: readonly (string | null)[]) => ids.filter((id) => id !== null);
  return {
    async erklaere(tx, id, akteure) {
      const frage = (eb: Eb) => bedingungen.map((where) => sql<boolean[]>`array[${sql.join(akteure.map((akteur) => where(eb, akteur)))}]::boolean[]`);
      const row = await tables<any>().read(tx).selectFrom(table as string).select([sql<string>`schutz_id`.as('schutz'), liegtIn])
        .$if(akteure.length > 0, (q) => q.select((eb) => frage(eb as never).map((e, i) => e.as(`b${i}`)))).where('id', '=', id).executeTakeFirst() as { schutz: string; worin: (string | null)[] } & Record<string, boolean[]> | undefined;
      if (!row) return undefined;
      const stehtEntgegen = (recht: Recht, n: number) => { const { where } = rules[recht]; return where !== undefined && row[`b${bedingungen.indexOf(where)}`]![n] === false; };
      return {
        schutzId: row.schutz, worin: known(row.worin), rechte: all.map((recht) => ({ recht, stufe: rules[recht].stufe })),
        gehindert: akteure.map((_, n) => new Set(all.filter((recht) => stehtEntgegen(recht, n)))),
      };
    },
    async worin(tx, ids) {
      const rows = await tables<any>().read(tx).selectFrom(table as string).select(liegtIn).where(sql<boolean>`id = any(${ids}::uuid[])`).execute() as { worin: (string | null)[] }[];
      return [...new Set(rows.flatMap((r) => known(r.worin)))];
    },
    async count(tx, schutzIds) {
      const rows = await tables<any>().read(tx).selectFrom(table as string).select(['schutz_id', sql<number>`count(*)`.as('anzahl')]).where(sql<boolean>`schutz_id = any(${schutzIds}::uuid[])`).groupBy('schutz_id').execute();
      return new Map((rows as { schutz_id: string; anzahl: number }[]).map((r) => [r.schutz_id, r.anzahl]));
    },
  };
}
