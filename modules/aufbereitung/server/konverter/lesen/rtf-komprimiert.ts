/** Compressed RTF of Outlook [MS-OXRTFCP]: LZ77 over a ring of 4 KiB that starts with words every RTF holds. */
const ANFANG = '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const GRENZE = 64 * 2 ** 20;

export function decompressRtf(bytes: Buffer): Buffer {
  if (bytes.length < 16) return Buffer.alloc(0);
  const groesse = Math.min(bytes.readUInt32LE(4), GRENZE);
  const art = bytes.readUInt32LE(8);
  if (art === 0x414c454d) return bytes.subarray(16, 16 + groesse); // not compressed
  if (art !== 0x75465a4c) return Buffer.alloc(0);
  const ring = Buffer.alloc(4_096);
  let schreib = ring.write(ANFANG, 'latin1');
  const aus = Buffer.alloc(groesse);
  let n = 0;
  const put = (b: number) => { if (n < groesse) aus[n++] = b; ring[schreib] = b; schreib = (schreib + 1) & 4_095; };
  for (let i = 16; i < bytes.length && n < groesse;) {
    const marken = bytes[i++]!;
    for (let bit = 0; bit < 8 && i < bytes.length; bit++) {
      if (!(marken >> bit & 1)) { put(bytes[i++]!); continue; }
      if (i + 2 > bytes.length) return aus.subarray(0, n);
      const verweis = bytes.readUInt16BE(i);
      i += 2;
      const von = verweis >> 4;
      if (von === schreib) return aus.subarray(0, n); // the agreed end mark
      for (let k = 0; k < (verweis & 15) + 2; k++) put(ring[(von + k) & 4_095]!);
    }
  }
  return aus.subarray(0, n);
}
