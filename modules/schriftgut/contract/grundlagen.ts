import { z } from 'zod';

export const AkteId = z.uuid().brand<'AkteId'>();
export type AkteId = z.infer<typeof AkteId>;
export const VorgangId = z.uuid().brand<'VorgangId'>();
export type VorgangId = z.infer<typeof VorgangId>;
export const DokumentId = z.uuid().brand<'DokumentId'>();
export type DokumentId = z.infer<typeof DokumentId>;
export const VersionId = z.uuid().brand<'VersionId'>();
export type VersionId = z.infer<typeof VersionId>;

export const objekttypen = ['akte', 'vorgang', 'dokument'] as const;
export const Objekttyp = z.enum(objekttypen);
export type Objekttyp = (typeof objekttypen)[number];

/** Status of Akte and Vorgang (ST-05). Storno and Sperre are marks beside it. */
export const statuswerte = ['in_bearbeitung', 'zda', 'angeboten', 'bewertet_a', 'bewertet_v', 'abgegeben', 'vernichtet'] as const;
export const Status = z.enum(statuswerte);
export type Status = (typeof statuswerte)[number];

export const Medium = z.enum(['elektronisch', 'hybrid', 'papier']);
export type Medium = z.infer<typeof Medium>;
/** Higher grades than VS-NfD have no place in this system (BE-04). */
export const Geheimhaltungsgrad = z.enum(['offen', 'vs_nfd']);
/** What may be asked for: the higher ones are known, so that the refusal can say why. */
export const Geheimhaltungswunsch = z.enum(['offen', 'vs_nfd', 'vs_vertraulich', 'geheim', 'streng_geheim']);

// Control characters and the marks that reorder what is read (a file name may hide its extension behind them).
const UNSICHTBAR = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const UNSICHTBAR_MEHRZEILIG = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Text as it is kept: NFC, so that every sequence of DIN 91379 stands in one form, and nothing invisible. */
export const cleanText = (text: string) => text.toWellFormed().normalize('NFC').replace(UNSICHTBAR, ' ').trim();
export const cleanLangtext = (text: string) => text.toWellFormed().normalize('NFC').replaceAll('\r\n', '\n').replace(UNSICHTBAR_MEHRZEILIG, ' ').trim();

export const text = (max: number) => z.string().overwrite(cleanText).min(1).max(max);
export const langtext = (max: number) => z.string().overwrite(cleanLangtext).min(1).max(max);
/** A day that PostgreSQL knows as well. */
export const Tag = z.iso.date().refine((tag) => tag >= '1000-01-01', 'Das Jahr ist zu früh');
export const Zeitpunkt = z.iso.datetime();

/** XÖV code of a list: what a partner sends is kept with the list it comes from. */
export const Code = z.object({ code: text(100), name: text(300).nullish(), listURI: text(300).nullish(), listVersionID: text(50).nullish() });

/** A unit of the Aktenplan or of the organisation, named for people. */
export const Stelle = z.object({ id: z.uuid(), kennzeichen: z.string(), bezeichnung: z.string() });
export type Stelle = z.infer<typeof Stelle>;
export const Person = z.object({ id: z.uuid(), name: z.string(), kurz: z.string() });
export type Person = z.infer<typeof Person>;

/** Why something cannot be done, as data: shown before the click (ST-06). */
export const Hindernis = z.object({ code: z.string(), text: z.string(), objekte: z.array(z.object({ typ: z.string(), id: z.uuid(), bezeichnung: z.string() })).default([]) });
export type Hindernis = z.input<typeof Hindernis>;

export const Pfadelement = z.object({ typ: z.enum(['aktenplaneinheit', ...objekttypen]), id: z.uuid(), kennzeichen: z.string(), bezeichnung: z.string() });
export type Pfadelement = z.infer<typeof Pfadelement>;

export const Grund = z.object({ grund: text(1000) });
