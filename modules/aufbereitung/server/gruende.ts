import type { Schrittart } from '../contract.ts';
import type { Format, GrundCode, GrundDaten, Hinweis } from './konverter/protokoll.ts';

/** Why a step ended as it did, in words fit to show, and what can be done. Without `abhilfe` there is nothing to do. */
type Grund = { grund(d: GrundDaten): string; abhilfe?: string; wiederholbar?: true };

const zahl = (wert: unknown) => Number(wert).toLocaleString('de-DE');
const mb = (bytes: unknown) => `${zahl(Math.round(Number(bytes) / 1e6))} MB`;
const ORIGINAL = 'Das Original ist unverändert gespeichert und kann heruntergeladen werden.';

const gruende: Record<GrundCode, Grund> = {
  leer: { grund: () => 'Die Datei ist leer (0 Byte).', abhilfe: 'Bitten Sie den Absender, die Datei erneut zu schicken.' },
  zu_gross: { grund: (d) => `Die Datei ist mit ${mb(d.groesse)} zu groß, um gelesen zu werden (Grenze ${mb(d.grenze)}).`, abhilfe: ORIGINAL },
  verschluesselt: { grund: () => 'Die Datei ist mit einem Kennwort geschützt.', abhilfe: 'Bitten Sie den Absender um eine Fassung ohne Kennwort, oder öffnen Sie das heruntergeladene Original mit dem Kennwort und legen Sie eine lesbare Fassung als neue Version ab.' },
  beschaedigt: { grund: () => 'Die Datei ist beschädigt und lässt sich nicht lesen.', abhilfe: `${ORIGINAL} Bitten Sie den Absender, sie erneut zu schicken.`, wiederholbar: true },
  keine_seiten: { grund: () => 'Das PDF hat keine Seiten.', abhilfe: 'Bitten Sie den Absender, die Datei erneut zu schicken.' },
  format_unbekannt: { grund: () => 'Das Format der Datei ist unbekannt.', abhilfe: `${ORIGINAL} Es lässt sich mit dem Programm öffnen, das es erzeugt hat.` },
  bild_zu_gross: { grund: (d) => `Das Bild ist mit ${zahl(d.breite)} × ${zahl(d.hoehe)} Pixeln zu groß (Grenze ${zahl(d.grenze)} Millionen Pixel).`, abhilfe: ORIGINAL },
  bild_nicht_lesbar: { grund: (d) => `Das Bild ist nicht lesbar${d.format ? ` (${d.format})` : ''}: Es ist beschädigt oder auf eine Art gespeichert, die nicht unterstützt wird.`, abhilfe: ORIGINAL, wiederholbar: true },
  archivgrenze: { grund: () => 'Die Datei würde beim Entpacken unzulässig groß oder zu tief verschachtelt. So sind Dateien gebaut, die ein System lahmlegen sollen.', abhilfe: `Öffnen Sie die Datei nicht und fragen Sie den Absender. ${ORIGINAL}` },
  xml_entitaeten: { grund: () => 'Die Datei enthält XML mit eigenen Entitäten. Solche Dateien werden aus Sicherheitsgründen nicht gelesen.', abhilfe: ORIGINAL },
  zeit: { grund: () => 'Die Verarbeitung hat zu lange gedauert und wurde abgebrochen.', abhilfe: `${ORIGINAL} Sie können es später erneut versuchen.`, wiederholbar: true },
  speicher: { grund: () => 'Die Verarbeitung hat zu viel Speicher gebraucht und wurde abgebrochen.', abhilfe: ORIGINAL, wiederholbar: true },
  ausgabe: { grund: () => 'Die Verarbeitung hat zu viele Daten erzeugt und wurde abgebrochen.', abhilfe: ORIGINAL, wiederholbar: true },
  absturz: { grund: () => 'Das Leseprogramm ist an dieser Datei zweimal abgestürzt.', abhilfe: `${ORIGINAL} Bleibt es dabei, melden Sie es dem Betrieb.`, wiederholbar: true },
  libreoffice_fehlt: { grund: () => 'Auf dem Server ist LibreOffice nicht installiert.', abhilfe: 'Der Betrieb installiert es mit: apt-get install libreoffice-writer libreoffice-calc libreoffice-impress libreoffice-draw. Danach „Erneut versuchen“.', wiederholbar: true },
  tesseract_fehlt: { grund: () => 'Auf dem Server fehlt die Texterkennung.', abhilfe: 'Der Betrieb installiert sie mit: apt-get install tesseract-ocr tesseract-ocr-deu. Danach „Erneut versuchen“.', wiederholbar: true },
  rendition_fehlgeschlagen: { grund: () => 'LibreOffice konnte die Datei nicht öffnen.', abhilfe: `${ORIGINAL} Vielleicht ist es beschädigt.`, wiederholbar: true },
  kein_text_im_format: { grund: () => 'Dateien dieser Art enthalten keinen Text.' },
  kein_bild_im_format: { grund: () => 'Dateien dieser Art haben keine Seiten.' },
  text_vorhanden: { grund: () => 'Die Datei enthält ihren Text selbst.' },
  keine_umwandlung_noetig: { grund: () => 'Die Datei lässt sich ohne Umwandlung ansehen.' },
  vorher_fehlgeschlagen: { grund: () => 'Nicht möglich, weil ein früherer Schritt fehlgeschlagen ist.' },
  ablage: { grund: () => 'Der gespeicherte Inhalt fehlt oder ist verändert.', abhilfe: 'Melden Sie es dem Betrieb: Er bringt den Inhalt aus der Sicherung zurück. Danach „Erneut versuchen“.', wiederholbar: true },
  unerwartet: { grund: () => 'Bei der Verarbeitung ist ein unerwarteter Fehler aufgetreten.', abhilfe: `${ORIGINAL} Sie können es erneut versuchen; bleibt es dabei, melden Sie es dem Betrieb.`, wiederholbar: true },
};

export function presentGrund(code: GrundCode, daten: GrundDaten): { grund: string; abhilfe: string | null; wiederholbar: boolean } {
  const { grund, abhilfe = null, wiederholbar = false } = gruende[code];
  return { grund: grund(daten), abhilfe, wiederholbar };
}

const hinweise: Record<Hinweis['code'], (d: GrundDaten) => string> = {
  text_gekuerzt: () => 'Der Text ist sehr lang und wurde für Suche und Anzeige gekürzt.',
  seiten_gekuerzt: (d) => `Von ${zahl(d.anzahl)} Seiten haben die ersten ${zahl(d.grenze)} eine Vorschau.`,
  anlagen_gekuerzt: (d) => `Die Nachricht hat ${zahl(d.anzahl)} Anlagen. ${zahl(d.grenze)} wurden herausgelöst, die übrigen liegen im Original.`,
  anlage_zu_gross: (d) => `Die Anlage „${d.name || 'ohne Namen'}“ und alle nach ihr wurden nicht herausgelöst, weil die Anlagen zusammen zu groß sind. Sie liegen im Original.`,
  verschluesselt: () => 'Die Nachricht ist verschlüsselt. Ihr Inhalt ist nur mit dem Schlüssel des Empfängers lesbar.',
  signiert: () => 'Die Nachricht trägt eine elektronische Signatur. Sie wurde nicht geprüft.',
  makros: () => 'Die Datei enthält Makros. Sie werden hier nicht ausgeführt.',
  tnef_nicht_lesbar: () => 'Die Nachricht enthält eine winmail.dat, die sich nicht öffnen lässt.',
  eingebettete_dateien: (d) => `In das PDF ${d.anzahl === 1 ? 'ist eine Datei' : `sind ${zahl(d.anzahl)} Dateien`} eingebettet: ${d.namen}`,
  teilnachricht: () => 'Dies ist nur ein Teil einer Nachricht, die in mehreren Teilen verschickt wurde.',
  tiefe: () => 'Anlagen von Anlagen wurden ab der fünften Ebene nicht mehr herausgelöst.',
  seite_nicht_lesbar: (d) => `Seite ${d.seite} ist beschädigt.`,
  repariert: () => 'Die Datei ist beschädigt; der Text stammt aus einem Reparaturversuch und kann unvollständig sein.',
  kein_text_erkannt: () => 'Auf den Seiten wurde kein Text erkannt.',
  ocr_wasm: () => 'Der Text wurde mit der eingebauten Texterkennung gelesen. Ist tesseract installiert, geht es etwa doppelt so schnell.',
  endung_falsch: (d) => `Der Name endet auf „.${d.endung}“, der Inhalt ist aber: ${d.format}.`,
};
export const presentHinweis = ({ code, daten = {} }: Hinweis) => ({ code, text: hinweise[code](daten) });

export const schrittTitel: Record<Schrittart, string> = { typ: 'Format erkennen', text: 'Text lesen', ocr: 'Text auf Bildern erkennen', vorschau: 'Seitenbilder', rendition: 'Ansicht als PDF' };

export const formatNamen: Record<Format, string> = {
  pdf: 'PDF', docx: 'Word-Dokument', xlsx: 'Excel-Tabelle', pptx: 'PowerPoint-Präsentation', odt: 'OpenDocument-Text', ods: 'OpenDocument-Tabelle', odp: 'OpenDocument-Präsentation', odg: 'OpenDocument-Zeichnung',
  doc: 'Word-Dokument (97–2003)', xls: 'Excel-Tabelle (97–2003)', ppt: 'PowerPoint-Präsentation (97–2003)', rtf: 'RTF-Text', html: 'HTML-Seite', txt: 'Text', csv: 'CSV-Tabelle', xml: 'XML-Daten',
  eml: 'E-Mail', mbox: 'Postfachdatei', msg: 'E-Mail (Outlook)', tnef: 'winmail.dat', tiff: 'TIFF-Bild', png: 'PNG-Bild', jpeg: 'JPEG-Bild', heic: 'HEIC-Bild', gif: 'GIF-Bild', webp: 'WebP-Bild', bmp: 'BMP-Bild',
  zip: 'ZIP-Archiv', archiv: 'Archiv', video: 'Video', audio: 'Tonaufnahme', unbekannt: 'Unbekanntes Format', leer: 'Leere Datei',
};
