import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPlaetze } from '../server/plaetze.ts';

const tick = () => new Promise((go) => { setImmediate(go); });
/** Work that ends when it is told to. */
function start(plaetze: ReturnType<typeof createPlaetze>) {
  const begun: string[] = [], ends: (() => void)[] = [], all: Promise<void>[] = [];
  return {
    begun, all,
    ask: (key: string) => { all.push(plaetze.inPlatz(key, () => { begun.push(key); return new Promise<void>((end) => ends.push(end)); })); },
    async end(i = 0) { ends.splice(i, 1)[0]?.(); await tick(); },
    running: () => ends.length,
  };
}

test('whoever floods holds their half; another is served at once, and in turn', async () => {
  const plaetze = createPlaetze(4, 2);
  const { begun, ask, end } = start(plaetze);
  for (let i = 0; i < 50; i++) ask('laut');
  await tick();
  expect(begun).toEqual(['laut', 'laut']);
  ask('leise'); ask('leise'); ask('leise'); ask('dritter');
  await tick();
  expect(begun.slice(2)).toEqual(['leise', 'leise']);
  expect(plaetze.wartend()).toBe(48 + 1 + 1);
  await end(0); // one of the loud one ends: who came last has its turn before the 48 and before the second one's third
  expect(begun.slice(4)).toEqual(['laut']);
  await end(0); // the loud one has had its turn
  expect(begun.at(-1)).toBe('dritter');
});
test('work that fails gives its place back', async () => {
  const { inPlatz } = createPlaetze(1);
  await expect(inPlatz('a', async () => { throw new Error('x'); })).rejects.toThrow('x');
  expect(await inPlatz('a', async () => 7)).toBe(7);
});
test('whatever is asked for in whatever order: never more than all and than each may, never a place free for somebody who waits, and everybody is served', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }), fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.nat(4)), { maxLength: 60 }), async (alle, je, steps) => {
    const held = new Map<string, number>(), waits = new Map<string, number>(), ends: { key: string; go: () => void }[] = [], all: Promise<unknown>[] = [];
    const add = (map: Map<string, number>, key: string, n: number) => map.set(key, (map.get(key) ?? 0) + n);
    const { inPlatz } = createPlaetze(alle, je);
    const check = () => {
      expect(ends.length).toBeLessThanOrEqual(alle);
      for (const n of held.values()) expect(n).toBeLessThanOrEqual(je);
      for (const [key, n] of waits) if (n > 0) expect(ends.length === alle || held.get(key) === je).toBe(true);
    };
    for (const step of steps) {
      if (typeof step === 'string') {
        add(waits, step, 1);
        all.push(inPlatz(step, async () => { add(waits, step, -1); add(held, step, 1); await new Promise<void>((go) => { ends.push({ key: step, go }); }); add(held, step, -1); }));
      } else ends.splice(step % Math.max(1, ends.length), 1)[0]?.go();
      await tick();
      check();
    }
    while (ends.length) { ends.shift()!.go(); await tick(); }
    await Promise.all(all);
    expect([...waits.values()].every((n) => n === 0)).toBe(true);
  }), { numRuns: 60 });
});
