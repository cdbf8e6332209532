import { loadConfig } from '#platform/server/config.ts';
import { createDemo } from '../demo/index.ts';
import { openRuntime } from '../runtime.ts';

/** Called by npm start; not meant to be typed. */
export async function run() {
  const runtime = await openRuntime(loadConfig({ needs: ['DATABASE_URL', 'ABLAGE_URL', 'SCHLUESSEL_DATEI'] }));
  try { await createDemo(runtime); } finally { await runtime.database.close(); }
}
