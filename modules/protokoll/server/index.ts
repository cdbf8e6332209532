/** For the restore of a backup, which verifies what it has brought back. */
export { verifyBestand } from './nachweis.ts';
