import { z } from 'zod';

export const MandantId = z.uuid().brand<'MandantId'>();
export const OrganisationseinheitId = z.uuid().brand<'OrganisationseinheitId'>();
export const BenutzerId = z.uuid().brand<'BenutzerId'>();
export const RolleId = z.uuid().brand<'RolleId'>();
export type MandantId = z.infer<typeof MandantId>;
export type OrganisationseinheitId = z.infer<typeof OrganisationseinheitId>;
export type BenutzerId = z.infer<typeof BenutzerId>;
export type RolleId = z.infer<typeof RolleId>;

/** How other objects name a person, an OE, a Mandant. */
export const BenutzerKurz = z.object({ id: BenutzerId, name: z.string(), kurz: z.string() });
export const OrganisationseinheitKurz = z.object({ id: OrganisationseinheitId, kennzeichen: z.string(), bezeichnung: z.string(), kuerzel: z.string() });
