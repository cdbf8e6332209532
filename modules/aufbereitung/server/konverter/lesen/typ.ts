import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { KonverterFehler, type Format } from '../protokoll.ts';
import { isCfb, listCfb } from './cfb.ts';
import { decodeText, detectZeichensatz } from './zeichensatz.ts';
import { openZip, type Zip } from './zip.ts';

export type Typ = { format: Format; mime: string; makros?: true; verschluesselt?: true };
const typ = (format: Format, mime: string, makros = false): Typ => ({ format, mime, ...(makros && { makros }) });

const KOPF = 64 * 1024;
const CFB_LIMIT = 64 * 2 ** 20;
const OOXML = 'application/vnd.openxmlformats-officedocument';
const ODF: Record<string, Format> = { text: 'odt', spreadsheet: 'ods', presentation: 'odp', graphics: 'odg' };

/** Decides by content alone. Name and declared type of a file are what its sender claims, and are not asked. */
export async function detectTyp(datei: string): Promise<Typ> {
  const { kopf, groesse, lies } = await readKopf(datei);
  if (groesse === 0) return typ('leer', 'application/octet-stream');
  return byMagic(kopf) ?? (isZip(kopf) ? await typOfZip(datei) : isCfb(kopf) ? typOfCfb(await lies(CFB_LIMIT)) : await byLibrary(kopf) ?? typOfText(kopf, groesse > KOPF));
}

async function readKopf(datei: string) {
  const handle = await open(datei);
  try {
    const { size } = await handle.stat();
    const lies = async (n: number) => { const h = await open(datei); try { const b = Buffer.alloc(Math.min(n, size)); await h.read(b, 0, b.length, 0); return b; } finally { await h.close(); } };
    return { kopf: await lies(KOPF), groesse: size, lies };
  } finally { await handle.close(); }
}

const starts = (kopf: Buffer, text: string, at = 0) => kopf.subarray(at, at + text.length).toString('latin1') === text;
const isZip = (kopf: Buffer) => starts(kopf, 'PK\x03\x04') || starts(kopf, 'PK\x05\x06');

function byMagic(kopf: Buffer): Typ | undefined {
  // Mail gateways and old scanners put bytes before the header; readers accept it within the first kilobyte.
  if (kopf.subarray(0, 1_024).includes('%PDF-')) return typ('pdf', 'application/pdf');
  if (/^\s*\{\\rtf/.test(kopf.subarray(0, 64).toString('latin1'))) return typ('rtf', 'application/rtf');
  if (kopf.length >= 4 && kopf.readUInt32LE(0) === 0x223e9f78) return typ('tnef', 'application/vnd.ms-tnef');
  if (starts(kopf, 'II*\0') || starts(kopf, 'MM\0*') || starts(kopf, 'II+\0') || starts(kopf, 'MM\0+')) return typ('tiff', 'image/tiff');
  if (starts(kopf, '\x89PNG\r\n\x1a\n')) return typ('png', 'image/png');
  if (starts(kopf, '\xff\xd8\xff')) return typ('jpeg', 'image/jpeg');
  return undefined;
}

const BILD: Record<string, Format> = { 'image/heic': 'heic', 'image/heif': 'heic', 'image/heic-sequence': 'heic', 'image/heif-sequence': 'heic', 'image/gif': 'gif', 'image/webp': 'webp', 'image/bmp': 'bmp' };

async function byLibrary(kopf: Buffer): Promise<Typ | undefined> {
  const found = await fileTypeFromBuffer(kopf).catch(() => undefined);
  if (!found) return undefined;
  const { mime } = found;
  if (BILD[mime]) return typ(BILD[mime], mime);
  if (mime.startsWith('video/')) return typ('video', mime);
  if (mime.startsWith('audio/')) return typ('audio', mime);
  if (/zip|tar|rar|7z|gzip|bzip|xz|compress|zstd|lz/.test(mime)) return typ('archiv', mime);
  return mime.startsWith('text/') || /xml/.test(mime) ? undefined : typ('unbekannt', mime);
}

async function typOfZip(datei: string): Promise<Typ> {
  let zip: Zip;
  try { zip = await openZip(datei); } catch (error) { if (error instanceof KonverterFehler) return typ('zip', 'application/zip'); throw error; }
  try {
    if (zip.has('mimetype')) {
      const mime = (await zip.read('mimetype'))?.subarray(0, 100).toString('latin1').trim() ?? '';
      const art = /^application\/(?:vnd\.oasis\.opendocument|vnd\.sun\.xml)\.([a-z]+)/.exec(mime)?.[1]?.replace('writer', 'text').replace('calc', 'spreadsheet').replace('impress', 'presentation').replace('draw', 'graphics');
      if (art && ODF[art]) return typ(ODF[art], mime);
    }
    if (!zip.has('[Content_Types].xml')) return typ('zip', 'application/zip');
    const makros = zip.namen.some((n) => n.endsWith('vbaProject.bin'));
    if (zip.has('word/document.xml') || zip.namen.some((n) => /^word\/document\d*\.xml$/.test(n))) return typ('docx', `${OOXML}.wordprocessingml.document`, makros);
    if (zip.has('xl/workbook.xml')) return typ('xlsx', `${OOXML}.spreadsheetml.sheet`, makros);
    if (zip.has('ppt/presentation.xml')) return typ('pptx', `${OOXML}.presentationml.presentation`, makros);
    return typ('zip', 'application/zip');
  } catch (error) { // a container whose first member cannot be read is still a container
    if (error instanceof KonverterFehler) return typ('zip', 'application/zip');
    throw error;
  } finally { zip.close(); }
}

function typOfCfb(bytes: Buffer): Typ {
  const namen = listCfb(bytes);
  const makros = namen.has('Macros') || namen.has('_VBA_PROJECT_CUR') || namen.has('VBA');
  if (namen.has('EncryptedPackage')) return { ...typ('unbekannt', 'application/x-ole-encrypted'), verschluesselt: true }; // DOCX, XLSX or PPTX with a password
  if (namen.has('WordDocument')) return typ('doc', 'application/msword', makros);
  if (namen.has('Workbook') || namen.has('Book')) return typ('xls', 'application/vnd.ms-excel', makros);
  if (namen.has('PowerPoint Document')) return typ('ppt', 'application/vnd.ms-powerpoint', makros);
  if (namen.has('__properties_version1.0')) return typ('msg', 'application/vnd.ms-outlook');
  return typ('unbekannt', 'application/x-cfb');
}

const KOPFZEILE = /^(from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|reply-to|x-[\w-]+|dkim-signature|arc-[\w-]+|sender|references|in-reply-to|content-transfer-encoding)[ \t]*:/i;

function typOfText(kopf: Buffer, abgeschnitten: boolean): Typ {
  if (!looksLikeText(kopf)) return typ('unbekannt', 'application/octet-stream');
  const text = decodeText(kopf).slice(0, 16_384);
  const anfang = text.trimStart();
  if (/^From \S.*\n[\w-]+:/.test(anfang)) return typ('mbox', 'application/mbox');
  if (isMail(text)) return typ('eml', 'message/rfc822');
  if (/^(<\?xml[^>]*\?>\s*)?(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html|head|body)\b/i.test(anfang)) return typ('html', 'text/html');
  if (/^<\?xml\b|^<(!doctype|[a-z][\w.-]*:?[\w.-]*)[\s>]/i.test(anfang)) return /<(p|div|table|br|span|h[1-6])\b/i.test(anfang) && !/^<\?xml/i.test(anfang) ? typ('html', 'text/html') : typ('xml', 'application/xml');
  return isCsv(text, abgeschnitten) ? typ('csv', 'text/csv') : typ('txt', 'text/plain');
}

/** Header lines at the very start, at least two of them known, before the first empty line. */
function isMail(text: string) {
  const zeilen = text.replace(/^\n+/, '').split('\n', 60);
  let bekannt = 0;
  for (const zeile of zeilen) {
    if (zeile.trim() === '') break;
    if (/^[ \t]/.test(zeile)) continue;
    if (!/^[!-9;-~]+[ \t]*:/.test(zeile)) return false;
    if (KOPFZEILE.test(zeile)) bekannt++;
  }
  return bekannt >= 2;
}

/** The same separator, equally often, in all of the first lines. */
function isCsv(text: string, abgeschnitten: boolean) {
  const zeilen = text.split('\n').slice(0, 20).filter((z) => z.trim());
  if (abgeschnitten && zeilen.length < 20) zeilen.pop();
  if (zeilen.length < 2) return false;
  return [';', '\t', ',', '|'].some((trenner) => {
    const anzahl = zeilen.map((z) => z.replace(/"[^"]*"/g, '').split(trenner).length - 1);
    return anzahl[0]! >= 1 && anzahl.every((n) => n === anzahl[0]) && (trenner !== ',' || zeilen.length >= (anzahl[0]! >= 2 ? 3 : 5));
  });
}

function looksLikeText(bytes: Buffer) {
  if (/^utf-(16|32)/.test(detectZeichensatz(bytes))) return true;
  let steuer = 0;
  for (const b of bytes) {
    if (b === 0) return false;
    if (b < 32 && b !== 9 && b !== 10 && b !== 13 && b !== 12 && b !== 27 && b !== 26) steuer++;
  }
  return steuer <= bytes.length * 0.02;
}
