import { sql } from 'kysely';
import type { z } from 'zod';
import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { AktenplanAnlegen, api } from '../contract.ts';
import { AktenplanErrors } from './einheit.ts';
import { insertEinheiten } from './einheit-anlegen.ts';
import { getAktenplan } from './queries.ts';
import type { AktenplanTables } from './tables.gen.ts';

const db = tables<AktenplanTables>();

export async function createAktenplan(tx: WriteTx, input: z.output<typeof AktenplanAnlegen>) {
  const { kopieVon, vorgaengerBeenden, gueltigVon, gueltigBis, ...rest } = input;
  if (vorgaengerBeenden && gueltigVon) await endVorgaenger(tx, gueltigVon);
  const id = newId();
  await db.write(tx).insertInto('aktenplan.aktenplan').values({ id, ...rest, gueltig_von: gueltigVon, gueltig_bis: gueltigBis }).execute();
  await tx.record({ art: 'aktenplan.angelegt', objekte: { aktenplan: id }, daten: { bezeichnung: rest.bezeichnung, versionsbezeichnung: rest.versionsbezeichnung, ...(kopieVon && { kopieVon }) } });
  if (kopieVon) await copyEinheiten(tx, kopieVon, id);
  return getAktenplan(tx, id);
}

/** The plan that would still hold on that day ends the day before. */
async function endVorgaenger(tx: WriteTx, gueltigVon: string) {
  const old = await db.write(tx).selectFrom('aktenplan.aktenplan').select(['id', 'gueltig_bis']).where('gueltig_von', '<', gueltigVon)
    .where((eb) => eb.or([eb('gueltig_bis', 'is', null), eb('gueltig_bis', '>=', gueltigVon)])).forUpdate().executeTakeFirst();
  if (!old) return;
  const { gueltig_bis } = await db.write(tx).updateTable('aktenplan.aktenplan').set((eb) => ({ gueltig_bis: sql`${gueltigVon}::date - 1`, version: eb('version', '+', 1) }))
    .where('id', '=', old.id).returning('gueltig_bis').executeTakeFirstOrThrow();
  await tx.record({ art: 'aktenplan.geaendert', objekte: { aktenplan: old.id }, daten: { aenderungen: [{ feld: 'gueltigBis', alt: old.gueltig_bis, neu: gueltig_bis }] } });
}

async function copyEinheiten(tx: WriteTx, von: string, nach: string) {
  const units = await db.write(tx).selectFrom('aktenplan.aktenplaneinheit').selectAll().where('aktenplan_id', '=', von).where('stillgelegt_am', 'is', null).where('aufgegangen_in', 'is', null)
    .orderBy('sortierung').execute();
  if (!units.length) { await getAktenplan(tx, von); return; }
  const neu = new Map(units.map((u) => [u.id, newId()]));
  // a unit below one that is stillgelegt has no place in the copy
  const kept = units.filter((u) => u.pfad.every((id) => neu.has(id)));
  await insertEinheiten(tx, nach, kept.map((u) => ({
    id: neu.get(u.id)!, parentId: u.parent_id === null ? null : neu.get(u.parent_id)!, kennzeichen: u.kennzeichen, betreffKurz: u.betreff_kurz, inhaltsangabe: u.inhaltsangabe,
    aussonderungsart: u.aussonderungsart, aufbewahrungsdauer: u.unbefristet ? 'unbefristet' as const : u.aufbewahrungsdauer, vertraulichkeit: u.vertraulichkeit, schutzklasse: u.schutzklasse,
    abweichungsgruende: u.abweichungsgruende, querverweise: u.querverweise, organisationseinheitId: u.organisationseinheit_id, gueltigVon: u.gueltig_von, gueltigBis: u.gueltig_bis,
  })));
}

type Aendern = z.output<typeof api.updateAktenplan.body>;
export async function updateAktenplan(tx: WriteTx, id: string, ifMatch: number, body: Aendern) {
  await db.write(tx).selectFrom('aktenplan.aktenplan').select('id').where('id', '=', id).forUpdate().execute();
  const alt = await getAktenplan(tx, id);
  requireVersion(alt, ifMatch);
  if (body.ebenen) {
    const deepest = await db.write(tx).selectFrom('aktenplan.aktenplaneinheit').select(sql<number>`coalesce(max(cardinality(pfad)), 0)`.as('tiefe')).where('aktenplan_id', '=', id).where('aufgegangen_in', 'is', null).executeTakeFirstOrThrow();
    if (body.ebenen.length < deepest.tiefe) throw AktenplanErrors.zu_wenige_ebenen({ tiefe: deepest.tiefe });
  }
  const aenderungen = diff(alt, body as Partial<typeof alt>, ['bezeichnung', 'typ', 'versionsbezeichnung', 'ebenen', 'gueltigVon', 'gueltigBis']);
  if (!aenderungen.length) return alt;
  const { gueltigVon, gueltigBis, ...rest } = body;
  const row = await db.write(tx).updateTable('aktenplan.aktenplan').set((eb) => ({
    ...withoutUndefined(rest), ...(gueltigVon !== undefined && { gueltig_von: gueltigVon }), ...(gueltigBis !== undefined && { gueltig_bis: gueltigBis }), version: eb('version', '+', 1),
  })).where('id', '=', id).returning('id').executeTakeFirst();
  if (!row) throw NotFound('Aktenplan');
  await tx.record({ art: 'aktenplan.geaendert', objekte: { aktenplan: id }, daten: { aenderungen } });
  return getAktenplan(tx, id);
}
const withoutUndefined = <T extends object>(o: T) => Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
