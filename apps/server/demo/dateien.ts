import { PDFDocument, StandardFonts, rgb, type PDFFont } from 'pdf-lib';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import yazl from 'yazl';
import { textOf, type Brief } from './brief.ts';
import { createZufall, type Zufall } from './zufall.ts';

export type DemoDatei = { bytes: Buffer; dateiname: string; mime: string };

const A4 = [595.28, 841.89] as const;
/** The standard fonts of PDF know Windows-1252; what lies outside it is written without its accent. */
const cp1252 = (text: string) => [...text].map((c) => (/[\x20-\x7e\u00a0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/.test(c) ? c : c === 'ı' ? 'i' : c.normalize('NFD')[0]!)).join('');

function wrap(text: string, font: PDFFont, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of cp1252(text).split(' ')) {
    const next = line ? `${line} ${word}` : word;
    if (line && font.widthOfTextAtSize(next, size) > width) { lines.push(line); line = word; } else line = next;
  }
  return [...lines, line];
}

/** A business letter after DIN 5008 in outline: head, address, date and references, subject, text, table. Two pages when it is long. */
export async function createPdf(brief: Brief): Promise<Buffer> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const [font, bold] = [await pdf.embedFont(StandardFonts.Helvetica), await pdf.embedFont(StandardFonts.HelveticaBold)];
  pdf.setTitle(brief.betreff);
  pdf.setAuthor(brief.absenderName);
  let page = pdf.addPage([...A4]);
  let y = 780;
  const put = (text: string, { x = 70, size = 10.5, f = font, gap = 4 } = {}) => {
    if (y < 80) { page = pdf.addPage([...A4]); y = 780; }
    page.drawText(cp1252(text), { x, y, size, font: f });
    y -= size + gap;
  };
  brief.kopf.forEach((line, i) => put(line, i === 0 ? { size: 13, f: bold } : { size: 9.5 }));
  y = Math.min(y - 24, 690);
  for (const line of brief.empfaenger) put(line);
  y = Math.min(y - 20, 580);
  put(brief.ortDatum);
  for (const line of brief.zeichen) put(line, { size: 9.5 });
  y -= 16;
  for (const line of wrap(brief.betreff, bold, 11.5, 455)) put(line, { size: 11.5, f: bold });
  y -= 8;
  for (const absatz of [brief.anrede, ...brief.absaetze].filter(Boolean)) {
    for (const line of wrap(absatz, font, 10.5, 455)) put(line, { gap: 4.5 });
    y -= 7;
  }
  for (const [left, right] of brief.tabelle) {
    page.drawLine({ start: { x: 70, y: y + 12 }, end: { x: 525, y: y + 12 }, thickness: 0.5, color: rgb(0.6, 0.6, 0.6) });
    page.drawText(cp1252(right), { x: 300, y, size: 10.5, font });
    put(left, { gap: 7 });
  }
  y -= 14;
  for (const line of brief.gruss) put(line);
  return Buffer.from(await pdf.save({ useObjectStreams: false }));
}

let pdfium: Promise<import('@hyzyla/pdfium').PDFiumLibrary> | undefined;
const openPdfium = () => (pdfium ??= import('@hyzyla/pdfium').then(({ PDFiumLibrary }) => PDFiumLibrary.init()));

/** One grain for all sheets of a scanner, and a different part of it on each: drawing 4 million random numbers a page would be half the time of a scan. */
const KORN = 1 << 18;
let korn: Int8Array | undefined;
const getKorn = () => { const z = createZufall(4711); return (korn ??= Int8Array.from({ length: KORN }, () => Math.round((z.next() - 0.5) * 36))); };

/** The printed letter as a scanner sees it, page by page: 200 dpi grey, a little skew, grain and a shadow at the edge. */
async function scanPages(pdf: Buffer, z: Zufall): Promise<{ grey: Buffer; width: number; height: number }[]> {
  const document = await (await openPdfium()).loadDocument(pdf);
  try {
    const pages = [];
    for (const page of document.pages()) {
      const { data, width, height } = await page.render({ scale: 200 / 72, render: 'bitmap' });
      const plain = Buffer.alloc(width * height);
      for (let i = 0; i < plain.length; i++) plain[i] = (data[4 * i]! + 2 * data[4 * i + 1]! + data[4 * i + 2]!) >> 2;
      const turned = sharp(plain, { raw: { width, height, channels: 1 } }).rotate((z.next() - 0.5) * 2.2, { background: '#f4f4f2' });
      const { data: wide, info } = await turned.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
      const [left, top] = [(info.width - width) >> 1, (info.height - height) >> 1];
      const [grain, from] = [getKorn(), z.int(0, KORN - 1)];
      const grey = Buffer.alloc(width * height);
      for (let y = 0, i = 0; y < height; y++) for (let x = 0; x < width; x++, i++) {
        const value = wide[((y + top) * info.width + x + left) * info.channels]! + grain[(from + i * 3 + y * 131) & (KORN - 1)]! - (x < 14 ? 70 : 0);
        grey[i] = value < 0 ? 0 : value > 255 ? 255 : value;
      }
      pages.push({ grey, width, height });
    }
    return pages;
  } finally { document.destroy(); }
}

/** Scanned letters in one PDF, without a text layer: one, or a stack as it leaves the feeder. */
export async function createScan(briefe: Brief | readonly Brief[], z: Zufall): Promise<Buffer> {
  const out = await PDFDocument.create({ updateMetadata: false });
  for (const brief of [briefe].flat()) {
    for (const { grey, width, height } of await scanPages(await createPdf(brief), z)) {
      const jpeg = await sharp(grey, { raw: { width, height, channels: 1 } }).toColourspace('b-w').jpeg({ quality: 55 }).toBuffer();
      out.addPage([...A4]).drawImage(await out.embedJpg(jpeg), { x: 0, y: 0, width: A4[0], height: A4[1] });
    }
  }
  return Buffer.from(await out.save({ useObjectStreams: false }));
}
/** A fax of one page: black and white, as the machine stores it. */
export async function createFax(brief: Brief, z: Zufall): Promise<Buffer> {
  const [{ grey, width, height }] = (await scanPages(await createPdf(brief), z)) as [{ grey: Buffer; width: number; height: number }];
  return sharp(grey, { raw: { width, height, channels: 1 } }).threshold(170).toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1, xres: 200 / 25.4, yres: 200 / 25.4 }).toBuffer();
}

const xml = (text: string) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!);
async function zip(parts: Record<string, string>): Promise<Buffer> {
  const file = new yazl.ZipFile();
  const mtime = new Date('2026-01-01T00:00:00Z');
  for (const [name, text] of Object.entries(parts)) file.addBuffer(Buffer.from(text), name, { mtime });
  file.end();
  return buffer(file.outputStream);
}
const OOXML = 'http://schemas.openxmlformats.org';
const ooxml = (main: string, type: string, body: string, more: Record<string, string> = {}, overrides = '') => zip({
  '[Content_Types].xml': `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="${OOXML}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${main}" ContentType="${type}"/>${overrides}</Types>`,
  '_rels/.rels': `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${OOXML}/package/2006/relationships"><Relationship Id="r1" Type="${OOXML}/officeDocument/2006/relationships/officeDocument" Target="${main}"/></Relationships>`,
  [main]: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${body}`, ...more,
});
export const createDocx = (brief: Brief) => ooxml('word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  `<w:document xmlns:w="${OOXML}/wordprocessingml/2006/main"><w:body>${textOf(brief).split('\n').map((line) => `<w:p><w:r>${line === brief.betreff ? '<w:rPr><w:b/></w:rPr>' : ''}<w:t xml:space="preserve">${xml(line)}</w:t></w:r></w:p>`).join('')}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1417"/></w:sectPr></w:body></w:document>`);
export const createXlsx = (rows: readonly (readonly string[])[]) => ooxml('xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
  `<workbook xmlns="${OOXML}/spreadsheetml/2006/main" xmlns:r="${OOXML}/officeDocument/2006/relationships"><sheets><sheet name="Liste" sheetId="1" r:id="r1"/></sheets></workbook>`, {
    'xl/_rels/workbook.xml.rels': `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${OOXML}/package/2006/relationships"><Relationship Id="r1" Type="${OOXML}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${OOXML}/spreadsheetml/2006/main"><sheetData>${rows.map((cells) => `<row>${cells.map((c) => `<c t="inlineStr"><is><t>${xml(c)}</t></is></c>`).join('')}</row>`).join('')}</sheetData></worksheet>`,
  }, '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>');

const encodedWord = (text: string) => (/^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`);
const base64Lines = (bytes: Buffer) => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
export function createEml(brief: Brief, tag: string, id: string, anhang?: DemoDatei): Buffer {
  const head = [`From: ${encodedWord(brief.absenderName)} <${brief.absenderMail}>`, `To: ${encodedWord(brief.empfaengerName)} <${brief.empfaengerMail}>`, `Subject: ${encodedWord(brief.betreff)}`, `Date: ${new Date(`${tag}T09:12:00+01:00`).toUTCString().replace('GMT', '+0000')}`, `Message-ID: <${id}@post.example>`, 'MIME-Version: 1.0'];
  const body = `${[brief.zeichen.join('\n'), brief.anrede, ...brief.absaetze, ...brief.tabelle.map(([l, r]) => `${l}: ${r}`), brief.gruss.join('\n')].filter(Boolean).join('\n\n')}\n`;
  const text = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', base64Lines(Buffer.from(body))];
  if (!anhang) return Buffer.from([...head, ...text, ''].join('\r\n'));
  const boundary = `teil-${id}`;
  return Buffer.from([...head, `Content-Type: multipart/mixed; boundary="${boundary}"`, '', `--${boundary}`, ...text, `--${boundary}`, `Content-Type: ${anhang.mime}; name="${encodedWord(anhang.dateiname)}"`, `Content-Disposition: attachment; filename="${encodedWord(anhang.dateiname)}"`, 'Content-Transfer-Encoding: base64', '', base64Lines(anhang.bytes), `--${boundary}--`, ''].join('\r\n'));
}

const dateiname = (betreff: string, endung: string) => `${cp1252(betreff).replace(/[^\p{L}\p{N} .,-]/gu, '').replace(/\s+/g, ' ').trim().slice(0, 80)}.${endung}`;

export async function createDatei(format: 'pdf' | 'scan' | 'eml' | 'docx' | 'txt' | 'xlsx', brief: Brief, tag: string, id: string, z: Zufall): Promise<DemoDatei> {
  const name = (endung: string) => dateiname(brief.betreff, endung);
  switch (format) {
    case 'pdf': return { bytes: await createPdf(brief), dateiname: name('pdf'), mime: 'application/pdf' };
    case 'scan': return { bytes: await createScan(brief, z), dateiname: `Scan ${tag} ${id.slice(0, 4)}.pdf`, mime: 'application/pdf' };
    case 'docx': return { bytes: await createDocx(brief), dateiname: name('docx'), mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' };
    case 'xlsx': return { bytes: await createXlsx([['Monat', 'Stück', 'Bemerkung'], ...['April', 'Mai', 'September', 'Oktober'].map((m) => [m, String(z.int(1, 9)), z.pick(['Ansitz', 'Fallwild', 'Verkehrsverlust'])]), ...brief.absaetze.map((a) => [a])]), dateiname: name('xlsx'), mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
    case 'txt': return { bytes: Buffer.from(textOf(brief)), dateiname: name('txt'), mime: 'text/plain' };
    case 'eml': return { bytes: createEml(brief, tag, id, z.chance(0.35) ? { bytes: await createPdf({ ...brief, betreff: `Anlage zu: ${brief.betreff}` }), dateiname: 'Anlage.pdf', mime: 'application/pdf' } : undefined), dateiname: name('eml'), mime: 'message/rfc822' };
  }
}
