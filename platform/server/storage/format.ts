import { createCipheriv, createDecipheriv, createHash, createSecretKey, hkdfSync } from 'node:crypto';
import { Damaged, TooLarge } from './object-store.ts';
import type { ByteRange } from './storage.ts';

/**
 * The form of an object at rest (docs/betrieb/ablage-format.md):
 *   head:  1 byte format (1) · 16 bytes id of the data key · 16 bytes object id
 *   then chunks of 64 KiB plain content, each AES-256-GCM: ciphertext · 16 bytes tag; the last may be shorter, empty content is one empty chunk.
 * The key of an object is HKDF-SHA256(data key, salt = object id), so that the nonce may be the chunk's number and never repeats;
 * associated data: head · Mandant · chunk number · last flag. A chunk moved, dropped, cut off or taken from elsewhere does not open.
 */
export const FORMAT = 1;
export const CHUNK = 65_536;
export const TAG = 16;
export const HEAD = 33;

const bytesOf = (uuidOrHex: string) => Buffer.from(uuidOrHex.replaceAll('-', ''), 'hex');
export const headOf = (keyId: string, key: string) => Buffer.concat([Buffer.of(FORMAT), bytesOf(keyId), bytesOf(key)]);
export const keyIdOf = (head: Buffer) => head.subarray(1, 17).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** As a key object: made once, not anew for every chunk. */
const objectKey = (dataKey: Buffer, key: string) => createSecretKey(Buffer.from(hkdfSync('sha256', dataKey, bytesOf(key), 'verbundakte inhalt 1', 32)));
function nonceAndData(head: Buffer, mandant: Buffer, index: number, last: boolean) {
  const counter = Buffer.alloc(9);
  counter.writeBigUInt64BE(BigInt(index));
  counter[8] = last ? 1 : 0;
  return { nonce: Buffer.concat([Buffer.alloc(3), counter]), data: Buffer.concat([head, mandant, counter]) };
}

/** Size of the plain content of an object that takes `stored` bytes. */
export function plainSize(stored: number): number {
  const body = stored - HEAD;
  return body - TAG * chunkCount(stored);
}
const chunkCount = (stored: number) => Math.ceil((stored - HEAD) / (CHUNK + TAG));

export type Target = { mandantId: string; key: string; keyId: string; dataKey: Buffer };

/** Encrypts a stream; `result` is valid once the stream has ended. */
export function seal(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, { mandantId, key, keyId, dataKey }: Target, limit: number) {
  const result = { size: 0, sha256: '' };
  const head = headOf(keyId, key);
  const mandant = bytesOf(mandantId);
  const secret = objectKey(dataKey, key);
  let index = 0;
  function chunk(pieces: readonly Uint8Array[], last: boolean) {
    const { nonce, data } = nonceAndData(head, mandant, index++, last);
    const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(data);
    return [...pieces.map((piece) => cipher.update(piece)), cipher.final(), cipher.getAuthTag()].filter((b) => b.length);
  }
  async function* stream(): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    // The pieces of one chunk as they came, uncopied: memory outside of the heap is what makes V8 collect.
    let block: Uint8Array[] = [];
    let filled = 0;
    yield head;
    for await (const piece of source) {
      result.size += piece.length;
      if (result.size > limit) throw TooLarge(limit);
      hash.update(piece);
      for (let at = 0; at < piece.length;) {
        if (filled === CHUNK) { yield* chunk(block, false); block = []; filled = 0; } // only now is it known not to be the last
        const take = Math.min(CHUNK - filled, piece.length - at);
        block.push(piece.subarray(at, at + take));
        filled += take;
        at += take;
      }
    }
    yield* chunk(block, true);
    result.sha256 = hash.digest('hex');
  }
  return { stream: stream(), result };
}

/** Where a range of plain content lies in the object, and how to open what is read there. */
export function locate(stored: number, range: ByteRange | undefined) {
  const size = plainSize(stored);
  const chunks = chunkCount(stored);
  const start = Math.max(0, range?.start ?? 0);
  const end = Math.min(size - 1, range?.end ?? size - 1); // inclusive; -1 for empty content
  const first = Math.min(Math.floor(start / CHUNK), chunks - 1);
  const last = Math.max(first, Math.floor(Math.max(0, end) / CHUNK));
  return {
    size, chunks, start, end, first,
    bytes: { start: HEAD + first * (CHUNK + TAG), end: Math.min(stored, HEAD + (last + 1) * (CHUNK + TAG)) - 1 },
  };
}

/** Decrypts what `locate` asked to be read. Nothing unverified is ever given out. */
export async function* unseal(source: AsyncIterable<Uint8Array>, at: ReturnType<typeof locate>, head: Buffer, { mandantId, key, dataKey }: Omit<Target, 'keyId'>): AsyncGenerator<Buffer> {
  const mandant = bytesOf(mandantId);
  const secret = objectKey(dataKey, key);
  let index = at.first;
  function openChunk(sealed: Buffer): Buffer | undefined {
    if (sealed.length < TAG) throw Damaged(key);
    const { nonce, data } = nonceAndData(head, mandant, index, index === at.chunks - 1);
    const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: TAG }).setAAD(data).setAuthTag(sealed.subarray(-TAG));
    const plain = decipher.update(sealed.subarray(0, -TAG));
    try { decipher.final(); } catch { throw Damaged(key); }
    const from = index++ * CHUNK;
    const part = plain.subarray(Math.max(0, at.start - from), Math.max(0, at.end + 1 - from));
    return part.length ? part : undefined;
  }
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of source) {
    rest = rest.length ? Buffer.concat([rest, piece]) : Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    let used = 0;
    for (; rest.length - used >= CHUNK + TAG; used += CHUNK + TAG) {
      const plain = openChunk(rest.subarray(used, used + CHUNK + TAG));
      if (plain) yield plain;
    }
    rest = rest.subarray(used);
  }
  if (rest.length) { const plain = openChunk(rest); if (plain) yield plain; }
  const expected = Math.floor(Math.max(0, at.end) / CHUNK) + 1;
  if (index < Math.max(expected, at.first + 1)) throw Damaged(key); // the store gave less than the object's size promised
}
