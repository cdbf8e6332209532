import { defineModule } from '#platform/server/module.ts';
import { MandantErrors } from './mandant.ts';
import { BenutzerErrors } from './benutzer.ts';
import { OrganisationseinheitErrors } from './organisationseinheit.ts';
import { RolleErrors } from './rolle.ts';

const alle = ['leser', 'sachbearbeitung', 'leitung', 'poststelle', 'registratur', 'administration', 'betrieb'];

export default defineModule({
  name: 'organisation',
  rechte: {
    'mandant.verwalten': ['betrieb'],
    'organisationseinheit.verwalten': ['administration'],
    'benutzer.sehen': alle,
    'benutzer.verwalten': ['administration'],
    'rolle.verwalten': ['administration'],
    'zugangstoken.anlegen': alle,
  },
  errors: [MandantErrors, OrganisationseinheitErrors, BenutzerErrors, RolleErrors],
});
