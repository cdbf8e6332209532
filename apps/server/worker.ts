import { loadConfig } from '#platform/server/config.ts';
import { startWorker } from '#platform/server/jobs.ts';
import { onEnd, openRuntime, version } from './runtime.ts';

export async function run() {
  const config = loadConfig({ needs: ['DATABASE_URL', 'ABLAGE_URL', 'SCHLUESSEL_DATEI', 'DATABASE_URL_WORKER'] });
  const { modules, database, io, verbundId, log } = await openRuntime(config);
  const runner = await startWorker({ modules, database, io, verbundId, log, queueUrl: config.DATABASE_URL_WORKER!, concurrency: config.WORKER_GLEICHZEITIG, listMandantIds: async () => [] });
  log.info({ prozess: 'worker', version }, 'serving');
  onEnd(async () => { await runner.stop(); await database.close(); log.info({ prozess: 'worker' }, 'ended'); });
  process.send?.({ bereit: true });
}
