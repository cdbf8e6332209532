/** What pages of other modules may use of »organisation«, and the place beside a person's name. */
declare module '#platform/web/module.ts' {
  interface Slots {
    /** A page about a person, reached from theirs. */
    'benutzer.aktion': { pfad(id: string): string; titel: () => string };
  }
}
export { OrganisationseinheitWahl, useEinheiten, type Einheit } from './einheiten.tsx';
export { Geheimnis } from './einmalkennwort.tsx';
export { Nur } from './nur.tsx';
export { BenutzerWahl } from './personenwahl.tsx';
export { Verlauf } from './verlauf.tsx';
export type { Gebiet } from './vertretung/umfang.tsx';
export { Zweiteilig } from './zweiteilig.tsx';
export { Vertretungen } from './vertretung/tafel.tsx';
