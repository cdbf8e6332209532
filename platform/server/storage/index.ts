import { readdir } from 'node:fs/promises';
import { loadKeys } from '../keys.ts';
import { openStorage } from './encrypted.ts';
import { openFileStore } from './file-store.ts';

export type StorageConfig = {
  /** Folder of the content. */
  ablage: string;
  /** File of the main and signing keys; must not lie within `ablage`. */
  schluesselDatei: string;
  /** Bytes of the disk that content may not use up. */
  reserve?: number;
  /** The largest content, in bytes. */
  grenze?: number;
};

/** The store as configured. A key file is made only beside a store that is still empty: a new key opens no old content. */
export async function openConfiguredStorage({ ablage, schluesselDatei, reserve, grenze }: StorageConfig) {
  const empty = await readdir(`${ablage}/schluessel`).then((names) => names.length === 0, () => true);
  const keys = await loadKeys(schluesselDatei, { create: empty });
  const storage = openStorage(openFileStore({ root: ablage, ...(reserve !== undefined && { reserve }) }), keys, grenze);
  await storage.sweep();
  return { storage, keys };
}
