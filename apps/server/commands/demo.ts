import { setScanner } from '#platform/server/clamd.ts';
import type { Config } from '#platform/server/config.ts';
import { createDemo } from '../demo/index.ts';
import { openRuntime } from '../runtime.ts';

/** Called by npm start; not meant to be typed. */
export async function run(_args: readonly string[], config: Config) {
  const runtime = await openRuntime(config, 'worker');
  setScanner(undefined); // we make it all ourselves, and no worker runs yet that would scan it
  try { await createDemo(runtime); } finally { await runtime.close(); }
}
