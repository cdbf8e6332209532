/**
 * The database's files in a backup: compressed and encrypted as contents are (docs/betrieb/ablage-format.md), under a key of the key file. Betreffe, names and
 * recognised text stand in the database in the clear; whoever finds the disk finds none of it.
 */
import { hkdfSync, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress, zstdCompressSync } from 'node:zlib';
import type { KeyFile } from '#platform/server/keys.ts';
import { CHUNK, HEAD, keyIdOf, locate, seal, unseal } from '#platform/server/storage/format.ts';
import type { ObjectStore } from '#platform/server/storage/object-store.ts';
import { Refusal } from '../start/say.ts';

/** In the place of the Mandant: of none. */
const VERBUND = '00000000-0000-0000-0000-000000000000';
const SCHNELL = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

const keyOf = (haupt: Buffer) => Buffer.from(hkdfSync('sha256', haupt, Buffer.alloc(0), 'verbundakte sicherung 1', 32));

/** A tag fails with the stream that feeds it, both ways. */
function through(source: AsyncIterable<Uint8Array>, transform: NodeJS.ReadWriteStream): AsyncIterable<Uint8Array> {
  pipeline(Readable.from(source, { objectMode: false }), transform).catch(() => {}); // destroys `transform` with the error, which its reader sees
  return transform as unknown as AsyncIterable<Uint8Array>;
}

function sealed(keys: KeyFile, source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
  const { id, key } = keys.haupt[0]!;
  return seal(source, { mandantId: VERBUND, key: randomBytes(16).toString('hex'), keyId: id, dataKey: keyOf(key) }, Number.MAX_SAFE_INTEGER).stream;
}
export const packStream = (keys: KeyFile, source: AsyncIterable<Uint8Array>) => sealed(keys, through(source, createZstdCompress(SCHNELL)));
export const pack = (keys: KeyFile, bytes: Buffer) => sealed(keys, [zstdCompressSync(bytes, SCHNELL)]);

export async function unpackStream(keys: KeyFile, store: ObjectStore, path: string, size: number) {
  const head = Buffer.concat(await Array.fromAsync(store.read(path, { start: 0, end: HEAD - 1 })));
  if (head.length !== HEAD || head[0] !== 1 || size < HEAD + 16) throw new Refusal(`Die Sicherung ist beschädigt: ${path} ist verändert.`);
  const haupt = keys.haupt.find((k) => k.id === keyIdOf(head));
  if (!haupt) throw new Refusal('Diese Schlüsseldatei gehört nicht zu dieser Sicherung: Ihr fehlt der Schlüssel, mit dem sie verschlossen ist.');
  const at = locate(size, undefined);
  const plain = unseal(store.read(path, at.bytes), at, head, { mandantId: VERBUND, key: head.subarray(17).toString('hex'), dataKey: keyOf(haupt.key) });
  return through(plain, createZstdDecompress({ chunkSize: CHUNK * 4 }));
}
export const unpack = async (keys: KeyFile, store: ObjectStore, path: string, size: number) => Buffer.concat(await Array.fromAsync(await unpackStream(keys, store, path, size)));
