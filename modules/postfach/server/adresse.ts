import { createHash, randomBytes } from 'node:crypto';

/** RFC 4648 without padding, small letters: mail servers do not tell large from small ones. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
function base32(bytes: Buffer): string {
  let bits = 0, value = 0, text = '';
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(value >> (bits - 5)) & 31];
  }
  return text;
}

/** Says in which Mandant the token is to be looked for; two that share one are both asked. */
export const kennungVon = (mandantId: string): string => base32(createHash('sha256').update(mandantId).digest().subarray(0, 5));
/** 120 random bits. */
export const newToken = (): string => base32(randomBytes(15));
export const formatAdresse = (mandantId: string, token: string, domaene: string): string => `akte+${kennungVon(mandantId)}${token}@${domaene}`;
export function parseAdresse(adresse: string, domaene: string): { kennung: string; token: string } | undefined {
  const [, kennung, token, domain] = /^akte\+([a-z2-7]{8})([a-z2-7]{24})@(.+)$/i.exec(adresse.trim()) ?? [];
  return kennung && token && domain?.toLowerCase() === domaene.toLowerCase() ? { kennung: kennung.toLowerCase(), token: token.toLowerCase() } : undefined;
}
