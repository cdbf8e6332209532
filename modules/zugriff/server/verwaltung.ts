import { istBeteiligt } from '#platform/server/context.ts';
import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import type { Klasse } from '#platform/server/policy.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import { grantFreigabe, revokeFreigabe, type FreigabeAngaben } from './commands.ts';
import { readUnterhalb, requireEinstufungen, requireVsNfd } from './geheimschutz.ts';
import { FreigabeErrors, SchutzbereichErrors } from './freigabe.ts';
import { voidReichweiten } from './reichweite.ts';
import { requireSubjekt } from './subjekte.ts';
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
  await requireSubjekt(tx, angaben.subjektArt, angaben.subjekt);
  await requireZeitraum(tx, angaben);
  if (angaben.subjektArt === 'person' && istBeteiligt(tx.ctx.akteur, angaben.subjekt)) throw FreigabeErrors.selbst();
  return grantFreigabe(tx, angaben);
}

/** One grant of a subject at a place: another period would silently end the one that stands, so it is refused until that is taken back. */
async function requireZeitraum(tx: WriteTx, { schutzId, subjektArt, subjekt, gueltigVon = null, gueltigBis = null }: FreigabeAngaben) {
  const time = (zeit: string | null) => (zeit === null ? null : new Date(zeit).getTime());
  const [von, bis] = [time(gueltigVon), time(gueltigBis)];
  if (bis !== null && (bis <= Date.now() || (von !== null && von >= bis))) throw FreigabeErrors.zeitraum_verkehrt();
  const alt = await db.write(tx).selectFrom('zugriff.freigabe').select(['gueltig_von', 'gueltig_bis']).where('schutz_id', '=', schutzId).where('subjekt_art', '=', subjektArt).where('subjekt', '=', subjekt).executeTakeFirst();
  if (!alt || (alt.gueltig_bis !== null && time(alt.gueltig_bis)! <= Date.now())) return;
  if (time(alt.gueltig_von) !== von || time(alt.gueltig_bis) !== bis) throw FreigabeErrors.ueberschneidet({ gueltigVon: alt.gueltig_von, gueltigBis: alt.gueltig_bis });
}

export async function takeFreigabe(tx: WriteTx, id: string): Promise<void> {
  const row = await db.write(tx).selectFrom('zugriff.freigabe').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw NotFound('Freigabe');
  await revokeFreigabe(tx, { schutzId: row.schutz_id, subjektArt: row.subjekt_art, subjekt: row.subjekt });
}

export async function updateSchutzbereich(tx: WriteTx, id: string, neu: { erbt?: boolean | undefined; klasse?: Klasse | null | undefined }, version: number): Promise<void> {
  const alt = await lockSchutzbereich(tx, id);
  requireVersion(alt, version);
  if (alt.parent_id === null) throw SchutzbereichErrors.wurzel();
  if (neu.klasse === 'vs_nfd') await requireVsNfd(tx);
  const werte = { erbt: neu.erbt ?? alt.erbt, klasse: neu.klasse === undefined ? alt.klasse : neu.klasse };
  await db.write(tx).updateTable('zugriff.schutzbereich').set({ ...werte, version: version + 1 }).where('id', '=', id).execute();
  if (werte.klasse !== alt.klasse) {
    await requireEinstufungen(tx, [id]);
    const bereiche = await readUnterhalb(tx, [id]);
    for (const geaendert of tx.extensions('klasseGeaendert')) await geaendert(tx, bereiche);
  }
  await tx.record({ art: 'schutzbereich.geaendert', objekte: { schutzbereich: id }, daten: { aenderungen: diff(alt, werte, ['erbt', 'klasse']) } });
  await voidReichweiten(tx);
}
