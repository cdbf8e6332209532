import { z } from 'zod';
import { del, get, operations, patch, post, put } from '#platform/contract.ts';
import { flag, listAnswer, listQuery, many } from '#platform/list-contract.ts';

export { findKandidaten, foldText, formatGeschaeftszeichen, normalizeAktenzeichen, sortAktenzeichen, strictAktenzeichen, type Kandidat } from './aktenzeichen.ts';

export const AktenplanId = z.uuid().brand<'AktenplanId'>();
export type AktenplanId = z.infer<typeof AktenplanId>;
export const AktenplaneinheitId = z.uuid().brand<'AktenplaneinheitId'>();
export type AktenplaneinheitId = z.infer<typeof AktenplaneinheitId>;

const kurz = z.string().trim().min(1).max(250);
const lang = z.string().trim().max(4000);
const tag = z.iso.date();
const Grund = z.string().trim().min(3, 'Bitte einen Grund angeben').max(1000);

/** A, B, V, or a text agreed with the archive (xdomea AussonderungsartKonfigurierbar). */
export const Aussonderungsart = z.string().trim().min(1).max(100);
export const Aufbewahrungsdauer = z.union([z.int().min(0).max(999), z.literal('unbefristet')]);
export const Vertraulichkeit = z.enum(['offen', 'vs_nfd']);
export const Schutzklasse = z.enum(['keine', 'personal', 'sozial', 'jugendhilfe', 'gesundheit', 'steuer']);

/** What is inherited down the tree and on to Akte and Vorgang; null: as above (AP-05). */
export const Vererbbar = z.object({
  aussonderungsart: Aussonderungsart.nullable(),
  aufbewahrungsdauer: Aufbewahrungsdauer.nullable(),
  vertraulichkeit: Vertraulichkeit.nullable(),
  schutzklasse: Schutzklasse.nullable(),
});
export type Vererbbar = z.infer<typeof Vererbbar>;
export const vererbbareFelder = ['aussonderungsart', 'aufbewahrungsdauer', 'vertraulichkeit', 'schutzklasse'] as const satisfies readonly (keyof Vererbbar)[];
export const Abweichungsgruende = z.partialRecord(z.enum(vererbbareFelder), Grund);

/** The value in force and the object it stands at; `herkunft` null: nobody on the way has set one. */
const wirksam = <S extends z.ZodType>(wert: S) => z.object({ wert: wert.nullable(), herkunft: z.object({ id: z.uuid(), bezeichnung: z.string() }).nullable(), grund: z.string().nullable() });
export const WirksameWerte = z.object({
  aussonderungsart: wirksam(Aussonderungsart), aufbewahrungsdauer: wirksam(Aufbewahrungsdauer),
  vertraulichkeit: wirksam(Vertraulichkeit), schutzklasse: wirksam(Schutzklasse),
});
export type WirksameWerte = z.infer<typeof WirksameWerte>;

export const Aktenplan = z.object({
  id: AktenplanId, bezeichnung: z.string(), typ: z.string().nullable(), versionsbezeichnung: z.string(),
  /** Names of the levels from the top; their number is the greatest depth. */
  ebenen: z.array(z.string()),
  gueltigVon: tag.nullable(), gueltigBis: tag.nullable(),
  /** Holds today. */
  gueltig: z.boolean(),
  einheiten: z.int(), version: z.int(), rechte: z.array(z.string()),
});
export type Aktenplan = z.infer<typeof Aktenplan>;
const AktenplanFelder = z.object({
  bezeichnung: kurz, typ: kurz.nullable(), versionsbezeichnung: z.string().trim().min(1).max(50),
  ebenen: z.array(z.string().trim().min(1).max(50)).min(1).max(12),
  gueltigVon: tag.nullable(), gueltigBis: tag.nullable(),
});
export const AktenplanAnlegen = AktenplanFelder.extend({
  typ: kurz.nullable().default(null), ebenen: AktenplanFelder.shape.ebenen.default(['Hauptgruppe', 'Gruppe', 'Untergruppe', 'Betreffseinheit']),
  gueltigVon: tag.nullable().default(null), gueltigBis: tag.nullable().default(null),
  /** Takes over the units of this plan, with new ids; the old ones go on holding their Akten. */
  kopieVon: AktenplanId.optional(),
  /** Ends the plan that holds until then on the day before `gueltigVon`. */
  vorgaengerBeenden: z.boolean().default(false),
});

const PfadTeil = z.object({ id: AktenplaneinheitId, kennzeichen: z.string(), bezeichnung: z.string() });
/** Why no Akte may be created here today; all that apply. */
export const Belegungshindernis = z.enum(['kein_blatt', 'nicht_gueltig', 'stillgelegt']);
export type Belegungshindernis = z.infer<typeof Belegungshindernis>;

export const AktenplaneinheitKurz = z.object({
  id: AktenplaneinheitId, aktenplanId: AktenplanId, parentId: AktenplaneinheitId.nullable(),
  kennzeichen: z.string(), betreffKurz: z.string(), inhaltsangabe: z.string().nullable(),
  /** Counted from 1. */
  ebene: z.int(), pfad: z.array(PfadTeil),
  /** Direct children that are shown, so that the tree knows whether it can be opened. */
  kinder: z.int(),
  /** Akten of this unit alone that the Akteur may see. */
  akten: z.int(),
  hindernisse: z.array(Belegungshindernis),
  gueltigVon: tag.nullable(), gueltigBis: tag.nullable(), stillgelegt: z.boolean(),
  aufgegangenIn: AktenplaneinheitId.nullable(),
  /** Former Kennzeichen, which go on finding the unit. */
  fruehereKennzeichen: z.array(z.string()),
  rechte: z.array(z.string()),
});
export type AktenplaneinheitKurz = z.infer<typeof AktenplaneinheitKurz>;

export const Aktenplaneinheit = AktenplaneinheitKurz.extend({
  ...Vererbbar.shape,
  abweichungsgruende: Abweichungsgruende,
  wirksam: WirksameWerte,
  querverweise: z.array(z.object({ kennzeichen: z.string(), ziel: PfadTeil.nullable() })),
  organisationseinheitId: z.uuid().nullable(),
  stillgelegtAm: z.string().nullable(), stilllegungsgrund: z.string().nullable(),
  schutzId: z.uuid(), version: z.int(),
});
export type Aktenplaneinheit = z.infer<typeof Aktenplaneinheit>;

const EinheitFelder = z.object({
  kennzeichen: z.string().trim().min(1).max(50), betreffKurz: kurz, inhaltsangabe: lang.nullable(),
  ...Vererbbar.shape, abweichungsgruende: Abweichungsgruende,
  querverweise: z.array(z.string().trim().min(1).max(50)).max(100),
  organisationseinheitId: z.uuid().nullable(),
  gueltigVon: tag.nullable(), gueltigBis: tag.nullable(),
});
export const AktenplaneinheitAnlegen = EinheitFelder.extend({
  aktenplanId: AktenplanId, parentId: AktenplaneinheitId.nullable().default(null),
  inhaltsangabe: lang.nullable().default(null),
  aussonderungsart: Aussonderungsart.nullable().default(null), aufbewahrungsdauer: Aufbewahrungsdauer.nullable().default(null),
  vertraulichkeit: Vertraulichkeit.nullable().default(null), schutzklasse: Schutzklasse.nullable().default(null),
  abweichungsgruende: Abweichungsgruende.default({}), querverweise: EinheitFelder.shape.querverweise.default([]),
  organisationseinheitId: z.uuid().nullable().default(null), gueltigVon: tag.nullable().default(null), gueltigBis: tag.nullable().default(null),
});
export type EinheitNeu = z.output<typeof AktenplaneinheitAnlegen>;
export const AktenplaneinheitAendern = EinheitFelder.partial();

/** The parts of an Aktenzeichen in their order (AZ-02). */
export const Musterteil = z.discriminatedUnion('art', [
  z.object({ art: z.literal('kennzeichen') }),
  z.object({ art: z.literal('trenner'), text: z.string().min(1).max(5) }),
  z.object({ art: z.literal('text'), text: z.string().trim().min(1).max(10) }),
  z.object({ art: z.literal('lfd_nr'), je: z.enum(['einheit', 'einheit_jahr', 'oe', 'oe_jahr', 'mandant', 'mandant_jahr']), stellen: z.int().min(1).max(8).default(1) }),
  z.object({ art: z.literal('jahr'), stellen: z.union([z.literal(2), z.literal(4)]).default(4) }),
  z.object({ art: z.literal('oe_kuerzel') }),
  z.object({ art: z.literal('zusatz') }),
  z.object({ art: z.literal('laenderkennzeichen') }),
]);
export type Musterteil = z.output<typeof Musterteil>;
export const Aktenzeichenregel = z.object({
  /** The unit whose subtree it rules; null: the Mandant. */
  aktenplaneinheitId: AktenplaneinheitId.nullable(),
  einheit: PfadTeil.nullable(),
  muster: z.array(Musterteil), beispiel: z.string(),
  /** 0: nobody has set one, the default holds. */
  version: z.int(), rechte: z.array(z.string()),
});
export type Aktenzeichenregel = z.infer<typeof Aktenzeichenregel>;

export const Zaehler = z.object({
  id: z.uuid(), schluessel: z.string(), je: z.enum(['einheit', 'oe', 'mandant']),
  /** Kennzeichen of the unit or OE. */
  bezeichnung: z.string().nullable(), jahr: z.int().nullable(), stand: z.int(), rechte: z.array(z.string()),
});

export const ImportFehler = z.object({ zeile: z.int(), spalte: z.string().nullable(), text: z.string() });
export const ImportErgebnis = z.object({
  trockenlauf: z.boolean(), zeilen: z.int(), neu: z.int(), geaendert: z.int(), unveraendert: z.int(),
  fehler: z.array(ImportFehler), hinweise: z.array(ImportFehler),
  eintraege: z.array(z.object({
    zeile: z.int(), kennzeichen: z.string(), betreffKurz: z.string(), ebene: z.int(),
    aktion: z.enum(['neu', 'geaendert', 'unveraendert', 'fehler']),
    aenderungen: z.array(z.object({ feld: z.string(), alt: z.unknown(), neu: z.unknown() })),
  })),
});
export type ImportErgebnis = z.infer<typeof ImportErgebnis>;

const Zugriffszeile = z.object({ subjektArt: z.enum(['oe', 'rolle', 'person']), name: z.string(), stufe: z.enum(['sehen', 'lesen', 'bearbeiten', 'verwalten']) });
/** What a merge does to access: nobody loses any. */
export const Zusammenfuehrung = z.object({
  /** Who would reach Akten of the sources that he does not reach now; each `schluessel` is to be confirmed. */
  gewinnt: z.array(Zugriffszeile.extend({ schluessel: z.string() })),
  /** Who has access from above the sources and keeps it. */
  behaelt: z.array(Zugriffszeile),
  /** Protected classes that stood above the sources and go with them. */
  klassen: z.array(z.string()),
});
export type Zusammenfuehrung = z.infer<typeof Zusammenfuehrung>;

const byPlan = z.object({ id: AktenplanId });
const byId = z.object({ id: AktenplaneinheitId });

export const api = operations({
  listAktenplaene: get('/aktenplaene', { summary: 'Aktenpläne und ihre Fassungen auflisten', access: 'aktenplan.sehen',
    query: listQuery(['-gueltigVon', 'gueltigVon', 'bezeichnung'], { tag: tag.optional() }), returns: listAnswer(Aktenplan) }),
  createAktenplan: post('/aktenplaene', { summary: 'Aktenplan oder neue Fassung anlegen', access: 'aktenplan.verwalten', body: AktenplanAnlegen, returns: Aktenplan, status: 201 }),
  updateAktenplan: patch('/aktenplaene/:id', { summary: 'Bezeichnung, Ebenen und Gültigkeit eines Aktenplans ändern', access: 'aktenplan.verwalten', params: byPlan, ifMatch: true, body: AktenplanFelder.partial(), returns: Aktenplan }),
  importAktenplan: post('/aktenplaene/:id/import', { summary: 'Aktenplaneinheiten aus CSV oder XLSX übernehmen; mit dryRun=true nur prüfen', access: 'aktenplan.verwalten',
    params: byPlan, query: z.object({ dryRun: flag.optional() }), upload: true, returns: ImportErgebnis }),
  exportAktenplan: get('/aktenplaene/:id/export', { summary: 'Aktenplan als CSV ausgeben, so wie der Import sie liest', access: 'aktenplan.sehen', params: byPlan, download: true, returns: z.unknown() }),

  listAktenplaneinheiten: get('/aktenplaneinheiten', { summary: 'Aktenplaneinheiten einer Ebene, oder Treffer einer Suche', access: 'aktenplan.sehen',
    query: listQuery(['kennzeichen', '-kennzeichen'], {
      /** Default: the plan that holds today. */
      aktenplanId: AktenplanId.optional(),
      /** Children of this unit, or `wurzel` for the top level; without it and with `suche` the whole plan. */
      parentId: z.union([z.literal('wurzel'), AktenplaneinheitId]).optional(),
      suche: z.string().trim().max(200).optional(),
      belegbar: flag.optional(),
      /** Also show units that are stillgelegt or merged. */
      stillgelegte: flag.optional(),
    }), returns: listAnswer(AktenplaneinheitKurz) }),
  getAktenplaneinheit: get('/aktenplaneinheiten/:id', { summary: 'Aktenplaneinheit lesen', access: 'aktenplan.sehen', params: byId, returns: Aktenplaneinheit }),
  createAktenplaneinheit: post('/aktenplaneinheiten', { summary: 'Aktenplaneinheit anlegen', access: 'aktenplan.verwalten', body: AktenplaneinheitAnlegen, returns: Aktenplaneinheit, status: 201 }),
  updateAktenplaneinheit: patch('/aktenplaneinheiten/:id', { summary: 'Aktenplaneinheit ändern', access: 'aktenplan.verwalten', params: byId, ifMatch: true, body: AktenplaneinheitAendern, returns: Aktenplaneinheit }),
  closeAktenplaneinheit: post('/aktenplaneinheiten/:id/stilllegung', { summary: 'Aktenplaneinheit stilllegen: keine neuen Akten, alle vorhandenen bleiben lesbar', access: 'aktenplan.verwalten', params: byId, ifMatch: true, body: z.object({ grund: Grund }), returns: Aktenplaneinheit }),
  reopenAktenplaneinheit: del('/aktenplaneinheiten/:id/stilllegung', { summary: 'Stilllegung aufheben', access: 'aktenplan.verwalten', params: byId, ifMatch: true, returns: Aktenplaneinheit }),
  deleteAktenplaneinheit: del('/aktenplaneinheiten/:id', { summary: 'Leere, nie benutzte Aktenplaneinheit löschen', access: 'aktenplan.verwalten', params: byId, ifMatch: true, returns: z.object({}) }),
  getZusammenfuehrung: get('/aktenplaneinheiten/:id/zusammenfuehrung', { summary: 'Was eine Zusammenführung am Zugriff ändern würde', access: 'aktenplan.verwalten',
    params: byId, query: z.object({ quellen: many(AktenplaneinheitId).optional() }), returns: Zusammenfuehrung }),
  mergeAktenplaneinheiten: post('/aktenplaneinheiten/:id/zusammenfuehrung', { summary: 'Andere Einheiten samt ihren Akten in diese aufgehen lassen; ihre Kennzeichen finden sie weiter', access: 'aktenplan.verwalten',
    params: byId, body: z.object({ quellen: z.array(AktenplaneinheitId).min(1).max(500), grund: Grund, bestaetigt: z.array(z.string().max(100)).max(2000).default([]) }), returns: Aktenplaneinheit.extend({ verschobeneAkten: z.int() }) }),

  listAktenzeichenregeln: get('/aktenzeichenregeln', { summary: 'Regeln für Aktenzeichen auflisten', access: 'aktenplan.sehen', query: listQuery(['einheit']), returns: listAnswer(Aktenzeichenregel) }),
  updateAktenzeichenregel: put('/aktenzeichenregeln', { summary: 'Regel des Mandanten oder eines Teilbaums setzen', access: 'aktenzeichen.verwalten', ifMatch: true,
    body: z.object({ aktenplaneinheitId: AktenplaneinheitId.nullable().default(null), muster: z.array(Musterteil).min(1).max(20) }), returns: Aktenzeichenregel }),
  listAktenzeichenzaehler: get('/aktenzeichenzaehler', { summary: 'Zählerstände auflisten', access: 'aktenzeichen.verwalten', query: listQuery(['schluessel']), returns: listAnswer(Zaehler) }),
  updateAktenzeichenzaehler: put('/aktenzeichenzaehler', { summary: 'Zählerstand setzen', access: 'aktenzeichen.verwalten',
    body: z.object({ je: z.enum(['einheit', 'oe', 'mandant']), id: z.uuid().optional(), jahr: z.int().min(1900).max(2200).optional(), stand: z.int().min(0).max(99_999_999), grund: Grund }), returns: Zaehler }),
});
