import Fastify from 'fastify';
import { addBetriebRoutes } from '#platform/server/betrieb-routes.ts';
import type { Config } from '#platform/server/config.ts';
import { startWorker } from '#platform/server/jobs.ts';
import { lowerPriority, NACHRANG } from '#platform/server/prioritaet.ts';
import { createReadiness } from '#platform/server/readiness.ts';
import { startWorkerCare } from '#platform/server/worker-care.ts';
import { createProbe } from '#platform/server/worker-probe.ts';
import { observeInstallation } from './beobachtung.ts';
import { onEnd, openRuntime, version } from './runtime.ts';

export async function run(_args: readonly string[], config: Config) {
  lowerPriority(process.pid, NACHRANG.worker); // on the machine of a small authority it shares the processors with the server
  const { modules, database, io, verbundId, log, messung, listMandantIds, close } = await openRuntime(config, 'worker');
  const queueUrl = config.DATABASE_URL_WORKER!;
  const concurrency = config.WORKER_GLEICHZEITIG;
  const care = startWorkerCare(queueUrl, log);
  await care.ready;
  const { tasks, probe } = createProbe(queueUrl, care.events, concurrency);
  const runner = await startWorker({ modules, database, io, verbundId, log, messung, queueUrl, concurrency, listMandantIds, tasks, events: care.events });

  const dienste = await Promise.all(modules.flatMap((m) => m.dienste ?? []).map((dienst) => dienst.start({ database, io, verbundId, listMandantIds, log })));

  let ending = false;
  void runner.ended.then(() => {
    if (ending) return;
    log.error({ prozess: 'worker' }, 'takes no jobs any more and ends, to be started again');
    process.exit(1);
  });

  const http = Fastify({ forceCloseConnections: true });
  observeInstallation(messung, { modules, database, verbundId, listMandantIds });
  addBetriebRoutes(http, { messung, version, metrikenToken: config.METRIKEN_TOKEN, readiness: createReadiness(config.DATABASE_URL!, probe) });
  await http.listen({ port: config.WORKER_PORT, host: '127.0.0.1' });
  const { port } = http.server.address() as { port: number };
  log.info({ prozess: 'worker', port, version }, 'serving');
  onEnd(async () => { ending = true; await Promise.all([runner.stop(), http.close(), ...dienste.map((d) => d?.stop())]); await care.end(); await close(); log.info({ prozess: 'worker' }, 'ended'); });
  process.send?.({ bereit: true, port });
}
