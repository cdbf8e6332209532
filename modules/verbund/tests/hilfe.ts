import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { api as ablage, InhaltId } from '#modules/ablage/contract.ts';
import { api as plan } from '#modules/aktenplan/contract.ts';
import { api as organisation } from '#modules/organisation/contract.ts';
import { api as protokoll } from '#modules/protokoll/contract.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { API } from '#platform/server/http/http.ts';
import { startWorker } from '#platform/server/jobs.ts';
import { heute } from '#platform/server/zeit.ts';
import { ownerUrl, workerUrl } from '#platform/testing/database.ts';
import { buildTestHttp, database, databaseName, io, log, modules, newMandant, queryAs, verbundId } from '#platform/testing/test.ts';
import { createClient } from '#platform/web/client.ts';
import { api } from '../contract.ts';

export const http = await buildTestHttp(modules);
export type Person = ReturnType<ReturnType<typeof newMandant>['as']>;
export const startJobs = () => startWorker({ modules, database, io, verbundId, log, queueUrl: workerUrl(databaseName), listMandantIds: async () => [] });
export const until = (when: () => Promise<void>) => vi.waitFor(when, { timeout: 30_000, interval: 100 });
export const inTagen = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString();

/** The same person as a guest of that Mandant. */
export const bei = (person: Person, mandantId: string) => createClient(async ({ method, url, headers, body }) => {
  const answer = await http.inject({ method, url: `${API}/bei/${mandantId}${url}`, headers: { authorization: person.id, ...headers }, ...(body !== undefined && { payload: body as object }) });
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
});
export async function upload(person: Person, text: string, dateiname = 'brief.txt', prefix = '') {
  const answer = await http.inject({ method: ablage.uploadInhalt.method, url: API + prefix + ablage.uploadInhalt.path, payload: Buffer.from(text), headers: { authorization: person.id, 'content-type': 'text/plain', 'x-dateiname': dateiname, 'idempotency-key': randomUUID() } });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return InhaltId.parse((answer.json() as { id: string }).id);
}

/** A county with an Akte, a Vorgang in it with a Dokument, and a second Akte beside. */
export async function newEigner() {
  const mandant = newMandant();
  const registratur = mandant.as('registratur', ['10'], http), leitung = mandant.as('leitung', ['63'], http), clerk = mandant.as('sachbearbeitung', ['63'], http), administration = mandant.as('administration', ['10'], http);
  const { id: aktenplanId } = await registratur.call(plan.createAktenplan, { body: { bezeichnung: 'Aktenplan', versionsbezeichnung: '1', gueltigVon: '2020-01-01' } });
  const einheit = await registratur.call(plan.createAktenplaneinheit, { body: { aktenplanId, kennzeichen: '631.20', betreffKurz: 'Bauvorhaben' } });
  const createAkte = (betreff: string) => clerk.call(schriftgut.createAkte, { body: { aktenplaneinheitId: einheit.id, betreff } });
  const akte = await createAkte('Kreisstraße 7, Brücke über die Aue'), andere = await createAkte('Geht niemanden an');
  const vorgang = await clerk.call(schriftgut.createVorgang, { body: { akteId: akte.id, betreff: 'Statik der Brücke' } });
  const dokument = await clerk.call(schriftgut.createDokument, { body: { vorgangId: vorgang.id, betreff: 'Prüfbericht', art: 'intern', datumDesSchreibens: '2026-11-01', formate: [{ inhaltId: await upload(clerk, 'Der Überbau ist tragfähig.') }] } });
  return { mandant, registratur, leitung, clerk, administration, akte, andere, vorgang, dokument };
}
/** Another county, whose office 66 may be addressed and whose office 20 may not. */
export async function newEmpfaenger() {
  const mandant = newMandant();
  const administration = mandant.as('administration', ['10'], http), clerk = mandant.as('sachbearbeitung', ['66'], http), leser = mandant.as('leser', ['66'], http), leitung = mandant.as('leitung', ['66'], http), fremd = mandant.as('sachbearbeitung', ['20'], http);
  const oe = await administration.call(organisation.getOrganisationseinheit, { params: { id: mandant.oe('66') as never } });
  await administration.call(organisation.updateOrganisationseinheit, { params: { id: oe.id }, ifMatch: oe.version, body: { adressierbar: true } });
  return { mandant, administration, clerk, leser, leitung, fremd, oe: oe.id as string };
}
type Eigner = Awaited<ReturnType<typeof newEigner>>;
type Empfaenger = Awaited<ReturnType<typeof newEmpfaenger>>;
export const share = (eigner: Eigner, empfaenger: Empfaenger, more: object = {}, wer: Person = eigner.leitung) =>
  wer.call(api.createVerbundfreigabe, { body: { objektTyp: 'akte', objektId: eigner.akte.id, mandantId: empfaenger.mandant.mandantId as never, empfaengerArt: 'oe', empfaengerId: empfaenger.oe, stufe: 'lesen', zweck: 'Gemeinsame Brücke', bis: inTagen(30), ...more } });
export const erhaltene = async (person: Person, query: object = {}) => (await person.call(api.listErhalteneVerbundfreigaben, { query: query as never })).eintraege;
export const lesezugriffe = (mandant: Pick<Eigner['mandant'], 'mandantId'>) => queryAs((n) => `${ownerUrl(n)}?options=${encodeURIComponent(`-c app.mandant=${mandant.mandantId}`)}`, 'select * from platform.lesezugriff order by id') as Promise<{ operation: string; akteur_art: string; akteur_id: string; herkunft_id: string | null; bei_id: string | null; objekte: { typ: string; id: string; art: string; kennzeichen?: string | null }[] }[]>;
/** What the Revision of the guest's own Mandant is shown of his reads. */
export async function readAsRevision({ mandant, clerk }: Pick<Empfaenger, 'mandant' | 'clerk'>) {
  const [eins, zwei] = [mandant.as('revision', [], http), mandant.as('revision', [], http)];
  const { id } = await eins.call(protokoll.requestEinsicht, { body: { zielArt: 'person', zielId: clerk.id as never, von: heute(), bis: heute(), grund: 'Nachfrage der anderen Verwaltung' } });
  await zwei.call(protokoll.grantEinsicht, { params: { id }, body: {} });
  return (await eins.call(protokoll.listLesezugriffe, { params: { id }, query: {} })).eintraege.flatMap((l) => l.objekte);
}
