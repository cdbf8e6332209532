import { z } from 'zod';
import { flag } from '#platform/list-contract.ts';
import { AkteZeile } from './akte.ts';
import { DokumentZeile } from './dokument.ts';
import { Objekttyp } from './grundlagen.ts';
import { VorgangZeile } from './vorgang.ts';

/** One entry of the tree: a Vorgang brings its first Dokumente along. */
export const InhaltEintrag = z.discriminatedUnion('typ', [
  z.object({ typ: z.literal('teilakte'), akte: AkteZeile, anzahl: z.number().int() }),
  z.object({
    typ: z.literal('vorgang'), vorgang: VorgangZeile, teilvorgaenge: z.number().int(),
    /** Of the Dokumente in it; null when there are none. */
    letztesDatum: z.string().nullable(),
    dokumente: z.object({ eintraege: z.array(DokumentZeile), gesamt: z.number().int() }),
  }),
  z.object({ typ: z.literal('dokument'), dokument: DokumentZeile }),
]);
export type InhaltEintrag = z.input<typeof InhaltEintrag>;

export const InhaltAbfrage = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
  /** Dokumente that come along with the open Vorgänge of this page, all together. */
  dokumente: z.coerce.number().int().min(0).max(500).default(100),
  /** Only Vorgänge that are still in Bearbeitung. */
  nurOffene: flag.optional(),
  storniert: z.enum(['ohne', 'mit', 'nur']).default('ohne'),
});
export const Inhalt = z.object({
  eintraege: z.array(InhaltEintrag), gesamt: z.number().int(), weiter: z.string().nullable(),
  /** Entries on this level by kind, and all Dokumente below it. */
  anzahl: z.object({ teilakten: z.number(), vorgaenge: z.number(), dokumente: z.number() }),
});
export type Inhalt = z.input<typeof Inhalt>;

export const Exportieren = z.object({
  /** pdf: one PDF with a contents page; zip: the original files, their hashes and the metadata as JSON. */
  format: z.enum(['pdf', 'zip']).default('pdf'),
  anzeigen: flag.optional(),
});

export const Merkliste = z.object({ eintraege: z.array(z.object({ typ: Objekttyp, id: z.uuid(), kennzeichen: z.string(), betreff: z.string(), status: z.string().nullable(), zeit: z.string() })) });
export type Merkliste = z.input<typeof Merkliste>;
