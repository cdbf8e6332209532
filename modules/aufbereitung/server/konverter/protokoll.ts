/** What server and converter say to each other: orders one way, answers the other. Both sides import this file, and it imports nothing but automatik.ts, which imports nothing. */
import type { Automatik } from './automatik.ts';

export const formate = [
  'pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'odg', 'doc', 'xls', 'ppt', 'rtf', 'html', 'txt', 'csv', 'xml', 'eml', 'mbox', 'msg', 'tnef',
  'tiff', 'png', 'jpeg', 'heic', 'gif', 'webp', 'bmp', 'zip', 'archiv', 'video', 'audio', 'unbekannt', 'leer',
] as const;
export type Format = (typeof formate)[number];

/** Formats whose pages are pictures. */
export const bildformate: ReadonlySet<Format> = new Set<Format>(['tiff', 'png', 'jpeg', 'heic', 'gif', 'webp', 'bmp']);
/** Formats that LibreOffice turns into PDF. */
export const officeformate: ReadonlySet<Format> = new Set<Format>(['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'odg', 'doc', 'xls', 'ppt', 'rtf']);
/** Formats that are shown as their text; for print it is laid out as PDF. */
export const textformate: ReadonlySet<Format> = new Set<Format>(['eml', 'msg', 'tnef', 'txt', 'csv', 'html', 'xml']);
/** Pictures that no printer takes as they are. */
export const druckbilder: ReadonlySet<Format> = new Set<Format>(['tiff', 'heic', 'gif', 'webp']);
/** Office formats whose text we can read only from that PDF. */
export const textAusRendition: ReadonlySet<Format> = new Set<Format>(['doc', 'xls', 'ppt', 'odg']);

/** Why a step ended without success. The German words for each are in ../gruende.ts. */
export const grundCodes = [
  'leer', 'zu_gross', 'verschluesselt', 'beschaedigt', 'keine_seiten', 'format_unbekannt', 'bild_zu_gross', 'bild_nicht_lesbar', 'archivgrenze',
  'xml_entitaeten', 'zeit', 'speicher', 'ausgabe', 'absturz', 'libreoffice_fehlt', 'tesseract_fehlt', 'rendition_fehlgeschlagen', 'kein_text_im_format',
  'kein_bild_im_format', 'text_vorhanden', 'keine_umwandlung_noetig', 'vorher_fehlgeschlagen', 'ablage', 'unerwartet',
] as const;
export type GrundCode = (typeof grundCodes)[number];
export type GrundDaten = Readonly<Record<string, string | number>>;

/** An expected failure inside a converter. */
export class KonverterFehler extends Error {
  readonly code: GrundCode;
  readonly daten: GrundDaten;
  constructor(code: GrundCode, daten: GrundDaten = {}) {
    super(`${code} ${JSON.stringify(daten)}`);
    this.code = code;
    this.daten = daten;
  }
}

/** What is worth telling though the step succeeded, e.g. that a text was cut. */
export const hinweisCodes = [
  'text_gekuerzt', 'seiten_gekuerzt', 'anlagen_gekuerzt', 'anlage_zu_gross', 'verschluesselt', 'signiert', 'makros', 'tnef_nicht_lesbar', 'eingebettete_dateien',
  'teilnachricht', 'tiefe', 'seite_nicht_lesbar', 'repariert', 'kein_text_erkannt', 'ocr_wasm', 'endung_falsch',
] as const;
export type Hinweis = { readonly code: (typeof hinweisCodes)[number]; readonly daten?: GrundDaten };

/** Word on a recognised page: left, top, width, height in pixels of the recognised image, confidence 0..100, text. */
export type Wort = readonly [x: number, y: number, b: number, h: number, konfidenz: number, text: string];

export type Seitentext = { text: string; ocrNoetig?: true };
/** Lifted out of a mail or container; `datei` lies in the order's folder. */
export type Anlagedatei = { datei: string; dateiname: string; mime: string; groesse: number; inline: boolean; contentId?: string };

export type Adresse = { name: string; adresse: string };
export type Mail = {
  von: Adresse[]; an: Adresse[]; cc: Adresse[]; antwortAn: Adresse[];
  betreff: string; datum: string | null; messageId: string | null; inReplyTo: string | null; references: string[];
  text: string; verschluesselt: boolean; signiert: boolean;
  /** Of .eml only. */
  befund?: Mailbefund;
};
export type Signatur = {
  art: 'smime' | 'pgp';
  /** Whether the bytes are those that were signed; PGP, and what is broken, cannot be checked. */
  ergebnis: 'gueltig' | 'veraendert' | 'nicht_pruefbar';
  name: string | null; adressen: string[]; organisation: string | null; aussteller: string | null;
  /** By the time of signing that the signer himself states, else now. */
  kette: 'vertrauenswuerdig' | 'unbekannter_aussteller' | 'selbst_signiert' | 'abgelaufen' | null;
  gueltigVon: string | null; gueltigBis: string | null; zeit: string | null;
  /** Whether the certificate is for the address of From; null: it names none. */
  adressePasst: boolean | null;
  /** SHA-1 or MD5: could be forged. */
  verfahrenAlt: boolean;
};
export type Mailbefund = {
  automatik: Automatik | null;
  unzustellbar: { adresse: string; status: string; aktion: string; grund: string }[];
  verschluesselung: 'smime' | 'pgp' | null;
  signaturen: Signatur[];
  /** Return-Path as the last server wrote it; empty: none wants an answer. */
  rueckweg: string | null;
  /** Authentication-Results, as they stand there: anybody can write one, so only that of a server one trusts says anything. */
  authentifizierung: string[];
  /** X-Loop, and how many servers it has passed. */
  schleife: string[]; stationen: number;
};

export type Lesung = {
  format: Format; mime: string;
  /** Pages, sheets, slides or frames; 0 where the format has none. */
  seitenzahl: number;
  texte: Seitentext[];
  mail?: Mail;
  anlagen: Anlagedatei[];
  hinweise: Hinweis[];
  /** The type is known, but its text could not be read. */
  fehler?: { code: GrundCode; daten: GrundDaten };
};

export type Bild = { seite: number; art: 'daumen' | 'seite'; datei: string; breite: number; hoehe: number; bytes: number };
export type Ocrbild = { seite: number; datei: string; breite: number; hoehe: number };
export type Erkennung = { seite: number; text: string; woerter: Wort[]; breite: number; hoehe: number; konfidenz: number };

/** All paths are absolute; `ordner` is the order's own folder, and the only place a converter may write to. */
export type Auftrag =
  | { art: 'lesen'; datei: string; ordner: string; grenzen: Lesegrenzen }
  | { art: 'typ'; datei: string; ordner: string }
  | { art: 'bilder'; datei: string; ordner: string; format: Format; daumen: number; seiten: number }
  | { art: 'textpdf'; ordner: string; titel: string; kopf: [name: string, wert: string][]; text: string; anlagen: string[] }
  | { art: 'bildpdf'; datei: string; ordner: string; format: Format }
  | { art: 'ocrbilder'; datei: string; ordner: string; format: Format; seiten: number[]; drehung?: 90 | 180 | 270 }
  | { art: 'ocr'; bild: Ocrbild; modell: string; ordner: string }
  | { art: 'probe'; verhalten: 'antworten' | 'haengen' | 'abstuerzen' | 'speicher' | 'ausgabe' | 'netz' | 'lesen'; pfad?: string; ordner: string };

export type Lesegrenzen = { anlagen: number; anlageBytes: number; textZeichen: number; seiten: number };
export const lesegrenzen: Lesegrenzen = { anlagen: 250, anlageBytes: 512 * 2 ** 20, textZeichen: 20_000_000, seiten: 5_000 };

export type Ergebnis<A extends Auftrag['art']> = A extends 'lesen' | 'typ' ? Lesung : A extends 'bilder' ? { bilder: Bild[]; hinweise: Hinweis[] }
  : A extends 'textpdf' | 'bildpdf' ? { datei: string; seiten: number }
  : A extends 'ocrbilder' ? { seiten: number } : A extends 'ocr' ? Erkennung : unknown;

export type AnKonverter<A = unknown> = { id: number; auftrag: A };
/** `teil` comes before the end, for work whose next stage need not wait. */
export type VonKonverter =
  | { id: number; teil: unknown }
  /** `datei`: the result as JSON, in the order's folder; large texts do not belong in a pipe. */
  | { id: number; datei: string }
  | { id: number; fehler: { code: GrundCode; daten: GrundDaten } };
