/** `npm run conformance`: published formats and foreign servers, the real ones. Names after `--` narrow the tests, as for vitest. */
import { finish, vitest } from './lib/ablauf.ts';
import { gegenstellen, provideTools } from './lib/werkzeuge.ts';

const missing = provideTools(Object.keys(gegenstellen));
const result = await vitest(['conformance'], { filters: process.argv.slice(2) });
for (const name of missing) console.log(`Übersprungen: was ${name} braucht – ${gegenstellen[name]!.wofuer}. Das Programm fehlt auf diesem Rechner.`);
finish(result);
