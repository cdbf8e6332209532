import { sql } from 'kysely';
import { stufen, type Objektgruppe, type Stufe } from '#platform/server/policy.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { ERBT } from './gang.ts';

const db = tables<Record<never, never>>();

/** A grant to one object that is in force for the Akteur now. */
export type EigeneObjektfreigabe = { typ: string; id: string; stufe: Stufe };
/** The kind of object that stands for all Schutzbereiche of the Mandant. */
export const MANDANT = 'mandant';

type Bereich = { start: string; ids: readonly string[]; rank: number };

/** What each granted object is today and contains, as its module says. A kind nobody knows any more grants nothing. */
async function readBereiche(tx: ReadTx, freigaben: readonly EigeneObjektfreigabe[]): Promise<Bereich[]> {
  const bereiche: Bereich[] = [];
  for (const [typ, gleiche] of Map.groupBy(freigaben, (f) => f.typ)) {
    const art = tx.extensions('schutzobjekt').find((s) => s.typ === typ);
    const found = await art?.bereich?.(tx, [...new Set(gleiche.map((f) => f.id))]);
    for (const { id, stufe } of gleiche) {
      const bereich = found?.get(id);
      if (bereich) bereiche.push({ start: bereich.schutzId, ids: bereich.ids, rank: stufen.indexOf(stufe) });
    }
  }
  return bereiche;
}

/** For each start: itself and what inherits from it; a cut and a class of its own end it, as for every Freigabe. */
export async function readErbende(tx: ReadTx, starts: readonly string[]): Promise<Map<string, string[]>> {
  const query = sql`(
    with recursive erbende as (
      select s as start, s as id from unnest(${starts}::uuid[]) as s
      union
      select e.start, unter.id from erbende e join zugriff.schutzbereich unter on unter.mandant_id = ${tx.ctx.mandantId} and unter.parent_id = e.id and ${ERBT}
    ) select start, json_agg(id) as ids from erbende group by start)`;
  const rows = await db.read(tx).selectFrom(query.as('e') as never).selectAll().execute() as { start: string; ids: string[] }[];
  return new Map(rows.map((r) => [r.start, r.ids]));
}

/**
 * By Stufe, the objects that are granted one by one; those that stand in the same Schutzbereich in one group. Groups are kept apart, because what
 * lies behind a cut in one of them may stand in the Schutzbereich of another. `erlaubt`: of a Vertretung, the Schutzbereiche it may enter at all.
 */
export async function readObjektreichweite(tx: ReadTx, freigaben: readonly EigeneObjektfreigabe[], erlaubt: (schutzId: string) => boolean): Promise<Record<Stufe, Objektgruppe[]> | undefined> {
  const bereiche = await readBereiche(tx, freigaben.filter((f) => f.typ !== MANDANT));
  if (!bereiche.length) return undefined;
  const erbende = await readErbende(tx, [...new Set(bereiche.map((b) => b.start))]);
  const atLeast = (rank: number): Objektgruppe[] => [...Map.groupBy(bereiche.filter((b) => b.rank >= rank), (b) => b.start)]
    .map(([start, gleiche]) => ({ ids: [...new Set(gleiche.flatMap((b) => b.ids))], schutz: (erbende.get(start) ?? []).filter(erlaubt) }))
    .filter((g) => g.schutz.length > 0);
  return { sehen: atLeast(0), lesen: atLeast(1), bearbeiten: atLeast(2), verwalten: atLeast(3) };
}
