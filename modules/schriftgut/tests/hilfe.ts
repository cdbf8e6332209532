import { vi } from 'vitest';
import { createAktenplan, createAktenplaneinheit, getAktenplaneinheitenKurz } from '#modules/aktenplan/server/index.ts';
import { AktenplanAnlegen, AktenplaneinheitAnlegen } from '#modules/aktenplan/contract.ts';
import type { buildHttp } from '#platform/server/http/http.ts';
import type { Klasse } from '#platform/server/policy.ts';
import { API } from '#platform/server/http/http.ts';
import { database, newMandant } from '#platform/testing/test.ts';
import { api as ablage } from '#modules/ablage/contract.ts';
import { api as zugriff, type SchutzbereichId } from '#modules/zugriff/contract.ts';
import { api } from '../contract.ts';

// Through HTTP and PostgreSQL, beside other suites on the same machine.
vi.setConfig({ testTimeout: 60_000 });

export type Mandant = ReturnType<typeof newMandant>;
export type Person = ReturnType<Mandant['as']>;
type Http = Awaited<ReturnType<typeof buildHttp>>;

/** A Mandant with a plan and one unit that takes Akten. */
export async function newBehoerde(einheit: Partial<Parameters<typeof AktenplaneinheitAnlegen.parse>[0] & object> = {}) {
  const mandant = newMandant();
  const plan = await database.write(mandant.system, (tx) => createAktenplan(tx, AktenplanAnlegen.parse({ bezeichnung: 'Aktenplan', versionsbezeichnung: '1', gueltigVon: '2020-01-01' })));
  const add = async (kennzeichen: string, more: object = {}) => (await database.write(mandant.system, (tx) =>
    createAktenplaneinheit(tx, AktenplaneinheitAnlegen.parse({ aktenplanId: plan.id, kennzeichen, betreffKurz: `Betreff ${kennzeichen}`, aussonderungsart: 'V', aufbewahrungsdauer: 10, ...more })))).id;
  const einheitId = await add('631', einheit);
  const sb = mandant.as('sachbearbeitung');
  return {
    ...mandant, einheitId, addEinheit: add, sb,
    oeId: mandant.oe('amt-10'),
    akte: (more: object = {}, wer: Person = sb) => wer.call(api.createAkte, { body: { aktenplaneinheitId: einheitId, betreff: 'Neubau Lindenstraße 14', federfuehrungId: mandant.oe('amt-10'), ...more } }),
  };
}

export const vorgangIn = (wer: Person, akteId: string, more: object = {}) => wer.call(api.createVorgang, { body: { akteId, betreff: 'Antrag', ...more } });
export const EINGANG = { art: 'eingang' as const, betreff: 'Bauantrag', datumDesSchreibens: '2026-10-05', posteingangsdatum: '2026-10-06', kontakte: [{ art: 'absender' as const, vorname: 'Lena', familienname: 'Hoffmann' }] };

/** Everything of this unit is of this class from now on. */
export async function setKlasse({ as, system }: Mandant, einheitId: string, klasse: Klasse) {
  if (klasse === 'vs_nfd') await as('geheimschutz').call(zugriff.updateGeheimschutz, { ifMatch: 0, body: { aktiv: true, aktenzeichen: 'ÖS II 5', freigabeVom: '2026-01-15' } });
  const id = (await database.read(system, (tx) => getAktenplaneinheitenKurz(tx, [einheitId]))).get(einheitId)!.schutzId as SchutzbereichId;
  await as('administration').call(zugriff.updateSchutzbereich, { params: { id }, ifMatch: 1, body: { klasse } });
}

/** Uploads bytes as this person, through the edge. */
export async function upload(http: Http, wer: Person, inhalt: string | Buffer, dateiname = 'brief.txt', mime = 'text/plain'): Promise<string> {
  const answer = await http.inject({ method: 'POST', url: API + ablage.uploadInhalt.path, payload: Buffer.from(inhalt),
    headers: { authorization: wer.id, 'content-type': mime, 'x-dateiname': encodeURIComponent(dateiname), 'idempotency-key': `${Math.random()}` } });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<{ id: string }>().id;
}
/** The refusal that a call ends in. */
export const refusal = (call: Promise<unknown>) => call.then(() => { throw new Error('was not refused'); }, (e: { status: number; code: string; details: any }) => ({ status: e.status, code: e.code, details: e.details }));
