import { defineModule, route, routeWithSend } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { AktenplanErrors } from './einheit.ts';
import { createAktenplaneinheit } from './einheit-anlegen.ts';
import { closeAktenplaneinheit, deleteAktenplaneinheit, reopenAktenplaneinheit, updateAktenplaneinheit } from './einheit-commands.ts';
import { getZusammenfuehrung, mergeAktenplaneinheiten } from './zusammenfuehren.ts';
import { exportAktenplan, sendCsv } from './export.ts';
import { importAktenplan, readImport } from './import.ts';
import { createAktenplan, updateAktenplan } from './plan-commands.ts';
import { getAktenplaneinheit, listAktenplaene, listAktenplaneinheiten } from './queries.ts';
import { listAktenzeichenregeln, listAktenzeichenzaehler, updateAktenzeichenregel, updateAktenzeichenzaehler } from './regel-commands.ts';
import { sachgebiete } from './sachgebiete.ts';
import { verlaufstexte } from './verlauf.ts';

export default defineModule({
  name: 'aktenplan',
  rechte: {
    'aktenplan.sehen': ['leser', 'sachbearbeitung', 'leitung', 'poststelle', 'registratur', 'administration'],
    'aktenplan.verwalten': ['registratur', 'administration'],
    'aktenzeichen.verwalten': ['registratur', 'administration'],
    'aktenzeichen.manuell': ['registratur'],
  },
  errors: [AktenplanErrors],
  extensions: { rechtname: [{ 'aktenplan.sehen': 'Aktenplan: sehen', 'aktenplan.verwalten': 'Aktenplan: verwalten', 'aktenzeichen.verwalten': 'Aktenzeichen: verwalten', 'aktenzeichen.manuell': 'Aktenzeichen: von Hand vergeben' }], verlaufstext: [verlaufstexte], sachgebiete: [sachgebiete] },
  routes: [
    route(api.listAktenplaene, { handle: (tx, { query }) => listAktenplaene(tx, query) }),
    route(api.createAktenplan, { handle: (tx, { body }) => createAktenplan(tx, body) }),
    route(api.updateAktenplan, { handle: (tx, { params, ifMatch, body }) => updateAktenplan(tx, params.id, ifMatch, body) }),
    route(api.importAktenplan, {
      prepare: (_io, _ctx, { upload }) => readImport(upload),
      handle: (tx, { params, query }, gelesen) => importAktenplan(tx, params.id, gelesen, query.dryRun ?? false),
    }),
    routeWithSend(api.exportAktenplan, { handle: (tx, { params }) => exportAktenplan(tx, params.id), send: async (_io, csv) => sendCsv(csv) }),
    route(api.listAktenplaneinheiten, { handle: (tx, { query }) => listAktenplaneinheiten(tx, query) }),
    route(api.getAktenplaneinheit, { handle: (tx, { params }) => getAktenplaneinheit(tx, params.id) }),
    route(api.createAktenplaneinheit, { handle: (tx, { body }) => createAktenplaneinheit(tx, body) }),
    route(api.updateAktenplaneinheit, { handle: (tx, { params, ifMatch, body }) => updateAktenplaneinheit(tx, params.id, ifMatch, body) }),
    route(api.closeAktenplaneinheit, { handle: (tx, { params, ifMatch, body }) => closeAktenplaneinheit(tx, params.id, ifMatch, body.grund) }),
    route(api.reopenAktenplaneinheit, { handle: (tx, { params, ifMatch }) => reopenAktenplaneinheit(tx, params.id, ifMatch) }),
    route(api.deleteAktenplaneinheit, { handle: (tx, { params, ifMatch }) => deleteAktenplaneinheit(tx, params.id, ifMatch) }),
    route(api.getZusammenfuehrung, { handle: (tx, { params, query }) => getZusammenfuehrung(tx, params.id, query.quellen ?? []) }),
    route(api.mergeAktenplaneinheiten, { handle: (tx, { params, body }) => mergeAktenplaneinheiten(tx, params.id, body) }),
    route(api.listAktenzeichenregeln, { handle: (tx) => listAktenzeichenregeln(tx) }),
    route(api.updateAktenzeichenregel, { handle: (tx, { ifMatch, body }) => updateAktenzeichenregel(tx, ifMatch, body) }),
    route(api.listAktenzeichenzaehler, { handle: (tx, { query }) => listAktenzeichenzaehler(tx, query) }),
    route(api.updateAktenzeichenzaehler, { handle: (tx, { body }) => updateAktenzeichenzaehler(tx, body) }),
  ],
});
