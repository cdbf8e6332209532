import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { notReadable } from '#modules/aufbereitung/server/konverter/lesen/index.ts';
import type { Bearbeitung, Lage, Scanauftrag } from '../typen.ts';
import { findRaender } from './raender.ts';
import { openBildseite, readKopf, type Bildkopf } from './laden.ts';

const QUALITAET = 92;

export async function bearbeite({ datei, ordner, bearbeitung }: Extract<Scanauftrag, { art: 'bearbeiten' }>): Promise<{ datei: string }> {
  const kopf = await readKopf(datei);
  const ziel = join(ordner, 'bearbeitet');
  const { bild, dpi } = await applyBearbeitung(datei, kopf, bearbeitung);
  try {
    const fertig = kopf.zweifarbig ? bild.threshold(128).png({ palette: true, colours: 2 }) : kopf.mime === 'image/png' ? bild.png({ compressionLevel: 6 }) : bild.jpeg({ quality: QUALITAET, chromaSubsampling: '4:4:4' });
    await (dpi ? fertig.withMetadata({ density: dpi }) : fertig).toFile(ziel);
  } catch (error) { throw notReadable(error); }
  return { datei: ziel };
}

/** Pixels become square on the way: a turned fax would have its two resolutions the wrong way round. */
export async function applyBearbeitung(datei: string, kopf: Bildkopf, { drehung = 0, gerade = 0, zuschneiden }: Bearbeitung): Promise<{ bild: Sharp; dpi: number | null }> {
  let bild = openBildseite(datei).flatten({ background: '#fff' });
  if (kopf.grau) bild = bild.grayscale();
  const dpi = kopf.dpiX && kopf.dpiY ? Math.max(kopf.dpiX, kopf.dpiY) : null;
  if (dpi && kopf.dpiX !== kopf.dpiY) bild = bild.resize({ width: Math.round(kopf.breite * dpi / kopf.dpiX!), height: Math.round(kopf.hoehe * dpi / kopf.dpiY!), fit: 'fill' });
  try {
    // Each step is a picture of its own: libvips would order turning and cutting by its own rules.
    if (drehung) bild = await next(bild, (b) => b.rotate(drehung), kopf);
    if (Math.abs(gerade) >= 0.01) bild = await next(bild, (b) => b.rotate(-gerade, { background: '#fff' }), kopf);
    if (zuschneiden) {
      const { data, info } = await raw(bild);
      const lage = zuschneiden === 'raender' ? findRaender(data, info.width, info.height, info.channels) : zuschneiden;
      bild = sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } }).extract(box(lage, info.width, info.height));
    }
  } catch (error) { throw notReadable(error); }
  return { bild, dpi };
}
const raw = (bild: Sharp) => bild.raw().toBuffer({ resolveWithObject: true });
async function next(bild: Sharp, schritt: (b: Sharp) => Sharp, kopf: Bildkopf): Promise<Sharp> {
  const { data, info } = await raw(bild);
  const davor = sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
  const danach = await raw(schritt(davor));
  const n = sharp(danach.data, { raw: { width: danach.info.width, height: danach.info.height, channels: danach.info.channels } });
  return kopf.grau ? n.grayscale() : danach.info.channels === 4 ? n.flatten({ background: '#fff' }) : n;
}
function box(l: Lage, breite: number, hoehe: number) {
  const left = Math.min(breite - 1, Math.max(0, Math.round(l.x * breite))), top = Math.min(hoehe - 1, Math.max(0, Math.round(l.y * hoehe)));
  return { left, top, width: Math.max(1, Math.min(breite - left, Math.round(l.breite * breite))), height: Math.max(1, Math.min(hoehe - top, Math.round(l.hoehe * hoehe))) };
}

export async function writeVorschau({ datei, ordner, breite }: Extract<Scanauftrag, { art: 'vorschau' }>): Promise<{ datei: string }> {
  const kopf = await readKopf(datei);
  const ziel = join(ordner, 'vorschau.webp');
  const hoehe = Math.round(breite * kopf.hoehe / (kopf.dpiY ?? 1) * (kopf.dpiX ?? 1) / kopf.breite);
  await openBildseite(datei).flatten({ background: '#fff' }).resize({ width: Math.min(4_000, breite), height: Math.max(1, Math.min(16_000, hoehe)), fit: 'fill' }).webp({ quality: 78, effort: 2 }).toFile(ziel).catch((error: unknown) => { throw notReadable(error); });
  return { datei: ziel };
}
