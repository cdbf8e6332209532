import { getBenutzerKurz } from '#modules/organisation/server/index.ts';
import { wessen } from '#platform/server/context.ts';
import { Conflict } from '#platform/server/errors.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import type { Eingangsstatus } from '../contract.ts';
import { isOffen, PosteingangErrors } from './eingang.ts';
import type { EingangRow } from './queries.ts';

/** The one list of steps. The constraint station_schritt says the same to the database, so that no other way of writing can take another one. */
export const uebergaenge: Record<Eingangsstatus, readonly Eingangsstatus[]> = {
  erfasst: ['erfasst', 'verteilt', 'in_bearbeitung', 'zugeordnet', 'zurueckgewiesen', 'weitergeleitet'],
  verteilt: ['erfasst', 'verteilt', 'in_bearbeitung', 'zugeordnet', 'zurueckgewiesen', 'weitergeleitet'],
  in_bearbeitung: ['erfasst', 'verteilt', 'zugeordnet', 'zurueckgewiesen', 'weitergeleitet'],
  zugeordnet: [],
  zurueckgewiesen: ['erfasst', 'verteilt', 'vernichtet'],
  weitergeleitet: ['erfasst', 'verteilt', 'vernichtet'],
  vernichtet: [],
};
/** What can become an Eingang's first state. */
export const anfaenge: readonly Eingangsstatus[] = ['erfasst', 'verteilt'];

/** Why this step cannot be taken from where the Eingang is: in words for whoever came second. What is done with is taken up again first (`wieder`). */
export function hindernis(row: Pick<EingangRow, 'status' | 'nummer'>, nach: Eingangsstatus, { wieder = false } = {}) {
  if (uebergaenge[row.status].includes(nach) && isOffen(row.status) !== wieder) return undefined;
  const { nummer } = row;
  switch (row.status) {
    case 'zugeordnet': return PosteingangErrors.schon_abgelegt({ nummer });
    case 'zurueckgewiesen': return PosteingangErrors.schon_zurueckgewiesen({ nummer });
    case 'weitergeleitet': return PosteingangErrors.schon_weitergeleitet({ nummer });
    case 'vernichtet': return PosteingangErrors.vernichtet({ nummer });
    case 'in_bearbeitung': return PosteingangErrors.schon_in_bearbeitung({ nummer });
    default: return PosteingangErrors.nicht_erledigt({ nummer });
  }
}
/** Who has it in hand keeps it until it is given back: others are told who that is. */
export async function hindernisBearbeiter(tx: ReadTx, rows: readonly Pick<EingangRow, 'id' | 'nummer' | 'status' | 'bearbeiter_id'>[]) {
  const fremde = rows.filter((r) => r.bearbeiter_id !== null && r.bearbeiter_id !== wessen(tx.ctx.akteur));
  const namen = fremde.length ? await getBenutzerKurz(tx, fremde.map((r) => r.bearbeiter_id!)) : new Map();
  return new Map(fremde.map((r) => [r.id, inBearbeitung(r.nummer, namen.get(r.bearbeiter_id!)?.name)]));
}
const inBearbeitung = (nummer: string, name: string | undefined) => (name === undefined ? PosteingangErrors.schon_in_bearbeitung({ nummer })
  : Conflict('posteingang.schon_in_bearbeitung', `${name} hat diesen Eingang in Bearbeitung`, { nummer, bearbeiter: name }));
