import { antwortlose, automatikVon, type Automatik } from '#modules/aufbereitung/server/index.ts';

/** So much of a message is looked at for its head; what is longer is none that people write. */
export const MAX_KOPF = 256 * 1024;

/** Lets the bytes pass and keeps those up to the empty line. */
export function tapKopf(stream: AsyncIterable<Uint8Array>): { stream: AsyncIterable<Uint8Array>; kopf(): Buffer } {
  const pieces: Buffer[] = [];
  let size = 0;
  return {
    kopf: () => cutKopf(Buffer.concat(pieces)),
    stream: (async function* () {
      for await (const piece of stream) {
        if (size < MAX_KOPF) { pieces.push(Buffer.from(piece.subarray(0, MAX_KOPF - size))); size += piece.length; }
        yield piece;
      }
    })(),
  };
}

export function cutKopf(bytes: Buffer): Buffer {
  const text = bytes.subarray(0, MAX_KOPF).toString('latin1');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  return bytes.subarray(0, end);
}

export type Kopf = { messageId: string | null; absender: string; feld(name: string): string[] };

/** Only what tells messages apart; a mail is read by the converter, in a process of its own. Foreign bytes: no expression here backtracks. */
export function readKopf(bytes: Buffer): Kopf {
  const lines = bytes.toString('latin1').replace(/^\s+/, '').split(/\r?\n/);
  const felder = new Map<string, string[]>();
  let current: { name: string; wert: string } | undefined;
  const keep = () => { if (current) felder.set(current.name, [...(felder.get(current.name) ?? []), current.wert.trim()]); };
  for (const line of lines) {
    if (/^[ \t]/.test(line)) { if (current && current.wert.length < 20_000) current.wert += ` ${line.trim()}`; continue; }
    const colon = line.indexOf(':');
    keep();
    current = colon > 0 && colon < 100 ? { name: line.slice(0, colon).trim().toLowerCase(), wert: line.slice(colon + 1) } : undefined;
  }
  keep();
  const feld = (name: string) => felder.get(name) ?? [];
  // as »aufbereitung« reads it, or a copy would not be recognised
  const id = feld('message-id')[0] ?? '';
  return { feld, messageId: /<([^<>\s]{1,500})>/.exec(id)?.[1] ?? (clean(id).slice(0, 500) || null), absender: adresseAus(feld('from')[0] ?? '') };
}

const clean = (text: string) => text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
/** The address of a From line: in angle brackets, or the line itself. */
export function adresseAus(zeile: string): string {
  const open = zeile.lastIndexOf('<'), close = zeile.indexOf('>', open);
  const text = clean(open >= 0 ? zeile.slice(open + 1, close < 0 ? undefined : close) : zeile).toLowerCase();
  return text.includes('@') && !/\s/.test(text) ? text.slice(0, 320) : '';
}

/** What kind of machine wrote it; `arbeitslos`: of those kinds that are no work by themselves. A notice of ours that comes back would else cause the next one. */
export function readAutomatik({ feld, absender }: Kopf, eigenerAbsender: string | undefined): { automatik: Automatik | 'eigene' | null; arbeitslos: Arbeitslos | null } {
  const art = automatikVon(feld);
  if (art === 'automatisch' && eigenerAbsender !== undefined && absender === adresseAus(eigenerAbsender)) return { automatik: 'eigene', arbeitslos: 'eigene' };
  return { automatik: art, arbeitslos: art !== null && antwortlose.has(art) ? art as Arbeitslos : null };
}
export type Arbeitslos = 'unzustellbar' | 'zustellbericht' | 'lesebestaetigung' | 'abwesenheit' | 'eigene';
