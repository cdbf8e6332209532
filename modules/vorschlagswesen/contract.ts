import { z } from 'zod';
import { OrganisationseinheitKurz } from '#modules/organisation/contract.ts';
import { get, operations } from '#platform/contract.ts';

/** What can be proposed of something that arrived. */
export const felder = ['organisationseinheit', 'akte', 'aktenplaneinheit', 'dokumenttyp', 'betreff', 'absender', 'datumDesSchreibens', 'fremdesGeschaeftszeichen', 'frist', 'betrag'] as const;
export const Feld = z.enum(felder);
export type Feld = (typeof felder)[number];

/** sicher: may be taken as it stands · pruefen: worth a look · below that nothing is proposed (»weiß nicht«). */
export const Sicherheit = z.enum(['sicher', 'pruefen']);
export type Sicherheit = z.infer<typeof Sicherheit>;

const quote = { vorgeschlagen: z.int(), uebernommen: z.int(), weissNicht: z.int() };
export const Vorschlagsguete = z.object({
  /** So many filed letters it has learned from. */
  beispiele: z.int(),
  felder: z.array(z.object({ feld: Feld, ...quote,
    /** Mean distance between what was said and what came true, 0 to 1; null below twenty outcomes. */
    kalibrierungsfehler: z.number().nullable() })),
  /** Never by person (§ 26 BDSG; the agreement with the Personalrat). */
  organisationseinheiten: z.array(z.object({ organisationseinheit: OrganisationseinheitKurz, ...quote })),
});
export type Vorschlagsguete = z.infer<typeof Vorschlagsguete>;

export const api = operations({
  getVorschlagsguete: get('/vorschlaege/guete', { summary: 'Anteil übernommener Vorschläge je Feld und Organisationseinheit', access: 'vorschlag.auswerten', query: z.object({ von: z.iso.date().optional(), bis: z.iso.date().optional() }), returns: Vorschlagsguete }),
});
