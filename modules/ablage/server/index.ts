/** What other modules may use of »ablage«. Everything else in this folder is private. */
export { attachInhalt, createHochgeladen, deleteAbgeleitete, saveInhalt, type AngehaengterInhalt } from './commands.ts';
export { cleanDateiname } from './inhalt.ts';
export { toError as sperreAlsFehler } from './schadsoftware/sperre.ts';
export { authorizeInhalt, getInhalte, openInhalt, type Inhalt } from './queries.ts';
export { deleteInhalte } from './vernichten.ts';
