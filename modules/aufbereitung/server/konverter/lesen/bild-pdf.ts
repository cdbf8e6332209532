import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { KonverterFehler, type Auftrag } from '../protokoll.ts';
import { notReadable, openBild } from './bild.ts';

/** Points per pixel at the picture's own resolution, else as if it were A4 wide; never beyond A3's long side and a bit. */
const A4_BREITE = 595;
const MAX_PUNKTE = 1_300;
const MAX_PIXEL = 3_500;
const MAX_SEITEN = 300;

/** Pictures that a browser or printer does not know (TIFF, HEIC …) as a PDF with one page each. */
export async function writeBildPdf({ datei, format, ordner }: Extract<Auftrag, { art: 'bildpdf' }>): Promise<{ datei: string; seiten: number }> {
  const bild = await openBild(datei, format);
  const pdf = await PDFDocument.create();
  for (let i = 0; i < Math.min(bild.seiten, MAX_SEITEN); i++) {
    try {
      const { breite, hoehe, dpi } = await bild.groesse(i);
      const pipeline = (await bild.open(i)).flatten({ background: '#fff' }).resize({ width: MAX_PIXEL, height: MAX_PIXEL, fit: 'inside', withoutEnlargement: true });
      const zweifarbig = format === 'tiff' && (await pipeline.clone().stats()).entropy < 1; // line art stays sharp and small as PNG
      const bytes = await (zweifarbig ? pipeline.grayscale().png({ palette: true, colours: 4 }) : pipeline.jpeg({ quality: 80 })).toBuffer();
      const seite = zweifarbig ? await pdf.embedPng(bytes) : await pdf.embedJpg(bytes);
      const faktor = Math.min(dpi ? 72 / dpi : A4_BREITE / breite, MAX_PUNKTE / Math.max(breite, hoehe));
      pdf.addPage([breite * faktor, hoehe * faktor]).drawImage(seite, { x: 0, y: 0, width: breite * faktor, height: hoehe * faktor });
    } catch (error) { if (bild.seiten === 1) throw notReadable(error); }
  }
  if (!pdf.getPageCount()) throw new KonverterFehler('bild_nicht_lesbar', {});
  const ziel = join(ordner, 'bild.pdf');
  await writeFile(ziel, await pdf.save());
  return { datei: ziel, seiten: pdf.getPageCount() };
}
