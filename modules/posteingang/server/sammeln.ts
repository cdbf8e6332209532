import { NotFound, type AppError } from '#platform/server/errors.ts';
import type { z } from 'zod';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { wessen } from '#platform/server/context.ts';
import { Forbidden } from '#platform/server/errors.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Eingangsstatus, Sammelaktion, Sammelergebnis } from '../contract.ts';
import { eingangPolicy, type EingangRecht } from './policy.ts';
import type { EingangRow } from './queries.ts';
import type { PosteingangTables } from './tables.gen.ts';
import { passEingaenge, rejectEingaenge, takeEingaenge } from './wege.ts';
import { hindernis, hindernisBearbeiter } from './zustand.ts';

const db = tables<PosteingangTables>();
type Aktion = z.output<typeof Sammelaktion>['aktion'];
const braucht: Record<Aktion['art'], { recht: EingangRecht; nach: Eingangsstatus }> = {
  uebernehmen: { recht: 'eingang.bearbeiten', nach: 'in_bearbeitung' },
  weitergeben: { recht: 'eingang.verteilen', nach: 'verteilt' },
  zurueckweisen: { recht: 'eingang.zurueckweisen', nach: 'zurueckgewiesen' },
};

/** First all are looked at and locked, in the order of their ids so that two such calls do not wait for each other; then those that can take the step take it together. */
export async function changeEingaenge(tx: WriteTx, { ids, aktion }: z.output<typeof Sammelaktion>): Promise<z.input<typeof Sammelergebnis>> {
  if (aktion.art === 'weitergeben' && !(await getOrganisationseinheitenKurz(tx, [aktion.organisationseinheitId])).size) throw NotFound('Organisationseinheit');
  const rows = await db.write(tx).selectFrom('posteingang.eingang').selectAll('posteingang.eingang').select(await eingangPolicy.rechte(tx)).where('id', 'in', ids).where(await eingangPolicy.visible(tx, 'eingang.sehen')).orderBy('id').forUpdate().execute();
  const byId = new Map(rows.map((r) => [r.id, r]));
  const fremde = await hindernisBearbeiter(tx, rows);
  const { recht, nach } = braucht[aktion.art];
  const pruefe = (row: (typeof rows)[number] | undefined): AppError | undefined => {
    if (!row) return NotFound('Eingang');
    if (!row.rechte.includes(recht)) return Forbidden(recht);
    return fremde.get(row.id) ?? (isSchonSo(tx, row, aktion) ? undefined : hindernis(row, nach));
  };
  const ergebnisse = [...new Set(ids)].map((id) => ({ id, row: byId.get(id), fehler: pruefe(byId.get(id)) }));
  const gut = ergebnisse.flatMap(({ row, fehler }) => (row && !fehler ? [row] : []));
  await apply(tx, gut.filter((row) => !isSchonSo(tx, row, aktion)), aktion);
  await eingangPolicy.noteGezeigt(tx, gut);
  return { erledigt: gut.length, eintraege: ergebnisse.map(({ id, row, fehler }) => ({ id, nummer: row?.nummer ?? null, fehler: fehler ? { code: fehler.code, titel: fehler.title } : null })) };
}
/** Asked again after a lost answer, or chosen where it already is: nothing is left to do. */
function isSchonSo(tx: WriteTx, row: EingangRow, aktion: Aktion): boolean {
  if (aktion.art === 'uebernehmen') return row.bearbeiter_id !== null && row.bearbeiter_id === wessen(tx.ctx.akteur);
  return aktion.art === 'weitergeben' && row.organisationseinheit_id === aktion.organisationseinheitId && hindernis(row, 'verteilt') === undefined;
}
async function apply(tx: WriteTx, rows: readonly EingangRow[], aktion: Aktion) {
  if (!rows.length) return;
  switch (aktion.art) {
    case 'uebernehmen': return takeEingaenge(tx, rows);
    case 'weitergeben': return passEingaenge(tx, rows, { nach: aktion.organisationseinheitId, grund: aktion.bemerkung });
    case 'zurueckweisen': return rejectEingaenge(tx, rows, aktion.grund);
  }
}
