import { z } from 'zod';
import { del, get, operations, post } from '#platform/contract.ts';
import { many } from '#platform/list-contract.ts';

export const GespeicherteSucheId = z.uuid().brand<'GespeicherteSucheId'>();
export type GespeicherteSucheId = z.infer<typeof GespeicherteSucheId>;

/** genau: the words in all their forms, also within compounds · teile: also what compounds are made of · aehnlich: also words spelled alike */
export const Umfang = z.enum(['genau', 'teile', 'aehnlich']);
const filter = {
  /** Words; `"a phrase"`, `-without`, `begin*`, an Aktenzeichen in any spelling. Empty: everything that passes the filters. */
  q: z.string().trim().max(1000).default(''),
  typ: many(z.string().max(50)).optional(),
  art: many(z.string().max(100)).optional(),
  status: many(z.string().max(100)).optional(),
  /** With all units below. */
  aktenplaneinheitId: many(z.uuid()).optional(),
  organisationseinheitId: many(z.uuid()).optional(),
  akteId: z.uuid().optional(),
  von: z.iso.date().optional(),
  bis: z.iso.date().optional(),
  /** Without it the search widens by itself when it finds little. */
  umfang: Umfang.optional(),
};
export const Suchanfrage = z.object({
  ...filter,
  sort: z.enum(['-datum', 'relevanz']).default('-datum'),
  limit: z.coerce.number().int().min(1).max(200).default(20),
  cursor: z.string().max(8000).optional(),
});
export const Facettenanfrage = z.object(filter);

export const Segment = z.object({ text: z.string(), treffer: z.boolean() });
export const Treffer = z.object({
  id: z.uuid(),
  typ: z.string(),
  titel: z.string(),
  /** The title in pieces, what was asked for marked. */
  titelTeile: z.array(Segment),
  kennzeichen: z.string().nullable(),
  datum: z.iso.date(),
  art: z.string().nullable(),
  status: z.string().nullable(),
  /** By what it was found: its Kennzeichen, or the question as understood so widely. */
  umfang: z.enum(['kennzeichen', ...Umfang.options]),
  /** A passage of the content, for those who may read it; else of the metadata. */
  schnipsel: z.array(Segment),
  /** In what it lies, as far as that may be seen: Akte, then Vorgang. */
  ort: z.array(z.object({ typ: z.string(), id: z.uuid(), titel: z.string(), kennzeichen: z.string().nullable() })),
  aktenplaneinheit: z.object({ id: z.uuid(), kennzeichen: z.string(), bezeichnung: z.string() }).nullable(),
  organisationseinheit: z.object({ id: z.uuid(), kennzeichen: z.string(), bezeichnung: z.string() }).nullable(),
  /** Address in the web. */
  pfad: z.string().nullable(),
  rechte: z.array(z.string()),
});
export type Treffer = z.infer<typeof Treffer>;

export const Suchergebnis = z.object({
  /** Hits by Aktenzeichen first, then in the order asked for. */
  eintraege: z.array(Treffer),
  /** The exact number where this page shows the end of it; otherwise null, and `getSuchfacetten` knows it. */
  gesamt: z.number().int().nullable(),
  weiter: z.string().nullable(),
  /** How widely the question was understood in the end. */
  umfang: Umfang,
  /** What of the question was taken for an Aktenzeichen. */
  kennzeichen: z.string().nullable(),
  /** By relevance only the newest hits are ordered: so many at most. */
  hoechstens: z.number().int().nullable(),
});
export type Suchergebnis = z.infer<typeof Suchergebnis>;

const Wert = z.object({ wert: z.string(), bezeichnung: z.string(), anzahl: z.number().int() });
export const Suchfacetten = z.object({
  gesamt: z.number().int(),
  umfang: Umfang,
  /** A value counts what one would get by choosing it; the choice made in the same facet is left aside, those in the others hold. */
  typ: z.array(Wert),
  art: z.array(Wert),
  status: z.array(Wert),
  /** Units with hits and those above them, in the order of the plan; `tiefe` from 0. */
  aktenplan: z.array(Wert.extend({ kennzeichen: z.string(), tiefe: z.number().int() })),
  organisationseinheit: z.array(Wert),
  /** Years, newest first. */
  jahr: z.array(Wert),
  letzte30Tage: z.number().int(),
});
export type Suchfacetten = z.infer<typeof Suchfacetten>;

/** What of the address of the search page is kept. */
export const GespeicherteAnfrage = z.object({
  q: z.string().max(1000).default(''), typ: z.array(z.string().max(50)).max(50).optional(), art: z.array(z.string().max(100)).max(50).optional(), status: z.array(z.string().max(100)).max(50).optional(),
  aktenplaneinheitId: z.array(z.uuid()).max(50).optional(), organisationseinheitId: z.array(z.uuid()).max(50).optional(), akteId: z.uuid().optional(),
  /** Of lists over several houses. */
  haus: z.array(z.uuid()).max(50).optional(),
  von: z.iso.date().optional(), bis: z.iso.date().optional(), sort: z.enum(['-datum', 'relevanz']).optional(),
});
export const GespeicherteSuche = z.object({ id: GespeicherteSucheId, bezeichnung: z.string(), anfrage: GespeicherteAnfrage, angelegt: z.iso.datetime({ offset: true }), rechte: z.array(z.string()) });
export const GespeicherteSucheAnlegen = z.object({ bezeichnung: z.string().trim().min(1).max(200), anfrage: GespeicherteAnfrage });

export const Neuaufbau = z.object({ typ: z.string(), bezeichnung: z.string(), anzahl: z.number().int(), begonnen: z.iso.datetime({ offset: true }), beendet: z.iso.datetime({ offset: true }).nullable() });

export const api = operations({
  search: get('/suche', { summary: 'Suchen in allem, was man sehen darf', access: 'angemeldet', gast: true, query: Suchanfrage, returns: Suchergebnis }),
  getSuchfacetten: get('/suche/facetten', { summary: 'Genaue Zahl der Treffer einer Suche, auch je Aktenplan, Art, Status, Zeitraum', access: 'angemeldet', gast: true, query: Facettenanfrage, returns: Suchfacetten }),
  listGespeicherteSuchen: get('/gespeicherte-suchen', { summary: 'Eigene gespeicherte Suchen auflisten', access: 'angemeldet', returns: z.object({ eintraege: z.array(GespeicherteSuche), gesamt: z.number().int(), weiter: z.string().nullable() }) }),
  createGespeicherteSuche: post('/gespeicherte-suchen', { summary: 'Eine Suche speichern', access: 'angemeldet', body: GespeicherteSucheAnlegen, returns: GespeicherteSuche, status: 201 }),
  deleteGespeicherteSuche: del('/gespeicherte-suchen/:id', { summary: 'Eine gespeicherte Suche löschen', access: 'angemeldet', params: z.object({ id: GespeicherteSucheId }), returns: z.object({}) }),
  listSuchNeuaufbau: get('/suche/neuaufbau', { summary: 'Stand des Suchindex', access: 'suche.verwalten', returns: z.object({ eintraege: z.array(Neuaufbau) }) }),
  startSuchNeuaufbau: post('/suche/neuaufbau', { summary: 'Den Suchindex dieser Behörde neu aufbauen', access: 'suche.verwalten', body: z.object({}), returns: z.object({ eintraege: z.array(Neuaufbau) }), status: 202 }),
});
