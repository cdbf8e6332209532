import { sql, type Selectable } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import type { OrganisationTables } from '../tables.gen.ts';
import { findVorrangige, type Eintrag } from './regeln.ts';

const db = tables<OrganisationTables>();
export type Zeile = Selectable<OrganisationTables['organisation.vertretung']>;

export const eintragOf = (r: Zeile): Eintrag & { id: string } =>
  ({ id: r.id, benutzerId: r.benutzer_id, vertreterId: r.vertreter_id, rang: r.rang, zeitraum: { von: r.von, bis: r.bis }, umfang: { art: r.umfang_art, ids: r.umfang } });
/** Not ended, and its last day not over. */
export const selectOffene = (tx: ReadTx) => db.read(tx).selectFrom('organisation.vertretung').selectAll().where('beendet', 'is', null).where((eb) => eb.or([eb('bis', 'is', null), eb('bis', '>=', heute())]));
export const isLaufend = (r: Zeile) => r.beendet === null && r.von <= heute() && (r.bis === null || r.bis >= heute());

/** Who of these people cannot act today, being represented themselves or locked. */
async function readVerhinderte(tx: ReadTx, personen: readonly string[]): Promise<Set<string>> {
  if (!personen.length) return new Set();
  const abwesend = await selectOffene(tx).where('von', '<=', heute()).where('benutzer_id', 'in', [...personen]).execute();
  const gesperrt = await db.read(tx).selectFrom('organisation.benutzer').select('id').where('gesperrt', '=', true).where('id', 'in', [...personen]).execute();
  return new Set([...abwesend.map((r) => r.benutzer_id), ...gesperrt.map((r) => r.id)]);
}

/** Of each of these Vertretungen that run today: those that come before it and whose people are there. None: it is its turn. */
export async function readVorrangige(tx: ReadTx, rows: readonly Zeile[]): Promise<(row: Zeile) => Eintrag[]> {
  const spaetere = rows.filter((r) => r.rang > 1 && isLaufend(r));
  if (!spaetere.length) return () => [];
  const laufende = (await selectOffene(tx).where('von', '<=', heute()).where('benutzer_id', 'in', [...new Set(spaetere.map((r) => r.benutzer_id))]).execute()).map(eintragOf);
  const verhindert = await readVerhinderte(tx, [...new Set(laufende.map((e) => e.vertreterId))]);
  return (row) => (row.rang > 1 && isLaufend(row) ? findVorrangige(eintragOf(row), laufende, (id) => verhindert.has(id)) : []);
}

/** The last minute of a day as the installation counts days. */
export const endeDesTages = (tag: string | null) => sql<string | null>`(${tag}::date + 1)::timestamptz - interval '1 minute'`;
