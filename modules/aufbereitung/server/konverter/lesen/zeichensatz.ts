import chardet from 'chardet';
import iconv from 'iconv-lite';

const BOMS: readonly [bytes: readonly number[], name: string][] = [[[0xef, 0xbb, 0xbf], 'utf-8'], [[0xff, 0xfe, 0, 0], 'utf-32le'], [[0xff, 0xfe], 'utf-16le'], [[0xfe, 0xff], 'utf-16be']];
const bomOf = (bytes: Buffer) => BOMS.find(([bom]) => bom.every((b, i) => bytes[i] === b));

/** äöüÄÖÜß in the code page of DOS and old host exports; in Windows-1252 these bytes are „…”™ and the like, never between letters. */
const DOS_UMLAUTE = new Set([0x84, 0x94, 0x81, 0x8e, 0x99, 0x9a, 0xe1]);
/** What is declared as ISO-8859-1 means Windows-1252 in practice. */
const WESTLICH = new Set(['ISO-8859-1', 'ISO-8859-15', 'windows-1252']);

/** Name of the encoding of a text. UTF-8 is proved by its form; of the rest chardet knows most, but not DOS. */
export function detectZeichensatz(bytes: Buffer): string {
  const bom = bomOf(bytes);
  if (bom) return bom[1];
  const probe = bytes.subarray(0, 256 * 1024);
  if (isUtf8(probe)) return 'utf-8';
  const utf16 = withoutBom16(probe);
  if (utf16) return utf16;
  if (isDos(probe)) return 'cp850';
  const [best, ...andere] = chardet.analyse(probe).filter(({ name }) => iconv.encodingExists(name));
  if (!best || best.confidence < 30 || WESTLICH.has(best.name)) return 'windows-1252';
  // Short texts look like many things; western European is what an authority gets, unless another is clearly ahead.
  const westlich = andere.find(({ name }) => WESTLICH.has(name))?.confidence ?? 0;
  return westlich > best.confidence * 0.6 ? 'windows-1252' : best.name;
}

function isUtf8(bytes: Buffer) {
  const ende = Math.max(0, bytes.length - 3); // the sample may end inside a character
  for (let schnitt = bytes.length; schnitt >= ende; schnitt--) {
    try { new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, schnitt)); return true; } catch { /* one byte less */ }
  }
  return bytes.length === 0;
}
function withoutBom16(bytes: Buffer) {
  let gerade = 0, ungerade = 0;
  const n = Math.min(bytes.length, 4_096) & ~1;
  for (let i = 0; i < n; i += 2) { if (bytes[i] === 0) gerade++; if (bytes[i + 1] === 0) ungerade++; }
  if (n < 8) return undefined;
  return ungerade > n * 0.2 && gerade < n * 0.05 ? 'utf-16le' : gerade > n * 0.2 && ungerade < n * 0.05 ? 'utf-16be' : undefined;
}
function isDos(bytes: Buffer) {
  const letter = (b = 0) => (b | 0x20) >= 0x61 && (b | 0x20) <= 0x7a;
  let dos = 0, fremd = 0;
  for (let i = 0; i < bytes.length; i++) {
    const b = bytes[i]!;
    if (b < 0x80) continue;
    if (DOS_UMLAUTE.has(b) && (letter(bytes[i - 1]) || letter(bytes[i + 1]))) dos++; else fremd++;
  }
  return dos > 0 && dos >= fremd * 4;
}

export function decode(bytes: Buffer, zeichensatz: string): string {
  const text = iconv.decode(bytes, iconv.encodingExists(zeichensatz) ? zeichensatz : 'windows-1252', { stripBOM: true });
  return text.replace(/\r\n?/g, '\n').replace(/\0/g, '');
}
export const decodeText = (bytes: Buffer) => decode(bytes, detectZeichensatz(bytes));

/** XML says its encoding itself; a false declaration is corrected by the form of the bytes. */
export function decodeXml(bytes: Buffer): string {
  const declared = /^<\?xml[^>]*encoding=["']([\w.-]+)["']/.exec(bytes.subarray(0, 200).toString('latin1'))?.[1];
  return bomOf(bytes) || !declared || /^utf-?8$/i.test(declared) ? decodeText(bytes) : decode(bytes, declared);
}
