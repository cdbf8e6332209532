import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import type { ReadTx } from '#platform/server/tx.ts';

/** Short name of an OE as Aktenzeichen print it; where it has none, its Kennzeichen. */
export async function getOeKuerzel(tx: ReadTx, organisationseinheitId: string): Promise<string | undefined> {
  const oe = (await getOrganisationseinheitenKurz(tx, [organisationseinheitId])).get(organisationseinheitId);
  return oe && (oe.kuerzel || oe.kennzeichen);
}
