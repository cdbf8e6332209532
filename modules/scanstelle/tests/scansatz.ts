/**
 * Pages as a scanner sees them, made by rule: the same numbers give the same pixels. What is wanted of each page is known, so that rates can be told.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp, { type Sharp } from 'sharp';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

export type Blatt = { data: Uint8Array; breite: number; hoehe: number; dpi: number };
export type Storung = 'sauber' | 'schief' | 'rauschen' | 'flecken' | 'blass' | 'unscharf' | 'fax';
export const stoerungen: readonly Storung[] = ['sauber', 'schief', 'rauschen', 'flecken', 'blass', 'unscharf', 'fax'];

/** A generator of numbers from 0 to 1 (Mulberry32). */
export function zufall(saat: number) {
  let a = saat >>> 0;
  return () => { a = (a + 0x6d2b79f5) | 0; let t = Math.imul(a ^ (a >>> 15), 1 | a); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
}
export const px = (b: Pick<Blatt, 'dpi'>, mm: number) => Math.round(mm * b.dpi / 25.4);

export function makeBlatt(dpi = 200, [breite, hoehe]: [number, number] = [210, 297], papier = 246): Blatt {
  const [b, h] = [Math.round(breite * dpi / 25.4), Math.round(hoehe * dpi / 25.4)];
  return { data: new Uint8Array(b * h).fill(papier), breite: b, hoehe: h, dpi };
}
export function rechteck(b: Blatt, x: number, y: number, w: number, h: number, wert = 20) {
  const [x0, y0, x1, y1] = [Math.max(0, px(b, x)), Math.max(0, px(b, y)), Math.min(b.breite, px(b, x + w)), Math.min(b.hoehe, px(b, y + h))];
  for (let j = y0; j < y1; j++) b.data.fill(wert, j * b.breite + x0, j * b.breite + Math.max(x0, x1));
}
export function scheibe(b: Blatt, x: number, y: number, r: number, wert: number, innen = 0) {
  const [cx, cy, cr, ci] = [px(b, x), px(b, y), px(b, r), px(b, innen)];
  for (let j = -cr; j <= cr; j++) for (let i = -cr; i <= cr; i++) {
    const d = i * i + j * j, [p, q] = [cx + i, cy + j];
    if (d <= cr * cr && d >= ci * ci && p >= 0 && q >= 0 && p < b.breite && q < b.hoehe) b.data[q * b.breite + p] = wert;
  }
}

const SAETZE = ['Die Genehmigung zur Errichtung der baulichen Anlage wird unter den folgenden', 'Nebenbestimmungen erteilt. Das Grundstück liegt im Geltungsbereich des Bebauungsplans', 'Nr. 17 der Gemeinde Auental; die Entwässerung erfolgt über den vorhandenen Mischwasserkanal.', 'Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Widerspruch erhoben', 'werden. Die Gebühr beträgt 1.284,50 Euro und ist bis zum 30. November 2026 fällig.', 'Für Rückfragen steht Ihnen das Bauamt während der Sprechzeiten gern zur Verfügung.', 'Bitte geben Sie bei allen Schreiben unser Zeichen 63.2-11/2026 an, damit wir Ihren', 'Vorgang zuordnen können. Unterlagen reichen Sie bitte in zweifacher Ausfertigung ein.'];
const MM_JE_PUNKT = 25.4 / 72;
/** A letter as an SVG drawn by libvips; the text varies with its number. */
export async function makeText(nummer: number, { dpi = 200, zeilen = 34, schrift = 11, format = [210, 297] as [number, number], oben = 60, grau = 25 } = {}): Promise<Blatt> {
  sharp.unblock({ operation: ['VipsForeignLoadSvg'] }); // the converters' readers forbid it to their process; the tests run in one with them
  const b = makeBlatt(dpi, format);
  const hoehe = schrift * MM_JE_PUNKT * dpi / 25.4, abstand = hoehe * 1.45;
  const text = Array.from({ length: zeilen }, (_, i) => ({ y: px(b, oben) + i * abstand, text: i % 9 === 8 ? '' : SAETZE[(i * 5 + nummer * 3) % SAETZE.length]!.slice(0, i % 9 === 7 ? 30 : 78) })).filter((z) => z.y < b.hoehe - px(b, 20));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${b.breite}" height="${b.hoehe}"><rect width="100%" height="100%" fill="rgb(246,246,246)"/>${text.map((z) => `<text x="${px(b, 25)}" y="${z.y}" font-family="${nummer % 2 ? 'DejaVu Sans' : 'DejaVu Serif'}, serif" font-size="${hoehe}" fill="rgb(${grau},${grau},${grau})">${z.text}</text>`).join('')}</svg>`;
  const data = await sharp(Buffer.from(svg)).flatten({ background: '#fff' }).grayscale().raw().toBuffer();
  return { ...b, data: new Uint8Array(data) };
}

/** Bars from the upper edge inwards. */
export const PATCHES = { 1: 'BBSS', 2: 'BSSB', 3: 'BSBS', 4: 'SBBS', 6: 'SSBB', T: 'SBSB' } as const;
export type Patch = keyof typeof PATCHES extends infer K ? `${K & (string | number)}` : never;
export function drawPatch(b: Blatt, wert: Patch, { oben = 12, links = 30, laenge = 120 } = {}) {
  let y = oben;
  for (const z of PATCHES[wert as 'T']) { const d = z === 'B' ? 5.08 : 2.032; rechteck(b, links, y, laenge, d, 25); y += d + 2.032; }
}

let bereit: Promise<unknown> | undefined;
const prepare = () => bereit ??= readFile(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm')).then((w) => prepareZXingModule({ overrides: { wasmBinary: w.buffer.slice(w.byteOffset, w.byteOffset + w.length) as ArrayBuffer }, fireImmediately: true }));
const FORMAT = { qr: 'QRCode', code128: 'Code128', datamatrix: 'DataMatrix' } as const;
export type Symbolart = keyof typeof FORMAT;
/** `modul`: millimetres a module. */
export async function drawSymbol(b: Blatt, art: Symbolart, wert: string, x: number, y: number, modul = art === 'code128' ? 0.38 : 0.6) {
  await prepare();
  const { symbol, error } = await writeBarcode(wert, { format: FORMAT[art], scale: 1, withQuietZones: false, ...(art === 'qr' && { ecLevel: 'M' }) } as Parameters<typeof writeBarcode>[1]);
  if (error || !symbol.width) throw new Error(error);
  const hoch = art === 'code128' ? 14 : symbol.height * modul;
  rechteck(b, x - 5, y - 4, symbol.width * modul + 10, hoch + 8, 246);
  for (let j = 0; j < (art === 'code128' ? 1 : symbol.height); j++) for (let i = 0; i < symbol.width; i++) {
    if (symbol.data[j * symbol.width + i] === 0) rechteck(b, x + i * modul, y + j * modul, modul, art === 'code128' ? hoch : modul, 25);
  }
}

const toSharp = (b: Blatt) => sharp(b.data, { raw: { width: b.breite, height: b.hoehe, channels: 1 } });
async function fromSharp(bild: Sharp, dpi: number): Promise<Blatt> {
  const { data, info } = await bild.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  const eins = info.channels === 1 ? new Uint8Array(data) : Uint8Array.from({ length: info.width * info.height }, (_, i) => data[i * info.channels]!);
  return { data: eins, breite: info.width, hoehe: info.height, dpi };
}
/** Clockwise; the paper's grey fills the corners. */
export const turn = (b: Blatt, grad: number, hintergrund = 246) => fromSharp(toSharp(b).rotate(grad, { background: { r: hintergrund, g: hintergrund, b: hintergrund } }), b.dpi);
export const blur = (b: Blatt, sigma: number) => fromSharp(toSharp(b).blur(sigma), b.dpi);
export const scale = (b: Blatt, dpi: number) => fromSharp(toSharp(b).resize({ width: Math.round(b.breite * dpi / b.dpi) }), dpi);

export function rausche(b: Blatt, staerke: number, saat: number): Blatt {
  const r = zufall(saat);
  const tafel = Int16Array.from({ length: 4096 }, () => Math.round((r() + r() + r() + r() - 2) * 1.7 * staerke));
  const data = new Uint8Array(b.data.length);
  for (let i = 0, s = saat | 1; i < data.length; i++) { s = (Math.imul(s, 1_664_525) + 1_013_904_223) | 0; const v = b.data[i]! + tafel[(s >>> 16) & 4095]!; data[i] = v < 0 ? 0 : v > 255 ? 255 : v; }
  return { ...b, data };
}
/** Coffee and thumbs: grey stains and small dark drops, anywhere on the page. */
export function beflecke(b: Blatt, saat: number): Blatt {
  const r = zufall(saat), ziel = { ...b, data: b.data.slice() };
  for (let n = 0; n < 8; n++) {
    const [cx, cy, cr, f] = [r() * b.breite, r() * b.hoehe, px(b, 4 + r() * 16), 0.7 + r() * 0.2];
    for (let y = Math.max(0, Math.floor(cy - cr)); y < Math.min(b.hoehe, cy + cr); y++) for (let x = Math.max(0, Math.floor(cx - cr)); x < Math.min(b.breite, cx + cr); x++) if ((x - cx) ** 2 + (y - cy) ** 2 < cr * cr) ziel.data[y * b.breite + x] = ziel.data[y * b.breite + x]! * f;
  }
  for (let n = 0; n < 60; n++) scheibe(ziel, r() * 210, r() * 297, 0.15 + r() * 0.45, 60);
  return ziel;
}
export const verblasse = (b: Blatt, wert = 150): Blatt => ({ ...b, data: b.data.map((v) => 246 - (246 - v) * (246 - wert) / 226) });

export async function stoere(b: Blatt, art: Storung, saat: number): Promise<Blatt> {
  const r = zufall(saat);
  switch (art) {
    case 'sauber': return rausche(b, 2, saat);
    case 'schief': return rausche(await turn(b, (r() < 0.5 ? -1 : 1) * (1 + r() * 4)), 3, saat);
    case 'rauschen': return rausche(b, 22, saat);
    case 'flecken': return rausche(beflecke(b, saat), 4, saat);
    case 'blass': return rausche(verblasse(b), 5, saat);
    case 'unscharf': return rausche(await blur(b, b.dpi / 200 * 1.3), 3, saat);
    case 'fax': return b; // made black and white in 204 × 98 when it is written
  }
}

export const asPng = (b: Blatt) => toSharp(b).withMetadata({ density: b.dpi }).png({ compressionLevel: 1 }).toBuffer();
export const asJpeg = (b: Blatt, qualitaet = 80) => toSharp(b).withMetadata({ density: b.dpi }).jpeg({ quality: qualitaet }).toBuffer();
/** Black and white, CCITT group 4. */
export const asG4 = (b: Blatt, schwelle = 140) => toSharp(b).threshold(schwelle).toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1, xres: b.dpi / 25.4, yres: b.dpi / 25.4, resolutionUnit: 'inch' }).toBuffer();
/** The same in one piece, as scanners write it: libvips does so only where one tile is the whole picture, so both sides become multiples of 16. */
export async function asG4ganz(b: Blatt, schwelle = 140) {
  const [breite, hoehe] = [b.breite & ~15, b.hoehe & ~15];
  return toSharp(b).extract({ left: 0, top: 0, width: breite, height: hoehe }).threshold(schwelle).toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1, tile: true, tileWidth: breite, tileHeight: hoehe, xres: b.dpi / 25.4, yres: b.dpi / 25.4, resolutionUnit: 'inch' }).toBuffer();
}
/** A fax in normal resolution: 204 dots across, 98 down. */
export const asFax = async (b: Blatt) => toSharp(b).resize({ width: Math.round(b.breite * 204 / b.dpi), height: Math.round(b.hoehe * 98 / b.dpi), fit: 'fill' }).threshold(150).toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1, xres: 204 / 25.4, yres: 98 / 25.4, resolutionUnit: 'inch' }).toBuffer();
export const asDatei = (b: Blatt, art: Storung, saat: number) => art === 'fax' ? asFax(b) : saat % 3 === 0 ? asG4(b) : asJpeg(b);

/** Light from the other side: mirrored, pale, washed out. */
export async function scheineDurch(b: Blatt, rueckseite: Blatt, staerke = 24): Promise<Blatt> {
  const hinten = await fromSharp(toSharp(rueckseite).flop().blur(b.dpi / 25.4 * 0.55), b.dpi);
  return { ...b, data: b.data.map((v, i) => Math.max(0, v - (246 - hinten.data[i]!) / 221 * staerke)) };
}
export function lochung(b: Blatt, wert = 30, x = 12) { for (const y of [108.5, 188.5]) scheibe(b, x, y, 3, wert); }
export function dunklerRand(b: Blatt, saat: number) {
  const r = zufall(saat);
  for (let y = 0; y < b.hoehe; y++) b.data.fill(18, y * b.breite, y * b.breite + px(b, 3 + 2 * y / b.hoehe + r() * 0.2));
  rechteck(b, 0, 0, 210, 2.5, 18);
  rechteck(b, 206, 0, 5, 297, 30);
}
export function staub(b: Blatt, saat: number, anzahl = 80) { const r = zufall(saat); for (let i = 0; i < anzahl; i++) scheibe(b, r() * 210, r() * 297, 0.1 + r() * 0.3, 40 + r() * 120); }
/** A round stamp whose pad was nearly dry, and a line by pencil. */
export function schwacherStempel(b: Blatt, x: number, y: number, wert = 218) { scheibe(b, x, y, 16, wert, 15.3); scheibe(b, x, y, 11, wert, 10.5); for (let i = 0; i < 5; i++) rechteck(b, x - 7 + i * 3, y - 2, 1.6, 4, wert); }
export function bleistift(b: Blatt, x: number, y: number, laenge: number, wert = 205) {
  for (let i = 0; i < px(b, laenge); i++) { const yy = px(b, y) + Math.round(Math.sin(i / px(b, 5)) * px(b, 1.2)); for (let d = 0; d < Math.max(1, px(b, 0.45)); d++) b.data[(yy + d) * b.breite + px(b, x) + i] = wert; }
}
