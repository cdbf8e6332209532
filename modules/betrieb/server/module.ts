import { z } from 'zod';
import { defineModule, job, route } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { deleteJob, getBetriebslage, listJobs, retryJob } from './auftrag.ts';
import { deleteAlteAbfragen, listLangsame } from './langsame.ts';

const abfragenVergessen = job({ name: 'betrieb.abfragenVergessen', payload: z.object({}), rechte: [], load: async () => ({}), work: async () => ({}), store: async (tx) => { await deleteAlteAbfragen(tx); } });

export default defineModule({
  name: 'betrieb',
  rechte: { 'betrieb.sehen': ['administration', 'betrieb'], 'betrieb.verwalten': ['administration', 'betrieb'], 'betrieb.abfragen.sehen': ['betrieb'] },
  routes: [
    route(api.listJobs, { handle: (tx, { query }) => listJobs(tx, query) }),
    route(api.retryJob, { handle: (tx, { params }) => retryJob(tx, params.id) }),
    route(api.deleteJob, { handle: (tx, { params }) => deleteJob(tx, params.id) }),
    route(api.listLangsameAbfragen, { handle: (tx, { query }) => listLangsame(tx, query) }),
    route(api.getBetriebslage, { handle: (tx) => getBetriebslage(tx) }),
  ],
  jobs: [abfragenVergessen],
  zeitplan: [{ cron: '41 3 * * *', job: abfragenVergessen }],
  extensions: {
    rechtname: [{ 'betrieb.sehen': 'Betrieb: sehen', 'betrieb.verwalten': 'Betrieb: verwalten', 'betrieb.abfragen.sehen': 'Betrieb: langsame Abfragen sehen' }],
    verlaufstext: [{
      'auftrag.wiederholt': ({ daten }) => `hat den Auftrag „${String(daten.auftrag)}“ erneut ausführen lassen`,
      'auftrag.verworfen': ({ daten }) => `hat den fehlgeschlagenen Auftrag „${String(daten.auftrag)}“ verworfen`,
    }],
  },
});
