import { katalog, mehrzahl } from '#platform/web/text.ts';

/** Words that several pages of the administration share. */
export const t = katalog({
  verwaltung: ['Verwaltung', 'Administration'], einheiten: ['Organisationseinheiten', 'Organisational units'], einheit: ['Organisationseinheit', 'Organisational unit'], benutzer: ['Benutzer', 'Users'], rollen: ['Rollen', 'Roles'], mandanten: ['Mandanten', 'Mandanten'], konto: ['Mein Konto', 'My account'],
  einheitenText: ['Ämter, Abteilungen und Stellen als Baum', 'Offices, departments and posts as a tree'], benutzerText: ['Zugänge, Rollen und Zuordnung der Menschen, die hier arbeiten', 'Accounts, roles and units of the people who work here'], rollenText: ['Was wer darf, als Bündel von Rechten', 'Who may do what, as sets of rights'], mandantenText: ['Kreise, Städte und Gemeinden, die hier ihre Akten führen', 'Counties, towns and municipalities that keep their files here'],
  speichern: ['Speichern', 'Save'], anlegen: ['Anlegen', 'Create'], abbrechen: ['Abbrechen', 'Cancel'], gespeichert: ['Gespeichert', 'Saved'], name: ['Name', 'Name'], alle: ['Alle', 'All'], keine: ['keine', 'none'], kennzeichen: ['Kennzeichen', 'Code'], bezeichnung: ['Bezeichnung', 'Name'], kuerzel: ['Kürzel', 'Short form'],
  vorname: ['Vorname', 'First name'], nachname: ['Nachname', 'Last name'], titel: ['Titel', 'Title'], funktion: ['Funktion', 'Function'], email: ['E-Mail', 'E-mail'], telefon: ['Telefon', 'Phone'], anmeldename: ['Anmeldename', 'Login name'], gesperrt: ['gesperrt', 'locked'], aktiv: ['aktiv', 'active'], leitung: ['Leitung', 'Head'],
  personen: [(n: number) => mehrzahl(n, 'Person', 'Personen'), (n: number) => mehrzahl(n, 'person', 'people')], personenWort: [(n: number) => (n === 1 ? 'Person' : 'Personen'), (n: number) => (n === 1 ? 'person' : 'people')], suchen: ['Suchen', 'Search'], stand: ['Stand', 'State'], entfernen: ['Entfernen', 'Remove'], hinzufuegen: ['Hinzufügen', 'Add'],
});
