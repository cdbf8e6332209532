import { z } from 'zod';
import { listAnswer, listQuery, many } from '#platform/list-contract.ts';
import { schriftgutFilter } from './akte.ts';
import { AkteId, Status, VorgangId, langtext } from './grundlagen.ts';
import { aussonderung, aussonderungAntwort, metadaten, metadatenAntwort, zeile } from './metadaten.ts';

export const AkteBezug = z.object({ id: AkteId, aktenzeichen: z.string(), betreff: z.string() });

export const VorgangZeile = z.object({
  id: VorgangId, parentId: VorgangId.nullable(), akteId: AkteId, nummer: z.number().int(), kennzeichen: z.string(), status: Status, zdaAm: z.string().nullable(),
  /** null: the Akte itself may not be seen. */
  akte: AkteBezug.nullable(), ...zeile,
});
export type VorgangZeile = z.input<typeof VorgangZeile>;

export const Vorgang = VorgangZeile.extend({
  tiefe: z.number().int(), ...metadatenAntwort, ...aussonderungAntwort,
  anzahl: z.object({ teilvorgaenge: z.number(), dokumente: z.number() }),
});
export type Vorgang = z.input<typeof Vorgang>;

export const VorgangAnlegen = z.object({
  ...metadaten, ...aussonderung,
  /** In this Akte … */
  akteId: AkteId.optional(),
  /** … or as a Teilvorgang of this Vorgang. */
  parentId: VorgangId.optional(),
}).refine((v) => (v.akteId === undefined) !== (v.parentId === undefined), { path: ['akteId'], message: 'Bitte entweder die Akte oder den übergeordneten Vorgang angeben' })
  .meta({ examples: [{ akteId: '0197c1f0-0000-7000-8000-000000000000', betreff: 'Antrag und Prüfung' }] });
export const VorgangAendern = z.object({ ...metadaten, ...aussonderung }).partial();

export const VorgangVerschieben = z.object({ akteId: AkteId.optional(), parentId: VorgangId.optional(), grund: langtext(1000) })
  .refine((v) => (v.akteId === undefined) !== (v.parentId === undefined), { path: ['akteId'], message: 'Bitte entweder die Akte oder den übergeordneten Vorgang angeben' })
  .meta({ examples: [{ akteId: '0197c1f0-0000-7000-8000-000000000000', grund: 'In der falschen Akte angelegt' }] });

export const VorgaengeListe = listQuery(['kennzeichen', '-kennzeichen', 'betreff', '-betreff', '-geaendertAm', 'geaendertAm', '-erstelltAm', 'erstelltAm'], {
  ...schriftgutFilter, akteId: many(z.uuid()).optional(), parentId: many(z.uuid()).optional(),
});
export const Vorgaenge = listAnswer(VorgangZeile);
