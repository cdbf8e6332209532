import { route, type Route } from '#platform/server/module.ts';
import { api } from '../../contract.ts';
import { listBerechtigte } from './berechtigte.ts';
import { berichtRouten } from './bericht.ts';
import { listMatrix } from './matrix.ts';
import { getReichweiteVonPerson, listReichweiteVonPerson } from './person.ts';
import { previewFreigabe } from './vorschau.ts';
import { getWarum } from './warum.ts';

export const warumRouten: Route[] = [
  route(api.getWarum, { handle: (tx, { params, query }) => getWarum(tx, params.typ, params.id, query.benutzerId) }),
  route(api.listBerechtigte, { handle: (tx, { params, query }) => listBerechtigte(tx, params.typ, params.id, query) }),
  route(api.getReichweiteVonPerson, { handle: (tx, { params }) => getReichweiteVonPerson(tx, params.id) }),
  route(api.listReichweiteVonPerson, { handle: (tx, { params, query }) => listReichweiteVonPerson(tx, params.id, query) }),
  route(api.previewFreigabe, { handle: (tx, { body }) => previewFreigabe(tx, body) }),
  route(api.listMatrix, { handle: (tx, { query }) => listMatrix(tx, query) }),
  ...berichtRouten,
];
