import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '../start/say.ts';

/** A file of a backup: its path below the backup's folder, size and sha256 of its bytes as they lie there. */
export type Datei = { pfad: string; groesse: number; sha256: string };
export type Manifest = {
  format: 1; art: 'eingebettet' | 'extern'; zeit: string; version: string; postgres: string; migrationen: number; mitSchluessel: boolean; dateien: Datei[];
  /** Folders of the cluster, also the empty ones. */
  ordner: string[];
};

const isMissing = (error: unknown) => (error as { code?: string }).code === 'ENOENT';

/** Writes a stream whole and synced, and tells its hash. */
export async function writeFileFrom(source: AsyncIterable<Uint8Array>, folder: string, pfad: string): Promise<Datei> {
  const path = join(folder, pfad);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let groesse = 0;
  const file = await open(path, 'w', 0o600);
  try {
    for await (const piece of source) {
      hash.update(piece);
      groesse += piece.length;
      await file.writeFile(piece);
    }
    await file.sync();
  } finally { await file.close(); }
  return { pfad, groesse, sha256: hash.digest('hex') };
}

/** Copies a file that another process may change or delete meanwhile; undefined when it is gone. */
export async function copyFile(from: string, folder: string, pfad: string): Promise<Datei | undefined> {
  try { return await writeFileFrom(createReadStream(from, { highWaterMark: 1 << 20 }), folder, pfad); }
  catch (error) { if (isMissing(error)) { await rm(join(folder, pfad), { force: true }); return undefined; } throw error; }
}

/** Every file and every empty folder below, with paths from there. */
export async function listTree(folder: string): Promise<{ dateien: string[]; ordner: string[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const path = (e: { parentPath: string; name: string }) => join(e.parentPath, e.name).slice(folder.length + 1);
  return { dateien: entries.filter((e) => e.isFile()).map(path).toSorted(), ordner: entries.filter((e) => e.isDirectory()).map(path).toSorted() };
}

/** A new or empty folder that only its owner may read. */
export async function prepareZiel(ziel: string) {
  await mkdir(ziel, { recursive: true, mode: 0o700 });
  if ((await readdir(ziel)).length) throw new Refusal(`Der Ordner ${ziel} ist nicht leer. Jede Sicherung bekommt einen eigenen.`);
  await chmod(ziel, 0o700);
}

const MANIFEST = 'sicherung.json';
/** Written last: a folder without it is no backup. */
export const writeManifest = (ziel: string, manifest: Manifest) => writeFile(join(ziel, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });

export async function readManifest(quelle: string): Promise<Manifest> {
  let text: string;
  try { text = await readFile(join(quelle, MANIFEST), 'utf8'); } catch (error) {
    if (isMissing(error)) throw new Refusal(`In ${quelle} liegt keine vollständige Sicherung (${MANIFEST} fehlt).`);
    throw error;
  }
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.format !== 1) throw new Refusal(`Diese Sicherung hat das Format ${String(manifest.format)}, das dieses Programm nicht kennt.`);
  return manifest;
}

/** Reads every byte again before anything is written: a damaged backup is refused as a whole. */
export async function verifyFiles(quelle: string, { dateien }: Manifest) {
  for (const { pfad, groesse, sha256 } of dateien) {
    const hash = createHash('sha256');
    let size = 0;
    try { for await (const piece of createReadStream(join(quelle, pfad), { highWaterMark: 1 << 20 })) { hash.update(piece as Buffer); size += (piece as Buffer).length; } }
    catch (error) { if (isMissing(error)) throw new Refusal(`Die Sicherung ist unvollständig: ${pfad} fehlt.`); throw error; }
    if (size !== groesse || hash.digest('hex') !== sha256) throw new Refusal(`Die Sicherung ist beschädigt: ${pfad} ist verändert.`);
  }
}
