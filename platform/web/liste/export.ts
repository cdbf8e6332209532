export type Wert = string | number | Date | null | undefined;
export type ExportSpalte<Z> = { titel: string; text(zeile: Z): Wert };

/** A spreadsheet runs a cell that begins like a formula: a leading apostrophe keeps it text. */
const zelle = (wert: Wert) => {
  const text = wert instanceof Date ? wert.toISOString() : typeof wert === 'number' ? String(wert).replace('.', ',') : wert ?? '';
  const sicher = typeof wert === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(sicher) ? `"${sicher.replaceAll('"', '""')}"` : sicher;
};
/** As a German Excel opens it by double click: semicolons, CRLF, UTF-8 with byte order mark. */
export const csv = <Z>(spalten: readonly ExportSpalte<Z>[], zeilen: readonly Z[]) =>
  `\uFEFF${[spalten.map((s) => zelle(s.titel)), ...zeilen.map((z) => spalten.map((s) => zelle(s.text(z))))].map((z) => z.join(';')).join('\r\n')}\r\n`;

export async function xlsx<Z>(spalten: readonly ExportSpalte<Z>[], zeilen: readonly Z[]): Promise<Blob> {
  const { default: schreibe } = await import('write-excel-file/browser');
  const kopf = spalten.map((s) => ({ value: s.titel, fontWeight: 'bold' as const }));
  const inhalt = zeilen.map((z) => spalten.map((s) => {
    const wert = s.text(z);
    if (wert === null || wert === undefined || wert === '') return null;
    if (typeof wert === 'number') return { type: Number, value: wert };
    return wert instanceof Date ? { type: Date, value: wert, format: 'dd.mm.yyyy hh:mm' } : { type: String, value: wert };
  }));
  const breiten = spalten.map((s) => ({ width: Math.min(60, Math.max(s.titel.length, ...zeilen.slice(0, 200).map((z) => String(s.text(z) ?? '').length)) + 2) }));
  return schreibe([kopf, ...inhalt] as never, { columns: breiten, stickyRowsCount: 1 } as never).toBlob();
}

/** Hands bytes made here to the person as a file. */
export function speichere(inhalt: Blob, dateiname: string) {
  const adresse = URL.createObjectURL(inhalt);
  const link = Object.assign(document.createElement('a'), { href: adresse, download: dateiname });
  link.click();
  setTimeout(() => URL.revokeObjectURL(adresse), 60_000);
}
