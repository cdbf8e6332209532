import { defineErrors } from '#platform/server/errors.ts';

/** The default Rollen of the Verbund. What each may do is said by the manifests of the modules. */
export const vorgaben = {
  leser: { bezeichnung: 'Leser', beschreibung: 'Sieht und liest, was freigegeben ist.' },
  sachbearbeitung: { bezeichnung: 'Sachbearbeitung', beschreibung: 'Führt Akten und Vorgänge der eigenen Organisationseinheit.' },
  leitung: { bezeichnung: 'Leitung', beschreibung: 'Leitet eine Organisationseinheit und erreicht, was darunter liegt.' },
  poststelle: { bezeichnung: 'Poststelle', beschreibung: 'Nimmt die Eingänge auf und verteilt sie.' },
  registratur: { bezeichnung: 'Registratur', beschreibung: 'Pflegt Aktenplan und Aktenzeichen, verschiebt und storniert.' },
  administration: { bezeichnung: 'Administration', beschreibung: 'Verwaltet Benutzer, Rollen und Organisationseinheiten dieser Verwaltung.' },
  revision: { bezeichnung: 'Revision', beschreibung: 'Sieht mit Grund und Zustimmung einer zweiten Person, wer geschützte Akten gelesen hat.' },
  datenschutz: { bezeichnung: 'Datenschutz', beschreibung: 'Erfährt von jeder Einsicht in Lesezugriffe, von jedem Notzugriff und von jeder gefundenen Veränderung.' },
  geheimschutz: { bezeichnung: 'Geheimschutz', beschreibung: 'Gibt VS-NfD für diese Verwaltung frei (Geheimschutzbeauftragte).' },
  betrieb: { bezeichnung: 'Betrieb', beschreibung: 'Betreibt den Verbund und sieht keine Inhalte.' },
} as const;
export type Vorgabe = keyof typeof vorgaben;

/** Recht → default Rollen, as `tx.rechte` has it. */
type RechteDerModule = Readonly<Record<string, readonly string[]>>;
export const rechteOfVorgabe = (alle: RechteDerModule, schluessel: string) => Object.keys(alle).filter((recht) => alle[recht]!.includes(schluessel));
/** What a Rolle holds: its own Rechte, or those of its default. A Recht of a module that is gone counts for nothing. */
export const effectiveRechte = (alle: RechteDerModule, rolle: { schluessel: string | null; rechte: readonly string[] | null }) =>
  rolle.rechte ? rolle.rechte.filter((recht) => recht in alle) : rechteOfVorgabe(alle, rolle.schluessel ?? '');

export const RolleErrors = defineErrors('rolle', {
  bezeichnung_vergeben: { status: 409, title: 'Eine Rolle mit dieser Bezeichnung gibt es schon', constraint: 'rolle_bezeichnung_vergeben' },
  recht_unbekannt: { status: 422, title: 'Dieses Recht gibt es nicht' },
  keine_vorgabe: { status: 422, title: 'Diese Rolle hat keine Vorgabe, zu der sie zurückkehren könnte' },
});
