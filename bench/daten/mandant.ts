import type pg from 'pg';
import { getWurzelSchutzbereich } from '#modules/zugriff/server/index.ts';
import { API } from '#platform/server/http/http.ts';
import { ablage, buildTestHttp, database, modules, newMandant } from '#platform/testing/test.ts';
import { loadBestand, type Auftrag } from './laden.ts';

/** A county in the test database, and the three persons who see 1 %, 50 % and all of it, each with the client that the web uses. With `datei` every Dokument can be downloaded: it holds these bytes. */
export async function createBestand(sql: pg.Client, { datei, ...umfang }: Omit<Auftrag, 'mandantId' | 'rollen' | 'wurzel' | 'objekt'> & { datei?: Buffer }) {
  const mandant = newMandant();
  const http = await buildTestHttp(modules);
  const wurzel = await database.write(mandant.system, (tx) => getWurzelSchutzbereich(tx));
  const geladen = await loadBestand(sql, { mandantId: mandant.mandantId, rollen: { sachbearbeitung: mandant.rolle('sachbearbeitung'), leser: mandant.rolle('leser'), leitung: mandant.rolle('leitung') }, wurzel, ...umfang, ...(datei && { objekt: await ablage.storage.put(mandant.mandantId, [datei] as never) }) });
  return { ...geladen, mandant, http, wurzel, zeugen: geladen.zeugen.map((z) => ({ ...z, ...mandant.known(z.id, 'sachbearbeitung', [], http) })), url: (path: string) => API + path };
}
