import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp, { type Sharp } from 'sharp';
import { KonverterFehler, type Format } from '../protokoll.ts';
import type { Pixel } from './pdfium.ts';

// Of libvips' many readers only those for which the type was recognised; no SVG, no PDF, nothing that calls other programs.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadTiff', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif'] });
sharp.cache(false);
sharp.concurrency(1);

/** A0 at 600 dpi has 560 million pixels; a picture of 60,000 × 60,000 is a bomb. HEIC is unpacked as a whole, four bytes a pixel. */
export const MAX_PIXEL = 600_000_000;
const MAX_PIXEL_HEIC = 100_000_000;
const MAX_OCR_PIXEL = 50_000_000;
const MAX_BILDER = 5_000;

export type Bilddatei = {
  seiten: number;
  groesse(seite: number): Promise<{ breite: number; hoehe: number; dpi: number | undefined }>;
  /** A pipeline for further work, upright as the camera meant it. */
  open(seite: number): Promise<Sharp>;
};

export async function openBild(datei: string, format: Format): Promise<Bilddatei> {
  if (format === 'heic') return openHeic(datei);
  if (format === 'bmp') throw new KonverterFehler('bild_nicht_lesbar', { format: 'BMP' });
  const options = { limitInputPixels: MAX_PIXEL, failOn: 'none', sequentialRead: true } as const;
  const meta = await metadata(datei, 0);
  const read = (seite: number) => seite === 0 ? Promise.resolve(meta) : metadata(datei, seite);
  // A GIF's frames are an animation, not pages.
  return {
    seiten: format === 'tiff' ? Math.min(meta.pages ?? 1, MAX_BILDER) : 1,
    async groesse(seite) {
      const { width, height, density, orientation = 1 } = await read(seite);
      return { ...(orientation > 4 ? { breite: height, hoehe: width } : { breite: width, hoehe: height }), dpi: density && density > 72 ? density : undefined };
    },
    async open(seite) {
      const { width, height } = await read(seite);
      checkPixel(width, height, MAX_PIXEL);
      return sharp(datei, { ...options, page: seite }).autoOrient();
    },
  };
}

async function metadata(datei: string, page: number) {
  try {
    return await sharp(datei, { page, limitInputPixels: false, failOn: 'none' }).metadata();
  } catch (error) { throw notReadable(error); }
}
export function checkPixel(breite: number, hoehe: number, grenze: number) {
  if (breite * hoehe > grenze) throw new KonverterFehler('bild_zu_gross', { breite, hoehe, grenze: Math.round(grenze / 1e6) });
}
export const notReadable = (error: unknown) => error instanceof KonverterFehler ? error : new KonverterFehler('bild_nicht_lesbar', { meldung: String((error as Error).message).split('\n')[0]!.slice(0, 200) });

type Heif = { get_width(): number; get_height(): number; display(ziel: { data: Uint8ClampedArray; width: number; height: number }, fertig: (bild: { data: Uint8ClampedArray } | null) => void): void; free?(): void };

async function openHeic(datei: string): Promise<Bilddatei> {
  const { HeifDecoder } = createRequire(import.meta.url)('libheif-js/wasm-bundle.js') as { HeifDecoder: new () => { decode(bytes: Uint8Array): Heif[] } };
  let bilder: Heif[];
  try { bilder = new HeifDecoder().decode(await readFile(datei)); } catch (error) { throw notReadable(error); }
  if (!bilder.length) throw new KonverterFehler('bild_nicht_lesbar', { format: 'HEIC' });
  const at = (seite: number) => bilder[seite]!;
  return {
    seiten: Math.min(bilder.length, MAX_BILDER),
    groesse: async (seite) => ({ breite: at(seite).get_width(), hoehe: at(seite).get_height(), dpi: undefined }),
    async open(seite) {
      const width = at(seite).get_width(), height = at(seite).get_height();
      checkPixel(width, height, MAX_PIXEL_HEIC);
      const data = new Uint8ClampedArray(width * height * 4);
      const fertig = await new Promise<unknown>((resolve) => at(seite).display({ data, width, height }, resolve));
      if (!fertig) throw new KonverterFehler('bild_nicht_lesbar', { format: 'HEIC' });
      return sharp(data, { raw: { width, height, channels: 4 } });
    },
  };
}

/** For recognition: grey, about 300 dpi. A phone's photograph says nothing about size; then its width is taken for A4's. */
export async function renderForOcr(bild: Bilddatei, seite: number): Promise<Pixel> {
  const { breite, hoehe, dpi } = await bild.groesse(seite);
  const gewollt = dpi ? 300 / dpi : breite < 1_200 ? 2 : 1;
  const faktor = Math.min(Math.max(gewollt, 0.25), 3, Math.sqrt(MAX_OCR_PIXEL / (breite * hoehe)));
  const pipeline = (await bild.open(seite)).flatten({ background: '#fff' }).grayscale();
  if (Math.abs(faktor - 1) > 0.1) pipeline.resize({ width: Math.max(1, Math.round(breite * faktor)), kernel: 'cubic' });
  try {
    const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
    if (info.channels === 1) return { data, breite: info.width, hoehe: info.height, kanaele: 1 };
    const grau = Buffer.alloc(info.width * info.height);
    for (let i = 0; i < grau.length; i++) grau[i] = data[i * info.channels]!;
    return { data: grau, breite: info.width, hoehe: info.height, kanaele: 1 };
  } catch (error) { throw notReadable(error); }
}
