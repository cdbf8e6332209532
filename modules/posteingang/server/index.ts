/** What other modules may use of »posteingang«. Everything else in this folder is private. */
export { createEingang, insertEingang, type NeuerEingang } from './commands.ts';
export { eingangPolicy } from './policy.ts';
