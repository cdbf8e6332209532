import { randomBytes, randomInt, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { defineErrors } from '#platform/server/errors.ts';
import { loginKey } from './benutzer.ts';

export const PasswortErrors = defineErrors('passwort', {
  falsch: { status: 422, title: 'Das bisherige Kennwort ist nicht richtig' },
  zu_schwach: { status: 422, title: 'Dieses Kennwort ist zu leicht zu erraten' },
  nur_mit_sitzung: { status: 409, title: 'Das Kennwort lässt sich nur in einer Sitzung im Browser ändern' },
});

/** OWASP Password Storage: scrypt N=2^15, r=8, p=3, the same strength as N=2^17, p=1 with a quarter of its memory (32 MiB). */
const cost = { logN: 15, r: 8, p: 3 };
const derive = (passwort: string, salt: Buffer, { logN, r, p }: typeof cost) =>
  new Promise<Buffer>((resolve, reject) => {
    const options: ScryptOptions = { N: 2 ** logN, r, p, maxmem: 2 ** logN * r * 128 * 2 };
    // One spelling of what looks the same, whichever keyboard it was typed on.
    scrypt(passwort.normalize('NFKC'), salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)));
  });

// Node hashes in four threads that also read files: logins must not take them all.
let running = 0;
const waiting: (() => void)[] = [];
async function oneOfTwo<T>(work: () => Promise<T>): Promise<T> {
  if (running >= 2) await new Promise<void>((go) => waiting.push(go));
  running++;
  try { return await work(); } finally { running--; waiting.shift()?.(); }
}

/** `scrypt$15$8$3$salt$hash`: what it takes to verify it later, also after the cost has been raised. */
export async function hashPasswort(passwort: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await oneOfTwo(() => derive(passwort, salt, cost));
  return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

let nobody: Promise<string> | undefined;
/** For an unknown account the hash of nobody is worked through, so that the answer takes as long. */
export async function verifyPasswort(passwort: string, stored: string | undefined): Promise<boolean> {
  const known = stored !== undefined && /^scrypt(\$\d+){3}(\$[\w-]+){2}$/.test(stored);
  const [, logN, r, p, salt = '', hash = ''] = (known ? stored : await (nobody ??= hashPasswort(randomBytes(16).toString('hex')))).split('$');
  const expected = Buffer.from(hash, 'base64url');
  const actual = await oneOfTwo(() => derive(passwort, Buffer.from(salt, 'base64url'), { logN: Number(logN), r: Number(r), p: Number(p) }));
  return expected.length === actual.length && timingSafeEqual(expected, actual) && known;
}

const LENGTH = 12;
const words = ['passwort', 'password', 'kennwort', 'geheim', 'qwertz', 'qwerty', 'verwaltung', 'landkreis', 'verbundakte', 'sommer', 'winter', 'willkommen', 'abc', '123', '111'];

/** Long enough, with some variety, and not only the name, a usual word or a row of digits: of what remains at least four letters, unless it is very long. */
export function requireStarkesPasswort(passwort: string, anmeldename: string): void {
  const text = passwort.normalize('NFKC');
  if ([...text].length < LENGTH) throw PasswortErrors.zu_schwach({ grund: `Mindestens ${LENGTH} Zeichen` });
  const parts = loginKey(anmeldename).split(/[^\p{L}]+/u).filter((part) => part.length > 2);
  const letters = [...words, ...parts].reduce((all, word) => all.replaceAll(word, ''), text.toLowerCase()).replace(/\P{L}/gu, '');
  if (new Set(text).size < 6 || (letters.length < 4 && text.length < 20)) {
    throw PasswortErrors.zu_schwach({ grund: 'Der Anmeldename, übliche Wörter und Zahlenreihen allein genügen nicht' });
  }
}

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'; // nothing that reads like something else
/** For one login: 79 bits, in groups that can be told by telephone. */
export const createEinmalkennwort = () => Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')).join('-');
