import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { api as organisation } from '#modules/organisation/contract.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { EINGANG, newBehoerde, upload, vorgangIn } from '#modules/schriftgut/tests/hilfe.ts';
import { api as zugriff } from '#modules/zugriff/contract.ts';
import { API } from '#platform/server/http/http.ts';
import { createClient } from '#platform/web/client.ts';
import { heute } from '#platform/server/zeit.ts';
import { buildTestHttp, database, modules } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { lesenAufraeumenJob, lesenPruefenJob, lesenVersiegelnJob } from '../server/jobs.ts';
import { asOwner, runJob, runSealJob } from './helfer.ts';

vi.setConfig({ testTimeout: 60_000 });
const http = await buildTestHttp(modules);
afterEach(() => { vi.restoreAllMocks(); });

/** An Akte of a protected class with a Vorgang and a Dokument, and an open one beside it. */
async function newWelt() {
  const b = await newBehoerde();
  const reg = b.as('registratur', ['amt-10'], http), admin = b.as('administration', ['amt-10'], http), clerk = b.as('sachbearbeitung', ['amt-10'], http);
  const akte = await b.akte({ betreff: 'Personalakte Lena Vogel' }, reg), offen = await b.akte({ betreff: 'Dienstwagen' }, reg);
  const vorgang = await vorgangIn(reg, akte.id, { betreff: 'Höhergruppierung' });
  const inhaltId = await upload(http, reg, 'Seite eins\n'.repeat(500), 'antrag.txt');
  const dokument = await reg.call(schriftgut.createDokument, { body: { ...EINGANG, vorgangId: vorgang.id, betreff: 'Antrag', formate: [{ inhaltId }] } as never });
  const { schutzId } = await reg.call(schriftgut.createEigenenSchutz, { params: { typ: 'akte', id: akte.id }, body: { erbt: true, grund: 'Personal' } as never });
  const bereich = await admin.call(zugriff.getSchutzbereich, { params: { id: schutzId as never } });
  await admin.call(zugriff.updateSchutzbereich, { params: { id: schutzId as never }, ifMatch: bereich.version, body: { klasse: 'personal' } });
  await admin.call(zugriff.grantFreigabe, { params: { id: schutzId as never }, body: { subjektArt: 'person', subjekt: clerk.id, stufe: 'lesen' } });
  const reads = () => asOwner(b, "select l.operation, l.akteur_id, l.objekte::text as objekte, array_agg(o.art || ' ' || o.typ order by o.typ, o.art) as arten from platform.lesezugriff l join platform.lesezugriff_objekt o on o.mandant_id = l.mandant_id and o.lesezugriff_id = l.id group by l.mandant_id, l.id order by l.id") as Promise<{ operation: string; akteur_id: string; objekte: string; arten: string[] }[]>;
  const fetchInhalt = (range?: string) => http.inject({ url: `${API}/inhalte/${inhaltId}`, headers: { authorization: clerk.id, ...(range && { range }) } });
  return { b, reg, admin, clerk, akte, offen, vorgang, dokument, inhaltId, reads, fetchInhalt };
}
type Welt = Awaited<ReturnType<typeof newWelt>>;
const revision = (w: Welt) => [w.b.as('revision', ['amt-10'], http), w.b.as('revision', ['amt-10'], http)] as const;
const ask = (w: Welt, wer: ReturnType<typeof revision>[number], more: object = {}) => wer.call(api.requestEinsicht, { body: { zielArt: 'objekt', zielId: w.akte.id, von: '2026-01-01', bis: heute(), grund: 'Beschwerde der Beschäftigten', ...more } as never });

describe('PR-03: reads of a protected class are recorded', () => {
  test('a list, the object, its content and its history leave one record each; what is open leaves none', async () => {
    const w = await newWelt();
    await w.clerk.call(schriftgut.getAkte, { params: { id: w.offen.id } });
    expect(await w.reads()).toEqual([]);
    await w.clerk.call(schriftgut.listAkten, { query: {} });
    await w.clerk.call(schriftgut.getDokument, { params: { id: w.dokument.id } });
    expect((await w.fetchInhalt()).statusCode).toBe(200);
    await w.clerk.call(api.listEreignisse, { query: { objekt: w.akte.id } as never });
    const reads = await w.reads();
    expect(reads.map((r) => r.operation)).toEqual(['listAkten', 'getDokument', 'downloadInhalt', 'listEreignisse']);
    expect(reads.map((r) => r.akteur_id)).toEqual(Array(4).fill(w.clerk.id));
    expect(reads[0]!.arten).toEqual(['gesehen akte']);
    expect(reads[1]!.arten).toContain('gesehen dokument');
    expect(reads[2]!.arten).toEqual(['gelesen dokument']);
    expect(reads[3]!.arten).toContain('gelesen akte');
    expect(reads.map((r) => r.objekte).join()).not.toContain(w.offen.id);
  });
  test('the ranges of one content, one after the other and at once, are one read', async () => {
    const w = await newWelt();
    for (const range of ['bytes=0-99', 'bytes=100-199']) expect((await w.fetchInhalt(range)).statusCode).toBe(206);
    const app = await buildTestHttp(modules); // another process that knows nothing of it
    await Promise.all(Array.from({ length: 6 }, (_, i) => app.inject({ url: `${API}/inhalte/${w.inhaltId}`, headers: { authorization: w.clerk.id, range: `bytes=${i * 50}-${i * 50 + 49}` } })));
    expect((await w.reads()).filter((r) => r.operation === 'downloadInhalt')).toHaveLength(1);
  });
  test('what cannot be recorded is not shown: 503 and not a byte', async () => {
    const w = await newWelt();
    const app = await buildTestHttp(modules, { ...database, write: async () => { throw new Error('disk full'); } });
    for (const path of [`/akten/${w.akte.id}`, `/inhalte/${w.inhaltId}`, '/akten']) {
      const answer = await app.inject({ url: API + path, headers: { authorization: w.clerk.id } });
      expect([path, answer.statusCode, /Vogel|Seite eins/.test(answer.body)]).toEqual([path, 503, false]);
    }
    expect((await app.inject({ url: `${API}/akten/${w.offen.id}`, headers: { authorization: w.clerk.id } })).statusCode).toBe(200);
  });
  test('a refused read leaves none, and a change stands in the history instead', async () => {
    const w = await newWelt();
    await expect(w.b.as('leser', ['amt-20'], http).call(schriftgut.getAkte, { params: { id: w.akte.id } })).rejects.toMatchObject({ status: 404 });
    await w.reg.call(schriftgut.createVorgang, { body: { akteId: w.offen.id, betreff: 'Neu' } });
    expect(await w.reads()).toEqual([]);
  });
});

describe('who read what is seen with a reason and four eyes', () => {
  test('an account that one of the two has lately set up is no second person', async () => {
    const w = await newWelt();
    const admin = w.b.as('administration', ['amt-10'], http), [eine] = revision(w);
    const { benutzer } = await admin.call(organisation.createBenutzer, { body: { anmeldename: randomUUID(), nachname: 'Neu', rollen: [w.b.rolle('revision') as never] } });
    const asRevision = (id: string) => w.b.known(id, 'revision', [], http);
    const [verwaltend, neu] = [asRevision(admin.id), asRevision(benutzer.id)];
    const grant = (wer: typeof neu, id: string) => wer.call(api.grantEinsicht, { params: { id: id as never }, body: {} });
    const [a, b] = [await ask(w, verwaltend), await ask(w, neu)];
    await expect(grant(neu, a.id)).rejects.toMatchObject({ status: 409, code: 'einsicht.aus_einer_hand' });
    await expect(grant(verwaltend, b.id)).rejects.toMatchObject({ status: 409, code: 'einsicht.aus_einer_hand' });
    for (const { id } of [a, b]) expect((await grant(eine, id)).zustand).toBe('offen');
  });
  test('asked for by one holder, granted by another, for a week; each look is an Ereignis', async () => {
    const w = await newWelt();
    await w.clerk.call(schriftgut.getAkte, { params: { id: w.akte.id } });
    const [eins, zwei] = revision(w);
    const antrag = await ask(w, eins);
    // the Revision does not see the Akte itself: it is called by its kind, not by a number that says nothing to anybody
    expect(antrag).toMatchObject({ zustand: 'beantragt', rechte: ['einsicht.ablehnen'], ziel: { name: 'Akte (für die antragstellende Person nicht einsehbar)' } });
    await expect(eins.call(api.grantEinsicht, { params: { id: antrag.id }, body: {} })).rejects.toMatchObject({ code: 'einsicht.eigener_antrag' });
    await expect(eins.call(api.listLesezugriffe, { params: { id: antrag.id }, query: {} })).rejects.toMatchObject({ code: 'einsicht.nicht_bewilligt' });
    expect(await zwei.call(api.grantEinsicht, { params: { id: antrag.id }, body: {} })).toMatchObject({ zustand: 'offen' });
    await expect(zwei.call(api.listLesezugriffe, { params: { id: antrag.id }, query: {} })).rejects.toMatchObject({ code: 'einsicht.nicht_bewilligt' });
    const gesehen = await eins.call(api.listLesezugriffe, { params: { id: antrag.id }, query: {} });
    expect(gesehen.eintraege).toMatchObject([{ operation: 'getAkte', wer: { id: w.clerk.id }, objekte: [{ typ: 'akte', id: w.akte.id, titel: null }] }]);
    expect((await w.b.ereignisse()).map((e) => e.art).filter((art) => /einsicht|eingesehen/.test(art))).toEqual(['einsicht.beantragt', 'einsicht.bewilligt', 'lesezugriffe.eingesehen']);
    await asOwner(w.b, "alter table protokoll.einsicht disable trigger user");
    await asOwner(w.b, "update protokoll.einsicht set gilt_bis = now() - interval '1 minute' where id = $1", [antrag.id]);
    await asOwner(w.b, "alter table protokoll.einsicht enable trigger user");
    await expect(eins.call(api.listLesezugriffe, { params: { id: antrag.id }, query: {} })).rejects.toMatchObject({ code: 'einsicht.nicht_bewilligt' });
  });
  test('of one person as well, who does not decide on it herself; not in the Verlauf, and not for others', async () => {
    const w = await newWelt();
    await w.clerk.call(schriftgut.getVorgang, { params: { id: w.vorgang.id } });
    const [eins, zwei] = revision(w);
    const ueber = await ask(w, eins, { zielArt: 'person', zielId: zwei.id });
    await expect(zwei.call(api.grantEinsicht, { params: { id: ueber.id }, body: {} })).rejects.toMatchObject({ code: 'einsicht.selbst_betroffen' });
    const antrag = await ask(w, eins, { zielArt: 'person', zielId: w.clerk.id });
    await zwei.call(api.grantEinsicht, { params: { id: antrag.id }, body: {} });
    expect((await eins.call(api.listLesezugriffe, { params: { id: antrag.id }, query: {} })).eintraege.map((l) => l.operation)).toEqual(['getVorgang']);
    const verlauf = await w.clerk.call(api.listEreignisse, { query: { objekt: w.vorgang.id } as never });
    expect(JSON.stringify(verlauf)).not.toMatch(/getVorgang|gelesen|eingesehen/);
    for (const rolle of ['administration', 'leitung', 'registratur', 'betrieb'] as const) await expect(w.b.as(rolle, ['amt-10'], http).call(api.listEinsichten, { query: {} })).rejects.toMatchObject({ status: 403 });
  });
  test('whoever is concerned neither asks about herself nor decides: for a person, and for an object she has read in that time', async () => {
    const w = await newWelt();
    const [eins, zwei] = revision(w), dritte = w.b.as('revision', ['amt-10'], http);
    await expect(ask(w, eins, { zielArt: 'person', zielId: eins.id })).rejects.toMatchObject({ status: 409, code: 'einsicht.selbst_betroffen' });
    // the second holder of the Revision has read the Akte herself, on a day of the period
    await asOwner(w.b, `with l as (insert into platform.lesezugriff (akteur_art, akteur_id, operation, weg, korrelation_id, objekte) values ('person', $1, 'getAkte', 'web', gen_random_uuid(), '[]') returning id)
      insert into platform.lesezugriff_objekt (objekt_id, lesezugriff_id, typ, art) select $2::uuid, id, 'akte', 'gelesen' from l`, [zwei.id, w.akte.id]);
    const antrag = await ask(w, eins);
    const seen = async (p: typeof eins) => (await p.call(api.listEinsichten, { query: {} })).eintraege[0]!.rechte;
    expect([await seen(eins), await seen(zwei), await seen(dritte)]).toEqual([['einsicht.ablehnen'], [], ['einsicht.bewilligen', 'einsicht.ablehnen']]);
    for (const op of [api.grantEinsicht, api.cancelEinsicht] as const) await expect(zwei.call(op as typeof api.cancelEinsicht, { params: { id: antrag.id }, body: {} } as never)).rejects.toMatchObject({ status: 409, code: 'einsicht.selbst_betroffen' });
    const frueher = await ask(w, eins, { von: '2026-01-01', bis: '2026-01-31' });
    expect(await zwei.call(api.grantEinsicht, { params: { id: frueher.id }, body: {} })).toMatchObject({ zustand: 'offen' });
    expect(await dritte.call(api.grantEinsicht, { params: { id: antrag.id }, body: {} })).toMatchObject({ zustand: 'offen' });
  });
  test('bad input: a clear error and nothing kept', async () => {
    const w = await newWelt();
    const [eins] = revision(w);
    const code = (more: object) => ask(w, eins, more).then(() => 'ok', (e: { code: string }) => e.code);
    expect(await code({ zielId: crypto.randomUUID() })).toBe('einsicht.ziel_unbekannt');
    expect(await code({ zielArt: 'person' })).toBe('einsicht.ziel_unbekannt');
    expect(await code({ von: '2026-03-01', bis: '2026-02-01' })).toBe('einsicht.zeitraum_verkehrt');
    expect(await code({ grund: 'so' })).toBe('allgemein.eingabe_ungueltig');
    expect((await eins.call(api.listEinsichten, { query: {} })).gesamt).toBe(0);
  });
});

describe('PR-02: the stream is sealed by month', () => {
  const seal = async (w: Welt) => { for (let i = 0; i < 3; i++) await runSealJob(w.b.system, lesenVersiegelnJob); };
  test('unchanged it verifies; a flipped byte, a missing read and a forged seal are found', async () => {
    const w = await newWelt();
    const [eins] = revision(w);
    for (let i = 0; i < 5; i++) await w.clerk.call(schriftgut.getAkte, { params: { id: w.akte.id } });
    await seal(w);
    const befund = async () => (await eins.call(api.verifyLesezugriffe, {})).monate.map((m) => m.befund);
    expect(await befund()).toEqual([null]);
    await asOwner(w.b, "update platform.lesezugriff set operation = 'getAkten' where id = (select max(id) - 1 from platform.lesezugriff)");
    expect(await befund()).toEqual(['Der Lesezugriff 4 wurde verändert']);
    await asOwner(w.b, "update platform.lesezugriff set operation = 'getAkte' where operation = 'getAkten'");
    expect(await befund()).toEqual([null]);
    // one put there afterwards that claims to be from within the sealed stretch: found, and it does not stop the sealing
    await asOwner(w.b, "insert into platform.lesezugriff (id, xid, zeit, akteur_art, akteur_id, operation, weg, korrelation_id, objekte) overriding system value select -1, xid, zeit, akteur_art, akteur_id, 'getAkte', weg, korrelation_id, objekte from platform.lesezugriff order by id limit 1");
    await seal(w);
    expect(await befund()).toEqual(['In einen versiegelten Abschnitt wurde nachträglich ein Lesezugriff eingefügt']);
    await asOwner(w.b, 'delete from platform.lesezugriff where id = -1');
    expect(await befund()).toEqual([null]);
    await asOwner(w.b, 'update protokoll.lesesiegel set wurzel = sha256($$x$$)');
    expect(await befund()).toEqual([expect.stringContaining('Siegel 1 passt nicht')]);
  });
  test('a month past its retention goes; the others still verify, and an Ereignis tells of it', async () => {
    const w = await newWelt();
    const [eins] = revision(w);
    await w.clerk.call(schriftgut.getAkte, { params: { id: w.akte.id } });
    await asOwner(w.b, "update platform.lesezugriff set monat = '2025-01-01', zeit = '2025-01-15T10:00:00Z'");
    await seal(w);
    await w.clerk.call(schriftgut.getAkte, { params: { id: w.akte.id } });
    await seal(w);
    expect((await eins.call(api.verifyLesezugriffe, {})).monate).toHaveLength(2);
    await runJob(w.b.system, lesenAufraeumenJob);
    expect(await eins.call(api.verifyLesezugriffe, {})).toEqual({ befund: null, monate: [{ monat: '2025-01-01', anzahl: 1, befund: null, geloescht: true }, { monat: expect.stringMatching(/^2026/), anzahl: 1, befund: null, geloescht: false }] });
    expect((await w.b.ereignisse()).find((e) => e.art === 'lesezugriffe.geloescht')).toMatchObject({ daten: { anzahl: 1, monate: [{ monat: '2025-01-01', anzahl: 1, siegel: expect.stringMatching(/^[0-9a-f]{64}$/) }] } });
  });
  test('a month that goes with its seals, the end that goes with its seals, and a month that goes without a word are found', async () => {
    const w = await newWelt();
    const [eins] = revision(w), datenschutz = w.b.as('datenschutz', ['amt-10'], http);
    for (const monat of ['2026-08-01', '2026-09-01', '2026-10-01']) {
      await w.clerk.call(schriftgut.getAkte, { params: { id: w.akte.id } });
      await asOwner(w.b, `update platform.lesezugriff set monat = '${monat}', zeit = '${monat}T10:00:00Z' where id not in (select lesezugriff_id from protokoll.leseblatt)`);
      await seal(w);
    }
    const befunde = async () => { const { befund, monate } = await eins.call(api.verifyLesezugriffe, {}); return [befund, ...monate.map((m) => m.befund)]; };
    expect(await befunde()).toEqual([null, null, null, null]);
    const take = async (monat: string, was: readonly string[]) => { for (const t of was) await asOwner(w.b, `create table if not exists public.weg_${t.replace('.', '_')} (like ${t}); `).then(() => asOwner(w.b, `with g as (delete from ${t} where monat = '${monat}' returning *) insert into public.weg_${t.replace('.', '_')} select * from g`)); };
    const giveBack = async (was: readonly string[]) => { for (const t of [...was].reverse()) await asOwner(w.b, `with g as (delete from public.weg_${t.replace('.', '_')} returning *) insert into ${t} ${t.startsWith('platform') ? 'overriding system value ' : ''}select * from g`); };
    const alles = ['protokoll.lesesiegel', 'protokoll.leseblatt', 'platform.lesezugriff'];
    await take('2026-09-01', alles);
    expect((await befunde())[0]).toBe('Das Siegel 2 der Lesezugriffe fehlt');
    await giveBack(alles);
    await take('2026-10-01', alles);
    expect((await befunde())[0]).toBe('Vom Ende der Lesezugriffe fehlt etwas: Das Protokoll nennt das Siegel 3, das letzte ist 2');
    await runJob(w.b.system, lesenPruefenJob, { geprueft: 0 });
    expect((await w.b.ereignisse()).at(-1)).toMatchObject({ art: 'lesezugriffe.veraenderung_gefunden', daten: { befund: expect.stringContaining('Vom Ende') } });
    const alarm = modules.flatMap((m) => m.extensions?.benachrichtigungsanlass ?? []).find((a) => a.ereignisse.includes('lesezugriffe.veraenderung_gefunden'))!;
    expect((await database.read(w.b.system, (tx) => alarm.create(tx, { art: '', daten: {}, objekte: {} } as never))).map((n) => n.benutzerId)).toEqual(expect.arrayContaining([eins.id, datenschutz.id]));
    await giveBack(alles);
    await take('2026-08-01', alles.slice(1));
    expect(await befunde()).toEqual([null, 'Alle 1 Lesezugriffe fehlen, und kein Eintrag des Protokolls nennt ihre Löschung', null, null]);
    await giveBack(alles.slice(1));
    expect(await befunde()).toEqual([null, null, null, null]);
    for (const monat of [undefined, '2026-08-01', '2026-09-01', '2026-10-01']) await runJob(w.b.system, lesenPruefenJob, { monat, geprueft: monat === '2026-10-01' ? 2 : 0 });
    expect((await w.b.ereignisse()).at(-1)).toMatchObject({ art: 'lesezugriffe.geprueft', daten: { geprueft: 3 } });
  });
  test('the application can neither change nor delete a read', async () => {
    const w = await newWelt();
    await w.clerk.call(schriftgut.getAkte, { params: { id: w.akte.id } });
    const { tables } = await import('#platform/server/tx.ts');
    const db = tables<any>();
    await expect(database.write(w.b.system, (tx) => db.write(tx).deleteFrom('platform.lesezugriff').execute())).rejects.toMatchObject({ code: '42501' });
    await expect(database.write(w.b.system, (tx) => db.write(tx).updateTable('platform.lesezugriff').set({ operation: 'x' }).execute())).rejects.toMatchObject({ code: '42501' });
  });
});

describe('VT-02 PR-03: four eyes see who acted and for whom', () => {
  const fuer = (wer: { id: string }, vertretungId: string) => createClient(async ({ method, url, body, headers }) => {
    const answer = await http.inject({ method, url: `${API}/fuer/${vertretungId}${url}`, headers: { authorization: wer.id, ...headers }, ...(body !== undefined && { payload: body as object }) });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  });
  test('who has read in a Vertretung is concerned, and so is the one it was for; in somebody else’s name nobody asks or grants', async () => {
    const w = await newWelt();
    const [eine, andere] = revision(w), dritte = w.b.as('revision', ['amt-10'], http);
    for (const wer of [eine, andere, dritte]) await wer.call(organisation.getIch, {});
    const plan = (wen: typeof eine | typeof w.clerk, durch: { id: string }) => wen.call(organisation.createVertretung, { body: { vertreterId: durch.id as never, klassen: ['personal'] } });
    const v = await plan(w.clerk, andere);
    await fuer(andere, v.id)(schriftgut.getDokument, { params: { id: w.dokument.id } });
    expect((await w.reads()).map((r) => [r.operation, r.akteur_id])).toEqual([['getDokument', andere.id]]);
    const einsicht = await ask(w, eine);
    const params = { id: einsicht.id };
    await expect(andere.call(api.grantEinsicht, { params, body: {} })).rejects.toMatchObject({ status: 409, code: 'einsicht.selbst_betroffen' });
    // the same hand for somebody else: the one who asked would grant in the third's name
    const statt = await plan(dritte, eine);
    const inVertretung = fuer(eine, statt.id);
    await expect(inVertretung(api.grantEinsicht, { params, body: {} })).rejects.toMatchObject({ status: 403 });
    await expect(inVertretung(api.requestEinsicht, { body: { zielArt: 'objekt', zielId: w.akte.id, von: '2026-01-01', bis: heute(), grund: 'Beschwerde' } as never })).rejects.toMatchObject({ status: 403 });
    expect((await dritte.call(api.grantEinsicht, { params, body: {} })).zustand).toBe('offen');
    const [read] = (await eine.call(api.listLesezugriffe, { params, query: {} })).eintraege;
    expect(read).toMatchObject({ wer: { id: andere.id }, vertreten: { id: w.clerk.id } });
  });
});
