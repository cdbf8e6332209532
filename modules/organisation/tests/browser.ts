import { API } from '#platform/server/http/http.ts';
import { buildTestHttp, database, modules, type newMandant } from '#platform/testing/test.ts';
import { createClient } from '#platform/web/client.ts';
import { api } from '../contract.ts';
import { createBenutzer, hashPasswort } from '../server/index.ts';

export const http = await buildTestHttp(modules);
export const KENNWORT = 'Ahorn-Treppe-71-Boot';
const hash = await hashPasswort(KENNWORT);
let nummer = 0;

type Mandant = ReturnType<typeof newMandant>;
type Rolle = Parameters<Mandant['rolle']>[0];

/** A person who can log in, with the usual password unless another is wanted. */
export async function newPerson(mandant: Mandant, rollen: readonly Rolle[] = ['sachbearbeitung'], { mussAendern = false, kontoVon }: { mussAendern?: boolean; kontoVon?: string } = {}) {
  const anmeldename = kontoVon ?? `person-${process.pid}-${nummer++}`;
  const konto = kontoVon ? undefined : { anmeldename, passwortHash: hash, mussAendern };
  if (!konto) {
    const { call } = mandant.as('administration', [], http);
    const { benutzer } = await call(api.createBenutzer, { body: { nachname: 'Gast', anmeldename, bestehendesKonto: true, rollen: rollen.map((r) => mandant.rolle(r) as never) } });
    return { id: benutzer.id as string, anmeldename };
  }
  const id = await database.write(mandant.system, (tx) => createBenutzer(tx, { vorname: 'Käte', nachname: 'Böttcher', konto, rollen: rollen.map((r) => mandant.rolle(r)) }));
  return { id, anmeldename };
}

let adresse = 0;
/** Every browser sits at an address of its own, so that tests do not slow each other down. */
export function newBrowser(remoteAddress = `10.${process.pid % 200}.${Math.floor(adresse / 250)}.${(adresse++ % 250) + 1}`) {
  const jar: { cookie?: string; token?: string } = {};
  const call = createClient(async ({ method, url, headers, body }) => {
    const answer = await http.inject({
      method, url: API + url, remoteAddress, ...(body !== undefined && { payload: body as object }),
      headers: { 'user-agent': 'Prüfbrowser', ...headers, ...(jar.cookie && { cookie: jar.cookie }), ...(jar.token && { authorization: `Bearer ${jar.token}` }) },
    });
    for (const { name, value } of answer.cookies) jar.cookie = `${name}=${value}`;
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  });
  const login = (anmeldename: string, passwort = KENNWORT, mandantId?: string) => call(api.login, { body: { anmeldename, passwort, ...(mandantId && { mandantId: mandantId as never }) } });
  return { jar, call, login };
}
