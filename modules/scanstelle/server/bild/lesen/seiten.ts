import { copyFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDict, PDFDocument, PDFName } from 'pdf-lib';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { detectTyp, KonverterFehler, notReadable, openPdf, type Pdf } from '#modules/aufbereitung/server/konverter/lesen/index.ts';
import type { Bildmime, Scanauftrag, Scanergebnis, Seitendatei } from '../typen.ts';
import { analyseBild } from './analyse.ts';
import { readKopf } from './laden.ts';
import { openTiff } from './tiff.ts';

type Auftrag = Extract<Scanauftrag, { art: 'seiten' }>;
type Roh = { mime: Bildmime; datei: string; unveraendert: boolean; dpi?: number };
type Quelle = { anzahl: number; seite(i: number, ziel: string): Promise<Roh>; close(): Promise<void> | void };

/** What one order leaves in its folder before the next goes on. */
const PORTION_BYTES = 48 * 2 ** 20;
const MAX_PORTFOLIO_BYTES = 100 * 2 ** 20;
const RENDER_DPI = { von: 150, bis: 400, sonst: 300 };

/** Pages `von` to `bis`, or fewer when they are large; each a file in the order's folder, with its bytes as they stand in the source where that can be. */
export async function extractSeiten(auftrag: Auftrag): Promise<Scanergebnis<'seiten'>> {
  const quelle = await openQuelle(auftrag);
  const seiten: Scanergebnis<'seiten'>['seiten'] = [];
  let bytes = 0;
  try {
    for (let nummer = auftrag.von; nummer <= Math.min(auftrag.bis, quelle.anzahl) && bytes < PORTION_BYTES; nummer++) {
      try {
        const roh = await quelle.seite(nummer - 1, join(auftrag.ordner, `seite-${nummer}`));
        seiten.push(await describe(nummer, roh, auftrag));
        bytes += (await stat(roh.datei)).size;
      } catch (error) {
        if (!(error instanceof KonverterFehler) || quelle.anzahl === 1) throw error;
        seiten.push({ nummer, fehler: { code: error.code, daten: { ...error.daten, seite: nummer } } });
      }
    }
  } finally { await quelle.close(); }
  return { anzahl: quelle.anzahl, seiten };
}

async function describe(nummer: number, { mime, datei, unveraendert, dpi }: Roh, { analyse }: Auftrag): Promise<Seitendatei> {
  const kopf = await readKopf(datei);
  const bekannt = { ...kopf, dpiX: dpi ?? kopf.dpiX, dpiY: dpi ?? kopf.dpiY };
  return { nummer, mime, datei, unveraendert, breite: kopf.breite, hoehe: kopf.hoehe, dpi: bekannt.dpiY === null ? null : Math.round(bekannt.dpiY), ...(analyse && { analyse: await analyseBild(datei, bekannt, analyse) }) };
}

async function openQuelle({ datei }: Auftrag): Promise<Quelle> {
  const { format } = await detectTyp(datei);
  switch (format) {
    case 'leer': throw new KonverterFehler('leer');
    case 'pdf': return openPdfquelle(datei);
    case 'tiff': return openTiffquelle(datei);
    case 'jpeg': case 'png': return { anzahl: 1, close() {}, seite: async (_i, ziel) => { await copyFile(datei, ziel); return { mime: `image/${format}`, datei: ziel, unveraendert: true }; } };
    default: throw new KonverterFehler('format_unbekannt', { format });
  }
}

async function openTiffquelle(datei: string): Promise<Quelle> {
  const tiff = await openTiff(datei);
  const { seiten } = tiff;
  if (seiten === undefined) { // BigTIFF: by way of libtiff, page by page, losslessly packed anew
    const meta = await sharp(datei, { limitInputPixels: false }).metadata().catch((error: unknown) => { throw notReadable(error); });
    return { anzahl: meta.pages ?? 1, close: () => tiff.close(), seite: async (i, ziel) => { await sharp(datei, { page: i, failOn: 'truncated' }).keepMetadata().png({ compressionLevel: 3 }).toFile(ziel).catch((error: unknown) => { throw notReadable(error); }); return { mime: 'image/png', datei: ziel, unveraendert: false }; } };
  }
  return {
    // A directory that is torn off was a page: it is told, not left out.
    anzahl: seiten + (tiff.abgerissen ? 1 : 0), close: () => tiff.close(),
    async seite(i, ziel) {
      if (i >= seiten) throw new KonverterFehler('beschaedigt', { format: 'tiff' });
      const s = await tiff.seite(i);
      if (s.kompression === 6) throw new KonverterFehler('bild_nicht_lesbar', { format: 'JPEG alter Art in TIFF' });
      await writeFile(ziel, await tiff.datei(s));
      return { mime: 'image/tiff', datei: ziel, unveraendert: true };
    },
  };
}

async function openPdfquelle(datei: string): Promise<Quelle> {
  const pdf = await openPdf(datei);
  try {
    if (pdf.eingebettet().length && await isPortfolio(datei)) throw new KonverterFehler('beschaedigt', { format: 'portfolio' });
    if (!pdf.seiten) throw new KonverterFehler('keine_seiten');
  } catch (error) { pdf.close(); throw error; }
  return { anzahl: pdf.seiten, close: () => pdf.close(), seite: (i, ziel) => pdfSeite(pdf, i, ziel) };
}

export async function pdfSeite(pdf: Pdf, i: number, ziel: string): Promise<Roh> {
  const scan = pdf.readScan(i);
  if (!scan) throw new KonverterFehler('beschaedigt', { format: 'pdf' });
  if (scan.jpeg) { await writeFile(ziel, scan.jpeg); return { mime: 'image/jpeg', datei: ziel, unveraendert: true, dpi: scan.bilder[0]!.dpi }; }
  const groesstes = scan.bilder.filter((b) => b.anteil > 0.3).sort((a, b) => b.anteil - a.anteil)[0];
  const dpi = groesstes ? Math.min(RENDER_DPI.bis, Math.max(RENDER_DPI.von, groesstes.dpi)) : RENDER_DPI.sonst;
  const grau = scan.nurBilder && scan.bilder.length > 0 && scan.bilder.every((b) => b.bits === 1 || b.farbraum === 1);
  const p = pdf.render(i, { dpi, grau });
  if (!p) throw new KonverterFehler('beschaedigt', { format: 'pdf' });
  // A picture that PDFium does not understand it leaves out without a word: such a page must not pass for a blank one.
  if (scan.bilder.some((b) => b.filter === 'JBIG2Decode') && p.data.every((v) => v === p.data[0])) throw new KonverterFehler('bild_nicht_lesbar', { format: 'JBIG2' });
  const echt = p.breite / (scan.breite / 72);
  await sharp(p.data, { raw: { width: p.breite, height: p.hoehe, channels: p.kanaele } }).flatten({ background: '#fff' }).withMetadata({ density: echt }).png({ compressionLevel: 2 }).toFile(ziel);
  return { mime: 'image/png', datei: ziel, unveraendert: false, dpi: echt };
}

/** A collection of files with a cover page: what was sent is in the files. */
async function isPortfolio(datei: string): Promise<boolean> {
  if ((await stat(datei)).size > MAX_PORTFOLIO_BYTES) return false;
  const pdf = await PDFDocument.load(await readFile(datei), { ignoreEncryption: true, updateMetadata: false, throwOnInvalidObject: false }).catch(() => undefined);
  return pdf?.catalog.lookup(PDFName.of('Collection')) instanceof PDFDict;
}
