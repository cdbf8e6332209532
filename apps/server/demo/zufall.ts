/** Deterministic chance: the demo is the same on every machine. mulberry32. */
export function createZufall(saat: number) {
  let a = saat >>> 0;
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  return { next, int, pick, chance: (p: number) => next() < p };
}
export type Zufall = ReturnType<typeof createZufall>;

/** The day `n` days before the demo's today, YYYY-MM-DD. */
export const tagVor = (heute: string, n: number) => new Date(Date.parse(`${heute}T12:00:00Z`) - n * 86_400_000).toISOString().slice(0, 10);
const MONATE = ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'];
/** 2026-11-17 → 17. November 2026 */
export const langesDatum = (tag: string) => `${Number(tag.slice(8))}. ${MONATE[Number(tag.slice(5, 7)) - 1]} ${tag.slice(0, 4)}`;
