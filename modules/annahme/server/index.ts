/** What other modules may use of »annahme«. Everything else in this folder is private. */
export type { AnschlussId, SendungId } from '../contract.ts';
