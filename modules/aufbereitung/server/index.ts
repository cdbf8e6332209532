/** What other modules may use of »aufbereitung«. Everything else in this folder is private. */
export { getAufbereitungen, getExtrahierteAnlagen, getSeitentexte, getTexte } from './queries.ts';
export type { Inhaltsort } from './fehlschlaege.ts';
