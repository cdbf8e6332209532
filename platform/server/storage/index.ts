import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../config.ts';
import { loadKeys } from '../keys.ts';
import { failpoint } from '../stoerung.ts';
import { openStorage } from './encrypted.ts';
import { openFileStore } from './file-store.ts';
import { openS3Store } from './s3-store.ts';
import type { ObjectStore } from './object-store.ts';

export type StorageConfig = {
  /** Where content lies: file:///folder, or s3://key:secret@host:port/bucket */
  url: string;
  /** File of the main and signing keys. */
  schluesselDatei: string;
  /** Bytes of the disk that content may not use up. */
  reserve?: number;
  /** The largest content, in bytes. */
  grenze?: number;
};

/** The bytes as they lie there, encrypted: for backup and restore. */
export function openStore({ url, reserve, schluesselDatei }: StorageConfig): ObjectStore {
  if (url.startsWith('s3:')) return openS3Store(url);
  const root = fileURLToPath(url);
  if (`${resolve(schluesselDatei)}${sep}`.startsWith(`${resolve(root)}${sep}`)) throw new ConfigError('SCHLUESSEL_DATEI liegt in der Ablage: Wer eine Kopie der Ablage hat, hätte auch ihren Schlüssel. Wählen Sie einen Ort außerhalb.');
  return openFileStore({ root, onStep: (step) => failpoint(`ablage.${step}`), ...(reserve !== undefined && { reserve }) });
}

/** Makes the key file of a new installation. Refused beside a store that holds content: a new key opens no old content, and would hide that the right one is missing. */
export async function createKeys(config: StorageConfig) {
  const store = openStore(config);
  for await (const _ of store.list('schluessel/')) return loadKeys(config.schluesselDatei, { create: false });
  return loadKeys(config.schluesselDatei, { create: true });
}

/** The store as configured, swept of what killed processes left. */
export async function openConfiguredStorage(config: StorageConfig) {
  const keys = await loadKeys(config.schluesselDatei, { create: false });
  const storage = openStorage(openStore(config), keys, config.grenze);
  await storage.sweep();
  return { storage, keys };
}
