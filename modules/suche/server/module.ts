import { getTexte } from '#modules/aufbereitung/server/index.ts';
import { defineModule, route, subscribe } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { getSuchfacetten } from './facetten.ts';
import { createGespeicherteSuche, deleteGespeicherteSuche, listGespeicherteSuchen, SucheErrors } from './gespeichert.ts';
import { facettensumme, trefferliste } from './haeuser.ts';
import { folgeSchutz } from './indexieren.ts';
import { indexieren, nachfuehren, neuaufbauSchritt, pruefeFassung } from './jobs.ts';
import { listNeuaufbau, startNeuaufbau } from './neuaufbau.ts';
import { search } from './suchen.ts';

export default defineModule({
  name: 'suche',
  rechte: { 'suche.verwalten': ['administration', 'betrieb'] },
  errors: [SucheErrors],
  routes: [
    route(api.search, { handle: (tx, { query }) => search(tx, query), haeuser: trefferliste }),
    route(api.getSuchfacetten, { handle: (tx, { query }) => getSuchfacetten(tx, query), haeuser: facettensumme }),
    route(api.listGespeicherteSuchen, { handle: (tx) => listGespeicherteSuchen(tx) }),
    route(api.createGespeicherteSuche, { handle: (tx, { body }) => createGespeicherteSuche(tx, body) }),
    route(api.deleteGespeicherteSuche, { handle: (tx, { params }) => deleteGespeicherteSuche(tx, params.id) }),
    route(api.listSuchNeuaufbau, { handle: (tx) => listNeuaufbau(tx) }),
    route(api.startSuchNeuaufbau, { handle: async (tx) => { await startNeuaufbau(tx, (typ) => tx.enqueue(neuaufbauSchritt, { typ, nach: null })); return listNeuaufbau(tx); } }),
  ],
  jobs: [indexieren, neuaufbauSchritt],
  subscriptions: [subscribe((punkt) => [...punkt('suchobjekt').flatMap((a) => a.ereignisse), 'inhalt.aufbereitet'], nachfuehren)],
  zeitplan: [{ cron: '23 1 * * *', job: pruefeFassung }],
  extensions: {
    rechtname: [{ 'suche.verwalten': 'Suche: verwalten' }],
    schutzGeaendert: [folgeSchutz],
    inhaltstext: [getTexte],
    verlaufstext: [{
      'gespeicherteSuche.angelegt': () => 'hat eine Suche gespeichert',
      'gespeicherteSuche.geloescht': () => 'hat eine gespeicherte Suche gelöscht',
      'suchindex.neuaufbau_begonnen': () => 'hat den Neuaufbau des Suchindex begonnen',
    }],
  },
});
