import { katalog, mehrzahl } from '#platform/web/text.ts';
import type { Aktenplaneinheit, Belegungshindernis, Vererbbar } from '../contract.ts';

export const t = katalog({
  aktenplan: ['Aktenplan', 'Filing plan'], aktenplaene: ['Aktenpläne', 'Filing plans'], einheiten: [(n: number) => mehrzahl(n, 'Einheit', 'Einheiten'), (n: number) => mehrzahl(n, 'unit', 'units')],
  suchen: ['Im Aktenplan suchen', 'Search the plan'], suchhilfe: ['Kennzeichen oder Wort', 'Number or word'], treffer: [(n: number) => mehrzahl(n, 'Treffer', 'Treffer'), (n: number) => mehrzahl(n, 'hit', 'hits')],
  keineTreffer: [(q: string) => `Keine Einheit passt zu „${q}“.`, (q: string) => `No unit matches “${q}”.`], mehrTreffer: [(n: number) => `und ${n} weitere; bitte genauer suchen`, (n: number) => `and ${n} more; please be more specific`],
  stillgelegteZeigen: ['Stillgelegte zeigen', 'Show closed units'], baum: ['Aktenplaneinheiten', 'Units of the plan'], zumPlan: ['Zum Aktenplan', 'To the plan'],
  waehlen: ['Links eine Einheit wählen, um ihre Angaben und Akten zu sehen.', 'Choose a unit on the left to see its details and files.'],
  keinPlan: ['Heute gilt kein Aktenplan.', 'No filing plan holds today.'], planAnlegen: ['Aktenplan anlegen', 'Create plan'], leererPlan: ['Dieser Aktenplan hat noch keine Einheiten.', 'This plan has no units yet.'],
  verwalten: ['Fassungen und Import', 'Versions and import'], aktenzeichen: ['Aktenzeichen', 'Reference numbers'], importieren: ['Importieren', 'Import'], exportieren: ['Als CSV herunterladen', 'Download as CSV'],
  bearbeiten: ['Bearbeiten', 'Edit'], neueEinheit: ['Neue Einheit', 'New unit'], unterteilen: ['Untereinheit anlegen', 'Add subunit'], speichern: ['Speichern', 'Save'], anlegen: ['Anlegen', 'Create'], abbrechen: ['Abbrechen', 'Cancel'], weitere: ['Weitere Aktionen', 'More actions'],
  stilllegen: ['Stilllegen …', 'Close …'], stilllegenKnopf: ['Stilllegen', 'Close'], reaktivieren: ['Stilllegung aufheben', 'Reopen'], loeschen: ['Löschen', 'Delete'], zusammenfuehren: ['Zusammenführen …', 'Merge …'], zusammenfuehrenKnopf: ['Zusammenführen', 'Merge'],
  stilllegenText: ['Diese Einheit und alle darunter nehmen dann keine neuen Akten mehr auf. Vorhandene Akten bleiben lesbar und können wieder aufgenommen werden.', 'This unit and all below then take no new files. Existing files stay readable and can be reopened.'],
  loeschenText: ['Die Einheit ist leer und wird entfernt. Das lässt sich nicht zurücknehmen.', 'The unit is empty and will be removed. This cannot be undone.'],
  grund: ['Grund', 'Reason'], angaben: ['Angaben', 'Details'], untereinheiten: ['Untereinheiten', 'Subunits'], akten: ['Akten', 'Files'],
  kennzeichen: ['Kennzeichen', 'Number'], betreffKurz: ['Betreff kurz', 'Short title'], inhaltsangabe: ['Inhaltsangabe', 'Description'], zustaendig: ['Zuständig', 'Responsible'], keineOe: ['keine bestimmte Stelle', 'no certain unit'], gueltig: ['Gültig', 'Valid'], gueltigVon: ['Gültig von', 'Valid from'], gueltigBis: ['Gültig bis', 'Valid until'],
  aussonderungsart: ['Aussonderungsart', 'Disposal'], aufbewahrungsdauer: ['Aufbewahrung', 'Retention'], vertraulichkeit: ['Vertraulichkeit', 'Confidentiality'], schutzklasse: ['Schutzklasse', 'Protection class'],
  querverweise: ['Querverweise', 'Cross references'], querverweisHilfe: ['Kennzeichen, durch Komma getrennt', 'Numbers, separated by commas'], frueher: ['Frühere Kennzeichen', 'Former numbers'], kennung: ['UUID', 'UUID'], ebene: ['Ebene', 'Level'],
  aus: [(wo: string) => `aus ${wo}`, (wo: string) => `from ${wo}`], eigene: ['hier festgelegt', 'set here'], nichtFestgelegt: ['nicht festgelegt', 'not set'], verweisOffen: ['gibt es in diesem Aktenplan nicht', 'is not in this plan'],
  wieOben: ['wie übergeordnet', 'as above'], wieObenMit: [(wert: string) => `wie übergeordnet: ${wert}`, (wert: string) => `as above: ${wert}`], jahre: ['Jahre', 'Years'], nachJahren: ['nach Jahren', 'by years'], abweichung: [(feld: string) => `Grund der Abweichung: ${feld}`, (feld: string) => `Reason to depart: ${feld}`],
  vereinbart: ['anders vereinbart', 'as agreed'], vereinbarung: ['Vereinbarter Text', 'Agreed text'],
  ab: [(d: string) => `ab ${d}`, (d: string) => `from ${d}`], bis: [(d: string) => `bis ${d}`, (d: string) => `until ${d}`], unbegrenzt: ['ohne Grenze', 'unlimited'],
  quellen: ['Diese Einheiten gehen auf', 'These units end'], quellenText: [(ziel: string) => `Die gewählten Einheiten und alle darunter gehen in ${ziel} auf, samt ihren Akten. Die Aktenzeichen bleiben, die alten Kennzeichen finden die Akten weiter.`, (ziel: string) => `The chosen units and all below end in ${ziel}, with their files. Reference numbers stay, old numbers go on finding the files.`],
  zugewinn: ['Diese erhalten Zugriff auf Akten, die hinzukommen', 'These will get access to files that are added'], zugewinnBestaetigen: ['Dieser Zugriff ist gewollt', 'This access is intended'], keinZugewinn: ['Der Zugriff auf die Akten bleibt, wie er ist.', 'Access to the files stays as it is.'],
  behaelt: [(zahl: number) => (zahl === 1 ? 'Eine Freigabe von oberhalb der Quellen bleibt erhalten' : `${zahl} Freigaben von oberhalb der Quellen bleiben erhalten`), (zahl: number) => `${zahl} grant${zahl === 1 ? '' : 's'} from above the sources will be kept`],
  klasseBleibt: ['Die Schutzklasse der Quellen geht mit; Freigaben des Ziels reichen dort nicht hinein.', 'The protected class of the sources goes with them; grants of the target do not pass into it.'],
  stufeSehen: ['sehen', 'see'], stufeLesen: ['lesen', 'read'], stufeBearbeiten: ['bearbeiten', 'edit'], stufeVerwalten: ['verwalten', 'administer'],
  weitereQuelle: ['Weitere Einheit aufnehmen', 'Add another unit'], keineQuelle: ['Noch keine Einheit gewählt', 'No unit chosen yet'], entfernen: [(was: string) => `${was} nicht zusammenführen`, (was: string) => `Do not merge ${was}`], aufgegangen: ['aufgegangen', 'merged'], aufgegangenIn: ['In einer anderen Einheit aufgegangen', 'Ended in another unit'], zurNeuen: ['Zur neuen Einheit', 'To the new unit'],
  stillgelegt: ['stillgelegt', 'closed'], zusammengefuehrt: [(n: number) => `Zusammengeführt; ${mehrzahl(n, 'Akte', 'Akten')} verschoben`, (n: number) => `Merged; ${mehrzahl(n, 'file', 'files')} moved`],
  planText: ['Fassungen, Ebenen, Gültigkeit; Import und Export', 'Versions, levels, validity; import and export'], zeichenText: ['Aufbau der Aktenzeichen und Zählerstände', 'How reference numbers are built, and counters'],
  belegbar: ['Nimmt neue Akten auf', 'Takes new files'],
});

const hindernisse = katalog({
  kein_blatt: ['Die Einheit ist unterteilt; Akten liegen in der untersten Ebene.', 'The unit is divided; files lie at the lowest level.'],
  nicht_gueltig: ['Die Einheit gilt heute nicht.', 'The unit is not valid today.'], stillgelegt: ['Die Einheit ist stillgelegt.', 'The unit is closed.'],
});
export const hindernis = (h: Belegungshindernis) => hindernisse(h);

const worte = katalog({
  A: ['A – archivwürdig', 'A – archive'], B: ['B – bewerten', 'B – appraise'], V: ['V – vernichten', 'V – destroy'], unbefristet: ['dauernd', 'permanent'], jahre: [(n: number) => mehrzahl(n, 'Jahr', 'Jahre'), (n: number) => mehrzahl(n, 'year', 'years')],
  offen: ['offen', 'open'], vs_nfd: ['VS – Nur für den Dienstgebrauch', 'restricted (VS-NfD)'],
  keine: ['keine besondere', 'none'], personal: ['Personaldaten', 'personnel data'], sozial: ['Sozialdaten', 'social data'], jugendhilfe: ['Jugendhilfedaten', 'youth welfare data'], gesundheit: ['Gesundheitsdaten', 'health data'], steuer: ['Steuerdaten', 'tax data'],
});
/** An inheritable value as people read it. */
export function wertText(feld: keyof Vererbbar, wert: Vererbbar[keyof Vererbbar]): string {
  if (wert === null) return t('nichtFestgelegt');
  if (typeof wert === 'number') return worte('jahre', wert);
  if (feld === 'aussonderungsart') return wert === 'A' || wert === 'B' || wert === 'V' ? worte(wert) : wert;
  return worte(wert as 'offen');
}
/** »631.20 Einzelne Bauvorhaben« */
export const name = (e: { kennzeichen: string; betreffKurz?: string; bezeichnung?: string }) => `${e.kennzeichen} ${e.betreffKurz ?? e.bezeichnung ?? ''}`;
export type Wirksam = Aktenplaneinheit['wirksam'];
