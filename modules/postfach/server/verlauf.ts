const FELDER: Record<string, string> = {
  bezeichnung: 'Bezeichnung', organisationseinheitId: 'Organisationseinheit', host: 'Rechner', port: 'Port', sicherheit: 'Verschlüsselung', benutzername: 'Benutzername', kennwort: 'Kennwort',
  ordnerEingang: 'Ordner des Eingangs', ordnerVerarbeitet: 'Ordner für Verarbeitetes', ordnerFehler: 'Ordner für Fehler', pausiert: 'angehalten',
};
const felder = (daten: Record<string, any>) => ((daten.aenderungen ?? []) as { feld: string }[]).map((a) => FELDER[a.feld] ?? a.feld).join(', ');

export const verlaufstexte = {
  'postfach.angelegt': ({ daten }) => `hat das Postfach „${daten.bezeichnung}“ (${daten.benutzername} auf ${daten.host}) eingerichtet`,
  'postfach.geaendert': ({ daten }) => `hat das Postfach „${daten.bezeichnung}“ geändert: ${felder(daten)}`,
  'postfach.eingestellt': () => 'hat geändert, was mit Nachrichten von selbst geschieht',
  'ablageadresse.angelegt': () => 'hat eine E-Mail-Adresse angelegt',
  'ablageadresse.erneuert': () => 'hat die E-Mail-Adresse erneuert; die frühere gilt nicht mehr',
  'ablageadresse.beendet': () => 'hat die E-Mail-Adresse abgeschafft',
  'postfach.entfernt': ({ daten }) => `hat das Postfach „${daten.bezeichnung}“ entfernt`,
} satisfies Record<string, (e: { daten: Record<string, any> }) => string>;
