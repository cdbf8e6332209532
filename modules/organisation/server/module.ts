import { z } from 'zod';
import { sql } from 'kysely';
import { defineModule, job } from '#platform/server/module.ts';
import { BenutzerErrors } from './benutzer.ts';
import { ZugangstokenErrors } from './konto.ts';
import { MandantErrors, setUpMandant } from './mandant.ts';
import { einrichtenMandant } from './mandant-verwaltung.ts';
import { OrganisationseinheitErrors } from './organisationseinheit.ts';
import { PasswortErrors } from './passwort.ts';
import { RolleErrors } from './rolle.ts';
import { routes } from './routes.ts';
import { rowsOf } from './verbund.ts';
import { verlaufstexte } from './verlauf.ts';
import { ANORDNEN, PLANEN, VERWALTEN } from './vertretung/befugnis.ts';
import { anlass, verlaufstexte as vertretungstexte } from './vertretung/nachrichten.ts';
import { VertretungErrors } from './vertretung/regeln.ts';
import { fuerSicht } from './vertretung/sicht.ts';

const alle = ['leser', 'sachbearbeitung', 'leitung', 'poststelle', 'registratur', 'administration', 'betrieb'];

/** Sessions belong to no Mandant: the Verbund's run clears them all. */
const deleteAbgelaufene = job({
  name: 'organisation.deleteAbgelaufene', payload: z.object({}), rechte: [],
  load: async () => ({}), work: async () => ({}),
  async store(tx) { if (tx.ctx.mandantId === tx.ctx.verbundId) await rowsOf(tx, sql`organisation.delete_abgelaufene()`); },
});

/** A default Rolle that a newer version brings is there within the hour. */
const vorgabenNachholen = job({
  name: 'organisation.vorgabenNachholen', payload: z.object({}), rechte: [],
  load: async () => ({}), work: async () => ({}), store: (tx) => setUpMandant(tx),
});

export default defineModule({
  name: 'organisation',
  rechte: {
    'mandant.verwalten': ['betrieb'],
    'organisationseinheit.verwalten': ['administration'],
    'benutzer.sehen': [...alle, 'revision'],
    'benutzer.verwalten': ['administration'],
    'rolle.verwalten': ['administration'],
    'zugangstoken.anlegen': alle,
    [PLANEN]: [...alle, 'geheimschutz', 'revision'],
    [ANORDNEN]: ['leitung', 'administration'],
    [VERWALTEN]: ['administration'],
  },
  errors: [MandantErrors, OrganisationseinheitErrors, BenutzerErrors, RolleErrors, PasswortErrors, ZugangstokenErrors, VertretungErrors],
  routes,
  jobs: [einrichtenMandant],
  zeitplan: [{ cron: '17 2 * * *', job: deleteAbgelaufene }, { cron: '5 * * * *', job: vorgabenNachholen }],
  sichten: [fuerSicht],
  extensions: {
    rechtname: [{ 'mandant.verwalten': 'Verwaltungen: verwalten', 'organisationseinheit.verwalten': 'Organisationseinheiten: verwalten', 'benutzer.sehen': 'Benutzer: sehen', 'benutzer.verwalten': 'Benutzer: verwalten', 'rolle.verwalten': 'Rollen: verwalten', 'zugangstoken.anlegen': 'Zugangstoken: anlegen', [PLANEN]: 'Vertretungen: für sich selbst planen', [ANORDNEN]: 'Vertretungen: für Unterstellte anordnen', [VERWALTEN]: 'Vertretungen: alle verwalten' }],
    verlaufstext: [verlaufstexte, vertretungstexte], benachrichtigungsanlass: [anlass],
    eigenhaendig: [['mandant.verwalten', 'organisationseinheit.verwalten', 'benutzer.verwalten', 'rolle.verwalten', 'zugangstoken.anlegen', PLANEN, ANORDNEN, VERWALTEN]],
  },
});
