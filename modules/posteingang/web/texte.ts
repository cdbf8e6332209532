import type { IconName } from '#platform/web/kern/index.ts';
import { katalog, mehrzahl, zahl } from '#platform/web/text.ts';
import type { Kanal, Vorschlag } from '../contract.ts';

export const t = katalog({
  posteingang: ['Posteingang', 'Inbox'], eingaenge: ['Eingänge', 'Items'], offen: ['offen', 'open'], alle: ['Alle', 'All'], abgelegt: ['Abgelegt', 'Filed'], zurueckgewiesen: ['Zurückgewiesen', 'Rejected'], filtern: ['Posteingang filtern', 'Filter inbox'],
  korb: ['Korb', 'Basket'], alleKoerbe: ['Alle Körbe', 'All baskets'], suchen: ['Nummer, Absender, Betreff', 'Number, sender, subject'],
  bilanz: [(e: number, a: number, z: number, w: number, o: number) => `heute ${zahl(e)} eingegangen = ${zahl(a)} abgelegt${z ? ` + ${zahl(z)} zurückgewiesen` : ''}${w ? ` + ${zahl(w)} weitergeleitet` : ''} + ${zahl(o)} offen`, (e: number, a: number, z: number, w: number, o: number) => `today ${zahl(e)} received = ${zahl(a)} filed${z ? ` + ${zahl(z)} rejected` : ''}${w ? ` + ${zahl(w)} sent on` : ''} + ${zahl(o)} open`],
  stelle: [(n: number, von: number) => `${zahl(n)} von ${zahl(von)}`, (n: number, von: number) => `${zahl(n)} of ${zahl(von)}`], zurListe: ['Zur Liste', 'To the list'],
  alleWaehlen: ['Alle auf dieser Seite auswählen', 'Choose all on this page'], gewaehlt: [(n: number) => `${zahl(n)} gewählt`, (n: number) => `${zahl(n)} chosen`], aufheben: ['Auswahl aufheben', 'Clear selection'], waehlen: [(w: string) => `${w} auswählen`, (w: string) => `Choose ${w}`],
  ohneAbsender: ['Ohne Absender', 'No sender'], dublette: ['Dublette', 'duplicate'], leer: ['Hier ist alles abgelegt.', 'Everything here is filed.'], leerHinzu: ['Briefe, Scans und E-Mails lassen sich auf diese Seite ziehen.', 'Letters, scans and e-mails can be dropped on this page.'], leerFilter: ['Kein Eingang passt zu den Filtern.', 'No item matches the filters.'], filterAufheben: ['Filter aufheben', 'Clear filters'],
  nichtsGewaehlt: ['Links einen Eingang wählen.', 'Choose an item on the left.'], hinzufuegen: ['Hinzufügen', 'Add'], keinRecht: ['Den Inhalt dürfen Sie nicht lesen.', 'You may not read the content.'],
  ablegen: ['Ablegen', 'File'], ablegenNaechster: ['Ablegen und nächsten zeigen', 'File and show next'], weiterleiten: ['Weiterleiten', 'Forward'], zurueckweisen: ['Zurückweisen', 'Reject'], wiederAufnehmen: ['Wieder aufnehmen', 'Take up again'], abbrechen: ['Abbrechen', 'Cancel'],
  wohin: ['Wohin', 'Where'], imText: ['Im Text gefunden', 'Found in the text'], nichtsImText: ['Kein Aktenzeichen im Text gefunden', 'No reference number found in the text'], wirdGelesen: ['Der Text wird noch gelesen', 'The text is still being read'],
  andere: ['Andere Akte', 'Another file'], neueAkte: ['Neue Akte', 'New file'], akte: ['Akte', 'File'], vorgang: ['Vorgang', 'Case'], neuerVorgang: ['Neuer Vorgang', 'New case'], betreffVorgang: ['Betreff des Vorgangs', 'Subject of the case'], direkt: ['direkt in die Akte', 'directly into the file'],
  betreffAkte: ['Betreff der Akte', 'Subject of the file'], einheit: ['Aktenplaneinheit', 'Unit of the plan'], akteFehlt: ['Bitte die Akte wählen', 'Please choose the file'], einheitFehlt: ['Bitte die Aktenplaneinheit wählen', 'Please choose the unit'], betreffFehlt: ['Bitte den Betreff angeben', 'Please give the subject'],
  betreff: ['Betreff', 'Subject'], absender: ['Absender', 'Sender'], absenderArt: ['Absender ist', 'Sender is'], person: ['Person', 'person'], organisation: ['Organisation', 'organisation'], vonSelbst: ['von selbst erkannt', 'recognised by itself'], datum: ['Datum des Schreibens', 'Date of the letter'], zeichen: ['Zeichen des Absenders', 'Sender’s reference'],
  seite: [(n: number) => `Seite ${zahl(n)}`, (n: number) => `page ${zahl(n)}`],
  angaben: ['Angaben', 'Details'], eingang: ['Eingang', 'Received'], original: ['Original', 'Original'], anlagen: ['Anlagen', 'Attachments'], ausStapel: [(von: number, bis: number, n: number) => `Seiten ${von} bis ${bis} von ${n} des Scans`, (von: number, bis: number, n: number) => `pages ${von} to ${bis} of ${n} of the scan`],
  dubletteVon: [(nr: string) => `Die gleiche Datei liegt schon vor: ${nr}`, (nr: string) => `The same file is already here: ${nr}`], dubletteFremd: ['Die gleiche Datei ist schon einmal eingegangen, in einem anderen Korb.', 'The same file has already arrived, in another basket.'],
  abgelegtAls: [(az: string) => `Abgelegt in ${az}`, (az: string) => `Filed in ${az}`], abgelegtUnsichtbar: ['Abgelegt in einer Akte, die Sie nicht sehen dürfen.', 'Filed in a file you may not see.'], dokumentOeffnen: ['Dokument öffnen', 'Open document'], grund: ['Grund', 'Reason'],
  weitergeleitet: [(oe: string) => `Weitergeleitet an ${oe}`, (oe: string) => `Forwarded to ${oe}`], weitergeleitetN: [(n: number, oe: string) => `${mehrzahl(n, 'Eingang', 'Eingänge')} weitergeleitet an ${oe}`, (n: number, oe: string) => `${mehrzahl(n, 'item', 'items')} forwarded to ${oe}`], an: ['An', 'To'], hinweis: ['Hinweis für den Empfänger', 'Note for the recipient'], waehleOe: ['Organisationseinheit wählen', 'Choose an office'],
  sammeln: [(n: number) => `${mehrzahl(n, 'Eingang', 'Eingänge')} gewählt`, (n: number) => `${mehrzahl(n, 'item', 'items')} chosen`], alleAblegen: [(n: number) => `${mehrzahl(n, 'Eingang', 'Eingänge')} ablegen`, (n: number) => `File ${mehrzahl(n, 'item', 'items')}`], abgelegtN: [(n: number) => `${mehrzahl(n, 'Eingang', 'Eingänge')} abgelegt`, (n: number) => `${mehrzahl(n, 'item', 'items')} filed`], nichtAlle: [(n: number) => `${mehrzahl(n, 'Eingang', 'Eingänge')} nicht: siehe unten`, (n: number) => `${mehrzahl(n, 'item', 'items')} not: see below`],
  vernichtet: ['Inhalt vernichtet', 'Content destroyed'], vernichtetAm: [(z: string) => `Der Inhalt wurde nach Ablauf der Frist vernichtet: ${z}. Angaben, Prüfsumme und Laufweg bleiben.`, (z: string) => `The content was destroyed after its period: ${z}. Metadata, checksum and trail stay.`],
  nachAussen: ['Nach außen', 'Sent outside'], ueberfaelligKlein: ['überfällig', 'overdue'], ueberfaellig: ['Überfällig', 'Overdue'], beiMir: ['Bei mir', 'In my hands'], wirdUebernommen: [(n: number) => `${mehrzahl(n, 'Eingang', 'Eingänge')} übernommen`, (n: number) => `${mehrzahl(n, 'item', 'items')} taken`], zurueckgewiesenN: [(n: number) => `${mehrzahl(n, 'Eingang', 'Eingänge')} zurückgewiesen`, (n: number) => `${mehrzahl(n, 'item', 'items')} rejected`], uebernehmen: ['In Bearbeitung nehmen', 'Take in hand'],
  naechster: ['nächster Eingang', 'next item'], voriger: ['voriger Eingang', 'previous item'], waehlenTaste: ['Eingang auswählen', 'choose item'], aendern: ['Akte ändern', 'change file'], irrlaeufer: ['Irrläufer weiterleiten', 'forward stray item'], suche: ['Suchen', 'Search'],
  betreffAbsender: ['Betreff, Absender', 'Subject, sender'], weg: ['Weg', 'Channel'],
  meinKorb: ['Meine Körbe', 'My baskets'], neueste: ['Neueste Eingänge', 'Newest items'], zumPosteingang: ['Zum Posteingang', 'To the inbox'], eingaengeOffen: ['Eingänge offen', 'items open'], heuteNeu: [(n: number) => `heute ${zahl(n)} neu`, (n: number) => `${zahl(n)} new today`],
});

export const statusname = katalog({
  erfasst: ['Noch zu verteilen', 'To be distributed'], verteilt: ['Im Korb', 'In the basket'], in_bearbeitung: ['In Bearbeitung', 'In hand'], zugeordnet: ['Abgelegt', 'Filed'], zurueckgewiesen: ['Zurückgewiesen', 'Rejected'], weitergeleitet: ['Nach außen weitergeleitet', 'Sent outside'], vernichtet: ['Inhalt vernichtet', 'Content destroyed'],
});
export const kanalname = katalog({
  papier: ['Papier', 'Paper'], e_mail: ['E-Mail', 'E-mail'], de_mail: ['De-Mail', 'De-Mail'], fit_connect: ['FIT-Connect', 'FIT-Connect'], bebpo: ['beBPo', 'beBPo'], fachverfahren: ['Fachverfahren', 'Application'], fax: ['Fax', 'Fax'], portal: ['Portal', 'Portal'], upload: ['Hochgeladen', 'Uploaded'], ordner: ['Ordner', 'Folder'], telefon: ['Telefon', 'Telephone'], schalter: ['Schalter', 'Counter'],
});
export const kanalicon: Record<Kanal, IconName> = { papier: 'papier', e_mail: 'mail', de_mail: 'mail', fit_connect: 'portal', bebpo: 'mail', fachverfahren: 'betrieb', fax: 'papier', portal: 'portal', upload: 'export', ordner: 'akte', telefon: 'person', schalter: 'personen' };

const gruende = katalog({
  aktenzeichen: ['steht im Text', 'stands in the text'], fremdes_zeichen: ['dieses Zeichen führt hierher', 'this reference leads here'], antwort: ['antwortet auf eine abgelegte Nachricht', 'answers a filed message'],
});
/** Why a proposal: in words, never in figures. */
export const vorschlagsgrund = (v: Vorschlag) => gruende(v.art);
