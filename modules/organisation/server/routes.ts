import { route, routeWithSend, type Reply, type Route } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { changeMandant, checkLogin, loadLogin, login, requireLogin } from './anmeldung.ts';
import { addBenutzer, assignOrganisationseinheiten, assignRollen, resetPasswort, revokeSitzungen, updateBenutzer } from './benutzer-commands.ts';
import { getBenutzer, listBenutzer } from './benutzer-queries.ts';
import { checkPasswortWechsel, createZugangstoken, getIch, listSitzungen, listZugangstoken, loadPasswort, requireChanged, revokeSitzung, revokeZugangstoken, updateEinstellungen, updatePasswort } from './konto.ts';
import { presentKurz, readMandanten } from './mandant.ts';
import { createMandant, listMandanten, readMandant, updateMandant } from './mandant-verwaltung.ts';
import { createOrganisationseinheit, updateOrganisationseinheit } from './organisationseinheit-commands.ts';
import { getOrganisationseinheit, listOrganisationseinheiten } from './organisationseinheit-queries.ts';
import { createEinmalkennwort, hashPasswort } from './passwort.ts';
import { createRolle, getRolle, listRollen, updateRolle } from './rolle-commands.ts';
import { rollenmatrixRoute } from './rollenmatrix.ts';
import { isEffective, nameRechte } from './rechte.ts';
import { COOKIE } from './sitzung.ts';
import { takeSecret } from './token.ts';
import { createVertretung, moveVertretung, revokeVertretung } from './vertretung/commands.ts';
import { getVertretung, listEigeneVertretungen, listVertretungen } from './vertretung/queries.ts';

const setCookie = (reply: Reply, token: string | null, ablauf: string) => { if (token) reply.cookie(COOKIE, token, { expires: new Date(ablauf) }); };
const einmal = async () => { const kennwort = createEinmalkennwort(); return { kennwort, hash: await hashPasswort(kennwort) }; };

const anmeldung: Route[] = [
  route(api.getAnmeldung, {
    async handle(tx) {
      const alle = (await readMandanten(tx)).filter((m) => m.aktiv);
      return { verbund: alle.find((m) => m.art === 'verbund')?.name ?? '', mandanten: alle.filter((m) => m.art === 'mandant').map(presentKurz) };
    },
  }),
  routeWithSend(api.login, {
    load: (tx, { body }) => loadLogin(tx, body),
    prepare: async (io, _ctx, { body }, loaded) => ({ ...(await checkLogin(body, loaded)), hoechstens: io.config.SITZUNG_HOECHSTDAUER }),
    handle: (tx, { body }, geprueft) => login(tx, body, geprueft),
    async send(_io, result, ctx, reply) {
      const { mandantId, ablauf, passwortAendern } = requireLogin(result);
      setCookie(reply, takeSecret(ctx), ablauf);
      return { mandantId, ablauf, passwortAendern };
    },
  }),
  routeWithSend(api.logout, {
    handle: async (tx) => (tx.ctx.sitzungId ? revokeSitzung(tx, tx.ctx.sitzungId) : {}),
    async send(_io, result, _ctx, reply) { reply.cookie(COOKIE, '', { expires: new Date(0) }); return result; },
  }),
  routeWithSend(api.changeMandant, {
    handle: (tx, { body }) => changeMandant(tx, body.mandantId),
    async send(_io, result, ctx, reply) { setCookie(reply, takeSecret(ctx), result.ablauf); return result; },
  }),
];

const konto: Route[] = [
  route(api.getIch, { handle: (tx) => getIch(tx) }),
  route(api.updateEinstellungen, { handle: (tx, { body }) => updateEinstellungen(tx, body) }),
  routeWithSend(api.updatePasswort, {
    load: (tx) => loadPasswort(tx),
    prepare: (_io, _ctx, { body }, loaded) => checkPasswortWechsel(body, loaded),
    handle: (tx, _input, geprueft) => updatePasswort(tx, geprueft),
    send: async (_io, result) => requireChanged(result),
  }),
  route(api.listSitzungen, { prepare: async (io) => io.config.SITZUNG_LEERLAUF, handle: (tx, _input, leerlauf) => listSitzungen(tx, leerlauf) }),
  route(api.revokeSitzung, { handle: (tx, { params }) => revokeSitzung(tx, params.id) }),
  route(api.listZugangstoken, { handle: (tx) => listZugangstoken(tx) }),
  routeWithSend(api.createZugangstoken, {
    handle: (tx, { body }) => createZugangstoken(tx, body),
    send: async (_io, zugangstoken, ctx) => ({ zugangstoken, token: takeSecret(ctx) }),
  }),
  route(api.revokeZugangstoken, { handle: (tx, { params }) => revokeZugangstoken(tx, params.id) }),
];

const mandanten: Route[] = [
  route(api.listMandanten, { handle: (tx, { query }) => listMandanten(tx, query) }),
  route(api.getMandant, { handle: (tx, { params }) => readMandant(tx, params.id) }),
  routeWithSend(api.createMandant, {
    prepare: einmal,
    handle: (tx, { body }, neu) => createMandant(tx, body, neu),
    send: async (_io, mandant, ctx) => ({ mandant, einmalkennwort: takeSecret(ctx) }),
  }),
  route(api.updateMandant, { handle: (tx, { params, body, ifMatch }) => updateMandant(tx, params.id, body, ifMatch) }),
];

const einheiten: Route[] = [
  route(api.listOrganisationseinheiten, { handle: (tx, { query }) => listOrganisationseinheiten(tx, query) }),
  route(api.getOrganisationseinheit, { handle: (tx, { params }) => getOrganisationseinheit(tx, params.id) }),
  route(api.createOrganisationseinheit, { handle: async (tx, { body }) => getOrganisationseinheit(tx, await createOrganisationseinheit(tx, body)) }),
  route(api.updateOrganisationseinheit, {
    async handle(tx, { params, body, ifMatch }) { await updateOrganisationseinheit(tx, params.id, body, ifMatch); return getOrganisationseinheit(tx, params.id); },
  }),
];

const benutzer: Route[] = [
  route(api.listBenutzer, { handle: (tx, { query }) => listBenutzer(tx, query) }),
  route(api.getBenutzer, { handle: (tx, { params }) => getBenutzer(tx, params.id) }),
  routeWithSend(api.createBenutzer, {
    prepare: einmal,
    handle: async (tx, { body }, neu) => getBenutzer(tx, await addBenutzer(tx, body, neu)),
    send: async (_io, angelegt, ctx) => ({ benutzer: angelegt, einmalkennwort: takeSecret(ctx) }),
  }),
  route(api.updateBenutzer, { async handle(tx, { params, body, ifMatch }) { await updateBenutzer(tx, params.id, body, ifMatch); return getBenutzer(tx, params.id); } }),
  routeWithSend(api.resetPasswort, {
    prepare: einmal,
    async handle(tx, { params }, neu) { await resetPasswort(tx, params.id, neu); return {}; },
    send: async (_io, _result, ctx) => ({ einmalkennwort: takeSecret(ctx) }),
  }),
  route(api.revokeSitzungen, { handle: (tx, { params }) => revokeSitzungen(tx, params.id) }),
  route(api.assignRollen, { async handle(tx, { params, body, ifMatch }) { await assignRollen(tx, params.id, body.rollen, ifMatch); return getBenutzer(tx, params.id); } }),
  route(api.assignOrganisationseinheiten, {
    async handle(tx, { params, body, ifMatch }) { await assignOrganisationseinheiten(tx, params.id, body.organisationseinheiten, ifMatch); return getBenutzer(tx, params.id); },
  }),
];

const rollen: Route[] = [
  route(api.listRechte, {
    async handle(tx) {
      const namen = nameRechte(tx);
      return { eintraege: Object.entries(tx.rechte).filter(([recht]) => isEffective(tx, recht)).map(([recht, vorgaben]) => ({ recht, name: namen.get(recht) ?? recht, vorgaben: [...vorgaben] })) };
    },
  }),
  rollenmatrixRoute,
  route(api.listRollen, { handle: (tx, { query }) => listRollen(tx, query) }),
  route(api.getRolle, { handle: (tx, { params }) => getRolle(tx, params.id) }),
  route(api.createRolle, { handle: async (tx, { body }) => getRolle(tx, await createRolle(tx, body)) }),
  route(api.updateRolle, { async handle(tx, { params, body, ifMatch }) { await updateRolle(tx, params.id, body, ifMatch); return getRolle(tx, params.id); } }),
];

const vertretungen: Route[] = [
  route(api.listEigeneVertretungen, { handle: (tx) => listEigeneVertretungen(tx) }),
  route(api.listVertretungen, { handle: (tx, { query }) => listVertretungen(tx, query) }),
  route(api.createVertretung, { handle: async (tx, { body }) => getVertretung(tx, await createVertretung(tx, body)) }),
  route(api.moveVertretung, { async handle(tx, { params }) { await moveVertretung(tx, params.id); return getVertretung(tx, params.id); } }),
  route(api.revokeVertretung, { async handle(tx, { params }) { await revokeVertretung(tx, params.id); return getVertretung(tx, params.id); } }),
];

export const routes: readonly Route[] = [...anmeldung, ...konto, ...mandanten, ...einheiten, ...benutzer, ...rollen, ...vertretungen];
