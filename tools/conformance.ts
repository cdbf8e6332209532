/**
 * `npm run conformance`: published formats and foreign servers, the real ones. Names after `--` narrow the tests, as for vitest; with `-- --voll` the
 * PostgreSQL of the distribution gets every test, by default those that it can decide (vitest.config.ts, WITHOUT_DATABASE), and three servers fail (npm run ausfall).
 */
import { findDebianPostgres, startDebianPostgres } from '#platform/testing/debian-postgres.ts';
import { startPgbouncer } from '#platform/testing/pgbouncer.ts';
import { add, check, finish, run, vitest } from './lib/ablauf.ts';
import { gegenstellen, provideTools } from './lib/werkzeuge.ts';

/** What transactions, rights, jobs and content do when each transaction may meet another connection: the same tests, through a pooler. */
const THROUGH_POOLER = ['platform/tests/transaction', 'platform/tests/jobs.test', 'platform/tests/canary', 'modules/zugriff/tests/modell', 'modules/ablage/tests/http', 'modules/protokoll/tests/versiegeln'];
async function throughPooler(url: string) {
  const { hostname: host, port } = new URL(url);
  const pgbouncer = await startPgbouncer({ host, port });
  if (!pgbouncer) return { passed: 0, failed: 0, skipped: 1 };
  console.log(`\nAusgewählte Modultests durch ${pgbouncer.version} im Transaktionsmodus`);
  try { return await vitest(['module'], { filters: THROUGH_POOLER, env: { TEST_DATABASE_URL: url, VERBUNDAKTE_TEST_POOLER: pgbouncer.address }, minutes: 8 }); } finally { await pgbouncer.stop(); }
}

/** Three servers, a partition and a failure under load; where it cannot run it says why. */
async function ausfall() {
  console.log('\nnpm run ausfall: drei Server, Trennung und Ausfall unter Last');
  const { code, output } = await run('node', ['tools/ausfall/main.ts'], { minutes: 9 });
  const skipped = output.includes('SKIPPED ausfall');
  return { passed: code === 0 && !skipped ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: skipped ? 1 : 0 };
}

const begin = performance.now();
const filters = process.argv.slice(2).filter((arg) => arg !== '--voll');
const voll = process.argv.includes('--voll');
const missing = provideTools(Object.keys(gegenstellen));
const results = [await vitest(['conformance'], { filters, minutes: voll ? 60 : 12 })];

// Production may run on PostgreSQL 15; the embedded one of all other tests is the newest.
const bin = await findDebianPostgres();
if (bin) {
  const postgres = await startDebianPostgres(bin);
  console.log(`\nModule, Vertrag und Aufbau auf PostgreSQL ${postgres.version} der Distribution`);
  try {
    results.push(await vitest(['module', 'contract', 'architecture'], { filters, env: { TEST_DATABASE_URL: postgres.url, ...(voll && { VERBUNDAKTE_TEST_VOLL: '1' }) }, minutes: voll ? 120 : 15 }));
    if (!filters.length) results.push(await throughPooler(postgres.url));
  } finally { await postgres.stop(); }
  console.log('Dort nicht geprüft: dass jede Anweisung ihren Mandanten nennt (pg_stat_statements); das prüft npm test auf der eingebetteten.');
} else results.push({ passed: 0, failed: 0, skipped: 1 });
if (!process.env.CITUS_URL) console.log('SKIPPED citus: Debian hat kein Paket davon; CITUS_URL nennt einen Koordinator (Superuser), auf dem der Test läuft.');
if (!filters.length) results.push(await check('npm run new-module: ein neues Modul besteht sofort', 'node', ['tools/new-module-probe.ts'], 8));

if (voll && !filters.length) results.push(await ausfall());

for (const name of missing) console.log(`Übersprungen: was ${name} braucht – ${gegenstellen[name]!.wofuer}. Das Programm fehlt auf diesem Rechner.`);
console.log(`${((performance.now() - begin) / 60_000).toFixed(1)} Minuten`);
finish(add(...results));
