/** `npm test`: types, rules and every kind of test. Names after `--` narrow the tests, as for vitest; `-- --voll` runs the slow profiles as well. */
import { add, check, finish, vitest } from './lib/ablauf.ts';
import { provideTools, werkzeuge } from './lib/werkzeuge.ts';

const begin = performance.now();
const filters = process.argv.slice(2).filter((arg) => arg !== '--voll');
const voll = process.argv.includes('--voll');
const missing = provideTools();
const env: Record<string, string> = { ...Object.fromEntries(missing.map((name) => [`VERBUNDAKTE_TEST_OHNE_${werkzeuge[name]!.env}`, '1'])), ...(voll && { VERBUNDAKTE_TEST_VOLL: '1' }) };

const statics = await Promise.all([
  check('Typen (tsc)', 'tsc', ['-p', '.']),
  check('Regeln des Aufbaus (depcruise)', 'depcruise', ['platform', 'modules', 'apps']),
  check('Regeln des Stils (oxlint)', 'oxlint', ['--quiet']),
]);
const minutes = voll ? 120 : 30; // several times what a quiet machine of two cores takes: a hang, not a slow machine
const parallel = await vitest(['unit', 'module', 'contract', 'architecture'], { filters, env, minutes });
// Without a browser its journeys are counted as skipped: a pattern that fits no name runs nothing, and no product for them.
const timed = add(...await Promise.all([
  vitest(['system'], { filters, env, minutes }),
  vitest(['e2e'], { filters: missing.includes('Chromium') ? [...filters, '--testNamePattern', '(?!)'] : filters, env, minutes }),
]));

for (const name of missing) console.log(`Übersprungen: was ${name} braucht – ${werkzeuge[name]!.wofuer}. Das Programm fehlt auf diesem Rechner.`);
console.log(`${((performance.now() - begin) / 60_000).toFixed(1)} Minuten`);
finish(add(...statics, parallel, timed));
