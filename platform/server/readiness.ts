import { glob } from 'node:fs/promises';
import { basename } from 'node:path';
import pg from 'pg';
import type { Readiness } from './betrieb-routes.ts';

const PROBE_EVERY = 2000;

/** The files of this program's migrations. */
export async function listMigrations(): Promise<string[]> {
  const files = await Array.fromAsync(glob('{platform,modules/*}/migrations/*.sql', { cwd: new URL('../..', import.meta.url).pathname }));
  return files.map((file) => basename(file)).toSorted();
}

/** Whether the database answers and is of this program's version; remembered for two seconds, so that a probe is never a load. */
export function createReadiness(connectionString: string, more: () => Promise<string[]> = async () => []): Readiness {
  const wanted = listMigrations();
  async function probe() {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3000, query_timeout: 3000 });
    client.on('error', () => {});
    const gruende: string[] = [];
    try {
      await client.connect();
      const { rows } = await client.query<{ datei: string }>('select datei from platform.list_migrationen() as datei');
      const done = new Set(rows.map((r) => r.datei));
      const missing = (await wanted).filter((file) => !done.has(file));
      if (missing.length) gruende.push(`Die Datenbank ist nicht auf dem Stand dieses Programms (npm run migrate): ${missing.length} fehlen`);
    } catch { gruende.push('Die Datenbank antwortet nicht'); } finally { await client.end().catch(() => {}); }
    gruende.push(...await more());
    return { bereit: gruende.length === 0, gruende };
  }
  let last: { at: number; answer: ReturnType<typeof probe> } | undefined;
  return () => {
    if (!last || Date.now() - last.at > PROBE_EVERY) last = { at: Date.now(), answer: probe() };
    return last.answer;
  };
}
