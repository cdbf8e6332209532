import { z } from 'zod';
import { InhaltId } from '#modules/ablage/contract.ts';
import { AktenplaneinheitId } from '#modules/aktenplan/contract.ts';
import { BenutzerKurz, OrganisationseinheitId, OrganisationseinheitKurz } from '#modules/organisation/contract.ts';
import { AkteId, DokumentId, VorgangId } from '#modules/schriftgut/contract.ts';
import { Klasse } from '#modules/zugriff/contract.ts';
import { del, get, operations, patch, post, put } from '#platform/contract.ts';
import { flag, listAnswer, listQuery, many } from '#platform/list-contract.ts';

export const EingangId = z.uuid().brand<'EingangId'>();
export type EingangId = z.infer<typeof EingangId>;

export const kanaele = ['papier', 'e_mail', 'de_mail', 'fit_connect', 'bebpo', 'fachverfahren', 'fax', 'portal', 'upload', 'ordner'] as const;
export const Kanal = z.enum(kanaele);
export type Kanal = (typeof kanaele)[number];
/** erfasst: untouched · in_bearbeitung: somebody has it in hand · zugeordnet: filed · zurueckgewiesen: with a reason */
export const statusse = ['erfasst', 'in_bearbeitung', 'zugeordnet', 'zurueckgewiesen'] as const;
export const Eingangsstatus = z.enum(statusse);
export type Eingangsstatus = (typeof statusse)[number];

const text = (max: number) => z.string().trim().max(max);
const tag = z.iso.date();
const Grund = z.string().trim().min(3, 'Bitte einen Grund angeben').max(1000);

const AkteBezug = z.object({ id: AkteId, aktenzeichen: z.string(), betreff: z.string() });
const VorgangBezug = z.object({ id: VorgangId, akteId: AkteId, kennzeichen: z.string(), betreff: z.string() });

/** Only what was really found: the sign, the passage it stands in and its place there. No guess, no figure. */
export const Vorschlag = z.object({
  art: z.enum(['aktenzeichen', 'fremdes_zeichen', 'antwort']),
  akte: AkteBezug, vorgang: VorgangBezug.nullable(),
  gefunden: z.string(), passage: z.string(),
  /** Place of `gefunden` in `passage`. */
  stelle: z.tuple([z.int(), z.int()]),
  seite: z.int().nullable(),
});
export type Vorschlag = z.infer<typeof Vorschlag>;

export const EingangZeile = z.object({
  id: EingangId, nummer: z.string(), eingegangen: z.string(), posteingangsdatum: tag, kanal: Kanal, status: Eingangsstatus,
  betreff: z.string(),
  /** The class of the basket, for whose sake whoever may only see gets neither Betreff nor Absender; null: nothing is hidden. */
  geschuetzt: Klasse.nullable(),
  absender: z.string(), datumDesSchreibens: tag.nullable(), fremdesGeschaeftszeichen: z.string().nullable(),
  organisationseinheit: OrganisationseinheitKurz, bearbeiter: BenutzerKurz.nullable(),
  dateiname: z.string(), mime: z.string(), groesse: z.int(), anlagen: z.int(),
  /** An equal file came before. Named only where the Akteur may see it. */
  dublette: z.object({ id: EingangId.nullable(), nummer: z.string().nullable() }).nullable(),
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
  vorschlaege: z.array(Vorschlag),
  erledigt: z.string().nullable(), erledigtVon: BenutzerKurz.nullable(), zurueckweisungsgrund: z.string().nullable(),
});
export type Eingang = z.infer<typeof Eingang>;

const angaben = {
  betreff: text(500).min(1), absender: text(500), absenderArt: z.enum(['person', 'organisation']).nullable(),
  posteingangsdatum: tag, datumDesSchreibens: tag.nullable(), fremdesGeschaeftszeichen: text(200).nullable(), bemerkung: text(4000).nullable(),
};
export const EingangAnlegen = z.object({
  /** Of uploadInhalt. */
  inhaltId: InhaltId,
  kanal: Kanal.default('upload'),
  /** The basket; without it the Akteur's own OE. */
  organisationseinheitId: OrganisationseinheitId.optional(),
  /** Without it the name of the file. */
  betreff: angaben.betreff.optional(), absender: angaben.absender.default(''), absenderArt: angaben.absenderArt.default(null),
  /** On paper the day of the stamp; without it today. */
  posteingangsdatum: tag.optional(),
  datumDesSchreibens: angaben.datumDesSchreibens.default(null), fremdesGeschaeftszeichen: angaben.fremdesGeschaeftszeichen.default(null), bemerkung: angaben.bemerkung.default(null),
});
export const EingangAendern = z.object({ ...angaben, status: z.enum(['erfasst', 'in_bearbeitung']) }).partial();

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

export const StapelAnlegen = z.object({
  /** Of uploadInhalt: a PDF. */
  inhaltId: InhaltId,
  kanal: Kanal.default('papier'), organisationseinheitId: OrganisationseinheitId.optional(), posteingangsdatum: tag.optional(),
  /** One letter each; pages count from 1, both ends included. A page in no part is left to the stack. */
  teile: z.array(z.object({ von: z.int().min(1), bis: z.int().min(1), betreff: angaben.betreff.optional(), absender: angaben.absender.optional() })).min(1).max(500),
});

/** »heute 31 eingegangen = 8 abgelegt + 0 zurückgewiesen + 23 offen«: always adds up (PE-03). */
const Bilanz = z.object({ eingegangen: z.int(), abgelegt: z.int(), zurueckgewiesen: z.int(), offen: z.int() });
export const Posteingangszahlen = z.object({
  heute: Bilanz, insgesamt: Bilanz,
  offenJeKanal: z.array(z.object({ kanal: Kanal, anzahl: z.int() })),
  offenJeKorb: z.array(z.object({ organisationseinheit: OrganisationseinheitKurz, anzahl: z.int() })),
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
    }), returns: listAnswer(EingangZeile) }),
  getPosteingang: get('/posteingang', { summary: 'Bilanz des Posteingangs und offene Eingänge je Kanal und Korb', access: 'eingang.sehen', query: z.object({ organisationseinheitId: many(OrganisationseinheitId).optional() }), returns: Posteingangszahlen }),
  getEingang: get('/eingaenge/:id', { summary: 'Eingang lesen', access: 'eingang.sehen', params: byId, returns: Eingang }),
  createEingang: post('/eingaenge', { summary: 'Eingang aus einer hochgeladenen Datei anlegen', access: 'eingang.anlegen', body: EingangAnlegen, returns: Eingang, status: 201 }),
  createStapel: post('/eingaenge/stapel', { summary: 'Aus einer gescannten PDF-Datei mehrere Eingänge anlegen', access: 'eingang.anlegen', body: StapelAnlegen, returns: z.object({ eingaenge: z.array(Eingang) }), status: 201 }),
  updateEingang: patch('/eingaenge/:id', { summary: 'Angaben zu einem Eingang ändern', access: 'eingang.bearbeiten', params: byId, ifMatch: true, body: EingangAendern, returns: Eingang }),
  assignEingang: post('/eingaenge/:id/zuweisung', { summary: 'Eingang an eine andere Organisationseinheit weiterleiten', access: 'eingang.bearbeiten', params: byId,
    body: z.object({ organisationseinheitId: OrganisationseinheitId, bemerkung: text(1000).optional() }), returns: z.object({ organisationseinheit: OrganisationseinheitKurz }) }),
  fileEingang: post('/eingaenge/:id/ablage', { summary: 'Eingang ablegen: in einen Vorgang, eine Akte, einen neuen Vorgang oder eine neue Akte', access: 'eingang.ablegen', params: byId, body: EingangAblegen, returns: Eingang }),
  cancelEingang: post('/eingaenge/:id/zurueckweisung', { summary: 'Eingang mit Grund zurückweisen; er bleibt gespeichert', access: 'eingang.zurueckweisen', params: byId, body: z.object({ grund: Grund }), returns: Eingang }),
  reopenEingang: del('/eingaenge/:id/zurueckweisung', { summary: 'Zurückweisung aufheben', access: 'eingang.zurueckweisen', params: byId, returns: Eingang }),
  getPosteingangEinstellungen: get('/posteingang/einstellungen', { summary: 'Korb für Post ohne Angabe einer Organisationseinheit', access: 'posteingang.verwalten', returns: z.object({ organisationseinheit: OrganisationseinheitKurz.nullable(), version: z.int(), rechte: z.array(z.string()) }) }),
  updatePosteingangEinstellungen: put('/posteingang/einstellungen', { summary: 'Korb für Post ohne Angabe einer Organisationseinheit festlegen', access: 'posteingang.verwalten', ifMatch: true, body: z.object({ organisationseinheitId: OrganisationseinheitId }), returns: z.object({ organisationseinheit: OrganisationseinheitKurz.nullable(), version: z.int(), rechte: z.array(z.string()) }) }),
});
