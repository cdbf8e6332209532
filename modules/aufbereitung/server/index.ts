/** What other modules may use of »aufbereitung«. Everything else in this folder is private. */
export { getAufbereitungen, getExtrahierteAnlagen, getMails, getSeitentexte, getTexte } from './queries.ts';
export { antwortlose, automatikVon, type Automatik } from './konverter/automatik.ts';
export type { Mailbefund, Signatur } from './konverter/protokoll.ts';
export type { Inhaltsort } from './fehlschlaege.ts';
