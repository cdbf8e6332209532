import { katalog, mehrzahl, zahl } from '#platform/web/text.ts';

export const t = katalog({
  stand: ['Aufbereitung', 'Preparation'], schritte: ['Schritte', 'Steps'], nochmal: ['Erneut versuchen', 'Try again'],
  laeuft: ['Die Datei wird gelesen …', 'The file is being read …'], wirdPdf: ['Die Ansicht wird vorbereitet …', 'The view is being prepared …'],
  gelesen: [(n: number) => `gelesen, ${mehrzahl(n, 'Seite', 'Seiten')}`, (n: number) => `read, ${mehrzahl(n, 'page', 'pages')}`], fertig: ['gelesen', 'read'],
  gescheitert: [(n: number) => mehrzahl(n, 'Schritt fehlgeschlagen', 'Schritte fehlgeschlagen'), (n: number) => mehrzahl(n, 'step failed', 'steps failed')],
  erkennt: [(n: number, von: number) => `Text wird erkannt: Seite ${zahl(n)} von ${zahl(von)}`, (n: number, von: number) => `Recognising text: page ${zahl(n)} of ${zahl(von)}`],
  'status.offen': ['wartet', 'waiting'], 'status.laeuft': ['läuft', 'running'], 'status.fertig': ['fertig', 'done'], 'status.nicht_noetig': ['nicht nötig', 'not needed'], 'status.fehlgeschlagen': ['fehlgeschlagen', 'failed'],
  'schritt.typ': ['Format erkennen', 'Find format'], 'schritt.text': ['Text lesen', 'Read text'], 'schritt.ocr': ['Text auf Bildern erkennen', 'Recognise text'], 'schritt.vorschau': ['Seitenbilder', 'Page images'], 'schritt.rendition': ['Ansicht als PDF', 'View as PDF'],
  nichtGelesen: ['Nicht lesbare Dokumente', 'Unreadable documents'],
  keineAnsicht: ['Für diese Datei gibt es keine Ansicht. Das Original lässt sich herunterladen.', 'There is no view of this file. The original can be downloaded.'],
});
