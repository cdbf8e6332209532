/** Names in the directory of a Compound File (the container of DOC, XLS, PPT, MSG), enough to tell which it is. [MS-CFB] 2.2, 2.3, 2.6. */
export const isCfb = (kopf: Buffer) => kopf.length >= 512 && kopf.readUInt32LE(0) === 0xe011cfd0 && kopf.readUInt32LE(4) === 0xe11ab1a1;

export function listCfb(bytes: Buffer): Set<string> {
  const namen = new Set<string>();
  const shift = bytes.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return namen;
  const groesse = 1 << shift;
  const offset = (sektor: number) => (sektor + 1) * groesse;
  const next = (sektor: number) => { // through the FAT, whose first 109 sectors the header lists; that is 7 MB of FAT, more than any directory needs
    const fat = Math.floor(sektor / (groesse / 4));
    if (fat >= 109) return -1;
    const at = offset(bytes.readUInt32LE(76 + 4 * fat)) + (sektor % (groesse / 4)) * 4;
    return at + 4 <= bytes.length ? bytes.readInt32LE(at) : -1;
  };
  const seen = new Set<number>();
  for (let sektor = bytes.readInt32LE(48); sektor >= 0 && !seen.has(sektor) && offset(sektor) + groesse <= bytes.length; sektor = next(sektor)) {
    seen.add(sektor);
    for (let e = offset(sektor); e < offset(sektor) + groesse; e += 128) {
      const laenge = bytes.readUInt16LE(e + 64);
      if (laenge >= 2 && laenge <= 64) namen.add(bytes.toString('utf16le', e, e + laenge - 2));
    }
  }
  return namen;
}
