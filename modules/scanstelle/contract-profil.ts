import { z } from 'zod';
import { OrganisationseinheitId, OrganisationseinheitKurz } from '#modules/organisation/contract.ts';
import { get, patch, post } from '#platform/contract.ts';

export const ProfilId = z.uuid().brand<'ProfilId'>();

export const trennungen = ['leerseite', 'patch', 'qr', 'code128', 'datamatrix'] as const;
export const Trennung = z.enum(trennungen);
export type Trennung = (typeof trennungen)[number];

/** What is done with a scan of this kind. */
export const Profileinstellungen = z.object({
  /** What begins a new letter. Cover sheets of ours do always. Empty: the whole batch is one letter, one file one letter where there are several. */
  trennung: z.array(Trennung).max(5).default(['patch']),
  /** A file each is a letter of its own. */
  jeDatei: z.boolean().default(true),
  leerseitenEntfernen: z.boolean().default(true),
  ausrichten: z.boolean().default(true),
  /** Which letters a person must look at before the batch is released. The system draws them. */
  stichprobe: z.object({ art: z.enum(['alle', 'anteil', 'keine']), prozent: z.int().min(1).max(100) }).default({ art: 'alle', prozent: 100 }),
  /** Whoever scanned may not release. */
  vierAugen: z.boolean().default(false),
  /** A file of the folder without a manifest waits for one. */
  manifestPflicht: z.boolean().default(false),
});
export type Profileinstellungen = z.output<typeof Profileinstellungen>;

const Ordner = z.string().trim().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,60}$/u, 'Bitte den Namen eines Unterordners angeben, ohne / und \\').nullable();
export const ProfilAnlegen = z.object({
  bezeichnung: z.string().trim().min(1).max(100), ordner: Ordner.default(null), organisationseinheitId: OrganisationseinheitId.nullable().default(null), einstellungen: Profileinstellungen.prefault({}),
});
export const ProfilAendern = z.object({ bezeichnung: z.string().trim().min(1).max(100), ordner: Ordner, organisationseinheitId: OrganisationseinheitId.nullable(), einstellungen: Profileinstellungen, aktiv: z.boolean() }).partial();
export const Profil = z.object({
  id: ProfilId, version: z.int(), bezeichnung: z.string(), ordner: z.string().nullable(), organisationseinheit: OrganisationseinheitKurz.nullable(), einstellungen: Profileinstellungen, aktiv: z.boolean(), rechte: z.array(z.string()),
});
export type Profil = z.infer<typeof Profil>;

const byId = z.object({ id: ProfilId });
export const profile = {
  listProfile: get('/scanstelle/profile', { summary: 'Scanprofile', access: 'scanstapel.sehen', returns: z.object({ eintraege: z.array(Profil) }) }),
  createProfil: post('/scanstelle/profile', { summary: 'Scanprofil anlegen', access: 'scanstelle.verwalten', body: ProfilAnlegen, returns: Profil, status: 201 }),
  updateProfil: patch('/scanstelle/profile/:id', { summary: 'Scanprofil ändern', access: 'scanstelle.verwalten', params: byId, ifMatch: true, body: ProfilAendern, returns: Profil }),
};
