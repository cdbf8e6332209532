import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { api as aufbereitung } from '#modules/aufbereitung/contract.ts';
import { superUrl } from '#platform/testing/database.ts';
import { database, databaseName, newMandant, queryAs } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { pruefeBilanz } from '../server/bilanz/pruefen.ts';
import { vernichtungVorschlagen } from '../server/vernichten.ts';
import { download, newPosteingang, refusal, runJob } from './hilfe.ts';

vi.setConfig({ testTimeout: 120_000 });
/** As if it had been done with so long ago. */
async function age(mandantId: string, monate: number) {
  const client = new pg.Client({ connectionString: superUrl(databaseName) });
  await client.connect();
  try { await client.query(`set session_replication_role = 'replica'`); await client.query('update posteingang.eingang set erledigt = now() - make_interval(months => $2) where mandant_id = $1 and erledigt is not null', [mandantId, monate]); } finally { await client.end(); }
}

test('PE-03: after its time the content of what was rejected or sent on goes, by two persons; metadata, hash, trail and Ereignis stay, and the Bilanz closes', async () => {
  const pe = await newPosteingang();
  const zweite = pe.mandant.as('registratur', ['10']);
  const [a, b, c, d] = [await pe.create(pe.clerk, { betreff: 'Werbung' }, 'Werbebrief'), await pe.create(pe.clerk, {}, 'für die Stadt'), await pe.create(pe.clerk, {}, 'bleibt'), await pe.create(pe.clerk, {}, 'Werbebrief')];
  await pe.clerk.call(api.cancelEingang, { params: { id: a.id }, body: { grund: 'Werbung' } });
  await pe.clerk.call(api.sendEingang, { params: { id: b.id }, body: { empfaenger: 'Stadt Linden', versandweg: 'Post', grund: 'unzuständig' } });
  await pe.file(pe.clerk, c.id, { art: 'vorgang', vorgangId: (await pe.createVorgang()).id });
  const { mandantId } = pe.mandant;
  const offer = async () => { await runJob(vernichtungVorschlagen, {}, { mandantId }); return (await pe.registratur.call(api.listVernichtungen, {})).eintraege; };
  expect(await offer()).toEqual([]);
  await age(mandantId, 11);
  expect(await offer()).toEqual([]);
  await age(mandantId, 13);
  const [liste] = await offer();
  expect(await offer()).toHaveLength(1);
  expect(liste).toMatchObject({ anzahl: 2, beantragt: null, ausgefuehrt: null });
  expect(liste!.eingaenge.map((e) => e.nummer).toSorted()).toEqual([a.nummer, b.nummer].toSorted());
  expect((await download(pe.clerk, a.inhaltId!)).body).toBe('Werbebrief');

  const params = { id: liste!.id };
  expect(await refusal(pe.clerk.call(api.requestVernichtung, { params }))).toBe('403 allgemein.kein_recht');
  expect(await refusal(zweite.call(api.grantVernichtung, { params }))).toBe('409 posteingang.nicht_beantragt');
  await pe.registratur.call(api.requestVernichtung, { params });
  expect(await refusal(pe.registratur.call(api.grantVernichtung, { params }))).toBe('409 posteingang.eigener_antrag');
  expect(await refusal(newMandant().as('registratur').call(api.grantVernichtung, { params }))).toBe('404 allgemein.nicht_gefunden');
  expect(await zweite.call(api.grantVernichtung, { params })).toEqual({ vernichtet: 2 });
  expect(await refusal(zweite.call(api.grantVernichtung, { params }))).toBe('409 posteingang.schon_ausgefuehrt');

  const weg = await pe.clerk.call(api.getEingang, { params: { id: a.id } });
  expect(weg).toMatchObject({ status: 'vernichtet', betreff: 'Werbung', sha256: a.sha256, zurueckweisungsgrund: 'Werbung', inhaltId: null });
  expect((await download(pe.clerk, a.inhaltId!)).statusCode).toBe(404);
  expect((await download(pe.clerk, b.inhaltId!)).statusCode).toBe(404);
  expect(await refusal(pe.clerk.call(aufbereitung.getText, { params: { id: a.inhaltId! }, query: {} as never }))).toMatch(/^404/);
  // equal bytes of another Eingang stay
  expect((await download(pe.clerk, d.inhaltId!)).body).toBe('Werbebrief');
  expect((await download(pe.clerk, c.inhaltId!)).statusCode).toBe(200);
  expect(await queryAs(superUrl, 'select o.sha256 from ablage.objekt o where mandant_id = $1 and sha256 = any($2)', [mandantId, [b.sha256, a.sha256]])).toEqual([{ sha256: a.sha256 }]);
  expect((await pe.clerk.call(api.listStationen, { params: { id: a.id } })).eintraege.map((s) => s.schritt)).toEqual(['eingegangen', 'zurueckgewiesen', 'vernichtet']);
  expect(await refusal(pe.clerk.call(api.reopenEingang, { params: { id: a.id } }))).toBe('409 posteingang.vernichtet');
  expect(await database.read(pe.mandant.system, (tx) => pruefeBilanz(tx, null))).toEqual({ eingaenge: 4, differenzen: [] });
  const heute = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date());
  expect((await pe.clerk.call(api.getPosteingangBilanz, { query: { von: '2020-01-01', bis: heute } })).gesamt).toEqual({ eingegangen: 4, abgelegt: 1, zurueckgewiesen: 1, weitergeleitet: 1, offen: 1 });
});

test('what is taken up again leaves the list', async () => {
  const pe = await newPosteingang();
  const zweite = pe.mandant.as('registratur', ['10']);
  const e = await pe.create();
  await pe.clerk.call(api.cancelEingang, { params: { id: e.id }, body: { grund: 'Werbung' } });
  await age(pe.mandant.mandantId, 13);
  await runJob(vernichtungVorschlagen, {}, { mandantId: pe.mandant.mandantId });
  const params = { id: (await pe.registratur.call(api.listVernichtungen, {})).eintraege[0]!.id };
  await pe.registratur.call(api.requestVernichtung, { params });
  await pe.clerk.call(api.reopenEingang, { params: { id: e.id } });
  expect(await zweite.call(api.grantVernichtung, { params })).toEqual({ vernichtet: 0 });
  expect(await pe.clerk.call(api.getEingang, { params: { id: e.id } })).toMatchObject({ status: 'verteilt', inhaltId: e.inhaltId });
});
