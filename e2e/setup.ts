import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort, killAll, npmStart } from '../apps/server/tests/program.ts';

declare module 'vitest' { interface ProvidedContext { product: string; /** Its data folder, for what only an operator reaches. */ daten: string } }

/** One running product with the demo Verbund for all journeys; `E2E_URL=http://…` (with `E2E_DATEN=` its data folder) uses one that runs already, `E2E_URL=-` none. */
export default async function setup({ provide }: TestProject) {
  const given = process.env['VERBUNDAKTE_TEST_OHNE_CHROMIUM'] ? '-' : process.env['E2E_URL'];
  if (given) { provide('product', given === '-' ? '' : given); provide('daten', process.env['E2E_DATEN'] ?? ''); return undefined; }
  const folder = await mkdtemp(join(tmpdir(), 'va-e2e-'));
  const daten = join(folder, 'daten');
  const running = npmStart({ daten, port: await freePort(), env: { DEMO_AKTEN: '6' } }); // what is there beyond keeps the converters busy all the time
  await running.ready(240);
  provide('product', running.address);
  provide('daten', daten);
  return async () => { await running.interrupt(); await killAll(daten); await rm(folder, { recursive: true, force: true }); };
}
