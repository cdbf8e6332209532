import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Deckblattart } from './typen.ts';

export type Deckblattziel = { art: Deckblattart; id: string };

/**
 * What the QR of a cover sheet says: `VA1/V/` + the id and 64 bits of its HMAC in Base32, 45 characters of QR's short alphabet, so version 3 with the second
 * strongest correction, which a cheap printer and a fax still carry. The key is the Mandant's: a QR of anybody else, or of another house, is not ours.
 */
const KOPF = 'VA1';
const BUCHSTABE: Record<Deckblattart, string> = { oe: 'O', akte: 'A', vorgang: 'V' };
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const MAC_BYTES = 8;
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

export function makeDeckblattcode({ art, id }: Deckblattziel, schluessel: string | Uint8Array): string {
  if (!UUID.test(id)) throw new TypeError('a cover sheet leads to an id');
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return `${KOPF}/${BUCHSTABE[art]}/${encode(Buffer.concat([bytes, mac(art, bytes, schluessel)]))}`;
}

/** `fremd`: no code of ours at all. `ungueltig`: it looks like one, but is not of this house, or was changed. */
export function readDeckblattcode(wert: string, schluessel: string | Uint8Array): Deckblattziel | 'fremd' | 'ungueltig' {
  const [kopf, buchstabe, rest = '', ...mehr] = wert.split('/');
  if (kopf !== KOPF) return 'fremd';
  const art = (Object.keys(BUCHSTABE) as Deckblattart[]).find((a) => BUCHSTABE[a] === buchstabe);
  const bytes = mehr.length ? undefined : decode(rest);
  if (!art || bytes?.length !== 16 + MAC_BYTES || encode(bytes) !== rest) return 'ungueltig';
  const id = bytes.subarray(0, 16);
  // with no key anybody could have made it
  if (schluessel.length === 0 || !timingSafeEqual(mac(art, id, schluessel), bytes.subarray(16))) return 'ungueltig';
  return { art, id: id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') };
}

const mac = (art: Deckblattart, id: Uint8Array, schluessel: string | Uint8Array) => createHmac('sha256', schluessel).update(`verbundakte deckblatt 1 ${art}\0`).update(id).digest().subarray(0, MAC_BYTES);

function encode(bytes: Uint8Array): string {
  let text = '', puffer = 0, bits = 0;
  for (const byte of bytes) {
    puffer = ((puffer << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(puffer >> (bits - 5)) & 31];
  }
  return bits ? text + ALPHABET[(puffer << (5 - bits)) & 31] : text;
}
function decode(text: string): Buffer | undefined {
  const bytes: number[] = [];
  let puffer = 0, bits = 0;
  for (const zeichen of text) {
    const wert = ALPHABET.indexOf(zeichen);
    if (wert < 0) return undefined;
    puffer = ((puffer << 5) | wert) & 0xfff;
    bits += 5;
    if (bits >= 8) { bits -= 8; bytes.push((puffer >> bits) & 255); }
  }
  return Buffer.from(bytes);
}
