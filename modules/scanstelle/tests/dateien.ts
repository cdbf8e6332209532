/** Files of the kinds a scan station gets, good and bad ones, made by the tests. */
import { crc32, deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFRawStream, StandardFonts } from 'pdf-lib';

const GROESSE = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
/** Single pages (little endian) in one file, one directory after another. */
export function joinTiff(seiten: readonly Buffer[]): Buffer {
  const teile: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])];
  let ab = 8;
  let zeiger: { teil: Buffer; at: number } = { teil: teile[0]!, at: 4 };
  for (const quelle of seiten) {
    const b = Buffer.concat([quelle, Buffer.alloc(quelle.length % 2)]);
    const verzeichnis = b.readUInt32LE(4), n = b.readUInt16LE(verzeichnis);
    for (let i = 0; i < n; i++) {
      const at = verzeichnis + 2 + i * 12;
      const tag = b.readUInt16LE(at), menge = b.readUInt32LE(at + 4), laenge = (GROESSE[b.readUInt16LE(at + 2)] ?? 0) * menge;
      const ort = tag === 273 || tag === 324;
      if (laenge > 4) {
        if (ort) for (let k = 0; k < menge; k++) { const p = b.readUInt32LE(at + 8) + k * 4; b.writeUInt32LE(b.readUInt32LE(p) + ab, p); }
        b.writeUInt32LE(b.readUInt32LE(at + 8) + ab, at + 8);
      } else if (ort) b.writeUInt32LE(b.readUInt32LE(at + 8) + ab, at + 8);
    }
    zeiger.teil.writeUInt32LE(verzeichnis + ab, zeiger.at);
    zeiger = { teil: b, at: verzeichnis + 2 + n * 12 };
    teile.push(b);
    ab += b.length;
  }
  zeiger.teil.writeUInt32LE(0, zeiger.at);
  return Buffer.concat(teile);
}

/** A PNG head that claims any size. */
export function makeBombe(breite: number, hoehe: number): Buffer {
  const chunk = (art: string, daten: Buffer) => { const k = Buffer.concat([Buffer.from(art), daten]); const [l, s] = [Buffer.alloc(4), Buffer.alloc(4)]; l.writeUInt32BE(daten.length); s.writeUInt32BE(crc32(k)); return Buffer.concat([l, k, s]); };
  const kopf = Buffer.alloc(13);
  kopf.writeUInt32BE(breite, 0);
  kopf.writeUInt32BE(hoehe, 4);
  kopf.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', kopf), chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))), chunk('IEND', Buffer.alloc(0))]);
}

type Bild = { filter: string; bytes: Uint8Array; breite: number; hoehe: number; bits: number; farbraum: string; umgekehrt?: boolean; parameter?: Record<string, unknown> };
/** A PDF as scanners write it: a picture over each page. */
export async function makeScanPdf(bilder: readonly Bild[], { drehung = 0 } = {}): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  for (const b of bilder) {
    const objekt = pdf.context.register(PDFRawStream.of(pdf.context.obj({ Type: 'XObject', Subtype: 'Image', Width: b.breite, Height: b.hoehe, BitsPerComponent: b.bits, ColorSpace: b.farbraum, Filter: b.filter, Length: b.bytes.length, ...(b.umgekehrt && { Decode: [1, 0] }), ...(b.parameter && { DecodeParms: b.parameter as never }) }) as never, b.bytes));
    const seite = pdf.addPage([595.2, 841.68]);
    if (drehung) seite.node.set(PDFName.of('Rotate'), pdf.context.obj(drehung));
    seite.node.set(PDFName.of('Resources'), pdf.context.obj({ XObject: { B: objekt } }));
    seite.node.set(PDFName.of('Contents'), pdf.context.register(pdf.context.stream('q 595.2 0 0 841.68 0 0 cm /B Do Q')));
  }
  return Buffer.from(await pdf.save());
}

/** JBIG2 as it lies in PDFs: a page and one generic region, which may be coded as a fax is (MMR). */
export function jbig2OfG4(g4: Buffer, breite: number, hoehe: number): Buffer {
  const u32 = (n: number) => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };
  const segment = (nummer: number, art: number, daten: Buffer) => Buffer.concat([u32(nummer), Buffer.from([art, 0, 1]), u32(daten.length), daten]);
  const seite = Buffer.concat([u32(breite), u32(hoehe), u32(0), u32(0), Buffer.from([0, 0, 0])]);
  const region = Buffer.concat([u32(breite), u32(hoehe), u32(0), u32(0), Buffer.from([0]), Buffer.from([1]), g4]);
  return Buffer.concat([segment(0, 48, seite), segment(1, 38, region)]);
}

export async function makePortfolio(): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  pdf.addPage([400, 200]).drawText('Dieses Portfolio braucht Adobe Reader', { font: await pdf.embedFont(StandardFonts.Helvetica), size: 12, x: 20, y: 100 });
  await pdf.attach(Buffer.from('Inhalt'), 'bauantrag.txt', { mimeType: 'text/plain' });
  pdf.catalog.set(PDFName.of('Collection'), pdf.context.obj({ Type: 'Collection', View: 'T' }));
  return Buffer.from(await pdf.save());
}
export async function makeTextPdf(seiten: number): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let i = 0; i < seiten; i++) pdf.addPage([595, 842]).drawText(`Seite ${i + 1}`, { font, size: 14, x: 60, y: 760 });
  return Buffer.from(await pdf.save());
}
