import type pg from 'pg';
import { getWurzelSchutzbereich } from '#modules/zugriff/server/index.ts';
import { API } from '#platform/server/http/http.ts';
import { buildTestHttp, database, modules, newMandant } from '#platform/testing/test.ts';
import { loadBestand, type Auftrag } from './laden.ts';

/** A county in the test database, and the three persons who see 1 %, 50 % and all of it, each with the client that the web uses. */
export async function createBestand(sql: pg.Client, umfang: Omit<Auftrag, 'mandantId' | 'rollen' | 'wurzel'>) {
  const mandant = newMandant();
  const http = await buildTestHttp(modules);
  const wurzel = await database.write(mandant.system, (tx) => getWurzelSchutzbereich(tx));
  const geladen = await loadBestand(sql, { mandantId: mandant.mandantId, rollen: { sachbearbeitung: mandant.rolle('sachbearbeitung'), leser: mandant.rolle('leser'), leitung: mandant.rolle('leitung') }, wurzel, ...umfang });
  return { ...geladen, mandant, http, wurzel, zeugen: geladen.zeugen.map((z) => ({ ...z, ...mandant.known(z.id, 'sachbearbeitung', [], http) })), url: (path: string) => API + path };
}
