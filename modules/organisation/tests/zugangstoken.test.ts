import { expect, test, vi } from 'vitest';
import { ownerUrl } from '#platform/testing/database.ts';
import { newMandant, queryAs } from '#platform/testing/test.ts';
import { api, type BenutzerId, type RolleId } from '../contract.ts';
import { http, newBrowser, newPerson } from './browser.ts';

vi.setConfig({ testTimeout: 60_000 });

async function withToken(body: { name: string; erlaubt?: string[]; tage?: number }) {
  const mandant = newMandant();
  const person = await newPerson(mandant, ['administration']);
  const browser = newBrowser();
  await browser.login(person.anmeldename);
  const { token, zugangstoken } = await browser.call(api.createZugangstoken, { body });
  const machine = newBrowser();
  machine.jar.token = token!;
  return { mandant, person, browser, machine, token: token!, zugangstoken };
}

test('a token acts for its Benutzer as a machine, with no more Rechte than it names', async () => {
  const { mandant, person, machine } = await withToken({ name: 'Abgleich', erlaubt: ['benutzer.sehen', 'organisationseinheit.verwalten', 'akte.lesen'] });
  expect(await machine.call(api.getIch, {})).toMatchObject({ id: person.id, rechte: ['benutzer.sehen', 'organisationseinheit.verwalten'] });
  await machine.call(api.createOrganisationseinheit, { body: { kennzeichen: '1', bezeichnung: 'Amt' } });
  expect((await mandant.ereignisse()).at(-1)).toMatchObject({ art: 'organisationseinheit.angelegt', akteur_art: 'maschine', akteur_id: person.id, weg: 'api' });
  await expect(machine.call(api.createBenutzer, { body: { anmeldename: 'x', nachname: 'X' } })).rejects.toMatchObject({ status: 403 });
});

test('what the person loses, the token loses with the next request', async () => {
  const { mandant, person, machine } = await withToken({ name: 'Abgleich' });
  const other = mandant.as('administration', [], http);
  await machine.call(api.listBenutzer, { query: {} });
  await other.call(api.assignRollen, { params: { id: person.id as BenutzerId }, ifMatch: 1, body: { rollen: [mandant.rolle('betrieb') as RolleId] } });
  expect((await machine.call(api.getIch, {})).rechte).not.toContain('benutzer.verwalten');
});

test('only its hash is kept; it is listed without it, ends at its time and when it is revoked', async () => {
  const { browser, machine, token, zugangstoken } = await withToken({ name: 'Abgleich', tage: 30 });
  expect(token).toMatch(/^va_[\w-]{43}$/);
  const { eintraege } = await browser.call(api.listZugangstoken, {});
  expect(eintraege).toMatchObject([{ id: zugangstoken.id, name: 'Abgleich', zuletzt: null }]);
  const dump = await queryAs(ownerUrl, 'select t::text from organisation.zugangstoken t union all select s::text from organisation.sitzung s');
  expect(JSON.stringify(dump)).not.toContain(token.slice(3));
  await machine.call(api.getIch, {});
  await expect.poll(async () => (await browser.call(api.listZugangstoken, {})).eintraege[0]!.zuletzt).not.toBeNull();
  const set = (ablauf: string) => queryAs(ownerUrl, `update organisation.zugangstoken set ablauf = ${ablauf} where id = '${zugangstoken.id}'`);
  await set('now()');
  await expect(machine.call(api.getIch, {})).rejects.toMatchObject({ status: 401 });
  await set("now() + interval '1 day'");
  await machine.call(api.getIch, {});
  await browser.call(api.revokeZugangstoken, { params: { id: zugangstoken.id } });
  await expect(machine.call(api.getIch, {})).rejects.toMatchObject({ status: 401 });
  await expect(browser.call(api.revokeZugangstoken, { params: { id: zugangstoken.id } })).rejects.toMatchObject({ status: 404 });
});

test('a token makes no token and changes no password, and nobody revokes that of another', async () => {
  const { machine, zugangstoken } = await withToken({ name: 'a' });
  const { browser: other } = await withToken({ name: 'b' });
  await expect(machine.call(api.createZugangstoken, { body: { name: 'c' } })).rejects.toMatchObject({ code: 'zugangstoken.nur_mit_sitzung' });
  await expect(machine.call(api.updatePasswort, { body: { alt: 'x', neu: 'y' } })).rejects.toMatchObject({ code: 'passwort.nur_mit_sitzung' });
  await expect(other.call(api.revokeZugangstoken, { params: { id: zugangstoken.id } })).rejects.toMatchObject({ status: 404 });
});

test.each(['', 'va_', 'va_falsch', 'Bearer', `va_${'x'.repeat(5000)}`, "va_'; drop table x; --"])('a token that is none: %s', async (token) => {
  const browser = newBrowser();
  browser.jar.token = token;
  await expect(browser.call(api.getIch, {})).rejects.toMatchObject({ status: 401 });
});
