import { defineModule, route } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { versiegelnJob } from './jobs.ts';
import { getEreignisfilter, listEreignisse } from './verlauf.ts';

export default defineModule({
  name: 'protokoll',
  rechte: { 'protokoll.lesen': ['administration'], 'protokoll.pruefen': ['administration', 'betrieb'] },
  routes: [
    route(api.listEreignisse, { handle: (tx, { query }) => listEreignisse(tx, query) }),
    route(api.getEreignisfilter, { handle: (tx, { query }) => getEreignisfilter(tx, query.objekt) }),
  ],
  nachlauf: [versiegelnJob],
  zeitplan: [{ cron: '7 * * * *', job: versiegelnJob }],
});
