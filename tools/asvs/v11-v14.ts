import { ablage, betrieb, betriebstest, entfaellt, hostile, kanarie, katalog, konfiguration, konverter, kopf, of, offen, passwort, quellen, test, type Kapitel } from './eintrag.ts';

const proxy = (text: string) => betrieb('docs/betrieb/proxy/nginx.conf', text);
export const v11: Kapitel = { titel: 'Kryptographie', eintraege: {
  '11.1.1': ['Umgang mit Schlüsseln beschrieben', betrieb('docs/betrieb/ablage-format.md', 'Hauptschlüssel, Schlüssel je Mandant und je Objekt, Wechsel')],
  '11.1.2': ['Verzeichnis der Verfahren', betrieb('docs/betrieb/ablage-format.md', 'Ablage; das Protokoll in protokoll-format.md')],
  '11.2.1': ['Geprüfte Bibliotheken', test(quellen('hashes and ciphers are those of Node'))],
  '11.2.2': ['Verfahren und Schlüssel austauschbar', test(ablage('the main key: a new one takes over'), ablage('rotation keeps old content readable'))],
  '11.2.3': ['128 Bit Sicherheit', test(quellen('hashes and ciphers are those of Node'))],
  '11.3.1': ['Kein ECB, kein schwaches Auffüllen', test(quellen('hashes and ciphers are those of Node'))],
  '11.3.2': ['Nur AES-GCM und Gleichwertiges', test(quellen('hashes and ciphers are those of Node'))],
  '11.3.3': ['Verändertes wird erkannt', test(ablage('a changed, cut, lengthened'))],
  '11.4.1': ['Kein MD5, kein SHA-1', test(quellen('hashes and ciphers are those of Node'))],
  '11.4.2': ['Kennwörter mit scrypt', test(passwort('a hash verifies its password'))],
  '11.4.3': ['Hashes mit 256 Bit', test(quellen('hashes and ciphers are those of Node'), of('modules/protokoll/tests/merkle.unit.test.ts')('the growing tree has the root'))],
  '11.4.4': ['Schlüssel aus Kennwörtern gestreckt', entfaellt('kein Schlüssel entsteht aus einem Kennwort')],
  '11.5.1': ['Zufall aus dem Betriebssystem', test(quellen('chance is never Math.random'))],
  '11.6.1': ['Nur anerkannte Unterschriften (Ed25519)', test(of('modules/protokoll/tests/versiegeln.test.ts')('checkpoints are chained and signed'))],
} };
export const v12: Kapitel = { titel: 'Übertragung', eintraege: {
  '12.1.1': ['Nur TLS 1.2 und 1.3', proxy('ssl_protocols')],
  '12.1.2': ['Nur empfohlene Verfahren', proxy('Vorgabe von nginx; wer strengere Vorgaben hat, setzt ssl_ciphers')],
  '12.1.3': ['Zertifikate von Clients geprüft', entfaellt('keine Anmeldung mit Zertifikat')],
  '12.2.1': ['Nach außen nur TLS', proxy('Umleitung auf 443; der Dienst hört auf 127.0.0.1')],
  '12.2.2': ['Anerkannte Zertifikate', betrieb('docs/betrieb/installation.md', 'Abschnitt Proxy und TLS')],
  '12.3.1': ['Alle Verbindungen verschlüsselt', betrieb('docs/betrieb/installation.md', 'sslmode=verify-full für eine entfernte Datenbank, s3 und smtps mit TLS; auf derselben Maschine ohne')],
  '12.3.2': ['Zertifikate der Gegenseite geprüft', test(quellen('certificates are always verified'))],
  '12.3.3': ['TLS zwischen eigenen Diensten', betrieb('docs/betrieb/installation.md', 'Server und Worker sprechen nur über die Datenbank miteinander; der Proxy steht auf derselben Maschine')],
  '12.3.4': ['Eigene Zertifikate nur von eigener Stelle', betrieb('docs/betrieb/installation.md', 'sslrootcert in der Adresse der Datenbank')],
} };
export const v13: Kapitel = { titel: 'Konfiguration', eintraege: {
  '13.1.1': ['Verbindungen beschrieben', betrieb('docs/betrieb/installation.md', 'hinaus geht nur, was SMTP_URL, ABLAGE_URL, SPUREN_URL und die Datenbank nennen')],
  '13.2.1': ['Dienste weisen sich aus', betrieb('docs/betrieb/installation.md', 'eigene Rollen der Datenbank mit Kennwort je Dienst; kurzlebige Zugänge setzt die Datenbank voraus')],
  '13.2.2': ['Geringste Rechte der Dienste', test(katalog('the app role owns nothing'), betriebstest('an app role that is owner, superuser'))],
  '13.2.3': ['Keine Vorgabekennwörter der Dienste', test(betriebstest('datenbank-rollen prints the SQL'), konfiguration('a missing key is refused by name'))],
  '13.2.4': ['Liste erlaubter Ziele', test(quellen('the server calls nobody'))],
  '13.2.5': ['Server lädt nur von erlaubten Stellen', test(quellen('the server calls nobody'), konverter('it sees nothing of the server'))],
  '13.3.1': ['Geheimnisse getrennt verwahrt', offen('Schlüsseldatei und Umgebung mit Rechten des Dateisystems; kein Tresor')],
  '13.3.2': ['Geheimnisse nur, wer sie braucht', test(ablage('the key file is made once, for its owner alone'))],
  '13.4.1': ['Kein .git von außen', test(kopf('nothing of the program is served'))],
  '13.4.2': ['Keine Fehlersuche im Betrieb', test(of('platform/tests/edge.test.ts')('the log has the reason, the answer has not'))],
  '13.4.3': ['Keine Verzeichnislisten', test(kopf('nothing of the program is served'))],
  '13.4.4': ['Kein TRACE', test(hostile('methods that nobody declared'))],
  '13.4.5': ['Messwerte nicht öffentlich', test(betriebstest('server and worker run, are ready, measured'))],
} };
export const v14: Kapitel = { titel: 'Datenschutz', eintraege: {
  '14.1.1': ['Schutzklassen der Daten', betrieb('docs/adr/0011-rechtemodell.md', 'geschützte Klassen, VS-NfD')],
  '14.1.2': ['Anforderungen je Schutzklasse', betrieb('docs/adr/0011-rechtemodell.md', 'Zugriff, Nachweis der Einsicht, Protokoll')],
  '14.2.1': ['Keine Geheimnisse in Adressen', offen('Sitzung und Token stehen nie in Adressen; Suchwörter schon, und kein Test prüft es. Das eigene Protokoll schreibt nur die Route')],
  '14.2.2': ['Nichts in Zwischenspeichern des Servers', test(kanarie('no answer, log, metric'), kopf('every kind of answer carries its headers'))],
  '14.2.3': ['Nichts an Dritte', test(kopf('no page breaks the CSP'))],
  '14.2.4': ['Schutz wie beschrieben umgesetzt', test(of('modules/protokoll/tests/verdeckung.test.ts')('whatever is asked of any operation that reads'), of('platform/tests/gelesen.test.ts')('every answer that tells of a protected object'))],
  '14.3.1': ['Nach dem Abmelden ist der Browser leer', test(kopf('after logging out the browser is empty'))],
  '14.3.2': ['Antworten nicht zwischengespeichert', test(kopf('every kind of answer carries its headers'), of('modules/ablage/tests/http.test.ts')('the download cannot become active'))],
  '14.3.3': ['Nichts Schützenswertes im Browserspeicher', offen('wird eine Sitzung mitten im Ausfüllen beendet, bleibt das Formular bis zur Anmeldung im sessionStorage des Fensters')],
} };
