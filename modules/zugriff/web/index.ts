/** What other modules may use of the web of »zugriff«. */
export { Umzugsfolgen } from './umzug.tsx';
