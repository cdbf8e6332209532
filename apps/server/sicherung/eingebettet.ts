import { resolve } from 'node:path';
import pg from 'pg';
import { DATABASE_NAME, openDatenbank, prepareDaten, superuserUrl } from '../start/daten.ts';
import { acquireLock } from '../start/lock.ts';

/** Works with the embedded database of a data folder: the one that runs, or one that is started for as long as it takes. */
export async function withEmbedded<T>(folder: string, work: (admin: pg.Client, daten: string) => Promise<T>): Promise<T> {
  const daten = await prepareDaten(resolve(folder));
  const lock = await acquireLock(daten);
  const own = 'heldBy' in lock ? undefined : await openDatenbank(daten);
  try {
    const admin = new pg.Client({ connectionString: await superuserUrl(daten, DATABASE_NAME) });
    await admin.connect();
    try { return await work(admin, daten); } finally { await admin.end(); }
  } finally {
    await own?.stop();
    if (!('heldBy' in lock)) await lock.release();
  }
}
