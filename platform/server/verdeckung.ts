import { sql, type RawBuilder } from 'kysely';
import type { Akteur } from './context.ts';
import { verdeckt, withinGruppen, type Klasse, type Reichweite } from './reichweite.ts';

/** Columns that say what an object is about, and what stands in their place for whoever may see it and not read it. */
export type Verdeckung = { /** The Recht that lifts it. */ readonly lesen: string; readonly spalten: Readonly<Record<string, 'betreff' | 'leer' | 'null' | 'objekt' | 'liste'>> };
type Bereiche = Exclude<Reichweite, 'alle'>;

/** Of each class the reached Schutzbereiche in which the Akteur may see and not read. Kept with the reach, which many requests share. */
const known = new WeakMap<Bereiche, Map<boolean, ReadonlyMap<Klasse, string[]>>>();
function verdeckteBereiche(reichweite: Bereiche, darfLesen: boolean): ReadonlyMap<Klasse, string[]> {
  const before = known.get(reichweite)?.get(darfLesen);
  if (before) return before;
  const lesbar = new Set(darfLesen ? reichweite.lesen : []);
  const gesehen = new Set([...reichweite.sehen, ...(reichweite.objekte?.sehen ?? []).flatMap((g) => g.schutz)]);
  const fresh = Map.groupBy([...reichweite.klassen.keys()].filter((id) => gesehen.has(id) && !lesbar.has(id)), (id) => reichweite.klassen.get(id)!);
  known.set(reichweite, (known.get(reichweite) ?? new Map<boolean, ReadonlyMap<Klasse, string[]>>()).set(darfLesen, fresh));
  return fresh;
}

/**
 * The columns of a table as this Akteur may read them. `undefined` where nothing is hidden from them, and then every statement stays what it is: hidden
 * columns are expressions, which no index knows.
 */
export function verdeckungFuer(table: string, objektSpalten: readonly string[], { lesen, spalten }: Verdeckung, akteur: Akteur, reichweite: Reichweite) {
  if (reichweite === 'alle' || reichweite.klassen.size === 0) return undefined;
  const bereiche = verdeckteBereiche(reichweite, akteur.rechte.has(lesen));
  if (!bereiche.size) return undefined;
  const schutz = `${table}.schutz_id`;
  const einzeln = akteur.rechte.has(lesen) ? reichweite.objekte?.lesen ?? [] : [];
  // What the row lies in may be null, and then so is the comparison: not true is not the same as false.
  const gilt = einzeln.length ? sql`(${withinGruppen(einzeln, schutz, objektSpalten)}) is not true` : sql`true`;
  const je = (wert: (klasse: Klasse) => unknown, sonst: RawBuilder<unknown>) =>
    sql`case when ${gilt} then case ${sql.join([...bereiche].map(([klasse, ids]) => sql`when ${sql.ref(schutz)} = any(${ids}::uuid[]) then ${wert(klasse)}`), sql` `)} else ${sonst} end else ${sonst} end`;
  const ersatz = (art: Verdeckung['spalten'][string]) => ({ betreff: null, leer: sql`''`, null: sql`null`, objekt: sql`'{}'::jsonb`, liste: sql`'{}'::text[]` })[art];
  const ausdruck = (spalte: string): RawBuilder<any> => {
    const ref = sql.ref(`${table}.${spalte}`);
    const art = spalten[spalte];
    if (art === undefined) return sql`${ref}`;
    return je((klasse) => ersatz(art) ?? sql`${verdeckt(klasse)}::text`, sql`${ref}`);
  };
  return {
    ausdruck,
    /** Each hidden column under its own name, and `geschuetzt`: the class for whose sake. */
    alle: (welche: readonly string[]) => [...welche.filter((s) => spalten[s] !== undefined).map((s) => ausdruck(s).as(s)), je((klasse) => sql`${klasse}::text`, sql`null`).as('geschuetzt')],
  };
}
