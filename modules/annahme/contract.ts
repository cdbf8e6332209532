import { z } from 'zod';
import { OrganisationseinheitId, OrganisationseinheitKurz, zeile } from '#modules/organisation/contract.ts';
import { Eingangsstatus } from '#modules/posteingang/contract.ts';
import { del, get, operations, patch, post, put } from '#platform/contract.ts';
import { listAnswer, listQuery } from '#platform/list-contract.ts';

export const AnschlussId = z.uuid().brand<'AnschlussId'>();
export type AnschlussId = z.infer<typeof AnschlussId>;
export const SendungId = z.uuid().brand<'SendungId'>();
export type SendungId = z.infer<typeof SendungId>;

export const anschlusskanaele = ['fachverfahren', 'portal', 'fit_connect', 'bebpo', 'de_mail', 'fax'] as const;
/** korb: a person files it · vorgang: into the Vorgang whose Aktenzeichen it names · neuer_vorgang: and into a new Vorgang of the Akte it names */
export const ablageregeln = ['korb', 'vorgang', 'neuer_vorgang'] as const;

const zeit = z.iso.datetime();
const pflicht = (max: number) => zeile(max).min(1, 'Bitte ausfüllen');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 als 64 kleine Hexadezimalziffern');

export const Sendungsdatei = z.object({
  name: pflicht(255), mime: z.string().max(200).default('application/octet-stream'),
  groesse: z.int().min(1, 'Die Datei ist leer'), sha256,
});
/** What a delivery consists of and where it wants to go. The first file is the document, the others are its Anlagen. */
export const Manifest = z.object({
  /** The sender's own key of this delivery: whatever is repeated under it stays one delivery. */
  externeId: pflicht(200),
  absender: pflicht(500), absenderArt: z.enum(['person', 'organisation']).nullable().default(null),
  betreff: pflicht(500),
  /** Date of the letter; without it the day it is accepted. */
  datum: z.iso.date().nullable().default(null),
  /** Kennzeichen of the office it is for; without it that of the Anschluss. */
  organisationseinheit: pflicht(50).nullable().default(null),
  /** Of an Akte or a Vorgang of ours, in any spelling. */
  aktenzeichen: pflicht(200).nullable().default(null),
  /** A new Vorgang in the Akte of `aktenzeichen`, where the Anschluss may make one. */
  neuerVorgang: z.object({ betreff: pflicht(500) }).nullable().default(null),
  /** The sender's sign. */
  fremdesZeichen: pflicht(200).nullable().default(null),
  formular: pflicht(200).nullable().default(null),
  bemerkung: z.string().trim().max(4000).nullable().default(null),
  /** Structured fields of the form, as the sender has them. */
  daten: z.record(z.string(), z.unknown()).default({}),
  dateien: z.array(Sendungsdatei).max(200).default([]),
});
export type Manifest = z.output<typeof Manifest>;
/** A small delivery in one call: bytes as base64 in `inhalt`, and `abschliessen`. */
export const SendungAnlegen = Manifest.extend({
  dateien: z.array(Sendungsdatei.extend({ inhalt: z.base64().optional() })).max(200).default([]),
  abschliessen: z.boolean().default(false),
}).meta({ examples: [{ externeId: 'ProBaug-4711', absender: 'Ada Vosskuhl', absenderArt: 'person', betreff: 'Bauantrag Lindenstraße 14', organisationseinheit: '63.1', formular: 'Bauantrag', daten: { flurstueck: '12/7' }, dateien: [{ name: 'antrag.pdf', mime: 'application/pdf', groesse: 48213, sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }] }] });

/** Says what was accepted, when, under which number; the same at every repetition. */
export const Quittung = z.object({
  sendungId: SendungId, externeId: z.string(), nummer: z.string(), angenommen: zeit,
  organisationseinheit: z.object({ kennzeichen: z.string(), bezeichnung: z.string() }),
  /** Of the manifest as it is kept: UTF-8, fields in the order of their names, without spaces. */
  manifestSha256: sha256,
  dateien: z.array(z.object({ nr: z.int(), name: z.string(), groesse: z.int(), sha256 })),
});
export type Quittung = z.output<typeof Quittung>;

export const Sendung = z.object({
  id: SendungId, externeId: z.string(),
  /** offen: something is still to come · verfallen: nothing came for a day; it can still be completed · angenommen: an Eingang */
  zustand: z.enum(['offen', 'verfallen', 'angenommen']),
  eroeffnet: zeit,
  dateien: z.array(z.object({ nr: z.int(), name: z.string(), groesse: z.int(), sha256, erhalten: z.boolean() })),
  quittung: Quittung.nullable(),
  /** What has become of it. `aktenzeichen`: where it was filed; null also where that is protected. `hinweis`: why it was not filed as wished, or why it was rejected. */
  eingang: z.object({ nummer: z.string(), status: Eingangsstatus, organisationseinheit: z.string(), aktenzeichen: z.string().nullable(), hinweis: z.string().nullable() }).nullable(),
});
export type Sendung = z.output<typeof Sendung>;

export const Anschluss = z.object({
  id: AnschlussId, version: z.int(), name: z.string(), kanal: z.enum(anschlusskanaele), organisationseinheit: OrganisationseinheitKurz, ablage: z.enum(ablageregeln),
  erstellt: zeit, tokenErstellt: zeit, zuletzt: zeit.nullable(), widerrufen: zeit.nullable(),
  /** Deliveries: accepted in the last 30 days, not complete, and refusals of the last 30 days. */
  angenommen: z.int(), offen: z.int(), verfallen: z.int(), abgewiesen: z.int(), rechte: z.array(z.string()),
});
export type Anschluss = z.output<typeof Anschluss>;
export const AnschlussAnlegen = z.object({ name: pflicht(100), kanal: z.enum(anschlusskanaele), organisationseinheitId: OrganisationseinheitId, ablage: z.enum(ablageregeln).default('korb') });
export const AnschlussAendern = AnschlussAnlegen.omit({ kanal: true }).partial();
/** `token`: shown this one time; null when a repeated request made none. */
export const AnschlussMitToken = z.object({ anschluss: Anschluss, token: z.string().nullable() });
/** What the administration sees of a delivery: no Betreff, no Absender. */
export const Sendungszeile = z.object({ id: SendungId, externeId: z.string(), zustand: Sendung.shape.zustand, eroeffnet: zeit, angenommen: zeit.nullable(), nummer: z.string().nullable(), dateien: z.int(), erhalten: z.int(), hinweis: z.string().nullable() });
export const Abweisung = z.object({ id: z.uuid(), zeit, externeId: z.string(), code: z.string(), titel: z.string(), details: z.array(z.string()) });

const anschluss = { params: z.object({ id: AnschlussId }) };
const sendung = { params: z.object({ id: SendungId }) };
export const api = operations({
  createSendung: post('/annahme/sendungen', { summary: 'Sendung mit ihrem Manifest eröffnen; kleine in einem Aufruf ganz einliefern', access: 'sendung.einliefern', body: SendungAnlegen, returns: Sendung, status: 201 }),
  uploadSendungsdatei: put('/annahme/sendungen/:id/dateien/:nr', { summary: 'Datei einer Sendung hochladen; wird beim Lesen mit Größe und Prüfsumme des Manifests verglichen', access: 'sendung.einliefern', params: z.object({ id: SendungId, nr: z.coerce.number().int().min(1).max(200) }), upload: true, returns: Sendung }),
  closeSendung: post('/annahme/sendungen/:id/abschluss', { summary: 'Sendung abschließen: aus ihr wird genau ein Eingang', access: 'sendung.einliefern', ...sendung, returns: Sendung }),
  getSendung: get('/annahme/sendungen/:id', { summary: 'Was aus einer Sendung geworden ist', access: 'sendung.einliefern', ...sendung, returns: Sendung }),

  listAnschluesse: get('/annahme/anschluesse', { summary: 'Anschlüsse von Fachverfahren und Portalen', access: 'annahme.verwalten', returns: z.object({ eintraege: z.array(Anschluss) }) }),
  getAnschluss: get('/annahme/anschluesse/:id', { summary: 'Anschluss lesen', access: 'annahme.verwalten', ...anschluss, returns: Anschluss }),
  createAnschluss: post('/annahme/anschluesse', { summary: 'Anschluss anlegen; sein Token wird nur dieses eine Mal gezeigt', access: 'annahme.verwalten', selbst: true, body: AnschlussAnlegen, returns: AnschlussMitToken, status: 201 }),
  updateAnschluss: patch('/annahme/anschluesse/:id', { summary: 'Anschluss ändern', access: 'annahme.verwalten', ...anschluss, ifMatch: true, body: AnschlussAendern, returns: Anschluss }),
  resetAnschluss: post('/annahme/anschluesse/:id/token', { summary: 'Neues Token; das bisherige gilt nicht mehr', access: 'annahme.verwalten', selbst: true, ...anschluss, returns: AnschlussMitToken }),
  revokeAnschluss: del('/annahme/anschluesse/:id', { summary: 'Anschluss widerrufen: er liefert nichts mehr ein', access: 'annahme.verwalten', ...anschluss, returns: Anschluss }),
  listSendungen: get('/annahme/anschluesse/:id/sendungen', { summary: 'Sendungen eines Anschlusses', access: 'annahme.verwalten', ...anschluss, query: listQuery(['-eroeffnet', 'eroeffnet'], { zustand: Sendung.shape.zustand.optional() }), returns: listAnswer(Sendungszeile) }),
  listAbweisungen: get('/annahme/anschluesse/:id/abweisungen', { summary: 'Was einem Anschluss abgewiesen wurde', access: 'annahme.verwalten', ...anschluss, query: listQuery(['-zeit']), returns: listAnswer(Abweisung) }),
});
