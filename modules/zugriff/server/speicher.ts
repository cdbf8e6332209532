import type { Reichweite } from '#platform/server/policy.ts';

type Bereiche = Exclude<Reichweite, 'alle'>;
/** A resolved reach: good while the Mandant's grants stand as they did, from `ab` until before `bis` (milliseconds), the nearest moments at which one of the Akteur's grants begins or ends. */
export type Eintrag = { stand: number; ab: number | null; bis: number | null; reichweite: Bereiche; size: number };

/**
 * Reaches already resolved, by the Akteur's names. A tree of 5,000 Schutzbereiche costs tens of milliseconds to walk, the state a tenth of one. What is
 * used goes to the end, what lies at the front is dropped.
 */
const resolved = new Map<string, Eintrag>();
const CAPACITY = 400_000; // ids; some 25 MB
let held = 0;

export function findEintrag(key: string, stand: number, jetzt: number): Eintrag | undefined {
  const entry = resolved.get(key);
  if (!entry || entry.stand !== stand || (entry.ab !== null && jetzt < entry.ab) || (entry.bis !== null && jetzt >= entry.bis)) return undefined;
  remember(key, entry);
  return entry;
}
export function remember(key: string, entry: Eintrag) {
  forget(key);
  resolved.set(key, entry);
  held += entry.size;
  for (const oldest of resolved.keys()) { if (held <= CAPACITY) break; forget(oldest); }
}
function forget(key: string) {
  held -= resolved.get(key)?.size ?? 0;
  resolved.delete(key);
}
