import { z } from 'zod';
import { Klasse } from '#modules/zugriff/contract.ts';
import { Code, Geheimhaltungsgrad, Geheimhaltungswunsch, Grund, Hindernis, Medium, Objekttyp, Person, Pfadelement, Stelle, Tag, langtext, text } from './grundlagen.ts';
import { Kontakt, KontaktAntwort } from './kontakt.ts';

/** Values of the Mandant's own fields by their key; checked against their definitions (MD-05). */
export const Felder = z.record(z.string().max(100), z.union([text(4000), z.number(), z.null()]));

/** What Akte, Vorgang and Dokument have in common (xdomea AllgemeineMetadaten), as it is put in. */
export const metadaten = {
  betreff: text(500),
  typ: text(200).nullish(),
  bemerkung: langtext(4000).nullish(),
  federfuehrungId: z.uuid().nullish(),
  aktenfuehrungId: z.uuid().nullish(),
  bearbeiterId: z.uuid().nullish(),
  medium: Medium.optional(),
  /** Of the paper part; mandatory for hybrid and papier (ST-10). */
  standort: text(300).nullish(),
  geheimhaltung: z.object({
    grad: Geheimhaltungswunsch.optional(), einstufungsfrist: z.int().min(1900).max(2300).nullish(), eingestuftAm: Tag.nullish(),
    herausgeber: text(300).nullish(), endetAm: Tag.nullish(), bemerkung: langtext(2000).nullish(),
  }).optional(),
  datenschutzstufe: text(200).nullish(),
  datenschutzstufeCode: Code.nullish(),
  felder: Felder.optional(),
  /** Received extensions that nobody here knows, one XML element each; kept as they are. */
  erweiterungenXml: z.array(z.string().max(1_000_000)).max(50).optional(),
  kontakte: z.array(Kontakt).max(200).optional(),
};

/** Overrides what the Aktenplan says; each needs its reason (AP-05). */
export const aussonderung = {
  aussonderung: z.object({
    art: text(200).nullish(), artBegruendung: text(1000).nullish(),
    aufbewahrungsdauer: z.union([z.int().min(0).max(999), z.literal('unbefristet')]).nullish(), aufbewahrungBegruendung: text(1000).nullish(),
    kennung: text(200).nullish(), bewertungsvorschlag: z.enum(['A', 'V']).nullish(), bewertungsvorschlagBegruendung: text(1000).nullish(), transferfristende: Tag.nullish(),
  }).optional(),
  /** Overrides what the Dokumente say (MD-02). */
  laufzeit: z.object({ beginn: Tag.nullish(), ende: Tag.nullish() }).optional(),
};

const nullableText = z.string().nullable();
/** The same as it is answered. */
export const metadatenAntwort = {
  /** Only who may lock still reaches it (BE-07). `hier`: set on this object, not above it. */
  sperre: z.object({ am: z.string(), von: Person.nullable(), grund: z.string(), hier: z.boolean() }).nullable(),
  bemerkung: nullableText,
  standort: nullableText,
  aktenfuehrung: Stelle,
  geheimhaltung: z.object({ grad: Geheimhaltungsgrad, einstufungsfrist: z.number().nullable(), eingestuftAm: nullableText, herausgeber: nullableText, endetAm: nullableText, bemerkung: nullableText }),
  datenschutzstufe: nullableText,
  datenschutzstufeCode: Code.nullable(),
  felder: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  erweiterungenXml: z.array(z.string()),
  kontakte: z.array(KontaktAntwort),
  verweise: z.array(z.object({
    id: z.uuid(), typ: Objekttyp.nullable(), zielId: z.uuid().nullable(), kennzeichen: nullableText, behoerde: nullableText, bemerkung: nullableText,
    /** Of the target, when it is here and may be seen. */
    betreff: nullableText,
    /** extern: names another authority and is not looked for here; nicht_aufloesbar: no such object is found (or may be seen). */
    zustand: z.enum(['aufgeloest', 'extern', 'nicht_aufloesbar']),
  })),
  fruehereKennzeichen: z.array(z.object({ kennzeichen: z.string(), bis: z.string(), grund: nullableText })),
  pfad: z.array(Pfadelement),
  schutzId: z.uuid(), schutzEigen: z.boolean(),
  storno: z.object({ am: z.string(), von: Person.nullable(), grund: z.string() }).nullable(),
  erstelltVon: Person.nullable(),
};
/** The value in force and the object it stands at: the Aktenplaneinheit, the Akte or the Vorgang (AP-05). */
const wirksam = <S extends z.ZodType>(wert: S) => z.object({ wert: wert.nullable(), herkunft: z.object({ id: z.uuid(), bezeichnung: z.string() }).nullable(), grund: nullableText });
export const aussonderungAntwort = {
  aussonderung: z.object({
    art: wirksam(z.string()), aufbewahrung: wirksam(z.union([z.number(), z.literal('unbefristet')])),
    kennung: nullableText, bewertungsvorschlag: z.enum(['A', 'V']).nullable(), bewertungsvorschlagBegruendung: nullableText,
    aufbewahrungsende: nullableText, transferfristende: nullableText,
  }),
  laufzeit: z.object({ beginn: nullableText, ende: nullableText, beginnUebersteuert: z.boolean(), endeUebersteuert: z.boolean() }),
  hindernisse: z.object({ schliessen: z.array(Hindernis), wiedereroeffnen: z.array(Hindernis), stornieren: z.array(Hindernis) }),
};

/** What a row of every list carries. */
export const zeile = {
  betreff: z.string(),
  /** The class for whose sake whoever may only see gets no Betreff (a sentence stands in its place), no Kontakte, no free text; null: nothing is hidden. */
  geschuetzt: Klasse.nullable(),
  typ: nullableText, medium: Medium, geheimhaltungsgrad: Geheimhaltungsgrad,
  federfuehrung: Stelle, bearbeiter: Person.nullable(),
  storniert: z.boolean(), gemerkt: z.boolean(), erstelltAm: z.string(), geaendertAm: z.string(), version: z.number().int(), rechte: z.array(z.string()),
};

export const Wiedereroeffnen = Grund;
