import { betrieb, entfaellt, katalog, kanarie, matrix, schriftgut, test, type Beleg, type Kapitel } from './eintrag.ts';

export const v08: Kapitel = { titel: 'Berechtigung', eintraege: {
  '8.1.1': ['Rechtemodell beschrieben', betrieb('docs/adr/0011-rechtemodell.md', 'Rechte, Stufen, Schutzbereiche, Freigaben')],
  '8.1.2': ['Rechte an Feldern beschrieben', betrieb('docs/adr/0011-rechtemodell.md', 'wer nur sehen darf, sieht nichts vom Inhalt geschützter Klassen')],
  '8.2.1': ['Funktionen nur mit Recht', test(matrix('every route answers every Rolle'), ['platform/tests/contract.test.ts', 'without the Recht 403'])],
  '8.2.2': ['Objekte nur mit Recht', test(matrix('every route answers every Rolle'), schriftgut('list-is-check', 'what a list shows, what a check permits'))],
  '8.2.3': ['Felder nur mit Recht', test(['modules/protokoll/tests/verdeckung.test.ts', 'whatever is asked of any operation that reads'])],
  '8.3.1': ['Rechte auf dem Server geprüft', test(matrix('every route answers every Rolle'))],
  '8.4.1': ['Mandanten getrennt', test(katalog('every table keeps the promise of its class'), kanarie('no answer, log, metric'), ['platform/tests/canary-abbruch.test.ts', '20 Mandanten over 2 connections'])],
} };

const selbst = entfaellt('keine in sich geschlossenen Token: Sitzung und Zugangstoken sind Verweise, geprüft in der Datenbank');
export const v09: Kapitel = { titel: 'In sich geschlossene Token', eintraege: {
  '9.1.1': ['Unterschrift geprüft', selbst], '9.1.2': ['Nur erlaubte Verfahren', selbst], '9.1.3': ['Schlüssel aus fester Quelle', selbst],
  '9.2.1': ['Gültigkeit geprüft', selbst], '9.2.2': ['Art des Tokens geprüft', selbst], '9.2.3': ['Empfänger geprüft', selbst], '9.2.4': ['Empfänger eindeutig', selbst],
} };

const oauth: Beleg = entfaellt('kein OAuth und kein OpenID Connect');
export const v10: Kapitel = { titel: 'OAuth und OIDC', eintraege: {
  '10.1.1': ['Token nur, wo nötig', oauth], '10.1.2': ['Antwort gehört zur eigenen Anfrage', oauth],
  '10.2.1': ['Client: Schutz vor fremden Anfragen', oauth], '10.2.2': ['Client: keine Verwechslung der Server', oauth],
  '10.3.1': ['Empfänger des Tokens geprüft', oauth], '10.3.2': ['Umfang des Tokens beachtet', oauth], '10.3.3': ['Person eindeutig bestimmt', oauth], '10.3.4': ['Stärke der Anmeldung geprüft', oauth],
  '10.4.1': ['Rücksprung nur an bekannte Adressen', oauth], '10.4.2': ['Code nur einmal', oauth], '10.4.3': ['Code kurz gültig', oauth], '10.4.4': ['Nur nötige Verfahren', oauth], '10.4.5': ['Erneuerung gegen Wiederholung geschützt', oauth], '10.4.6': ['PKCE', oauth],
  '10.4.7': ['Selbst angemeldete Clients begrenzt', oauth], '10.4.8': ['Erneuerung läuft ab', oauth], '10.4.9': ['Token widerrufbar', oauth], '10.4.10': ['Client weist sich aus', oauth], '10.4.11': ['Nur nötiger Umfang', oauth],
  '10.5.1': ['ID-Token nicht wiederholbar', oauth], '10.5.2': ['Person aus sub', oauth], '10.5.3': ['Herausgeber geprüft', oauth], '10.5.4': ['ID-Token für diesen Client', oauth], '10.5.5': ['Abmeldung über Rückkanal geprüft', oauth],
  '10.6.1': ['Nur erlaubte Antwortarten', oauth], '10.6.2': ['Keine erzwungene Abmeldung', oauth],
  '10.7.1': ['Einwilligung eingeholt', oauth], '10.7.2': ['Einwilligung verständlich', oauth], '10.7.3': ['Einwilligung widerrufbar', oauth],
} };
