/** What pages of other modules may use of »posteingang«. */
export { AkteWahl, VorgangWahl, type AkteZiel } from './akte-wahl.tsx';
