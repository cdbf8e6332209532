import type { VerlaufEreignis } from '#platform/server/extension.ts';

const n = (anzahl: number, eins: string, viele: string) => (anzahl === 1 ? eins : `${anzahl} ${viele}`);
const aenderung = ({ daten }: VerlaufEreignis) => {
  const feld = (daten.aenderungen as { feld: string }[] | undefined)?.map((a) => NAMEN[a.feld] ?? a.feld) ?? [];
  return feld.length ? `: ${feld.join(', ')}` : '';
};
const NAMEN: Record<string, string> = {
  kennzeichen: 'Kennzeichen', betreffKurz: 'Kurzbetreff', inhaltsangabe: 'Inhaltsangabe', aussonderungsart: 'Aussonderungsart', aufbewahrungsdauer: 'Aufbewahrungsdauer', vertraulichkeit: 'Vertraulichkeit',
  schutzklasse: 'Schutzklasse', abweichungsgruende: 'Gründe der Abweichung', querverweise: 'Querverweise', organisationseinheitId: 'Organisationseinheit', gueltigVon: 'gültig von', gueltigBis: 'gültig bis',
  bezeichnung: 'Bezeichnung', typ: 'Typ', versionsbezeichnung: 'Fassung', ebenen: 'Ebenen', muster: 'Aufbau', stand: 'Zählerstand',
};

/** What the history says of this module's Ereignisse. */
export const verlaufstexte: Record<string, (e: VerlaufEreignis) => string> = {
  'aktenplan.angelegt': ({ daten }) => `hat den Aktenplan „${daten.bezeichnung}“, Fassung ${daten.versionsbezeichnung}, angelegt`,
  'aktenplan.geaendert': (e) => `hat den Aktenplan geändert${aenderung(e)}`,
  'aktenplan.importiert': ({ daten }) => `hat den Aktenplan aus „${daten.dateiname}“ übernommen: ${daten.neu} neu, ${daten.geaendert} geändert`,
  'aktenplaneinheit.angelegt': ({ daten }) => (daten.anzahl === 1 ? `hat die Aktenplaneinheit ${daten.kennzeichen?.[0] ?? ''} angelegt` : `hat ${daten.anzahl} Aktenplaneinheiten angelegt`),
  'aktenplaneinheit.geaendert': (e) => `hat die Aktenplaneinheit ${e.daten.kennzeichen ?? ''} geändert${aenderung(e)}`,
  'aktenplaneinheit.stillgelegt': ({ daten }) => `hat ${n(daten.anzahl, `die Aktenplaneinheit ${daten.kennzeichen}`, 'Aktenplaneinheiten')} stillgelegt: ${daten.grund}`,
  'aktenplaneinheit.reaktiviert': ({ daten }) => `hat die Stilllegung der Aktenplaneinheit ${daten.kennzeichen} aufgehoben`,
  'aktenplaneinheit.geloescht': ({ daten }) => `hat die leere Aktenplaneinheit ${daten.kennzeichen} gelöscht`,
  'aktenplaneinheiten.zusammengefuehrt': ({ daten }) => `hat ${n(daten.quellen.length, `die Aktenplaneinheit ${daten.quellen[0]}`, 'Aktenplaneinheiten')} in ${daten.ziel} aufgehen lassen: ${daten.grund}`,
  'aktenzeichenregel.geaendert': ({ daten }) => `hat die Regel für Aktenzeichen geändert, zum Beispiel ${daten.aenderungen?.[0]?.neu}`,
  'aktenzeichenzaehler.geaendert': ({ daten }) => `hat den Zählerstand von ${daten.aenderungen?.[0]?.alt} auf ${daten.aenderungen?.[0]?.neu} gesetzt: ${daten.grund}`,
  'aktenzeichen.manuell_vergeben': ({ daten }) => `hat das Aktenzeichen ${daten.aktenzeichen} von Hand vergeben: ${daten.grund}`,
  'aktenzeichen.uebernommen': ({ daten }) => `hat das frühere Aktenzeichen ${daten.aktenzeichen} übernommen`,
};
