import { z } from 'zod';
import { get, operations, post } from '#platform/contract.ts';
import { listAnswer, listQuery, many } from '#platform/list-contract.ts';

export const AkteurArt = z.enum(['person', 'maschine', 'gast', 'system']);
const Benannt = z.object({ id: z.string(), name: z.string() });

export const Verlaufsobjekt = z.object({
  typ: z.string(), bezeichnung: z.string(), id: z.string(),
  /** Null when the object has no page of its own, or is not visible. */
  titel: z.string().nullable(), kennzeichen: z.string().nullable(), pfad: z.string().nullable(),
});
export const Verlaufseintrag = z.object({
  id: z.number().int(), zeit: z.iso.datetime(), art: z.string(),
  /** Continues the name of who did it: »hat die Akte angelegt«. */
  text: z.string(),
  wer: Benannt.extend({ art: AkteurArt }), vertreten: Benannt.nullable(), weg: z.enum(['web', 'api', 'job']),
  aenderungen: z.array(z.object({ feld: z.string(), bezeichnung: z.string(), alt: z.string().nullable(), neu: z.string().nullable() })),
  objekte: z.array(Verlaufsobjekt), weitereObjekte: z.number().int(),
  /** It touches an object the reader may not see: what was changed is left out. */
  verdeckt: z.boolean(),
  versiegelt: z.boolean(),
});
export type Verlaufseintrag = z.output<typeof Verlaufseintrag>;

const objekt = z.uuid().optional();
export const VerlaufQuery = listQuery(['-zeit', 'zeit'], {
  /** The history of this object; without it that of the whole Mandant, which needs »protokoll.lesen«. */
  objekt, akteur: many(z.string().max(200)).optional(), art: many(z.string().max(200)).optional(),
  /** Days in Germany, both included. */
  von: z.iso.date().optional(), bis: z.iso.date().optional(),
});

export const Befund = z.object({
  art: z.enum(['eintrag_veraendert', 'eintrag_fehlt', 'eintrag_eingefuegt', 'reihenfolge', 'inhalt_veraendert', 'verknuepfung_veraendert', 'siegel_veraendert', 'siegel_fehlt', 'unterschrift_ungueltig']),
  /** Place in the protocol, counted from 1. */
  eintrag: z.number().int().nullable(), ereignisId: z.number().int().nullable(), siegel: z.number().int().nullable(), text: z.string(),
});
export const Protokollpruefung = z.object({
  id: z.string(), begonnen: z.iso.datetime(), beendet: z.iso.datetime().nullable(), gesamt: z.number().int(), geprueft: z.number().int(), siegel: z.number().int(),
  ergebnis: z.enum(['laeuft', 'unveraendert', 'veraendert']), befund: Befund.nullable(),
  /** Entries whose content was lawfully deleted: their header is still sealed. */
  ohneInhalt: z.number().int(), wer: Benannt,
});
export type Protokollpruefung = z.output<typeof Protokollpruefung>;
export const Protokollausgabe = z.object({
  id: z.string(), begonnen: z.iso.datetime(), beendet: z.iso.datetime().nullable(), mitInhalt: z.boolean(), gesamt: z.number().int(), geschrieben: z.number().int(), groesse: z.number().int(), wer: Benannt,
});
export const Protokollstand = z.object({
  eintraege: z.number().int(), versiegelt: z.number().int(),
  siegel: z.object({ nr: z.number().int(), zeit: z.iso.datetime(), groesse: z.number().int(), wurzel: z.string() }).nullable(),
  schluessel: z.array(z.object({ id: z.string(), schluessel: z.string() })),
  pruefungen: z.array(Protokollpruefung), ausgaben: z.array(Protokollausgabe),
});

const id = z.object({ id: z.uuid() });
export const api = operations({
  listEreignisse: get('/ereignisse', { summary: 'Verlauf eines Objekts oder, für die Revision, des ganzen Mandanten', access: 'angemeldet', gast: true, query: VerlaufQuery, returns: listAnswer(Verlaufseintrag) }),
  getEreignisfilter: get('/ereignisse/filter', {
    summary: 'Personen und Arten, die im Verlauf vorkommen', access: 'angemeldet', gast: true, query: z.object({ objekt }),
    returns: z.object({ akteure: z.array(Benannt.extend({ art: AkteurArt })), arten: z.array(z.object({ art: z.string(), bezeichnung: z.string() })) }),
  }),
  getProtokollstand: get('/protokoll', { summary: 'Stand des Protokolls: Umfang, letztes Siegel, öffentliche Schlüssel, Prüfungen, Ausgaben', access: 'protokoll.pruefen', returns: Protokollstand }),
  verifyProtokoll: post('/protokoll/pruefungen', { summary: 'Protokoll prüfen: jeden Eintrag und jedes Siegel nachrechnen', access: 'protokoll.pruefen', returns: Protokollpruefung, status: 201 }),
  getProtokollpruefung: get('/protokoll/pruefungen/:id', { summary: 'Fortschritt und Ergebnis einer Prüfung', access: 'protokoll.pruefen', params: id, returns: Protokollpruefung }),
  exportProtokoll: post('/protokoll/ausgaben', {
    summary: 'Protokoll für die Prüfung außerhalb ausgeben', access: 'protokoll.lesen', body: z.object({ mitInhalt: z.boolean().default(true) }), returns: Protokollausgabe, status: 202,
  }),
  downloadProtokoll: get('/protokoll/ausgaben/:id/datei', { summary: 'Ausgegebenes Protokoll herunterladen', access: 'protokoll.lesen', params: id, download: true, returns: z.any() }),
});
