import type { Runtime } from '../runtime.ts';

/** What the console says below the address. */
export const anmeldeHinweis = 'Anmelden: siehe README';

/** Makes the demo Verbund in an empty database. */
export async function createDemo(_runtime: Runtime): Promise<void> {}
