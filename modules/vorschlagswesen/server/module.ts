import { defineModule, route } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { getVorschlagsguete } from './guete.ts';

export default defineModule({
  name: 'vorschlagswesen',
  rechte: { 'vorschlag.auswerten': ['leitung', 'poststelle', 'registratur', 'administration'] },
  extensions: { rechtname: [{ 'vorschlag.auswerten': 'Vorschläge: auswerten' }] },
  routes: [route(api.getVorschlagsguete, { handle: (tx, { query }) => getVorschlagsguete(tx, query) })],
});
