/** What pages of other modules may use of »organisation«. */
export { OrganisationseinheitWahl, useEinheiten, type Einheit } from './einheiten.tsx';
export { Nur } from './nur.tsx';
export { BenutzerWahl } from './personenwahl.tsx';
export { Verlauf } from './verlauf.tsx';
export type { Gebiet } from './vertretung/umfang.tsx';
export { Zweiteilig } from './zweiteilig.tsx';
