import { sql } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';

const db = tables<Record<never, never>>();
export const PLANEN = 'vertretung.planen';
export const ANORDNEN = 'vertretung.anordnen';
export const VERWALTEN = 'vertretung.verwalten';

/** Those who work in an OE this person leads, or below it; without the person. As a list of (benutzer_id). */
export const unterstellteSql = (tx: ReadTx, leitungId: string) => sql`(
  with recursive unter as (
    select z.organisationseinheit_id as id from organisation.zuordnung z join organisation.organisationseinheit o on o.mandant_id = ${tx.ctx.mandantId} and o.id = z.organisationseinheit_id
      where z.mandant_id = ${tx.ctx.mandantId} and z.benutzer_id = ${leitungId} and z.leitung and (o.gueltig_bis is null or o.gueltig_bis >= current_date)
    union
    select o.id from unter u join organisation.organisationseinheit o on o.mandant_id = ${tx.ctx.mandantId} and o.parent_id = u.id
  ) select distinct z.benutzer_id from unter u join organisation.zuordnung z on z.mandant_id = ${tx.ctx.mandantId} and z.organisationseinheit_id = u.id and z.benutzer_id <> ${leitungId})`;

/** Besides the person herself. */
export const darfAnordnen = async (tx: ReadTx, benutzerId: string): Promise<boolean> =>
  tx.ctx.akteur.rechte.has(VERWALTEN) || (tx.ctx.akteur.rechte.has(ANORDNEN) && await isVorgesetzt(tx, tx.ctx.akteur.id, benutzerId));

async function isVorgesetzt(tx: ReadTx, leitungId: string, benutzerId: string): Promise<boolean> {
  const rows = await db.read(tx).selectFrom(unterstellteSql(tx, leitungId).as('u') as never).selectAll().where('benutzer_id' as never, '=', benutzerId as never).execute();
  return rows.length > 0;
}
