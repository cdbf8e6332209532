import { appendFileSync } from 'node:fs';

export const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
export const p95 = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)]!;

/** Runs `work` `times` times, `lanes` at once; answers how many a second. */
export async function rate(times: number, lanes: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  let left = times;
  await Promise.all(Array.from({ length: lanes }, async () => { while (left-- > 0) await work(); }));
  return (times / (performance.now() - start)) * 1000;
}
/** Milliseconds of each run, one after another. */
export async function times(count: number, work: (i: number) => Promise<unknown>): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await work(i);
    all.push(performance.now() - start);
  }
  return all;
}
export type Zeile = { id: string; was: string; wert: string; grundlinie: string; verhaeltnis: number; ziel: string };
/** Every figure in one form: what, how much, the raw floor of the same run, their ratio, the target. Kept for the page, too, when the run writes one. */
export function print(id: string, was: string, wert: string, grundlinie: string, verhaeltnis: number, ziel: string) {
  console.log(`${id.padEnd(5)} ${was.padEnd(66)} ${wert.padStart(12)}   Grundlinie ${grundlinie.padStart(10)}   Verhältnis ${verhaeltnis.toFixed(2).padStart(6)}   Ziel ${ziel}`);
  if (process.env.BENCH_ZEILEN) appendFileSync(process.env.BENCH_ZEILEN, `${JSON.stringify({ id, was, wert, grundlinie, verhaeltnis, ziel } satisfies Zeile)}\n`);
}
