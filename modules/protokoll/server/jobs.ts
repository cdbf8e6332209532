import { z } from 'zod';
import { job } from '#platform/server/module.ts';
import type { JobRef } from '#platform/server/tx.ts';
import { loadUnsealed, makeSiegel, storeSiegel } from './versiegeln.ts';

const versiegeln = { name: 'protokoll.versiegeln', payload: z.object({}) } satisfies JobRef;

/** Runs a second after Ereignisse of a Mandant; again while there are more, or a transaction that is still open holds some back. */
export const versiegelnJob = job({
  ...versiegeln,
  rechte: [],
  load: (tx) => loadUnsealed(tx),
  work: async (io, unsealed, { mandantId }) => makeSiegel(mandantId, unsealed, io.siegel, new Date()),
  async store(tx, made) {
    const stored = await storeSiegel(tx, made);
    const pause = made.siegel && stored ? 0 : 1000;
    if (made.mehr) await tx.enqueue(versiegeln, {}, { key: 'nachlauf', am: new Date(Date.now() + pause) });
  },
});
