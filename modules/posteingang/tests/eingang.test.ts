import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { api as organisation } from '#modules/organisation/contract.ts';
import { API } from '#platform/server/http/http.ts';
import { database, newMandant } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { requireOe } from '../server/commands.ts';
import { download, http, newPosteingang, refusal, upload } from './hilfe.ts';

const jahr = new Intl.DateTimeFormat('de-DE', { year: 'numeric', timeZone: 'Europe/Berlin' }).format(new Date());
const nummer = (n: number) => `PE ${jahr}-${String(n).padStart(6, '0')}`;

describe('PE-01: every Eingang has number, time, channel, basket and its unchanged original', () => {
  test('from the first second', async () => {
    const { clerk, create } = await newPosteingang();
    const bytes = Buffer.from('%PDF- not really, but byte for byte\0\xff', 'latin1');
    const e = await create(clerk, { kanal: 'papier', posteingangsdatum: '2026-11-19' }, bytes, 'Scan_0001.pdf');
    expect(e).toMatchObject({ nummer: nummer(1), kanal: 'papier', status: 'verteilt', posteingangsdatum: '2026-11-19', betreff: 'Scan 0001', organisationseinheit: { kennzeichen: '63.1' }, groesse: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), dublette: null });
    expect(Math.abs(Date.now() - Date.parse(e.eingegangen))).toBeLessThan(60_000);
    expect((await download(clerk, e.inhaltId!)).rawPayload).toEqual(bytes);
  });
  test('numbers have no gap, however many come at once and whatever fails', async () => {
    const { clerk, create, mandant } = await newPosteingang();
    await Promise.all(Array.from({ length: 20 }, async (_, i) => { if (i % 4 === 0) await create(clerk, { organisationseinheitId: crypto.randomUUID() }).catch(() => {}); else await create(clerk); }));
    const { eintraege } = await clerk.call(api.listEingaenge, { query: { sort: 'eingegangen', limit: 100 } });
    expect(eintraege.map((e) => e.nummer).toSorted()).toEqual(Array.from({ length: 15 }, (_, i) => nummer(i + 1)));
    expect((await mandant.ereignisse()).filter((e) => e.art === 'eingang.angelegt')).toHaveLength(15);
  });
  test('seen by the basket’s OE and the Poststelle, by nobody else', async () => {
    const { clerk, other, poststelle, registratur, create } = await newPosteingang();
    const e = await create();
    const get = (person: typeof clerk) => refusal(person.call(api.getEingang, { params: { id: e.id } }));
    expect([await get(clerk), await get(poststelle), await get(registratur)]).toEqual(['no refusal', 'no refusal', 'no refusal']);
    expect(await get(other)).toBe('404 allgemein.nicht_gefunden');
    expect((await other.call(api.listEingaenge, { query: {} })).gesamt).toBe(0);
    expect((await download(other, e.inhaltId!)).statusCode).toBe(404);
    expect(await get(newMandant().as('registratur'))).toBe('404 allgemein.nicht_gefunden');
  });
  test('without a basket named it is that of the Akteur’s own office, not of the department above', async () => {
    const { mandant } = await newPosteingang();
    const { id: amt } = await mandant.as('administration', ['10']).call(organisation.createOrganisationseinheit, { body: { kennzeichen: '70', bezeichnung: 'Amt', kuerzel: 'AM' } as never });
    const { id: team } = await mandant.as('administration', ['10']).call(organisation.createOrganisationseinheit, { body: { kennzeichen: '70.4', bezeichnung: 'Team', kuerzel: 'TE', parentId: amt } as never });
    const person = mandant.as('sachbearbeitung', ['63.1']);
    // as a session resolves it: those above stand before one's own
    const ctx = { ...person.ctx, akteur: { ...person.ctx.akteur, organisationseinheiten: [amt, team, ...person.ctx.akteur.organisationseinheiten] } };
    expect(await database.write(ctx, async (tx) => { const oe = await requireOe(tx, undefined); await tx.record({ art: 'probe.gefragt', objekte: { organisationseinheit: oe } }); return oe; })).toBe(mandant.oe('63.1'));
  });
  test('the Poststelle lays it into any basket; a clerk only into their own', async () => {
    const { mandant, poststelle, clerk, create } = await newPosteingang();
    expect((await create(poststelle, { organisationseinheitId: mandant.oe('32') })).organisationseinheit.kennzeichen).toBe('32');
    expect(await refusal(create(clerk, { organisationseinheitId: mandant.oe('32') }))).toBe('403 allgemein.kein_recht');
  });
});

describe('PE-06: duplicates are recognised, said, and kept as a fact', () => {
  test('the same file twice', async () => {
    const { clerk, poststelle, mandant, create } = await newPosteingang();
    const first = await create(clerk, {}, 'derselbe Brief');
    const second = await create(clerk, {}, 'derselbe Brief');
    expect(second).toMatchObject({ nummer: nummer(2), dublette: { id: first.id, nummer: first.nummer } });
    // in a basket one may not look into: said, not named
    await create(poststelle, { organisationseinheitId: mandant.oe('32') }, 'geheimer Brief');
    expect((await create(clerk, {}, 'geheimer Brief')).dublette).toEqual({ id: null, nummer: null });
    expect((await clerk.call(api.listEingaenge, { query: { dubletten: 'true' } })).gesamt).toBe(2);
  });
  test('the same upload twice, or somebody else’s, is refused', async () => {
    const { clerk, other } = await newPosteingang();
    const inhaltId = await upload(clerk, 'einmal');
    await clerk.call(api.createEingang, { body: { inhaltId } });
    expect(await refusal(clerk.call(api.createEingang, { body: { inhaltId } }))).toBe('409 ablage.inhalt_verwendet');
    expect(await refusal(other.call(api.createEingang, { body: { inhaltId: await upload(clerk, 'fremd') } }))).toBe('404 ablage.inhalt_unbekannt');
  });
  test('the same call again makes no second Eingang', async () => {
    const { clerk } = await newPosteingang();
    const body = { inhaltId: await upload(clerk, 'noch einmal') };
    const idempotencyKey = crypto.randomUUID();
    const [a, b] = [await clerk.call(api.createEingang, { body, idempotencyKey }), await clerk.call(api.createEingang, { body, idempotencyKey })];
    expect(b.id).toBe(a.id);
    expect((await clerk.call(api.listEingaenge, { query: {} })).gesamt).toBe(1);
  });
});

describe('PE-07, PE-09: filing', () => {
  test('into a Vorgang: a Dokument with the same content, its dates and its Absender', async () => {
    const { clerk, create, createVorgang, file } = await newPosteingang();
    const vorgang = await createVorgang();
    const e = await create(clerk, { posteingangsdatum: '2026-11-19', datumDesSchreibens: '2026-11-17', fremdesGeschaeftszeichen: '1187/26 V-k' }, 'Auskunft', 'Auskunft.txt');
    const filed = await file(clerk, e.id, { art: 'vorgang', vorgangId: vorgang.id }, { betreff: 'Baulastenauskunft' });
    expect(filed).toMatchObject({ status: 'zugeordnet', betreff: 'Baulastenauskunft', ablage: { akte: { id: vorgang.akteId }, vorgang: { id: vorgang.id } } });
    const dokument = await clerk.call(schriftgut.getDokument, { params: { id: filed.ablage!.dokumentId! } });
    expect(dokument).toMatchObject({ art: 'eingang', betreff: 'Baulastenauskunft', posteingangsdatum: '2026-11-19', datumDesSchreibens: '2026-11-17', fremdesGeschaeftszeichen: '1187/26 V-k', absender: ['Notarin Dr. Vollmer'], datei: { inhaltId: e.inhaltId, dateiname: 'Auskunft.txt' } });
    expect((await download(clerk, e.inhaltId!)).body).toBe('Auskunft');
  });
  test('into an Akte, a new Vorgang, a new Akte', async () => {
    const { clerk, create, createAkte, einheit, file } = await newPosteingang();
    const akte = await createAkte();
    expect((await file(clerk, (await create()).id, { art: 'akte', akteId: akte.id })).ablage).toMatchObject({ akte: { id: akte.id }, vorgang: null });
    expect((await file(clerk, (await create()).id, { art: 'neuer_vorgang', akteId: akte.id, vorgang: { betreff: 'Auskunft' } })).ablage).toMatchObject({ akte: { id: akte.id }, vorgang: { betreff: 'Auskunft' } });
    const neu = await file(clerk, (await create()).id, { art: 'neue_akte', aktenplaneinheitId: einheit.id, akte: { betreff: 'Neubau' }, vorgang: { betreff: 'Antrag' } });
    expect(neu.ablage).toMatchObject({ akte: { aktenzeichen: `631.20-${jahr}/0002`, betreff: 'Neubau' }, vorgang: { betreff: 'Antrag' } });
  });
  test('PE-03: where the last step fails nothing is half done', async () => {
    const { clerk, create, einheit, file, createVorgang, other } = await newPosteingang();
    const e = await create(clerk, { absender: '' });
    expect(await refusal(file(clerk, e.id, { art: 'neue_akte', aktenplaneinheitId: einheit.id, akte: { betreff: 'Neubau' }, vorgang: { betreff: 'Antrag' } }))).toBe('422 posteingang.absender_fehlt');
    const fremd = await createVorgang(other);
    expect(await refusal(file(clerk, e.id, { art: 'vorgang', vorgangId: fremd.id }, { absender: 'A. B.' }))).toBe('404 allgemein.nicht_gefunden');
    expect(await clerk.call(api.getEingang, { params: { id: e.id } })).toMatchObject({ status: 'verteilt', absender: '', version: 1 });
    expect((await clerk.call(schriftgut.listAkten, { query: {} })).gesamt).toBe(0);
  });
  test('PE-03: two people file the same Eingang at once: one wins, the other is told', async () => {
    const { clerk, mandant, create, createVorgang, file } = await newPosteingang();
    const colleague = mandant.as('sachbearbeitung', ['63.1']);
    const vorgang = await createVorgang();
    for (let i = 0; i < 5; i++) {
      const e = await create();
      const answers = await Promise.all([clerk, colleague].map((p) => refusal(file(p, e.id, { art: 'vorgang', vorgangId: vorgang.id }))));
      expect(answers.toSorted()).toEqual(['409 posteingang.schon_abgelegt', 'no refusal']);
    }
    expect((await clerk.call(schriftgut.listDokumente, { query: { vorgangId: [vorgang.id] } })).gesamt).toBe(5);
  });
  test('the Poststelle distributes; the Akten of an office stay closed to it', async () => {
    const { poststelle, mandant, create, createVorgang, file } = await newPosteingang();
    const vorgang = await createVorgang();
    const e = await create(poststelle, { organisationseinheitId: mandant.oe('63.1') });
    expect(await refusal(file(poststelle, e.id, { art: 'vorgang', vorgangId: vorgang.id }))).toBe('404 allgemein.nicht_gefunden');
  });
});

describe('PE-03, PE-04: nothing is lost', () => {
  test('forwarding changes the basket, and with it who sees it', async () => {
    const { mandant, clerk, other, create } = await newPosteingang();
    const e = await create();
    expect(await clerk.call(api.assignEingang, { params: { id: e.id }, body: { organisationseinheitId: mandant.oe('32') as never, bemerkung: 'Irrläufer' } })).toMatchObject({ organisationseinheit: { kennzeichen: '32' } });
    expect(await refusal(clerk.call(api.getEingang, { params: { id: e.id } }))).toBe('404 allgemein.nicht_gefunden');
    expect(await other.call(api.getEingang, { params: { id: e.id } })).toMatchObject({ status: 'verteilt', organisationseinheit: { kennzeichen: '32' }, version: 2 });
    expect((await mandant.ereignisse()).findLast((x) => x.art === 'eingang.weitergeleitet')).toMatchObject({ daten: { von: '63.1 63.1', nach: '32 32', bemerkung: 'Irrläufer' } });
  });
  test('rejected with a reason, kept, and taken up again', async () => {
    const { clerk, create, createVorgang, file } = await newPosteingang();
    const e = await create();
    const vorgang = await createVorgang();
    const cancel = (grund: string) => clerk.call(api.cancelEingang, { params: { id: e.id }, body: { grund } });
    expect(await refusal(cancel(''))).toBe('422 allgemein.eingabe_ungueltig');
    expect(await cancel('Werbung')).toMatchObject({ status: 'zurueckgewiesen', zurueckweisungsgrund: 'Werbung' });
    expect(await refusal(file(clerk, e.id, { art: 'vorgang', vorgangId: vorgang.id }))).toBe('409 posteingang.schon_zurueckgewiesen');
    expect((await clerk.call(api.listEingaenge, { query: {} })).gesamt).toBe(0);
    expect(await clerk.call(api.reopenEingang, { params: { id: e.id } })).toMatchObject({ status: 'verteilt', zurueckweisungsgrund: null });
  });
  test('received = filed + rejected + open, also for each basket alone', async () => {
    const { mandant, clerk, poststelle, create, createVorgang, file } = await newPosteingang();
    const vorgang = await createVorgang();
    for (let i = 0; i < 5; i++) await create(clerk, { kanal: i % 2 ? 'papier' : 'e_mail' });
    await create(poststelle, { organisationseinheitId: mandant.oe('32') });
    const [a, b] = (await clerk.call(api.listEingaenge, { query: {} })).eintraege;
    await file(clerk, a!.id, { art: 'vorgang', vorgangId: vorgang.id });
    await clerk.call(api.cancelEingang, { params: { id: b!.id }, body: { grund: 'doppelt' } });
    expect(await clerk.call(api.getPosteingang, { query: {} })).toMatchObject({ heute: { eingegangen: 5, abgelegt: 1, zurueckgewiesen: 1, offen: 3 }, offenJeKorb: [{ organisationseinheit: { kennzeichen: '63.1' }, anzahl: 3 }] });
    const all = await poststelle.call(api.getPosteingang, { query: {} });
    expect(all.heute).toEqual({ eingegangen: 6, abgelegt: 1, zurueckgewiesen: 1, weitergeleitet: 0, offen: 4 });
    expect(all.offen).toBe(4);
    expect(all.offenJeKanal.reduce((n, k) => n + k.anzahl, 0)).toBe(4);
    expect((await poststelle.call(api.getPosteingang, { query: { organisationseinheitId: [mandant.oe('32') as never] } })).heute).toMatchObject({ eingegangen: 1, offen: 1 });
  });
});

describe('UX-02: the list', () => {
  test('filters, order, pages with an exact count', async () => {
    const { clerk, create } = await newPosteingang();
    const a = await create(clerk, { kanal: 'papier', betreff: 'Müllgebühren', absender: 'Zander' });
    const b = await create(clerk, { kanal: 'e_mail', betreff: 'Bauantrag', absender: 'Ärzteverein' });
    const c = await create(clerk, { kanal: 'papier', betreff: 'Widerspruch', absender: 'Böttcher' });
    const list = async (query: object) => (await clerk.call(api.listEingaenge, { query })).eintraege.map((e) => e.nummer);
    expect(await list({ sort: 'absender' })).toEqual([b.nummer, c.nummer, a.nummer]);
    expect((await list({ kanal: ['papier'] })).toSorted()).toEqual([a.nummer, c.nummer]);
    for (const text of ['muellgebuehren', 'zander', a.nummer.slice(3)]) expect(await list({ text }), text).toEqual([a.nummer]);
    expect(await list({ von: '2020-01-01', bis: '2020-12-31' })).toEqual([]);
    const page = await clerk.call(api.listEingaenge, { query: { limit: 2, sort: 'absender' } });
    expect([page.gesamt, page.eintraege.length]).toEqual([3, 2]);
    expect((await clerk.call(api.listEingaenge, { query: { limit: 2, sort: 'absender', cursor: page.weiter! } })).eintraege.map((e) => e.nummer)).toEqual([a.nummer]);
  });
  test('a change from an old version is refused; a filed Eingang is not changed', async () => {
    const { clerk, create, createVorgang, file } = await newPosteingang();
    const e = await create();
    const update = (ifMatch: number, body: object) => clerk.call(api.updateEingang, { params: { id: e.id }, ifMatch, body });
    expect(await update(1, { absender: 'Dr. Vollmer' })).toMatchObject({ absender: 'Dr. Vollmer', version: 2 });
    expect(await refusal(update(1, { betreff: 'x' }))).toBe('412 allgemein.veraltet');
    await file(clerk, e.id, { art: 'vorgang', vorgangId: (await createVorgang()).id });
    expect(await refusal(update(3, { betreff: 'x' }))).toBe('409 posteingang.schon_abgelegt');
  });
});

describe('bad input', () => {
  test('an empty file is refused with a word', async () => {
    const { clerk } = await newPosteingang();
    expect(await refusal(clerk.call(api.createEingang, { body: { inhaltId: await upload(clerk, '') } }))).toBe('422 posteingang.datei_leer');
  });
  test('an upload cut off in the middle leaves nothing behind', async () => {
    const { clerk } = await newPosteingang();
    const { port } = new URL(await http.listen({ port: 0, host: '127.0.0.1' }));
    await new Promise<void>((done) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(`POST ${API}/inhalte HTTP/1.1\r\nhost: x\r\nauthorization: ${clerk.id}\r\ncontent-type: application/octet-stream\r\nidempotency-key: abgerissen\r\ncontent-length: 1000000\r\n\r\nnur der Anfang`);
        setTimeout(() => { socket.destroy(); done(); }, 200);
      });
    });
    expect((await clerk.call(api.listEingaenge, { query: {} })).gesamt).toBe(0);
  });
  test('names with paths and control characters, legacy text', async () => {
    const { clerk, create } = await newPosteingang();
    const e = await create(clerk, {}, Buffer.from('M\xfcll', 'latin1'), '..\\..\\böse\u202egpj.exe');
    expect(e.dateiname).not.toMatch(/[\\/\u202e]/);
    expect((await download(clerk, e.inhaltId!)).rawPayload.toString('latin1')).toBe('M\xfcll');
  });
});
