import { open, type FileHandle } from 'node:fs/promises';
import { KonverterFehler } from '#modules/aufbereitung/server/konverter/lesen/index.ts';

/** TIFF 6.0, as far as pages have to be found and handed on without unpacking them. https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf */
type Feld = { tag: number; art: number; anzahl: number; bytes: Buffer };
export type TiffSeite = { breite: number; hoehe: number; dpiX: number | null; dpiY: number | null; kompression: number; photometrie: number; bits: number; kanaele: number; fuellung: number; t4: number; orientierung: number; felder: Map<number, Feld>; ganz: boolean; stuecke: { ab: number; laenge: number }[] };

const GROESSE = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
const TAG = { unterart: 254, breite: 256, hoehe: 257, bits: 258, kompression: 259, photometrie: 262, fuellung: 266, streifen: 273, orientierung: 274, kanaele: 277, streifenLaenge: 279, dpiX: 282, dpiY: 283, t4: 292, einheit: 296, kachelBreite: 322, kachelHoehe: 323, kacheln: 324, kachelLaenge: 325, jpegTabellen: 347 };
/** What leads to other places of the file; a page of its own does without. */
const VERWEISE = new Set([330, 34665, 34853, 40965, 513, 514, 400]);
const MAX_SEITEN = 5_000;
const MAX_FELDER = 500;
const MAX_FELD_BYTES = 8 * 2 ** 20;
const MAX_SEITE_BYTES = 400 * 2 ** 20;

export type Tiff = Awaited<ReturnType<typeof openTiff>>;

export async function openTiff(datei: string) {
  const handle = await open(datei);
  try {
    const { size } = await handle.stat();
    const kopf = await readAt(handle, 0, 8, size);
    const le = kopf.toString('latin1', 0, 2) === 'II';
    const zahlen = reader(le);
    if (zahlen.u16(kopf, 2) === 43) return { handle, seiten: undefined, seite: undefined, close: () => handle.close() }; // BigTIFF: left to libtiff
    const { orte, abgerissen } = await listOrte(handle, zahlen, zahlen.u32(kopf, 4), size);
    if (!orte.length) throw new KonverterFehler('beschaedigt', { format: 'tiff' });
    return {
      handle, seiten: orte.length, abgerissen,
      /** The page's directory, from 0; throws where the file ends before its data does. */
      seite: (i: number) => readSeite(handle, zahlen, orte[i]!, size, i + 1),
      /** The page as a file of its own: its fields, its data as it is. */
      datei: async (s: TiffSeite) => writeTiff(s, le, await Promise.all(s.stuecke.map((t) => readAt(handle, t.ab, t.laenge, size)))),
      daten: (s: TiffSeite) => Promise.all(s.stuecke.map((t) => readAt(handle, t.ab, t.laenge, size))),
      close: () => handle.close(),
    };
  } catch (error) { await handle.close(); throw error; }
}

const reader = (le: boolean) => ({
  u16: (b: Buffer, at: number) => le ? b.readUInt16LE(at) : b.readUInt16BE(at),
  u32: (b: Buffer, at: number) => le ? b.readUInt32LE(at) : b.readUInt32BE(at),
});
type Zahlen = ReturnType<typeof reader>;

async function readAt(handle: FileHandle, ab: number, laenge: number, size: number): Promise<Buffer> {
  if (ab < 0 || laenge < 0 || ab + laenge > size) throw new KonverterFehler('beschaedigt', { format: 'tiff' });
  const b = Buffer.allocUnsafe(laenge);
  await handle.read(b, 0, laenge, ab);
  return b;
}

/** Where the directories lie. A chain that bites its tail or leads out of the file ends there: what came before can be read, the rest is missing. */
async function listOrte(handle: FileHandle, z: Zahlen, erster: number, size: number) {
  const orte: number[] = [];
  const gesehen = new Set<number>();
  let abgerissen = false;
  for (let ab = erster; ab && orte.length < MAX_SEITEN;) {
    if (gesehen.has(ab) || ab + 2 > size) { abgerissen = true; break; }
    gesehen.add(ab);
    const anzahl = z.u16(await readAt(handle, ab, 2, size), 0);
    if (!anzahl || anzahl > MAX_FELDER || ab + 2 + anzahl * 12 + 4 > size) { abgerissen = true; break; }
    const b = await readAt(handle, ab, 2 + anzahl * 12 + 4, size);
    let unterart = 0;
    for (let i = 0; i < anzahl; i++) if (z.u16(b, 2 + i * 12) === TAG.unterart) unterart = z.u32(b, 10 + i * 12);
    if (!(unterart & 5)) orte.push(ab); // thumbnails and masks are no pages
    ab = z.u32(b, 2 + anzahl * 12);
  }
  return { orte, abgerissen };
}

async function readSeite(handle: FileHandle, z: Zahlen, ab: number, size: number, nummer: number): Promise<TiffSeite> {
  const anzahl = z.u16(await readAt(handle, ab, 2, size), 0);
  const b = await readAt(handle, ab, 2 + anzahl * 12, size);
  const felder = new Map<number, Feld>();
  try {
    for (let i = 0; i < anzahl; i++) {
      const at = 2 + i * 12;
      const art = z.u16(b, at + 2), menge = z.u32(b, at + 4);
      const laenge = (GROESSE[art] ?? 0) * menge;
      if (!laenge || laenge > MAX_FELD_BYTES) continue;
      const bytes = laenge <= 4 ? Buffer.from(b.subarray(at + 8, at + 8 + laenge)) : await readAt(handle, z.u32(b, at + 8), laenge, size);
      felder.set(z.u16(b, at), { tag: z.u16(b, at), art, anzahl: menge, bytes });
    }
    return describe(felder, z, size);
  } catch (error) { throw error instanceof KonverterFehler ? new KonverterFehler(error.code, { ...error.daten, seite: nummer }) : error; }
}

function describe(felder: Map<number, Feld>, z: Zahlen, size: number): TiffSeite {
  const zahlen = (tag: number): number[] => {
    const f = felder.get(tag);
    return f ? Array.from({ length: f.anzahl }, (_, i) => f.art === 3 ? z.u16(f.bytes, i * 2) : f.art === 4 ? z.u32(f.bytes, i * 4) : f.art === 5 ? z.u32(f.bytes, i * 8) / (z.u32(f.bytes, i * 8 + 4) || 1) : f.bytes[i]!) : [];
  };
  const eins = (tag: number, sonst: number) => zahlen(tag)[0] ?? sonst;
  const [breite, hoehe] = [eins(TAG.breite, 0), eins(TAG.hoehe, 0)];
  const orte = felder.has(TAG.kacheln) ? zahlen(TAG.kacheln) : zahlen(TAG.streifen);
  const laengen = felder.has(TAG.kacheln) ? zahlen(TAG.kachelLaenge) : zahlen(TAG.streifenLaenge);
  if (!breite || !hoehe || !orte.length || orte.length !== laengen.length) throw new KonverterFehler('beschaedigt', { format: 'tiff' });
  const stuecke = orte.map((ab, i) => ({ ab, laenge: laengen[i]! }));
  if (stuecke.some((s) => !s.laenge || s.ab + s.laenge > size)) throw new KonverterFehler('beschaedigt', { format: 'tiff' });
  const summe = stuecke.reduce((n, s) => n + s.laenge, 0);
  if (summe > MAX_SEITE_BYTES) throw new KonverterFehler('zu_gross', { groesse: summe, grenze: MAX_SEITE_BYTES });
  const faktor = eins(TAG.einheit, 2) === 3 ? 2.54 : 1;
  const dpi = (tag: number) => { const w = eins(tag, 0) * faktor; return eins(TAG.einheit, 2) !== 1 && w >= 40 && w <= 2_400 ? w : null; };
  return {
    breite, hoehe, dpiX: dpi(TAG.dpiX), dpiY: dpi(TAG.dpiY) ?? dpi(TAG.dpiX), kompression: eins(TAG.kompression, 1), photometrie: eins(TAG.photometrie, 0), bits: eins(TAG.bits, 1), kanaele: eins(TAG.kanaele, 1),
    fuellung: eins(TAG.fuellung, 1), t4: eins(TAG.t4, 0), orientierung: eins(TAG.orientierung, 1), felder, stuecke,
    // the page's data in one piece that is the page
    ganz: stuecke.length === 1 && (!felder.has(TAG.kacheln) || (eins(TAG.kachelBreite, 0) === breite && eins(TAG.kachelHoehe, 0) === hoehe)),
  };
}

/** JPEG inside a TIFF as a file: the shared tables before the picture. Undefined where it comes in several pieces. */
export function jpegOfTiff({ kompression, ganz, felder, photometrie }: TiffSeite, daten: readonly Buffer[]): Buffer | undefined {
  if (kompression !== 7 || !ganz) return undefined;
  const tabellen = felder.get(TAG.jpegTabellen)?.bytes;
  // Without this mark a reader takes three channels for YCbCr.
  const adobe = photometrie === 2 ? Buffer.from([0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0]) : Buffer.alloc(0);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), adobe, tabellen ? tabellen.subarray(2, -2) : Buffer.alloc(0), daten[0]!.subarray(2)]);
}

function writeTiff(s: TiffSeite, le: boolean, daten: readonly Buffer[]): Buffer {
  const u16 = (b: Buffer, v: number, at: number) => le ? b.writeUInt16LE(v, at) : b.writeUInt16BE(v, at);
  const u32 = (b: Buffer, v: number, at: number) => le ? b.writeUInt32LE(v, at) : b.writeUInt32BE(v, at);
  const felder = [...s.felder.values()].filter((f) => !VERWEISE.has(f.tag)).sort((a, b) => a.tag - b.tag);
  const kopf = Buffer.alloc(8);
  kopf.write(le ? 'II' : 'MM', 'latin1');
  u16(kopf, 42, 2);
  u32(kopf, 8, 4);
  const verzeichnis = Buffer.alloc(2 + felder.length * 12 + 4);
  u16(verzeichnis, felder.length, 0);
  const hinten: Buffer[] = [];
  let ab = 8 + verzeichnis.length;
  const append = (b: Buffer) => { const wo = ab; hinten.push(b, Buffer.alloc(b.length % 2)); ab += b.length + b.length % 2; return wo; };
  const orte = Buffer.alloc(daten.length * 4);
  daten.forEach((d, i) => u32(orte, append(d), i * 4));
  felder.forEach((f, i) => {
    const ort = f.tag === TAG.streifen || f.tag === TAG.kacheln;
    const bytes = ort ? orte : f.bytes;
    const at = 2 + i * 12;
    u16(verzeichnis, f.tag, at);
    u16(verzeichnis, ort ? 4 : f.art, at + 2);
    u32(verzeichnis, f.anzahl, at + 4);
    if (bytes.length <= 4) bytes.copy(verzeichnis, at + 8); else u32(verzeichnis, append(bytes), at + 8);
  });
  return Buffer.concat([kopf, verzeichnis, ...hinten]);
}
