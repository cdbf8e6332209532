import { z } from 'zod';
import type { JobRef } from '#platform/server/tx.ts';

// The jobs as commands need to know them; what they do stands in verarbeitung/jobs.ts, which knows files and converters.
const payload = z.object({ stapelId: z.uuid() });
const auftrag = (name: string) => ({ name: `scanstelle.${name}`, payload, priority: -3 }) satisfies JobRef;
/** Are all files there? → pages and what is on them → letters. And, once checked, the letters as PDF. */
export const sammeln = auftrag('sammeln');
export const zerlegen = auftrag('zerlegen');
export const trennen = auftrag('trennen');
export const briefe = auftrag('briefe');
