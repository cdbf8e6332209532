import { z } from 'zod';
import { InhaltId } from '#modules/ablage/contract.ts';
import { BenutzerKurz, OrganisationseinheitId, OrganisationseinheitKurz } from '#modules/organisation/contract.ts';
import { EingangId } from '#modules/posteingang/contract.ts';
import { AkteId, VorgangId } from '#modules/schriftgut/contract.ts';
import { del, get, operations, patch, post } from '#platform/contract.ts';
import { listAnswer, listQuery, many } from '#platform/list-contract.ts';
import { ProfilId, Profileinstellungen, profile } from './contract-profil.ts';

export * from './contract-profil.ts';

export const StapelId = z.uuid().brand<'StapelId'>();
export const BriefId = z.uuid().brand<'BriefId'>();
export const SeiteId = z.uuid().brand<'SeiteId'>();

/** eingetroffen: the raw files are kept · zerlegt: every page has been looked at by the machine · zu_pruefen: letters are made · geprueft: a person has looked · uebernommen: its letters are Eingänge · verworfen */
export const stapelstatus = ['eingetroffen', 'zerlegt', 'zu_pruefen', 'geprueft', 'uebernommen', 'verworfen'] as const;
export const Stapelstatus = z.enum(stapelstatus);
export type Stapelstatus = (typeof stapelstatus)[number];

/** leer: blank, taken out by the profile · trennblatt: separator or cover sheet · entfernt: taken out by a person · ersetzt: scanned again. None is thrown away. */
export const seitenstatus = ['da', 'leer', 'trennblatt', 'entfernt', 'ersetzt'] as const;
export const Seitenstatus = z.enum(seitenstatus);
export type Seitenstatus = (typeof seitenstatus)[number];
export const winkel = [0, 90, 180, 270] as const;
export const Winkel = z.literal(winkel);

const text = (max: number) => z.string().trim().max(max);
const tag = z.iso.date();
const Grund = z.string().trim().min(3, 'Bitte einen Grund angeben').max(1000);
const zeit = z.iso.datetime();

/** Why a batch does not go on by itself, in words. */
const Hindernis = z.object({ art: z.string(), text: z.string() });

export const StapelZeile = z.object({
  id: StapelId, nummer: z.string(), bezeichnung: z.string(), status: Stapelstatus, hindernis: Hindernis.nullable(), herkunft: z.enum(['upload', 'ordner']),
  organisationseinheit: OrganisationseinheitKurz, profil: z.string(), station: z.string().nullable(), gescanntVon: z.string().nullable(),
  eingetroffen: zeit, posteingangsdatum: tag, seiten: z.int(), erwarteteSeiten: z.int().nullable(), gelesen: z.int(), briefe: z.int(),
  version: z.int(), rechte: z.array(z.string()),
});
export type StapelZeile = z.infer<typeof StapelZeile>;

export const Seite = z.object({
  id: SeiteId, status: Seitenstatus, briefId: BriefId.nullable(), rohdateiId: z.string(), seite: z.int(), position: z.int(),
  /** Together: what the machine turned it by, and people after it. */
  drehung: Winkel, drehungHand: Winkel, schraege: z.number().nullable(),
  breite: z.int().nullable(), hoehe: z.int().nullable(), nachscan: z.boolean(),
  /** What the machine says of it, in words: its codes, why it is blank, what is wrong with its quality. */
  angaben: z.array(z.object({ ton: z.enum(['neutral', 'warnung', 'gefahr']), text: z.string() })),
  bild: z.boolean(),
});
export type Seite = z.infer<typeof Seite>;

export const Brief = z.object({
  id: BriefId, betreff: z.string(), absender: z.string(), organisationseinheit: OrganisationseinheitKurz.nullable(),
  ziel: z.object({ akteId: AkteId.nullable(), vorgangId: VorgangId.nullable(), kennzeichen: z.string(), betreff: z.string() }).nullable(),
  hinweise: z.array(z.object({ art: z.string(), text: z.string() })),
  stichprobe: z.boolean(), ergebnis: z.enum(['in_ordnung', 'mangel']).nullable(), bemerkung: z.string().nullable(),
  eingang: z.object({ id: EingangId, nummer: z.string().nullable() }).nullable(),
});
export type Brief = z.infer<typeof Brief>;

export const Stapel = StapelZeile.extend({
  einstellungen: Profileinstellungen, gescanntAm: zeit.nullable(), geprueftVon: BenutzerKurz.nullable(), geprueftAm: zeit.nullable(), uebernommenVon: BenutzerKurz.nullable(), uebernommenAm: zeit.nullable(),
  verworfenVon: BenutzerKurz.nullable(), verwerfungsgrund: z.string().nullable(),
  rohdateien: z.array(z.object({ id: z.string(), inhaltId: InhaltId, art: z.enum(['scan', 'nachscan', 'manifest']), dateiname: z.string(), groesse: z.int(), sha256: z.string(), seiten: z.int().nullable(), fehler: z.string().nullable(), dublette: z.string().nullable() })),
  seitenliste: z.array(Seite), briefliste: z.array(Brief),
  /** Of a checked batch: its letters are made as PDF, and it can be released. */
  bereit: z.boolean(),
  /** Why it cannot go on yet, each with the letter it is about. */
  offen: z.array(z.object({ art: z.string(), text: z.string(), briefId: BriefId.nullable() })),
});
export type Stapel = z.infer<typeof Stapel>;

export const StapelAnlegen = z.object({
  /** Of uploadInhalt, in their order: PDF, TIFF, JPEG, PNG, and a manifest (`….stapel.json`) if there is one. */
  inhaltIds: z.array(InhaltId).min(1).max(500),
  profilId: ProfilId.optional(),
  /** The basket of its letters; without it that of the profile, or the Akteur's own. */
  organisationseinheitId: OrganisationseinheitId.optional(),
  bezeichnung: text(200).optional(), station: text(100).optional(), erwarteteSeiten: z.int().min(1).max(100_000).optional(), posteingangsdatum: tag.optional(),
});

const seiteIds = z.array(SeiteId).min(1).max(5000);
/** One step at the check page. Each but the naming of a letter can be taken back by another. */
export const Pruefschritt = z.discriminatedUnion('art', [
  z.object({ art: z.literal('drehen'), seiteIds, um: z.literal([90, 180, 270]) }),
  /** A new letter begins with this page. */
  z.object({ art: z.literal('teilen'), seiteId: SeiteId }),
  /** This letter and the one before it are one. */
  z.object({ art: z.literal('verbinden'), briefId: BriefId }),
  /** In front of that page, into its letter; null: to the end. */
  z.object({ art: z.literal('verschieben'), seiteId: SeiteId, vor: SeiteId.nullable() }),
  z.object({ art: z.literal('entfernen'), seiteIds }),
  z.object({ art: z.literal('wiederherstellen'), seiteIds }),
  z.object({ art: z.literal('nachscan'), seiteIds, an: z.boolean() }),
  z.object({ art: z.literal('brief'), briefId: BriefId, betreff: text(500).optional(), absender: text(500).optional(), organisationseinheitId: OrganisationseinheitId.nullable().optional(), ziel: z.null().optional(), hinweiseErledigt: z.literal(true).optional() }),
  z.object({ art: z.literal('ergebnis'), briefId: BriefId, ergebnis: z.enum(['in_ordnung', 'mangel']), bemerkung: text(1000).optional() }),
]);
export type Pruefschritt = z.infer<typeof Pruefschritt>;

export const Transfervermerk = z.object({
  id: z.string(), sha256: z.string(), erstellt: zeit,
  stapel: z.object({ nummer: z.string(), station: z.string().nullable(), profil: z.string() }),
  gescannt: z.object({ von: z.string().nullable(), am: zeit.nullable() }), geprueft: z.object({ von: z.string(), am: zeit }), uebernommen: z.object({ von: z.string(), am: zeit }),
  dokument: z.object({ dateiname: z.string(), sha256: z.string(), seiten: z.int() }),
  quellen: z.array(z.object({ dateiname: z.string(), sha256: z.string(), seiten: z.array(z.int()) })),
  aenderungen: z.array(z.string()), erklaerung: z.string(),
  /** The hash of the record as it is stored agrees with the one that was sealed. */
  unveraendert: z.boolean(),
});
export type Transfervermerk = z.infer<typeof Transfervermerk>;

const byId = z.object({ id: StapelId });
const stapel = '/scanstelle/stapel';
export const api = operations({
  listStapel: get(stapel, { summary: 'Stapel der Scanstelle auflisten', access: 'scanstapel.sehen', query: listQuery(['-eingetroffen', 'eingetroffen'], { /** Default: those that are not done. */ status: many(Stapelstatus).optional(), organisationseinheitId: many(OrganisationseinheitId).optional() }), returns: listAnswer(StapelZeile) }),
  getStapel: get(`${stapel}/:id`, { summary: 'Stapel mit Seiten und Briefen lesen', access: 'scanstapel.sehen', params: byId, returns: Stapel }),
  createStapel: post(stapel, { summary: 'Stapel aus hochgeladenen Scandateien anlegen', access: 'scanstapel.bearbeiten', body: StapelAnlegen, returns: Stapel, status: 201 }),
  updateStapelseiten: patch(`${stapel}/:id`, { summary: 'Seiten und Briefe eines Stapels prüfen und ordnen', access: 'scanstapel.bearbeiten', params: byId, ifMatch: true, body: Pruefschritt, returns: Stapel }),
  /** The missing files of a batch, or pages scanned again. */
  createStapeldateien: post(`${stapel}/:id/dateien`, { summary: 'Fehlende Dateien oder erneut gescannte Seiten zu einem Stapel geben', access: 'scanstapel.bearbeiten', params: byId, body: z.object({ art: z.enum(['scan', 'nachscan']), inhaltIds: z.array(InhaltId).min(1).max(500) }), returns: Stapel }),
  closeStapelhindernis: post(`${stapel}/:id/abweichung`, { summary: 'Abweichung vom Manifest mit Grund hinnehmen', access: 'scanstapel.bearbeiten', params: byId, body: z.object({ grund: Grund }), returns: Stapel }),
  closeStapelpruefung: post(`${stapel}/:id/pruefung`, { summary: 'Prüfung eines Stapels abschließen', access: 'scanstapel.bearbeiten', params: byId, ifMatch: true, body: z.object({}), returns: Stapel }),
  reopenStapelpruefung: del(`${stapel}/:id/pruefung`, { summary: 'Abgeschlossene Prüfung eines Stapels wieder öffnen', access: 'scanstapel.bearbeiten', params: byId, returns: Stapel }),
  transferStapel: post(`${stapel}/:id/uebernahme`, { summary: 'Stapel übernehmen: jeder Brief wird ein Eingang mit Transfervermerk', access: 'scanstapel.freigeben', params: byId, ifMatch: true, body: z.object({}), returns: Stapel }),
  cancelStapel: post(`${stapel}/:id/verwerfung`, { summary: 'Stapel mit Grund verwerfen; die Rohdateien bleiben', access: 'scanstapel.freigeben', params: byId, body: z.object({ grund: Grund }), returns: Stapel }),
  getScanbild: get(`${stapel}/:id/seiten/:seiteId/bild`, { summary: 'Bild einer Seite', access: 'scanstapel.sehen', einLesen: true, params: z.object({ id: StapelId, seiteId: SeiteId }), query: z.object({ groesse: z.enum(['daumen', 'seite']).default('seite') }), download: true, returns: z.any() }),
  getTransfervermerk: get('/eingaenge/:id/transfervermerk', { summary: 'Transfervermerk eines gescannten Eingangs; null, wenn er nicht in der Scanstelle entstand', access: 'eingang.sehen', params: z.object({ id: EingangId }), returns: Transfervermerk.nullable() }),
  downloadTransfervermerk: get('/eingaenge/:id/transfervermerk/pdf', { summary: 'Transfervermerk als PDF', access: 'eingang.sehen', params: z.object({ id: EingangId }), download: true, returns: z.any() }),
  ...profile,
});
