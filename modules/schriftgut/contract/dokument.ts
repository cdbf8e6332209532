import { z } from 'zod';
import { flag, listAnswer, listQuery, many } from '#platform/list-contract.ts';
import { AkteId, DokumentId, Person, Tag, VersionId, VorgangId, langtext, text } from './grundlagen.ts';
import { metadaten, metadatenAntwort, zeile } from './metadaten.ts';
import { schriftgutFilter } from './akte.ts';
import { AkteBezug } from './vorgang.ts';

export const Dokumentart = z.enum(['eingang', 'ausgang', 'intern']);
export type Dokumentart = z.infer<typeof Dokumentart>;

export const Format = z.object({
  id: z.uuid(), art: z.enum(['original', 'pdfa', 'signatur', 'weiteres']), inhaltId: z.uuid(), dateiname: z.string(), mime: z.string(), groesse: z.number(),
  sha256: z.string(), formatCode: z.string(), formatName: z.string().nullable(), formatVersion: z.string(), ersteller: z.string().nullable(),
  signaturEingebettet: z.boolean().nullable(), signaturZu: z.uuid().nullable(),
});
export const Version = z.object({
  id: VersionId, nummer: z.number().int(), bemerkung: z.string().nullable(), abgeschlossenAm: z.string().nullable(), erstelltAm: z.string(), erstelltVon: Person.nullable(),
  /** Without the Recht dokument.lesen: empty. */
  formate: z.array(Format),
});
export type Version = z.input<typeof Version>;

export const DokumentZeile = z.object({
  id: DokumentId, akteId: AkteId, vorgangId: VorgangId.nullable(), parentId: DokumentId.nullable(), rolle: z.enum(['anlage', 'schriftstueck']).nullable(),
  nummer: z.number().int(), kennzeichen: z.string(), art: Dokumentart, entwurf: z.boolean(), finalisiert: z.boolean(), datum: z.string(),
  akte: AkteBezug.nullable(),
  /** Absender of an Eingang, Empfänger of an Ausgang, by name. */
  absender: z.array(z.string()), empfaenger: z.array(z.string()),
  fremdesGeschaeftszeichen: z.string().nullable(),
  anlagen: z.number().int(),
  versionNummer: z.number().int().nullable(),
  /** The file to show: of the newest version; null on paper, or without the Recht dokument.lesen. */
  datei: z.object({ inhaltId: z.uuid(), dateiname: z.string(), mime: z.string(), groesse: z.number() }).nullable(),
  ...zeile,
});
export type DokumentZeile = z.input<typeof DokumentZeile>;

export const Dokument = DokumentZeile.extend({
  posteingangsdatum: z.string().nullable(), postausgangsdatum: z.string().nullable(), datumDesSchreibens: z.string(),
  bezug: z.string().nullable(), hier: z.string().nullable(), bearbeiterName: z.string().nullable(), finalisiertAm: z.string().nullable(),
  aktuelleVersion: Version.nullable(),
  teile: z.array(DokumentZeile),
  ...metadatenAntwort,
});
export type Dokument = z.input<typeof Dokument>;

export const FormatAnlegen = z.object({
  /** Of uploadInhalt. */
  inhaltId: z.uuid(),
  art: z.enum(['original', 'pdfa', 'signatur', 'weiteres']).default('original'),
  dateiname: text(255).optional(),
  ersteller: text(300).optional(),
  signaturEingebettet: z.boolean().optional(),
  /** For a signature file: position (from 0) in the same call of what it signs. */
  signaturZu: z.int().min(0).optional(),
});
const inhalt = {
  fremdesGeschaeftszeichen: text(200).nullish(), bezug: text(500).nullish(), hier: text(500).nullish(),
  posteingangsdatum: Tag.nullish(), postausgangsdatum: Tag.nullish(),
  /** Named by another authority, without an account here. */
  bearbeiterName: text(300).nullish(),
};
export const DokumentAnlegen = z.object({
  ...metadaten, ...inhalt,
  akteId: AkteId.optional(), vorgangId: VorgangId.optional(),
  /** Makes it an Anlage or a Schriftstück of this Dokument. */
  parentId: DokumentId.optional(), rolle: z.enum(['anlage', 'schriftstueck']).optional(),
  /** Of an Anlage: that of its Dokument. */
  art: Dokumentart.optional(),
  /** An Ausgang or intern that is still being written: date of dispatch and Empfänger may be missing. */
  entwurf: z.boolean().optional(),
  datumDesSchreibens: Tag.optional(),
  formate: z.array(FormatAnlegen).max(50).default([]),
  /** One Dokument each, below this one. */
  anlagen: z.array(z.object({ inhaltId: z.uuid(), betreff: text(500).optional() })).max(1000).default([]),
}).refine((d) => [d.akteId, d.vorgangId, d.parentId].filter((x) => x !== undefined).length === 1, { path: ['akteId'], message: 'Bitte genau einen Ort angeben: Akte, Vorgang oder Dokument' })
  .meta({ examples: [{ vorgangId: '0197c1f0-0000-7000-8000-000000000000', art: 'eingang', betreff: 'Bauantrag', datumDesSchreibens: '2026-10-05', posteingangsdatum: '2026-10-06', kontakte: [{ art: 'absender', vorname: 'Lena', familienname: 'Hoffmann' }], formate: [{ inhaltId: '0197c1f0-0000-7000-8000-000000000001' }] }] });
export type DokumentAnlegen = z.input<typeof DokumentAnlegen>;

export const DokumentAendern = z.object({ ...metadaten, ...inhalt, art: Dokumentart, entwurf: z.boolean(), datumDesSchreibens: Tag }).partial();

export const DokumentVerschieben = z.object({ akteId: AkteId.optional(), vorgangId: VorgangId.optional(), parentId: DokumentId.optional(), grund: langtext(1000).optional() })
  .refine((d) => [d.akteId, d.vorgangId, d.parentId].filter((x) => x !== undefined).length === 1, { path: ['akteId'], message: 'Bitte genau einen Ort angeben: Akte, Vorgang oder Dokument' })
  .meta({ examples: [{ vorgangId: '0197c1f0-0000-7000-8000-000000000000', grund: 'Gehört zu einem anderen Vorgang' }] });

export const VersionAnlegen = z.object({ formate: z.array(FormatAnlegen).min(1).max(50), bemerkung: langtext(1000).nullish() });

export const DokumenteListe = listQuery(['-datum', 'datum', 'betreff', '-betreff', '-geaendertAm', 'geaendertAm', 'kennzeichen', '-kennzeichen', 'nummer'], {
  ...schriftgutFilter,
  status: z.never().optional(),
  akteId: many(z.uuid()).optional(), vorgangId: many(z.uuid()).optional(), parentId: many(z.uuid()).optional(),
  art: many(Dokumentart).optional(), typ: many(z.string()).optional(), entwurf: flag.optional(),
  /** Anlagen and Schriftstücke too. */
  anlagen: flag.optional(),
});
export const Dokumente = listAnswer(DokumentZeile);
