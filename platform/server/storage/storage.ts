import type { Readable } from 'node:stream';

export type Stored = { readonly key: string; readonly sha256: string; readonly size: number };
/** Both ends included, as in HTTP. */
export type ByteRange = { readonly start: number; readonly end: number };

/** Bytes under a random key, apart for each Mandant. What `put` has answered is on disk and encrypted. */
export interface Storage {
  /** Streams in; refuses more than `limit` bytes with 413 and a full disk with 507. A stream that breaks leaves nothing. */
  put(mandantId: string, stream: Readable, options?: { limit?: number }): Promise<Stored>;
  /** The plaintext, whole or a range; fails in the stream when bytes are missing or changed. */
  open(mandantId: string, key: string, range?: ByteRange): Promise<Readable>;
  /** Undefined when there is no such object. */
  stat(mandantId: string, key: string): Promise<{ size: number; zeit: Date } | undefined>;
  delete(mandantId: string, key: string): Promise<void>;
  list(mandantId: string): AsyncIterable<{ key: string; zeit: Date }>;
}
