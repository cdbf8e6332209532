import { z } from 'zod';
import { klassen } from '#platform/klassen.ts';

export const SchutzbereichId = z.uuid().brand<'SchutzbereichId'>();
export const FreigabeId = z.uuid().brand<'FreigabeId'>();
export type SchutzbereichId = z.infer<typeof SchutzbereichId>;
export type FreigabeId = z.infer<typeof FreigabeId>;

/** sehen: existence and metadata · lesen: + content, history · bearbeiten: + change · verwalten: + rights, move, delete */
export const stufen = ['sehen', 'lesen', 'bearbeiten', 'verwalten'] as const;
export const Stufe = z.enum(stufen);
/** Need to know: grants from above do not pass into it, every read is recorded, whoever only sees gets no Betreff. */
export { klassen };
export const Klasse = z.enum(klassen);
export type Klasse = z.infer<typeof Klasse>;
export const SubjektArt = z.enum(['oe', 'rolle', 'person']);
export const rechte = z.array(z.string());
export const zeitpunkt = z.iso.datetime({ offset: true });

export const SchutzbereichKurz = z.object({ id: SchutzbereichId, bezeichnung: z.string() });
