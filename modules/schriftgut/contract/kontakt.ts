import { z } from 'zod';
import { Code, Tag, text } from './grundlagen.ts';

export const Anschrift = z.object({
  typ: z.enum(['aktuell', 'hauptsitz', 'zweitsitz']).nullish(),
  strasse: text(200).nullish(), hausnummer: text(50).nullish(), postfach: text(50).nullish(), postleitzahl: text(20).nullish(), ort: text(200).nullish(),
  zusatz: text(200).nullish(), staat: Code.nullish(),
});
export const UnstrukturierteAnschrift = z.object({ typ: z.enum(['aktuell', 'hauptsitz', 'zweitsitz']).nullish(), zeilen: z.array(text(200)).max(6), zusatz: text(200).nullish() });
export const Erreichbarkeit = z.object({
  kanal: z.enum(['email', 'telefon', 'mobil', 'fax', 'internet', 'de_mail', 'post', 'sonstiges']),
  kennung: text(300), zusatz: text(200).nullish(), istDienstlich: z.boolean().nullish(), istInstitution: z.boolean().nullish(),
});

const teile = {
  art: z.enum(['absender', 'empfaenger', 'weiterer']),
  /** In the matter, in free words: Antragsteller, Bevollmächtigte, Gutachter … */
  rolle: text(200).nullish(), rolleCode: Code.nullish(),
  institution: text(500).nullish(), institutionKurz: text(200).nullish(), organisationseinheit: text(500).nullish(),
  anrede: text(50).nullish(), titel: text(100).nullish(), vorname: text(300).nullish(), familienname: text(300).nullish(),
  taetigkeit: text(200).nullish(), zustaendigkeit: text(500).nullish(), geburtsdatum: Tag.nullish(),
  behoerdenkennung: z.object({ verzeichnisdienst: text(100), kennung: text(200) }).nullish(),
};

/** Absender, Empfänger, weitere (MD-04). A natural person, an organisation, or both. */
export const Kontakt = z.object({
  ...teile,
  anschriften: z.array(Anschrift).max(20).default([]),
  unstrukturierteAnschriften: z.array(UnstrukturierteAnschrift).max(20).default([]),
  erreichbarkeit: z.array(Erreichbarkeit).max(50).default([]),
  erweiterungenXml: z.array(z.string().max(1_000_000)).max(50).default([]),
}).refine((k) => Boolean(k.institution ?? k.organisationseinheit ?? k.familienname ?? k.vorname ?? k.behoerdenkennung), { path: ['familienname'], message: 'Bitte einen Namen oder eine Institution angeben' });
export type KontaktEingabe = z.input<typeof Kontakt>;

/** The input may be long; `name` is made of its parts. */
export const KontaktAntwort = z.object({
  id: z.uuid(), name: z.string(), art: teile.art,
  rolle: z.string().nullable(), rolleCode: z.unknown(), institution: z.string().nullable(), institutionKurz: z.string().nullable(), organisationseinheit: z.string().nullable(),
  anrede: z.string().nullable(), titel: z.string().nullable(), vorname: z.string().nullable(), familienname: z.string().nullable(),
  taetigkeit: z.string().nullable(), zustaendigkeit: z.string().nullable(), geburtsdatum: z.string().nullable(),
  behoerdenkennung: z.object({ verzeichnisdienst: z.string(), kennung: z.string() }).nullable(),
  anschriften: z.array(Anschrift), unstrukturierteAnschriften: z.array(UnstrukturierteAnschrift), erreichbarkeit: z.array(Erreichbarkeit),
  erweiterungenXml: z.array(z.string()),
});
export type KontaktAntwort = z.input<typeof KontaktAntwort>;
