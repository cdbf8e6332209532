import { z } from 'zod';
import { InhaltId } from '#modules/ablage/contract.ts';
import { AktenplaneinheitId } from '#modules/aktenplan/contract.ts';
import { BenutzerKurz, OrganisationseinheitId, OrganisationseinheitKurz } from '#modules/organisation/contract.ts';
import { AkteId, DokumentId, VorgangId } from '#modules/schriftgut/contract.ts';
import { Feld, Sicherheit } from '#modules/vorschlagswesen/contract.ts';
import { Klasse } from '#modules/zugriff/contract.ts';
import { del, get, operations, patch, post, put } from '#platform/contract.ts';
import { flag, listAnswer, listQuery, many } from '#platform/list-contract.ts';

export const EingangId = z.uuid().brand<'EingangId'>();
export type EingangId = z.infer<typeof EingangId>;

export const kanaele = ['papier', 'e_mail', 'de_mail', 'fit_connect', 'bebpo', 'fachverfahren', 'fax', 'portal', 'upload', 'ordner', 'telefon', 'schalter'] as const;
export const automatiken = ['unzustellbar', 'zustellbericht', 'lesebestaetigung', 'abwesenheit', 'eigene'] as const;
export const Kanal = z.enum(kanaele);
export type Kanal = (typeof kanaele)[number];
/**
 * erfasst: nobody has distributed it yet · verteilt: in the basket of its OE · in_bearbeitung: a person has it in hand · zugeordnet: filed · zurueckgewiesen: with a reason ·
 * weitergeleitet: it has left this Mandant, to whom and how is said · vernichtet: one of the last two, whose content was deleted after its time
 */
export const statusse = ['erfasst', 'verteilt', 'in_bearbeitung', 'zugeordnet', 'zurueckgewiesen', 'weitergeleitet', 'vernichtet'] as const;
export const offene = ['erfasst', 'verteilt', 'in_bearbeitung'] as const satisfies readonly (typeof statusse)[number][];
export const Eingangsstatus = z.enum(statusse);
export type Eingangsstatus = (typeof statusse)[number];

const text = (max: number) => z.string().trim().max(max);
const tag = z.iso.date();
const Grund = z.string().trim().min(3, 'Bitte einen Grund angeben').max(1000);

const AkteBezug = z.object({ id: AkteId, aktenzeichen: z.string(), betreff: z.string() });
const VorgangBezug = z.object({ id: VorgangId, akteId: AkteId, kennzeichen: z.string(), betreff: z.string() });

/** A place in the files, and why: the sign with the passage it stands in, or the sender's history, which stands nowhere (`passage` is empty). */
export const Vorschlag = z.object({
  art: z.enum(['aktenzeichen', 'aehnlich', 'fremdes_zeichen', 'antwort', 'adresse', 'absender']),
  akte: AkteBezug, vorgang: VorgangBezug.nullable(),
  gefunden: z.string(), passage: z.string(),
  /** Place of `gefunden` in `passage`. */
  stelle: z.tuple([z.int(), z.int()]),
  seite: z.int().nullable(),
  grund: z.string(),
  /** How often such a proposal has been right, and whether that is enough to take it unseen; null: named, but not proposed. */
  konfidenz: z.number(), sicherheit: Sicherheit.nullable(),
});
export type Vorschlag = z.infer<typeof Vorschlag>;

/** A value for a field. A field without one is one of which the machine does not know enough. */
export const Feldvorschlag = z.object({
  feld: Feld,
  /** Id, day, amount (`1284.50`) or text; `anzeige` as people read it. */
  wert: z.string(), anzeige: z.string(),
  konfidenz: z.number(), sicherheit: Sicherheit,
  gruende: z.array(z.string()),
  fund: z.object({ gefunden: z.string(), passage: z.string(), stelle: z.tuple([z.int(), z.int()]), seite: z.int().nullable() }).nullable(),
});
export type Feldvorschlag = z.infer<typeof Feldvorschlag>;

export const EingangZeile = z.object({
  id: EingangId, nummer: z.string(), eingegangen: z.string(), posteingangsdatum: tag, kanal: Kanal, status: Eingangsstatus,
  betreff: z.string(),
  /** The class of the basket, for whose sake whoever may only see gets neither Betreff nor Absender; null: nothing is hidden. */
  geschuetzt: Klasse.nullable(),
  absender: z.string(), datumDesSchreibens: tag.nullable(), fremdesGeschaeftszeichen: z.string().nullable(),
  organisationseinheit: OrganisationseinheitKurz, bearbeiter: BenutzerKurz.nullable(),
  /** Only the OE named may open it, and for what reason: »Personalrat« (PE-05). */
  verschlossen: z.string().nullable(),
  /** Since when it is where it is, and by when somebody should have taken it. */
  seit: z.string(), faellig: z.string().nullable(), ueberfaellig: z.boolean(),
  dateiname: z.string(), mime: z.string(), groesse: z.int(), anlagen: z.int(),
  /** An equal file came before. Named only where the Akteur may see it. */
  dublette: z.object({ id: EingangId.nullable(), nummer: z.string().nullable() }).nullable(),
  /** Written by no person, and no work by itself: of what kind. */
  automatik: z.enum(automatiken).nullable(),
  /** The first proposal. */
  vorschlag: Vorschlag.nullable(),
  /** Where it was filed, as far as the Akteur may see it. */
  ablage: z.object({ akte: AkteBezug.nullable(), vorgang: VorgangBezug.nullable(), dokumentId: DokumentId.nullable() }).nullable(),
  version: z.int(), rechte: z.array(z.string()),
});
export type EingangZeile = z.infer<typeof EingangZeile>;

export const Eingang = EingangZeile.extend({
  /** The unchanged original; null without the Recht to read it. */
  inhaltId: InhaltId.nullable(), sha256: z.string(),
  absenderArt: z.enum(['person', 'organisation']).nullable(), bemerkung: z.string().nullable(),
  stapel: z.object({ inhaltId: InhaltId, von: z.int(), bis: z.int(), seiten: z.int() }).nullable(),
  anlagenliste: z.array(z.object({ inhaltId: InhaltId, dateiname: z.string(), mime: z.string(), groesse: z.int() })),
  vorschlaege: z.array(Vorschlag), felder: z.array(Feldvorschlag),
  dokumenttyp: z.string().nullable(), frist: tag.nullable(), betrag: z.string().nullable(),
  erledigt: z.string().nullable(), erledigtVon: BenutzerKurz.nullable(), zurueckweisungsgrund: z.string().nullable(),
  /** weitergeleitet: who has it now, by which way it went, and why. */
  weiterleitung: z.object({ empfaenger: z.string(), versandweg: z.string(), grund: z.string() }).nullable(),
  vernichtet: z.string().nullable(),
});
export type Eingang = z.infer<typeof Eingang>;

/** Of the trail: who had it from when on, how it came there, and why. The last one has it now. */
export const Station = z.object({
  nummer: z.int(), schritt: z.enum(['eingegangen', 'verteilt', 'uebernommen', 'zurueckgelegt', 'weitergegeben', 'irrlaeufer', 'abgelegt', 'zurueckgewiesen', 'weitergeleitet', 'wieder_aufgenommen', 'vernichtet']),
  status: Eingangsstatus, organisationseinheit: OrganisationseinheitKurz.nullable(), bearbeiter: BenutzerKurz.nullable(),
  von: z.string(), bis: z.string().nullable(), grund: z.string().nullable(), durch: BenutzerKurz.nullable(),
});
export type Station = z.infer<typeof Station>;

const angaben = {
  betreff: text(500).min(1), absender: text(500), absenderArt: z.enum(['person', 'organisation']).nullable(),
  posteingangsdatum: tag, datumDesSchreibens: tag.nullable(), fremdesGeschaeftszeichen: text(200).nullable(), bemerkung: text(4000).nullable(),
  /** Typ of the Dokument: what it is, »Widerspruch«. */
  dokumenttyp: text(100).nullable(),
  /** Until when something is to be done; how much it is about, in euro. */
  frist: tag.nullable(), betrag: z.string().regex(/^\d{1,11}(\.\d{2})?$/, 'Bitte einen Betrag angeben, z. B. 1284.50').nullable(),
};
export const EingangAnlegen = z.object({
  /** Of uploadInhalt. */
  inhaltId: InhaltId,
  kanal: Kanal.default('upload'),
  /** The basket; without it the Akteur's own OE. */
  organisationseinheitId: OrganisationseinheitId.optional(),
  /** Only the OE of this Ausnahme may open it (PE-05); it goes into that OE's basket. */
  ausnahmeId: z.uuid().optional(),
  /** Without it the name of the file. */
  betreff: angaben.betreff.optional(), absender: angaben.absender.default(''), absenderArt: angaben.absenderArt.default(null),
  /** On paper the day of the stamp; without it today. */
  posteingangsdatum: tag.optional(),
  datumDesSchreibens: angaben.datumDesSchreibens.default(null), fremdesGeschaeftszeichen: angaben.fremdesGeschaeftszeichen.default(null), bemerkung: angaben.bemerkung.default(null),
});
export const EingangAendern = z.object(angaben).partial();

const neuerVorgang = z.object({ betreff: text(500).min(1) });
export const EingangAblegen = z.object({
  ziel: z.discriminatedUnion('art', [
    z.object({ art: z.literal('vorgang'), vorgangId: VorgangId }),
    z.object({ art: z.literal('akte'), akteId: AkteId }),
    z.object({ art: z.literal('neuer_vorgang'), akteId: AkteId, vorgang: neuerVorgang }),
    z.object({ art: z.literal('neue_akte'), aktenplaneinheitId: AktenplaneinheitId, akte: z.object({ betreff: text(500).min(1), federfuehrungId: OrganisationseinheitId.optional() }), vorgang: neuerVorgang }),
  ]),
  ...z.object(angaben).omit({ bemerkung: true, posteingangsdatum: true }).partial().shape,
});

/** »heute 31 eingegangen = 8 abgelegt + 0 zurückgewiesen + 0 weitergeleitet + 23 offen«: always adds up (PE-03). */
export const Bilanzzahlen = z.object({ eingegangen: z.int(), abgelegt: z.int(), zurueckgewiesen: z.int(), weitergeleitet: z.int(), offen: z.int() });
export const Posteingangszahlen = z.object({
  heute: Bilanzzahlen,
  /** Of the open ones: all, those nobody took in time, and those the Akteur has in hand. */
  offen: z.int(), ueberfaellig: z.int(), inMeinerHand: z.int(),
  offenJeKanal: z.array(z.object({ kanal: Kanal, anzahl: z.int() })),
  offenJeKorb: z.array(z.object({ organisationseinheit: OrganisationseinheitKurz, anzahl: z.int() })),
});

/** Where the three witnesses differ: counter of numbers, protocol, rows. `nummern`: the first of them. */
export const Differenz = z.object({ art: z.enum(['nummer_ohne_eingang', 'eingang_ohne_nummer', 'eingang_ohne_ereignis', 'ereignis_ohne_eingang', 'ereignis_mehrfach', 'stand_weicht_ab']), jahr: z.int().nullable(), anzahl: z.int(), nummern: z.array(z.string()) });
export type Differenz = z.infer<typeof Differenz>;
/** `vollZeit`: when everything was looked at; `zeit`: when anything was. */
export const Bilanzpruefung = z.object({ zeit: z.string(), vollZeit: z.string().nullable(), eingaenge: z.int(), schliesst: z.boolean(), differenzen: z.array(Differenz) });
export type Bilanzpruefung = z.infer<typeof Bilanzpruefung>;
export const Bilanz = z.object({
  gesamt: Bilanzzahlen, jeTag: z.array(Bilanzzahlen.extend({ tag })), jeKanal: z.array(Bilanzzahlen.extend({ kanal: Kanal })), jeKorb: z.array(Bilanzzahlen.extend({ organisationseinheit: OrganisationseinheitKurz })),
  /** Null without the Recht to it. */
  pruefung: Bilanzpruefung.nullable(),
});
export type Bilanz = z.infer<typeof Bilanz>;
/** By channel and basket, never by person. */
export const Poststatistik = z.object({
  /** How long until it was distributed; kanal null: all. `wartend`: not yet. */
  verteilung: z.array(z.object({ kanal: Kanal.nullable(), anzahl: z.int(), wartend: z.int(), medianStunden: z.number().nullable(), p90Stunden: z.number().nullable() })),
  /** How old what is open is; `stufen`: how many below each of `stufenTage`, and above. */
  alterDerOffenen: z.array(z.object({ organisationseinheit: OrganisationseinheitKurz, anzahl: z.int(), medianTage: z.number(), aeltesterTage: z.number(), stufen: z.array(z.int()) })),
  stufenTage: z.array(z.int()),
});
export type Poststatistik = z.infer<typeof Poststatistik>;
/** A list of what was rejected or sent on so long ago that its content goes; `anzahl` counts also what the Akteur may not see. */
export const Vernichtung = z.object({
  id: z.uuid(), erstellt: z.string(), beantragt: z.string().nullable(), beantragtVon: z.string().nullable(), ausgefuehrt: z.string().nullable(), bestaetigtVon: z.string().nullable(), anzahl: z.int(),
  /** The Akteur has asked for it, and cannot confirm it. */
  eigen: z.boolean(),
  eingaenge: z.array(z.object({ id: EingangId, nummer: z.string(), betreff: z.string(), absender: z.string(), erledigt: z.string().nullable(), aus: z.enum(['zurueckgewiesen', 'weitergeleitet']) })),
});
const zeitraum = z.object({ von: tag, bis: tag }).refine(({ von, bis }) => von <= bis, { error: 'Der erste Tag liegt nach dem letzten', path: ['bis'] });

const Vermerk = text(1000).optional();
/** What several Eingänge undergo at once; each for itself, and what one refuses holds up no other. */
export const Sammelaktion = z.object({
  ids: z.array(EingangId).min(1).max(500),
  aktion: z.discriminatedUnion('art', [
    z.object({ art: z.literal('uebernehmen') }),
    z.object({ art: z.literal('weitergeben'), organisationseinheitId: OrganisationseinheitId, bemerkung: Vermerk }),
    z.object({ art: z.literal('zurueckweisen'), grund: Grund }),
  ]),
});
export const Sammelergebnis = z.object({ erledigt: z.int(), eintraege: z.array(z.object({ id: EingangId, nummer: z.string().nullable(), fehler: z.object({ code: z.string(), titel: z.string() }).nullable() })) });

export const Ausnahme = z.object({ id: z.uuid(), bezeichnung: z.string(), organisationseinheit: OrganisationseinheitKurz.nullable(), merkmale: z.array(z.string()), version: z.int() });
export const AusnahmeEingabe = z.object({
  /** »Personalrat«, »Submission« */
  bezeichnung: text(200).min(1), organisationseinheitId: OrganisationseinheitId,
  /** Words in address, Absender, Betreff or name of the file by which it is recognised. */
  merkmale: z.array(text(200).min(3)).max(50),
});
export const Posteinstellungen = z.object({
  /** The central basket; null: the top of the authority. */
  organisationseinheit: OrganisationseinheitKurz.nullable(),
  /** Hours on working days after which it is told that nobody took an Eingang: while it waits to be distributed, and in the basket of an OE. */
  fristZentral: z.int(), fristOe: z.int(),
  /** How long the content of what was rejected or sent on is kept. */
  vernichtungMonate: z.int(),
  version: z.int(), rechte: z.array(z.string()),
});

const byId = z.object({ id: EingangId });
export const api = operations({
  listEingaenge: get('/eingaenge', { summary: 'Eingänge auflisten', access: 'eingang.sehen',
    query: listQuery(['-eingegangen', 'eingegangen', 'absender', 'betreff'], {
      /** Default: open ones. */
      status: many(Eingangsstatus).optional(), kanal: many(Kanal).optional(), organisationseinheitId: many(OrganisationseinheitId).optional(),
      /** Received from and to this day. */
      von: tag.optional(), bis: tag.optional(),
      /** Number, Absender, Betreff or file name. */
      text: text(200).optional(),
      dubletten: flag.optional(),
      /** Nobody took them in time. */
      ueberfaellig: flag.optional(),
      /** Those the Akteur has in hand. */
      meine: flag.optional(),
    }), returns: listAnswer(EingangZeile) }),
  getPosteingang: get('/posteingang', { summary: 'Bilanz des Posteingangs und offene Eingänge je Kanal und Korb', access: 'eingang.sehen', query: z.object({ organisationseinheitId: many(OrganisationseinheitId).optional() }), returns: Posteingangszahlen }),
  getEingang: get('/eingaenge/:id', { summary: 'Eingang lesen', access: 'eingang.sehen', params: byId, returns: Eingang }),
  createEingang: post('/eingaenge', { summary: 'Eingang aus einer hochgeladenen Datei anlegen', access: 'eingang.anlegen', body: EingangAnlegen, returns: Eingang, status: 201 }),
  updateEingang: patch('/eingaenge/:id', { summary: 'Angaben zu einem Eingang ändern', access: 'eingang.bearbeiten', params: byId, ifMatch: true, body: EingangAendern, returns: Eingang }),
  listStationen: get('/eingaenge/:id/stationen', { summary: 'Laufweg eines Eingangs: wer ihn von wann bis wann hatte und warum', access: 'eingang.sehen', params: byId, returns: z.object({ eintraege: z.array(Station) }) }),
  startBearbeitung: post('/eingaenge/:id/bearbeitung', { summary: 'Eingang in Bearbeitung nehmen', access: 'eingang.bearbeiten', params: byId, returns: Eingang }),
  cancelBearbeitung: del('/eingaenge/:id/bearbeitung', { summary: 'Eingang in den Korb zurücklegen', access: 'eingang.bearbeiten', params: byId, returns: Eingang }),
  assignEingang: post('/eingaenge/:id/zuweisung', { summary: 'Eingang verteilen oder an eine andere Organisationseinheit weitergeben', access: 'eingang.verteilen', params: byId,
    body: z.object({ organisationseinheitId: OrganisationseinheitId, bemerkung: Vermerk }), returns: z.object({ organisationseinheit: OrganisationseinheitKurz }) }),
  sendIrrlaeufer: post('/eingaenge/:id/irrlaeufer', { summary: 'Fehlgeleiteten Eingang zurückgeben oder dorthin geben, wohin er gehört', access: 'eingang.verteilen', params: byId,
    body: z.object({ grund: Grund, /** Without it where it came from. */ organisationseinheitId: OrganisationseinheitId.optional() }), returns: z.object({ organisationseinheit: OrganisationseinheitKurz }) }),
  sendEingang: post('/eingaenge/:id/weiterleitung', { summary: 'Eingang nach außen weiterleiten: Empfänger, Weg und Grund', access: 'eingang.zurueckweisen', params: byId,
    body: z.object({ empfaenger: text(500).min(2), versandweg: text(200).min(2), grund: Grund }), returns: Eingang }),
  fileEingang: post('/eingaenge/:id/ablage', { summary: 'Eingang ablegen: in einen Vorgang, eine Akte, einen neuen Vorgang oder eine neue Akte', access: 'eingang.ablegen', params: byId, body: EingangAblegen, returns: Eingang }),
  cancelEingang: post('/eingaenge/:id/zurueckweisung', { summary: 'Eingang mit Grund zurückweisen; er bleibt gespeichert', access: 'eingang.zurueckweisen', params: byId, body: z.object({ grund: Grund }), returns: Eingang }),
  reopenEingang: post('/eingaenge/:id/wiederaufnahme', { summary: 'Zurückgewiesenen oder weitergeleiteten Eingang wieder aufnehmen', access: 'eingang.zurueckweisen', params: byId, returns: Eingang }),
  changeEingaenge: post('/eingaenge/sammelaktion', { summary: 'Mehrere Eingänge übernehmen, weitergeben oder zurückweisen', access: 'eingang.sehen', body: Sammelaktion, returns: Sammelergebnis }),
  getPosteingangBilanz: get('/posteingang/bilanz', { summary: 'Bilanz des Posteingangs: eingegangen = abgelegt + zurückgewiesen + weitergeleitet + offen, je Tag, Kanal und Korb', access: 'eingang.sehen', query: zeitraum, returns: Bilanz }),
  startBilanzpruefung: post('/posteingang/bilanz/pruefung', { summary: 'Bilanz des Posteingangs jetzt ganz prüfen', access: 'posteingang.pruefen', returns: Bilanzpruefung }),
  getPosteingangStatistik: get('/posteingang/statistik', { summary: 'Zeit bis zur Verteilung und Alter der offenen Eingänge', access: 'eingang.sehen', query: zeitraum, returns: Poststatistik }),
  listVernichtungen: get('/posteingang/vernichtungen', { summary: 'Listen der Eingänge, deren Inhalt nach Ablauf der Frist vernichtet werden soll', access: 'posteingang.vernichten', returns: z.object({ eintraege: z.array(Vernichtung) }) }),
  requestVernichtung: post('/posteingang/vernichtungen/:id/antrag', { summary: 'Vernichtung einer Liste beantragen', access: 'posteingang.vernichten', params: z.object({ id: z.uuid() }), returns: z.object({}) }),
  cancelVernichtung: del('/posteingang/vernichtungen/:id/antrag', { summary: 'Antrag auf Vernichtung zurückziehen oder ablehnen', access: 'posteingang.vernichten', params: z.object({ id: z.uuid() }), returns: z.object({}) }),
  grantVernichtung: post('/posteingang/vernichtungen/:id/bestaetigung', { summary: 'Vernichtung als zweite Person bestätigen: Die Inhalte werden gelöscht', access: 'posteingang.vernichten', params: z.object({ id: z.uuid() }), returns: z.object({ vernichtet: z.int() }) }),
  listAusnahmen: get('/posteingang/ausnahmen', { summary: 'Was nicht zentral geöffnet werden darf', access: 'angemeldet', returns: z.object({ eintraege: z.array(Ausnahme) }) }),
  createAusnahme: post('/posteingang/ausnahmen', { summary: 'Ausnahme von der zentralen Öffnung anlegen', access: 'posteingang.verwalten', body: AusnahmeEingabe, returns: Ausnahme, status: 201 }),
  updateAusnahme: put('/posteingang/ausnahmen/:id', { summary: 'Ausnahme von der zentralen Öffnung ändern', access: 'posteingang.verwalten', params: z.object({ id: z.uuid() }), ifMatch: true, body: AusnahmeEingabe, returns: Ausnahme }),
  deleteAusnahme: del('/posteingang/ausnahmen/:id', { summary: 'Ausnahme von der zentralen Öffnung löschen', access: 'posteingang.verwalten', params: z.object({ id: z.uuid() }), returns: z.object({}) }),
  getPosteingangEinstellungen: get('/posteingang/einstellungen', { summary: 'Zentraler Korb und Fristen des Posteingangs', access: 'posteingang.verwalten', returns: Posteinstellungen }),
  updatePosteingangEinstellungen: put('/posteingang/einstellungen', { summary: 'Zentralen Korb und Fristen des Posteingangs festlegen', access: 'posteingang.verwalten', ifMatch: true,
    body: z.object({ organisationseinheitId: OrganisationseinheitId.nullable(), fristZentral: z.int().min(1).max(2000), fristOe: z.int().min(1).max(2000), vernichtungMonate: z.int().min(1).max(360) }).partial(), returns: Posteinstellungen }),
});
