import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument, rgb, type PDFFont, type PDFPage } from 'pdf-lib';
import type { Auftrag } from '../protokoll.ts';

const A4: [number, number] = [595.28, 841.89];
const RAND = 56;
const GROESSE = 10;
const ZEILE = 14;
const MAX_SEITEN = 300;

/** Liberation Sans has the letters of DIN 91379; the standard fonts of PDF have those of Western Europe alone. */
const schriften = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts');

/** A mail or plain text as it would come out of a printer: head, body, names of the attachments, page numbers. */
export async function writeTextPdf({ ordner, titel, kopf, text, anlagen }: Extract<Auftrag, { art: 'textpdf' }>): Promise<{ datei: string; seiten: number }> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const [normal, fett] = await Promise.all(['Regular', 'Bold'].map(async (name) => pdf.embedFont(await readFile(join(schriften, `LiberationSans-${name}.ttf`)), { subset: true }))) as [PDFFont, PDFFont];
  pdf.setTitle(titel);
  pdf.setLanguage('de-DE');
  const blatt = openBlatt(pdf);
  const breite = A4[0] - 2 * RAND;
  const width = widthBy(normal);
  const spalte = Math.max(0, ...kopf.map(([name]) => fett.widthOfTextAtSize(`${name}:`, GROESSE))) + 10;
  for (const [name, wert] of kopf) {
    for (const [i, zeile] of wrap(wert, width, breite - spalte).entries()) blatt.line((page, y) => {
      if (i === 0) page.drawText(`${name}:`, { x: RAND, y, size: GROESSE, font: fett });
      page.drawText(zeile, { x: RAND + spalte, y, size: GROESSE, font: normal });
    });
  }
  if (kopf.length) blatt.line((page, y) => page.drawLine({ start: { x: RAND, y: y + 4 }, end: { x: A4[0] - RAND, y: y + 4 }, thickness: 0.5, color: rgb(0.6, 0.6, 0.6) }));
  const schluss = anlagen.length ? ['', `Anlagen: ${anlagen.join(', ')}`] : [];
  for (const absatz of [...text.split('\n'), ...schluss]) {
    if (pdf.getPageCount() >= MAX_SEITEN && blatt.full()) { blatt.line((page, y) => page.drawText('[gekürzt; der vollständige Text steht im Original]', { x: RAND, y, size: GROESSE, font: fett })); break; }
    for (const zeile of wrap(absatz, width, breite)) blatt.line((page, y) => { if (zeile) page.drawText(zeile, { x: RAND, y, size: GROESSE, font: normal }); });
  }
  const seiten = pdf.getPages();
  if (seiten.length > 1) for (const [i, page] of seiten.entries()) page.drawText(`Seite ${i + 1} von ${seiten.length}`, { x: A4[0] - RAND - 70, y: RAND / 2, size: 8, font: normal, color: rgb(0.35, 0.35, 0.35) });
  const datei = join(ordner, 'text.pdf');
  await writeFile(datei, await pdf.save());
  return { datei, seiten: seiten.length };
}

function openBlatt(pdf: PDFDocument) {
  let page = pdf.addPage(A4);
  let y = A4[1] - RAND;
  return {
    full: () => y - ZEILE < RAND,
    line(draw: (page: PDFPage, y: number) => void) {
      if (y - ZEILE < RAND) { page = pdf.addPage(A4); y = A4[1] - RAND; }
      y -= ZEILE;
      draw(page, y);
    },
  };
}

/** Width of a text by its letters: laying out each trial line properly would take most of the time. */
function widthBy(font: PDFFont) {
  const breiten = new Map<string, number>();
  const von = (zeichen: string) => { let b = breiten.get(zeichen); if (b === undefined) breiten.set(zeichen, b = font.widthOfTextAtSize(zeichen, GROESSE)); return b; };
  return (text: string) => { let summe = 0; for (const zeichen of text) summe += von(zeichen); return summe; };
}

/** Breaks at spaces, and inside what is longer than a line (addresses, keys). */
function wrap(absatz: string, width: (text: string) => number, breite: number): string[] {
  const text = absatz.replace(/\t/g, '    ').replace(/[^\P{C}\n]/gu, '');
  const zeilen: string[] = [];
  let zeile = '', bisher = 0;
  const umbruch = () => { zeilen.push(zeile.trimEnd()); zeile = ''; bisher = 0; };
  for (const wort of text.split(/(?<= )/)) {
    const b = width(wort);
    if (zeile && bisher + width(wort.trimEnd()) > breite) umbruch();
    if (b <= breite) { zeile += wort; bisher += b; continue; }
    for (const zeichen of wort) {
      const z = width(zeichen);
      if (bisher + z > breite) umbruch();
      zeile += zeichen;
      bisher += z;
    }
  }
  return [...zeilen, zeile.trimEnd()];
}
