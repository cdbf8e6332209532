/** `npm test`: types, rules and every kind of test. Names after `--` narrow the tests, as for vitest. */
import { add, check, finish, vitest } from './lib/ablauf.ts';
import { provideTools, werkzeuge } from './lib/werkzeuge.ts';

const begin = performance.now();
const filters = process.argv.slice(2);
const missing = provideTools();
const env = Object.fromEntries(missing.map((name) => [`VERBUNDAKTE_TEST_OHNE_${werkzeuge[name]!.env}`, '1']));

const statics = await Promise.all([
  check('Typen (tsc)', 'tsc', ['-p', '.']),
  check('Regeln des Aufbaus (depcruise)', 'depcruise', ['platform', 'modules', 'apps']),
  check('Regeln des Stils (oxlint)', 'oxlint', ['--quiet']),
]);
const parallel = await vitest(['unit', 'module', 'contract', 'architecture'], { filters, env });
const timed = await vitest(['system', 'e2e'], { filters, env });

for (const name of missing) console.log(`Übersprungen: was ${name} braucht – ${werkzeuge[name]!.wofuer}. Das Programm fehlt auf diesem Rechner.`);
console.log(`${((performance.now() - begin) / 60_000).toFixed(1)} Minuten`);
finish(add(...statics, parallel, timed));
