import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import { grantFreigabe, revokeFreigabe, type FreigabeAngaben } from './commands.ts';
import { FreigabeErrors, SchutzbereichErrors } from './freigabe.ts';
import { nameSubjekte } from './queries.ts';
import { forgetReichweite } from './reichweite.ts';
import type { ZugriffTables } from './tables.gen.ts';

const db = tables<ZugriffTables>();

// What administrators do by the API; their Recht has been checked by the edge. Other modules call the façade.

async function lockSchutzbereich(tx: WriteTx, id: string) {
  const row = await db.write(tx).selectFrom('zugriff.schutzbereich').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Schutzbereich');
  return row;
}

export async function giveFreigabe(tx: WriteTx, angaben: FreigabeAngaben): Promise<string> {
  await lockSchutzbereich(tx, angaben.schutzId);
  if (!(await nameSubjekte(tx, [{ subjekt_art: angaben.subjektArt, subjekt: angaben.subjekt }])).size) throw FreigabeErrors.subjekt_unbekannt();
  if (angaben.subjektArt === 'person' && angaben.subjekt === tx.ctx.akteur.id) throw FreigabeErrors.selbst();
  return grantFreigabe(tx, angaben);
}

export async function takeFreigabe(tx: WriteTx, id: string): Promise<void> {
  const row = await db.write(tx).selectFrom('zugriff.freigabe').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Freigabe');
  await revokeFreigabe(tx, { schutzId: row.schutz_id, subjektArt: row.subjekt_art, subjekt: row.subjekt });
}

export async function updateSchutzbereich(tx: WriteTx, id: string, neu: { erbt: boolean }, version: number): Promise<void> {
  const alt = await lockSchutzbereich(tx, id);
  requireVersion(alt, version);
  if (alt.parent_id === null) throw SchutzbereichErrors.wurzel();
  await db.write(tx).updateTable('zugriff.schutzbereich').set({ erbt: neu.erbt, version: version + 1 }).where('id', '=', id).execute();
  await tx.record({ art: 'schutzbereich.geaendert', objekte: { schutzbereich: id }, daten: { aenderungen: diff(alt, neu, ['erbt']) } });
  forgetReichweite(tx);
}
