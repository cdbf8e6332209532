import { z } from 'zod';
import { BenutzerId, BenutzerKurz, Vertretung } from '#modules/organisation/contract.ts';
import { get, post } from '#platform/contract.ts';
import { flag, listAnswer, listQuery, many } from '#platform/list-contract.ts';
import { FreigabeId, Klasse, SchutzbereichId, SchutzbereichKurz, Stufe, SubjektArt, zeitpunkt } from './grundlagen.ts';

/** How somebody comes to what was given: in person, by a Rolle, as a member of the OE, of one below it, by leading one above it, as a guest. */
export const Wie = z.enum(['selbst', 'rolle', 'mitglied', 'unter', 'leitung', 'gast']);
/** One grant that reaches. */
export const Grund = z.object({
  art: z.enum(['freigabe', 'objektfreigabe']), id: z.uuid(), stufe: Stufe, wie: Wie,
  subjektArt: z.enum(['oe', 'rolle', 'person', 'gast']), subjekt: z.object({ id: z.uuid(), name: z.string().nullable() }),
  /** Where it was given: a Schutzbereich, an object, or the whole Mandant. `name` null: of an object that the reader may not see. */
  ort: z.object({ typ: z.string(), label: z.string(), id: z.uuid(), name: z.string().nullable(), geerbt: z.boolean() }),
  seit: zeitpunkt, erteiltVon: BenutzerKurz.nullable(), gueltigVon: zeitpunkt.nullable(), gueltigBis: zeitpunkt.nullable(), zweck: z.string().nullable(),
});
export type Grund = z.infer<typeof Grund>;
/** A grant to the same person that does not count here, and why. */
export const OhneWirkung = Grund.extend({ weil: z.enum(['schnitt', 'klasse', 'kommt', 'vorbei', 'sperre', 'umfang']), wo: SchutzbereichKurz.nullable() });

/** BE-07: since when, by whom, why; `darf`: whoever this is about gets in all the same. `ort`: where it was set. */
export const Sperre = z.object({ am: zeitpunkt, von: BenutzerKurz.nullable(), grund: z.string(), ort: SchutzbereichKurz, darf: z.boolean() });
export type Sperre = z.infer<typeof Sperre>;
/** A Recht and what it is called. */
const Recht = z.object({ recht: z.string(), name: z.string() });

const Objekt = z.object({ typ: z.string(), label: z.string(), id: z.uuid(), titel: z.string().nullable(), kennzeichen: z.string().nullable(), pfad: z.string().nullable() });
export const Warum = z.object({
  objekt: Objekt,
  /** Whom this is about; `vertritt`: in whose place he acts. */
  person: z.object({ id: z.string(), name: z.string(), vertritt: z.string().nullable(), gast: z.boolean() }),
  schutzbereich: SchutzbereichKurz, klasse: Klasse.nullable(), sperre: Sperre.nullable(), stufe: Stufe.nullable(),
  /** The strongest first. */
  gruende: z.array(Grund), ohneWirkung: z.array(OhneWirkung),
  rechte: z.array(Recht.extend({
    stufe: Stufe, erlaubt: z.boolean(),
    /** The person's Rollen that hold it. */
    rollen: z.array(z.string()),
    /** What is missing: no Rolle holds it, no grant suffices, a Sperre keeps out, or the state of the object stands against it. */
    fehlt: z.array(z.enum(['rolle', 'stufe', 'sperre', 'zustand'])),
  })),
});
export type Warum = z.infer<typeof Warum>;

export const Berechtigt = z.object({
  art: z.enum(['person', 'gast', 'vertretung']), id: z.string(), name: z.string(), funktion: z.string(),
  /** What the person may do in fact: grant and Rolle together. */
  stufe: Stufe, grund: Grund,
  /** How many other grants reach the same person. */
  weitere: z.number().int(),
  /** Whose rights these are, and the last day of that. */
  vertritt: z.object({ id: z.uuid(), name: z.string(), bis: z.iso.date().nullable() }).nullable(),
});
export type Berechtigt = z.infer<typeof Berechtigt>;

export const Personreichweite = z.object({
  person: z.object({ id: z.uuid(), name: z.string(), funktion: z.string(), gesperrt: z.boolean() }),
  rollen: z.array(z.object({ id: z.uuid(), bezeichnung: z.string(), rechte: z.array(Recht) })),
  organisationseinheiten: z.array(z.object({ id: z.uuid(), name: z.string(), wie: Wie })),
  /** How many Schutzbereiche are reached, by the best Stufe in each; and how many more a Sperre keeps from the person. */
  anzahl: z.record(Stufe, z.number().int()), gesperrt: z.number().int(),
  objektfreigaben: z.array(Grund),
  /** Not over, in both directions. */
  vertretungen: z.object({ vertretenDurch: z.array(Vertretung), vertritt: z.array(Vertretung) }),
});
export type Personreichweite = z.infer<typeof Personreichweite>;
export const Bereichreichweite = SchutzbereichKurz.extend({ pfad: z.string(), klasse: Klasse.nullable(), sperre: Sperre.nullable(), stufe: Stufe, grund: Grund });

/** A change that is not made yet. */
export const Vorhaben = z.discriminatedUnion('art', [
  z.object({ art: z.literal('erteilen'), id: SchutzbereichId, subjektArt: SubjektArt, subjekt: z.uuid(), stufe: Stufe, gueltigVon: zeitpunkt.nullable().optional(), gueltigBis: zeitpunkt.nullable().optional() }),
  z.object({ art: z.literal('entziehen'), id: FreigabeId }),
  z.object({ art: z.literal('aendern'), id: SchutzbereichId, erbt: z.boolean().optional(), klasse: Klasse.nullable().optional() }),
  z.object({ art: z.literal('verschieben'), id: SchutzbereichId, parentId: SchutzbereichId }),
]);
export type Vorhaben = z.infer<typeof Vorhaben>;
const Wechsel = z.object({ von: Stufe.nullable(), nach: Stufe.nullable(), bereiche: z.number().int(), objekte: z.number().int(), beispiele: z.array(z.string()) });
export const Vorschau = z.object({
  /** From when it holds; null: at once. */
  ab: zeitpunkt.nullable(),
  gewinnen: z.number().int(), verlieren: z.number().int(), bereiche: z.number().int(), objekte: z.array(z.object({ label: z.string(), anzahl: z.number().int() })),
  /** Whoever gains or loses; at most 500, those who lose first. */
  personen: z.array(z.object({ id: z.uuid(), name: z.string(), funktion: z.string(), wechsel: z.array(Wechsel) })),
});
export type Vorschau = z.infer<typeof Vorschau>;

/** What the move of one object would do to whom may get to it. `personen` null: whoever asks may not know them; else at most 100, those who lose first. */
export const Objektumzug = z.object({
  verlieren: z.number().int(), gewinnen: z.number().int(),
  personen: z.array(z.object({ id: z.uuid(), name: z.string(), funktion: z.string(), von: Stufe.nullable(), nach: Stufe.nullable() })).nullable(),
});
export type Objektumzug = z.infer<typeof Objektumzug>;

/** One line of the matrix: a Schutzbereich and whom it is granted to, each with the best Stufe and where it was given. */
export const Matrixzeile = SchutzbereichKurz.extend({
  pfad: z.string(), tiefe: z.number().int(), erbt: z.boolean(), klasse: Klasse.nullable(), wirksameKlasse: Klasse.nullable(), gesperrt: z.boolean(), anzahlUnter: z.number().int(),
  freigaben: z.array(z.object({ subjektArt: SubjektArt, subjekt: z.object({ id: z.uuid(), name: z.string().nullable() }), stufe: Stufe, von: SchutzbereichKurz, geerbt: z.boolean(), gueltigBis: zeitpunkt.nullable() })),
});
export type Matrixzeile = z.infer<typeof Matrixzeile>;

const objekt = z.object({ typ: z.string().max(40), id: z.uuid() });
const format = z.object({ format: z.enum(['pdf', 'xlsx']).default('pdf') });
const person = z.object({ id: BenutzerId });
const berechtigteFilter = { q: z.string().max(200).optional(), stufe: many(Stufe).optional() };
const reichweiteFilter = { q: z.string().max(200).optional(), stufe: many(Stufe).optional() };

const matrixFilter = {
  q: z.string().max(200).optional(), unter: SchutzbereichId.optional(), klasse: many(Klasse).optional(), subjektArt: many(SubjektArt).optional(),
  /** Where these get to, and what they have there. */
  subjekt: many(z.uuid()).optional(),
  /** Only what differs from above: grants of its own, a cut, a class, a Sperre. */
  eigen: flag.optional(),
};

export const warumApi = {
  getWarum: get('/zugriff/objekte/:typ/:id/warum', { summary: 'Warum sehe ich das? Warum darf ich etwas nicht?', access: 'angemeldet', gast: true, params: objekt, query: z.object({ benutzerId: BenutzerId.optional() }), returns: Warum }),
  exportWarum: get('/zugriff/objekte/:typ/:id/warum/bericht', { summary: 'Dasselbe als Bericht', access: 'angemeldet', gast: true, download: true, params: objekt, query: format.extend({ benutzerId: BenutzerId.optional() }), returns: z.any() }),
  listBerechtigte: get('/zugriff/objekte/:typ/:id/berechtigte', { summary: 'Wer darf das sehen?', access: 'angemeldet', params: objekt, query: listQuery(['name', '-name', 'stufe', '-stufe'], berechtigteFilter), returns: listAnswer(Berechtigt) }),
  exportBerechtigte: get('/zugriff/objekte/:typ/:id/berechtigte/bericht', { summary: 'Dasselbe als Bericht', access: 'angemeldet', download: true, params: objekt, query: format, returns: z.any() }),
  getReichweiteVonPerson: get('/zugriff/personen/:id', { summary: 'Was darf diese Person?', access: 'angemeldet', params: person, returns: Personreichweite }),
  listReichweiteVonPerson: get('/zugriff/personen/:id/schutzbereiche', { summary: 'Welche Schutzbereiche erreicht diese Person, und wodurch?', access: 'angemeldet', params: person, query: listQuery(['bezeichnung', '-bezeichnung'], reichweiteFilter), returns: listAnswer(Bereichreichweite) }),
  exportReichweiteVonPerson: get('/zugriff/personen/:id/bericht', { summary: 'Was darf diese Person? Als Bericht', access: 'angemeldet', download: true, params: person, query: format, returns: z.any() }),
  previewFreigabe: post('/zugriff/vorschau', { summary: 'Was würde sich ändern? Ändert nichts', access: 'zugriff.verwalten', body: Vorhaben, returns: Vorschau }),
  listMatrix: get('/zugriff/matrix', {
    summary: 'Schutzbereiche im Baum, und wem sie mit welcher Stufe freigegeben sind', access: 'zugriff.sehen', returns: listAnswer(Matrixzeile),
    query: listQuery(['ort', '-ort'], matrixFilter),
  }),
  exportMatrix: get('/zugriff/matrix/bericht', { summary: 'Dasselbe ganz, als Bericht', access: 'zugriff.sehen', download: true, query: format.extend(matrixFilter), returns: z.any() }),
};
