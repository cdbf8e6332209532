import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { Download } from '../module.ts';
import { formatZeit } from '../zeit.ts';

export type Zelle = string | number | null;
/** A report: what it says does not depend on whether it is printed or reckoned with. `breite`: the share of a column of the printed line. */
export type Bericht = {
  behoerde: string; titel: string; untertitel: string;
  /** »Erstellt am … von …« */
  erstellt: string;
  abschnitte: readonly { titel: string; text?: readonly string[]; tabelle?: { spalten: readonly { titel: string; breite: number }[]; zeilen: readonly (readonly Zelle[])[] } }[];
};
export type Berichtformat = 'pdf' | 'xlsx';
export type Auftrag = { format: Berichtformat; bericht: Bericht };

const MIME = { pdf: 'application/pdf', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
/** Long enough for a person who reaches 5,000 Schutzbereiche. */
const ZEIT = 60_000;

/** »Erstellt am 27. November 2026 um 22:31 von Katrin Seidel« */
export const erstelltAm = (jetzt: Date, von: string) => `Erstellt am ${formatZeit(jetzt, { dateStyle: 'long', timeStyle: 'short' })}${von && ` von ${von}`}`;

/** Made in a thread of its own: thousands of lines take seconds, in which the server answers others. */
export function renderBericht(auftrag: Auftrag): Promise<Uint8Array> {
  const worker = new Worker(new URL('./arbeiter.ts', import.meta.url), { workerData: auftrag });
  return new Promise<Uint8Array>((resolve, reject) => {
    const timer = setTimeout(() => { void worker.terminate(); reject(new Error('the report took too long')); }, ZEIT);
    worker.once('message', resolve).once('error', reject).once('exit', () => { clearTimeout(timer); reject(new Error('the report was not made')); });
  });
}

export async function downloadBericht(format: Berichtformat, bericht: Bericht, dateiname: string): Promise<Download> {
  const bytes = await renderBericht({ format, bericht });
  return { stream: () => Readable.from([Buffer.from(bytes)]), mime: MIME[format], groesse: bytes.byteLength, dateiname: `${dateiname.replace(/[\p{Cc}<>:"/\\|?*]/gu, '_')}.${format}`, disposition: 'attachment' };
}
