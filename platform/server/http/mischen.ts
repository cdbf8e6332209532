import type { Haus } from '../../haeuser-contract.ts';
import type { RequestContext } from '../context.ts';
import { markeOf } from '../list.ts';
import type { Gelesen } from '../tx.ts';

export type Antwort = { eintraege?: object[]; gesamt?: number | null; weiter?: string | null };
/** What one house answered. `haus` null: the own; `fertig`: its list has ended on a page before, it was asked for its number alone. */
export type Teil = { haus: Haus | null; id: string; ctx: RequestContext; antwort: Antwort; gelesen: readonly Gelesen[]; fertig: boolean };
/** Where each house goes on; null: it has ended. */
export type Marken = Readonly<Record<string, string | null>>;
export type Frage = { haus?: readonly string[]; cursor?: string; limit?: number } & Record<string, unknown>;
type Ordnung = (a: any, b: any, query: any) => number;

/** One that has been used up while it has more ends the page: what comes next may be its own. */
const isAufgebraucht = ({ antwort, fertig }: Teil, stelle: number) => !fertig && stelle === antwort.eintraege!.length && typeof antwort.weiter === 'string';

/** Entries of all houses in one order, of each as many as come before those of the others; on equal terms the own come first. */
export function mische(teile: readonly Teil[], ordnung: Ordnung, query: Frage, vorher: Marken) {
  const { limit = Infinity } = query;
  const stellen = new Map(teile.map((t) => [t, 0]));
  const eintraege: object[] = [];
  const kandidat = (t: Teil) => (t.fertig ? undefined : t.antwort.eintraege![stellen.get(t)!]);
  while (eintraege.length < limit && !teile.some((t) => isAufgebraucht(t, stellen.get(t)!))) {
    let erster: Teil | undefined;
    for (const t of teile) if (kandidat(t) && (!erster || ordnung(kandidat(t), kandidat(erster), query) < 0)) erster = t;
    if (!erster) break;
    eintraege.push({ ...kandidat(erster)!, haus: erster.haus });
    stellen.set(erster, stellen.get(erster)! + 1);
  }
  const marken = { ...vorher, ...Object.fromEntries(teile.map((t) => [t.id, markeNach(t, stellen.get(t)!, vorher[t.id])])) };
  const mehr = teile.some((t) => marken[t.id] !== null && t.antwort.weiter !== undefined);
  return {
    eintraege, gezeigt: new Map<Teil, unknown>(teile.map((t) => [t, t.antwort.eintraege!.slice(0, stellen.get(t)!)])),
    weiter: mehr ? Buffer.from(JSON.stringify(marken)).toString('base64url') : null,
  };
}

function markeNach({ antwort, fertig }: Teil, stelle: number, vorher: string | null | undefined): string | null | undefined {
  if (fertig) return null;
  if (stelle === antwort.eintraege!.length) return antwort.weiter ?? null;
  if (stelle === 0 || antwort.weiter === undefined) return vorher;
  const marke = markeOf(antwort.eintraege![stelle - 1]!);
  if (marke === undefined) throw new TypeError('a list of several houses needs a cursor after each entry');
  return marke;
}
