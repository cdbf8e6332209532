import { takeSecret } from '#modules/organisation/server/index.ts';
import { defineModule, route, routeWithSend } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { AnnahmeErrors, EINLIEFERN, VERWALTEN } from './anschluss.ts';
import { createAnschluss, resetAnschluss, revokeAnschluss, updateAnschluss } from './anschluss-commands.ts';
import { getAnschluss, listAbweisungen, listAnschluesse, listSendungen } from './anschluss-queries.ts';
import { akteurname, anlaesse, rechtnamen, verlaufstexte } from './erweiterungen.ts';
import { ablegen, kennzahlen, pruefen } from './jobs.ts';
import { sendungsrouten } from './sendung-routes.ts';
import { getSendung } from './sendung-queries.ts';
import { anschlussweg } from './weg.ts';

const mitToken = async (_io: unknown, anschluss: Awaited<ReturnType<typeof getAnschluss>>, ctx: Parameters<typeof takeSecret>[0]) => ({ anschluss, token: takeSecret(ctx) });

export default defineModule({
  name: 'annahme',
  // Nobody's Rolle holds the first: machines of this door alone act with it.
  rechte: { [EINLIEFERN]: [], [VERWALTEN]: ['administration'] },
  errors: [AnnahmeErrors],
  anmeldewege: [anschlussweg],
  routes: [
    ...sendungsrouten,
    route(api.getSendung, { handle: (tx, { params }) => getSendung(tx, params.id) }),
    route(api.listAnschluesse, { handle: (tx) => listAnschluesse(tx) }),
    route(api.getAnschluss, { handle: (tx, { params }) => getAnschluss(tx, params.id) }),
    routeWithSend(api.createAnschluss, { handle: (tx, { body }) => createAnschluss(tx, body), send: mitToken }),
    route(api.updateAnschluss, { handle: (tx, { params, ifMatch, body }) => updateAnschluss(tx, params.id, ifMatch, body) }),
    routeWithSend(api.resetAnschluss, { handle: (tx, { params }) => resetAnschluss(tx, params.id), send: mitToken }),
    route(api.revokeAnschluss, { handle: (tx, { params }) => revokeAnschluss(tx, params.id) }),
    route(api.listSendungen, { handle: (tx, { params, query }) => listSendungen(tx, params.id, query) }),
    route(api.listAbweisungen, { handle: (tx, { params, query }) => listAbweisungen(tx, params.id, query) }),
  ],
  jobs: [ablegen],
  zeitplan: [{ cron: '23 * * * *', job: pruefen }],
  extensions: { rechtname: [rechtnamen], akteurname: [akteurname], verlaufstext: [verlaufstexte], benachrichtigungsanlass: anlaesse, kennzahl: kennzahlen },
});
