import type { VerlaufEreignis } from '#platform/server/extension.ts';

type Text = (e: VerlaufEreignis) => string;
const namen = (liste: { kennzeichen?: string; bezeichnung: string; leitung?: boolean }[] = []) => liste.map((x) => `${x.kennzeichen ? `${x.kennzeichen} ` : ''}${x.bezeichnung}${x.leitung ? ' (Leitung)' : ''}`).join(', ');
const dazuWeg = ({ daten: { dazu = [], weg = [] } }: VerlaufEreignis, eine: string, viele: string) => {
  const was = (liste: { bezeichnung: string }[]) => `${liste.length === 1 ? eine : viele} ${namen(liste)}`;
  return [dazu.length ? `hat ${was(dazu)} zugewiesen` : '', weg.length ? `${dazu.length ? '' : 'hat '}${was(weg)} entzogen` : ''].filter(Boolean).join(' und ');
};
const rechte = ({ daten: { dazu = [], weg = [], namen: rechtnamen = {} } }: VerlaufEreignis) => {
  const liste = (welche: string[]) => welche.map((recht) => `„${rechtnamen[recht] ?? recht}“`).join(', ');
  return `${dazu.length ? `; dazu ${liste(dazu)}` : ''}${weg.length ? `; weg ${liste(weg)}` : ''}`;
};

/** What the history says of this module's Ereignisse, in plain German. */
export const verlaufstexte: Record<string, Text> = {
  'mandant.aufgenommen': ({ daten }) => `hat ${daten.name} (${daten.kuerzel}) in den Verbund aufgenommen`,
  'mandant.eingerichtet': () => 'hat die Verwaltung eingerichtet',
  'mandant.geaendert': () => 'hat den Mandanten geändert',
  'organisationseinheit.angelegt': ({ daten }) => `hat die Organisationseinheit ${daten.kennzeichen} ${daten.bezeichnung} angelegt`,
  'organisationseinheit.geaendert': () => 'hat die Organisationseinheit geändert',
  'benutzer.angelegt': () => 'hat den Zugang angelegt',
  'benutzer.geaendert': () => 'hat die Person geändert',
  'benutzer.gesperrt': () => 'hat den Zugang gesperrt',
  'benutzer.entsperrt': () => 'hat den Zugang entsperrt',
  'benutzer.passwort_geaendert': () => 'hat das Kennwort geändert',
  'benutzer.passwort_zurueckgesetzt': () => 'hat ein Einmalkennwort vergeben',
  'benutzer.rollen_zugewiesen': (e) => dazuWeg(e, 'die Rolle', 'die Rollen'),
  'benutzer.zugeordnet': (e) => dazuWeg(e, 'die Organisationseinheit', 'die Organisationseinheiten'),
  'rolle.angelegt': ({ daten }) => `hat die Rolle „${daten.bezeichnung}“ angelegt`,
  'rolle.matrix_ausgegeben': ({ daten }) => `hat die Übersicht der Rollen und Rechte als ${daten.format === 'pdf' ? 'PDF' : 'XLSX'} ausgegeben`,
  'rolle.geaendert': (e) => `hat die Rolle geändert${rechte(e)}`,
  'zugangstoken.angelegt': ({ daten }) => `hat das Zugangstoken „${daten.name}“ für ${daten.tage} Tage angelegt`,
  'zugangstoken.widerrufen': () => 'hat das Zugangstoken widerrufen',
  'anmeldung.erfolgt': () => 'hat sich angemeldet',
  'anmeldung.fehlgeschlagen': ({ daten }) => `– Anmeldung gescheitert${daten.grund === 'gesperrt' ? ', weil das Konto gesperrt ist' : daten.grund === 'kein_zugang' ? ', weil kein Zugang zu dieser Verwaltung besteht' : daten.grund === 'kennwortwechsel' ? ' beim Wechsel des Kennworts' : ''}`,
  'sitzung.beendet': ({ daten }) => (daten.anzahl > 1 ? `hat ${daten.anzahl} Sitzungen beendet` : 'hat eine Sitzung beendet'),
  'sitzung.gewechselt': () => 'hat in eine andere Verwaltung gewechselt',
};
