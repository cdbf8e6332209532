import { EreignisPayloadSchema } from '#platform/server/jobs.ts';
import { job } from '#platform/server/module.ts';
import { findEingaengeByInhalt, readBefund, storeBefund } from './anreichern.ts';

/** The text of a content is there: what it says about an Eingang is looked for. */
export const anreichern = job({
  name: 'posteingang.anreichern', payload: EreignisPayloadSchema, rechte: [], priority: -5, // somebody waits in front of the basket
  async load(tx, { objekte }) {
    const befunde = [];
    for (const row of await findEingaengeByInhalt(tx, objekte.inhalt ?? [])) befunde.push(await readBefund(tx, row));
    return befunde;
  },
  work: async (_io, befunde) => befunde,
  async store(tx, befunde) { for (const befund of befunde) await storeBefund(tx, befund); },
});
