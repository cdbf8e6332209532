/** What other modules may use of »suche«. They register at the extension point `suchobjekt`; everything else in this folder is private. */
export { folgeSchutz } from './indexieren.ts';
