import { defineModule, route } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { createVerbundfreigabe, revokeErhaltene, revokeVerbundfreigabe } from './commands.ts';
import { NotzugriffErrors, VerbundErrors } from './freigabe.ts';
import { tellMandant } from './bote.ts';
import { beenden, notzugriff, spiegeln, zugriff } from './jobs.ts';
import { zugriffJob } from './nachrichten.ts';
import { cancelNotzugriff, grantNotzugriff, listNotzugriffe, requestNotzugriff } from './notzugriff.ts';
import { getVerzeichnis, listErhaltene, listVerbundfreigaben, listVerzeichnisse, readGastnamen } from './queries.ts';
import { beiSicht } from './sicht.ts';
import { anlaesse, verlaufstexte } from './verlauf.ts';

export default defineModule({
  name: 'verbund',
  rechte: {
    'verbundfreigabe.sehen': ['leser', 'sachbearbeitung', 'leitung', 'registratur', 'administration'],
    'verbundfreigabe.erteilen': ['leitung', 'registratur'],
    // all of the Mandant's dealings with others, also of what one may not see oneself; and their end
    'verbund.verwalten': ['registratur', 'administration'],
    'notzugriff.sehen': ['betrieb', 'administration', 'datenschutz'],
    'notzugriff.beantragen': ['betrieb'],
    'notzugriff.entscheiden': ['betrieb', 'administration'],
  },
  errors: [VerbundErrors, NotzugriffErrors],
  jobs: [spiegeln, beenden, notzugriff, zugriff],
  sichten: [beiSicht],
  extensions: {
    rechtname: [{ 'verbundfreigabe.sehen': 'Teilen mit anderen Verwaltungen: sehen', 'verbundfreigabe.erteilen': 'Teilen mit anderen Verwaltungen: erteilen', 'verbund.verwalten': 'Teilen mit anderen Verwaltungen: alles sehen und beenden', 'notzugriff.sehen': 'Notzugriffe: sehen', 'notzugriff.beantragen': 'Notzugriffe: beantragen', 'notzugriff.entscheiden': 'Notzugriffe: entscheiden' }],
    verlaufstext: [verlaufstexte], benachrichtigungsanlass: anlaesse, gastname: [readGastnamen], gastzugriff: [(tx, { heimatId, ...was }) => tellMandant(tx, heimatId, zugriffJob, { ...was, objekte: [...was.objekte] })],
    eigenhaendig: [['verbundfreigabe.erteilen', 'verbund.verwalten', 'notzugriff.beantragen', 'notzugriff.entscheiden']],
  },
  routes: [
    route(api.listVerzeichnisse, { handle: (tx) => listVerzeichnisse(tx) }),
    route(api.getVerzeichnis, { handle: (tx, { params }) => getVerzeichnis(tx, params.id) }),
    route(api.listVerbundfreigaben, { handle: (tx, { query }) => listVerbundfreigaben(tx, query) }),
    route(api.createVerbundfreigabe, { handle: (tx, { body }) => createVerbundfreigabe(tx, body) }),
    route(api.revokeVerbundfreigabe, { handle: (tx, { params }) => revokeVerbundfreigabe(tx, params.id) }),
    route(api.listErhalteneVerbundfreigaben, { handle: (tx, { query }) => listErhaltene(tx, query) }),
    route(api.revokeErhalteneVerbundfreigabe, { handle: (tx, { params }) => revokeErhaltene(tx, params.id) }),
    route(api.listNotzugriffe, { handle: (tx, { query }) => listNotzugriffe(tx, query) }),
    route(api.requestNotzugriff, { handle: (tx, { body }) => requestNotzugriff(tx, body) }),
    route(api.grantNotzugriff, { handle: (tx, { params }) => grantNotzugriff(tx, params.id) }),
    route(api.cancelNotzugriff, { handle: (tx, { params }) => cancelNotzugriff(tx, params.id) }),
  ],
});
