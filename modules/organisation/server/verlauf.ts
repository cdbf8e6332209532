import type { VerlaufEreignis } from '#platform/server/extension.ts';

type Text = (e: VerlaufEreignis) => string;
const felder: Record<string, string> = {
  parent_id: 'Einordnung', kennzeichen: 'Kennzeichen', bezeichnung: 'Bezeichnung', kuerzel: 'Kürzel', ordnung: 'Reihenfolge', gueltig_ab: 'Beginn der Gültigkeit', gueltig_bis: 'Ende der Gültigkeit', titel: 'Titel', vorname: 'Vorname', nachname: 'Nachname', funktion: 'Funktion',
  email: 'E-Mail', telefon: 'Telefon', beschreibung: 'Beschreibung', name: 'Name', farbe: 'Farbe', behoerdenkennung: 'Behördenkennung', ars: 'Regionalschlüssel', zeitzone: 'Zeitzone', aktiv: 'Betrieb', gesperrt: 'Sperre',
};
const wert = (x: unknown) => (x === null || x === '' ? 'leer' : typeof x === 'boolean' ? (x ? 'ja' : 'nein') : `„${String(x)}“`);
const aenderungen = ({ daten }: VerlaufEreignis) => {
  const alle = (daten.aenderungen ?? []) as { feld: string; alt: unknown; neu: unknown }[];
  const texte = alle.map(({ feld, alt, neu }) => (feld === 'parent_id' ? felder[feld]! : `${felder[feld] ?? feld} von ${wert(alt)} in ${wert(neu)}`));
  return texte.length ? `: ${texte.join(', ')}` : '';
};
const namen = (liste: { kennzeichen?: string; bezeichnung: string; leitung?: boolean }[] = []) => liste.map((x) => `${x.kennzeichen ? `${x.kennzeichen} ` : ''}${x.bezeichnung}${x.leitung ? ' (Leitung)' : ''}`).join(', ');
const dazuWeg = ({ daten }: VerlaufEreignis, was: string) =>
  [daten.dazu?.length ? `hat ${was} ${namen(daten.dazu)} zugewiesen` : '', daten.weg?.length ? `${daten.dazu?.length ? '' : 'hat '}${was} ${namen(daten.weg)} entzogen` : ''].filter(Boolean).join(' und ');
const rechte = ({ daten }: VerlaufEreignis) => [daten.dazu?.length ? `; dazu ${daten.dazu.join(', ')}` : '', daten.weg?.length ? `; weg ${daten.weg.join(', ')}` : ''].join('');

/** What the history says of this module's Ereignisse, in plain German. */
export const verlaufstexte: Record<string, Text> = {
  'mandant.aufgenommen': ({ daten }) => `hat ${daten.name} (${daten.kuerzel}) in den Verbund aufgenommen`,
  'mandant.eingerichtet': () => 'hat die Verwaltung eingerichtet',
  'mandant.geaendert': (e) => `hat die Verwaltung geändert${aenderungen(e)}`,
  'organisationseinheit.angelegt': ({ daten }) => `hat die Organisationseinheit ${daten.kennzeichen} ${daten.bezeichnung} angelegt`,
  'organisationseinheit.geaendert': (e) => `hat die Organisationseinheit geändert${aenderungen(e)}`,
  'benutzer.angelegt': () => 'hat den Zugang angelegt',
  'benutzer.geaendert': (e) => `hat die Person geändert${aenderungen(e)}`,
  'benutzer.gesperrt': () => 'hat den Zugang gesperrt',
  'benutzer.entsperrt': () => 'hat den Zugang entsperrt',
  'benutzer.passwort_geaendert': () => 'hat das Kennwort geändert',
  'benutzer.passwort_zurueckgesetzt': () => 'hat ein Einmalkennwort vergeben',
  'benutzer.rollen_zugewiesen': (e) => dazuWeg(e, 'die Rollen'),
  'benutzer.zugeordnet': (e) => dazuWeg(e, 'die Organisationseinheiten'),
  'rolle.angelegt': ({ daten }) => `hat die Rolle „${daten.bezeichnung}“ angelegt`,
  'rolle.geaendert': (e) => `hat die Rolle geändert${aenderungen(e)}${rechte(e)}`,
  'zugangstoken.angelegt': ({ daten }) => `hat das Zugangstoken „${daten.name}“ für ${daten.tage} Tage angelegt`,
  'zugangstoken.widerrufen': () => 'hat das Zugangstoken widerrufen',
  'anmeldung.erfolgt': () => 'hat sich angemeldet',
  'anmeldung.fehlgeschlagen': ({ daten }) => `– Anmeldung gescheitert${daten.grund === 'gesperrt' ? ', weil das Konto gesperrt ist' : daten.grund === 'kein_zugang' ? ', weil kein Zugang zu dieser Verwaltung besteht' : daten.grund === 'kennwortwechsel' ? ' beim Wechsel des Kennworts' : ''}`,
  'sitzung.beendet': () => 'hat eine Sitzung beendet',
  'sitzung.gewechselt': () => 'hat in eine andere Verwaltung gewechselt',
};
