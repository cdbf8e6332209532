import type { Readable } from 'node:stream';

/** `key` is random and of this Mandant; `sha256` (hex) and `size` are of the plain content. */
export type Stored = { readonly key: string; readonly sha256: string; readonly size: number };
/** Both ends included, as in HTTP. */
export type ByteRange = { readonly start: number; readonly end: number };
export type StoredStat = { readonly key: string; readonly size: number; readonly zeit: Date };

/** Bytes under a random key, apart for each Mandant, written once and never changed. What `put` has answered is on disk and encrypted. */
export interface Storage {
  /** Streams in; refuses more than `limit` bytes (by default what is configured) with 413 and a full disk with 507. A stream that breaks leaves nothing. */
  put(mandantId: string, stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, options?: { limit?: number | undefined }): Promise<Stored>;
  /** The plaintext, whole or a range. `ablage.fehlt` when there is no such object; `ablage.beschaedigt`, possibly in the stream, when bytes are changed. */
  open(mandantId: string, key: string, range?: ByteRange): Promise<Readable>;
  /** Undefined when there is no such object. */
  stat(mandantId: string, key: string): Promise<StoredStat | undefined>;
  /** Deleting what is not there is no error. */
  delete(mandantId: string, key: string): Promise<void>;
  /** `shard`: only keys that begin with these two hex digits. */
  list(mandantId: string, shard?: string): AsyncIterable<StoredStat>;
}

/** What operation and maintenance of the store need besides. */
export interface StorageCare extends Storage {
  /** Removes what interrupted uploads of dead processes left; answers how many. */
  sweep(): Promise<number>;
  /** New content of this Mandant gets a new key; older content stays readable. */
  rotateKey(mandantId: string): Promise<void>;
  /** Wraps the keys of a Mandant anew after a new main key was put first in the key file. */
  rewrapKeys(mandantId: string): Promise<void>;
  /** Deletes the Mandant's keys: its content is lost for good, on every disk and in every backup that lies without the key file. */
  shred(mandantId: string): Promise<void>;
}
