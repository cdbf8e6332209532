import { listBenutzerMitRecht } from '#modules/organisation/server/index.ts';
import type { Benachrichtigungsanlass } from '#platform/server/extension.ts';
import type { ReadTx } from '#platform/server/tx.ts';

const SAETZE: Readonly<Record<string, string>> = {
  'einsicht.beantragt': 'Einsicht in Lesezugriffe beantragt', 'einsicht.bewilligt': 'Einsicht in Lesezugriffe bewilligt', 'einsicht.abgelehnt': 'Einsicht in Lesezugriffe abgelehnt oder zurückgezogen',
  'lesezugriffe.eingesehen': 'Lesezugriffe wurden eingesehen',
};
const tell = async (tx: ReadTx, rechte: readonly string[], satz: string, pfad: string) => [...new Set((await Promise.all(rechte.map((recht) => listBenutzerMitRecht(tx, recht)))).flat())].map((benutzerId) => ({ benutzerId, satz, pfad }));

export const anlaesse: Benachrichtigungsanlass[] = [
  // About what or whom stands on the page, not in a message that leaves the house.
  { schluessel: 'einsicht', titel: 'Jemand beantragt, entscheidet oder nimmt Einsicht in Lesezugriffe', vorgabe: 'postfach', ereignisse: Object.keys(SAETZE), create: (tx, { art }) => tell(tx, ['einsicht.erfahren'], SAETZE[art]!, '/revision/lesezugriffe') },
  { schluessel: 'protokoll.veraenderung', titel: 'Eine Prüfung findet eine Veränderung am Protokoll', vorgabe: 'sofort', ereignisse: ['protokoll.veraenderung_gefunden'], create: (tx) => tell(tx, ['protokoll.pruefen', 'einsicht.erfahren'], 'Die Prüfung des Protokolls hat eine Veränderung gefunden', '/verwaltung/protokoll/pruefung') },
  { schluessel: 'lesezugriffe.veraenderung', titel: 'Eine Prüfung findet eine Veränderung an den Lesezugriffen', vorgabe: 'sofort', ereignisse: ['lesezugriffe.veraenderung_gefunden'], create: (tx) => tell(tx, ['lesezugriff.einsehen', 'einsicht.erfahren'], 'Die Prüfung der Lesezugriffe hat eine Veränderung gefunden', '/revision/lesezugriffe') },
];
