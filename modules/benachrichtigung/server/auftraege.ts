import { z } from 'zod';

/** The sending job as the queue knows it; its work is in jobs.ts. */
export const sendenJob = { name: 'benachrichtigung.senden', payload: z.object({ versand: z.enum(['sofort', 'taeglich']) }) } as const;
