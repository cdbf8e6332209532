import { teilstaemme, zerlege, type Haeufigkeit } from './kompositum.ts';
import { stamm } from './stamm.ts';
import { istStoppwort } from './stoppwoerter.ts';

export type Formen = { readonly stamm: string; readonly teile: readonly string[] };
/** Folded word → its stem and the stems it contains; undefined for a stop word. */
export type Analysator = (gefaltet: string) => Formen | undefined;

const NONE: readonly string[] = [];
const CACHE = 60_000;

/** Texts repeat their words: with the cache only new words cost a split. */
export function erstelleAnalysator(count: Haeufigkeit): Analysator {
  const known = new Map<string, Formen | undefined>();
  return (gefaltet) => {
    const hit = known.get(gefaltet);
    if (hit !== undefined || known.has(gefaltet)) return hit;
    if (known.size >= CACHE) known.clear(); // simpler than an order of use, and as good: the frequent words are back at once
    const eigener = stamm(gefaltet);
    const formen = istStoppwort(gefaltet) ? undefined : { stamm: eigener, teile: gefaltet.length < 6 ? NONE : teilstaemme(zerlege(gefaltet, count)).filter((t) => t !== eigener) };
    known.set(gefaltet, formen);
    return formen;
  };
}
