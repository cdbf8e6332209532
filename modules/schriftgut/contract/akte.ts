import { z } from 'zod';
import { flag, listAnswer, listQuery, many } from '#platform/list-contract.ts';
import { AkteId, Status, Stelle, Tag, langtext, text } from './grundlagen.ts';
import { aussonderung, aussonderungAntwort, metadaten, metadatenAntwort, zeile } from './metadaten.ts';

export const AkteZeile = z.object({
  id: AkteId, parentId: AkteId.nullable(), aktenzeichen: z.string(), status: Status, aktenplaneinheit: Stelle, zdaAm: z.string().nullable(), ...zeile,
});
export type AkteZeile = z.input<typeof AkteZeile>;

export const Akte = AkteZeile.extend({
  nummer: z.number().int().nullable(), tiefe: z.number().int(),
  ...metadatenAntwort, ...aussonderungAntwort,
  /** What lies in it at all depths, as far as the Akteur may see it. */
  anzahl: z.object({ teilakten: z.number(), vorgaenge: z.number(), offeneVorgaenge: z.number(), dokumente: z.number() }),
});
export type Akte = z.input<typeof Akte>;

export const AkteAnlegen = z.object({
  ...metadaten, ...aussonderung,
  aktenplaneinheitId: z.uuid().optional(),
  /** Makes it a Teilakte of this Akte; the Aktenplaneinheit is then that of the Akte. */
  parentId: AkteId.optional(),
  /** Given by hand: needs the Recht aktenzeichen.manuell (AZ-06). Without it the rule of the Mandant makes one. */
  aktenzeichen: z.object({ aktenzeichen: text(100), grund: text(1000) }).optional(),
  /** Free parts, where the rule of the Mandant asks for them (AZ-02). */
  zusatz: text(50).optional(), laenderkennzeichen: text(10).optional(),
});
export const AkteAendern = z.object({ ...metadaten, ...aussonderung }).partial();

export const AkteVerschieben = z.object({
  /** Another place in the Aktenplan … */
  aktenplaneinheitId: z.uuid().optional(),
  /** … or into another Akte as its Teilakte; null: out of it. */
  parentId: AkteId.nullish(),
  /** Without it the Akte gets a new Aktenzeichen when its Aktenplaneinheit changes; the old one goes on finding it. */
  aktenzeichenBehalten: z.boolean().default(false),
  grund: langtext(1000),
});
export const Schliessen = z.object({
  /** Day of the z. d. A.; today without it. */
  zdaAm: Tag.optional(),
  /** Closes the open Vorgänge in it as well, those without Hindernisse of their own. */
  mitVorgaengen: z.boolean().default(false),
}).default({ mitVorgaengen: false });

const filter = {
  aktenplaneinheitId: many(z.uuid()).optional(),
  /** Also those of the units below. */
  unterhalb: flag.optional(),
  federfuehrungId: many(z.uuid()).optional(),
  bearbeiterId: many(z.uuid()).optional(),
  status: many(Status).optional(),
  /** Those I work on. */
  eigene: flag.optional(),
  gemerkt: flag.optional(),
  /** Last changed from and to this day. */
  von: Tag.optional(), bis: Tag.optional(),
  /** Words of the Betreff, or the beginning of the Kennzeichen, now or formerly, in any spelling. */
  text: text(200).optional(),
  /** ohne: hide what is storniert (as always); mit, nur: needs the Recht storno.sehen. */
  storniert: z.enum(['ohne', 'mit', 'nur']).default('ohne'),
};
export const schriftgutFilter = filter;

export const AktenListe = listQuery(['aktenzeichen', '-aktenzeichen', 'betreff', '-betreff', '-geaendertAm', 'geaendertAm', '-erstelltAm', 'erstelltAm'], {
  ...filter, parentId: many(z.uuid()).optional(),
  /** Teilakten as well; without it only those of the Aktenplan. */
  teilakten: flag.optional(),
});
export const Akten = listAnswer(AkteZeile);
