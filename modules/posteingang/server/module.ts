import { authorizeInhalt, openInhalt } from '#modules/ablage/server/index.ts';
import { defineModule, route, subscribe } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { fileEingang } from './ablegen.ts';
import { assignEingang, cancelEingang, createEingang, reopenEingang, updateEingang } from './commands.ts';
import { PosteingangErrors } from './eingang.ts';
import { getEinstellungen, updateEinstellungen } from './einstellungen.ts';
import { anlaesse, inhaltsort, inhaltsverwendung, schutzobjekt, suchobjekt, verlaufstexte } from './erweiterungen.ts';
import { followDokumente, followKlasse } from './geschuetzt.ts';
import { anreichern } from './jobs.ts';
import { ordnerAbschliessen, ordnerDatei, ordnerPruefen } from './ordner/jobs.ts';
import { eingangPolicy, rechtnamen } from './policy.ts';
import { getEingang, getPosteingang, listEingaenge } from './queries.ts';
import { createStapel } from './stapel.ts';
import { readTeilbar, splitPdf } from './teilen/teilen.ts';

export default defineModule({
  name: 'posteingang',
  rechte: { ...eingangPolicy.manifest, 'posteingang.verwalten': ['registratur', 'administration'] },
  errors: [PosteingangErrors],
  jobs: [ordnerDatei, ordnerAbschliessen],
  subscriptions: [subscribe('inhalt.aufbereitet', anreichern)],
  zeitplan: [{ cron: '* * * * *', job: ordnerPruefen }],
  extensions: { schutzGeaendert: [followDokumente], klasseGeaendert: [followKlasse], rechtname: [rechtnamen], suchobjekt: [suchobjekt], schutzobjekt: [schutzobjekt], inhaltsverwendung: [inhaltsverwendung], verlaufstext: [verlaufstexte], inhaltsort: [inhaltsort], benachrichtigungsanlass: anlaesse },
  routes: [
    route(api.listEingaenge, { handle: (tx, { query }) => listEingaenge(tx, query) }),
    route(api.getPosteingang, { handle: (tx, { query }) => getPosteingang(tx, query) }),
    route(api.getEingang, { handle: (tx, { params }) => getEingang(tx, params.id) }),
    route(api.createEingang, { handle: (tx, { body }) => createEingang(tx, body) }),
    route(api.createStapel, {
      load: (tx, { body }) => authorizeInhalt(tx, body.inhaltId),
      async prepare(io, ctx, { body }, inhalt) {
        const { seiten, teile } = await splitPdf(await readTeilbar(await openInhalt(io, ctx, inhalt)), body.teile);
        const stored = [];
        for (const teil of teile) stored.push(await io.storage.put(ctx.mandantId, [teil]));
        return { seiten, teile: stored };
      },
      handle: (tx, { body }, geteilt) => createStapel(tx, body, geteilt),
    }),
    route(api.updateEingang, { handle: (tx, { params, ifMatch, body }) => updateEingang(tx, params.id, ifMatch, body) }),
    route(api.assignEingang, { handle: (tx, { params, body }) => assignEingang(tx, params.id, body) }),
    route(api.fileEingang, { handle: (tx, { params, body }) => fileEingang(tx, params.id, body) }),
    route(api.cancelEingang, { handle: (tx, { params, body }) => cancelEingang(tx, params.id, body.grund) }),
    route(api.reopenEingang, { handle: (tx, { params }) => reopenEingang(tx, params.id) }),
    route(api.getPosteingangEinstellungen, { handle: (tx) => getEinstellungen(tx) }),
    route(api.updatePosteingangEinstellungen, { handle: (tx, { ifMatch, body }) => updateEinstellungen(tx, ifMatch, body.organisationseinheitId) }),
  ],
});
