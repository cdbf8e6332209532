import { open, stat } from 'node:fs/promises';
import sharp, { type Metadata } from 'sharp';
import { checkPixel, KonverterFehler, notReadable } from '#modules/aufbereitung/server/konverter/lesen/index.ts';
import type { Bildmime } from '../typen.ts';
import { openTiff } from './tiff.ts';

/** A3 at 1,200 dpi and a little. */
const MAX_PIXEL = 320_000_000;

export type Grau = { data: Uint8Array; breite: number; hoehe: number };
/** Pixels as they are shown (EXIF turned), resolution across and down. */
export type Bildkopf = { mime: Bildmime; breite: number; hoehe: number; dpiX: number | null; dpiY: number | null; zweifarbig: boolean; orientierung: number; grau: boolean };

const formate: Record<string, Bildmime> = { jpeg: 'image/jpeg', tiff: 'image/tiff', png: 'image/png' };
const plausible = (dpi: number | undefined | null) => dpi && dpi >= 40 && dpi <= 2_400 ? dpi : null;

export async function readKopf(datei: string): Promise<Bildkopf> {
  if (!(await stat(datei)).size) throw new KonverterFehler('leer');
  let meta: Metadata;
  try { meta = await sharp(datei, { limitInputPixels: false, failOn: 'none' }).metadata(); } catch (error) { throw notReadable(error); }
  const mime = formate[meta.format];
  if (!mime) throw new KonverterFehler('format_unbekannt', { format: String(meta.format) });
  checkPixel(meta.width, meta.height, MAX_PIXEL);
  const orientierung = meta.orientation ?? 1;
  const [x, y] = await readAufloesung(datei, mime, meta);
  const quer = orientierung > 4;
  return {
    mime, orientierung, zweifarbig: meta.space === 'b-w' && await isZweifarbig(datei, mime), grau: meta.space === 'b-w' || meta.space === 'grey16',
    ...(quer ? { breite: meta.height, hoehe: meta.width, dpiX: y, dpiY: x } : { breite: meta.width, hoehe: meta.height, dpiX: x, dpiY: y }),
  };
}

/** libvips knows one resolution; a fax has two. JPEG and PNG as good as never, and of those the head says it. */
async function readAufloesung(datei: string, mime: Bildmime, meta: Metadata): Promise<[number | null, number | null]> {
  if (mime === 'image/tiff') {
    const tiff = await openTiff(datei);
    try { const s = await tiff.seite?.(0); if (s) return [s.dpiX, s.dpiY]; } finally { await tiff.close(); }
  }
  if (mime === 'image/jpeg') {
    const kopf = await readAnfang(datei, 20);
    const jfif = kopf.readUInt16BE(2) === 0xffe0 && kopf.toString('latin1', 6, 10) === 'JFIF' && kopf[13]! > 0;
    if (jfif) { const f = kopf[13] === 2 ? 2.54 : 1; return [plausible(kopf.readUInt16BE(14) * f), plausible(kopf.readUInt16BE(16) * f)]; }
  }
  // 72 is what programs write that know nothing.
  const dpi = meta.density && meta.density > 72 ? plausible(meta.density) : null;
  return [dpi, dpi];
}
async function isZweifarbig(datei: string, mime: Bildmime): Promise<boolean> {
  if (mime === 'image/jpeg') return false;
  if (mime === 'image/png') { const k = await readAnfang(datei, 26); return k[24] === 1; }
  const tiff = await openTiff(datei);
  try { const s = await tiff.seite?.(0); return s?.bits === 1 && s.kanaele === 1; } finally { await tiff.close(); }
}
async function readAnfang(datei: string, n: number): Promise<Buffer> {
  const handle = await open(datei);
  try { const b = Buffer.alloc(n); await handle.read(b, 0, n, 0); return b; } finally { await handle.close(); }
}

/** As it is shown. What is cut off in mid-data is refused: a page half read must not be taken for a page. */
export const openBildseite = (datei: string) => sharp(datei, { limitInputPixels: MAX_PIXEL, failOn: 'truncated', sequentialRead: true, page: 0 }).autoOrient();

/** Grey, in a given size; JPEG is already unpacked smaller. */
export async function loadGrau(datei: string, breite: number, hoehe: number, ausschnitt?: { left: number; top: number; width: number; height: number }): Promise<Grau> {
  let pipeline = sharp(datei, { limitInputPixels: MAX_PIXEL, failOn: 'truncated', sequentialRead: !ausschnitt, page: 0 }).autoOrient();
  if (ausschnitt) pipeline = pipeline.extract(ausschnitt);
  pipeline = pipeline.flatten({ background: '#fff' }).grayscale().resize({ width: Math.max(1, breite), height: Math.max(1, hoehe), fit: 'fill', kernel: 'linear' }).toColourspace('b-w');
  try {
    const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
    if (info.channels === 1) return { data, breite: info.width, hoehe: info.height };
    const grau = new Uint8Array(info.width * info.height);
    for (let i = 0; i < grau.length; i++) grau[i] = data[i * info.channels]!;
    return { data: grau, breite: info.width, hoehe: info.height };
  } catch (error) { throw notReadable(error); }
}
