import type { Sachgebiete } from '#modules/organisation/server/index.ts';
import { getAktenplaneinheitenKurz } from './facade.ts';

/** A subject, as a Vertretung can be limited to it: a unit of the plan with all that stands below. */
export const sachgebiete: Sachgebiete = {
  async find(tx, ids) {
    const namen = await getAktenplaneinheitenKurz(tx, ids);
    return new Map([...namen].map(([id, e]) => [id, { bezeichnung: `${e.kennzeichen} ${e.bezeichnung}`.trim(), schutzId: e.schutzId }]));
  },
};
