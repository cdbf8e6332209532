import { defineErrors } from '#platform/server/errors.ts';
import type { Schrittart, Schrittstatus } from '../contract.ts';
import { formatNamen } from './gruende.ts';
import { bildformate, druckbilder, officeformate, textAusRendition, textformate, type Format, type GrundCode, type GrundDaten, type Hinweis, type Lesung } from './konverter/protokoll.ts';

export const AufbereitungErrors = defineErrors('aufbereitung', {
  nichts_zu_wiederholen: { status: 409, title: 'An dieser Datei ist kein Schritt fehlgeschlagen, der sich wiederholen lässt' },
});

export const SCHRITTARTEN = ['typ', 'text', 'ocr', 'vorschau', 'rendition'] as const satisfies readonly Schrittart[];
/** Attachments of attachments: so deep they are lifted out, and so many from one mail in all. */
export const MAX_TIEFE = 5;
export const MAX_ANLAGEN_JE_WURZEL = 1_000;

export type Stand = { status: Schrittstatus; code?: GrundCode; daten?: GrundDaten };
export type Plan = Record<Schrittart, Stand>;

const fertig: Stand = { status: 'fertig' };
const offen: Stand = { status: 'offen' };
const unnoetig = (code: GrundCode): Stand => ({ status: 'nicht_noetig', code });
const gescheitert = (code: GrundCode, daten: GrundDaten = {}): Stand => ({ status: 'fehlgeschlagen', code, daten });

/** Formats that hold no text by their nature; what else is unreadable has failed. */
const ohneText: ReadonlySet<Format> = new Set<Format>(['archiv', 'video', 'audio']);
/** Damage that another program may see past. */
const reparierbar: ReadonlySet<GrundCode> = new Set<GrundCode>(['beschaedigt']);

/** Text comes out of the PDF that LibreOffice makes: because we read the format only so, or because our own reader found it damaged. */
export const isTextAusRendition = ({ format, fehler }: Pick<Lesung, 'format' | 'fehler'>) =>
  fehler ? officeformate.has(format) && reparierbar.has(fehler.code) : textAusRendition.has(format);

/** A PDF is made of it, to look at or to print. */
export const hatRendition = (format: Format) => officeformate.has(format) || textformate.has(format) || druckbilder.has(format);
/** Page images are drawn from that PDF. */
export const isVorschauAusRendition = (format: Format) => officeformate.has(format) || textformate.has(format);

/** What remains to be done once type and text have been looked for. */
export function planSchritte({ format, fehler, texte }: Pick<Lesung, 'format' | 'fehler' | 'texte'>): Plan {
  const bild = bildformate.has(format);
  if (format === 'unbekannt' && !fehler) {
    return { typ: gescheitert('format_unbekannt'), text: unnoetig('vorher_fehlgeschlagen'), ocr: unnoetig('vorher_fehlgeschlagen'), vorschau: unnoetig('vorher_fehlgeschlagen'), rendition: unnoetig('vorher_fehlgeschlagen') };
  }
  if (fehler && !isTextAusRendition({ format, fehler })) {
    const danach = unnoetig('vorher_fehlgeschlagen');
    return { typ: fertig, text: gescheitert(fehler.code, fehler.daten), ocr: danach, vorschau: danach, rendition: danach };
  }
  const ocrNoetig = texte.some((t) => t.ocrNoetig);
  return {
    typ: fertig,
    text: isTextAusRendition({ format, ...(fehler && { fehler }) }) ? offen : bild || ohneText.has(format) ? unnoetig('kein_text_im_format') : fertig,
    ocr: ocrNoetig ? offen : unnoetig(bild || ohneText.has(format) ? 'kein_text_im_format' : 'text_vorhanden'),
    vorschau: format === 'pdf' || bild || hatRendition(format) ? offen : unnoetig('kein_bild_im_format'),
    rendition: hatRendition(format) ? offen : unnoetig('keine_umwandlung_noetig'),
  };
}

const ENDUNGEN: Partial<Record<Format, readonly string[]>> = {
  pdf: ['pdf'], docx: ['docx', 'docm', 'dotx', 'dotm'], xlsx: ['xlsx', 'xlsm', 'xltx'], pptx: ['pptx', 'pptm', 'ppsx', 'potx'], odt: ['odt', 'ott', 'sxw'], ods: ['ods', 'ots', 'sxc'], odp: ['odp', 'otp', 'sxi'],
  doc: ['doc', 'dot'], xls: ['xls', 'xlt'], ppt: ['ppt', 'pps', 'pot'], rtf: ['rtf', 'doc'], txt: ['txt', 'text', 'log', 'md', 'csv', 'xml', 'html', 'htm', 'eml', 'ics', 'json'], html: ['html', 'htm', 'xhtml'], eml: ['eml', 'txt', 'msg', 'mht', 'mhtml'], msg: ['msg', 'oft'],
  tiff: ['tif', 'tiff'], png: ['png'], jpeg: ['jpg', 'jpeg', 'jfif'], heic: ['heic', 'heif'], gif: ['gif'], webp: ['webp'], bmp: ['bmp'], zip: ['zip', 'jar', 'epub', 'kmz'],
};
const BEKANNT = new Set(Object.values(ENDUNGEN).flat());

/** A name that claims one known type while the content is another. */
export function checkEndung(dateiname: string, format: Format): Hinweis[] {
  const endung = /\.([a-z0-9]{2,5})$/i.exec(dateiname)?.[1]?.toLowerCase();
  const passend = ENDUNGEN[format];
  const falsch = endung && BEKANNT.has(endung) && (passend ? !passend.includes(endung) : !['leer'].includes(format));
  return falsch ? [{ code: 'endung_falsch', daten: { endung, format: formatNamen[format] } }] : [];
}

/** Names for attachments that came without: what they are, numbered. */
export function nameAnlage(dateiname: string, mime: string, nr: number): string {
  if (dateiname.trim()) return dateiname;
  const bekannt: Record<string, string> = { 'message/rfc822': 'Nachricht.eml', 'message/delivery-status': 'Zustellbericht.txt', 'message/disposition-notification': 'Lesebestätigung.txt', 'text/calendar': 'Termin.ics', 'text/plain': 'Text.txt', 'text/html': 'Text.html' };
  const name = bekannt[mime] ?? `Anlage.${/^image\/(png|gif|jpeg|webp)$/.exec(mime)?.[1]?.replace('jpeg', 'jpg') ?? (mime === 'application/pdf' ? 'pdf' : 'bin')}`;
  return name.replace('.', ` ${nr}.`);
}

/** Failures of the surroundings are tried again by themselves after so many minutes; then a person must ask. */
export const WIEDERHOLUNG_MINUTEN = [1, 10, 60] as const;
export const nextVersuch = (versuche: number, now: Date): Date | undefined => {
  const minuten = WIEDERHOLUNG_MINUTEN[versuche - 1];
  return minuten === undefined ? undefined : new Date(now.getTime() + minuten * 60_000);
};
