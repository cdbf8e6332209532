import type { Haeufigkeit } from './kompositum.ts';

let grundlage: Map<string, number> | undefined;

/** The counts the project ships, unpacked once per process. */
async function ladeGrundlage(): Promise<Map<string, number>> {
  if (grundlage) return grundlage;
  const { gelernt } = await import('./woerter.gen.ts');
  const map = new Map<string, number>();
  let word = '';
  for (const [, shares, rest, count] of gelernt.matchAll(/([0-9a-z])([a-z]*)([A-Z])/g)) {
    word = word.slice(0, parseInt(shares!, 36)) + rest!;
    map.set(word, Math.round(2 ** ((count!.charCodeAt(0) - 65) * 0.75)));
  }
  return (grundlage = map);
}

/** Counts of the project's words together with those a Mandant's own texts have added. */
export async function ladeLexikon(eigene: ReadonlyMap<string, number> = new Map()): Promise<Haeufigkeit> {
  const base = await ladeGrundlage();
  return eigene.size ? (word) => (base.get(word) ?? 0) + (eigene.get(word) ?? 0) : (word) => base.get(word) ?? 0;
}
