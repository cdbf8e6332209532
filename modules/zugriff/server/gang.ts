import { sql, type RawBuilder } from 'kysely';
import type { Subjekte } from './subjekt.ts';

/** A Schutzbereich `unter` has what is granted above it: it is no cut, and of no protected class of its own. The one place that says so. */
export const ERBT = sql`unter.erbt and unter.klasse is null`;

type Gang = {
  mandantId: string;
  /** Whose grants are followed; all, for explanations that name everybody. */
  wessen: Subjekte | 'alle';
  /** Each grant keeps its id on the way down, so that what it reaches can be told from where it comes. */
  mitGrund?: boolean;
  /** Only what lies in these Schutzbereiche is of interest: the way from the root down to them, and nothing beside it. */
  nur?: readonly string[];
  /** By default now; another moment to tell what will be. */
  zeit?: RawBuilder<unknown> | undefined;
};

/**
 * The walk that decides and explains: two table expressions of a `with recursive`. `eigene`: the grants that are followed, in force or not; `erreichbar`: what
 * those in force reach, carried down the tree, as (id, stufe), and with its reason (id, stufe, freigabe).
 */
export function gang({ mandantId: m, wessen, mitGrund = false, nur, zeit = sql`now()` }: Gang) {
  const quelle = wessen === 'alle' ? sql`zugriff.freigabe f where f.mandant_id = ${m}`
    : sql`(values ('person'::text, ${wessen.person}::uuid[]), ('rolle', ${wessen.rolle}::uuid[]), ('oe', ${wessen.oe}::uuid[])) as s (art, ids)
        join zugriff.freigabe f on f.mandant_id = ${m} and f.subjekt_art = s.art and f.subjekt = any(s.ids) where true`;
  const [id, grund] = mitGrund ? [sql`, f.id as freigabe`, (alias: string) => sql`, ${sql.ref(`${alias}.freigabe`)}`] : [sql``, () => sql``];
  return sql`eigene as (
      select f.schutz_id, f.stufe, f.gueltig_von, f.gueltig_bis${id} from ${quelle}${nur ? sql` and f.schutz_id = any(${nur}::uuid[])` : sql``}
    ), erreichbar as (
      select e.schutz_id as id, e.stufe${grund('e')} from eigene e where (e.gueltig_von is null or e.gueltig_von <= ${zeit}) and (e.gueltig_bis is null or e.gueltig_bis > ${zeit})
      union
      select unter.id, e.stufe${grund('e')} from erreichbar e join zugriff.schutzbereich unter on unter.mandant_id = ${m} and unter.parent_id = e.id and ${ERBT}${nur ? sql` and unter.id = any(${nur}::uuid[])` : sql``}
    )`;
}
