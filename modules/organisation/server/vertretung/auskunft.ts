import { tables, type ReadTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import type { Akteur } from '#platform/server/context.ts';
import type { OrganisationTables } from '../tables.gen.ts';
import { readAkteure } from './sicht.ts';
import { isLaufend, readVorrangige, selectOffene } from './zeilen.ts';

const db = tables<OrganisationTables>();

/** Of rows whose author is a Vertretung: the person it was for. */
export async function getVertretene(tx: ReadTx, ids: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (!wanted.length) return new Map();
  return new Map((await db.read(tx).selectFrom('organisation.vertretung').select(['id', 'benutzer_id']).where('id', 'in', wanted).execute()).map((r) => [r.id, r.benutzer_id]));
}

/** Who acts today for one of these people, as which Akteur. */
export type Vertreter = { id: string; vertreterId: string; benutzerId: string; bis: string | null; akteur: Akteur };
export async function listVertreterVon(tx: ReadTx, benutzerIds: readonly string[]): Promise<Vertreter[]> {
  if (!benutzerIds.length) return [];
  const rows = await selectOffene(tx).where('von', '<=', heute()).where('benutzer_id', 'in', [...new Set(benutzerIds)]).execute();
  const vor = await readVorrangige(tx, rows);
  const frei = new Set(rows.length ? (await db.read(tx).selectFrom('organisation.benutzer').select('id').where('gesperrt', '=', false).where('id', 'in', rows.flatMap((r) => [r.benutzer_id, r.vertreter_id])).execute()).map((r) => r.id) : []);
  const dran = rows.filter((r) => isLaufend(r) && !vor(r).length && frei.has(r.benutzer_id) && frei.has(r.vertreter_id));
  const akteure = await readAkteure(tx, dran);
  return dran.flatMap((r) => { const akteur = akteure.get(r.id); return akteur ? [{ id: r.id, vertreterId: r.vertreter_id, benutzerId: r.benutzer_id, bis: r.bis, akteur }] : []; });
}
