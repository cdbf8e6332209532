import { z } from 'zod';
import type { JobRef } from '#platform/server/tx.ts';

/** Somebody waits in front of the file: before everything that reads it. */
export const scannen = { name: 'ablage.scannen', payload: z.object({ objektId: z.string() }), priority: -20 } satisfies JobRef;
