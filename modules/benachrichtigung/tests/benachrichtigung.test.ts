import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { startWorker } from '#platform/server/jobs.ts';
import { defineModule } from '#platform/server/module.ts';
import { ownerUrl, workerUrl } from '#platform/testing/database.ts';
import { buildTestHttp, databaseName, io, log, mails, modules, newMandant, openTestDatabase, queryAs, verbundId } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { renderMail, taeglich, verteilen } from '../server/jobs.ts';

const an = new Map<string, string[]>();
const probe = defineModule({
  name: 'probe',
  extensions: { benachrichtigungsanlass: [{
    schluessel: 'probe.neu', titel: 'Etwas Neues', ereignisse: ['probe.geschehen'], vorgabe: 'postfach',
    create: async (_tx, e) => (an.get(e.objekte.probe![0]!) ?? []).map((benutzerId) => ({ benutzerId, satz: 'Neues', zusatz: ' zu Bauantrag Müller', pfad: '/akten/1' })),
  }] },
});
const all = [...modules, probe];
const database = openTestDatabase(all);
const http = await buildTestHttp(all, database);
const geschehen = (ctx: Parameters<typeof database.write>[0], probeId: string, daten = {}) => database.write(ctx, (tx) => tx.record({ art: 'probe.geschehen', objekte: { probe: probeId }, daten }));
const work = async (until: () => Promise<void>) => {
  const worker = await startWorker({ modules: all, database, io: { ...io, config: { ...io.config, OEFFENTLICHE_URL: 'https://akte.example' } }, verbundId, queueUrl: workerUrl(databaseName), listMandantIds: async () => [], log });
  await vi.waitFor(until, { timeout: 15_000, interval: 50 });
  await worker.stop();
};

test('who is concerned finds it at the bell, once, and others do not; whoever did it is not told', async () => {
  const mandant = newMandant();
  const [frau, mann, fremd] = [mandant.as('sachbearbeitung', ['amt-10'], http), mandant.as('sachbearbeitung', ['amt-10'], http), newMandant().as('sachbearbeitung', ['amt-10'], http)];
  const id = randomUUID();
  an.set(id, [frau.id, mann.id]);
  await geschehen(mann.ctx, id);
  await work(async () => expect((await frau.call(api.listBenachrichtigungen, { query: {} })).gesamt).toBe(1));
  const [eine] = (await frau.call(api.listBenachrichtigungen, { query: { ungelesen: 'true' } })).eintraege;
  expect(eine).toMatchObject({ anlass: 'probe.neu', text: 'Neues zu Bauantrag Müller', pfad: '/akten/1', gelesen: false });
  expect((await mann.call(api.listBenachrichtigungen, { query: {} })).gesamt).toBe(0);
  expect((await fremd.call(api.listBenachrichtigungen, { query: {} })).gesamt).toBe(0);
  expect(await frau.call(api.updateBenachrichtigungen, { body: { ids: [eine!.id] } })).toEqual({ ungelesen: 0 });
});
test('the same Ereignis a second time has no second effect', async () => {
  const mandant = newMandant();
  const frau = mandant.as('sachbearbeitung', ['amt-10'], http);
  const payload = { ereignisId: 7, art: 'probe.geschehen', akteurId: 'x', objekte: { probe: [randomUUID()] }, daten: {} };
  an.set(payload.objekte.probe[0]!, [frau.id]);
  for (let i = 0; i < 2; i++) {
    const data = await database.read(mandant.system, (tx) => verteilen.load(tx, payload));
    await database.write(mandant.system, (tx) => verteilen.store(tx, data));
  }
  expect((await frau.call(api.listBenachrichtigungen, { query: {} })).gesamt).toBe(1);
});
test('e-mail at once, once a day, or not at all, as each person chose; with a link and without a Betreff', async () => {
  const mandant = newMandant();
  const [sofort, tag, nie] = ['sofort', 'taeglich', 'nicht'].map(() => mandant.as('sachbearbeitung', ['amt-10'], http)) as [ReturnType<typeof mandant.as>, ReturnType<typeof mandant.as>, ReturnType<typeof mandant.as>];
  for (const [person, weg] of [[sofort, 'sofort'], [tag, 'taeglich'], [nie, 'nicht']] as const) await person.call(api.updateBenachrichtigungseinstellung, { body: { anlass: 'probe.neu', weg } });
  const asOwner = (n: string) => `${ownerUrl(n)}?options=${encodeURIComponent(`-c app.mandant=${mandant.mandantId}`)}`;
  await queryAs(asOwner, 'alter table organisation.benutzer disable trigger user');
  await queryAs(asOwner, "update organisation.benutzer set email = id || '@lk.example'");
  await queryAs(asOwner, 'alter table organisation.benutzer enable trigger user');
  const id = randomUUID();
  an.set(id, [sofort.id, tag.id, nie.id]);
  await geschehen(mandant.system, id);
  await work(async () => expect(mails.some((m) => m.an === `${sofort.id}@lk.example`)).toBe(true));
  const mail = mails.find((m) => m.an === `${sofort.id}@lk.example`)!;
  expect(mail.text).toContain('https://akte.example/akten/1');
  expect(mail.text + mail.betreff).not.toContain('Müller');
  expect(mails.filter((m) => [tag.id, nie.id].some((p) => m.an.startsWith(p)))).toEqual([]);
  expect((await nie.call(api.listBenachrichtigungen, { query: {} })).gesamt).toBe(0);
  await database.write(mandant.system, (tx) => tx.enqueue(taeglich, {}));
  await work(async () => expect(mails.some((m) => m.an === `${tag.id}@lk.example`)).toBe(true));
});
test('an Anlass nobody registers cannot be chosen', async () => {
  await expect(newMandant().as('leser', [], http).call(api.updateBenachrichtigungseinstellung, { body: { anlass: 'x', weg: 'sofort' } })).rejects.toMatchObject({ status: 422, code: 'benachrichtigung.anlass_unbekannt' });
});
test('a mail names each object by its link', () => {
  expect(renderMail([{ satz: 'A', pfad: '/a' }, { satz: 'B', pfad: '/b' }], 'https://x')).toMatchObject({ betreff: 'Verbundakte: 2 neue Benachrichtigungen', text: expect.stringMatching(/^A\nhttps:\/\/x\/a\n\nB\nhttps:\/\/x\/b/) });
});
