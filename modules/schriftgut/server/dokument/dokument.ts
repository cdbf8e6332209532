import type { Dokumentart } from '../../contract.ts';

export type Angaben = { art: Dokumentart; entwurf: boolean; teil: boolean; posteingangsdatum: string | null; postausgangsdatum: string | null; absender: number; empfaenger: number };

/**
 * What a Dokument of its kind must name (ST-03). An Ausgang that is still an Entwurf has not gone out yet; a Dokument from outside is never an Entwurf.
 * Anlagen and Schriftstücke share what their Dokument says.
 */
export function fehlendeAngaben(d: Angaben): { pfad: string; text: string }[] {
  if (d.teil) return [];
  const fehlt = (pfad: string, text: string, ja: boolean) => (ja ? [{ pfad, text }] : []);
  return [
    ...fehlt('/posteingangsdatum', 'Ein Eingang braucht das Posteingangsdatum', d.art === 'eingang' && d.posteingangsdatum === null),
    ...fehlt('/kontakte', 'Ein Eingang braucht einen Absender', d.art === 'eingang' && d.absender === 0),
    ...fehlt('/entwurf', 'Ein Eingang ist nie ein Entwurf', d.art === 'eingang' && d.entwurf),
    ...fehlt('/postausgangsdatum', 'Ein Ausgang braucht das Postausgangsdatum, solange er kein Entwurf ist', d.art === 'ausgang' && !d.entwurf && d.postausgangsdatum === null),
    ...fehlt('/kontakte', 'Ein Ausgang braucht einen Empfänger, solange er kein Entwurf ist', d.art === 'ausgang' && !d.entwurf && d.empfaenger === 0),
  ];
}

// Code list Dateiformat of xdomea by file extension; 100 = »Sonstiges«.
const formatCodes: Readonly<Record<string, string>> = {
  bmp: '001', csv: '002', doc: '003', eml: '006', htm: '007', html: '008', jpe: '009', jpeg: '010', jpg: '011', msg: '012', odp: '013', ods: '014', odt: '015', otp: '016', ots: '017', pdf: '018', png: '019',
  ppt: '020', ps: '021', rtf: '022', tif: '023', tiff: '024', wps: '025', xlc: '026', xlm: '027', xls: '028', xlw: '029', xml: '030', xsd: '031', dot: '032', pot: '033', xlt: '034', docx: '035', xlsx: '036',
  pptx: '037', dotx: '038', xltx: '039', potx: '040', dtd: '041', mpp: '042', ott: '043', txt: '045',
};
export function formatCode(dateiname: string, art: string): { format_code: string; format_name: string | null } {
  if (art === 'pdfa') return { format_code: '044', format_name: null };
  const endung = /\.([^.\s]{1,20})$/.exec(dateiname)?.[1]?.toLowerCase();
  const code = endung === undefined ? undefined : formatCodes[endung];
  return code ? { format_code: code, format_name: null } : { format_code: '100', format_name: endung ?? 'ohne Endung' };
}

/** Betreff of a file that nobody has named: its name without the extension. */
export const betreffAus = (dateiname: string) => dateiname.replace(/\.[^.\s]{1,10}$/, '').replace(/[_]+/g, ' ').trim() || dateiname;
