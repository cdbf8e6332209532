import { defineModule, route, subscribe } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { fileEingang } from './ablegen.ts';
import { createAusnahme, deleteAusnahme, listAusnahmen, updateAusnahme } from './ausnahmen.ts';
import { bilanzLaufend, bilanzVoll, kennzahlen, startBilanzpruefung } from './bilanz/pruefung.ts';
import { getBilanz, getStatistik } from './bilanz/zahlen.ts';
import { createEingang, updateEingang } from './commands.ts';
import { PosteingangErrors } from './eingang.ts';
import { getEinstellungen, updateEinstellungen } from './einstellungen.ts';
import { anlaesse, inhaltsort, inhaltsverwendung, schutzobjekt, suchobjekt, verlaufstexte } from './erweiterungen.ts';
import { followDokumente, followKlasse } from './geschuetzt.ts';
import { anreichern } from './jobs.ts';
import { listStationen } from './laufweg.ts';
import { lehrreich, lernen, nachlernen } from './lernen.ts';
import { mahnen } from './mahnen.ts';
import { ordnerAbschliessen, ordnerDatei, ordnerPruefen } from './ordner/jobs.ts';
import { eingangPolicy, rechtnamen } from './policy.ts';
import { getEingang, getPosteingang, listEingaenge } from './queries.ts';
import { cancelVernichtung, grantVernichtung, listVernichtungen, requestVernichtung, vernichtungVorschlagen } from './vernichten.ts';
import { changeEingaenge } from './sammeln.ts';
import { assignEingang, cancelBearbeitung, cancelEingang, reopenEingang, sendEingang, sendIrrlaeufer, startBearbeitung } from './wege.ts';

export default defineModule({
  name: 'posteingang',
  rechte: { ...eingangPolicy.manifest, 'posteingang.verwalten': ['registratur', 'administration'], 'posteingang.pruefen': ['poststelle', 'registratur', 'administration', 'revision'], 'posteingang.vernichten': ['poststelle', 'registratur'] },
  errors: [PosteingangErrors],
  jobs: [ordnerDatei, ordnerAbschliessen, nachlernen],
  subscriptions: [subscribe('inhalt.aufbereitet', anreichern), subscribe(() => lehrreich, lernen)],
  zeitplan: [{ cron: '* * * * *', job: ordnerPruefen }, { cron: '*/10 * * * *', job: bilanzLaufend }, { cron: '40 2 * * *', job: bilanzVoll }, { cron: '*/10 * * * *', job: mahnen }, { cron: '50 2 * * *', job: vernichtungVorschlagen }],
  extensions: { schutzGeaendert: [followDokumente], klasseGeaendert: [followKlasse], rechtname: [rechtnamen], suchobjekt: [suchobjekt], schutzobjekt: [schutzobjekt], inhaltsverwendung: [inhaltsverwendung], verlaufstext: [verlaufstexte], inhaltsort: [inhaltsort], benachrichtigungsanlass: anlaesse, kennzahl: kennzahlen },
  routes: [
    route(api.listEingaenge, { handle: (tx, { query }) => listEingaenge(tx, query) }),
    route(api.getPosteingang, { handle: (tx, { query }) => getPosteingang(tx, query) }),
    route(api.getEingang, { handle: (tx, { params }) => getEingang(tx, params.id) }),
    route(api.createEingang, { handle: (tx, { body }) => createEingang(tx, body) }),
    route(api.updateEingang, { handle: (tx, { params, ifMatch, body }) => updateEingang(tx, params.id, ifMatch, body) }),
    route(api.assignEingang, { handle: (tx, { params, body }) => assignEingang(tx, params.id, body) }),
    route(api.fileEingang, { handle: (tx, { params, body }) => fileEingang(tx, params.id, body) }),
    route(api.cancelEingang, { handle: (tx, { params, body }) => cancelEingang(tx, params.id, body.grund) }),
    route(api.reopenEingang, { handle: (tx, { params }) => reopenEingang(tx, params.id) }),
    route(api.listStationen, { handle: (tx, { params }) => listStationen(tx, params.id) }),
    route(api.startBearbeitung, { handle: (tx, { params }) => startBearbeitung(tx, params.id) }),
    route(api.cancelBearbeitung, { handle: (tx, { params }) => cancelBearbeitung(tx, params.id) }),
    route(api.sendIrrlaeufer, { handle: (tx, { params, body }) => sendIrrlaeufer(tx, params.id, body) }),
    route(api.sendEingang, { handle: (tx, { params, body }) => sendEingang(tx, params.id, body) }),
    route(api.changeEingaenge, { handle: (tx, { body }) => changeEingaenge(tx, body) }),
    route(api.getPosteingangBilanz, { handle: (tx, { query }) => getBilanz(tx, query) }),
    route(api.startBilanzpruefung, { handle: (tx) => startBilanzpruefung(tx) }),
    route(api.getPosteingangStatistik, { handle: (tx, { query }) => getStatistik(tx, query) }),
    route(api.listVernichtungen, { handle: (tx) => listVernichtungen(tx) }),
    route(api.requestVernichtung, { handle: (tx, { params }) => requestVernichtung(tx, params.id) }),
    route(api.cancelVernichtung, { handle: (tx, { params }) => cancelVernichtung(tx, params.id) }),
    route(api.grantVernichtung, { handle: (tx, { params }) => grantVernichtung(tx, params.id) }),
    route(api.listAusnahmen, { handle: (tx) => listAusnahmen(tx) }),
    route(api.createAusnahme, { handle: (tx, { body }) => createAusnahme(tx, body) }),
    route(api.updateAusnahme, { handle: (tx, { params, ifMatch, body }) => updateAusnahme(tx, params.id, ifMatch, body) }),
    route(api.deleteAusnahme, { handle: (tx, { params }) => deleteAusnahme(tx, params.id) }),
    route(api.getPosteingangEinstellungen, { handle: (tx) => getEinstellungen(tx) }),
    route(api.updatePosteingangEinstellungen, { handle: (tx, { ifMatch, body }) => updateEinstellungen(tx, ifMatch, body) }),
  ],
});
