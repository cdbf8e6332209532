import { getOrganisationseinheitenKurz, getRolleDerVorgabe } from '#modules/organisation/server/index.ts';
import { createSchutzbereich, grantFreigabe } from '#modules/zugriff/server/index.ts';
import { NotFound } from '#platform/server/errors.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();

/** The Schutzbereich of an OE's basket; made when it is first needed. The OE and the Poststelle work in it. */
export async function getKorb(tx: WriteTx, organisationseinheitId: string): Promise<string> {
  const known = await db.write(tx).selectFrom('posteingang.korb').select('schutz_id').where('organisationseinheit_id', '=', organisationseinheitId).executeTakeFirst();
  if (known?.schutz_id) return known.schutz_id;
  const oe = (await getOrganisationseinheitenKurz(tx, [organisationseinheitId])).get(organisationseinheitId);
  if (!oe) throw NotFound('Organisationseinheit');
  // The row is the lock: whoever comes second waits for it and finds the Schutzbereich made.
  const made = await db.write(tx).insertInto('posteingang.korb').values({ organisationseinheit_id: organisationseinheitId, schutz_id: null })
    .onConflict((c) => c.columns(['mandant_id', 'organisationseinheit_id']).doNothing()).returning('organisationseinheit_id').executeTakeFirst();
  if (!made) return getKorb(tx, organisationseinheitId);
  const schutzId = await createSchutzbereich(tx, { bezeichnung: `Posteingang ${oe.kennzeichen} ${oe.bezeichnung}` });
  await grantFreigabe(tx, { schutzId, subjektArt: 'oe', subjekt: organisationseinheitId, stufe: 'bearbeiten' });
  const poststelle = await getRolleDerVorgabe(tx, 'poststelle');
  if (poststelle) await grantFreigabe(tx, { schutzId, subjektArt: 'rolle', subjekt: poststelle, stufe: 'bearbeiten' });
  await db.write(tx).updateTable('posteingang.korb').set({ schutz_id: schutzId }).where('organisationseinheit_id', '=', organisationseinheitId).execute();
  await tx.record({ art: 'posteingangskorb.angelegt', objekte: { organisationseinheit: organisationseinheitId, schutzbereich: schutzId } });
  return schutzId;
}
