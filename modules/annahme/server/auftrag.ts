import { z } from 'zod';
import type { JobRef } from '#platform/server/tx.ts';

/** Files the Eingang of a delivery where its Anschluss may; made in jobs.ts. */
export const ablegen = { name: 'annahme.ablegen', payload: z.object({ sendungId: z.string() }) } satisfies JobRef;
