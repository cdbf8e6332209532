import { expect, test } from 'vitest';
import { newMandant, io } from '#platform/testing/test.ts';
import { api } from '../contract.ts';

const angaben = { bezeichnung: 'Bauamt', host: 'imap.example.org', benutzername: 'bauamt', kennwort: 'sehr geheim' };
async function newPostfach() {
  const mandant = newMandant();
  const verwaltung = mandant.as('administration', ['10']);
  const postfach = await verwaltung.call(api.createPostfach, { body: { ...angaben, organisationseinheitId: mandant.oe('63.1') as never } });
  return { mandant, verwaltung, postfach };
}

test('a mailbox is set up, changed from the version that stands, stopped and removed; its Kennwort is told to nobody', async () => {
  const { mandant, verwaltung, postfach } = await newPostfach();
  expect(postfach).toMatchObject({ port: 993, sicherheit: 'tls', ordnerVerarbeitet: 'Verarbeitet', pausiert: false, stand: { fehler: null, erfasst: 0 }, organisationseinheit: { kennzeichen: '63.1' } });
  expect(JSON.stringify(await verwaltung.call(api.listPostfaecher, {}))).not.toContain('geheim');
  const params = { id: postfach.id };
  expect(await verwaltung.call(api.updatePostfach, { params, ifMatch: 1, body: { pausiert: true } })).toMatchObject({ version: 2, pausiert: true });
  await expect(verwaltung.call(api.updatePostfach, { params, ifMatch: 1, body: { bezeichnung: 'Später' } })).rejects.toMatchObject({ status: 412 });
  expect((await mandant.ereignisse()).at(-1)).toMatchObject({ art: 'postfach.geaendert', daten: { aenderungen: [{ feld: 'pausiert', alt: false, neu: true }] } });
  expect(JSON.stringify(await mandant.ereignisse())).not.toContain('geheim');
  await verwaltung.call(api.deletePostfach, { params, ifMatch: 2 });
  expect(await verwaltung.call(api.listPostfaecher, {})).toMatchObject({ gesamt: 0 });
  // its address is free again
  await verwaltung.call(api.createPostfach, { body: { ...angaben, organisationseinheitId: mandant.oe('63.1') as never } });
});
test('the kept Kennwort is sent nowhere but to the server and name it was typed in for', async () => {
  const { verwaltung, postfach } = await newPostfach();
  for (const body of [{ host: 'boese.example.org' }, { port: 143 }, { benutzername: 'andere' }, { sicherheit: 'keine' as const }]) {
    await expect(verwaltung.call(api.updatePostfach, { params: { id: postfach.id }, ifMatch: 1, body })).rejects.toMatchObject({ status: 422, code: 'postfach.kennwort_noetig' });
    await expect(verwaltung.call(api.verifyZugang, { body: { ...angaben, port: 993, sicherheit: 'tls', ordnerEingang: 'INBOX', ordnerVerarbeitet: 'V', ordnerFehler: 'F', kennwort: undefined, postfachId: postfach.id, ...body } as never })).rejects.toMatchObject({ status: 422 });
  }
  expect(await verwaltung.call(api.updatePostfach, { params: { id: postfach.id }, ifMatch: 1, body: { host: 'neu.example.org', kennwort: 'anderes' } })).toMatchObject({ host: 'neu.example.org' });
});
test('one mailbox is fetched once in a Mandant; who does not administer sees none', async () => {
  const { mandant, verwaltung } = await newPostfach();
  await expect(verwaltung.call(api.createPostfach, { body: { ...angaben, host: 'IMAP.example.org', organisationseinheitId: mandant.oe('32') as never } })).rejects.toMatchObject({ status: 409, code: 'postfach.zugang_vergeben' });
  await expect(mandant.as('sachbearbeitung').call(api.listPostfaecher, {})).rejects.toMatchObject({ status: 403 });
  expect(await newMandant().as('administration').call(api.listPostfaecher, {})).toMatchObject({ gesamt: 0 });
});
test('a sealed Kennwort opens for its Mandant and its use alone', () => {
  const sealed = io.geheimnis.seal('a', 'postfach', 'Straße ☂');
  expect([io.geheimnis.open('a', 'postfach', sealed), sealed.includes('Straße')]).toEqual(['Straße ☂', false]);
  expect(() => io.geheimnis.open('b', 'postfach', sealed)).toThrow(/Unsupported state|auth/);
  expect(() => io.geheimnis.open('a', 'anderes', sealed)).toThrow(/Unsupported state|auth/);
  expect(() => io.geheimnis.open('a', 'postfach', sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA'))).toThrow(/Unsupported state|auth/);
});
