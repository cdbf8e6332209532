import { createWriteStream } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { crc32, deflateSync } from 'node:zlib';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import sharp from 'sharp';
import yazl from 'yazl';
import { withOrdner } from '../server/konverter/arbeitsordner.ts';
import type { openKonverter } from '../server/konverter/pool.ts';
import { lesegrenzen, type Lesung } from '../server/konverter/protokoll.ts';

export const GRENZEN = { zeitMs: 60_000, speicherMiB: 1_500, ausgabeMiB: 600 };
type Konverter = ReturnType<typeof openKonverter>;

/** Reads bytes, or a file, as the job does. */
export const readBytes = (konverter: Konverter, inhalt: Buffer | string, grenzen = lesegrenzen): Promise<Lesung> => withOrdner(async (ordner) => {
  const datei = join(ordner, 'original');
  await (typeof inhalt === 'string' ? copyFile(inhalt, datei) : writeFile(datei, inhalt));
  return konverter.run({ art: 'lesen', datei, ordner, grenzen }, GRENZEN);
});

export async function makePdf(seiten: readonly string[], form?: Record<string, string>): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const text of seiten) {
    const seite = pdf.addPage([595, 842]);
    if (text) seite.drawText(text, { x: 60, y: 760, size: 12, font, lineHeight: 16 });
  }
  for (const [name, wert] of Object.entries(form ?? {})) {
    const feld = pdf.getForm().createTextField(name);
    feld.setText(wert);
    feld.addToPage(pdf.getPage(0), { x: 60, y: 600, width: 300, height: 20 });
  }
  return Buffer.from(await pdf.save({ useObjectStreams: false }));
}

export async function makeZip(mitglieder: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, inhalt] of Object.entries(mitglieder)) zip.addBuffer(Buffer.from(inhalt), name, { compress: inhalt.length > 200 });
  zip.end();
  return Buffer.concat(await Array.fromAsync(zip.outputStream as AsyncIterable<Buffer>));
}

const CT = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';
export const makeDocx = (body: string, weitere: Record<string, string> = {}) => makeZip({
  '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  '_rels/.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document ${W}><w:body>${body}</w:body></w:document>`, ...weitere,
});
export const absatz = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

export const makeXlsx = () => makeZip({
  '[Content_Types].xml': CT,
  'xl/workbook.xml': '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Gebühren" sheetId="1" r:id="r1"/><sheet name="Fristen" sheetId="2" r:id="r2"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="worksheets/sheet2.xml"/></Relationships>',
  'xl/sharedStrings.xml': '<sst><si><t>Verwaltungsgebühr</t></si><si><r><t>Straßen</t></r><r><t>baulast</t></r></si></sst>',
  'xl/styles.xml': '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>',
  'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row><c t="s"><v>0</v></c><c><v>1234.5</v></c></row><row><c t="s"><v>1</v></c><c t="b"><v>1</v></c></row></sheetData></worksheet>',
  'xl/worksheets/sheet2.xml': '<worksheet><sheetData><row><c s="1"><v>46346</v></c><c s="2"><v>45292.5</v></c><c t="inlineStr"><is><t>Widerspruchsfrist</t></is></c></row></sheetData></worksheet>',
});

/** A PNG head that claims any size; the little data behind it is enough for a bomb. */
export function makePngBombe(breite: number, hoehe: number): Buffer {
  const chunk = (art: string, daten: Buffer) => {
    const koerper = Buffer.concat([Buffer.from(art), daten]);
    const [laenge, summe] = [Buffer.alloc(4), Buffer.alloc(4)];
    laenge.writeUInt32BE(daten.length);
    summe.writeUInt32BE(crc32(koerper));
    return Buffer.concat([laenge, koerper, summe]);
  };
  const kopf = Buffer.alloc(13);
  kopf.writeUInt32BE(breite, 0);
  kopf.writeUInt32BE(hoehe, 4);
  kopf.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', kopf), chunk('IDAT', deflateSync(Buffer.alloc(8_000_000))), chunk('IEND', Buffer.alloc(0))]);
}

export const makeMail = ({ kopf = {}, text, anlagen = [] }: { kopf?: Record<string, string>; text: string; anlagen?: { name: string; mime: string; inhalt: Buffer }[] }): Buffer => {
  const zeilen = { From: 'Anna Müller <anna@example.de>', To: 'poststelle@auental.example', Subject: 'Bauantrag', Date: 'Fri, 20 Nov 2026 09:15:00 +0100', 'Message-ID': '<eins@example.de>', 'MIME-Version': '1.0', ...kopf };
  const teile = anlagen.map((a) => `--grenze\r\nContent-Type: ${a.mime}; name="${a.name}"\r\nContent-Disposition: attachment; filename="${a.name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${a.inhalt.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`).join('');
  return Buffer.from(`${Object.entries(zeilen).map(([k, v]) => `${k}: ${v}\r\n`).join('')}Content-Type: multipart/mixed; boundary=grenze\r\n\r\n--grenze\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}\r\n${teile}--grenze--\r\n`);
};

/** Writes `bytes` zeros compressed into one member: the classic bomb. */
export async function writeZipbombe(datei: string, bytes: number, name = 'word/document.xml', weitere: Record<string, string> = {}) {
  const zip = new yazl.ZipFile();
  for (const [n, inhalt] of Object.entries(weitere)) zip.addBuffer(Buffer.from(inhalt), n);
  const { Readable } = await import('node:stream');
  const block = Buffer.alloc(1 << 20, 0x20);
  zip.addReadStream(Readable.from((function* () { for (let i = 0; i < bytes; i += block.length) yield block; })()), name);
  zip.end();
  await finished(zip.outputStream.pipe(createWriteStream(datei)));
}

/** A page as a scanner sees it, 300 dpi, as wide as A4 and as high as its lines. */
export const makeScanseite = (zeilen: readonly string[], drehung = 0): Promise<Buffer> => sharp(Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="2480" height="${300 + zeilen.length * 90}"><rect width="100%" height="100%" fill="#fdfdfb"/>${zeilen.map((z, i) => `<text x="240" y="${200 + i * 90}" font-family="DejaVu Serif, serif" font-size="54">${z}</text>`).join('')}</svg>`,
)).flatten({ background: '#fff' }).grayscale().rotate(drehung).withMetadata({ density: 300 }).png().toBuffer();
export const makeTiff = async (seiten: readonly Buffer[]): Promise<Buffer> => sharp([...seiten], { join: { animated: true } }).tiff({ compression: 'lzw', xres: 11.81, yres: 11.81 }).toBuffer();

type CfbEntry = { name: string; type: number; children?: number[]; length: number; binaryProvider?: () => Uint8Array };
const CFB = { directory: 1, document: 2, root: 5 };
/** An Outlook message as [MS-OXMSG] lays it out: a stream per property, folders for recipients and attachments. */
export async function makeMsg({ betreff, text, von, an, anlagen = [] }: { betreff: string; text: string; von: [name: string, adresse: string]; an: [name: string, adresse: string]; anlagen?: { name: string; inhalt: Buffer }[] }): Promise<Buffer> {
  const { burn } = createRequire(import.meta.url)('@kenjiuno/msgreader/lib/Burner.js') as { burn(entries: CfbEntry[]): Uint8Array };
  const entries: CfbEntry[] = [{ name: 'Root Entry', type: CFB.root, children: [], length: 0 }];
  const add = (oben: CfbEntry, name: string, inhalt?: Buffer): CfbEntry => {
    const entry: CfbEntry = inhalt ? { name, type: CFB.document, length: inhalt.length, binaryProvider: () => Uint8Array.from(inhalt) } : { name, type: CFB.directory, children: [], length: 0 };
    entries.push(entry);
    oben.children!.push(entries.length - 1);
    return entry;
  };
  const string = (oben: CfbEntry, id: string, wert: string) => add(oben, `__substg1.0_${id}001F`, Buffer.from(wert, 'utf16le'));
  const props = (oben: CfbEntry, kopf: number, zeilen: [id: number, wert: number][] = []) => add(oben, '__properties_version1.0', Buffer.concat([Buffer.alloc(kopf), ...zeilen.map(([id, wert]) => { const b = Buffer.alloc(16); b.writeUInt32LE(id); b.writeUInt32LE(6, 4); b.writeUInt32LE(wert, 8); return b; })]));
  const root = entries[0]!;
  string(root, '001A', 'IPM.Note'); string(root, '0037', betreff); string(root, '1000', text); string(root, '0C1A', von[0]); string(root, '0C1F', von[1]); string(root, '1035', '<msg@example.de>');
  props(root, 32);
  const empfaenger = add(root, '__recip_version1.0_#00000000');
  string(empfaenger, '3001', an[0]); string(empfaenger, '39FE', an[1]);
  props(empfaenger, 8, [[0x0c150003, 1]]);
  for (const [i, a] of anlagen.entries()) {
    const ordner = add(root, `__attach_version1.0_#0000000${i}`);
    string(ordner, '3707', a.name);
    add(ordner, '__substg1.0_37010102', a.inhalt);
    props(ordner, 8, [[0x37050003, 1]]);
  }
  return Buffer.from(burn(entries));
}
