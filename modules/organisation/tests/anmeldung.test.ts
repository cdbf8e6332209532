import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { API, buildHttp } from '#platform/server/http/http.ts';
import { ownerUrl } from '#platform/testing/database.ts';
import { database, io, log, modules, newMandant, queryAs, verbundId } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { http, KENNWORT, newBrowser, newPerson } from './browser.ts';

vi.setConfig({ testTimeout: 60_000 }); // a password takes its time, on purpose
const asVerbund = (name: string) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${verbundId}`)}`;
const failed = { status: 401, code: 'anmeldung.fehlgeschlagen' };

test('who logs in is known, with Rechte, Rollen and OEs, until logging out', async () => {
  const mandant = newMandant();
  const { anmeldename, id } = await newPerson(mandant, ['leser', 'administration']);
  const { call, login, jar } = newBrowser();
  await expect(call(api.getIch, {})).rejects.toMatchObject({ status: 401 });
  expect(await login(`  ${anmeldename.toUpperCase()} `)).toMatchObject({ mandantId: mandant.mandantId, passwortAendern: false });
  const ich = await call(api.getIch, {});
  expect(ich).toMatchObject({ id, name: 'Käte Böttcher', kurz: 'K. Böttcher', anmeldename, mandant: { id: mandant.mandantId }, rollen: [{ bezeichnung: 'Administration' }, { bezeichnung: 'Leser' }] });
  expect(ich.rechte).toContain('benutzer.verwalten');
  expect(ich.rechte).not.toContain('mandant.verwalten');
  const old = jar.cookie!;
  await call(api.logout, {});
  jar.cookie = old;
  await expect(call(api.getIch, {})).rejects.toMatchObject({ status: 401 });
});

test('the cookie is for this host alone, out of reach of scripts; on plain http its name carries the port', async () => {
  const { anmeldename } = await newPerson(newMandant());
  const payload = { anmeldename, passwort: KENNWORT };
  const [plain] = (await http.inject({ method: 'POST', url: `${API}/anmeldung`, payload, remoteAddress: '10.201.0.1' })).cookies;
  expect(plain).toMatchObject({ name: 'sitzung-0', httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(plain).not.toHaveProperty('domain');
  const proxied = await buildHttp({ modules, database, io, log, verbundId, authenticate: async () => undefined, trustedProxies: ['10.201.0.1'] });
  const [guarded] = (await proxied.inject({ method: 'POST', url: `${API}/anmeldung`, payload, remoteAddress: '10.201.0.1', headers: { 'x-forwarded-proto': 'https' } })).cookies;
  expect(guarded).toMatchObject({ name: '__Host-sitzung', secure: true, httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(guarded).not.toHaveProperty('domain');
  await proxied.close();
});

test('an unknown name, a wrong password and a wrong name are told alike', async () => {
  const { anmeldename } = await newPerson(newMandant());
  await expect(newBrowser().login(anmeldename, 'falsch')).rejects.toMatchObject(failed);
  await expect(newBrowser().login('niemand', 'falsch')).rejects.toMatchObject(failed);
});

test('an unknown name takes as long as a wrong password', async () => {
  const { anmeldename } = await newPerson(newMandant());
  const time = async (name: string) => { const start = performance.now(); await newBrowser().login(name, 'falsch').catch(() => {}); return performance.now() - start; };
  const [known, unknown]: number[][] = [[], []];
  await time('warm');
  for (let i = 0; i < 4; i++) { known!.push(await time(anmeldename)); unknown!.push(await time(`niemand-${i}`)); }
  // Without the work for nobody it would be a fiftieth. The quickest of four: whatever else the machine does only adds.
  expect(Math.min(...unknown!) / Math.min(...known!)).toBeGreaterThan(0.4);
});

test('a failed login is recorded in the Verbund without what was typed', async () => {
  const { anmeldename } = await newPerson(newMandant());
  await newBrowser().login(anmeldename, 'mein-geheimnis').catch(() => {});
  const ereignisse = await queryAs(asVerbund, `select e.akteur_id, d.daten, e.art from platform.ereignis e left join platform.ereignis_daten d on (d.mandant_id, d.ereignis_id) = (e.mandant_id, e.id)
    join platform.ereignis_objekt o on (o.mandant_id, o.ereignis_id) = (e.mandant_id, e.id) join organisation.konto k on k.id = o.objekt_id where k.anmeldename = $1 and e.art like 'anmeldung.%'`, [anmeldename]);
  expect(ereignisse).toEqual([{ art: 'anmeldung.fehlgeschlagen', akteur_id: 'oeffentlich', daten: null }]);
});

// Again when the machine was so slow that the waiting itself forgave an attempt.
test('guessing at one account is slowed down, from wherever; the right password has to wait as well, and others need not', { retry: 2 }, async () => {
  const mandant = newMandant();
  const [{ anmeldename }, other] = [await newPerson(mandant), await newPerson(mandant)];
  const answers = await Promise.all(Array.from({ length: 20 }, () => newBrowser().login(anmeldename, 'falsch').catch((error: { status: number }) => error.status)));
  expect(answers.filter((status) => status === 401)).toHaveLength(6);
  expect(answers.filter((status) => status === 429)).toHaveLength(14);
  await expect(newBrowser().login(anmeldename)).rejects.toMatchObject({ status: 429, code: 'anmeldung.gebremst', details: { sekunden: expect.any(Number) } });
  await newBrowser().login(other.anmeldename);
  // The time goes by, and what it forgives is not forgotten at once: the next failure waits longer.
  const wait = () => queryAs(ownerUrl, `update organisation.anmeldeversuch set zuletzt = zuletzt - interval '20 seconds' where schluessel = decode('${createHash('sha256').update(`konto:${anmeldename}`).digest('hex')}', 'hex')`);
  await wait();
  await expect(newBrowser().login(anmeldename, 'falsch')).rejects.toMatchObject({ status: 401 });
  await wait();
  await expect(newBrowser().login(anmeldename)).rejects.toMatchObject({ status: 429 });
  await wait();
  await newBrowser().login(anmeldename);
  await expect(newBrowser().login(anmeldename, 'falsch')).rejects.toMatchObject({ status: 401 });
});

test('guessing at many accounts from one address is slowed down too', async () => {
  const { anmeldename } = await newPerson(newMandant());
  const attacker = newBrowser('2001:db8:1:2::1');
  const neighbour = newBrowser('2001:db8:1:2:ffff::9');
  await attacker.login('opfer', 'x').catch(() => {});
  await queryAs(ownerUrl, `update organisation.anmeldeversuch set anzahl = 51 where schluessel = decode('${createHash('sha256').update('adresse:2001:db8:1:2').digest('hex')}', 'hex')`);
  await expect(neighbour.login(anmeldename)).rejects.toMatchObject({ status: 429 });
  await newBrowser('2001:db8:1:3::1').login(anmeldename);
});

test('a session ends by idling, by its absolute end, by revocation, and by nothing else', async () => {
  const { anmeldename } = await newPerson(newMandant());
  const [here, there] = [newBrowser(), newBrowser()];
  const alive = (browser: typeof here) => browser.call(api.getIch, {}).then(() => true, () => false);
  await here.login(anmeldename);
  await there.login(anmeldename);
  const { eintraege } = await here.call(api.listSitzungen, {});
  expect(eintraege.map((s) => s.aktuell).toSorted()).toEqual([false, true]);
  expect(eintraege[0]).toMatchObject({ geraet: 'Prüfbrowser' });
  const other = eintraege.find((s) => !s.aktuell)!;
  await here.call(api.revokeSitzung, { params: { id: other.id } });
  expect([await alive(here), await alive(there)]).toEqual([true, false]);
  const own = `where id = '${eintraege.find((s) => s.aktuell)!.id}'`;
  await queryAs(ownerUrl, `update organisation.sitzung set zuletzt = now() - interval '59 minutes' ${own}`);
  expect(await alive(here)).toBe(true);
  await expect.poll(() => queryAs(ownerUrl, `select zuletzt > now() - interval '1 minute' as frisch from organisation.sitzung ${own}`)).toEqual([{ frisch: true }]);
  await queryAs(ownerUrl, `update organisation.sitzung set zuletzt = now() - interval '61 minutes' ${own}`);
  expect(await alive(here)).toBe(false);
  await here.login(anmeldename);
  const { eintraege: [fresh] } = await here.call(api.listSitzungen, {});
  await queryAs(ownerUrl, `update organisation.sitzung set ablauf = now() where id = '${fresh!.id}'`);
  expect(await alive(here)).toBe(false);
});

test('nobody ends the session of another person', async () => {
  const mandant = newMandant();
  const [victim, attacker] = [newBrowser(), newBrowser()];
  await victim.login((await newPerson(mandant)).anmeldename);
  await attacker.login((await newPerson(mandant)).anmeldename);
  const { eintraege: [session] } = await victim.call(api.listSitzungen, {});
  await expect(attacker.call(api.revokeSitzung, { params: { id: session!.id } })).rejects.toMatchObject({ status: 404 });
  expect((await attacker.call(api.listSitzungen, {})).eintraege).toHaveLength(1);
});

test('one person in two Mandanten: starts where it worked last or wishes, and changes with a new token', async () => {
  const [a, b, c] = [newMandant(), newMandant(), newMandant()];
  const { anmeldename } = await newPerson(a, ['sachbearbeitung']);
  await newPerson(b, ['leser'], { kontoVon: anmeldename });
  const browser = newBrowser();
  expect(await browser.login(anmeldename, KENNWORT, b.mandantId)).toMatchObject({ mandantId: b.mandantId });
  expect(await browser.login(anmeldename)).toMatchObject({ mandantId: b.mandantId });
  const before = await browser.call(api.getIch, {});
  expect(before.mandanten.map((m) => m.id).toSorted()).toEqual([a.mandantId, b.mandantId].toSorted());
  expect(before.rechte).not.toContain('akte.anlegen');
  const old = browser.jar.cookie;
  expect(await browser.call(api.changeMandant, { body: { mandantId: a.mandantId as never } })).toMatchObject({ mandantId: a.mandantId });
  expect((await browser.call(api.getIch, {})).rechte).toContain('akte.anlegen');
  const stale = newBrowser();
  stale.jar.cookie = old!;
  await expect(stale.call(api.getIch, {})).rejects.toMatchObject({ status: 401 });
  await expect(browser.call(api.changeMandant, { body: { mandantId: c.mandantId as never } })).rejects.toMatchObject({ status: 403, code: 'anmeldung.kein_zugang' });
  expect((await browser.call(api.getIch, {})).mandant.id).toBe(a.mandantId);
  await expect(newBrowser().login(anmeldename, KENNWORT, c.mandantId)).rejects.toMatchObject({ status: 403 });
});

test('a new password: the old one is asked for, weak ones are refused, other sessions end, this one goes on', async () => {
  const { anmeldename } = await newPerson(newMandant());
  const [here, there] = [newBrowser(), newBrowser()];
  await here.login(anmeldename);
  await there.login(anmeldename);
  const neu = 'drei blaue Kühe';
  await expect(here.call(api.updatePasswort, { body: { alt: 'falsch', neu } })).rejects.toMatchObject({ status: 422, code: 'passwort.falsch' });
  await expect(here.call(api.updatePasswort, { body: { alt: KENNWORT, neu: 'kurz' } })).rejects.toMatchObject({ status: 422, code: 'passwort.zu_schwach' });
  await expect(here.call(api.updatePasswort, { body: { alt: KENNWORT, neu: KENNWORT } })).rejects.toMatchObject({ code: 'passwort.zu_schwach' });
  await here.call(api.updatePasswort, { body: { alt: KENNWORT, neu } });
  await here.call(api.getIch, {});
  await expect(there.call(api.getIch, {})).rejects.toMatchObject({ status: 401 });
  await expect(there.login(anmeldename)).rejects.toMatchObject({ status: 401 });
  await there.login(anmeldename, neu);
});

test('a session that was stolen does not get to guess the password for ever', async () => {
  const { anmeldename } = await newPerson(newMandant());
  const { login, call } = newBrowser();
  await login(anmeldename);
  const codes = [];
  for (let i = 0; i < 8; i++) codes.push(await call(api.updatePasswort, { body: { alt: `geraten-${i}`, neu: 'drei blaue Kühe' } }).catch((error: { code: string }) => error.code));
  expect(codes.slice(-2)).toEqual(['anmeldung.gebremst', 'anmeldung.gebremst']);
});

test('with a one-time password nothing can be done but changing it', async () => {
  const mandant = newMandant();
  const { anmeldename } = await newPerson(mandant, ['administration'], { mussAendern: true });
  const { login, call } = newBrowser();
  expect(await login(anmeldename)).toMatchObject({ passwortAendern: true });
  expect(await call(api.getIch, {})).toMatchObject({ passwortAendern: true, rechte: [] });
  await expect(call(api.listBenutzer, { query: {} })).rejects.toMatchObject({ status: 403 });
  await call(api.updatePasswort, { body: { alt: KENNWORT, neu: 'drei blaue Kühe' } });
  expect(await call(api.getIch, {})).toMatchObject({ passwortAendern: false });
  await call(api.listBenutzer, { query: {} });
});

test('settings are kept with the Konto', async () => {
  const { anmeldename } = await newPerson(newMandant());
  const { login, call } = newBrowser();
  await login(anmeldename);
  expect((await call(api.getIch, {})).einstellungen).toEqual({ darstellung: 'system', dichte: 'kompakt', tastenkuerzel: true });
  await call(api.updateEinstellungen, { body: { darstellung: 'dunkel' } });
  await call(api.updateEinstellungen, { body: { tastenkuerzel: false } });
  await login(anmeldename);
  expect((await call(api.getIch, {})).einstellungen).toEqual({ darstellung: 'dunkel', dichte: 'kompakt', tastenkuerzel: false });
});

test('the login page names the Mandanten of the Verbund, neutrally and in order', async () => {
  const { mandantId } = newMandant();
  await newPerson(newMandant());
  await expect.poll(async () => (await newBrowser().call(api.getAnmeldung, {})).mandanten.map((m) => m.id)).toContain(mandantId);
  const { verbund, mandanten } = await newBrowser().call(api.getAnmeldung, {});
  expect(verbund).toBe('Verbund');
  expect(Object.keys(mandanten[0]!).toSorted()).toEqual(['bezeichnung', 'farbe', 'id', 'kuerzel', 'name']);
});
