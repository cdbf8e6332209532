import { createHash } from 'node:crypto';
import { append, emptyTree, leafHash, rootOf } from '../merkle.ts';

// The written form of what is sealed of recorded reads. docs/betrieb/protokoll-format.md describes it; `verbundakte-pruefen` reads it independently of this file.

export type Objekt = { typ: string; id: string; art: 'gesehen' | 'gelesen'; kennzeichen?: string | null };
/** A recorded read as it is read for sealing: every value as it stands in the database, `objekte` as text. */
export type Zeile = {
  id: number; xid: string; zeit: string; monat: string; akteur_art: string; akteur_id: string; vertreten_id: string | null; herkunft_id: string | null; bei_id: string | null;
  operation: string; weg: string; korrelation_id: string; salz: string; objekte: string;
};

/** Each object by itself, with a salt of its own: one of them can be shown without the others that the same answer told of. */
export const objekteOf = ({ salz, objekte }: Pick<Zeile, 'salz' | 'objekte'>) =>
  (JSON.parse(objekte) as Objekt[]).map(({ typ, id, art, kennzeichen = null }, i) => [createHash('sha256').update(`${salz} ${i}`).digest('hex'), typ, id, art, kennzeichen] as const);
export const objektHash = (objekt: readonly unknown[]) => leafHash(JSON.stringify(objekt));
/** What the leaf of a recorded read is the hash of. */
export const kopfOf = (mandantId: string, z: Zeile) => [
  'verbundakte-lesezugriff/1', mandantId, z.id, z.zeit, z.monat, z.akteur_art, z.akteur_id, z.vertreten_id, z.herkunft_id, z.bei_id, z.operation, z.weg, z.korrelation_id,
  rootOf(objekteOf(z).reduce((tree, o) => append(tree, objektHash(o)), emptyTree)).toString('hex'),
] as const;
/** A read in which anything was changed may hold what is no list of objects: then it is not what was sealed. */
export function blattOf(mandantId: string, z: Zeile): Buffer | undefined {
  try { return leafHash(JSON.stringify(kopfOf(mandantId, z))); } catch { return undefined; }
}

export type Siegelzeile = { kette: number; monat: string; nr: number; groesse: number; wurzel: Buffer; vorgaenger: Buffer; zeit: string; schluessel_id: string };
export const siegelText = (mandantId: string, s: Siegelzeile) =>
  ['verbundakte-lesesiegel/1', mandantId, s.kette, s.monat, s.nr, s.groesse, s.wurzel.toString('hex'), s.vorgaenger.toString('hex'), s.zeit, s.schluessel_id].join('\n');
/** What an Ereignis tells of a month that went after its retention. */
export type Grabstein = { monat: string; anzahl: number; siegel: string };
