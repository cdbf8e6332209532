import { anmeldung, betrieb, betriebstest, entfaellt, hostile, kanarie, konfiguration, konverter, matrix, of, offen, quellen, test, transaktion, type Kapitel } from './eintrag.ts';

export const v15: Kapitel = { titel: 'Entwicklung und Aufbau', eintraege: {
  '15.1.1': ['Fristen für Aktualisierungen beschrieben', offen('SECURITY.md nennt Antwortzeiten, keine Fristen für Abhängigkeiten')],
  '15.1.2': ['Verzeichnis der Abhängigkeiten', betrieb('package-lock.json', 'feste Fassungen mit Prüfsummen; eine Stückliste (SBOM) wird nicht eigens erzeugt')],
  '15.1.3': ['Aufwendiges beschrieben', betrieb('modules/aufbereitung/README.md', 'Umwandlung und Texterkennung laufen als Aufträge mit Grenzen; Leistung in docs/betrieb/leistung.md')],
  '15.2.1': ['Abhängigkeiten aktuell', offen('keine selbsttätige Prüfung auf bekannte Schwachstellen')],
  '15.2.2': ['Aufwendiges hält niemanden auf', test(transaktion('one Mandant holds half of the connections'), of('platform/tests/jobs.test.ts')('long work never holds all places'), konverter('a converter that hangs'))],
  '15.2.3': ['Im Betrieb nur Nötiges', test(betriebstest('fills in no demo'))],
  '15.3.1': ['Nur nötige Felder in Antworten', test(matrix('every route answers every Rolle'), of('modules/protokoll/tests/verdeckung.test.ts')('whatever is asked of any operation that reads'))],
  '15.3.2': ['Keinen Weiterleitungen folgen', test(quellen('the server calls nobody'))],
  '15.3.3': ['Nur vorgesehene Felder werden geschrieben', offen('Schemata lassen Unbekanntes fallen; kein eigener Test über alle Operationen')],
  '15.3.4': ['Adresse des Benutzers stimmt', test(hostile('nobody names their own address or protocol'), anmeldung('guessing at many accounts from one address'))],
  '15.3.5': ['Typen streng geprüft', test(of('platform/tests/contract.test.ts')('a body that is none 422'))],
  '15.3.6': ['Keine Verunreinigung der Prototypen', test(hostile('names that would reach into every object'))],
  '15.3.7': ['Doppelte Angaben verwirren nicht', test(hostile('the same field twice is not one of them'))],
} };
export const v16: Kapitel = { titel: 'Protokoll und Fehler', eintraege: {
  '16.1.1': ['Protokolle beschrieben', betrieb('docs/betrieb/protokoll-format.md', 'Protokoll der Verwaltung; Protokollzeilen des Dienstes in installation.md')],
  '16.2.1': ['Wer, wann, was, wo', test(of('modules/schriftgut/tests/ereignis.contract.test.ts')('every writing operation names all it changed'), of('modules/protokoll/tests/verlauf.test.ts')('the history says in German who did what when'))],
  '16.2.2': ['Zeiten in UTC', test(of('modules/protokoll/tests/sprache.unit.test.ts')('a time is stored in UTC'))],
  '16.2.3': ['Protokolle nur an beschriebene Orte', betrieb('docs/betrieb/installation.md', 'Standardausgabe ins Journal; Ereignisse in der Datenbank')],
  '16.2.4': ['Maschinenlesbar und verknüpfbar', test(of('platform/tests/spuren.test.ts')('a request is followed to a collector'))],
  '16.2.5': ['Keine Geheimnisse und Inhalte', test(kanarie('no answer, log, metric'), anmeldung('recorded in the Verbund without what was typed'), konfiguration('a secret never stands in a message'))],
  '16.3.1': ['Anmeldungen aufgezeichnet', test(anmeldung('a failed login is recorded in the Verbund'))],
  '16.3.2': ['Verweigerte Zugriffe aufgezeichnet', offen('Protokollzeile mit Status, Route und Mandant, ohne die Person; kein eigener Test')],
  '16.3.3': ['Umgehungsversuche aufgezeichnet', offen('gebremste Anmeldungen und abgelehnte Anfragen stehen nur als Status in der Protokollzeile')],
  '16.3.4': ['Unerwartete Fehler aufgezeichnet', test(of('platform/tests/edge.test.ts')('the log has the reason, the answer has not'))],
  '16.4.1': ['Kein Einschleusen in Protokolle', offen('pino schreibt JSON und kodiert Zeilenumbrüche; kein eigener Test')],
  '16.4.2': ['Protokoll unveränderlich', test(of('modules/protokoll/tests/versiegeln.test.ts')('an Ereignis and its seal are append-only'), of('modules/protokoll/tests/pruefung.test.ts')('a foreign signature, a shortened protocol'))],
  '16.4.3': ['Protokolle auf einem anderen System', betrieb('docs/betrieb/protokoll-format.md', 'Ausgabe zur Aufbewahrung anderswo; das Journal leitet der Betrieb weiter')],
  '16.5.1': ['Fehlermeldung ohne Inneres', test(of('platform/tests/edge.test.ts')('the log has the reason, the answer has not'))],
  '16.5.2': ['Ausfall anderer Dienste verkraftet', test(of('platform/tests/haeuser.test.ts')('a house that does not answer in time'), of('apps/server/tests/start.test.ts')('a worker, a server or a database that dies comes back'))],
  '16.5.3': ['Fehler öffnen nichts', test(transaktion('an error rolls back'), of('modules/protokoll/tests/lesezugriffe.test.ts')('what cannot be recorded is not shown'))],
} };

const webrtc = entfaellt('kein WebRTC');
export const v17: Kapitel = { titel: 'WebRTC', eintraege: {
  '17.1.1': ['TURN nur zu öffentlichen Adressen', webrtc],
  '17.2.1': ['DTLS-Schlüssel geschützt', webrtc], '17.2.2': ['DTLS-Verfahren anerkannt', webrtc], '17.2.3': ['SRTP geprüft', webrtc], '17.2.4': ['Fehlerhaftes SRTP verkraftet', webrtc],
  '17.3.1': ['Signalisierung hält Fluten aus', webrtc], '17.3.2': ['Signalisierung hält Fehlerhaftes aus', webrtc],
} };
