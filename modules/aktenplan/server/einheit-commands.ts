import { sql } from 'kysely';
import type { z } from 'zod';
import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import { normalizeAktenzeichen, type AktenplaneinheitAendern } from '../contract.ts';
import { countAkten } from './belegung.ts';
import { AktenplanErrors, sortierung } from './einheit.ts';
import { gruendeDerWerte, requireGruende, spalten } from './einheit-anlegen.ts';
import { getAktenplaneinheit, ketteVon, readWithUpper, werteVon, type Einheit } from './queries.ts';
import type { AktenplanTables } from './tables.gen.ts';

const db = tables<AktenplanTables>();

/** The unit for a change, locked; creating Akten in it waits (see requireBelegbar). */
export async function lockEinheit(tx: WriteTx, id: string, ifMatch?: number): Promise<Einheit> {
  const row: Einheit | undefined = await db.write(tx).selectFrom('aktenplan.aktenplaneinheit').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Aktenplaneinheit');
  if (ifMatch !== undefined) requireVersion(row, ifMatch);
  return row;
}
export const felderVon = (e: Einheit) => ({
  kennzeichen: e.kennzeichen, betreffKurz: e.betreff_kurz, inhaltsangabe: e.inhaltsangabe, ...werteVon(e), abweichungsgruende: gruendeDerWerte({ ...werteVon(e), abweichungsgruende: e.abweichungsgruende }),
  querverweise: e.querverweise, organisationseinheitId: e.organisationseinheit_id, gueltigVon: e.gueltig_von, gueltigBis: e.gueltig_bis,
});
export const FELDER = ['kennzeichen', 'betreffKurz', 'inhaltsangabe', 'aussonderungsart', 'aufbewahrungsdauer', 'vertraulichkeit', 'schutzklasse', 'abweichungsgruende', 'querverweise', 'organisationseinheitId', 'gueltigVon', 'gueltigBis'] as const;

export async function updateAktenplaneinheit(tx: WriteTx, id: string, ifMatch: number, body: z.output<typeof AktenplaneinheitAendern>) {
  const row = await lockEinheit(tx, id, ifMatch);
  if (row.aufgegangen_in) throw AktenplanErrors.aufgegangen({ kennzeichen: row.kennzeichen });
  await applyAenderung(tx, row, body, { gruendePruefen: true, record: true });
  return getAktenplaneinheit(tx, id);
}

/** `gruendePruefen`: refuses a departure from the inherited value without a reason; `record` false: the caller records the batch. */
export async function applyAenderung(tx: WriteTx, row: Einheit, body: z.output<typeof AktenplaneinheitAendern>, { gruendePruefen, record }: { gruendePruefen: boolean; record: boolean }) {
  const alt = felderVon(row);
  const gegeben = { ...alt, ...Object.fromEntries(Object.entries(body).filter(([, v]) => v !== undefined)) } as typeof alt;
  const neu = { ...gegeben, abweichungsgruende: gruendeDerWerte(gegeben) };
  const aenderungen = diff(alt, neu, FELDER);
  if (!aenderungen.length) return;
  if (gruendePruefen) requireGruende([...ketteVon(row, await readWithUpper(tx, [row.pfad])).slice(0, -1), { id: row.id, bezeichnung: neu.kennzeichen, werte: neu, gruende: neu.abweichungsgruende }]);
  if (neu.kennzeichen !== row.kennzeichen) await renumber(tx, row, neu.kennzeichen);
  await db.write(tx).updateTable('aktenplan.aktenplaneinheit').set((eb) => ({ ...spalten(neu), version: eb('version', '+', 1) })).where('id', '=', row.id).execute();
  if (record) await tx.record({ art: 'aktenplaneinheit.geaendert', objekte: { aktenplaneinheit: row.id }, daten: { kennzeichen: neu.kennzeichen, aenderungen } });
}

/** A new Kennzeichen: the old one goes on finding the unit, and the order of the subtree follows. */
async function renumber(tx: WriteTx, row: Einheit, kennzeichen: string) {
  await addAlias(tx, row.id, row.kennzeichen, 'umbenannt');
  await db.write(tx).deleteFrom('aktenplan.kennzeichen_alias').where('aktenplaneinheit_id', '=', row.id).where('kennzeichen', '=', kennzeichen).execute();
  const upper = row.parent_id === null ? undefined : await db.write(tx).selectFrom('aktenplan.aktenplaneinheit').select('sortierung').where('id', '=', row.parent_id).executeTakeFirst();
  const neu = sortierung(upper?.sortierung ?? null, kennzeichen);
  await db.write(tx).updateTable('aktenplan.aktenplaneinheit').set({ sortierung: sql`${neu} || substr(sortierung, ${row.sortierung.length + 1}::int)` })
    .where(sql<boolean>`${row.id} = any(pfad)`).execute();
}
export const addAlias = (tx: WriteTx, einheitId: string, kennzeichen: string, grund: 'umbenannt' | 'zusammengefuehrt') =>
  db.write(tx).insertInto('aktenplan.kennzeichen_alias').values({ aktenplaneinheit_id: einheitId, kennzeichen, kennzeichen_norm: normalizeAktenzeichen(kennzeichen), grund })
    .onConflict((c) => c.columns(['mandant_id', 'aktenplaneinheit_id', 'kennzeichen']).doNothing()).execute();

/** No new Akten here and below; all that exist stay readable and can be re-opened (AP-06). */
export async function closeAktenplaneinheit(tx: WriteTx, id: string, ifMatch: number, grund: string) {
  const row = await lockEinheit(tx, id, ifMatch);
  if (row.stillgelegt_am) throw AktenplanErrors.schon_stillgelegt();
  const closed = await db.write(tx).updateTable('aktenplan.aktenplaneinheit').set((eb) => ({ stillgelegt_am: sql<string>`now()`, stilllegungsgrund: grund, version: eb('version', '+', 1) }))
    .where(sql<boolean>`${id} = any(pfad)`).where('stillgelegt_am', 'is', null).returning('id').execute();
  await tx.record({ art: 'aktenplaneinheit.stillgelegt', objekte: { aktenplaneinheit: closed.map((c) => c.id) }, daten: { kennzeichen: row.kennzeichen, grund, anzahl: closed.length } });
  return getAktenplaneinheit(tx, id);
}
export async function reopenAktenplaneinheit(tx: WriteTx, id: string, ifMatch: number) {
  const row = await lockEinheit(tx, id, ifMatch);
  if (row.aufgegangen_in) throw AktenplanErrors.aufgegangen({ kennzeichen: row.kennzeichen });
  if (!row.stillgelegt_am) throw AktenplanErrors.nicht_stillgelegt();
  const upper = await readWithUpper(tx, [row.pfad.slice(0, -1)]);
  const zu = [...upper.values()].find((o) => o.stillgelegt_am);
  if (zu) throw AktenplanErrors.einheit_stillgelegt({ kennzeichen: zu.kennzeichen });
  await db.write(tx).updateTable('aktenplan.aktenplaneinheit').set((eb) => ({ stillgelegt_am: null, stilllegungsgrund: null, version: eb('version', '+', 1) })).where('id', '=', id).execute();
  await tx.record({ art: 'aktenplaneinheit.reaktiviert', objekte: { aktenplaneinheit: id }, daten: { kennzeichen: row.kennzeichen } });
  return getAktenplaneinheit(tx, id);
}

/** Only a unit that never held an Akte; the register of Aktenzeichen refuses the rest even where nobody counts (AP-06). */
export async function deleteAktenplaneinheit(tx: WriteTx, id: string, ifMatch: number) {
  const row = await lockEinheit(tx, id, ifMatch);
  const child = await db.write(tx).selectFrom('aktenplan.aktenplaneinheit').select('id')
    .where((eb) => eb.or([eb('parent_id', '=', id), eb('aufgegangen_in', '=', id)])).limit(1).executeTakeFirst();
  if (child) throw AktenplanErrors.einheit_hat_kinder();
  if ((await countAkten(tx, [id], true)).get(id)) throw AktenplanErrors.einheit_hat_akten();
  await db.write(tx).deleteFrom('aktenplan.aktenplaneinheit').where('id', '=', id).execute();
  await tx.record({ art: 'aktenplaneinheit.geloescht', objekte: { aktenplaneinheit: id, aktenplan: row.aktenplan_id }, daten: { kennzeichen: row.kennzeichen, betreffKurz: row.betreff_kurz } });
  return {};
}
