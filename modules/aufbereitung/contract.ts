import { z } from 'zod';
import { InhaltId } from '#modules/ablage/contract.ts';
import { get, operations, post } from '#platform/contract.ts';

/** What is done with each stored content, in this order. */
export const Schrittart = z.enum(['typ', 'text', 'ocr', 'vorschau', 'rendition']);
export type Schrittart = z.output<typeof Schrittart>;
export const Schrittstatus = z.enum(['offen', 'laeuft', 'fertig', 'nicht_noetig', 'fehlgeschlagen']);
export type Schrittstatus = z.output<typeof Schrittstatus>;

export const Schritt = z.object({
  art: Schrittart,
  titel: z.string(),
  status: Schrittstatus,
  /** Why it failed or was not needed, stable for programs, and the same in German. */
  code: z.string().nullable(), grund: z.string().nullable(),
  /** What can be done about it. */
  abhilfe: z.string().nullable(),
  /** Trying again may help: without a change of the file or of the machine it is not offered. */
  wiederholbar: z.boolean(),
  fortschritt: z.object({ fertig: z.number().int(), gesamt: z.number().int() }).nullable(),
  geaendert: z.iso.datetime().nullable(),
});
export type Schritt = z.output<typeof Schritt>;

export const Mailadresse = z.object({ name: z.string(), adresse: z.string() });
export const EMail = z.object({
  von: z.array(Mailadresse), an: z.array(Mailadresse), cc: z.array(Mailadresse), antwortAn: z.array(Mailadresse),
  betreff: z.string(), datum: z.iso.datetime().nullable(),
  messageId: z.string().nullable(), inReplyTo: z.string().nullable(), references: z.array(z.string()),
  /** Plain text; of an HTML mail its text without anything active. */
  text: z.string(),
  verschluesselt: z.boolean(), signiert: z.boolean(),
});
export type EMail = z.output<typeof EMail>;

export const ExtrahierteAnlage = z.object({
  inhaltId: InhaltId, nr: z.number().int(), dateiname: z.string(), mime: z.string(), groesse: z.number().int(),
  /** Part of the text (a logo in the signature), not something the sender attached. */
  inline: z.boolean(), contentId: z.string().nullable(),
});
export type ExtrahierteAnlage = z.output<typeof ExtrahierteAnlage>;

export const Aufbereitung = z.object({
  inhaltId: InhaltId, dateiname: z.string(),
  /** By content, not by name: »pdf«, »docx«, »eml« …; null until it is known. */
  format: z.string().nullable(), formatName: z.string().nullable(), mime: z.string().nullable(),
  seiten: z.number().int().nullable(),
  textVorhanden: z.boolean(),
  schritte: z.array(Schritt),
  /** Worth knowing though nothing failed. */
  hinweise: z.array(z.object({ code: z.string(), text: z.string() })),
  /** Pages of which there is an image of that size. */
  bilder: z.object({ daumen: z.number().int(), seite: z.number().int() }),
  /** Sizes in pixels of the large ones, in the order of pages. */
  seitenbilder: z.array(z.object({ seite: z.number().int(), breite: z.number().int(), hoehe: z.number().int() })),
  /** A PDF to show instead of the original. */
  rendition: z.boolean(),
  mail: EMail.nullable(),
  anlagen: z.array(ExtrahierteAnlage),
});
export type Aufbereitung = z.output<typeof Aufbereitung>;

export const Textseite = z.object({
  seite: z.number().int(), text: z.string(), quelle: z.enum(['datei', 'ocr', 'rendition']),
  /** 0..100, of recognised pages. */
  konfidenz: z.number().int().nullable(),
  /** Recognised words: left, top, width, height in pixels of a page of `breite` × `hoehe`, confidence, text. */
  woerter: z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.string()])).nullable(),
  breite: z.number().int().nullable(), hoehe: z.number().int().nullable(),
});

/** A file of which something could not be done, and where it stands. */
export const Fehlschlag = z.object({
  inhaltId: InhaltId, dateiname: z.string(), formatName: z.string().nullable(),
  objekt: z.object({ typ: z.string(), id: z.uuid(), titel: z.string(), kennzeichen: z.string().nullable(), pfad: z.string() }),
  /** The first step that failed, in words, and why. */
  schritt: z.string(), grund: z.string(), wiederholbar: z.boolean(), zeit: z.iso.datetime(),
});
export type Fehlschlag = z.output<typeof Fehlschlag>;

const params = z.object({ id: InhaltId });

export const api = operations({
  getAufbereitung: get('/inhalte/:id/aufbereitung', { summary: 'Was aus einer Datei gelesen wurde und wie weit ihre Aufbereitung ist', access: 'angemeldet', einLesen: true, gast: true, params, returns: Aufbereitung }),
  getText: get('/inhalte/:id/text', {
    summary: 'Text einer Datei, Seite für Seite', access: 'angemeldet', einLesen: true, gast: true, params,
    query: z.object({ von: z.coerce.number().int().min(1).default(1), anzahl: z.coerce.number().int().min(1).max(200).default(50), woerter: z.stringbool().default(false) }),
    returns: z.object({ seiten: z.array(Textseite), gesamt: z.number().int() }),
  }),
  getSeitenbild: get('/inhalte/:id/seiten/:seite/bild', {
    summary: 'Bild einer Seite', access: 'angemeldet', einLesen: true, gast: true, params: params.extend({ seite: z.coerce.number().int().min(1) }),
    query: z.object({ groesse: z.enum(['daumen', 'seite']).default('seite') }), download: true, returns: z.any(),
  }),
  getRendition: get('/inhalte/:id/rendition', { summary: 'Datei als PDF zum Ansehen', access: 'angemeldet', einLesen: true, gast: true, params, download: true, returns: z.any() }),
  listFehlschlaege: get('/aufbereitung/fehlschlaege', { summary: 'Was an meinen Dokumenten und der Post in meinen Körben in den letzten 30 Tagen nicht gelesen werden konnte', access: 'angemeldet', returns: z.object({ eintraege: z.array(Fehlschlag), gesamt: z.int() }) }),
  retryAufbereitung: post('/inhalte/:id/aufbereitung/wiederholung', {
    summary: 'Aufbereitung erneut versuchen', access: 'angemeldet', params,
    /** Without: every failed step. */
    body: z.object({ schritt: Schrittart.optional() }), returns: Aufbereitung, status: 202,
  }),
});
