import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { closeWerkzeuge } from '#modules/aufbereitung/server/konverter/werkzeuge.ts';
import { api as aufbereitung } from '#modules/aufbereitung/contract.ts';
import { api as benachrichtigung } from '#modules/benachrichtigung/contract.ts';
import { api as posteingang } from '#modules/posteingang/contract.ts';
import { download, http, newPosteingang, runJob, upload } from '#modules/posteingang/tests/hilfe.ts';
import { startJobs } from '#modules/verbund/tests/hilfe.ts';
import { makeMail, makeZip } from '#modules/aufbereitung/tests/hilfen.ts';
import { API } from '#platform/server/http/http.ts';
import { setScanner } from '#platform/server/clamd.ts';
import { eicar, hasClamd, startClamd, startClamdErsatz } from '#platform/testing/clamd.ts';
import { ownerUrl } from '#platform/testing/database.ts';
import { queryAs } from '#platform/testing/test.ts';
import { api, type InhaltId } from '#modules/ablage/contract.ts';
import { nachholen, scannen, taeglich } from '#modules/ablage/server/schadsoftware/jobs.ts';

vi.setConfig({ testTimeout: 120_000 });
const clamd = await startClamdErsatz();
const echt = hasClamd ? await startClamd() : undefined;
let worker: Awaited<ReturnType<typeof startJobs>> | undefined;
beforeAll(() => setScanner({ url: clamd.url, ausfall: 'warten' }));
afterEach(async () => { await worker?.stop(); worker = undefined; clamd.weiter(); setScanner({ url: clamd.url, ausfall: 'warten' }); });
afterAll(async () => { setScanner(undefined); await clamd.stop(); await echt?.stop(); await closeWerkzeuge(); });

const rechnung = () => `<?xml version="1.0"?><Invoice><ID>${randomUUID()}</ID><Note>${eicar()}</Note></Invoice>`;
const owner = (mandantId: string) => (name: string) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${mandantId}`)}`;
const objekte = (mandantId: string) => queryAs(owner(mandantId), 'select o.id, o.befund, o.hindernis from ablage.objekt o order by o.erstellt') as Promise<{ id: string; befund: string; hindernis: string | null }[]>;
const scanAlle = async (mandantId: string) => { for (const { id } of await objekte(mandantId)) await runJob(scannen, { objektId: id }, { mandantId }); };
const stand = async (person: Parameters<typeof download>[0], id: string) => { const a = await download(person, id); return a.statusCode === 200 ? 200 : [a.statusCode, (a.json() as { code: string }).code, (a.json() as { title: string }).title]; };
const WARTET = [423, 'ablage.wird_geprueft', 'Diese Datei wird gerade auf Schadsoftware geprüft. Bitte versuchen Sie es in einem Augenblick noch einmal'];

test('PE-08 nobody opens before the scan: not the upload, not the Eingang, not its text; the upload itself does not wait', async () => {
  const { clerk, create, mandant } = await newPosteingang();
  clamd.halte();
  const eingang = await create(clerk, {}, 'Ein ganz harmloser Brief');
  const id = (await clerk.call(posteingang.getEingang, { params: { id: eingang.id } })).inhaltId!;
  expect(await stand(clerk, id)).toEqual(WARTET);
  await expect(clerk.call(aufbereitung.getText, { params: { id }, query: {} })).rejects.toMatchObject({ status: 423 });
  worker = await startJobs();
  clamd.weiter();
  await expect.poll(() => stand(clerk, id), { timeout: 60_000 }).toBe(200);
  expect((await mandant.ereignisse()).map((e) => e.art)).toContain('inhalt.geprueft');
  // what waited for the scan was read after it
  await expect.poll(async () => (await clerk.call(aufbereitung.getAufbereitung, { params: { id } })).textVorhanden, { timeout: 90_000 }).toBe(true);
});

test('PE-08 EICAR in an XML invoice is kept, never opened, told at the bell and on the page; the same again is locked at once', async () => {
  const { clerk, create, mandant } = await newPosteingang();
  const admin = mandant.as('administration', ['10']);
  const xml = rechnung();
  const eingang = await create(clerk, {}, xml, 'rechnung.xml');
  const id = (await clerk.call(posteingang.getEingang, { params: { id: eingang.id } })).inhaltId!;
  worker = await startJobs();
  const gefunden = [423, 'ablage.schadsoftware', 'Schadsoftware gefunden: Test.Eicar. Die Datei bleibt verwahrt und lässt sich nicht öffnen; Ihre Administration weiß davon'];
  await expect.poll(() => stand(clerk, id), { timeout: 60_000 }).toEqual(gefunden);
  await expect.poll(async () => (await admin.call(benachrichtigung.listBenachrichtigungen, { query: {} })).eintraege.map((b) => b.text), { timeout: 60_000 }).toContain('In einer Datei wurde Schadsoftware gefunden');
  expect(await admin.call(api.getQuarantaene, {})).toMatchObject({ eingerichtet: true, ausfall: 'warten', eintraege: [{ befund: 'gefunden', schadsoftware: 'Test.Eicar', dateinamen: ['rechnung.xml'], rechte: ['vernichten', 'beantragen'] }] });
  expect(await stand(clerk, await upload(clerk, xml, 'noch einmal.xml'))).toEqual(gefunden);
  expect((await mandant.ereignisse()).filter((e) => e.art === 'inhalt.schadsoftware_gefunden')).toMatchObject([{ daten: { schadsoftware: 'Test.Eicar' }, akteur_art: 'system' }]);
  expect((await mandant.ereignisse()).map((e) => e.art)).not.toContain('inhalt.aufbereitet');
});

test('an Akte is exported without what nobody may open, and says so in its place', async () => {
  const { clerk, create, createVorgang, file, mandant } = await newPosteingang();
  const vorgang = await createVorgang(clerk);
  for (const [text, name] of [[rechnung(), 'rechnung.xml'], ['Ein guter Brief', 'brief.txt']] as const) await file(clerk, (await create(clerk, {}, text, name)).id, { art: 'vorgang', vorgangId: vorgang.id });
  await scanAlle(mandant.mandantId);
  const zip = await http.inject({ method: 'GET', url: `${API}/vorgaenge/${vorgang.id}/export?format=zip`, headers: { authorization: clerk.id } });
  expect(zip.statusCode).toBe(200);
  const namen = zip.rawPayload.toString('latin1');
  expect(namen).toContain('rechnung.xml - nicht enthalten.txt');
  expect(namen).toContain('brief.txt');
  expect(zip.rawPayload.includes(eicar())).toBe(false);
});

test('a false alarm is released by two people and not by one; what is no false alarm is destroyed with a reason', async () => {
  const { clerk, mandant } = await newPosteingang();
  const [eine, andere] = [mandant.as('administration', ['10']), mandant.as('administration', ['10'])];
  const [alarm, boese] = [await upload(clerk, rechnung()), await upload(clerk, rechnung())];
  await scanAlle(mandant.mandantId);
  const [a, b] = (await eine.call(api.getQuarantaene, {})).eintraege.toSorted((x, y) => x.gefunden.localeCompare(y.gefunden));
  await expect(clerk.call(api.requestFreigabeInhalt, { params: { id: a!.id }, body: { grund: 'egal' } })).rejects.toMatchObject({ status: 403 });
  await expect(eine.call(api.grantFreigabeInhalt, { params: { id: a!.id } })).rejects.toMatchObject({ code: 'ablage.vier_augen' });
  await eine.call(api.requestFreigabeInhalt, { params: { id: a!.id }, body: { grund: 'Fehlalarm laut BSI' } });
  await expect(eine.call(api.grantFreigabeInhalt, { params: { id: a!.id } })).rejects.toMatchObject({ code: 'ablage.vier_augen' });
  expect((await andere.call(api.grantFreigabeInhalt, { params: { id: a!.id } })).eintraege.find((e) => e.id === a!.id)).toMatchObject({ befund: 'freigegeben', entschieden: { grund: 'Fehlalarm laut BSI' }, rechte: [] });
  await eine.call(api.deleteVerwahrtes, { params: { id: b!.id }, body: { grund: 'Verschlüsselungstrojaner' } });
  await expect(andere.call(api.deleteVerwahrtes, { params: { id: b!.id }, body: { grund: 'noch einmal' } })).rejects.toMatchObject({ code: 'ablage.verwahrung_entschieden' });
  const staende = await Promise.all([alarm, boese].map((id) => stand(clerk, id)));
  expect(staende.filter((s) => s === 200)).toHaveLength(1);
  expect(staende.find((s) => s !== 200)).toEqual([423, 'ablage.vernichtet', 'In dieser Datei war Schadsoftware (Test.Eicar). Sie wurde vernichtet; was zu ihr vermerkt ist, bleibt']);
});

test('clamd away, or dying in mid-scan: what waits goes on waiting and is scanned later; with freigeben it opens and is noted', async () => {
  const { clerk, create, mandant: { mandantId, ...mandant } } = await newPosteingang();
  const eingang = await create(clerk);
  const id = (await clerk.call(posteingang.getEingang, { params: { id: eingang.id } })).inhaltId!;
  const [objekt] = await objekte(mandantId);
  clamd.halte();
  const lauf = runJob(scannen, { objektId: objekt!.id }, { mandantId });
  setTimeout(() => clamd.reisse(), 500);
  await lauf;
  expect(await stand(clerk, id)).toEqual([423, 'ablage.wird_geprueft', expect.stringContaining('Virenscanner ist gerade nicht erreichbar')]);
  clamd.weiter();
  setScanner({ url: 'tcp://127.0.0.1:1', ausfall: 'freigeben' });
  await runJob(scannen, { objektId: objekt!.id }, { mandantId });
  expect(await stand(clerk, id)).toBe(200);
  expect(await objekte(mandantId)).toMatchObject([{ befund: 'offen', hindernis: 'unerreichbar' }]);
  expect((await mandant.ereignisse()).map((e) => e.art)).toContain('inhalt.ungeprueft_geoeffnet');
  // both jobs of the clock put it into the queue again
  setScanner({ url: clamd.url, ausfall: 'freigeben' });
  await queryAs(owner(mandantId), "update ablage.objekt set erstellt = now() - interval '1 hour'");
  for (const job of [nachholen, taeglich]) expect(await runJob(job, {}, { mandantId })).toEqual([objekt!.id]);
  await runJob(scannen, { objektId: objekt!.id }, { mandantId });
  expect(await objekte(mandantId)).toMatchObject([{ befund: 'sauber', hindernis: null }]);
});

test('without a scanner nothing is locked and nothing waits; what lay here before is looked at once there is one, and stays open meanwhile', async () => {
  const { clerk, create, mandant: { mandantId } } = await newPosteingang();
  setScanner(undefined);
  const eingang = await create(clerk, {}, rechnung());
  const id = (await clerk.call(posteingang.getEingang, { params: { id: eingang.id } })).inhaltId!;
  expect(await stand(clerk, id)).toBe(200);
  expect(await objekte(mandantId)).toMatchObject([{ befund: 'ungeprueft' }]);
  setScanner({ url: clamd.url, ausfall: 'warten' });
  expect(await stand(clerk, id)).toBe(200);
  const [objekt] = await runJob(taeglich, {}, { mandantId }) as string[];
  await runJob(scannen, { objektId: objekt! }, { mandantId });
  expect(await stand(clerk, id)).toEqual([423, 'ablage.schadsoftware', expect.any(String)]);
});

test.skipIf(!echt)('PE-08 with clamd of the distribution: EICAR in an XML invoice, in the attachment of a mail, in a ZIP; and the letter beside them', async () => {
  setScanner({ url: echt!.url, ausfall: 'warten' });
  const { clerk, mandant } = await newPosteingang();
  const ids: InhaltId[] = [];
  for (const [inhalt, name] of [[rechnung(), 'rechnung.xml'], [makeMail({ text: 'Anbei', anlagen: [{ name: 'rechnung.xml', mime: 'application/xml', inhalt: Buffer.from(rechnung()) }] }), 'mail.eml'], [await makeZip({ 'a/rechnung.xml': rechnung() }), 'archiv.zip'], ['Sehr geehrte Damen und Herren', 'brief.txt']] as const) ids.push(await upload(clerk, inhalt, name));
  await scanAlle(mandant.mandantId);
  const verwahrt = [423, 'ablage.schadsoftware', expect.stringContaining('Test.Eicar')];
  expect(await Promise.all(ids.map((id) => stand(clerk, id)))).toEqual([verwahrt, verwahrt, verwahrt, 200]);
});
