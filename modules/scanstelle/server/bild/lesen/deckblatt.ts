import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument, rgb, type PDFFont, type PDFPage } from 'pdf-lib';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import type { Deckblatt, Scanauftrag } from '../typen.ts';

const MM = 72 / 25.4;
const A4: [number, number] = [595.28, 841.89];
const SCHWARZ = rgb(0, 0, 0);
/** Patch T read from the leading edge: narrow, wide, narrow, wide. */
const PATCH_T = [2.032, 5.08, 2.032, 5.08];
const PATCH = { abstand: 10, laenge: 150, luecke: 2.032 };
const QR_MM = 50;
const schriften = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts');
const SATZ = 'Trennblatt für die Scanstelle: vor die Seiten legen, zu denen es gehört. Nicht verkleinert, einseitig und schwarz auf weißes Papier drucken. Das Blatt selbst wird nicht abgelegt.';

let bereit: Promise<unknown> | undefined;
const prepare = () => bereit ??= (async () => {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) as ArrayBuffer }, fireImmediately: true });
})();

/** Sheets that say where the pages behind them belong: QR, the same in words, and patch code T at both ends for scanners (and readers) that know no QR. */
export async function writeDeckblaetter({ blaetter, ordner }: Extract<Scanauftrag, { art: 'deckblatt' }>): Promise<{ datei: string }> {
  await prepare();
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const [normal, fett] = await Promise.all(['Regular', 'Bold'].map(async (name) => pdf.embedFont(await readFile(join(schriften, `LiberationSans-${name}.ttf`)), { subset: true }))) as [PDFFont, PDFFont];
  pdf.setTitle(blaetter.length === 1 ? `Trennblatt ${blaetter[0]!.titel}` : 'Trennblätter');
  pdf.setLanguage('de-DE');
  for (const blatt of blaetter) await drawBlatt(pdf.addPage(A4), blatt, normal, fett);
  const datei = join(ordner, 'deckblatt.pdf');
  await writeFile(datei, await pdf.save());
  return { datei };
}

async function drawBlatt(page: PDFPage, { titel, zeilen, code }: Deckblatt, normal: PDFFont, fett: PDFFont) {
  drawPatch(page, false);
  drawPatch(page, true);
  const links = 25 * MM, breite = A4[0] - 50 * MM;
  let y = A4[1] - 52 * MM;
  for (const zeile of wrap(titel, fett, 26, breite).slice(0, 3)) { page.drawText(zeile, { x: links, y, size: 26, font: fett }); y -= 32; }
  y -= 8;
  for (const zeile of zeilen.flatMap((z) => wrap(z, normal, 14, breite)).slice(0, 12)) { page.drawText(zeile, { x: links, y, size: 14, font: normal }); y -= 20; }
  const qrOben = Math.min(y - 10 * MM, A4[1] - 125 * MM);
  await drawQr(page, code, links, qrOben);
  const x = links + (QR_MM + 10) * MM;
  page.drawText('Kennung', { x, y: qrOben - 12, size: 10, font: normal, color: rgb(0.3, 0.3, 0.3) });
  (code.match(/.{1,15}/g) ?? []).slice(0, 8).forEach((teil, i) => page.drawText(teil, { x, y: qrOben - 30 - i * 18, size: 13, font: fett }));
  wrap(SATZ, normal, 10, breite).forEach((zeile, i) => page.drawText(zeile, { x: links, y: 55 * MM - i * 14, size: 10, font: normal, color: rgb(0.3, 0.3, 0.3) }));
}

/** At the top, and turned at the bottom: however the sheet is fed, T comes first. */
function drawPatch(page: PDFPage, unten: boolean) {
  let ab = PATCH.abstand;
  for (const dicke of PATCH_T) {
    page.drawRectangle({ x: (210 - PATCH.laenge) / 2 * MM, y: unten ? ab * MM : A4[1] - (ab + dicke) * MM, width: PATCH.laenge * MM, height: dicke * MM, color: SCHWARZ });
    ab += dicke + PATCH.luecke;
  }
}

async function drawQr(page: PDFPage, code: string, links: number, oben: number) {
  const { symbol, error } = await writeBarcode(code, { format: 'QRCode', ecLevel: 'Q', scale: 1, withQuietZones: false } as Parameters<typeof writeBarcode>[1]);
  if (error || !symbol.width) throw new Error(`QR: ${error}`);
  const modul = QR_MM * MM / symbol.width;
  for (let j = 0; j < symbol.height; j++) for (let i = 0; i < symbol.width; i++) {
    const ab = i;
    while (i < symbol.width && symbol.data[j * symbol.width + i] === 0) i++;
    // a hair over, so that printers leave no white seams between rows
    if (i > ab) page.drawRectangle({ x: links + ab * modul, y: oben - (j + 1) * modul, width: (i - ab) * modul, height: modul * 1.01, color: SCHWARZ });
  }
}

function wrap(text: string, font: PDFFont, groesse: number, breite: number): string[] {
  const zeilen: string[] = [];
  let zeile = '';
  for (const wort of text.split(/\s+/).filter(Boolean)) {
    const versuch = zeile ? `${zeile} ${wort}` : wort;
    if (zeile && font.widthOfTextAtSize(versuch, groesse) > breite) { zeilen.push(zeile); zeile = wort; } else zeile = versuch;
  }
  return zeile ? [...zeilen, zeile] : zeilen;
}
