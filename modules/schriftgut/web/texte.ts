import { katalog, mehrzahl } from '#platform/web/text.ts';
import type { Dokumentart, Medium, Status } from '../contract.ts';

export const t = katalog({
  akten: ['Akten', 'Files'], akte: ['Akte', 'File'], vorgang: ['Vorgang', 'Case'], dokument: ['Dokument', 'Document'], teilakte: ['Teilakte', 'Part'], anlage: ['Anlage', 'Enclosure'],
  nAkten: [(n: number) => mehrzahl(n, 'Akte', 'Akten'), (n: number) => mehrzahl(n, 'file', 'files')], nVorgaenge: [(n: number) => mehrzahl(n, 'Vorgang', 'Vorgänge'), (n: number) => mehrzahl(n, 'case', 'cases')],
  nDokumente: [(n: number) => mehrzahl(n, 'Dokument', 'Dokumente'), (n: number) => mehrzahl(n, 'document', 'documents')], nTeilakten: [(n: number) => mehrzahl(n, 'Teilakte', 'Teilakten'), (n: number) => mehrzahl(n, 'part', 'parts')],
  nAnlagen: [(n: number) => mehrzahl(n, 'Anlage', 'Anlagen'), (n: number) => mehrzahl(n, 'enclosure', 'enclosures')],
  aktenzeichen: ['Aktenzeichen', 'Reference'], kennzeichen: ['Kennzeichen', 'Number'], betreff: ['Betreff', 'Subject'], einheit: ['Aktenplan', 'Filing plan'], federfuehrung: ['Federführung', 'Responsible unit'],
  aktenfuehrung: ['Aktenführung', 'Record keeping'], bearbeitung: ['Bearbeitung', 'In charge'], stand: ['Stand', 'State'], geaendert: ['Geändert', 'Changed'], angelegt: ['Angelegt', 'Created'], art: ['Art', 'Kind'], vonAn: ['Von, an', 'From, to'],
  datum: ['Datum', 'Date'], fassung: ['Fassung', 'Version'], typ: ['Typ', 'Type'], bemerkung: ['Bemerkung', 'Remark'], medium: ['Medium', 'Medium'], standort: ['Standort der Papierteile', 'Place of the paper parts'],
  laufzeit: ['Laufzeit', 'Period'], aufbewahrung: ['Aufbewahrung', 'Retention'], aussonderungsart: ['Aussonderungsart', 'Disposal'], aufbewahrungsende: ['Aufbewahrung bis', 'Kept until'],
  seit: [(d: string) => `seit ${d}`, (d: string) => `since ${d}`], vonBis: [(v: string, b: string) => `${v} bis ${b}`, (v: string, b: string) => `${v} to ${b}`], aus: [(wo: string) => `aus ${wo}`, (wo: string) => `from ${wo}`],
  alle: ['Alle', 'All'], meine: ['Meine', 'Mine'], gemerkte: ['Gemerkt', 'Favourites'], offene: ['In Bearbeitung', 'Open'], suchen: ['Aktenzeichen oder Wort im Betreff', 'Reference or word of the subject'], suche: ['Suchen', 'Search'],
  abgelegt: ['abgelegt', 'filed'], versandt: ['versandt', 'sent'], dokumentdaten: ['Daten zum Dokument', 'Data of the document'], gespeichert: ['Gespeichert', 'Saved'], keineBeteiligten: ['Noch niemand eingetragen.', 'Nobody entered yet.'], geboren: ['Geburtsdatum', 'Date of birth'], zurueck: ['Zurück', 'Back'], weiter: ['Weiter', 'Next'], bisTag: [(d: string) => `bis ${d}`, (d: string) => `until ${d}`],
  storno: ['Stornierte', 'Cancelled'],
  akteAnlegen: ['Akte anlegen', 'Create file'], teilakteAnlegen: ['Teilakte anlegen', 'Create part'], vorgangAnlegen: ['Vorgang anlegen', 'Create case'], teilvorgangAnlegen: ['Teilvorgang anlegen', 'Create sub-case'], dokumentAblegen: ['Dokument ablegen', 'File document'],
  neuerVorgang: ['Vorgang', 'Case'], neuesDokument: ['Dokument', 'Document'],
  keineAkten: ['Hier liegt noch keine Akte.', 'There is no file here yet.'], keineVorgaenge: ['In dieser Akte liegt noch nichts. Legen Sie einen Vorgang an oder ziehen Sie Dateien hierher.', 'This file is still empty. Create a case or drag files here.'],
  leererVorgang: ['In diesem Vorgang liegt noch nichts. Ziehen Sie Dateien hierher oder legen Sie ein Dokument ab.', 'This case is still empty. Drag files here or file a document.'],
  inhalt: ['Inhalt', 'Content'], angaben: ['Angaben', 'Details'], beteiligte: ['Beteiligte', 'People involved'], verweise: ['Verweise', 'References'], fassungen: ['Fassungen', 'Versions'], anlagen: ['Anlagen', 'Enclosures'],
  ansichten: ['Ansichten', 'Views'], ansicht: ['Ansicht', 'View'], nachVorgang: ['Vorgänge', 'Cases'], nachDatum: ['Nach Datum', 'By date'], nurOffene: ['Nur offene', 'Open only'], mitStorno: ['Mit stornierten', 'With cancelled'], vorgaengeUndDokumente: ['Vorgänge und Dokumente', 'Cases and documents'],
  aufklappen: [(was: string) => `${was} aufklappen`, (was: string) => `Expand ${was}`], zuklappen: [(was: string) => `${was} zuklappen`, (was: string) => `Collapse ${was}`], mehrLaden: [(n: number) => `${mehrzahl(n, 'weiteres Dokument', 'weitere Dokumente')} zeigen`, (n: number) => `Show ${mehrzahl(n, 'more document', 'more documents')}`],
  bearbeiten: ['Angaben ändern', 'Change details'], speichern: ['Speichern', 'Save'], abbrechen: ['Abbrechen', 'Cancel'], schliessen: ['z. d. A.', 'Close'], schliessenAkte: ['Akte z. d. A. schreiben', 'Close file'], schliessenVorgang: ['Vorgang z. d. A. schreiben', 'Close case'],
  schliessenText: ['Danach kommt nichts mehr hinein und nichts wird geändert. Wiedereröffnen ist mit einem Grund möglich.', 'Nothing can be added or changed afterwards. It can be reopened with a reason.'], mitVorgaengen: ['Offene Vorgänge mit schließen', 'Close open cases as well'],
  frist: [(d: string) => `Die Aufbewahrung läuft dann bis ${d}.`, (d: string) => `It is then kept until ${d}.`],
  hindernisse: ['Noch nicht möglich', 'Not possible yet'], oeffnen: ['Wiedereröffnen', 'Reopen'], grund: ['Grund', 'Reason'], stornieren: ['Stornieren', 'Cancel'], stornoText: ['Irrtümlich angelegt. Es verschwindet aus den Listen, behält seine Nummer und lässt sich zurückholen.', 'Made by mistake. It leaves the lists, keeps its number and can be brought back.'],
  storniert: ['storniert', 'cancelled'], stornoZuruecknehmen: ['Storno zurücknehmen', 'Undo cancellation'], stornoAm: [(d: string, wer: string, g: string) => `Storniert am ${d}${wer ? ` von ${wer}` : ''}: ${g}`, (d: string, wer: string, g: string) => `Cancelled on ${d}${wer ? ` by ${wer}` : ''}: ${g}`],
  verschieben: ['Verschieben', 'Move'], verschiebenNach: ['Verschieben nach', 'Move to'], umschreiben: ['Umschreiben', 'Transfer'], ziel: ['Ziel', 'Target'], zielHilfe: ['Aktenzeichen oder Wort im Betreff', 'Reference or word of the subject'], hierhin: ['Hierhin verschieben', 'Move here'],
  zielVorgang: ['In den Vorgang', 'Into the case'], direktInAkte: ['direkt in der Akte', 'directly in the file'], verschoben: [(wo: string) => `Verschoben nach ${wo}`, (wo: string) => `Moved to ${wo}`], keinZiel: ['Nichts gefunden, wohin Sie verschieben dürfen.', 'Nothing found that you may move to.'],
  neueEinheit: ['Neue Aktenplaneinheit', 'New unit of the plan'], azBehalten: ['Aktenzeichen behalten', 'Keep the reference'], azBehaltenText: ['Sonst bekommt die Akte ein neues; das alte findet sie weiterhin.', 'Otherwise the file gets a new one; the old one goes on finding it.'],
  merken: ['Merken', 'Add to favourites'], gemerkt: ['Gemerkt – wieder entfernen', 'Favourite – remove'], linkKopieren: ['Link kopieren', 'Copy link'], linkKopiert: ['Link mit Kennzeichen kopiert', 'Link with reference copied'], weitere: ['Weitere Aktionen', 'More actions'],
  alsPdf: ['Als PDF herunterladen', 'Download as PDF'], alsZip: ['Als ZIP mit Originalen herunterladen', 'Download as ZIP with originals'], drucken: ['PDF öffnen und drucken', 'Open PDF and print'],
  zurAkte: ['Zur Akte', 'To the file'], zuDenAkten: ['Zu den Akten', 'To the files'], zumVorgang: ['Zum Vorgang', 'To the case'], oeffne: ['Dokument öffnen', 'Open document'], vorschau: ['Vorschau', 'Preview'], waehleDokument: ['Links ein Dokument wählen, um es hier zu lesen.', 'Choose a document on the left to read it here.'],
  keineDatei: ['Zu diesem Dokument gibt es keine Datei.', 'There is no file for this document.'], papier: [(ort: string) => `Liegt auf Papier: ${ort}`, (ort: string) => `On paper: ${ort}`], nichtLesbar: ['Sie dürfen sehen, dass es dieses Dokument gibt, aber seinen Inhalt nicht lesen.', 'You may see that this document exists, but not read its content.'],
  keineAnsicht: ['Diese Dateiart lässt sich hier nicht anzeigen. Das Original kann heruntergeladen werden.', 'This type of file cannot be shown here. The original can be downloaded.'],
  neueFassung: ['Neue Fassung', 'New version'], neueFassungText: ['Die bisherige Fassung bleibt unverändert erhalten.', 'The version so far stays as it is.'], fassungAbgelegt: [(n: number) => `Fassung ${n} abgelegt`, (n: number) => `Version ${n} filed`], weiteresFormat: ['Datei beifügen (PDF/A, Signatur)', 'Add file (PDF/A, signature)'],
  finalisieren: ['Finalisieren', 'Finalise'], finalisiert: ['finalisiert', 'final'], finalText: ['Inhalt und Angaben stehen dann fest. Nur eine neue Fassung kann das Dokument ersetzen.', 'Content and details are then fixed. Only a new version can replace the document.'], definalisieren: ['Finalisierung zurücknehmen', 'Undo finalising'],
  frueher: ['Frühere Kennzeichen', 'Former numbers'], entwurf: ['Entwurf', 'draft'], abgeschlossen: ['abgeschlossen', 'closed'], offen: ['offen', 'open'], aktuelle: ['aktuelle Fassung', 'current version'],
});

export const arten = katalog({ eingang: ['Eingang', 'Incoming'], ausgang: ['Ausgang', 'Outgoing'], intern: ['intern', 'internal'] });
export const artwort = (art: Dokumentart) => arten(art);
const medien = katalog({ elektronisch: ['elektronisch', 'electronic'], hybrid: ['hybrid', 'hybrid'], papier: ['Papier', 'paper'] });
export const mediumwort = (m: Medium) => medien(m);
const stati = katalog({
  in_bearbeitung: ['in Bearbeitung', 'open'], zda: ['z. d. A.', 'closed'], angeboten: ['angeboten', 'offered'], bewertet_a: ['archivwürdig', 'to be archived'], bewertet_v: ['zu vernichten', 'to be destroyed'], abgegeben: ['abgegeben', 'handed over'], vernichtet: ['vernichtet', 'destroyed'],
});
export const statuswort = (s: Status) => stati(s);
