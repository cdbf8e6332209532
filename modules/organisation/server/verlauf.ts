import type { VerlaufEreignis } from '#platform/server/extension.ts';

const GRUENDE: Record<string, string> = { gesperrt: ', weil das Konto gesperrt ist', kein_zugang: ', weil es keinen Zugang zu dieser Verwaltung gibt', kennwortwechsel: ' beim Wechsel des Kennworts' };

/** What each Ereignis of this module says in a history, after the name of who did it. */
export const verlaufstexte: Record<string, (e: VerlaufEreignis) => string> = {
  'anmeldung.erfolgt': () => 'hat sich angemeldet',
  'anmeldung.fehlgeschlagen': ({ daten }) => `– Anmeldung fehlgeschlagen${GRUENDE[daten.grund as string] ?? ', weil das Kennwort nicht stimmte'}`,
  'sitzung.gewechselt': () => 'hat zu einer anderen Verwaltung gewechselt',
  'sitzung.beendet': () => 'hat sich abgemeldet oder eine Sitzung beendet',
  'benutzer.angelegt': ({ daten }) => `hat einen Zugang für ${daten.nachname} angelegt`,
  'benutzer.geaendert': () => 'hat die Angaben einer Person geändert',
  'benutzer.gesperrt': () => 'hat einen Zugang gesperrt',
  'benutzer.entsperrt': () => 'hat einen Zugang entsperrt',
  'benutzer.passwort_geaendert': () => 'hat das eigene Kennwort geändert',
  'benutzer.passwort_zurueckgesetzt': () => 'hat ein Kennwort zurückgesetzt',
  'benutzer.rollen_zugewiesen': () => 'hat Rollen geändert',
  'benutzer.zugeordnet': () => 'hat die Zuordnung zu Organisationseinheiten geändert',
  'zugangstoken.angelegt': ({ daten }) => `hat das Zugangstoken „${daten.name}“ angelegt`,
  'zugangstoken.widerrufen': () => 'hat ein Zugangstoken widerrufen',
  'mandant.aufgenommen': ({ daten }) => `hat „${daten.name}“ in den Verbund aufgenommen`,
  'mandant.eingerichtet': () => 'hat die Verwaltung eingerichtet',
  'mandant.geaendert': () => 'hat die Angaben der Verwaltung geändert',
  'organisationseinheit.angelegt': ({ daten }) => `hat die Organisationseinheit ${daten.kennzeichen} ${daten.bezeichnung} angelegt`,
  'organisationseinheit.geaendert': () => 'hat eine Organisationseinheit geändert',
  'rolle.angelegt': ({ daten }) => `hat die Rolle „${daten.bezeichnung}“ angelegt`,
  'rolle.geaendert': () => 'hat eine Rolle geändert',
};
