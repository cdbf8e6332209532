import { z } from 'zod';
import type { JobRef } from '#platform/server/tx.ts';

// The jobs as commands need to know them; what they do stands in jobs.ts, which knows files and processes.
const payload = z.object({ inhaltId: z.uuid() });
const auftrag = (name: string, priority: number, queue?: string) => ({ name: `aufbereitung.${name}`, payload, priority, ...(queue && { queue }) }) satisfies JobRef;

/** Type and text first, since everything else and the search wait for them; pictures last. */
export const lesen = auftrag('lesen', -5);
export const rendition = auftrag('rendition', 0);
/** Before pictures and PDF, since filing and search wait for it. One at a time, since one keeps all cores busy; after a few pages it queues up again behind the others. */
export const ocr = auftrag('ocr', -4, 'ocr');
export const vorschau = auftrag('vorschau', 5);
export const auftraege = { lesen, rendition, ocr, vorschau };
export type Auftragsname = keyof typeof auftraege;
