import iconv from 'iconv-lite';
import { KonverterFehler } from '../protokoll.ts';
import { textOfRtfMail } from './rtf.ts';
import { decompressRtf } from './rtf-komprimiert.ts';
import { decodeText } from './zeichensatz.ts';

/** winmail.dat: what Outlook sends instead of MIME parts [MS-OXTNEF]. */
export type Tnef = { betreff: string; text: string; html: string; anlagen: { dateiname: string; mime: string; contentId?: string; inhalt: Buffer }[] };

const ATTR = { oemCodepage: 0x9007, subject: 0x8004, body: 0x800c, msgProps: 0x9003, rendData: 0x9002, title: 0x8010, data: 0x800f, attachment: 0x9005 };
const PR = { body: 0x1000, rtf: 0x1009, html: 0x1013, longFilename: 0x3707, filename: 0x3704, mimeTag: 0x370e, contentId: 0x3712, dataObject: 0x3701, displayName: 0x3001 };
const GRENZE = 5_000;

export const isTnef = (bytes: Buffer) => bytes.length > 6 && bytes.readUInt32LE(0) === 0x223e9f78;

/** Reads as far as the bytes go: a damaged end costs only what lies behind it. */
export function readTnef(bytes: Buffer): Tnef {
  if (!isTnef(bytes)) throw new KonverterFehler('beschaedigt');
  const t: Tnef = { betreff: '', text: '', html: '', anlagen: [] };
  let zeichensatz = 'cp1252';
  for (let at = 6, n = 0; at + 9 <= bytes.length && n < GRENZE; n++) {
    const id = bytes.readUInt16LE(at + 1);
    const laenge = bytes.readUInt32LE(at + 5);
    const daten = bytes.subarray(at + 9, at + 9 + laenge);
    at += 9 + laenge + 2;
    if (daten.length < laenge) break;
    const string = () => cString(decode(daten, zeichensatz));
    const anlage = t.anlagen.at(-1);
    if (id === ATTR.oemCodepage && laenge >= 4) zeichensatz = `cp${daten.readUInt32LE(0)}`;
    else if (id === ATTR.subject) t.betreff = string();
    else if (id === ATTR.body) t.text ||= string();
    else if (id === ATTR.msgProps) readMessage(t, readProps(daten, zeichensatz));
    else if (id === ATTR.rendData) t.anlagen.push({ dateiname: '', mime: '', inhalt: Buffer.alloc(0) });
    else if (!anlage) continue;
    else if (id === ATTR.title) anlage.dateiname ||= string();
    else if (id === ATTR.data) anlage.inhalt = daten;
    else if (id === ATTR.attachment) readAnlage(anlage, readProps(daten, zeichensatz));
  }
  t.anlagen = t.anlagen.filter((a) => a.inhalt.length > 0);
  return t;
}

const decode = (bytes: Buffer, zeichensatz: string) => iconv.decode(bytes, iconv.encodingExists(zeichensatz) ? zeichensatz : 'cp1252');
const cString = (text: string) => text.replace(/\0[\s\S]*$/, '');
type Props = Map<number, string | Buffer>;
const str = (props: Props, id: number) => { const v = props.get(id); return typeof v === 'string' ? v : undefined; };

function readMessage(t: Tnef, props: Props) {
  const rtf = props.get(PR.rtf), html = props.get(PR.html);
  if (html) t.html = typeof html === 'string' ? html : decodeText(html);
  t.text = str(props, PR.body) || t.text;
  if (!t.text && !t.html && rtf instanceof Buffer) {
    const mail = textOfRtfMail(decompressRtf(rtf));
    t.text = mail.text;
    t.html = mail.html;
  }
}

function readAnlage(anlage: Tnef['anlagen'][number], props: Props) {
  anlage.dateiname = str(props, PR.longFilename) || anlage.dateiname || str(props, PR.filename) || str(props, PR.displayName) || '';
  anlage.mime = str(props, PR.mimeTag) ?? '';
  const contentId = str(props, PR.contentId);
  if (contentId) anlage.contentId = contentId;
  const objekt = props.get(PR.dataObject);
  if (objekt instanceof Buffer && !anlage.inhalt.length) anlage.inhalt = isTnef(objekt.subarray(16)) ? objekt.subarray(16) : objekt; // 16 bytes of interface id before a message
}

/** [MS-OXTNEF] 2.1.3.4. Stops at the first type it does not know, since its length is unknown then. */
function readProps(b: Buffer, zeichensatz: string): Props {
  const props: Props = new Map();
  let at = 4;
  const u32 = () => { const v = b.readUInt32LE(at); at += 4; return v; };
  const variable = (art: number) => {
    const laenge = u32();
    const daten = b.subarray(at, at + laenge);
    at += (laenge + 3) & ~3;
    return art === 0x1f ? cString(daten.toString('utf16le')) : art === 0x1e ? cString(decode(daten, zeichensatz)) : daten;
  };
  try {
    for (let n = b.readUInt32LE(0); n > 0; n--) {
      const art = b.readUInt16LE(at), id = b.readUInt16LE(at + 2);
      at += 4;
      if (id >= 0x8000) {
        at += 16;
        if (u32() === 0) at += 4; else { const laenge = u32(); at += (laenge + 3) & ~3; }
      }
      const einfach = art & 0xfff, mehrfach = (art & 0x1000) !== 0;
      const feste: Record<number, number> = { 1: 0, 2: 4, 3: 4, 4: 4, 0xa: 4, 0xb: 4, 5: 8, 6: 8, 7: 8, 0x14: 8, 0x40: 8, 0x48: 16 };
      const fest = feste[einfach];
      if (fest !== undefined) { at += fest * (mehrfach ? u32() : 1); continue; }
      if (![0x1e, 0x1f, 0x102, 0xd].includes(einfach)) return props;
      for (let k = u32(); k > 0; k--) { const wert = variable(einfach); if (!props.has(id)) props.set(id, wert); }
    }
  } catch (error) { if (!(error instanceof RangeError)) throw error; } // past the end: what was read counts
  return props;
}
