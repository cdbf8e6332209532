import { sql, type SqlBool } from 'kysely';
import { klassen, klassennamen, type Klasse } from '../klassen.ts';

/** sehen: existence and metadata · lesen: + content, history · bearbeiten: + change · verwalten: + rights, move, delete */
export const stufen = ['sehen', 'lesen', 'bearbeiten', 'verwalten'] as const;
export type Stufe = (typeof stufen)[number];
export { klassen, klassennamen, type Klasse };
/** What stands in place of a Betreff that the Akteur may not know: everywhere the same, so that no list, hit, mail or export tells more. */
export const verdeckt = (klasse: Klasse) => `Betreff geschützt (${klassennamen[klasse]})`;

/** Objects that are granted one by one: `ids` of themselves and of what they contain; of that, what stands in one of the Schutzbereiche `schutz`. */
export type Objektgruppe = { readonly ids: readonly string[]; readonly schutz: readonly string[] };
/**
 * The Schutzbereiche in which the Akteur has at least this Stufe, known before the query; 'alle' for the system. `objekte`: only of somebody who has
 * grants to single objects. `klassen`: the class of every protected Schutzbereich of the Mandant, reached or not; `gesperrt`: the locked ones.
 */
export type Reichweite = 'alle' | Readonly<Record<Stufe, readonly string[]>> & {
  readonly objekte?: Readonly<Record<Stufe, readonly Objektgruppe[]>>;
  readonly klassen: ReadonlyMap<string, Klasse>;
  readonly gesperrt: ReadonlySet<string>;
};

/** The row stands in a reached Schutzbereich, or in an object that is granted by itself. Without such grants the statement is that of the index alone. */
export function withinReichweite(reichweite: Exclude<Reichweite, 'alle'>, stufe: Stufe, schutz: string, spalten: readonly string[]) {
  const bereich = sql<SqlBool>`${sql.ref(schutz)} = any(${reichweite[stufe]}::uuid[])`;
  const gruppen = reichweite.objekte?.[stufe] ?? [];
  return gruppen.length ? sql<SqlBool>`(${bereich} or ${withinGruppen(gruppen, schutz, spalten)})` : bereich;
}
export function withinGruppen(gruppen: readonly Objektgruppe[], schutz: string, spalten: readonly string[]) {
  const one = (g: Objektgruppe) => sql`(${sql.ref(schutz)} = any(${g.schutz}::uuid[]) and (${sql.join(spalten.map((s) => sql`${sql.ref(s)} = any(${g.ids}::uuid[])`), sql` or `)}))`;
  return sql<SqlBool>`${sql.join(gruppen.map(one), sql` or `)}`;
}
