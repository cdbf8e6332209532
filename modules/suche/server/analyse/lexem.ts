/**
 * The letters of the index. A lexeme is: two letters of the Mandant, one letter of its kind, the stem.
 *  w  a word, anywhere          t  a part of a compound, anywhere
 *  W  a word of the metadata    T  a part of a compound of the metadata (title, Kennzeichen, Absender …)
 *  K  a whole Kennzeichen, by its key
 * Metadata has its own lexemes beside the common ones, so that who may only see (and not read) an object is answered from these alone,
 * by the index and without a look into the vector. Parts have their own, so that phrases and exclusions mean whole words.
 * The Mandant's letters keep each Mandant's postings apart: a search walks only its own.
 */
export type Art = 'w' | 't' | 'W' | 'T' | 'K';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** From the random end of the id; two Mandanten with the same letters are still kept apart by mandant_id. */
export function mandantKuerzel(mandantId: string): string {
  const bits = parseInt(mandantId.slice(-3), 16);
  return ALPHABET[bits >> 6]! + ALPHABET[bits & 63]!;
}
export const lexem = (kuerzel: string, art: Art, stamm: string) => `${kuerzel}${art}${stamm}`;
/** As a tsvector or tsquery literal spells it. */
export const zitiere = (lexem: string) => `'${lexem.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
