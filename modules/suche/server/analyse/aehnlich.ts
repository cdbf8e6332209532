/** Letters that OCR takes for each other; »rn« and »m« are handled as words. */
const ALIKE = ['il1tj', 'ce', 'o0', 'nu', 'hb', 'ft', 'vy', 'gq'];
const alike = (a: string, b: string) => ALIKE.some((group) => group.includes(a) && group.includes(b));
const GROUPS: readonly [RegExp, string][] = [[/rn/g, 'm'], [/cl/g, 'd'], [/vv/g, 'w'], [/ii/g, 'u'], [/fi/g, 'h']];
const NO_STEPS = 99;

/** Steps from one word to the other: insert, delete, replace, swap; half a step where OCR errs often. */
export function abstand(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return NO_STEPS;
  const w = b.length + 1;
  const d = new Float64Array((a.length + 1) * w);
  for (let j = 1; j < w; j++) d[j] = j;
  for (let i = 1; i <= a.length; i++) {
    d[i * w] = i;
    for (let j = 1; j < w; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(d[(i - 1) * w + j]! + 1, d[i * w + j - 1]! + 1, d[(i - 1) * w + j - 1]! + (same ? 0 : alike(a[i - 1]!, b[j - 1]!) ? 0.5 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, d[(i - 2) * w + j - 2]! + 0.8);
      d[i * w + j] = best;
    }
  }
  return d[a.length * w + b.length]!;
}

/** Of words that share trigrams, those that may well be the same word misspelt. */
export function waehleAehnliche(wort: string, kandidaten: readonly string[]): string[] {
  const grenze = wort.length < 5 ? 0.5 : wort.length < 8 ? 1 : wort.length < 13 ? 2 : 3;
  const spellings = [wort, ...GROUPS.flatMap(([from, to]) => (from.test(wort) ? [wort.replace(from, to)] : []))];
  return kandidaten
    .map((k) => ({ k, d: Math.min(...spellings.map((s) => abstand(s, k)), ...GROUPS.map(([from, to]) => abstand(wort, k.replace(from, to)) + 0.5)) }))
    .filter(({ d }) => d <= grenze).sort((a, b) => a.d - b.d).slice(0, 8).map(({ k }) => k);
}
