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
/** What the ratio must not leave: about twice what is reached, so that noise does not fail a run and a change that doubles a way does. */
export type Grenze = { mindestens: number } | { hoechstens: number };
/**
 * Every figure in one form: what, how much, the raw floor of the same run, their ratio, the target. Kept for the page, too, when the run writes one.
 * Outside of its bound the run fails.
 */
export function print(id: string, was: string, wert: string, grundlinie: string, verhaeltnis: number, ziel: string, grenze?: Grenze) {
  console.log(`${id.padEnd(5)} ${was.padEnd(66)} ${wert.padStart(12)}   Grundlinie ${grundlinie.padStart(10)}   Verhältnis ${verhaeltnis.toFixed(2).padStart(6)}   Ziel ${ziel}`);
  if (process.env.BENCH_ZEILEN) appendFileSync(process.env.BENCH_ZEILEN, `${JSON.stringify({ id, was, wert, grundlinie, verhaeltnis, ziel } satisfies Zeile)}\n`);
  if (!grenze || ('mindestens' in grenze ? verhaeltnis >= grenze.mindestens : verhaeltnis <= grenze.hoechstens)) return;
  console.error(`!!! ${id} ${was}: Verhältnis ${verhaeltnis.toFixed(2)}, erlaubt ${'mindestens' in grenze ? `mindestens ${grenze.mindestens}` : `höchstens ${grenze.hoechstens}`}`);
  process.exitCode = 1;
}
