import type { EreignisTables } from '#platform/server/ereignis-tables.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';

const db = tables<EreignisTables>();
/** Long enough that an account made for the purpose is noticed, short enough that colleagues whose access one of them once set up are two persons again. */
export const HAENDE_TAGE = 30;
const EINGERICHTET = ['benutzer.angelegt', 'benutzer.passwort_zurueckgesetzt', 'benutzer.rollen_zugewiesen', 'benutzer.entsperrt'];

/** Who has lately set up the access of each of these persons: made it, given it a password or Rollen, or opened it again. */
async function readHaende(tx: ReadTx, personen: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await db.read(tx).selectFrom('platform.ereignis_objekt as o').innerJoin('platform.ereignis as e', 'e.id', 'o.ereignis_id').select(['o.objekt_id', 'e.akteur_id', 'e.vertreten_id']).distinct()
    .where('o.objekt_id', 'in', [...personen]).where('o.objekt', '=', 'benutzer').where('e.art', 'in', EINGERICHTET).where('e.akteur_art', '=', 'person').where('e.zeit', '>=', new Date(Date.now() - HAENDE_TAGE * 86_400_000).toISOString()).execute();
  return new Map(personen.map((p) => [p, new Set([p, ...rows.filter((r) => r.objekt_id === p).flatMap((r) => [r.akteur_id, r.vertreten_id ?? []].flat())])]));
}

/**
 * Whether two accounts may be one person: one has lately set up the other, or one hand both. What four eyes ask where nobody else would notice:
 * whoever administers accounts could otherwise make the second pair of eyes.
 */
export async function sindAusEinerHand(tx: ReadTx, person: string, andere: string): Promise<boolean> {
  const haende = await readHaende(tx, [person, andere]);
  return !haende.get(person)!.isDisjointFrom(haende.get(andere)!);
}

/**
 * Whether one of the two has lately set up the access of the other. For four eyes within a Mandant: there one administration sets up everybody in the
 * beginning, so a common hand says nothing.
 */
export async function hatEingerichtet(tx: ReadTx, person: string, andere: string): Promise<boolean> {
  const haende = await readHaende(tx, [person, andere]);
  return haende.get(person)!.has(andere) || haende.get(andere)!.has(person);
}
