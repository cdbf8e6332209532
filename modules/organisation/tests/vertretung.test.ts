import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { database, modules, newMandant, queryAs } from '#platform/testing/test.ts';
import { ownerUrl } from '#platform/testing/database.ts';
import { API } from '#platform/server/http/http.ts';
import { createClient } from '#platform/web/client.ts';
import { heute, tagVon } from '#platform/server/zeit.ts';
import { api, type BenutzerId } from '../contract.ts';
import { getBenutzerKurz } from '../server/index.ts';
import { http, newBrowser, newPerson } from './browser.ts';

vi.setConfig({ testTimeout: 60_000 });
type Mandant = ReturnType<typeof newMandant>;
type Person = ReturnType<Mandant['as']>;
const id = <T>(value: string) => value as T;
const inTagen = (n: number) => tagVon(new Date(Date.now() + n * 86_400_000));
/** The same person in a Vertretung. */
const fuer = (person: Person, vertretungId: string) => createClient(async ({ method, url, headers, body }) => {
  const answer = await http.inject({ method, url: `${API}/fuer/${vertretungId}${url}`, headers: { authorization: person.id, ...headers }, ...(body !== undefined && { payload: body as object }) });
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
});
const plan = (wer: Person, vertreter: { id: string }, mehr: object = {}) => wer.call(api.createVertretung, { body: { vertreterId: id<BenutzerId>(vertreter.id), ...mehr } });
const people = (mandant: Mandant) => ({ holger: mandant.as('sachbearbeitung', ['63.1'], http), katrin: mandant.as('leser', ['32'], http), dritte: mandant.as('leser', ['20'], http) });

test('VT-01 planned by oneself: the substitute acts with the Rechte of the absent person, as herself', async () => {
  const { holger, katrin } = people(newMandant());
  const v = await plan(holger, katrin);
  expect(v).toMatchObject({ von: heute(), bis: null, rang: 1, zustand: 'laeuft', benutzer: { id: holger.id }, vertreter: { id: katrin.id }, umfang: { art: 'alles', eintraege: [] }, rechte: ['vertretung.beenden'] });
  const ich = await fuer(katrin, v.id)(api.getIch, {});
  expect(ich).toMatchObject({ id: katrin.id, sicht: { art: 'fuer', id: v.id, bezeichnung: 'Ada sachbearbeitung', bis: null }, organisationseinheiten: [{ kennzeichen: '63.1' }] });
  expect(ich.rechte).toContain('akte.bearbeiten');
  expect((await katrin.call(api.getIch, {})).rechte).not.toContain('akte.bearbeiten');
  expect(await katrin.call(api.listEigeneVertretungen, {})).toMatchObject({ vertritt: [{ id: v.id, rechte: [] }], vertretenDurch: [] });
  expect(await holger.call(api.listEigeneVertretungen, {})).toMatchObject({ vertritt: [], vertretenDurch: [{ id: v.id }] });
});

test('VT-01 who is no substitute enters nothing: 404 for strangers and the absent person, 403 before its time, 410 from the request after its end', async () => {
  const { holger, katrin, dritte } = people(newMandant());
  const v = await plan(holger, katrin, { bis: inTagen(3) });
  expect(new Date((await fuer(katrin, v.id)(api.getIch, {})).sicht!.bis!).getTime()).toBeGreaterThan(Date.now() + 2 * 86_400_000);
  for (const fremd of [holger, dritte, newMandant().as('leser', ['1'], http)]) await expect(fuer(fremd, v.id)(api.getIch, {})).rejects.toMatchObject({ status: 404 });
  await expect(fuer(katrin, randomUUID())(api.getIch, {})).rejects.toMatchObject({ status: 404 });
  await holger.call(api.revokeVertretung, { params: { id: v.id } });
  await expect(fuer(katrin, v.id)(api.getIch, {})).rejects.toMatchObject({ status: 410, code: 'vertretung.beendet', message: 'Diese Vertretung ist beendet' });
  await expect(holger.call(api.revokeVertretung, { params: { id: v.id } })).rejects.toMatchObject({ status: 409, code: 'vertretung.schon_beendet' });
  const spaeter = await plan(holger, katrin, { von: inTagen(2), bis: inTagen(9) });
  expect(spaeter.zustand).toBe('geplant');
  await expect(fuer(katrin, spaeter.id)(api.getIch, {})).rejects.toMatchObject({ status: 403, code: 'vertretung.noch_nicht' });
});

test('VT-01 never wider than the absent person: a Rolle taken away, an account locked, counts at the next request', async () => {
  const mandant = newMandant();
  const { holger, katrin } = people(mandant);
  const admin = mandant.as('administration', ['1'], http);
  const v = await plan(holger, katrin);
  const params = { id: id<BenutzerId>(holger.id) };
  const stand = await admin.call(api.getBenutzer, { params });
  const ohne = await admin.call(api.assignRollen, { params, ifMatch: stand.version, body: { rollen: [] } });
  expect((await fuer(katrin, v.id)(api.getIch, {})).rechte).toEqual([]);
  const gesperrt = await admin.call(api.updateBenutzer, { params, ifMatch: ohne.version, body: { gesperrt: true } });
  await expect(fuer(katrin, v.id)(api.getIch, {})).rejects.toMatchObject({ status: 410 });
  await admin.call(api.updateBenutzer, { params, ifMatch: gesperrt.version, body: { gesperrt: false } });
  expect((await fuer(katrin, v.id)(api.getIch, {})).sicht).toMatchObject({ art: 'fuer' });
});

test('VT-01 by Rolle, by OE, by Sachgebiet: only what the person has, and only that is lent', async () => {
  const mandant = newMandant();
  const admin = mandant.as('administration', ['1'], http);
  const { holger, katrin, dritte } = people(mandant);
  const rollen = [mandant.rolle('sachbearbeitung'), mandant.rolle('poststelle')].map((r) => id<never>(r));
  const stand = await admin.call(api.getBenutzer, { params: { id: id<BenutzerId>(holger.id) } });
  const mit = await admin.call(api.assignRollen, { params: { id: stand.id }, ifMatch: stand.version, body: { rollen } });
  await admin.call(api.assignOrganisationseinheiten, { params: { id: stand.id }, ifMatch: mit.version, body: { organisationseinheiten: ['63.1', '63.2'].map((k) => ({ organisationseinheitId: id<never>(mandant.oe(k)), leitung: false })) } });
  const poststelle = await plan(holger, katrin, { umfang: { art: 'rolle', ids: [mandant.rolle('poststelle')] } });
  const alsPost = await fuer(katrin, poststelle.id)(api.getIch, {});
  expect(alsPost.rollen).toMatchObject([{ bezeichnung: 'Poststelle' }]);
  expect(alsPost.rechte).not.toContain('akte.abschliessen');
  const oe = await plan(holger, dritte, { umfang: { art: 'oe', ids: [mandant.oe('63.2')] }, rang: 2 });
  expect((await fuer(dritte, oe.id)(api.getIch, {}).catch((e: { code: string }) => e))).toMatchObject({ code: 'vertretung.nicht_an_der_reihe' });
  await holger.call(api.revokeVertretung, { params: { id: poststelle.id } });
  expect((await fuer(dritte, oe.id)(api.getIch, {})).organisationseinheiten).toMatchObject([{ kennzeichen: '63.2' }]);
  for (const umfang of [{ art: 'rolle', ids: [mandant.rolle('administration')] }, { art: 'oe', ids: [mandant.oe('20')] }, { art: 'sachgebiet', ids: [randomUUID()] }, { art: 'rolle', ids: [] }, { art: 'alles', ids: [randomUUID()] }]) {
    await expect(plan(holger, katrin, { umfang })).rejects.toMatchObject({ status: 422, code: 'vertretung.umfang_unpassend' });
  }
});

test('VT-01 several in order: the second acts while the first is away herself', async () => {
  const { holger, katrin, dritte } = people(newMandant());
  const erste = await plan(holger, katrin), zweite = await plan(holger, dritte);
  expect(zweite).toMatchObject({ rang: 2, zustand: 'wartet', zuerst: [{ id: katrin.id }] });
  await expect(fuer(dritte, zweite.id)(api.getIch, {})).rejects.toMatchObject({ status: 403, code: 'vertretung.nicht_an_der_reihe', message: 'Zuerst vertritt Ada leser; Sie sind an der Reihe, wenn dort niemand da ist' });
  const krank = await plan(katrin, { id: dritte.id });
  expect((await fuer(dritte, zweite.id)(api.getIch, {})).sicht).toMatchObject({ bezeichnung: 'Ada sachbearbeitung' });
  // for Katrin: what is Katrin's, and nothing of what she was to do for Holger
  expect((await fuer(dritte, krank.id)(api.getIch, {})).rechte).not.toContain('akte.bearbeiten');
  await katrin.call(api.revokeVertretung, { params: { id: krank.id } });
  await expect(fuer(dritte, zweite.id)(api.getIch, {})).rejects.toMatchObject({ status: 403 });
  expect((await fuer(katrin, erste.id)(api.getIch, {})).rechte).toContain('akte.bearbeiten');
});

test('VT-01 the order is the absent person’s, her superior’s and the administration’s: one steps before the other', async () => {
  const mandant = newMandant();
  const { holger, katrin, dritte } = people(mandant);
  const chefin = mandant.as('leitung', ['63.1'], http);
  const erste = await plan(holger, katrin), zweite = await plan(holger, dritte);
  expect([erste.rechte, zweite.rechte]).toEqual([['vertretung.beenden'], ['vertretung.beenden', 'vertretung.vorziehen']]);
  const vor = (wer: Person, v: { id: string }) => wer.call(api.moveVertretung, { params: { id: id<never>(v.id) } });
  expect(await vor(holger, zweite)).toMatchObject({ rang: 1, zustand: 'laeuft' });
  expect((await holger.call(api.listEigeneVertretungen, {})).vertretenDurch.map((v) => [v.id, v.rang, v.zustand])).toEqual([[zweite.id, 1, 'laeuft'], [erste.id, 2, 'wartet']]);
  expect((await fuer(dritte, zweite.id)(api.getIch, {})).rechte).toContain('akte.bearbeiten');
  await expect(fuer(katrin, erste.id)(api.getIch, {})).rejects.toMatchObject({ status: 403, code: 'vertretung.nicht_an_der_reihe' });
  expect((await vor(chefin, erste)).rang).toBe(1);
  await expect(vor(holger, erste)).rejects.toMatchObject({ status: 409, code: 'vertretung.schon_vorn' });
  await expect(vor(dritte, zweite)).rejects.toMatchObject({ status: 403 });
  await expect(vor(mandant.as('leser', ['1'], http), zweite)).rejects.toMatchObject({ status: 404 });
  await Promise.allSettled([vor(holger, zweite), vor(chefin, zweite)]);
  expect((await holger.call(api.listEigeneVertretungen, {})).vertretenDurch.map((v) => v.rang)).toEqual([1, 2]);
  // before somebody who is there only for a part of the time, while a third stands in that place for the other: refused
  await holger.call(api.revokeVertretung, { params: { id: erste.id } });
  await holger.call(api.revokeVertretung, { params: { id: zweite.id } });
  await plan(holger, katrin, { von: inTagen(10), bis: inTagen(12) });
  const lang = await plan(holger, dritte, { von: inTagen(10), bis: inTagen(20) });
  await plan(holger, mandant.as('leser', ['20'], http), { von: inTagen(15), bis: inTagen(20), rang: 1 });
  await expect(vor(holger, lang)).rejects.toMatchObject({ status: 409, code: 'vertretung.rang_vergeben' });
});

test('VT-01 one’s own: for whom one may work now, and what is over', async () => {
  const { holger, katrin, dritte } = people(newMandant());
  const vertritt = async (wer: Person) => (await wer.call(api.getIch, {})).vertritt;
  const v = await plan(holger, katrin);
  await plan(holger, dritte);
  expect([await vertritt(katrin), await vertritt(dritte), await vertritt(holger)]).toEqual([[{ id: v.id, name: 'Ada sachbearbeitung' }], [], []]);
  const drin = await fuer(katrin, v.id)(api.getIch, {});
  expect([drin.vertritt, drin.mandanten.length]).toEqual([[], 1]);
  await holger.call(api.revokeVertretung, { params: { id: v.id } });
  expect(await vertritt(katrin)).toEqual([]);
  for (const wer of [holger, katrin]) expect((await wer.call(api.listEigeneVertretungen, {})).vorbei).toMatchObject([{ id: v.id, zustand: 'beendet', rechte: [] }]);
  expect((await dritte.call(api.listEigeneVertretungen, {})).vorbei).toEqual([]);
});

test('VT-01 bad input: a clear error in German, nothing half done', async () => {
  const mandant = newMandant();
  const { holger, katrin, dritte } = people(mandant);
  const admin = mandant.as('administration', ['1'], http);
  const fremd = newMandant().as('leser', ['1'], http);
  await fremd.call(api.getIch, {});
  const weg = mandant.as('leser', ['1'], http);
  await admin.call(api.updateBenutzer, { params: { id: id<BenutzerId>(weg.id) }, ifMatch: 1, body: { gesperrt: true } });
  await plan(holger, katrin, { von: inTagen(5), bis: inTagen(10) });
  const before = (await mandant.ereignisse()).length;
  const refused = (p: Promise<unknown>, status: number, code: string) => expect(p).rejects.toMatchObject({ status, code: `vertretung.${code}`, message: expect.stringMatching(/^[A-ZÄÖÜ]/) });
  await refused(plan(holger, holger), 422, 'selbst');
  await refused(plan(holger, dritte, { von: inTagen(-1) }), 422, 'in_der_vergangenheit');
  await refused(plan(holger, dritte, { von: inTagen(2), bis: inTagen(1) }), 422, 'zeitraum_verkehrt');
  await refused(plan(holger, katrin, { von: inTagen(10) }), 409, 'schon_vertretung');
  await refused(plan(holger, dritte, { von: inTagen(7), rang: 1 }), 409, 'rang_vergeben');
  await refused(plan(katrin, holger, { von: inTagen(1), bis: inTagen(5) }), 409, 'im_kreis');
  await refused(plan(dritte, holger), 409, 'vertreter_abwesend');
  await refused(plan(holger, weg), 409, 'person_gesperrt');
  await refused(plan(holger, fremd), 422, 'person_unbekannt');
  await refused(plan(holger, { id: randomUUID() }), 422, 'person_unbekannt');
  await refused(plan(admin, katrin, { benutzerId: weg.id }), 409, 'person_gesperrt');
  await expect(plan(holger, dritte, { klassen: ['geheim'] })).rejects.toMatchObject({ status: 422 });
  expect((await mandant.ereignisse()).length).toBe(before);
  expect((await queryAs((n) => `${ownerUrl(n)}?options=${encodeURIComponent(`-c app.mandant=${mandant.mandantId}`)}`, 'select count(*)::int as n from organisation.vertretung'))[0]).toEqual({ n: 1 });
});

test('VT-01 an OE that is dissolved: nothing of it is lent, and what was lent reaches nothing', async () => {
  const mandant = newMandant();
  const { holger, katrin, dritte } = people(mandant);
  await holger.call(api.getIch, {});
  const umfang = { art: 'oe', ids: [mandant.oe('63.1')] };
  const v = await plan(holger, katrin, { umfang });
  const params = { id: id<never>(mandant.oe('63.1')) }, admin = mandant.as('administration', ['1'], http);
  await admin.call(api.updateOrganisationseinheit, { params, ifMatch: (await admin.call(api.getOrganisationseinheit, { params })).version, body: { gueltigBis: inTagen(-2) } });
  await expect(plan(holger, dritte, { umfang })).rejects.toMatchObject({ status: 409, code: 'vertretung.einheit_aufgeloest', message: expect.stringMatching(/aufgelöst/) });
  expect((await fuer(katrin, v.id)(api.getIch, {})).organisationseinheiten).toEqual([]);
});

test('VT-01 two asked for at the same moment do not close a ring', async () => {
  const { holger, katrin } = people(newMandant());
  const asked = await Promise.allSettled([plan(holger, katrin), plan(katrin, holger)]);
  expect(asked.map((a) => a.status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('VT-01 ad hoc by who leads the office or one above, and by the administration; not by others, not to oneself, without protected classes', async () => {
  const mandant = newMandant();
  const { holger, katrin, dritte } = people(mandant);
  const chefin = mandant.as('leitung', ['63.1'], http), andere = mandant.as('leitung', ['20'], http), admin = mandant.as('administration', ['1'], http);
  const vonHolger = { benutzerId: holger.id };
  const v = await plan(chefin, katrin, { ...vonHolger, grund: 'Erkrankt' });
  expect(v).toMatchObject({ grund: 'Erkrankt', angelegtVon: { id: chefin.id }, rechte: ['vertretung.beenden'] });
  expect((await chefin.call(api.listVertretungen, { query: {} })).eintraege).toMatchObject([{ id: v.id }]);
  expect((await andere.call(api.listVertretungen, { query: {} })).gesamt).toBe(0);
  expect((await admin.call(api.listVertretungen, { query: { q: 'sachbearbeitung', zustand: ['laeuft'] } })).gesamt).toBe(1);
  await expect(dritte.call(api.listVertretungen, { query: {} })).rejects.toMatchObject({ status: 403 });
  // whom each of them is offered is for whom it would be allowed
  const angeboten = async (wer: Person) => (await wer.call(api.listBenutzer, { query: { vertretbar: 'true' } })).eintraege.map((b) => b.id);
  expect(await angeboten(chefin)).toEqual([holger.id]);
  expect([await angeboten(andere), await angeboten(katrin)]).toEqual([[dritte.id], []]);
  expect(await angeboten(admin)).toEqual(expect.arrayContaining([holger.id, katrin.id, chefin.id]));
  for (const wer of [andere, dritte]) {
    await expect(plan(wer, katrin, { ...vonHolger, von: inTagen(40) })).rejects.toMatchObject({ status: 403 });
    await expect(wer.call(api.revokeVertretung, { params: { id: v.id } })).rejects.toMatchObject({ status: 404 });
  }
  await expect(katrin.call(api.revokeVertretung, { params: { id: v.id } })).rejects.toMatchObject({ status: 403 });
  await expect(plan(admin, admin, { ...vonHolger, rang: 2 })).rejects.toMatchObject({ status: 409, code: 'vertretung.nicht_an_sich' });
  await expect(plan(admin, dritte, { ...vonHolger, klassen: ['personal'] })).rejects.toMatchObject({ status: 422, code: 'vertretung.klassen_nur_selbst' });
  await chefin.call(api.revokeVertretung, { params: { id: v.id } });
  await expect(fuer(katrin, v.id)(api.getIch, {})).rejects.toMatchObject({ status: 410 });
  expect((await plan(admin, dritte, vonHolger)).angelegtVon).toMatchObject({ id: admin.id });
});

test('VT-01 four eyes stay four eyes: nobody gives rights, decides or plans for somebody else in their name', async () => {
  const mandant = newMandant();
  const { katrin } = people(mandant);
  const alle = ['registratur', 'administration', 'leitung', 'revision', 'geheimschutz', 'betrieb'] as const;
  const chef = mandant.as('administration', ['1'], http);
  const stand = await chef.call(api.getBenutzer, { params: { id: id<BenutzerId>(chef.id) } });
  await chef.call(api.assignRollen, { params: { id: stand.id }, ifMatch: stand.version, body: { rollen: alle.map((r) => id<never>(mandant.rolle(r))) } });
  const v = await plan(chef, katrin);
  const { rechte } = await fuer(katrin, v.id)(api.getIch, {});
  expect(rechte).toEqual(expect.arrayContaining(['akte.bearbeiten', 'aktenplan.verwalten']));
  const decides = /^(benutzer|rolle|organisationseinheit|zugriff|verbund|akte|vorgang|dokument)\.(verwalten|erteilen|geheimschutz|sperren)$|^(vertretung|notzugriff)\.(?!sehen)|\.(einsehen|entscheiden|erteilen|genehmigen|bewilligen)$|^zugangstoken/;
  expect(rechte.filter((r) => decides.test(r))).toEqual([]);
  expect(modules.flatMap((m) => m.extensions?.eigenhaendig ?? []).flat().filter((r) => !modules.some((m) => r in (m.rechte ?? {})))).toEqual([]);
  // what is about one's own account is refused in a Vertretung, also to make one
  for (const versuch of [fuer(katrin, v.id)(api.createVertretung, { body: { vertreterId: id<BenutzerId>(chef.id) } }), fuer(katrin, v.id)(api.revokeVertretung, { params: { id: v.id } }), fuer(katrin, v.id)(api.listSitzungen, {})]) {
    await expect(versuch).rejects.toMatchObject({ status: 409, code: 'sicht.nicht_hier' });
  }
});

test('VT-01 a program and a one-time password act for nobody', async () => {
  const mandant = newMandant();
  const holger = mandant.as('sachbearbeitung', ['63.1'], http);
  const [katrin, neu] = [await newPerson(mandant, ['leser']), await newPerson(mandant, ['leser'], { mussAendern: true })];
  const [v, w] = [await plan(holger, katrin), await plan(holger, neu, { rang: 2 })];
  const browser = newBrowser();
  await browser.login(katrin.anmeldename);
  const { token } = await browser.call(api.createZugangstoken, { body: { name: 'Abgleich' } });
  const ask = (vertretungId: string, headers: Record<string, string>) => http.inject({ url: `${API}/fuer/${vertretungId}/ich`, headers });
  expect((await ask(v.id, { cookie: browser.jar.cookie! })).json()).toMatchObject({ sicht: { id: v.id } });
  expect((await ask(v.id, { authorization: `Bearer ${token}` })).json()).toMatchObject({ status: 403, code: 'sicht.nicht_fuer_programme' });
  const einmal = newBrowser();
  await einmal.login(neu.anmeldename);
  expect((await ask(w.id, { cookie: einmal.jar.cookie! })).json()).toMatchObject({ status: 403, code: 'vertretung.kennwort' });
});

test('VT-02 rows name both: who acted, and for whom', async () => {
  const mandant = newMandant();
  const { holger, katrin } = people(mandant);
  const v = await plan(holger, katrin);
  expect((await database.read(mandant.system, (tx) => getBenutzerKurz(tx, [v.id, katrin.id]))).get(v.id)).toEqual({ id: v.id, name: 'Ada leser (i. V. Ada sachbearbeitung)', kurz: 'A. leser (i. V. A. sachbearbeitung)' });
  expect((await mandant.ereignisse()).find((e) => e.art === 'vertretung.angelegt')).toMatchObject({ akteur_id: holger.id, objekte: ['benutzer', 'benutzer', 'vertretung'], daten: { durch: 'Ada leser', fuer: 'Ada sachbearbeitung', umfang: 'alles', rang: 1 } });
});
