import { katalog } from '#platform/web/text.ts';

export const t = katalog({
  titel: ['Gesprächsnotiz', 'Note of a talk'], kanal: ['Wo', 'Where'], telefon: ['Telefon', 'Telephone'], schalter: ['Schalter', 'Counter'], wer: ['Wer', 'Who'], werHilfe: ['Name, notfalls „unbekannt“', 'Name, or “unknown”'], kontakt: ['Erreichbar unter', 'Can be reached at'],
  betreff: ['Worum es geht', 'What it is about'], notiz: ['Notiz', 'Note'], wunsch: ['Wunsch', 'Wish'], bis: ['Bis wann', 'Until'], rueckruf: ['Rückruf erbeten', 'Call back'], fuer: ['Für', 'For'], eigenes: ['mein Amt', 'my office'],
  akte: ['Gleich ablegen in', 'File at once in'], vorgang: ['Vorgang', 'Case'], speichern: ['Speichern', 'Save'], schliessen: ['Schließen', 'Close'], naechste: ['Noch eine Notiz', 'Another note'],
  imKorb: [(nummer: string, korb: string) => `${nummer} liegt im Korb ${korb}`, (nummer: string, korb: string) => `${nummer} lies in the basket of ${korb}`], abgelegt: [(nummer: string) => `${nummer} ist abgelegt`, (nummer: string) => `${nummer} has been filed`], oeffnen: ['Öffnen', 'Open'],
});
