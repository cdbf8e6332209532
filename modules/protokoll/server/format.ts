import { createHash } from 'node:crypto';

// The written form of what is sealed. docs/betrieb/protokoll-format.md describes it; `verbundakte-pruefen` reads it independently of this file.

/** An Ereignis as it is read for sealing: every value as it stands in the database, `objekte` and `daten` as text. */
export type EreignisZeile = {
  id: number; xid: string; zeit: string; art: string; fassung: number; akteur_art: string; akteur_id: string; vertreten_id: string | null; weg: string; korrelation_id: string;
  objekte: string; daten_hash: string | null;
};

/** What the leaf is the hash of: a JSON array of strings, whole numbers and null. */
export const kopfOf = (mandantId: string, e: EreignisZeile) =>
  ['verbundakte-ereignis/1', mandantId, e.id, e.zeit, e.art, e.fassung, e.akteur_art, e.akteur_id, e.vertreten_id, e.weg, e.korrelation_id, e.objekte, e.daten_hash] as const;

export type Siegelangaben = { mandantId: string; nr: number; groesse: number; wurzel: string; vorgaenger: string; zeit: string; schluesselId: string };
export const siegelText = (s: Siegelangaben) =>
  ['verbundakte-siegel/1', s.mandantId, s.nr, s.groesse, s.wurzel, s.vorgaenger, s.zeit, s.schluesselId].join('\n');
/** What the next checkpoint names as the one before. */
export const siegelHash = (text: string) => createHash('sha256').update(text).digest('hex');
export const ERSTER_VORGAENGER = '0'.repeat(64);

/** What the seals of recorded reads are checked against: of nobody, and in every export. */
export const IMMER_MIT_INHALT: ReadonlySet<string> = new Set(['lesezugriffe.versiegelt', 'lesezugriffe.geloescht']);

export const datenHash = (salz: Buffer, daten: string) => createHash('sha256').update(salz).update(daten).digest('hex');
