/**
 * The image side of the scan station. Every function hands its bytes to a converter process; none of them is read in the server's.
 * Failures are ScanbildFehler, whose text is German and fit to show.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { openKonverter, withOrdner, KonverterFehler, type Grenzen, type Konverterpool } from '#modules/aufbereitung/server/konverter/index.ts';
import { linkInto } from './dateien.ts';
import { presentScanfehler } from './fehler.ts';
import type { Analyseoptionen, Bearbeitung, Deckblatt, PdfAngaben, PdfErgebnis, PdfSeite, Scanauftrag, Scanergebnis, Scanmime, Scanseite, Seitenanalyse } from './typen.ts';

export * from './typen.ts';
export { makeDeckblattcode, readDeckblattcode, type Deckblattziel } from './deckblattcode.ts';
export { describeGuete, describeLeer, describeCodefehler } from './fehler.ts';

const PROGRAMM = fileURLToPath(new URL('./programm.ts', import.meta.url));
const SEITE: Grenzen = { zeitMs: 60_000, speicherMiB: 1_500, ausgabeMiB: 600 };
const DATEI: Grenzen = { zeitMs: 600_000, speicherMiB: 2_500, ausgabeMiB: 4_000 };
/** Pages lie in the work folder this many at a time, however long the file is; fewer where they are large. */
const PORTION = 32;

let pool: Konverterpool | undefined;
const konverter = () => pool ??= openKonverter({ anzahl: 2, programm: PROGRAMM });
/** For tests and orderly ends; without it the converters go with the server. */
export async function closeScanbild() {
  const alt = pool;
  pool = undefined;
  await alt?.close();
}

export class ScanbildFehler extends Error {
  readonly code: string;
  constructor(code: string, text: string) { super(text); this.code = code; }
}
async function run<A extends Scanauftrag>(auftrag: A, grenzen: Grenzen): Promise<Scanergebnis<A['art']>> {
  try { return await konverter().runAuftrag<Scanergebnis<A['art']>>(auftrag, grenzen); } catch (error) {
    if (error instanceof KonverterFehler) throw new ScanbildFehler(error.code, presentScanfehler(error.code, error.daten));
    throw error;
  }
}
const withBild = <T>(bild: Uint8Array, work: (ordner: string, datei: string) => Promise<T>) => withOrdner(async (ordner) => {
  const datei = join(ordner, 'bild');
  await writeFile(datei, bild);
  return work(ordner, datei);
});

/** What one page says of itself: blank, turned, leaning, its codes, its quality. PNG, JPEG or TIFF, any depth. */
export const analyseSeite = (bild: Uint8Array, optionen: Analyseoptionen = {}): Promise<Seitenanalyse> =>
  withBild(bild, (ordner, datei) => run({ art: 'analyse', datei, ordner, optionen }, SEITE));

/**
 * The pages of a file, one after another, never all in memory. What cannot be read of a page is told in its place; what cannot be read at all is thrown.
 * With `analyse` each page comes with its analysis, made in the same go. `von`: where to take up again.
 */
export async function* readSeiten(datei: string, mime: Scanmime, { analyse, von = 1 }: { analyse?: Analyseoptionen; von?: number } = {}): AsyncGenerator<Scanseite> {
  for (let anzahl = Infinity; von <= anzahl;) {
    const seiten: Scanseite[] = [];
    await withOrdner(async (ordner) => {
      const teil = await run({ art: 'seiten', datei: await linkInto(ordner, datei), mime, ordner, von, bis: von + PORTION - 1, ...(analyse && { analyse }) }, DATEI);
      anzahl = teil.anzahl;
      for (const s of teil.seiten) seiten.push('fehler' in s
        ? { nummer: s.nummer, anzahl, fehler: { code: s.fehler.code, text: presentScanfehler(s.fehler.code, s.fehler.daten) } }
        : { ...s, anzahl, bild: await readFile(s.datei) });
    });
    if (!seiten.length) return; // `von` beyond the end
    von += seiten.length;
    yield* seiten;
  }
}

/** One page, turned, straightened, cut: PNG where it was black and white, else JPEG at high quality. */
export const bearbeiteSeite = (bild: Uint8Array, bearbeitung: Bearbeitung): Promise<Buffer> =>
  withBild(bild, async (ordner, datei) => readFile((await run({ art: 'bearbeiten', datei, ordner, bearbeitung }, SEITE)).datei));
/** A picture to look at, as WebP. */
export const makeVorschau = (bild: Uint8Array, breite = 1_240): Promise<Buffer> =>
  withBild(bild, async (ordner, datei) => readFile((await run({ art: 'vorschau', datei, ordner, breite }, SEITE)).datei));

/**
 * One PDF of chosen pages, in their order. Pages without `bearbeitung` keep their bytes (JPEG, CCITT, JBIG2, what a PDF holds). It is a file as long as
 * `work` runs, since its hash has to be known before anything is stored.
 */
export const baueScanPdf = <T>(seiten: readonly PdfSeite[], angaben: PdfAngaben, work: (stream: () => Readable, pdf: PdfErgebnis) => Promise<T>): Promise<T> => withOrdner(async (ordner) => {
  const lokal = new Map<string, string>();
  for (const [i, datei] of [...new Set(seiten.map((s) => s.datei))].entries()) lokal.set(datei, await linkInto(ordner, datei, `quelle-${i}`));
  const { datei, ...rest } = await run({ art: 'pdf', ordner, seiten: seiten.map((s) => ({ ...s, datei: lokal.get(s.datei)! })), angaben: { ...angaben, erstellt: angaben.erstellt.toISOString() } }, DATEI);
  const hash = createHash('sha256');
  for await (const block of createReadStream(datei)) hash.update(block as Buffer);
  return work(() => createReadStream(datei), { ...rest, sha256: hash.digest('hex'), groesse: (await stat(datei)).size });
});

/** Cover sheets, one page each, in one PDF. */
export const baueDeckblaetter = (blaetter: readonly Deckblatt[]): Promise<Buffer> =>
  withOrdner(async (ordner) => readFile((await run({ art: 'deckblatt', blaetter, ordner }, SEITE)).datei));
export const baueDeckblatt = (blatt: Deckblatt) => baueDeckblaetter([blatt]);
