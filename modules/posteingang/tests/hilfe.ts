import { randomUUID } from 'node:crypto';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { api as ablage, InhaltId } from '#modules/ablage/contract.ts';
import { api as plan } from '#modules/aktenplan/contract.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import type { RequestContext } from '#platform/server/context.ts';
import { API } from '#platform/server/http/http.ts';
import type { Job } from '#platform/server/module.ts';
import { buildTestHttp, database, io, modules, newMandant } from '#platform/testing/test.ts';
import { pathOf } from '#platform/web/client.ts';
import { api, type EingangId } from '../contract.ts';

export const http = await buildTestHttp(modules);
type Person = ReturnType<ReturnType<typeof newMandant>['as']>;

/** Puts a file into the store, as the web does. */
export async function upload(person: Person, inhalt: Buffer | string, dateiname = 'brief.txt', mime = 'text/plain') {
  const answer = await http.inject({ method: 'POST', url: API + pathOf(ablage.uploadInhalt, {}), payload: Buffer.from(inhalt as string), headers: { authorization: person.id, 'content-type': mime, 'x-dateiname': encodeURIComponent(dateiname), 'idempotency-key': randomUUID() } });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return InhaltId.parse((answer.json() as { id: string }).id);
}
export const download = (person: Person, inhaltId: string) => http.inject({ method: 'GET', url: `${API}/inhalte/${inhaltId}`, headers: { authorization: person.id } });

/** A Mandant with a plan, a Poststelle and clerks of two offices. */
export async function newPosteingang() {
  const mandant = newMandant();
  const registratur = mandant.as('registratur', ['10']);
  const poststelle = mandant.as('poststelle', ['10.1']);
  const clerk = mandant.as('sachbearbeitung', ['63.1']);
  const other = mandant.as('sachbearbeitung', ['32']);
  const { id: aktenplanId } = await registratur.call(plan.createAktenplan, { body: { bezeichnung: 'Aktenplan', versionsbezeichnung: '1', gueltigVon: '2020-01-01' } });
  const einheit = await registratur.call(plan.createAktenplaneinheit, { body: { aktenplanId, kennzeichen: '631.20', betreffKurz: 'Bauvorhaben' } });
  const create = async (person: Person = clerk, more: object = {}, inhalt: Buffer | string = `Brief ${randomUUID()}`, dateiname?: string) =>
    person.call(api.createEingang, { body: { inhaltId: await upload(person, inhalt, dateiname), absender: 'Notarin Dr. Vollmer', ...more } });
  const createAkte = (person: Person = clerk, betreff = 'Lindenstraße 14') => person.call(schriftgut.createAkte, { body: { aktenplaneinheitId: einheit.id, betreff } });
  const createVorgang = async (person: Person = clerk) => {
    const akte = await createAkte(person);
    return person.call(schriftgut.createVorgang, { body: { akteId: akte.id, betreff: 'Antrag' } });
  };
  const file = (person: Person, id: EingangId, ziel: object, more: object = {}) => person.call(api.fileEingang, { params: { id }, body: { ziel: ziel as never, ...more } });
  return { mandant, registratur, poststelle, clerk, other, einheit, create, createAkte, createVorgang, file };
}

export const refusal = (answer: Promise<unknown>) => answer.then(() => 'no refusal', (e: { code: string; status: number }) => `${e.status} ${e.code}`);

export async function makePdf(texte: readonly string[]): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const text of texte) pdf.addPage([595, 842]).drawText(text, { x: 60, y: 760, size: 12, font });
  return Buffer.from(await pdf.save());
}

/** Runs a job as the worker does, without its queue. `crashAfter`: ends like a killed process there. */
export async function runJob(job: Job, payload: unknown, { mandantId, config = {}, crashAfter }: { mandantId: string; config?: object; crashAfter?: 'work' }) {
  const ctx: RequestContext = { mandantId, verbundId: mandantId, akteur: { art: 'system', id: job.name, rollen: [], rechte: new Set(job.rechte), organisationseinheiten: [] }, weg: 'job', korrelationId: randomUUID() };
  const data = await database.read(ctx, (tx) => job.load(tx, job.payload.parse(payload)));
  const result = await job.work({ ...io, config: { ...io.config, ...config } }, data, ctx);
  if (crashAfter !== 'work') await database.write(ctx, (tx) => job.store(tx, result));
  return result;
}
