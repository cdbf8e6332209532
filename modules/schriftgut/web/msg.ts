/**
 * Head of an Outlook message (.msg), read in the browser: a compound file whose streams are named by property. Only what stands at its top:
 * recipients, attachments and messages in it have storages of their own. The server reads the whole with a library that needs Node.
 */
const ENDE = 0xfffffffa; // and above: no sector
type Eintrag = { name: string; art: number; links: number; rechts: number; kind: number; start: number; laenge: number };

function oeffne(puffer: ArrayBuffer) {
  const v = new DataView(puffer);
  if (v.byteLength < 1536 || v.getUint32(0) !== 0xd0cf11e0) return undefined;
  const u32 = (o: number) => (o + 4 <= v.byteLength ? v.getUint32(o, true) : 0xffffffff);
  const sektor = 1 << (v.getUint16(0x1e, true) & 15), mini = 1 << (v.getUint16(0x20, true) & 15), je = sektor / 4, max = Math.ceil(v.byteLength / sektor) + 1;
  const fat: number[] = Array.from({ length: 109 }, (_, i) => u32(0x4c + i * 4)).filter((n) => n < ENDE);
  for (let n = u32(0x44), i = 0; n < ENDE && i < max; n = u32((n + 2) * sektor - 4), i++) for (let k = 0; k < je - 1; k++) { const s = u32((n + 1) * sektor + k * 4); if (s < ENDE) fat.push(s); }
  const kette = (start: number, folge: (n: number) => number) => { const alle: number[] = []; for (let n = start; n < ENDE && alle.length < max * (sektor / mini); n = folge(n)) alle.push(n); return alle; };
  const folge = (n: number) => { const s = fat[Math.floor(n / je)]; return s === undefined ? ENDE : u32((s + 1) * sektor + (n % je) * 4); };
  const stuecke = (sektoren: number[], ort: (n: number) => number, groesse: number) => {
    const bytes = new Uint8Array(sektoren.length * groesse);
    sektoren.forEach((n, i) => { const von = ort(n); bytes.set(new Uint8Array(puffer, Math.min(von, v.byteLength), Math.max(0, Math.min(groesse, v.byteLength - von))), i * groesse); });
    return bytes;
  };
  const gross = (start: number) => stuecke(kette(start, folge), (n) => (n + 1) * sektor, sektor);
  const verzeichnis = gross(u32(0x30)), d = new DataView(verzeichnis.buffer);
  const eintrag = (n: number): Eintrag | undefined => {
    const o = n * 128;
    if (o + 128 > d.byteLength) return undefined;
    const name = new TextDecoder('utf-16le').decode(verzeichnis.subarray(o, o + Math.max(0, Math.min(64, d.getUint16(o + 64, true)) - 2)));
    return { name, art: d.getUint8(o + 66), links: d.getUint32(o + 68, true), rechts: d.getUint32(o + 72, true), kind: d.getUint32(o + 76, true), start: d.getUint32(o + 116, true), laenge: d.getUint32(o + 120, true) };
  };
  const wurzel = eintrag(0);
  if (!wurzel) return undefined;
  const kleines = gross(wurzel.start), miniFat = new DataView(gross(u32(0x3c)).buffer);
  const miniFolge = (n: number) => (n * 4 + 4 <= miniFat.byteLength ? miniFat.getUint32(n * 4, true) : ENDE);
  const lies = ({ start, laenge }: Eintrag) => {
    if (laenge >= u32(0x38)) return gross(start).subarray(0, laenge);
    const teile = kette(start, miniFolge);
    const bytes = new Uint8Array(teile.length * mini);
    teile.forEach((n, i) => bytes.set(kleines.subarray(n * mini, (n + 1) * mini), i * mini));
    return bytes.subarray(0, laenge);
  };
  const stroeme = new Map<string, Eintrag>();
  const offen = [wurzel.kind], gesehen = new Set<number>();
  while (offen.length) {
    const n = offen.pop()!, e = gesehen.has(n) ? undefined : eintrag(n);
    gesehen.add(n);
    if (!e) continue;
    if (e.art === 2) stroeme.set(e.name.toUpperCase(), e);
    offen.push(e.links, e.rechts);
  }
  return (name: string) => { const e = stroeme.get(name.toUpperCase()); return e && lies(e); };
}

/** Betreff, Absender and the moment it was sent; empty where the file is none. */
export function readMsg(puffer: ArrayBuffer): { betreff?: string; absender?: string; gesendet?: Date } {
  const lies = oeffne(puffer);
  if (!lies) return {};
  const text = (kennung: string) => {
    const [breit, schmal] = [lies(`__substg1.0_${kennung}001F`), lies(`__substg1.0_${kennung}001E`)];
    return (breit ? new TextDecoder('utf-16le').decode(breit) : schmal ? new TextDecoder('windows-1252').decode(schmal) : '').replace(/\0+$/, '').trim();
  };
  const betreff = text('0037');
  const absender = text('0C1A') || text('5D01') || [text('0C1F')].find((a) => a.includes('@'));
  const eigenschaften = lies('__properties_version1.0');
  const zeit = (kennung: number) => {
    if (!eigenschaften) return undefined;
    const p = new DataView(eigenschaften.buffer, eigenschaften.byteOffset, eigenschaften.byteLength);
    for (let o = 32; o + 16 <= p.byteLength; o += 16) if (p.getUint32(o, true) === ((kennung << 16) | 0x40)) return new Date(Number(p.getBigUint64(o + 8, true) / 10_000n) - 11_644_473_600_000);
    return undefined;
  };
  const gesendet = zeit(0x0039) ?? zeit(0x0e06);
  return { ...(betreff && { betreff }), ...(absender && { absender }), ...(gesendet && !Number.isNaN(gesendet.getTime()) && { gesendet }) };
}
