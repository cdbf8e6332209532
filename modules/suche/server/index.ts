/** What other modules may use of »suche«. They register at the extension point `suchobjekt`; everything else in this folder is private. */
export { folgeSchutz } from './indexieren.ts';
/** Words of a text in one spelling and without inflection, for who learns from texts. */
export { falte } from './analyse/falten.ts';
export { stamm } from './analyse/stamm.ts';
export { istStoppwort } from './analyse/stoppwoerter.ts';
