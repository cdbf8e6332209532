import { expect, test, vi } from 'vitest';
import { PDFDocument } from 'pdf-lib';
import { database, newMandant, modules, buildTestHttp } from '#platform/testing/test.ts';
import { API } from '#platform/server/http/http.ts';
import { api as organisation } from '#modules/organisation/contract.ts';
import { api } from '../contract.ts';
import { createSchutzbereich, createSperre, getWurzelSchutzbereich, grantFreigabe } from '../server/index.ts';

vi.setConfig({ testTimeout: 60_000 });
const http = await buildTestHttp(modules);

async function newLage() {
  const mandant = newMandant();
  const registratur = mandant.as('registratur');
  const person = mandant.as('sachbearbeitung', ['63.1']);
  const ids = await database.write(mandant.system, async (tx) => {
    const wurzel = await getWurzelSchutzbereich(tx);
    const bauen = await createSchutzbereich(tx, { bezeichnung: '63 Bauen' });
    const personal = await createSchutzbereich(tx, { bezeichnung: '11 Personal', parentId: bauen, klasse: 'personal' });
    await grantFreigabe(tx, { schutzId: bauen, subjektArt: 'oe', subjekt: mandant.oe('63.1'), stufe: 'bearbeiten' });
    return { wurzel, bauen, personal };
  });
  return { mandant, registratur, person, ...ids };
}
const schutz = (id: string) => ({ typ: 'schutzbereich', id });

test('BE-02 who reaches a Schutzbereich, by which grant; a protected class lets nothing through from above', async () => {
  const { registratur, person, bauen, personal } = await newLage();
  const list = await registratur.call(api.listBerechtigte, { params: schutz(bauen), query: {} });
  expect(list.eintraege.map((e) => [e.id, e.stufe, e.grund.wie, e.grund.ort.name, e.grund.ort.geerbt])).toEqual([
    [registratur.id, 'verwalten', 'rolle', 'Alle Akten', true], [person.id, 'bearbeiten', 'mitglied', '63 Bauen', false],
  ]);
  expect((await registratur.call(api.listBerechtigte, { params: schutz(bauen), query: { q: 'sachbearbeitung', limit: 1 } })).gesamt).toBe(1);
  expect((await registratur.call(api.listBerechtigte, { params: schutz(bauen), query: { stufe: ['lesen'] } })).gesamt).toBe(0);
  expect((await registratur.call(api.listBerechtigte, { params: schutz(personal), query: {} })).gesamt).toBe(0);
});

test('BE-02 what a person may do: oneself, and who keeps the Schutzbereiche; nobody else', async () => {
  const { mandant, registratur, person, bauen } = await newLage();
  const eigene = await person.call(api.getReichweiteVonPerson, { params: { id: person.id as never } });
  expect(eigene).toMatchObject({ anzahl: { bearbeiten: 1, verwalten: 0 }, organisationseinheiten: [{ name: '63.1 63.1', wie: 'mitglied' }] });
  expect(eigene.rollen[0]!.rechte).toContainEqual({ recht: 'akte.bearbeiten', name: 'Akten: bearbeiten' });
  expect(await registratur.call(api.getReichweiteVonPerson, { params: { id: person.id as never } })).toEqual(eigene);
  expect((await person.call(api.listReichweiteVonPerson, { params: { id: person.id as never }, query: {} })).eintraege).toMatchObject([{ id: bauen, pfad: 'Alle Akten', stufe: 'bearbeiten', grund: { subjekt: { name: '63.1 63.1' } } }]);
  await expect(mandant.as('sachbearbeitung').call(api.getReichweiteVonPerson, { params: { id: person.id as never } })).rejects.toMatchObject({ status: 403 });
});

test('BE-02 the forecast of a grant, a revoke and a class says who gains and loses, and leaves no trace', async () => {
  const { mandant, registratur, person, wurzel, bauen } = await newLage();
  const vorher = (await mandant.ereignisse()).length;
  const { freigaben } = await registratur.call(api.getSchutzbereich, { params: { id: bauen as never } });
  const eigene = freigaben.find((f) => !f.geerbt)!;
  const preview = (body: Parameters<typeof registratur.call<typeof api.previewFreigabe>>[1]['body']) => registratur.call(api.previewFreigabe, { body });
  expect(await preview({ art: 'entziehen', id: eigene.id })).toMatchObject({ ab: null, gewinnen: 0, verlieren: 1, bereiche: 1, personen: [{ id: person.id, wechsel: [{ von: 'bearbeiten', nach: null, bereiche: 1, beispiele: ['63 Bauen'] }] }] });
  expect(await preview({ art: 'aendern', id: bauen as never, klasse: 'steuer' })).toMatchObject({ verlieren: 1, personen: [{ id: registratur.id }] });
  expect(await preview({ art: 'erteilen', id: wurzel as never, subjektArt: 'oe', subjekt: mandant.oe('63.1'), stufe: 'verwalten', gueltigVon: '2090-01-01T00:00:00Z' })).toMatchObject({ ab: '2090-01-01T00:00:00Z', gewinnen: 1 });
  await expect(preview({ art: 'erteilen', id: bauen as never, subjektArt: 'person', subjekt: registratur.id, stufe: 'lesen' })).rejects.toMatchObject({ code: 'freigabe.selbst' });
  await expect(person.call(api.previewFreigabe, { body: { art: 'entziehen', id: eigene.id } })).rejects.toMatchObject({ status: 403 });
  expect((await mandant.ereignisse()).length).toBe(vorher);
  expect((await registratur.call(api.getSchutzbereich, { params: { id: bauen as never } })).freigaben).toEqual(freigaben);
});

test('BE-02 the matrix reads like the tree: whom, which Stufe, own or from above', async () => {
  const { mandant, registratur, bauen } = await newLage();
  const { eintraege, gesamt } = await registratur.call(api.listMatrix, { query: {} });
  expect(gesamt).toBe(3);
  expect(eintraege.map((e) => [e.bezeichnung, e.tiefe, e.wirksameKlasse, e.freigaben.map((f) => `${f.subjekt.name} ${f.stufe} ${f.geerbt ? 'geerbt' : 'eigen'}`)])).toEqual([
    ['Alle Akten', 0, null, ['Registratur verwalten eigen']], ['63 Bauen', 1, null, ['Registratur verwalten geerbt', '63.1 63.1 bearbeiten eigen']], ['11 Personal', 2, 'personal', []],
  ]);
  expect((await registratur.call(api.listMatrix, { query: { unter: bauen as never, eigen: 'true', subjektArt: ['oe'] } })).eintraege.map((e) => [e.bezeichnung, e.freigaben.length])).toEqual([['63 Bauen', 1], ['11 Personal', 0]]);
  expect((await registratur.call(api.listMatrix, { query: { klasse: ['personal'] } })).eintraege.map((e) => e.bezeichnung)).toEqual(['11 Personal']);
  const wohin = await registratur.call(api.listMatrix, { query: { subjekt: [mandant.oe('63.1') as never] } });
  expect(wohin.eintraege.map((e) => [e.bezeichnung, e.freigaben.map((f) => f.subjekt.name)])).toEqual([['63 Bauen', ['63.1 63.1']]]);
  const erste = await registratur.call(api.listMatrix, { query: { limit: 2 } });
  expect((await registratur.call(api.listMatrix, { query: { limit: 2, cursor: erste.weiter! } })).eintraege.map((e) => e.bezeichnung)).toEqual(['11 Personal']);
});

test('BE-02 reports as PDF and XLSX, and the history says who took them along', async () => {
  const { mandant, registratur, person, bauen } = await newLage();
  const download = (token: string, path: string) => http.inject({ method: 'GET', url: `${API}${path}`, headers: { authorization: token } });
  for (const path of [`/zugriff/personen/${person.id}/bericht`, `/zugriff/objekte/schutzbereich/${bauen}/berechtigte/bericht`, '/zugriff/matrix/bericht']) {
    const pdf = await download(registratur.id, `${path}?format=pdf`);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect((await PDFDocument.load(pdf.rawPayload)).getPageCount()).toBeGreaterThan(0);
    const xlsx = await download(registratur.id, `${path}?format=xlsx`);
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect(xlsx.headers['content-disposition']).toMatch(/\.xlsx/);
  }
  expect((await download(person.id, `/zugriff/objekte/schutzbereich/${bauen}/berechtigte/bericht`)).statusCode).toBe(403);
  expect((await mandant.ereignisse()).filter((e) => e.art === 'zugriff.bericht_ausgegeben').map((e) => [e.akteur_id, e.objekte, e.daten.format])).toEqual([
    [registratur.id, ['benutzer'], 'pdf'], [registratur.id, ['benutzer'], 'xlsx'], [registratur.id, ['schutzbereich'], 'pdf'], [registratur.id, ['schutzbereich'], 'xlsx'], [registratur.id, ['schutzbereich'], 'pdf'], [registratur.id, ['schutzbereich'], 'xlsx'],
  ]);
});

test('BE-07 a Sperre is named with since when, by whom and why, and whether one gets in all the same', async () => {
  const { mandant, registratur, person, bauen } = await newLage();
  const as = (akteur: { id: string }) => ({ ...mandant.system, akteur: { ...mandant.system.akteur, art: 'person' as const, id: akteur.id } });
  await database.write(as(registratur), async (tx) => { await createSperre(tx, { schutzId: bauen, grund: 'Ermittlungen' }); await tx.record({ art: 'sperre.gesetzt', objekte: { schutzbereich: bauen }, daten: { grund: 'Ermittlungen' } }); });
  const von = async (wen: { id: string }) => {
    const params = { id: wen.id as never };
    return { reichweite: await registratur.call(api.getReichweiteVonPerson, { params }), bereich: (await registratur.call(api.listReichweiteVonPerson, { params, query: { q: '63 Bauen' } })).eintraege[0]! };
  };
  const sperre = { grund: 'Ermittlungen', von: { id: registratur.id }, ort: { id: bauen, bezeichnung: '63 Bauen' } };
  const gesperrt = await von(person), frei = await von(registratur);
  expect(gesperrt).toMatchObject({ reichweite: { gesperrt: 1, anzahl: { bearbeiten: 0 } }, bereich: { id: bauen, sperre: { ...sperre, darf: false } } });
  expect(frei).toMatchObject({ reichweite: { gesperrt: 0 }, bereich: { id: bauen, sperre: { ...sperre, darf: true } } });
  expect((await registratur.call(api.listMatrix, { query: { q: '63 Bauen' } })).eintraege).toMatchObject([{ id: bauen, gesperrt: true }]);
  expect((await registratur.call(api.getSchutzbereich, { params: { id: bauen as never } })).sperre).toMatchObject({ ...sperre, darf: true });
  expect((await registratur.call(api.listBerechtigte, { params: schutz(bauen), query: {} })).eintraege.map((e) => e.id)).toEqual([registratur.id]); // nobody else gets in
});

test('VT-01 BE-02 whoever acts for somebody is named beside them, as far as the Vertretung goes and no farther', async () => {
  const { mandant, registratur, person, bauen, personal } = await newLage();
  const vertreter = mandant.as('leser');
  await database.write(mandant.system, (tx) => grantFreigabe(tx, { schutzId: personal, subjektArt: 'person', subjekt: person.id, stufe: 'lesen' }));
  const wer = async (id: string) => (await registratur.call(api.listBerechtigte, { params: schutz(id), query: {} })).eintraege.filter((e) => e.art === 'vertretung').map((e) => [e.id, e.stufe, e.vertritt]);
  expect(await wer(bauen)).toEqual([]);
  const eine = await person.call(organisation.createVertretung, { body: { vertreterId: vertreter.id as never, bis: '2099-12-31' } });
  expect(await wer(bauen)).toEqual([[vertreter.id, 'bearbeiten', { id: person.id, name: eine.benutzer.name, bis: '2099-12-31' }]]);
  expect(await wer(personal)).toEqual([]); // no protected class that is not named
  expect((await registratur.call(api.getReichweiteVonPerson, { params: { id: vertreter.id as never } })).vertretungen.vertritt.map((v) => v.id)).toEqual([eine.id]);
  expect((await registratur.call(api.getReichweiteVonPerson, { params: { id: person.id as never } })).vertretungen.vertretenDurch.map((v) => v.id)).toEqual([eine.id]);
  await person.call(organisation.revokeVertretung, { params: { id: eine.id } });
  expect(await wer(bauen)).toEqual([]);
  await person.call(organisation.createVertretung, { body: { vertreterId: vertreter.id as never, klassen: ['personal'] } });
  expect(await wer(personal)).toMatchObject([[vertreter.id, 'lesen', { id: person.id }]]);
});
