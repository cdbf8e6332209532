import { betrieb, bytes, entfaellt, hostile, inhalt, kopf, lesen, offen, test, ablage, type Kapitel } from './eintrag.ts';

const websocket = entfaellt('keine WebSockets'), graphql = entfaellt('kein GraphQL');
export const v04: Kapitel = { titel: 'Schnittstelle', eintraege: {
  '4.1.1': ['Content-Type passt und nennt den Zeichensatz', test(kopf('every kind of answer carries its headers'))],
  '4.1.2': ['Umleitung auf HTTPS nur für Menschen', offen('der Proxy leitet auch /api um (docs/betrieb/proxy)')],
  '4.1.3': ['Kopfzeilen des Proxys nicht zu fälschen', test(hostile('nobody names their own address or protocol'))],
  '4.2.1': ['Grenzen der Nachrichten eindeutig', test(hostile('two lengths, a length beside chunks'))],
  '4.3.1': ['GraphQL: Aufwand begrenzt', graphql],
  '4.3.2': ['GraphQL: keine Selbstauskunft', graphql],
  '4.4.1': ['WebSocket nur mit TLS', websocket],
  '4.4.2': ['WebSocket: Herkunft geprüft', websocket],
  '4.4.3': ['WebSocket: eigene Token', websocket],
  '4.4.4': ['WebSocket: Token aus der Sitzung', websocket],
} };
export const v05: Kapitel = { titel: 'Dateien', eintraege: {
  '5.1.1': ['Arten und Größen beschrieben', betrieb('modules/aufbereitung/README.md', 'Arten, Grenzen und Zustände; MAX_UPLOAD in konfiguration.md')],
  '5.2.1': ['Zu große Dateien abgelehnt', test(inhalt('too large and full are said in German'))],
  '5.2.2': ['Endung und Inhalt passen zueinander', offen('die Art wird am Inhalt erkannt und ein Widerspruch gezeigt; abgelehnt wird nichts, denn auch Auffälliges ist Schriftgut')],
  '5.2.3': ['Archive begrenzt', test(lesen('zip bombs end at the limits'), lesen('a mail with 1,000 attachments'))],
  '5.3.1': ['Hochgeladenes wird nie ausgeführt', test(inhalt('the download cannot become active'), ablage('nothing readable lies on the disk'))],
  '5.3.2': ['Pfade nie aus Dateinamen', test(bytes('a file name keeps no path'), ['modules/posteingang/tests/ordner.test.ts', 'a path that leaves the folder is none'])],
  '5.4.1': ['Dateiname im Content-Disposition', test(bytes('a download is inert'))],
  '5.4.2': ['Dateinamen kodiert', test(bytes('a download is inert'), inhalt('octet-stream and form arrive byte for byte'))],
  '5.4.3': ['Virenprüfung', offen('kein Virenprüfer angeschlossen')],
} };
