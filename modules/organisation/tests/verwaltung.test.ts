import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { API } from '#platform/server/http/http.ts';
import { database, newMandant } from '#platform/testing/test.ts';
import { api, type BenutzerId, type OrganisationseinheitId, type RolleId } from '../contract.ts';
import { createOrganisationseinheit, getBenutzerKurz } from '../server/index.ts';
import { http, KENNWORT, newBrowser, newPerson } from './browser.ts';

vi.setConfig({ testTimeout: 60_000 });
const neuesKennwort = 'drei blaue Kühe';
const id = <T>(value: string) => value as T;
let nummer = 0;
const name = () => `neu-${process.pid}-${nummer++}`;

test('an administrator adds a person, who changes the one-time password and then has what her Rollen give', async () => {
  const mandant = newMandant();
  const admin = mandant.as('administration', [], http);
  const anmeldename = name();
  const { benutzer, einmalkennwort } = await admin.call(api.createBenutzer, { body: {
    anmeldename, vorname: 'Łukasz', nachname: 'Ạ̈nderś-Yıldız', email: 'l@b.example', rollen: [id<RolleId>(mandant.rolle('leser'))], organisationseinheiten: [{ organisationseinheitId: id<OrganisationseinheitId>(mandant.oe('63.1')), leitung: true }],
  } });
  expect(benutzer).toMatchObject({ name: 'Łukasz Ạ̈nderś-Yıldız'.normalize('NFC'), rollen: [{ bezeichnung: 'Leser' }], organisationseinheiten: [{ kennzeichen: '63.1', leitung: true }], konto: { anmeldename, fremd: false, passwortAendern: true } });
  const { login, call } = newBrowser();
  await login(anmeldename, einmalkennwort!);
  await call(api.updatePasswort, { body: { alt: einmalkennwort!, neu: neuesKennwort } });
  expect((await call(api.getIch, {})).rechte).toContain('akte.lesen');
  await expect(admin.call(api.createBenutzer, { body: { anmeldename: anmeldename.toUpperCase(), nachname: 'X' } })).rejects.toMatchObject({ status: 409, code: 'benutzer.anmeldename_vergeben' });
});

test('the one-time password is shown once: a repeated request does not tell it again, and makes nobody twice', async () => {
  const admin = newMandant().as('administration', [], http);
  const request = { body: { anmeldename: name(), nachname: 'X' }, idempotencyKey: 'eins' };
  const first = await admin.call(api.createBenutzer, request);
  const second = await admin.call(api.createBenutzer, request);
  expect(first.einmalkennwort).toMatch(/^(\w{4}-){3}\w{4}$/);
  expect(second).toEqual({ benutzer: first.benutzer, einmalkennwort: null });
});

test('MD-04 names keep every letter of DIN 91379, and none of them is cut in two', async () => {
  const mandant = newMandant();
  const admin = mandant.as('administration', [], http);
  const letters = ['Ạ̈', 'Ž̦', 'c̆', 'ŗ̥̄', 'K̲', '’', 'Ə', 'ʻ', 'l̥', 'ß', 'ſ', 'X̂'];
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 8 }), async (parts) => {
    const vorname = parts.join('');
    const { benutzer } = await admin.call(api.createBenutzer, { body: { anmeldename: name(), vorname, nachname: 'Ý' } });
    expect(benutzer.vorname).toBe(vorname.normalize('NFC'));
    expect(benutzer.kurz).toBe(`${[...new Intl.Segmenter('de').segment(vorname.normalize('NFC'))][0]!.segment}. Ý`);
  }), { numRuns: 8 });
});

test('a locked person is out at once, named as before, and back when unlocked', async () => {
  const mandant = newMandant();
  const admin = mandant.as('administration', [], http);
  const person = await newPerson(mandant);
  const { login, call } = newBrowser();
  await login(person.anmeldename);
  const { id: tokenOwner } = await call(api.getIch, {});
  const { token } = await call(api.createZugangstoken, { body: { name: 'Abgleich' } });
  const machine = newBrowser();
  machine.jar.token = token!;
  await machine.call(api.getIch, {});
  const params = { id: id<BenutzerId>(person.id) };
  const before = await admin.call(api.getBenutzer, { params });
  const locked = await admin.call(api.updateBenutzer, { params, ifMatch: before.version, body: { gesperrt: true } });
  expect(locked).toMatchObject({ gesperrt: true, name: 'Käte Böttcher' });
  await expect(call(api.getIch, {})).rejects.toMatchObject({ status: 401 });
  await expect(machine.call(api.getIch, {})).rejects.toMatchObject({ status: 401 });
  await expect(login(person.anmeldename)).rejects.toMatchObject({ status: 403, code: 'anmeldung.gesperrt' });
  await expect(login(person.anmeldename, 'falsch')).rejects.toMatchObject({ status: 401 });
  expect((await database.read(mandant.system, (tx) => getBenutzerKurz(tx, [tokenOwner]))).get(tokenOwner)).toMatchObject({ name: 'Käte Böttcher' });
  await admin.call(api.updateBenutzer, { params, ifMatch: locked.version, body: { gesperrt: false } });
  await login(person.anmeldename);
  expect((await mandant.ereignisse()).map((e) => e.art)).toEqual(expect.arrayContaining(['benutzer.gesperrt', 'benutzer.entsperrt']));
});

test('BE-08 a person who is locked keeps her history: nothing is deleted', async () => {
  const mandant = newMandant();
  const admin = mandant.as('administration', [], http);
  const { benutzer } = await admin.call(api.createBenutzer, { body: { anmeldename: name(), nachname: 'X', rollen: [id<RolleId>(mandant.rolle('leser'))] } });
  await admin.call(api.updateBenutzer, { params: { id: benutzer.id }, ifMatch: benutzer.version, body: { gesperrt: true } });
  expect(await admin.call(api.listBenutzer, { query: { gesperrt: 'true' as never } })).toMatchObject({ gesamt: 1, eintraege: [{ id: benutzer.id, rollen: [{ bezeichnung: 'Leser' }] }] });
});

test('a reset gives a one-time password and ends all sessions', async () => {
  const mandant = newMandant();
  const admin = mandant.as('administration', [], http);
  const person = await newPerson(mandant);
  const browser = newBrowser();
  await browser.login(person.anmeldename);
  const { einmalkennwort } = await admin.call(api.resetPasswort, { params: { id: id<BenutzerId>(person.id) } });
  await expect(browser.call(api.getIch, {})).rejects.toMatchObject({ status: 401 });
  await expect(browser.login(person.anmeldename)).rejects.toMatchObject({ status: 401 });
  expect(await browser.login(person.anmeldename, einmalkennwort!)).toMatchObject({ passwortAendern: true });
  await expect(admin.call(api.resetPasswort, { params: { id: id<BenutzerId>(admin.id) } })).rejects.toMatchObject({ code: 'benutzer.selbst' });
});

test('BE-02 a Mandant that lets in a person of another cannot take over the account, nor learn more of it than its name', async () => {
  const [home, guest] = [newMandant(), newMandant()];
  const person = await newPerson(home, ['administration']);
  const admin = guest.as('administration', [], http);
  const { benutzer, einmalkennwort } = await admin.call(api.createBenutzer, { body: { anmeldename: person.anmeldename, bestehendesKonto: true, nachname: 'Gast' } });
  expect(einmalkennwort).toBeNull();
  expect(benutzer.konto).toMatchObject({ fremd: true });
  await expect(admin.call(api.resetPasswort, { params: { id: benutzer.id } })).rejects.toMatchObject({ status: 409, code: 'benutzer.fremdes_konto' });
  // Its own door it may lock; the person goes on at home.
  const browser = newBrowser();
  await browser.login(person.anmeldename, KENNWORT, home.mandantId);
  await admin.call(api.updateBenutzer, { params: { id: benutzer.id }, ifMatch: benutzer.version, body: { gesperrt: true } });
  expect((await browser.call(api.getIch, {})).mandanten).toHaveLength(1);
  await expect(browser.login(person.anmeldename, KENNWORT, guest.mandantId)).rejects.toMatchObject({ code: 'anmeldung.kein_zugang' });
});

test('what the home Mandant locks is locked everywhere: it vouches for the identity', async () => {
  const [home, guest] = [newMandant(), newMandant()];
  const person = await newPerson(home);
  await newPerson(guest, ['leser'], { kontoVon: person.anmeldename });
  const browser = newBrowser();
  await browser.login(person.anmeldename, KENNWORT, guest.mandantId);
  const admin = home.as('administration', [], http);
  const { version } = await admin.call(api.getBenutzer, { params: { id: id<BenutzerId>(person.id) } });
  await admin.call(api.updateBenutzer, { params: { id: id<BenutzerId>(person.id) }, ifMatch: version, body: { gesperrt: true } });
  await expect(browser.call(api.getIch, {})).rejects.toMatchObject({ status: 401 });
});

test('somebody is left to administer: neither lock nor Rolle nor its Rechte take the last one away, not even two at once', async () => {
  const mandant = newMandant();
  const [a, b] = [await newPerson(mandant, ['administration']), await newPerson(mandant, ['administration'])];
  const [one, two] = [newBrowser(), newBrowser()];
  await one.login(a.anmeldename);
  await two.login(b.anmeldename);
  const leave = (browser: typeof one, of: string) => browser.call(api.assignRollen, { params: { id: id<BenutzerId>(of) }, ifMatch: 1, body: { rollen: [] } }).then(() => 200, (error: { status: number }) => error.status);
  expect((await Promise.all([leave(one, b.id), leave(two, a.id)])).toSorted()).not.toEqual([200, 200]);
  const system = mandant.as('administration', [], http); // a third, who is not asked
  const rolle = await system.call(api.getRolle, { params: { id: id<RolleId>(mandant.rolle('administration')) } });
  await expect(system.call(api.updateRolle, { params: { id: rolle.id }, ifMatch: rolle.version, body: { erlaubt: ['akte.lesen'] } })).rejects.toMatchObject({ code: 'benutzer.letzte_administration' });
});

test('a Rolle follows the default of the Verbund until it gets its own Rechte, and can return; everyone who holds it notices at the next request', async () => {
  const mandant = newMandant();
  const admin = mandant.as('administration', [], http);
  const person = await newPerson(mandant, ['leser']);
  const { login, call } = newBrowser();
  await login(person.anmeldename);
  const params = { id: id<RolleId>(mandant.rolle('leser')) };
  const rolle = await admin.call(api.getRolle, { params });
  expect(rolle).toMatchObject({ abweichend: false, schluessel: 'leser', anzahlBenutzer: 1 });
  const changed = await admin.call(api.updateRolle, { params, ifMatch: rolle.version, body: { erlaubt: ['akte.sehen'] } });
  expect(changed).toMatchObject({ abweichend: true, erlaubt: ['akte.sehen'] });
  expect((await call(api.getIch, {})).rechte).toEqual(['akte.sehen']);
  const back = await admin.call(api.updateRolle, { params, ifMatch: changed.version, body: { erlaubt: null } });
  expect(back.erlaubt).toEqual(rolle.erlaubt);
  expect((await call(api.getIch, {})).rechte).toEqual(rolle.erlaubt);
  await expect(admin.call(api.createRolle, { body: { bezeichnung: 'Neu', erlaubt: ['akte.fliegen'] } })).rejects.toMatchObject({ status: 422, code: 'rolle.recht_unbekannt' });
  const neu = await admin.call(api.createRolle, { body: { bezeichnung: 'Neu', erlaubt: ['akte.lesen'] } });
  await expect(admin.call(api.updateRolle, { params: { id: neu.id }, ifMatch: 1, body: { erlaubt: null } })).rejects.toMatchObject({ code: 'rolle.keine_vorgabe' });
  await expect(admin.call(api.createRolle, { body: { bezeichnung: 'Neu', erlaubt: [] } })).rejects.toMatchObject({ status: 409 });
});

test('OEs form a tree without rings, whichever moves are tried', async () => {
  const mandant = newMandant();
  const admin = mandant.as('administration', [], http);
  const ids: OrganisationseinheitId[] = [];
  for (let i = 0; i < 5; i++) ids.push((await admin.call(api.createOrganisationseinheit, { body: { kennzeichen: `${i}`, bezeichnung: `Amt ${i}` } })).id);
  const parents = new Map<number, number | null>(ids.map((_, i) => [i, null]));
  const isBelow = (place: number, top: number): boolean => place === top || (parents.get(place) !== null && isBelow(parents.get(place)!, top));
  await fc.assert(fc.asyncProperty(fc.nat(4), fc.option(fc.nat(4)), async (child, parent) => {
    const { version } = await admin.call(api.getOrganisationseinheit, { params: { id: ids[child]! } });
    const answer = await admin.call(api.updateOrganisationseinheit, { params: { id: ids[child]! }, ifMatch: version, body: { parentId: parent === null ? null : ids[parent]! } }).then(() => true, (error: { code: string }) => error.code);
    const ring = parent !== null && isBelow(parent, child);
    expect(answer).toBe(ring ? 'organisationseinheit.unter_sich_selbst' : true);
    if (!ring) parents.set(child, parent);
  }), { numRuns: 40 });
});

test('an OE that has ended sets its Kennzeichen free, and no longer carries rights', async () => {
  const mandant = newMandant();
  const admin = mandant.as('administration', [], http);
  const alt = await admin.call(api.createOrganisationseinheit, { body: { kennzeichen: '63.1', bezeichnung: 'Bauordnung' } });
  const person = await newPerson(mandant);
  await admin.call(api.assignOrganisationseinheiten, { params: { id: id<BenutzerId>(person.id) }, ifMatch: 1, body: { organisationseinheiten: [{ organisationseinheitId: alt.id }] } });
  await expect(admin.call(api.createOrganisationseinheit, { body: { kennzeichen: '63.1', bezeichnung: 'Neu' } })).rejects.toMatchObject({ status: 409, code: 'organisationseinheit.kennzeichen_vergeben' });
  const params = { id: alt.id };
  await expect(admin.call(api.updateOrganisationseinheit, { params, ifMatch: 1, body: { gueltigAb: '2026-01-01', gueltigBis: '2025-12-31' } })).rejects.toMatchObject({ status: 422 });
  const ended = await admin.call(api.updateOrganisationseinheit, { params, ifMatch: 1, body: { gueltigBis: '2020-12-31' } });
  expect(ended).toMatchObject({ gueltig: false, anzahlBenutzer: 1 });
  await admin.call(api.createOrganisationseinheit, { body: { kennzeichen: '63.1', bezeichnung: 'Neu' } });
  expect(await admin.call(api.listOrganisationseinheiten, { query: { gueltig: 'true' as never, q: '63' } })).toMatchObject({ gesamt: 1, eintraege: [{ bezeichnung: 'Neu' }] });
});

test('who leads an OE reaches what is below it, who works in it what is above, and nobody the side', async () => {
  const mandant = newMandant();
  const tree = await database.write(mandant.system, async (tx) => {
    const make = (kennzeichen: string, parentId: string | null) => createOrganisationseinheit(tx, { kennzeichen, bezeichnung: kennzeichen, parentId });
    const top = await make('6', null);
    const amt = await make('63', top);
    return { top, amt, unten: await make('63.1', amt), nachbar: await make('66', top) };
  });
  const { createAuthenticate, createBenutzer, hashPasswort } = await import('../server/index.ts');
  const { verbundId } = await import('#platform/testing/test.ts');
  const passwortHash = await hashPasswort(KENNWORT);
  async function reachOf(leitung: boolean) {
    const anmeldename = name();
    await database.write(mandant.system, (tx) => createBenutzer(tx, { nachname: 'X', konto: { anmeldename, passwortHash, mussAendern: false }, zuordnungen: [{ organisationseinheitId: tree.amt, leitung }] }));
    const browser = newBrowser();
    await browser.login(anmeldename);
    const cookies = Object.fromEntries([browser.jar.cookie!.split('=') as [string, string]]);
    const ctx = await createAuthenticate({ database, verbundId, leerlauf: 60 })({ id: verbundId, protocol: 'http', socket: {}, headers: {}, cookies });
    return [...ctx!.akteur.organisationseinheiten].toSorted();
  }
  expect(await reachOf(false)).toEqual([tree.top, tree.amt].toSorted());
  expect(await reachOf(true)).toEqual([tree.top, tree.amt, tree.unten].toSorted());
});

test('people are listed as in a telephone book, filtered by name, OE, Rolle, page by page', async () => {
  const mandant = newMandant();
  const admin = mandant.as('administration', [], http);
  for (const nachname of ['Müller', 'Mueller', 'Mumm', 'Özdemir', 'Ostertag', 'Ahrens']) await admin.call(api.createBenutzer, { body: { anmeldename: name(), nachname, vorname: 'Z' } });
  const all = await admin.call(api.listBenutzer, { query: { limit: 200 } });
  expect(all.eintraege.map((b) => b.nachname)).toEqual(['administration', 'Ahrens', 'Mueller', 'Müller', 'Mumm', 'Özdemir', 'Ostertag']);
  const pages = [];
  for (let cursor: string | undefined; ;) {
    const page = await admin.call(api.listBenutzer, { query: { limit: 2, ...(cursor && { cursor }) } });
    expect(page.gesamt).toBe(7);
    pages.push(...page.eintraege.map((b) => b.id));
    if (!page.weiter) break;
    cursor = page.weiter;
  }
  expect(pages).toEqual(all.eintraege.map((b) => b.id));
  expect((await admin.call(api.listBenutzer, { query: { q: 'z müll' } })).eintraege.map((b) => b.nachname)).toEqual(['Müller']);
  const leser = mandant.as('leser', ['63.1'], http);
  await leser.call(api.listBenutzer, { query: {} });
  expect(await admin.call(api.listBenutzer, { query: { organisationseinheitId: [id<OrganisationseinheitId>(mandant.oe('63.1'))] } })).toMatchObject({ gesamt: 1, eintraege: [{ id: leser.id }] });
  expect(await admin.call(api.listBenutzer, { query: { rolleId: [id<RolleId>(mandant.rolle('administration'))] } })).toMatchObject({ gesamt: 1, eintraege: [{ id: admin.id }] });
  expect((await leser.call(api.listBenutzer, { query: { q: 'Ahrens' } })).eintraege[0]).toMatchObject({ konto: null, rechte: ['benutzer.sehen'] });
});

test('Rollen and offices of a person are given by the state one has seen: who was faster is not overwritten', async () => {
  const mandant = newMandant();
  const [eine, andere] = [mandant.as('administration', [], http), mandant.as('administration', [], http)];
  const person = await newPerson(mandant, ['leser']);
  const params = { id: id<BenutzerId>(person.id) };
  const rolle = (name: 'leser' | 'poststelle') => id<RolleId>(mandant.rolle(name));
  const { version } = await eine.call(api.getBenutzer, { params });
  const danach = await andere.call(api.assignRollen, { params, ifMatch: version, body: { rollen: [rolle('leser'), rolle('poststelle')] } });
  expect(danach.version).toBe(version + 1);
  const oe = id<OrganisationseinheitId>(mandant.oe('63.1'));
  await expect(eine.call(api.assignRollen, { params, ifMatch: version, body: { rollen: [] } })).rejects.toMatchObject({ status: 412, code: 'allgemein.veraltet' });
  await expect(eine.call(api.assignOrganisationseinheiten, { params, ifMatch: version, body: { organisationseinheiten: [{ organisationseinheitId: oe }] } })).rejects.toMatchObject({ status: 412 });
  expect(await eine.call(api.getBenutzer, { params })).toMatchObject({ version: danach.version, organisationseinheiten: [], rollen: [{}, {}] });
  await eine.call(api.assignOrganisationseinheiten, { params, ifMatch: danach.version, body: { organisationseinheiten: [{ organisationseinheitId: oe, leitung: true }] } });
});

test('BE-02 nothing of another Mandant can be assigned or reached', async () => {
  const [ours, theirs] = [newMandant(), newMandant()];
  const admin = ours.as('administration', [], http);
  const stranger = theirs.as('leser', ['63.1'], http);
  await stranger.call(api.listBenutzer, { query: {} });
  const params = { id: id<BenutzerId>(admin.id) };
  await expect(admin.call(api.assignRollen, { params, ifMatch: 1, body: { rollen: [id<RolleId>(theirs.rolle('leser'))] } })).rejects.toMatchObject({ status: 422, code: 'benutzer.unbekannte_rolle' });
  await expect(admin.call(api.assignOrganisationseinheiten, { params, ifMatch: 1, body: { organisationseinheiten: [{ organisationseinheitId: id<OrganisationseinheitId>(theirs.oe('63.1')) }] } })).rejects.toMatchObject({ status: 422, code: 'benutzer.unbekannte_einheit' });
  await expect(admin.call(api.createOrganisationseinheit, { body: { kennzeichen: '1', bezeichnung: 'x', parentId: id<OrganisationseinheitId>(theirs.oe('63.1')) } })).rejects.toMatchObject({ status: 404 });
  await expect(admin.call(api.resetPasswort, { params: { id: id<BenutzerId>(stranger.id) } })).rejects.toMatchObject({ status: 404 });
});

test('an administrator ends all sessions of a person, who logs in again; not her own, and none of another Mandant', async () => {
  const [mandant, andere] = [newMandant(), newMandant()];
  const admin = mandant.as('administration', [], http);
  const person = await newPerson(mandant);
  const [eins, zwei] = [newBrowser(), newBrowser()];
  await eins.login(person.anmeldename);
  await zwei.login(person.anmeldename);
  const params = { id: id<BenutzerId>(person.id) };
  await expect(andere.as('administration', [], http).call(api.revokeSitzungen, { params })).rejects.toMatchObject({ status: 404 });
  expect(await admin.call(api.revokeSitzungen, { params })).toEqual({ beendet: 2 });
  for (const { call } of [eins, zwei]) await expect(call(api.getIch, {})).rejects.toMatchObject({ status: 401 });
  expect(await admin.call(api.revokeSitzungen, { params })).toEqual({ beendet: 0 });
  await eins.login(person.anmeldename);
  await expect(admin.call(api.revokeSitzungen, { params: { id: id<BenutzerId>(admin.id) } })).rejects.toMatchObject({ status: 409, code: 'benutzer.selbst' });
  // A guest of another Mandant is put out of this one only.
  const gast = await newPerson(andere, ['leser'], { kontoVon: person.anmeldename });
  const dort = newBrowser();
  await dort.login(person.anmeldename, undefined, andere.mandantId);
  expect(await andere.as('administration', [], http).call(api.revokeSitzungen, { params: { id: id<BenutzerId>(gast.id) } })).toEqual({ beendet: 1 });
  await eins.call(api.getIch, {});
});

test('MD-03 a unit ends after those below it and lies in none that ends before it', async () => {
  const admin = newMandant().as('administration', [], http);
  const create = async (kennzeichen: string, parentId: OrganisationseinheitId | null = null) => admin.call(api.createOrganisationseinheit, { body: { kennzeichen, bezeichnung: `Amt ${kennzeichen}`, parentId } });
  const [oben, anderes] = [await create('70'), await create('71')];
  const unten = await create('70.1', oben.id);
  const update = (e: { id: OrganisationseinheitId; version: number }, body: object) => admin.call(api.updateOrganisationseinheit, { params: { id: e.id }, ifMatch: e.version, body });
  await expect(update(oben, { gueltigBis: '2030-12-31' })).rejects.toMatchObject({ status: 409, code: 'organisationseinheit.hat_untere' });
  const beendet = await update(unten, { gueltigBis: '2030-06-30' });
  const obenBeendet = await update(oben, { gueltigBis: '2030-12-31' });
  await expect(create('70.2', oben.id)).rejects.toMatchObject({ code: 'organisationseinheit.obere_endet' });
  await expect(update(beendet, { gueltigBis: null })).rejects.toMatchObject({ code: 'organisationseinheit.obere_endet' });
  await expect(update(anderes, { parentId: oben.id })).rejects.toMatchObject({ code: 'organisationseinheit.obere_endet' });
  const verschoben = await update(beendet, { parentId: anderes.id, gueltigBis: null });
  expect(verschoben).toMatchObject({ parentId: anderes.id, gueltigBis: null, gueltig: true });
  expect(await update(obenBeendet, { gueltigBis: null })).toMatchObject({ gueltig: true });
});

test('BE-02 Rollen and Rechte at one glance as PDF and XLSX, each Recht by its name; who took it along stands in the history', async () => {
  const mandant = newMandant();
  const admin = mandant.as('administration', [], http);
  expect((await admin.call(api.listRechte, {})).eintraege).toContainEqual({ recht: 'akte.lesen', name: 'Akten: lesen', vorgaben: expect.any(Array) });
  for (const format of ['pdf', 'xlsx']) {
    const bericht = await http.inject({ method: 'GET', url: `${API}/rollenmatrix/bericht?format=${format}`, headers: { authorization: admin.id } });
    expect([bericht.statusCode, bericht.headers['content-disposition']]).toEqual([200, expect.stringContaining(`.${format}`)]);
  }
  expect((await mandant.ereignisse()).filter((e) => e.art === 'rolle.matrix_ausgegeben').map((e) => [e.akteur_id, e.daten.format])).toEqual([[admin.id, 'pdf'], [admin.id, 'xlsx']]);
});
