import { defineModule, route } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { deleteJob, getBetriebslage, listJobs, retryJob } from './auftrag.ts';

export default defineModule({
  name: 'betrieb',
  rechte: { 'betrieb.sehen': ['administration', 'betrieb'], 'betrieb.verwalten': ['administration', 'betrieb'] },
  routes: [
    route(api.listJobs, { handle: (tx, { query }) => listJobs(tx, query) }),
    route(api.retryJob, { handle: (tx, { params }) => retryJob(tx, params.id) }),
    route(api.deleteJob, { handle: (tx, { params }) => deleteJob(tx, params.id) }),
    route(api.getBetriebslage, { handle: (tx) => getBetriebslage(tx) }),
  ],
  extensions: {
    rechtname: [{ 'betrieb.sehen': 'Betrieb: sehen', 'betrieb.verwalten': 'Betrieb: verwalten' }],
    verlaufstext: [{
      'auftrag.wiederholt': ({ daten }) => `hat den Auftrag „${String(daten.auftrag)}“ erneut ausführen lassen`,
      'auftrag.verworfen': ({ daten }) => `hat den fehlgeschlagenen Auftrag „${String(daten.auftrag)}“ verworfen`,
    }],
  },
});
