/** What other modules may use of »aktenplan«. Everything else in this folder is private. */
export { addAltesAktenzeichen, assignAktenzeichen, findByAktenzeichen, findByAktenzeichenNorm, getAktenzeichen, type AktenzeichenVergabe, type VergebenesAktenzeichen } from './aktenzeichen.ts';
export type { Aktenplanbelegung } from './belegung.ts';
export { abweichungenOhneGrund, wirksameWerte, type Stufenwerte } from './einheit.ts';
export { createAktenplaneinheit } from './einheit-anlegen.ts';
export { findAktenplaneinheiten, getAktenplaneinheitenKurz, getVererbung, listTeilbaum, requireBelegbar, type AktenplaneinheitName, type BelegbareEinheit } from './facade.ts';
export { createAktenplan } from './plan-commands.ts';
export { findGueltigenAktenplan } from './queries.ts';
