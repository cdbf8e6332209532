/**
 * `npm run bench`: every figure beside the raw floor of the same run. `-- --voll` takes the sizes of the targets, `-- --schreiben` puts the run into
 * docs/betrieb/leistung.md.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Zeile } from './lib.ts';

const full = process.argv.includes('--voll');
const folder = mkdtempSync(join(tmpdir(), 'va-bench-'));
const BENCH_ZEILEN = join(folder, 'zeilen');
writeFileSync(BENCH_ZEILEN, '');
const runs: readonly (readonly [file: string, ...args: string[]])[] = [
  ['posteingang.ts', '20000', ...(full ? ['200000', '200'] : ['20000', '30'])],
  ['schriftgut.ts'], ['suche.ts', ...(full ? ['1000000', '1'] : ['10000'])], ['rechte.ts', ...(full ? ['1000000', '120'] : ['10000', '40'])], ['tag.ts', ...(full ? ['1000000', '256', '120'] : ['10000', '256', '15'])], ['aufbereitung.ts', ...(full ? ['40', '5'] : ['6', '1'])], ['scan.ts', ...(full ? ['3', '1'] : ['1', '7'])], ['vorschlag.ts', ...(full ? ['67931', '4000'] : ['6000', '200'])], ['start.ts', full ? '2048' : '200'],
];
const failed = runs.filter(([file, ...args]) => {
  console.log(`\n# ${file}`);
  const env = { ...process.env, BENCH_ZEILEN, ...(full && { BENCH_N: '400', BENCH_LISTEN: '1000', BENCH_ABSAETZE: '50000' }) };
  return spawnSync(process.execPath, [new URL(file, import.meta.url).pathname, ...args], { stdio: 'inherit', env }).status !== 0;
});
const zeilen = readFileSync(BENCH_ZEILEN, 'utf8').trim().split('\n').map((z) => JSON.parse(z) as Zeile);
rmSync(folder, { recursive: true });

if (process.argv.includes('--schreiben') && !failed.length) {
  const stand = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const zahl = (n: number) => (n && Number.isFinite(n) ? n.toFixed(2).replace('.', ',') : '–');
  writeFileSync(new URL('../docs/betrieb/leistung.md', import.meta.url), `<!-- geschrieben von npm run bench -- ${full ? '--voll ' : ''}--schreiben; nicht von Hand ändern -->
# Leistung

Gemessen am ${new Date().toISOString().slice(0, 10)} mit \`npm run bench -- ${full ? '--voll ' : ''}--schreiben\`, Stand ${stand}, auf ${cpus().length} Kernen (${cpus()[0]!.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB Speicher,
Node ${process.versions.node}, das eingebettete PostgreSQL. Alle Prozesse teilen sich diese Maschine, auch der messende.

Neben jeder Zahl steht ihre Grundlinie aus demselben Lauf: dieselbe Arbeit ohne das, was Verbundakte hinzutut (Rechte, Verlauf, Verschlüsselung, Fassungen), oder das
bloße Werkzeug. Die Ziele (L1 bis L12) sind die der Anforderungen. Sie meinen große Bestände: Die misst npm run bench -- --voll, alles andere ist ein kleinerer Lauf.

| | was | gemessen | Grundlinie | Verhältnis | Ziel |
|---|---|---:|---:|---:|---|
${zeilen.map((z) => `| ${z.id} | ${z.was} | ${z.wert} | ${z.grundlinie} | ${zahl(z.verhaeltnis)} | ${z.ziel} |`).join('\n')}
`);
  console.log('\ngeschrieben: docs/betrieb/leistung.md');
}
for (const [file] of failed) console.log(`!!! ${file}`);
process.exit(failed.length ? 1 : 0);
