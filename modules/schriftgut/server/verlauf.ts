import { imHaus, type VerlaufEreignis, type Verlaufssatz } from '#platform/server/extension.ts';
import { feldnamen } from './metadaten.ts';

type Text = Verlaufssatz;
type Daten = VerlaufEreignis['daten'];

const codes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  geheimhaltungsgrad: { offen: 'offen', vs_nfd: 'VS – Nur für den Dienstgebrauch' }, medium: { elektronisch: 'elektronisch', hybrid: 'hybrid', papier: 'Papier' }, art: { eingang: 'Eingang', ausgang: 'Ausgang', intern: 'intern' },
};
/** Names of the columns and words of the codes, wherever a change is shown field by field. */
export const verlaufsfelder = Object.fromEntries(Object.entries(feldnamen).map(([feld, name]) => [feld, { name, ...(codes[feld] && { werte: codes[feld] }) }]));

const tag = (text: string) => text.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3.$2.$1');
const wert = (feld: string, x: unknown) => (x === null || x === undefined || x === '' ? 'leer' : typeof x === 'boolean' ? (x ? 'ja' : 'nein') : `„${codes[feld]?.[String(x)] ?? tag(String(x))}“`);
const feldname = (feld: string) => feldnamen[feld] ?? (feld.startsWith('felder.') ? feld.slice('felder.'.length) : feld);
/** »Betreff von „alt“ in „neu“«; of more than two changes the names alone: their values stand below, field by field. */
const aenderungen = ({ aenderungen: list = [] }: Daten) => {
  const all = list as { feld: string; alt: unknown; neu: unknown }[];
  const shown = all.slice(0, 5).map((a) => `${feldname(a.feld)}${all.length > 2 ? '' : ` von ${wert(a.feld, a.alt)} in ${wert(a.feld, a.neu)}`}`);
  return shown.length ? `: ${shown.join(', ')}${all.length > 5 ? ` und ${all.length - 5} weitere Angaben` : ''}` : '';
};
const grund = ({ grund: text }: Daten) => (text ? `. Grund: ${text}` : '');
const ort = (x: { bezeichnung?: string } | undefined) => (x?.bezeichnung ? `„${x.bezeichnung}“` : 'einem anderen Ort');
const verschoben = (was: string): Text => ({ daten }) => `hat ${was} von ${ort(daten.von)} nach ${ort(daten.nach)} verschoben${daten.kennzeichen?.alt !== daten.kennzeichen?.neu && daten.kennzeichen?.neu ? `; neues Kennzeichen ${daten.kennzeichen.neu}, bisher ${daten.kennzeichen.alt}` : ''}${grund(daten)}`;
const arten: Record<string, string> = { eingang: 'den Eingang', ausgang: 'den Ausgang', intern: 'das Dokument' };

const ausgegeben = (was: string): Text => ({ daten }) => `hat ${was} als ${String(daten.format).toUpperCase()} ausgegeben${daten.dokumente > 1 ? ` (${daten.dokumente} Dokumente)` : ''}`;

/** What the history says of this module's Ereignisse, in plain German. */
export const verlaufstexte: Record<string, Text> = {
  'akte.angelegt': ({ daten }) => `hat die Akte ${daten.aktenzeichen} „${daten.betreff}“ angelegt`,
  'akte.geaendert': ({ daten }) => `hat die Akte geändert${aenderungen(daten)}`,
  'akte.geschlossen': ({ daten }) => `hat die Akte z. d. A. geschrieben${daten.mitVorgaengen ? ` und ${daten.mitVorgaengen === 1 ? 'einen offenen Vorgang' : `${daten.mitVorgaengen} offene Vorgänge`} mit ihr` : ''}${daten.aufbewahrungsende ? `; Aufbewahrung bis ${daten.aufbewahrungsende}` : ''}`,
  'akte.wiedereroeffnet': ({ daten }) => `hat die Akte wiedereröffnet${grund(daten)}`,
  'akte.verschoben': verschoben('die Akte'),
  'akte.umgeordnet': ({ daten }) => `hat die Akte einer anderen Aktenplaneinheit zugeordnet${daten.anzahl > 1 ? `, mit ${daten.anzahl - 1} weiteren` : ''}`,
  'akte.storniert': ({ daten }) => `hat die Akte storniert${grund(daten)}`,
  'akte.storno_zurueckgenommen': () => 'hat das Storno der Akte zurückgenommen',
  'akte.ausgegeben': ausgegeben('die Akte'),
  'vorgang.ausgegeben': ausgegeben('den Vorgang'),
  'dokument.ausgegeben': ausgegeben('das Dokument'),
  'vorgang.angelegt': ({ daten }) => `hat den Vorgang ${daten.kennzeichen} „${daten.betreff}“ angelegt`,
  'vorgang.geaendert': ({ daten }) => `hat den Vorgang geändert${aenderungen(daten)}`,
  'vorgang.geschlossen': () => 'hat den Vorgang z. d. A. geschrieben',
  'vorgang.wiedereroeffnet': ({ daten }) => `hat den Vorgang wiedereröffnet${grund(daten)}`,
  'vorgang.verschoben': verschoben('den Vorgang'),
  'vorgang.storniert': ({ daten }) => `hat den Vorgang storniert${grund(daten)}`,
  'vorgang.storno_zurueckgenommen': () => 'hat das Storno des Vorgangs zurückgenommen',
  'dokument.angelegt': ({ daten }) => `hat ${arten[daten.art] ?? 'das Dokument'} „${daten.betreff}“ abgelegt${daten.dateiname ? ` (Datei ${daten.dateiname})` : ''}`,
  'dokument.anlagen_angelegt': ({ daten }) => (daten.anzahl === 1 ? `hat die Anlage „${daten.betreffe?.[0]}“ beigefügt` : `hat ${daten.anzahl} Anlagen beigefügt`),
  'dokument.geaendert': ({ daten }) => `hat das Dokument geändert${aenderungen(daten)}`,
  'dokument.verschoben': verschoben('das Dokument'),
  'dokument.storniert': ({ daten }) => `hat das Dokument storniert${grund(daten)}`,
  'dokument.storno_zurueckgenommen': () => 'hat das Storno des Dokuments zurückgenommen',
  'dokument.finalisiert': ({ daten }) => `hat Fassung ${daten.nummer} finalisiert`,
  'dokument.definalisiert': ({ daten }) => `hat die Finalisierung zurückgenommen; Fassung ${daten.nummer} enthält wieder den ursprünglichen Inhalt${grund(daten)}`,
  'version.angelegt': ({ daten }) => `hat Fassung ${daten.nummer} angelegt${daten.dateiname ? ` (Datei ${daten.dateiname})` : ''}`,
  'format.angelegt': ({ daten }) => `hat der Fassung ${daten.nummer} die Datei ${daten.dateiname} beigefügt`,
  'verweis.angelegt': ({ daten }) => `hat einen Verweis auf ${daten.kennzeichen ?? 'ein anderes Objekt'} angelegt`,
  'verweis.entfernt': ({ daten }) => `hat den Verweis auf ${daten.kennzeichen ?? 'ein anderes Objekt'} entfernt`,
  'sperre.gesetzt': imHaus(({ daten }) => `hat den Zugriff gesperrt${grund(daten)}`),
  'sperre.aufgehoben': imHaus(() => 'hat die Zugriffssperre aufgehoben'),
  'schutz.eigen': imHaus(({ daten }) => `hat einen eigenen Schutzbereich gesetzt${daten.erbt ? '' : ', der nichts von oben erbt'}${grund(daten)}`),
  'schutz.geerbt': imHaus(({ daten }) => `hat den eigenen Schutzbereich aufgehoben; es gilt wieder der des übergeordneten Objekts${grund(daten)}`),
  'erweiterungsfeld.angelegt': ({ daten }) => `hat das Feld „${daten.bezeichnung}“ angelegt`,
  'erweiterungsfeld.geaendert': ({ daten }) => `hat das Feld ${daten.schluessel} geändert${aenderungen(daten)}`,
  'schriftgut.einstellungen_geaendert': () => 'hat Gliederungstiefe und Pflichtfelder geändert',
};
