/**
 * `npm run stoerfall`: nothing lost, whatever fails (docs/betrieb/stoerfall.md). `-- --voll`: the nightly profile with 1,000 kills and 50 power cuts;
 * `-- --selbst`: seeded faults of our own, each of which must be found; names after `--` narrow it.
 */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { finish } from './lib/ablauf.ts';
import { provideTools, stoermittel } from './lib/werkzeuge.ts';
import { createGrund, endAll } from './stoerfall/anlage.ts';
import { enterOwnNamespace } from './stoerfall/dateisystem.ts';
import { saatproben } from './stoerfall/selbst.ts';
import { stoerungen } from './stoerfall/stoerungen.ts';

enterOwnNamespace();
const { values, positionals } = parseArgs({ allowPositionals: true, options: { voll: { type: 'boolean', default: false }, selbst: { type: 'boolean', default: false } } });
const begin = performance.now();
provideTools(Object.keys(stoermittel));
const ordner = await mkdtemp(join(tmpdir(), 'va-stoerfall-'));
await chmod(ordner, 0o711);
const u = { ordner, grund: join(ordner, 'grund'), journale: join(ordner, 'journale') };
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
process.on('exit', endAll);

const zahlen = { passed: 0, failed: 0, skipped: 0 };
try {
  await mkdir(u.journale);
  await createGrund(u.grund);
  console.log(`Grundbestand angelegt (${((performance.now() - begin) / 1000).toFixed(0)} s)`);
  for (const { name, was, run } of values.selbst ? saatproben : stoerungen(values.voll)) {
    if (positionals.length && !positionals.some((p) => name.startsWith(p))) continue;
    const start = performance.now();
    const ergebnis = await run(u).catch((error: Error) => ({ befunde: [error.stack ?? error.message], zahlen: 'abgebrochen' }));
    const dauer = `${((performance.now() - start) / 1000).toFixed(0)} s`;
    if ('uebersprungen' in ergebnis) { zahlen.skipped++; console.log(`– ${name}: übersprungen, ${ergebnis.uebersprungen}`); continue; }
    const gut = ergebnis.befunde.length === 0;
    zahlen[gut ? 'passed' : 'failed']++;
    console.log(`${gut ? '✓' : '✗'} ${name}: ${was} – ${ergebnis.zahlen} (${dauer})`);
    for (const befund of ergebnis.befunde.slice(0, 20)) console.log(`    ${befund}`);
  }
} catch (error) { zahlen.failed++; console.log(error); } finally {
  endAll();
  if (zahlen.failed) console.log(`Was vorlag, bleibt zum Nachsehen: ${ordner}`);
  else await rm(ordner, { recursive: true, force: true });
}
console.log(`${((performance.now() - begin) / 60_000).toFixed(1)} Minuten`);
finish(zahlen);
