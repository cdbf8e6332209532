/**
 * At most `alle` at the same time, of one key at most `je`. Who waits has their turn key by key: however much one asks for, another waits for the end of
 * one piece of work and not of the whole queue.
 */
export function createPlaetze(alle: number, je = alle) {
  const held = new Map<string, number>();
  /** In the order in which the keys have their turn. */
  const waiting = new Map<string, (() => void)[]>();
  let frei = alle;
  const mayHold = (key: string) => frei > 0 && (held.get(key) ?? 0) < je;
  function hold(key: string) { frei--; held.set(key, (held.get(key) ?? 0) + 1); }
  function give(key: string) {
    frei++;
    const rest = held.get(key)! - 1;
    if (rest) held.set(key, rest); else held.delete(key);
    for (const [next, queue] of waiting) {
      if (frei === 0) return;
      if (!mayHold(next)) continue;
      const go = queue.shift()!;
      waiting.delete(next);
      if (queue.length) waiting.set(next, queue); // behind the others
      hold(next);
      go();
    }
  }
  return {
    async inPlatz<R>(key: string, work: () => Promise<R>): Promise<R> {
      if (mayHold(key)) hold(key); else await new Promise<void>((go) => { const queue = waiting.get(key); if (queue) queue.push(go); else waiting.set(key, [go]); });
      try { return await work(); } finally { give(key); }
    },
    wartend: () => [...waiting.values()].reduce((n, queue) => n + queue.length, 0),
  };
}
