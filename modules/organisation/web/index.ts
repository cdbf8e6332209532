/** What pages of other modules may use of »organisation«. */
export { OrganisationseinheitWahl, useEinheiten, type Einheit } from './einheiten.tsx';
export { BenutzerWahl } from './personenwahl.tsx';
export { Zweiteilig } from './zweiteilig.tsx';
