import { defineModule, route, subscribe } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { markGelesen, updateEinstellung } from './commands.ts';
import { aufraeumen, sofort, taeglich, verteilen } from './jobs.ts';
import { getEinstellungen, listBenachrichtigungen } from './queries.ts';

export default defineModule({
  name: 'benachrichtigung',
  routes: [
    route(api.listBenachrichtigungen, { handle: (tx, { query }) => listBenachrichtigungen(tx, query) }),
    route(api.updateBenachrichtigungen, { handle: (tx, { body }) => markGelesen(tx, body.ids) }),
    route(api.getBenachrichtigungseinstellungen, { handle: (tx) => getEinstellungen(tx) }),
    route(api.updateBenachrichtigungseinstellung, { handle: (tx, { body }) => updateEinstellung(tx, body) }),
  ],
  jobs: [sofort],
  subscriptions: [subscribe((punkt) => punkt('benachrichtigungsanlass').flatMap((a) => a.ereignisse), verteilen)],
  zeitplan: [{ cron: '0 6 * * 1-5', job: taeglich }, { cron: '30 3 * * *', job: aufraeumen }],
});
