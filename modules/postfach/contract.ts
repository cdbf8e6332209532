import { z } from 'zod';
import { InhaltId } from '#modules/ablage/contract.ts';
import { OrganisationseinheitId, OrganisationseinheitKurz } from '#modules/organisation/contract.ts';
import { del, get, operations, patch, post } from '#platform/contract.ts';

export const PostfachId = z.uuid().brand<'PostfachId'>();
export type PostfachId = z.infer<typeof PostfachId>;

export const sicherheiten = ['tls', 'starttls', 'keine'] as const;
const zeile = (max: number, hinweis: string) => z.string().trim().min(1, hinweis).max(max);
const ordner = zeile(200, 'Bitte den Ordner angeben');
const rechner = zeile(253, 'Bitte den Rechner angeben').regex(/^[\w.:-]+$/, 'Bitte nur den Namen des Rechners angeben, ohne imap:// und ohne Leerzeichen');

const zugang = {
  host: rechner, port: z.int().min(1).max(65535), sicherheit: z.enum(sicherheiten), benutzername: zeile(320, 'Bitte den Benutzernamen angeben'),
  kennwort: z.string().min(1, 'Bitte das Kennwort angeben').max(1000),
  ordnerEingang: ordner, ordnerVerarbeitet: ordner, ordnerFehler: ordner,
};
const angaben = { bezeichnung: zeile(200, 'Bitte eine Bezeichnung angeben'), organisationseinheitId: OrganisationseinheitId, ...zugang };
export const PostfachAnlegen = z.object({
  ...angaben, port: angaben.port.default(993), sicherheit: angaben.sicherheit.default('tls'), ordnerEingang: ordner.default('INBOX'), ordnerVerarbeitet: ordner.default('Verarbeitet'), ordnerFehler: ordner.default('Fehler'),
});
/** Without Kennwort the one that is kept stays. */
export const PostfachAendern = z.object({ ...angaben, pausiert: z.boolean() }).partial();

export const fehlercodes = ['nicht_erreichbar', 'antwortet_nicht', 'zertifikat', 'kein_tls', 'anmeldung', 'ordner', 'getrennt', 'kennwort_verloren', 'unerwartet'] as const;
export type Fehlercode = (typeof fehlercodes)[number];

export const Postfach = z.object({
  id: PostfachId, version: z.int(), bezeichnung: z.string(), organisationseinheit: OrganisationseinheitKurz,
  host: z.string(), port: z.int(), sicherheit: z.enum(sicherheiten), benutzername: z.string(),
  ordnerEingang: z.string(), ordnerVerarbeitet: z.string(), ordnerFehler: z.string(), pausiert: z.boolean(),
  stand: z.object({
    laeuft: z.boolean(), letzterLauf: z.string().nullable(), letzterErfolg: z.string().nullable(), naechster: z.string(),
    /** Messages that still lie in the inbox on the server. */
    wartend: z.int(),
    /** In German, with what can be done; null: it works. */
    fehler: z.object({ code: z.string(), text: z.string(), seit: z.string() }).nullable(),
    /** Eingänge it has made in all, and of those today. */
    erfasst: z.int(), heute: z.int(),
    /** Messages of which only the head is here, and which lie in the folder for failures. */
    unvollstaendig: z.int(),
  }),
  rechte: z.array(z.string()),
});
export type Postfach = z.infer<typeof Postfach>;

export const Pruefung = z.object({ gelungen: z.boolean(), text: z.string(), ordner: z.array(z.string()), wartend: z.int().nullable() });

const Ton = z.enum(['info', 'gut', 'warnung', 'gefahr']);
export const Hinweis = z.object({ code: z.string(), ton: Ton, text: z.string() });
export type Hinweis = z.infer<typeof Hinweis>;
export const Signaturbericht = z.object({ ton: Ton, titel: z.string(), zeilen: z.array(z.string()) });
export type Signaturbericht = z.infer<typeof Signaturbericht>;
/** What a mail tells of itself, in words. */
export const Mailbericht = z.object({
  /** Written by no person: of what kind; and of a bounce whom it did not reach. */
  automatik: z.string().nullable(), unzustellbar: z.array(z.object({ adresse: z.string(), text: z.string() })),
  verschluesselt: z.string().nullable(), hinweise: z.array(Hinweis), signaturen: z.array(Signaturbericht),
});
export type Mailbericht = z.infer<typeof Mailbericht>;

/** Who may file by writing to the address of an Akte or a Vorgang; everybody else's mail lies in the basket, with the proposal. */
export const ablagen = ['niemand', 'mitarbeitende', 'alle'] as const;
export const Posteinstellungen = z.object({ ablage: z.enum(ablagen), automatikAblegen: z.boolean() });

/** `adresse`: null where there is none yet, or the operator has not set up the way (`moeglich`). */
export const Ablageadresse = z.object({ adresse: z.string().nullable(), seit: z.string().nullable(), moeglich: z.boolean(), ablage: z.enum(ablagen) });

const params = z.object({ id: PostfachId });
const ort = z.object({ typ: z.enum(['akte', 'vorgang']), id: z.uuid() });
const access = 'postfach.verwalten';
export const api = operations({
  listPostfaecher: get('/postfaecher', { summary: 'Postfächer und wie es um sie steht', access, returns: z.object({ eintraege: z.array(Postfach), gesamt: z.int() }) }),
  getPostfach: get('/postfaecher/:id', { summary: 'Postfach lesen', access, params, returns: Postfach }),
  createPostfach: post('/postfaecher', { summary: 'Postfach einrichten', access, body: PostfachAnlegen, returns: Postfach, status: 201 }),
  updatePostfach: patch('/postfaecher/:id', { summary: 'Postfach ändern, anhalten oder wieder abholen', access, params, ifMatch: true, body: PostfachAendern, returns: Postfach }),
  deletePostfach: del('/postfaecher/:id', { summary: 'Postfach nicht mehr abholen; was daraus kam, bleibt', access, params, ifMatch: true, returns: z.object({}) }),
  verifyZugang: post('/postfaecher/pruefung', { summary: 'Verbindung zu einem Postfach prüfen; nichts wird abgeholt oder gespeichert', access,
    /** `postfachId`: with the Kennwort that is kept for it, as long as rechner, port and name are those it is kept for. */
    body: z.object({ ...zugang, kennwort: zugang.kennwort.optional(), postfachId: PostfachId.optional() }), returns: Pruefung }),
  getPosteinstellungen: get('/postfaecher-einstellungen', { summary: 'Was mit Nachrichten von selbst geschieht', access, returns: Posteinstellungen.extend({ version: z.int(), rechte: z.array(z.string()) }) }),
  updatePosteinstellungen: patch('/postfaecher-einstellungen', { summary: 'Festlegen, was mit Nachrichten von selbst geschieht', access, ifMatch: true, body: Posteinstellungen, returns: Posteinstellungen.extend({ version: z.int(), rechte: z.array(z.string()) }) }),
  getAblageadresse: get('/ablageadressen/:typ/:id', { summary: 'E-Mail-Adresse einer Akte oder eines Vorgangs', access: 'ablageadresse.verwenden', params: ort, returns: Ablageadresse }),
  createAblageadresse: post('/ablageadressen/:typ/:id', { summary: 'E-Mail-Adresse anlegen oder erneuern; eine frühere gilt dann nicht mehr', access: 'ablageadresse.verwenden', params: ort, body: z.object({}), returns: Ablageadresse, status: 201 }),
  deleteAblageadresse: del('/ablageadressen/:typ/:id', { summary: 'E-Mail-Adresse abschaffen', access: 'ablageadresse.verwenden', params: ort, returns: Ablageadresse }),
  getMailbericht: get('/inhalte/:id/mailbericht', { summary: 'Was eine E-Mail von sich sagt: Unterschrift, Echtheit, Verschlüsselung', access: 'angemeldet', einLesen: true, gast: true, params: z.object({ id: InhaltId }), returns: z.object({ bericht: Mailbericht.nullable() }) }),
  receivePostfach: post('/postfaecher/:id/abholung', { summary: 'Postfach jetzt abholen', access, params, body: z.object({}), returns: Postfach, status: 202 }),
});
