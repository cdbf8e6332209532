import { z } from 'zod';
import { OrganisationseinheitId, OrganisationseinheitKurz, zeile } from '#modules/organisation/contract.ts';
import { EingangId } from '#modules/posteingang/contract.ts';
import { AkteId, DokumentId, VorgangId } from '#modules/schriftgut/contract.ts';
import { operations, post } from '#platform/contract.ts';

export const notizkanaele = ['telefon', 'schalter'] as const;
export const GespraechsnotizAnlegen = z.object({
  kanal: z.enum(notizkanaele).default('telefon'),
  /** Who called or came; becomes the Absender. */
  wer: zeile(300).min(1, 'Bitte angeben, wer gesprochen hat, notfalls „unbekannt“'),
  /** Where they can be reached. */
  kontakt: zeile(200).optional(),
  betreff: zeile(500).min(1, 'Bitte angeben, worum es ging'),
  notiz: z.string().trim().max(10_000).optional(),
  /** What is to be done, and until when; `rueckruf`: call back. */
  wunsch: zeile(400).optional(), bis: z.iso.date().optional(), rueckruf: z.boolean().default(false),
  /** Whose basket; without it one's own office. */
  organisationseinheitId: OrganisationseinheitId.optional(),
  /** Filed at once. */
  ziel: z.discriminatedUnion('art', [
    z.object({ art: z.literal('vorgang'), vorgangId: VorgangId }),
    z.object({ art: z.literal('akte'), akteId: AkteId }),
    z.object({ art: z.literal('neuer_vorgang'), akteId: AkteId }),
  ]).optional(),
}).meta({ examples: [{ wer: 'Ada Vosskuhl', kontakt: '05901 4711', betreff: 'Stand des Bauantrags', rueckruf: true, bis: '2026-11-30' }] });

export const Gespraechsnotiz = z.object({
  eingangId: EingangId, nummer: z.string(), organisationseinheit: OrganisationseinheitKurz,
  /** Where it was filed; null: it lies in the basket. */
  dokumentId: DokumentId.nullable(),
});
export type Gespraechsnotiz = z.output<typeof Gespraechsnotiz>;

export const api = operations({
  createGespraechsnotiz: post('/gespraechsnotizen', { summary: 'Gespräch am Telefon oder Schalter festhalten: ein Eingang, auf Wunsch gleich abgelegt', access: 'eingang.anlegen', body: GespraechsnotizAnlegen, returns: Gespraechsnotiz, status: 201 }),
});
