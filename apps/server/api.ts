import { addBetriebRoutes, createRegistry } from '#platform/server/betrieb-routes.ts';
import type { Config } from '#platform/server/config.ts';
import { buildHttp } from '#platform/server/http/http.ts';
import { createReadiness } from '#platform/server/readiness.ts';
import { onEnd, openRuntime, version } from './runtime.ts';

export async function run(_args: readonly string[], config: Config) {
  const { modules, database, io, verbundId, log, authenticate } = await openRuntime(config);
  const registry = createRegistry('api');
  const http = await buildHttp({
    modules, database, io, log, verbundId, authenticate, dist: config.WEB_ORDNER, publicOrigin: new URL(config.OEFFENTLICHE_URL!).origin, trustedProxies: config.VERTRAUTE_PROXYS,
    async extend(app) {
      addBetriebRoutes(app, { registry, version, metrikenToken: config.METRIKEN_TOKEN, readiness: createReadiness(config.DATABASE_URL!) });
    },
  });
  await http.listen({ port: config.PORT, host: config.HOST });
  const { port } = http.server.address() as { port: number };
  log.info({ prozess: 'api', port, version }, 'serving');
  onEnd(async () => { await http.close(); await database.close(); log.info({ prozess: 'api' }, 'ended'); });
  process.send?.({ bereit: true, port });
}
