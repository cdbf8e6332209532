import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { KonverterFehler, type Auftrag, type Bild, type Hinweis, type Ocrbild } from '../protokoll.ts';
import { notReadable, openBild, renderForOcr } from './bild.ts';
import { openPdf, type Pdf, type Pixel } from './pdfium.ts';

/** Widths in pixels: a thumbnail at twice its size on screen, a page as wide as an A4 column at 150 dpi. */
const BREITE = { daumen: 240, seite: 1_240 };
const OCR_DPI = 300;
const HOEHE_MAX = 4_000;

/** Page images and thumbnails as WebP, the first `seiten` and `daumen` pages. */
export async function renderBilder({ datei, ordner, format, daumen, seiten }: Extract<Auftrag, { art: 'bilder' }>): Promise<{ bilder: Bild[]; hinweise: Hinweis[] }> {
  const quelle = format === 'pdf' ? pdfQuelle(await openPdf(datei)) : await bildQuelle(datei, format);
  const bilder: Bild[] = [];
  const hinweise: Hinweis[] = [];
  const anzahl = Math.min(quelle.seiten, Math.max(daumen, seiten));
  if (quelle.seiten > daumen) hinweise.push({ code: 'seiten_gekuerzt', daten: { anzahl: quelle.seiten, grenze: daumen } });
  try {
    for (let i = 0; i < anzahl; i++) {
      const gross = i < seiten;
      const bild = await quelle.open(i, gross ? BREITE.seite : BREITE.daumen).catch((error: unknown) => { if (quelle.seiten === 1) throw error; return undefined; });
      if (!bild) { hinweise.push({ code: 'seite_nicht_lesbar', daten: { seite: i + 1 } }); continue; }
      const fertig = await bild.raw().toBuffer({ resolveWithObject: true }).catch((error: unknown) => { throw notReadable(error); });
      const pixel = () => sharp(fertig.data, { raw: { width: fertig.info.width, height: fertig.info.height, channels: fertig.info.channels as 1 | 2 | 3 | 4 } });
      if (gross) bilder.push(await save(pixel(), i, 'seite', ordner));
      if (i < daumen) bilder.push(await save(gross ? pixel().resize({ width: Math.min(BREITE.daumen, fertig.info.width), height: HOEHE_MAX, fit: 'inside' }) : pixel(), i, 'daumen', ordner));
    }
  } finally { quelle.close(); }
  return { bilder, hinweise };
}

async function save(bild: Sharp, index: number, art: Bild['art'], ordner: string): Promise<Bild> {
  const datei = join(ordner, `${art}-${index + 1}.webp`);
  const { width, height, size } = await bild.flatten({ background: '#fff' }).webp({ quality: art === 'seite' ? 80 : 72, effort: 2 }).toFile(datei);
  return { seite: index + 1, art, datei, breite: width, hoehe: height, bytes: size };
}

const toSharp = ({ data, breite, hoehe, kanaele }: Pixel) => sharp(data, { raw: { width: breite, height: hoehe, channels: kanaele } });

function pdfQuelle(pdf: Pdf) {
  return { seiten: pdf.seiten, close: pdf.close, async open(i: number, breite: number) { const p = pdf.render(i, { breite }); return p && toSharp(p); } };
}
async function bildQuelle(datei: string, format: Extract<Auftrag, { art: 'bilder' }>['format']) {
  const bild = await openBild(datei, format);
  return {
    seiten: bild.seiten, close() {},
    open: async (i: number, breite: number): Promise<Sharp | undefined> => (await bild.open(i)).resize({ width: breite, height: HOEHE_MAX, fit: 'inside', withoutEnlargement: true }),
  };
}

/** Grey pictures for recognition as PGM: no time lost on compressing what is read once. Each is told as soon as it lies there. */
export async function renderOcrbilder({ datei, ordner, format, seiten, drehung }: Extract<Auftrag, { art: 'ocrbilder' }>, teil: (b: Ocrbild) => void): Promise<{ seiten: number }> {
  const pdf = format === 'pdf' ? await openPdf(datei) : undefined;
  const bild = pdf ? undefined : await openBild(datei, format);
  let fertig = 0;
  try {
    for (const seite of seiten) {
      const gerade = pdf ? pdf.render(seite - 1, { dpi: OCR_DPI, grau: true }) : await renderForOcr(bild!, seite - 1);
      if (!gerade) continue;
      const p = drehung ? await turn(gerade, drehung) : gerade;
      const ziel = join(ordner, `ocr-${seite}${drehung ? `-${drehung}` : ''}.pgm`);
      await writeFile(ziel, Buffer.concat([Buffer.from(`P5\n${p.breite} ${p.hoehe}\n255\n`), p.data]));
      teil({ seite, datei: ziel, breite: p.breite, hoehe: p.hoehe });
      fertig++;
    }
  } finally { pdf?.close(); }
  if (!fertig && seiten.length) throw new KonverterFehler('beschaedigt');
  return { seiten: fertig };
}

async function turn(p: Pixel, drehung: number): Promise<Pixel> {
  const { data, info } = await toSharp(p).rotate(drehung).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { data, breite: info.width, hoehe: info.height, kanaele: 1 };
}
