import { addBetriebRoutes } from '#platform/server/betrieb-routes.ts';
import type { Config } from '#platform/server/config.ts';
import { buildHttp } from '#platform/server/http/http.ts';
import { createReadiness } from '#platform/server/readiness.ts';
import { onEnd, openRuntime, version } from './runtime.ts';

export async function run(_args: readonly string[], config: Config) {
  const { modules, database, io, verbundId, log, authenticate, messung, close } = await openRuntime(config, 'api');
  const readiness = createReadiness(config.DATABASE_URL!);
  const http = await buildHttp({
    modules, database, io, log, verbundId, authenticate, messung, dist: config.WEB_ORDNER, publicOrigin: new URL(config.OEFFENTLICHE_URL!).origin, trustedProxies: config.VERTRAUTE_PROXYS,
    async extend(app) {
      addBetriebRoutes(app, { messung, version, metrikenToken: config.METRIKEN_TOKEN, readiness });
    },
  });
  await http.listen({ port: config.PORT, host: config.HOST });
  const { port } = http.server.address() as { port: number };
  log.info({ prozess: 'api', port, version }, 'serving');
  onEnd(async () => { await http.close(); await close(); log.info({ prozess: 'api' }, 'ended'); });
  process.send?.({ bereit: true, port });
}
