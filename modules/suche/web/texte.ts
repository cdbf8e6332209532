import { katalog, mehrzahl } from '#platform/web/text.ts';

export const t = katalog({
  suche: ['Suche', 'Search'], platzhalter: ['Aktenzeichen, Betreff, Absender, Volltext', 'Reference, subject, sender, full text'],
  treffer: [(n: number) => mehrzahl(n, 'Treffer', 'Treffer'), (n: number) => mehrzahl(n, 'hit', 'hits')],
  sortiert: ['Sortiert nach', 'Sorted by'], neueste: ['Neueste zuerst', 'Newest first'], beste: ['Beste Übereinstimmung', 'Best match'],
  merken: ['Suche merken', 'Keep this search'], merkenKnopf: ['Merken', 'Keep'], bezeichnung: ['Bezeichnung', 'Name'], gemerkt: ['Gemerkt. Die Suche steht auf dem Schreibtisch.', 'Kept. The search is on your desk.'],
  gemerkte: ['Gemerkte Suchen', 'Kept searches'], vergessen: [(name: string) => `„${name}“ vergessen`, (name: string) => `Forget “${name}”`],
  eingrenzen: ['Eingrenzen', 'Narrow down'], entfernen: ['entfernen', 'remove'], alleEntfernen: ['Alle Eingrenzungen entfernen', 'Remove all filters'],
  haus: ['Haus', 'House'], eigenesHaus: ['Eigenes Haus', 'Own house'],
  aktenplan: ['Aktenplan', 'Filing plan'], art: ['Art', 'Kind'], dokumentart: ['Art des Schriftstücks', 'Kind of paper'], stand: ['Stand', 'State'], federfuehrung: ['Federführung', 'Responsible'], zeitraum: ['Zeitraum', 'Period'], letzte30: ['letzte 30 Tage', 'last 30 days'],
  seit: [(tag: string) => `seit ${tag}`, (tag: string) => `since ${tag}`], bis: [(tag: string) => `bis ${tag}`, (tag: string) => `until ${tag}`],
  mehr: [(n: number) => `${n} weitere zeigen`, (n: number) => `show ${n} more`], weniger: ['weniger zeigen', 'show fewer'],
  trefferListe: ['Treffer', 'Hits'], trefferKennzeichen: ['Treffer im Aktenzeichen', 'Hits by reference'], erkannt: [(q: string) => `Aktenzeichen erkannt in „${q}“`, (q: string) => `Reference recognised in “${q}”`],
  oeffnen: ['Öffnen', 'Open'], naechster: ['nächster Treffer', 'next hit'], voriger: ['voriger Treffer', 'previous hit'],
  teile: ['Wenig gefunden. Die folgenden Treffer enthalten, woraus die Wörter zusammengesetzt sind.', 'Few hits. The following contain what the words are made of.'],
  aehnlich: ['Die folgenden Treffer enthalten ähnlich geschriebene Wörter, etwa aus gescannten Seiten.', 'The following contain words spelled alike, as scanned pages do.'],
  nichts: [(q: string) => `Nichts gefunden zu „${q}“.`, (q: string) => `Nothing found for “${q}”.`], nichtsMitFilter: [(q: string) => (q ? `Mit diesen Eingrenzungen ist zu „${q}“ nichts zu finden.` : 'Mit diesen Eingrenzungen ist nichts zu finden.'), (q: string) => `With these filters nothing is found for “${q}”.`],
  rat: ['Ein kürzeres Wort, ein Wortanfang mit * oder weniger Wörter finden mehr. Gesucht wird nur in dem, was Sie sehen dürfen.', 'A shorter word, a beginning with * or fewer words find more. Only what you may see is searched.'],
  anfang: ['Geben Sie oben ein Aktenzeichen oder Wörter ein.', 'Type a reference or words above.'],
  so: ['So wird gesucht', 'How to search'], eingabe: ['Eingabe', 'Input'], findet: ['findet', 'finds'],
  zumAnfang: ['Zu den ersten Treffern', 'To the first hits'], weitere: ['Weitere Treffer', 'More hits'],
  begrenzt: [(n: number) => `Geordnet sind die neuesten ${n} Treffer. Alle stehen unter „Neueste zuerst“.`, (n: number) => `The newest ${n} hits are ordered. All are under “Newest first”.`],
});

/** Words of the office for the codes of objects; a code of a module not known here is shown as it is. */
const woerter = katalog({
  akte: ['Akte', 'File'], teilakte: ['Teilakte', 'Subfile'], vorgang: ['Vorgang', 'Case'], teilvorgang: ['Teilvorgang', 'Subcase'], dokument: ['Dokument', 'Document'], eingang: ['Eingang', 'Incoming'], ausgang: ['Ausgang', 'Outgoing'], intern: ['intern', 'internal'], anlage: ['Anlage', 'Attachment'],
  in_bearbeitung: ['in Bearbeitung', 'in progress'], zda: ['z. d. A.', 'closed'], abgelegt: ['abgelegt', 'filed'], entwurf: ['Entwurf', 'draft'], finalisiert: ['finalisiert', 'final'], offen: ['offen', 'open'], angeboten: ['angeboten', 'offered'], abgegeben: ['abgegeben', 'handed over'], vernichtet: ['vernichtet', 'destroyed'],
});
const bekannt = new Set(['akte', 'teilakte', 'vorgang', 'teilvorgang', 'dokument', 'eingang', 'ausgang', 'intern', 'anlage', 'in_bearbeitung', 'zda', 'abgelegt', 'entwurf', 'finalisiert', 'offen', 'angeboten', 'abgegeben', 'vernichtet']);
export const wortFuer = (code: string, sonst = code) => (bekannt.has(code) ? woerter(code as 'akte') : sonst);

/** What can be typed, and what it finds: shown before the first search. */
export const BEISPIELE: readonly (readonly [string, readonly [string, string]])[] = [
  ['631.20 347', ['die Akte, in jeder Schreibweise ihres Aktenzeichens', 'the file, in any spelling of its reference']],
  ['Bauantrag', ['auch Bauanträge und Bauantragsverfahren', 'also its inflections and compounds']],
  ['"Geh- und Fahrrecht"', ['genau diese Wörter hintereinander', 'exactly these words in a row']],
  ['steuer*', ['alle Wörter, die so beginnen', 'all words that begin so']],
  ['Baulast -Zufahrt', ['Baulast, aber nicht Zufahrt', 'the first, but not the second']],
];
