import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { sql } from 'kysely';
import { systemContext } from '#platform/server/context.ts';
import { tables } from '#platform/server/tx.ts';
import { appUrl } from '#platform/testing/database.ts';
import { database, io, newMandant, queryAs, verbundId } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { createBenutzer, getRolleDerVorgabe, listMandantIds } from '../server/index.ts';
import { einrichtenMandant, foundMandant } from '../server/mandant-verwaltung.ts';
import { hashPasswort } from '../server/passwort.ts';
import { KENNWORT, newBrowser, newPerson } from './browser.ts';

vi.setConfig({ testTimeout: 60_000 });
const db = tables<any>();
const verbund = systemContext(verbundId, verbundId, 'test', [], randomUUID());
let nummer = 0;

async function newOperator() {
  const anmeldename = `betrieb-${process.pid}-${nummer++}`;
  const passwortHash = await hashPasswort(KENNWORT);
  await database.write(verbund, async (tx) => createBenutzer(tx, { nachname: 'Petersen', konto: { anmeldename, passwortHash, mussAendern: false }, rollen: [(await getRolleDerVorgabe(tx, 'betrieb'))!] }));
  const browser = newBrowser();
  await browser.login(anmeldename);
  return browser;
}
const kuerzel = () => String.fromCharCode(65 + (nummer % 26)) + 'Ü';
const angaben = () => ({ name: `Kreis ${randomUUID()}`, kuerzel: kuerzel(), farbe: 'gelb' as const, administration: { anmeldename: `chef-${process.pid}-${nummer++}`, nachname: 'Albers' } });
/** What the worker does with the job that createMandant has put into the new Mandant's queue. */
async function runSetUp(mandantId: string) {
  const { workerUrl } = await import('#platform/testing/database.ts');
  const [job] = await queryAs(workerUrl, "select j.payload from graphile_worker._private_jobs j where j.payload->>'mandantId' = $1 and j.payload::text like '%administration%'", [mandantId]);
  const ctx = systemContext(mandantId, verbundId, einrichtenMandant.name, [], randomUUID());
  for (let twice = 0; twice < 2; twice++) await database.write(ctx, async (tx) => einrichtenMandant.store(tx, await einrichtenMandant.work(io, await einrichtenMandant.load(tx, einrichtenMandant.payload.parse(job!.payload.payload)), ctx)));
}

test('the operator takes in a Mandant; its first administrator logs in, and both sides have it on record', async () => {
  const operator = await newOperator();
  const wunsch = angaben();
  const { mandant, einmalkennwort } = await operator.call(api.createMandant, { body: wunsch });
  expect(mandant).toMatchObject({ name: wunsch.name, art: 'mandant', aktiv: true, rechte: ['mandant.verwalten'] });
  await runSetUp(mandant.id);
  const admin = newBrowser();
  expect(await admin.login(wunsch.administration.anmeldename, einmalkennwort!)).toMatchObject({ mandantId: mandant.id, passwortAendern: true });
  await admin.call(api.updatePasswort, { body: { alt: einmalkennwort!, neu: 'drei blaue Kühe' } });
  expect(await admin.call(api.listBenutzer, { query: {} })).toMatchObject({ gesamt: 1 });
  expect((await admin.call(api.listRollen, { query: {} })).eintraege.map((r) => r.schluessel).toSorted()).toEqual(['administration', 'betrieb', 'datenschutz', 'geheimschutz', 'leitung', 'leser', 'poststelle', 'registratur', 'revision', 'sachbearbeitung']);
  const arten = async (mandantId: string) => (await database.read(systemContext(mandantId, verbundId, 't', [], randomUUID()), (tx) => db.read(tx).selectFrom('platform.ereignis as e').innerJoin('platform.ereignis_objekt as o', 'o.ereignis_id', 'e.id').select('e.art').where('o.objekt_id', '=', mandant.id).execute())).map((e) => e.art);
  expect(await arten(verbundId)).toEqual(['mandant.aufgenommen']);
  expect(await arten(mandant.id)).toEqual(['mandant.eingerichtet']);
});

test('the operator changes and closes a Mandant; closed, nobody works in it', async () => {
  const operator = await newOperator();
  const wunsch = angaben();
  const { mandant, einmalkennwort } = await operator.call(api.createMandant, { body: wunsch });
  await runSetUp(mandant.id);
  const admin = newBrowser();
  await admin.login(wunsch.administration.anmeldename, einmalkennwort!);
  const params = { id: mandant.id };
  const changed = await operator.call(api.updateMandant, { params, ifMatch: mandant.version, body: { ars: '033540000000', behoerdenkennung: null, bezeichnung: 'Landkreis' } });
  expect(changed).toMatchObject({ ars: '033540000000', bezeichnung: 'Landkreis', name: wunsch.name });
  await expect(operator.call(api.updateMandant, { params, ifMatch: mandant.version, body: { name: 'x' } })).rejects.toMatchObject({ status: 412 });
  await expect(operator.call(api.updateMandant, { params, ifMatch: changed.version, body: { kuerzel: 'abc' } })).rejects.toMatchObject({ status: 422 });
  await operator.call(api.updateMandant, { params, ifMatch: changed.version, body: { aktiv: false } });
  await expect(admin.call(api.getIch, {})).rejects.toMatchObject({ status: 401 });
  await expect(admin.login(wunsch.administration.anmeldename, einmalkennwort!)).rejects.toMatchObject({ code: 'anmeldung.kein_zugang' });
  expect(await listMandantIds(database)).not.toContain(mandant.id);
  await expect(operator.call(api.createMandant, { body: { ...angaben(), name: wunsch.name } })).rejects.toMatchObject({ status: 409, code: 'mandant.name_vergeben' });
});

test('BE-02 only the Verbund takes in Mandanten, whatever a Rolle elsewhere says, and the database says so too', async () => {
  const mandant = newMandant();
  const betrieb = mandant.as('betrieb');
  await expect(betrieb.call(api.createMandant, { body: angaben() })).rejects.toMatchObject({ status: 403 });
  await expect(betrieb.call(api.updateMandant, { params: { id: verbundId as never }, ifMatch: 1, body: { name: 'x' } })).rejects.toMatchObject({ status: 403 });
  const raw = (statement: ReturnType<typeof sql>) => database.write(mandant.system, async (tx) => { await db.read(tx).selectFrom(statement.as('f') as never).selectAll().execute(); await tx.record({ art: 'x', objekte: {} }); });
  await expect(raw(sql`organisation.register_mandant(${randomUUID()}, 'mandant', 'x', '', 'XX', 'gelb', null, null)`)).rejects.toMatchObject({ code: '42501' });
  await expect(raw(sql`organisation.register_mandant(${randomUUID()}, 'verbund', 'x', '', 'XX', 'gelb', null, null)`)).rejects.toMatchObject({ code: '42501' });
  await expect(raw(sql`organisation.create_konto(${randomUUID()}, 'x', 'x', 'x', false, ${verbundId})`)).rejects.toMatchObject({ code: '42501' });
});

test('BE-02 the app role reads no Konto, session or token but through the functions, and is shown only people of its Mandant', async () => {
  for (const table of ['mandant', 'konto', 'zugang', 'sitzung', 'zugangstoken', 'anmeldeversuch']) {
    await expect(queryAs(appUrl, `select * from organisation.${table}`)).rejects.toMatchObject({ code: '42501' });
  }
  await expect(queryAs(appUrl, 'select organisation.akteur(gen_random_uuid(), gen_random_uuid())')).rejects.toMatchObject({ code: '42501' });
  const [ours, theirs] = [newMandant(), newMandant()];
  const stranger = theirs.as('leser');
  await stranger.call(api.listBenutzer, { query: {} });
  const konto = await database.read(theirs.system, (tx) => db.read(tx).selectFrom('organisation.benutzer').select('konto_id').where('id', '=', stranger.id).executeTakeFirstOrThrow());
  const ask = (call: ReturnType<typeof sql>) => database.write(ours.system, (tx) => db.read(tx).selectFrom(call.as('f') as never).selectAll().execute());
  expect(await ask(sql`organisation.get_konten(array[${konto.konto_id}]::uuid[])`)).toEqual([]);
  expect(await ask(sql`(select organisation.get_passwort(${konto.konto_id}) as p)`)).toEqual([{ p: null }]);
  expect(await ask(sql`(select organisation.set_passwort(${konto.konto_id}, 'x', true, null) as p)`)).toEqual([{ p: false }]);
});

test('a function that looks into a Mandant gives the caller its own back', async () => {
  const mandant = newMandant();
  await database.read(mandant.system, async (tx) => {
    await db.read(tx).selectFrom(sql`(select organisation.resolve_sitzung('\\x00', interval '1 hour'))`.as('f') as never).selectAll().execute();
    const rows = await db.read(tx).selectFrom(sql`(select platform.current_mandant() as m)`.as('f') as never).selectAll().execute();
    expect(rows).toEqual([{ m: mandant.mandantId }]);
  });
});

test('everyone signed in sees the Mandanten, by name or Kürzel, page by page', async () => {
  const { call } = newMandant().as('leser');
  for (const other of [newMandant(), newMandant()]) await database.read(other.system, async () => {}); // until they are there
  const all = await call(api.listMandanten, { query: { limit: 200 } });
  const first = await call(api.listMandanten, { query: { limit: 1 } });
  const second = await call(api.listMandanten, { query: { limit: 1, cursor: first.weiter! } });
  expect([first.eintraege[0]!.id, second.eintraege[0]!.id]).toEqual(all.eintraege.slice(0, 2).map((m) => m.id));
  expect(first.gesamt).toBe(all.gesamt);
  expect(all.eintraege.every((m) => m.rechte.length === 0)).toBe(true);
});

test('the first Mandant is one transaction: if nothing comes after it, the queue still makes its administrator', async () => {
  const { administration, ...wunsch } = angaben();
  const passwortHash = await hashPasswort(KENNWORT);
  const found = (rest: () => void) => database.write(verbund, async (tx) => { const made = await foundMandant(tx, { ...wunsch, administration: { ...administration, vorname: 'Ada', email: null } }, passwortHash); rest(); return made; });
  await expect(found(() => { throw new Error('killed'); })).rejects.toThrow('killed');
  const { id, payload } = await found(() => {});
  const browser = newBrowser();
  await expect(browser.login(administration.anmeldename)).rejects.toMatchObject({ code: 'anmeldung.kein_zugang' });
  await runSetUp(id);
  expect(await browser.login(administration.anmeldename)).toMatchObject({ mandantId: id, passwortAendern: true });
  // What `einrichten` does by itself when it is not interrupted makes nobody twice.
  await database.write(systemContext(id, verbundId, 'einrichten', [], randomUUID()), (tx) => einrichtenMandant.store(tx, payload));
  const people = await database.read(systemContext(id, verbundId, 't', [], randomUUID()), (tx) => db.read(tx).selectFrom('organisation.benutzer').select('nachname').execute());
  expect(people).toEqual([{ nachname: 'Albers' }]);
});

test('a Rolle of a Mandant that names the Rechte of the Verbund gives none of them', async () => {
  const mandant = newMandant();
  const person = await newPerson(mandant, ['betrieb']);
  const { login, call } = newBrowser();
  await login(person.anmeldename);
  const { rechte } = await call(api.getIch, {});
  expect(rechte).toContain('benutzer.sehen');
  expect(rechte).not.toContain('mandant.verwalten');
  expect((await call(api.listRechte, {})).eintraege.map((r) => r.recht)).not.toContain('mandant.verwalten');
});
