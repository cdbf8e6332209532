import { copyFile, link } from 'node:fs/promises';
import { join } from 'node:path';

/** A converter may read its work area alone. The same bytes under a second name cost nothing; on another file system they are copied. */
export async function linkInto(ordner: string, datei: string, name = 'quelle'): Promise<string> {
  const ziel = join(ordner, name);
  await link(datei, ziel).catch(() => copyFile(datei, ziel));
  return ziel;
}
