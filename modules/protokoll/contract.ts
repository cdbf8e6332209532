import { z } from 'zod';
import { del, get, operations, post, put } from '#platform/contract.ts';
import { listAnswer, listAnswerOhneZahl, listQuery, many } from '#platform/list-contract.ts';

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
  objekt,
  /** Who did it: only in the history of an object, and then nothing is counted. */
  akteur: many(z.string().max(200)).optional(), art: many(z.string().max(200)).optional(),
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

// ── who read what ──────────────────────────────────────────────────────────────────────────────────────────────────────────
const zeit = z.iso.datetime({ offset: true });
export const EinsichtNeu = z.object({ zielArt: z.enum(['objekt', 'person']), zielId: z.uuid(), von: z.iso.date(), bis: z.iso.date(), grund: z.string().normalize('NFC').trim().min(10, 'Bitte den Grund so nennen, dass ihn die zweite Person beurteilen kann').max(1000) });
export const einsichtszustaende = ['beantragt', 'abgelehnt', 'offen', 'abgelaufen'] as const;
export const Einsicht = z.object({
  id: z.uuid(), ziel: z.object({ art: z.enum(['objekt', 'person']), id: z.uuid(), name: z.string() }), von: z.iso.date(), bis: z.iso.date(), grund: z.string(), beantragt: zeit, beantragtVon: z.string(),
  zustand: z.enum(einsichtszustaende), entschiedenVon: z.string().nullable(), giltBis: zeit.nullable(), rechte: z.array(z.string()),
});
export const Lesezugriff = z.object({
  id: z.number().int(), zeit, wer: Benannt.extend({ art: AkteurArt }), vertreten: Benannt.nullable(),
  /** The Mandant at which one's own people have read; null: here. */
  bei: z.string().nullable(), operation: z.string(),
  /** At most twenty; `kennzeichen` and `titel` as far as the reader may see the object. */
  objekte: z.array(z.object({ typ: z.string(), id: z.uuid(), art: z.enum(['gesehen', 'gelesen']), kennzeichen: z.string().nullable(), titel: z.string().nullable() })), anzahl: z.number().int(),
});
export const Lesefrist = z.object({ monate: z.number().int().min(3).max(120), version: z.number().int() });

const id = z.object({ id: z.uuid() });
export const api = operations({
  listEreignisse: get('/ereignisse', { summary: 'Verlauf eines Objekts oder, für die Revision, des ganzen Mandanten', access: 'angemeldet', gast: true, query: VerlaufQuery, returns: listAnswerOhneZahl(Verlaufseintrag) }),
  getEreignisfilter: get('/ereignisse/filter', {
    summary: 'Arten, die im Verlauf vorkommen, und im Verlauf eines Objekts auch die Personen', access: 'angemeldet', gast: true, query: z.object({ objekt }),
    returns: z.object({ akteure: z.array(Benannt.extend({ art: AkteurArt })), arten: z.array(z.object({ art: z.string(), bezeichnung: z.string() })) }),
  }),
  getProtokollstand: get('/protokoll', { summary: 'Stand des Protokolls: Umfang, letztes Siegel, öffentliche Schlüssel, Prüfungen, Ausgaben', access: 'protokoll.pruefen', returns: Protokollstand }),
  verifyProtokoll: post('/protokoll/pruefungen', { summary: 'Protokoll prüfen: jeden Eintrag und jedes Siegel nachrechnen', access: 'protokoll.pruefen', returns: Protokollpruefung, status: 201 }),
  getProtokollpruefung: get('/protokoll/pruefungen/:id', { summary: 'Fortschritt und Ergebnis einer Prüfung', access: 'protokoll.pruefen', params: id, returns: Protokollpruefung }),
  exportProtokoll: post('/protokoll/ausgaben', {
    summary: 'Protokoll für die Prüfung außerhalb ausgeben', access: 'protokoll.lesen', body: z.object({ mitInhalt: z.boolean().default(true) }), returns: Protokollausgabe, status: 202,
  }),
  downloadProtokoll: get('/protokoll/ausgaben/:id/datei', { summary: 'Ausgegebenes Protokoll herunterladen', access: 'protokoll.lesen', params: id, download: true, returns: z.any() }),
  listEinsichten: get('/einsichten', { summary: 'Anträge auf Einsicht in Lesezugriffe', access: 'einsicht.sehen', returns: listAnswer(Einsicht), query: listQuery(['-beantragt', 'beantragt']) }),
  requestEinsicht: post('/einsichten', { summary: 'Einsicht beantragen: wer ein Objekt gelesen oder was eine Person gelesen hat', access: 'lesezugriff.einsehen', body: EinsichtNeu, returns: Einsicht, status: 201 }),
  grantEinsicht: post('/einsichten/:id/bewilligung', { summary: 'Eine Einsicht als zweite Person bewilligen', access: 'lesezugriff.einsehen', params: id, body: z.object({}), returns: Einsicht }),
  cancelEinsicht: del('/einsichten/:id', { summary: 'Eine Einsicht ablehnen oder zurückziehen', access: 'lesezugriff.einsehen', params: id, returns: Einsicht }),
  listLesezugriffe: get('/einsichten/:id/lesezugriffe', { summary: 'Die Lesezugriffe einer bewilligten Einsicht; der Blick selbst wird protokolliert', access: 'lesezugriff.einsehen', params: id, returns: listAnswerOhneZahl(Lesezugriff), query: listQuery(['-zeit', 'zeit']) }),
  downloadLesezugriffe: get('/einsichten/:id/datei', { summary: 'Die Lesezugriffe einer bewilligten Einsicht als Datei, die sich ohne Verbundakte prüfen lässt', access: 'lesezugriff.einsehen', params: id, download: true, returns: z.any() }),
  verifyLesezugriffe: get('/lesezugriffe/pruefung', { summary: 'Prüfen, ob an den aufgezeichneten Lesezugriffen etwas verändert wurde', access: 'lesezugriff.einsehen', returns: z.object({ befund: z.string().nullable(), monate: z.array(z.object({ monat: z.iso.date(), anzahl: z.number().int(), befund: z.string().nullable(), geloescht: z.boolean() })) }) }),
  getLesefrist: get('/lesezugriffe/frist', { summary: 'Wie lange Lesezugriffe aufgehoben werden', access: 'lesezugriff.einsehen', returns: Lesefrist }),
  updateLesefrist: put('/lesezugriffe/frist', { summary: 'Die Frist ändern', access: 'lesezugriff.einsehen', ifMatch: true, body: Lesefrist.pick({ monate: true }), returns: Lesefrist }),
});
