import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import type { PDFObject } from 'pdf-lib';
import sharp, { type Sharp } from 'sharp';
import { KonverterFehler, notReadable } from '#modules/aufbereitung/server/konverter/lesen/index.ts';
import { readKopf, type Bildkopf } from './laden.ts';
import type { Schreiber } from './pdf-schreiber.ts';
import { jpegOfTiff, type TiffSeite } from './tiff.ts';

/** A picture as an object of a PDF. `original`: its bytes are those of the source. `matrix`: in parts of the page. */
export type Pdfbild = {
  bytes: Uint8Array; breite: number; hoehe: number; bits: number; farbraum: string; filter: string; original: boolean;
  parameter?: (s: Schreiber) => Record<string, PDFObject | number>; decode?: number[];
  punkte: { breite: number; hoehe: number }; matrix: readonly [number, number, number, number, number, number];
};
type Mass = { breite: number; hoehe: number; dpiX: number | null; dpiY: number | null };

const QUALITAET = 92;
const SONST_DPI = 200;
const MAX_PUNKTE = 14_400;
const A4 = { kurz: 595.28, lang: 841.89 };
/** How the picture comes to lie for each of EXIF's eight orientations; PDF's axis goes upwards. */
const MATRIX: readonly (readonly [number, number, number, number, number, number])[] = [
  [1, 0, 0, 1, 0, 0], [1, 0, 0, 1, 0, 0], [-1, 0, 0, 1, 1, 0], [-1, 0, 0, -1, 1, 1], [1, 0, 0, -1, 0, 1], [0, -1, -1, 0, 1, 1], [0, -1, 1, 0, 0, 1], [0, 1, 1, 0, 0, 0], [0, 1, -1, 0, 1, 0],
];

/** Size on paper; without a resolution as A4 where the shape fits, else at 200 dpi. */
function punkteOf({ breite, hoehe, dpiX, dpiY }: Mass) {
  if (!dpiX || !dpiY) {
    const quer = breite > hoehe;
    if (Math.abs(Math.max(breite, hoehe) / Math.min(breite, hoehe) - Math.SQRT2) < 0.05) return quer ? { breite: A4.lang, hoehe: A4.kurz } : { breite: A4.kurz, hoehe: A4.lang };
  }
  return { breite: Math.min(MAX_PUNKTE, breite / (dpiX ?? SONST_DPI) * 72), hoehe: Math.min(MAX_PUNKTE, hoehe / (dpiY ?? SONST_DPI) * 72) };
}

export async function bildOfDatei(datei: string, dpi?: number, seite = 0): Promise<Pdfbild> {
  const kopf = await readKopf(datei);
  const mass = { ...kopf, dpiX: kopf.dpiX ?? dpi ?? null, dpiY: kopf.dpiY ?? dpi ?? null };
  if (kopf.mime === 'image/jpeg') return bildOfJpeg(await readFile(datei), mass, kopf.orientierung);
  const bytes = await readFile(datei);
  const png = kopf.mime === 'image/png' ? pngOf(bytes) : undefined;
  if (png) return { ...png, original: true, punkte: punkteOf(mass), matrix: MATRIX[1]! };
  return packBild(sharp(datei, { page: seite, failOn: 'truncated', limitInputPixels: false }).autoOrient(), mass, kopf.zweifarbig);
}

export async function bildOfTiffseite(s: TiffSeite, daten: readonly Buffer[], einzeln: Buffer, dpi?: number): Promise<Pdfbild> {
  const mass = { breite: s.breite, hoehe: s.hoehe, dpiX: s.dpiX ?? dpi ?? null, dpiY: s.dpiY ?? dpi ?? null };
  const matrix = MATRIX[s.orientierung] ?? MATRIX[1]!;
  const gelegt = s.orientierung > 4 ? { breite: s.hoehe, hoehe: s.breite, dpiX: mass.dpiY, dpiY: mass.dpiX } : mass;
  if (s.kompression === 4 && s.ganz && s.bits === 1 && s.kanaele === 1 && s.photometrie <= 1) {
    const bytes = s.fuellung === 2 ? daten[0]!.map((b) => SPIEGEL[b]!) : daten[0]!;
    return { bytes, breite: s.breite, hoehe: s.hoehe, bits: 1, farbraum: 'DeviceGray', filter: 'CCITTFaxDecode', original: true, punkte: punkteOf(gelegt), matrix,
      parameter: ({ context }) => ({ K: -1, Columns: s.breite, Rows: s.hoehe, ...(s.photometrie === 1 && { BlackIs1: context.obj(true) }) }) };
  }
  const jpeg = jpegOfTiff(s, daten);
  if (jpeg) return bildOfJpeg(jpeg, gelegt, s.orientierung);
  return packBild(sharp(einzeln, { failOn: 'truncated', limitInputPixels: false }).autoOrient(), gelegt, s.bits === 1 && s.kanaele === 1);
}
const SPIEGEL = Uint8Array.from({ length: 256 }, (_, b) => { let r = 0; for (let i = 0; i < 8; i++) if (b & (1 << i)) r |= 128 >> i; return r; });

async function bildOfJpeg(bytes: Buffer, mass: Mass, orientierung: number): Promise<Pdfbild> {
  const { breite, hoehe, kanaele, adobe } = jpegKopf(bytes);
  return { bytes, breite, hoehe, bits: 8, farbraum: kanaele === 1 ? 'DeviceGray' : kanaele === 4 ? 'DeviceCMYK' : 'DeviceRGB', filter: 'DCTDecode', original: true, punkte: punkteOf(mass), matrix: MATRIX[orientierung] ?? MATRIX[1]!,
    // Adobe's programs store CMYK the other way round, and say so by their mark.
    ...(kanaele === 4 && adobe && { decode: [1, 0, 1, 0, 1, 0, 1, 0] }) };
}
function jpegKopf(b: Buffer) {
  let adobe = false;
  for (let at = 2; at + 9 < b.length;) {
    if (b[at] !== 0xff) { at++; continue; }
    const art = b[at + 1]!;
    if (art === 0xff || art === 0 || (art >= 0xd0 && art <= 0xd9) || art === 1) { at += art === 0xff ? 1 : 2; continue; }
    if (art === 0xee && b.toString('latin1', at + 4, at + 9) === 'Adobe') adobe = true;
    if (art >= 0xc0 && art <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(art)) return { hoehe: b.readUInt16BE(at + 5), breite: b.readUInt16BE(at + 7), kanaele: b[at + 9]!, adobe };
    at += 2 + b.readUInt16BE(at + 2);
  }
  throw new KonverterFehler('bild_nicht_lesbar', { format: 'JPEG' });
}

/** A changed picture: one bit a pixel without loss where it was so, else JPEG. */
export async function bildOf(bild: Sharp, kopf: Bildkopf, dpi: number | null): Promise<Pdfbild> {
  if (kopf.zweifarbig) return packBild(bild, { breite: 0, hoehe: 0, dpiX: dpi, dpiY: dpi }, true);
  const { data, info } = await bild.jpeg({ quality: QUALITAET, chromaSubsampling: '4:4:4' }).toBuffer({ resolveWithObject: true }).catch((error: unknown) => { throw notReadable(error); });
  return { ...await bildOfJpeg(data, { breite: info.width, hoehe: info.height, dpiX: dpi, dpiY: dpi }, 1), original: false };
}

/** The same pixels, packed anew without loss. */
async function packBild(bild: Sharp, mass: Mass, zweifarbig: boolean): Promise<Pdfbild> {
  try {
    if (!zweifarbig) {
      const { data } = await bild.flatten({ background: '#fff' }).toColourspace('srgb').png({ compressionLevel: 6 }).toBuffer({ resolveWithObject: true });
      const png = pngOf(data) ?? pngOf(await sharp(data).removeAlpha().toColourspace('srgb').png().toBuffer());
      if (!png) throw new KonverterFehler('bild_nicht_lesbar');
      return { ...png, original: false, punkte: punkteOf({ ...mass, breite: png.breite, hoehe: png.hoehe }), matrix: MATRIX[1]! };
    }
    const { data, info } = await bild.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    const zeile = Math.ceil(info.width / 8);
    const gepackt = Buffer.alloc(zeile * info.height);
    for (let y = 0; y < info.height; y++) for (let x = 0, q = y * info.width * info.channels; x < info.width; x++, q += info.channels) if (data[q]! >= 128) gepackt[y * zeile + (x >> 3)]! |= 128 >> (x & 7);
    return { bytes: deflateSync(gepackt, { level: 6 }), breite: info.width, hoehe: info.height, bits: 1, farbraum: 'DeviceGray', filter: 'FlateDecode', original: false, punkte: punkteOf({ ...mass, breite: info.width, hoehe: info.height }), matrix: MATRIX[1]! };
  } catch (error) { throw notReadable(error); }
}

/** What PNG and PDF have in common: the packed rows go over as they are. Undefined for palettes, transparency, interlacing. */
function pngOf(b: Buffer): Omit<Pdfbild, 'original' | 'punkte' | 'matrix'> | undefined {
  const [breite, hoehe, bits, art, verschraenkt] = [b.readUInt32BE(16), b.readUInt32BE(20), b[24]!, b[25]!, b[28]!];
  if (verschraenkt || (art !== 0 && art !== 2) || (bits !== 1 && bits !== 8)) return undefined;
  const daten: Buffer[] = [];
  for (let at = 8; at + 12 <= b.length;) {
    const laenge = b.readUInt32BE(at), name = b.toString('latin1', at + 4, at + 8);
    if (name === 'tRNS') return undefined;
    if (name === 'IDAT') daten.push(b.subarray(at + 8, at + 8 + laenge));
    at += 12 + laenge;
  }
  const farben = art === 2 ? 3 : 1;
  return { bytes: Buffer.concat(daten), breite, hoehe, bits, farbraum: farben === 3 ? 'DeviceRGB' : 'DeviceGray', filter: 'FlateDecode', parameter: () => ({ Predictor: 15, Colors: farben, BitsPerComponent: bits, Columns: breite }) };
}
