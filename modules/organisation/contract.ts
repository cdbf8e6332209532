import { z } from 'zod';
import { klassen } from '#platform/klassen.ts';
import { del, get, operations, patch, post, put } from '#platform/contract.ts';
import { flag, listAnswer, listQuery, many } from '#platform/list-contract.ts';

export const MandantId = z.uuid().brand<'MandantId'>();
export const OrganisationseinheitId = z.uuid().brand<'OrganisationseinheitId'>();
export const BenutzerId = z.uuid().brand<'BenutzerId'>();
export const RolleId = z.uuid().brand<'RolleId'>();
export const SitzungId = z.uuid().brand<'SitzungId'>();
export const VertretungId = z.uuid().brand<'VertretungId'>();
export const ZugangstokenId = z.uuid().brand<'ZugangstokenId'>();
export type MandantId = z.infer<typeof MandantId>;
export type OrganisationseinheitId = z.infer<typeof OrganisationseinheitId>;
export type BenutzerId = z.infer<typeof BenutzerId>;
export type RolleId = z.infer<typeof RolleId>;

/** A line of text as a person writes it: composed (NFC), every letter of DIN 91379, no control characters. */
export const zeile = (max: number) => z.string().normalize('NFC').trim().max(max).regex(/^\P{Cc}*$/u, 'Steuerzeichen sind nicht erlaubt');
const pflicht = (max: number) => zeile(max).min(1, 'Bitte ausfüllen');
const tag = z.iso.date();
const zeit = z.iso.datetime({ offset: true });
const rechte = z.array(z.string());
const leer = z.object({});

// ── Mandanten ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
export const farben = ['violett', 'tuerkis', 'orange', 'blau', 'hellblau', 'gruen', 'limette', 'gelb'] as const;
export const Farbe = z.enum(farben);
export const MandantKurz = z.object({ id: MandantId, name: z.string(), bezeichnung: z.string(), kuerzel: z.string(), farbe: Farbe });
export const Mandant = MandantKurz.extend({
  art: z.enum(['verbund', 'mandant']), behoerdenkennung: z.string().nullable(), ars: z.string().nullable(), aktiv: z.boolean(), version: z.number().int(), rechte,
});
export const MandantAngaben = z.object({
  name: pflicht(200), bezeichnung: zeile(100), kuerzel: z.string().regex(/^[A-ZÄÖÜ]{2}$/, 'Zwei Großbuchstaben').meta({ examples: ['AB'] }), farbe: Farbe,
  behoerdenkennung: pflicht(100).nullable(), ars: z.string().regex(/^\d{12}$/, 'Zwölf Ziffern').meta({ examples: ['123456789012'] }).nullable(),
});
const MandantNeu = MandantAngaben.partial({ bezeichnung: true, behoerdenkennung: true, ars: true });

// ── Organisationseinheiten ─────────────────────────────────────────────────────────────────────────────────────────────────
/** How other objects name an OE, a person, a Rolle. */
export const OrganisationseinheitKurz = z.object({ id: OrganisationseinheitId, kennzeichen: z.string(), bezeichnung: z.string(), kuerzel: z.string() });
export const BenutzerKurz = z.object({ id: BenutzerId, name: z.string(), kurz: z.string() });
export const RolleKurz = z.object({ id: RolleId, bezeichnung: z.string() });

export const Organisationseinheit = OrganisationseinheitKurz.extend({
  parentId: OrganisationseinheitId.nullable(), ordnung: z.number().int(), gueltigAb: tag.nullable(), gueltigBis: tag.nullable(), gueltig: z.boolean(),
  /** Other Mandanten may name it, and those who work in it, as recipient of what they share. */
  adressierbar: z.boolean(),
  anzahlBenutzer: z.number().int(), version: z.number().int(), rechte,
});
export const OrganisationseinheitAngaben = z.object({
  parentId: OrganisationseinheitId.nullable(), kennzeichen: pflicht(30), bezeichnung: pflicht(200), kuerzel: zeile(20), ordnung: z.number().int().min(0).max(100_000),
  gueltigAb: tag.nullable(), gueltigBis: tag.nullable(), adressierbar: z.boolean(),
});
const OrganisationseinheitNeu = OrganisationseinheitAngaben.partial({ parentId: true, kuerzel: true, ordnung: true, gueltigAb: true, gueltigBis: true, adressierbar: true });

// ── Benutzer ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
export const Zuordnung = z.object({ organisationseinheitId: OrganisationseinheitId, leitung: z.boolean().default(false) });
const OeMitLeitung = OrganisationseinheitKurz.extend({ leitung: z.boolean() });
export const Benutzer = BenutzerKurz.extend({
  titel: z.string(), vorname: z.string(), nachname: z.string(), funktion: z.string(), email: z.string().nullable(), telefon: z.string().nullable(), gesperrt: z.boolean(),
  rollen: z.array(RolleKurz), organisationseinheiten: z.array(OeMitLeitung), version: z.number().int(), rechte,
  /** Only for those who administer; `fremd`: another Mandant keeps the Konto. */
  konto: z.object({ anmeldename: z.string(), fremd: z.boolean(), passwortAendern: z.boolean() }).nullable(),
});
export const BenutzerAngaben = z.object({ titel: zeile(50), vorname: zeile(100), nachname: pflicht(100), funktion: zeile(200), email: z.email('Keine gültige E-Mail-Adresse').max(254).nullable(), telefon: zeile(50).nullable() });
const anmeldename = pflicht(100).regex(/^\S+$/u, 'Ohne Leerzeichen').meta({ examples: ['a.beispiel'] });
const BenutzerNeu = BenutzerAngaben.partial({ titel: true, vorname: true, funktion: true, email: true, telefon: true }).extend({
  anmeldename,
  /** The person has a Konto in this Verbund already and gets no new password. */
  bestehendesKonto: z.boolean().default(false),
  rollen: z.array(RolleId).max(50).default([]), organisationseinheiten: z.array(Zuordnung).max(50).default([]),
});
/** Shown once; null when the request was a repetition. */
const Einmalkennwort = z.string().nullable();

// ── Rollen ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
export const Rolle = RolleKurz.extend({
  beschreibung: z.string(), schluessel: z.string().nullable(),
  /** What the Rolle may do; `abweichend`: not (any more) what the Verbund gives as default. */
  erlaubt: z.array(z.string()), abweichend: z.boolean(), anzahlBenutzer: z.number().int(), version: z.number().int(), rechte,
});
const RolleNeu = z.object({ bezeichnung: pflicht(100), beschreibung: zeile(500).default(''), erlaubt: z.array(z.string()).max(500) });
/** `erlaubt` null: back to the default of the Verbund. */
const RolleAenderung = z.object({ bezeichnung: pflicht(100), beschreibung: zeile(500), erlaubt: z.array(z.string()).max(500).nullable() }).partial();

// ── Anmeldung, Sitzung, eigenes Konto ──────────────────────────────────────────────────────────────────────────────────────
export const Einstellungen = z.object({ darstellung: z.enum(['system', 'hell', 'dunkel']), dichte: z.enum(['kompakt', 'dicht', 'weit']), tastenkuerzel: z.boolean() });
export const Ich = BenutzerKurz.extend({
  anmeldename: z.string(), email: z.string().nullable(), mandant: MandantKurz,
  /** All in which this person may work, this one included. */
  mandanten: z.array(MandantKurz),
  /** For whom this person may work today, each by its Vertretung. Empty in one: no Vertretung of a Vertretung. */
  vertritt: z.array(z.object({ id: VertretungId, name: z.string() })),
  rechte, rollen: z.array(RolleKurz), organisationseinheiten: z.array(OeMitLeitung),
  /** Whose desk, Körbe and open work these are: one's own, in a Vertretung the absent person's. */
  wessen: z.object({ id: BenutzerId, name: z.string() }),
  /** Null: a guest's are kept at home. */
  einstellungen: Einstellungen.nullable(),
  /** Whom one acts for, or at whose one is a guest; null in one's own name and house. */
  sicht: z.object({ art: z.enum(['fuer', 'bei']), id: z.uuid(), bezeichnung: z.string(), bis: zeit.nullable(), nurLesen: z.literal(true).optional() }).nullable(),
  /** By which days and times are shown: that of the installation. */
  zeitzone: z.string(),
  /** The password was given by someone else: nothing but changing it is possible. */
  passwortAendern: z.boolean(),
});
const Anmeldung = z.object({ mandantId: MandantId, passwortAendern: z.boolean(), ablauf: zeit });
const passwort = z.string().min(1).max(500);
export const Sitzung = z.object({ id: SitzungId, mandant: MandantKurz, begonnen: zeit, zuletzt: zeit, ablauf: zeit, geraet: z.string(), adresse: z.string(), aktuell: z.boolean() });
export const Zugangstoken = z.object({ id: ZugangstokenId, name: z.string(), erlaubt: z.array(z.string()), erstellt: zeit, ablauf: zeit, zuletzt: zeit.nullable() });

// ── Vertretung ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
export const umfangarten = ['alles', 'rolle', 'oe', 'sachgebiet'] as const;
export const Vertretung = z.object({
  id: VertretungId, benutzer: BenutzerKurz, vertreter: BenutzerKurz,
  /** Days, both included; `bis` null: until it is ended. `rang` 2 and later act while those before are absent themselves; `stelle`: how many of those there are in its own time, and one. */
  von: tag, bis: tag.nullable(), rang: z.number().int(), stelle: z.number().int(),
  umfang: z.object({ art: z.enum(umfangarten), eintraege: z.array(z.object({ id: z.uuid(), bezeichnung: z.string() })) }), klassen: z.array(z.enum(klassen)), grund: z.string(),
  angelegt: zeit, angelegtVon: BenutzerKurz.nullable(), beendet: zeit.nullable(),
  /** wartet: in its time, but somebody before (`zuerst`) is there. */
  zustand: z.enum(['geplant', 'laeuft', 'wartet', 'beendet']), zuerst: z.array(BenutzerKurz), rechte,
});
export type Vertretung = z.infer<typeof Vertretung>;
export const VertretungNeu = z.object({
  /** Whose; oneself when absent. */
  benutzerId: BenutzerId.optional(), vertreterId: BenutzerId, von: tag.optional(), bis: tag.nullable().default(null), rang: z.number().int().min(1).max(9).optional(),
  umfang: z.object({ art: z.enum(umfangarten), ids: z.array(z.uuid()).max(50).default([]) }).default({ art: 'alles', ids: [] }),
  /** Without being named here no protected class is part of it. */
  klassen: z.array(z.enum(klassen)).max(6).default([]), grund: zeile(500).default(''),
});

const byId = <S extends z.ZodType>(id: S) => z.object({ id });

export const api = operations({
  getAnmeldung: get('/anmeldung', { summary: 'Was die Anmeldeseite zeigt', access: 'oeffentlich', returns: z.object({ verbund: z.string(), mandanten: z.array(MandantKurz) }) }),
  login: post('/anmeldung', {
    summary: 'Anmelden; die Sitzung steht im Cookie', access: 'oeffentlich', returns: Anmeldung,
    body: z.object({ anmeldename: z.string().min(1).max(200), passwort, mandantId: MandantId.optional() }),
  }),
  logout: del('/anmeldung', { summary: 'Abmelden', access: 'angemeldet', selbst: true, returns: leer }),
  getIch: get('/ich', { summary: 'Wer angemeldet ist und was er darf', access: 'angemeldet', gast: true, returns: Ich }),
  updateEinstellungen: patch('/ich/einstellungen', { summary: 'Eigene Einstellungen ändern', access: 'angemeldet', selbst: true, body: Einstellungen.partial(), returns: Einstellungen }),
  updatePasswort: put('/ich/passwort', { summary: 'Eigenes Kennwort ändern; alle anderen Sitzungen enden', access: 'angemeldet', selbst: true, body: z.object({ alt: passwort, neu: passwort }), returns: leer }),
  changeMandant: put('/ich/mandant', { summary: 'In eine andere Verwaltung wechseln', access: 'angemeldet', selbst: true, body: z.object({ mandantId: MandantId }), returns: Anmeldung }),
  listSitzungen: get('/sitzungen', { summary: 'Eigene Sitzungen', access: 'angemeldet', selbst: true, returns: z.object({ eintraege: z.array(Sitzung) }) }),
  revokeSitzung: del('/sitzungen/:id', { summary: 'Eigene Sitzung beenden', access: 'angemeldet', selbst: true, params: byId(SitzungId), returns: leer }),
  listZugangstoken: get('/zugangstoken', { summary: 'Eigene Zugangstoken', access: 'angemeldet', selbst: true, returns: z.object({ eintraege: z.array(Zugangstoken) }) }),
  createZugangstoken: post('/zugangstoken', {
    summary: 'Zugangstoken für ein Programm; wird nur dieses eine Mal gezeigt', access: 'zugangstoken.anlegen', selbst: true, status: 201,
    body: z.object({ name: pflicht(100), erlaubt: z.array(z.string()).min(1).max(500).optional(), tage: z.number().int().min(1).max(730).default(365) }),
    returns: z.object({ zugangstoken: Zugangstoken, token: z.string().nullable() }),
  }),
  revokeZugangstoken: del('/zugangstoken/:id', { summary: 'Zugangstoken widerrufen', access: 'angemeldet', selbst: true, params: byId(ZugangstokenId), returns: leer }),

  listMandanten: get('/mandanten', {
    summary: 'Verwaltungen des Verbunds', access: 'angemeldet', query: listQuery(['name', '-name', 'kuerzel', '-kuerzel'], { q: z.string().max(200).optional() }), returns: listAnswer(Mandant),
  }),
  getMandant: get('/mandanten/:id', { summary: 'Verwaltung lesen', access: 'angemeldet', params: byId(MandantId), returns: Mandant }),
  createMandant: post('/mandanten', {
    summary: 'Verwaltung aufnehmen, mit ihrer ersten Administration', access: 'mandant.verwalten', status: 201,
    body: MandantNeu.extend({ administration: z.object({ anmeldename, vorname: zeile(100).default(''), nachname: pflicht(100), email: z.email().nullable().default(null) }) }),
    returns: z.object({ mandant: Mandant, einmalkennwort: Einmalkennwort }),
  }),
  updateMandant: patch('/mandanten/:id', { summary: 'Verwaltung ändern', access: 'mandant.verwalten', params: byId(MandantId), ifMatch: true, body: MandantAngaben.extend({ aktiv: z.boolean() }).partial(), returns: Mandant }),

  listOrganisationseinheiten: get('/organisationseinheiten', {
    summary: 'Organisationseinheiten', access: 'angemeldet', returns: listAnswer(Organisationseinheit),
    query: listQuery(['kennzeichen', '-kennzeichen', 'bezeichnung', '-bezeichnung'], { q: z.string().max(200).optional(), parentId: many(OrganisationseinheitId).optional(), gueltig: flag.optional() }),
  }),
  getOrganisationseinheit: get('/organisationseinheiten/:id', { summary: 'Organisationseinheit lesen', access: 'angemeldet', params: byId(OrganisationseinheitId), returns: Organisationseinheit }),
  createOrganisationseinheit: post('/organisationseinheiten', { summary: 'Organisationseinheit anlegen', access: 'organisationseinheit.verwalten', body: OrganisationseinheitNeu, returns: Organisationseinheit, status: 201 }),
  updateOrganisationseinheit: patch('/organisationseinheiten/:id', {
    summary: 'Organisationseinheit ändern, verschieben oder beenden', access: 'organisationseinheit.verwalten', params: byId(OrganisationseinheitId), ifMatch: true, body: OrganisationseinheitAngaben.partial(), returns: Organisationseinheit,
  }),

  listBenutzer: get('/benutzer', {
    summary: 'Benutzer', access: 'benutzer.sehen', returns: listAnswer(Benutzer),
    query: listQuery(['name', '-name'], { q: z.string().max(200).optional(), organisationseinheitId: many(OrganisationseinheitId).optional(), rolleId: many(RolleId).optional(), gesperrt: flag.optional(), /** For whom one may order a Vertretung. */ vertretbar: flag.optional() }),
  }),
  getBenutzer: get('/benutzer/:id', { summary: 'Benutzer lesen', access: 'benutzer.sehen', params: byId(BenutzerId), returns: Benutzer }),
  createBenutzer: post('/benutzer', { summary: 'Benutzer anlegen', access: 'benutzer.verwalten', body: BenutzerNeu, returns: z.object({ benutzer: Benutzer, einmalkennwort: Einmalkennwort }), status: 201 }),
  updateBenutzer: patch('/benutzer/:id', { summary: 'Benutzer ändern, sperren oder entsperren', access: 'benutzer.verwalten', params: byId(BenutzerId), ifMatch: true, body: BenutzerAngaben.extend({ gesperrt: z.boolean() }).partial(), returns: Benutzer }),
  resetPasswort: post('/benutzer/:id/passwort', { summary: 'Einmalkennwort vergeben; alle Sitzungen enden', access: 'benutzer.verwalten', params: byId(BenutzerId), returns: z.object({ einmalkennwort: Einmalkennwort }) }),
  revokeSitzungen: del('/benutzer/:id/sitzungen', { summary: 'Alle Sitzungen einer Person beenden', access: 'benutzer.verwalten', params: byId(BenutzerId), returns: z.object({ beendet: z.number().int() }) }),
  assignRollen: put('/benutzer/:id/rollen', { summary: 'Rollen zuweisen', access: 'benutzer.verwalten', params: byId(BenutzerId), ifMatch: true, body: z.object({ rollen: z.array(RolleId).max(50) }), returns: Benutzer }),
  assignOrganisationseinheiten: put('/benutzer/:id/organisationseinheiten', {
    summary: 'Organisationseinheiten zuweisen', access: 'benutzer.verwalten', params: byId(BenutzerId), ifMatch: true, body: z.object({ organisationseinheiten: z.array(Zuordnung).max(50) }), returns: Benutzer,
  }),

  listEigeneVertretungen: get('/ich/vertretungen', { summary: 'Wer mich vertritt und wen ich vertrete', access: 'angemeldet', selbst: true, returns: z.object({ vertretenDurch: z.array(Vertretung), vertritt: z.array(Vertretung), vorbei: z.array(Vertretung) }) }),
  listVertretungen: get('/vertretungen', {
    summary: 'Vertretungen: aller für die Administration, der unterstellten Personen für Leitungen', access: 'vertretung.anordnen', returns: listAnswer(Vertretung),
    query: listQuery(['-von', 'von', '-angelegt', 'angelegt'], { q: z.string().max(200).optional(), zustand: many(z.enum(['geplant', 'laeuft', 'beendet'])).optional() }),
  }),
  createVertretung: post('/vertretungen', { summary: 'Eine Vertretung planen oder ad hoc anordnen', access: 'vertretung.planen', selbst: true, body: VertretungNeu, returns: Vertretung, status: 201 }),
  moveVertretung: post('/vertretungen/:id/vorziehen', { summary: 'Mit der Vertretung tauschen, die in der Reihenfolge davor steht', access: 'vertretung.planen', selbst: true, params: byId(VertretungId), returns: Vertretung }),
  revokeVertretung: del('/vertretungen/:id', { summary: 'Eine Vertretung beenden; sie gilt ab der nächsten Anfrage nicht mehr', access: 'vertretung.planen', selbst: true, params: byId(VertretungId), returns: Vertretung }),

  listRechte: get('/rechte', { summary: 'Alle Rechte, aus denen Rollen bestehen, mit ihren Namen', access: 'angemeldet', returns: z.object({ eintraege: z.array(z.object({ recht: z.string(), name: z.string(), vorgaben: z.array(z.string()) })) }) }),
  exportRollenmatrix: get('/rollenmatrix/bericht', { summary: 'Welche Rolle welches Recht hat, als Bericht', access: 'rolle.verwalten', download: true, query: z.object({ format: z.enum(['pdf', 'xlsx']).default('pdf') }), returns: z.any() }),
  listRollen: get('/rollen', { summary: 'Rollen', access: 'benutzer.sehen', query: listQuery(['bezeichnung', '-bezeichnung']), returns: listAnswer(Rolle) }),
  getRolle: get('/rollen/:id', { summary: 'Rolle lesen', access: 'benutzer.sehen', params: byId(RolleId), returns: Rolle }),
  createRolle: post('/rollen', { summary: 'Rolle anlegen', access: 'rolle.verwalten', body: RolleNeu, returns: Rolle, status: 201 }),
  updateRolle: patch('/rollen/:id', { summary: 'Rolle ändern oder auf die Vorgabe zurücksetzen', access: 'rolle.verwalten', params: byId(RolleId), ifMatch: true, body: RolleAenderung, returns: Rolle }),
});
