/** `npm run bench`: every figure beside the raw floor of the same run. `-- --voll` takes the sizes of docs/betrieb/leistung.md. */
import { spawnSync } from 'node:child_process';

const full = process.argv.includes('--voll');
let failed = 0;
for (const [file, ...args] of [['schriftgut.ts'], ['suche.ts', full ? '1000000' : '10000'], ['aufbereitung.ts', full ? '40' : '6', full ? '5' : '1']] as const) {
  console.log(`\n# ${file}`);
  const { status } = spawnSync(process.execPath, [new URL(file, import.meta.url).pathname, ...args], { stdio: 'inherit', env: { ...process.env, ...(full && { BENCH_N: '400', BENCH_LISTEN: '1000' }) } });
  if (status !== 0) failed++;
}
process.exit(failed ? 1 : 0);
