/** What other modules may use of »aufbereitung«. Everything else in this folder is private. */
export { getAufbereitungen, getExtrahierteAnlagen, getTexte } from './queries.ts';
