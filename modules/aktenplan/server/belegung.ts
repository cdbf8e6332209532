import type { ReadTx, WriteTx } from '#platform/server/tx.ts';

/** What holds Akten tells the plan above it how many, and moves them when units are merged. */
export type Aktenplanbelegung = {
  /** Akten of each unit; `alle`: also those the Akteur may not see (for refusals, never shown). */
  count(tx: ReadTx, einheitIds: readonly string[], alle: boolean): Promise<Map<string, number>>;
  /** All Akten of these units now belong to `ziel`; their Aktenzeichen and rights stay. Answers how many. */
  move(tx: WriteTx, quellen: readonly string[], ziel: string): Promise<number>;
};
declare module '#platform/server/tx.ts' { interface Erweiterungen { aktenplanBelegung: Aktenplanbelegung } }

export async function countAkten(tx: ReadTx, einheitIds: readonly string[], alle: boolean): Promise<Map<string, number>> {
  const sum = new Map<string, number>();
  if (!einheitIds.length) return sum;
  for (const { count } of tx.extensions('aktenplanBelegung')) for (const [id, n] of await count(tx, einheitIds, alle)) sum.set(id, (sum.get(id) ?? 0) + n);
  return sum;
}
