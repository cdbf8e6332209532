import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { api as posteingang } from '#modules/posteingang/contract.ts';
import { upload as uploadBrief } from '#modules/posteingang/tests/hilfe.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { EINGANG, newBehoerde, upload, vorgangIn, type Person } from '#modules/schriftgut/tests/hilfe.ts';
import { api as suche } from '#modules/suche/contract.ts';
import { api as zugriff, type Klasse } from '#modules/zugriff/contract.ts';
import { API } from '#platform/server/http/http.ts';
import { startWorker } from '#platform/server/jobs.ts';
import { ownerUrl, workerUrl } from '#platform/testing/database.ts';
import { buildTestHttp, database, databaseName, io, log, mails, modules, queryAs, testDir, verbundId, type Rolle } from '#platform/testing/test.ts';
import { api as protokoll } from '../contract.ts';
import { versiegeln } from './helfer.ts';

const program = new URL('../../../packages/pruefen/verbundakte-pruefen.mjs', import.meta.url).pathname;

vi.setConfig({ testTimeout: 240_000 });
const http = await buildTestHttp(modules);
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => { worker = await startWorker({ modules, database, io, verbundId, log, queueUrl: workerUrl(databaseName), listMandantIds: async () => [] }); });
afterAll(async () => { await worker.stop(); });

/** Every word that says what a protected object is about. */
const KANARIE = /kanarie/i;
const rollen: Rolle[] = ['leser', 'sachbearbeitung', 'leitung', 'poststelle', 'registratur', 'administration', 'betrieb'];

/** Objects of all kinds that name a canary everywhere, and beside them open ones that lead to them; then the class is set, and everybody may see and nobody read. */
async function newWelt(klasse: Klasse) {
  const b = await newBehoerde();
  const reg = b.as('registratur', ['amt-10']), admin = b.as('administration', ['amt-10']);
  const text = { bemerkung: 'Kanariebemerkung', geheimhaltung: { bemerkung: 'Kanariegeheim' } };
  const a = await b.akte({ betreff: 'Kanariebetreff Kündigung', ...text }, reg);
  const v = await vorgangIn(reg, a.id, { betreff: 'Kanarievorgang', ...text });
  const inhaltId = await upload(http, reg, 'Kanarieinhalt des Briefes', 'Kanariedatei.txt');
  const kontakte = [{ art: 'absender' as const, vorname: 'Lena', familienname: 'Kanarienvogel' }];
  const d = await reg.call(schriftgut.createDokument, { body: { ...EINGANG, ...text, vorgangId: v.id, betreff: 'Kanariedokument', kontakte, fremdesGeschaeftszeichen: 'KANARIE-7', bezug: 'Kanariebezug', hier: 'Kanariehier', formate: [{ inhaltId }], anlagen: [{ inhaltId: await upload(http, reg, 'Kanarieanlage', 'Kanarieanlage.txt'), betreff: 'Kanarieanlage' }] } as never });
  const offen = await b.akte({ betreff: 'Offene Akte' }, reg);
  const ov = await vorgangIn(reg, offen.id, { betreff: 'Offener Vorgang' });
  const od = await reg.call(schriftgut.createDokument, { body: { ...EINGANG, vorgangId: ov.id, betreff: 'Offenes Dokument' } });
  await reg.call(schriftgut.createVerweis, { body: { vonTyp: 'akte', vonId: offen.id, zielTyp: 'akte', zielId: a.id } as never }).catch(() => {});
  // there and back again: its history names where it lay
  const there = await reg.call(schriftgut.moveDokument, { params: { id: od.id }, ifMatch: od.version, body: { vorgangId: v.id } });
  await reg.call(schriftgut.moveDokument, { params: { id: od.id }, ifMatch: there.version, body: { vorgangId: ov.id } });
  const { schutzId } = await reg.call(schriftgut.createEigenenSchutz, { params: { typ: 'akte', id: a.id }, body: { erbt: true, grund: 'Personal' } as never });
  const post = await reg.call(posteingang.createEingang, { body: { inhaltId: await uploadBrief(reg, 'Kanariepost', 'Kanariepost.txt'), betreff: 'Kanarieeingang', absender: 'Kanarieabsender', bemerkung: 'Kanarienotiz' } as never });
  const [{ schutz_id: korb }] = await queryAs((n) => `${ownerUrl(n)}?options=${encodeURIComponent(`-c app.mandant=${b.mandantId}`)}`, 'select schutz_id from posteingang.eingang where id = $1', [post.id]) as [{ schutz_id: string }];
  const leute = new Map(rollen.map((rolle) => [rolle, b.as(rolle, ['amt-20'])]));
  for (const id of [schutzId, korb]) {
    const { version } = await admin.call(zugriff.getSchutzbereich, { params: { id: id as never } });
    await admin.call(zugriff.updateSchutzbereich, { params: { id: id as never }, ifMatch: version, body: { klasse } });
    const { freigaben } = await admin.call(zugriff.getSchutzbereich, { params: { id: id as never } });
    for (const f of freigaben.filter((g) => !g.geerbt)) await admin.call(zugriff.revokeFreigabe, { params: { id: f.id } });
    for (const rolle of rollen) await admin.call(zugriff.grantFreigabe, { params: { id: id as never }, body: { subjektArt: 'rolle', subjekt: b.rolle(rolle), stufe: 'sehen' } });
  }
  return { b, admin, leute, schutzId, korb, ids: { a, v, d, anlage: d.teile[0]!, offen, ov, od, post } };
}

const get = (wer: Person, path: string) => http.inject({ method: 'GET', url: `${API}${path}`, headers: { authorization: wer.id } });

test('BE-04 BE-08 whatever is asked of any operation that reads, whoever may only see in a protected class meets no word of Betreff, Kontakte, Bemerkung, file names, content', async () => {
  const { leute, schutzId, korb, ids, b } = await newWelt('personal');
  await vi.waitFor(async () => expect((await queryAs(workerUrl, `select count(*)::int as n from graphile_worker._private_jobs where payload ->> 'mandantId' = '${b.mandantId}' and attempts < max_attempts and run_at < now() + interval '1 minute'`) as [{ n: number }])[0].n).toBe(0), { timeout: 120_000, interval: 300 });
  const alle = [...Object.values(ids).map((o) => o.id as string), schutzId, korb, b.mandantId];
  const queries = ['', '?limit=200', '?sort=betreff', '?text=offen', '?q=offen', '?storniert=mit', '?teilakten=true&limit=200', '?anlagen=true&limit=200', '?gemerkt=true', ...alle.map((id) => `?objekt=${id}`), `?akteId=${ids.a.id}`, `?parentId=${schutzId}`, `?q=${encodeURIComponent(ids.a.aktenzeichen)}`, `?text=${encodeURIComponent(ids.a.aktenzeichen)}`];
  const operations = modules.flatMap((m) => m.routes ?? []).map((r) => r.operation).filter((o) => o.method === 'GET');
  const answered = new Map<string, number>();
  const verdeckte: string[] = [];
  for (const [rolle, wer] of leute) {
    for (const typ of ['akte', 'vorgang', 'dokument'] as const) {
      for (const id of [ids.a.id, ids.v.id, ids.d.id]) {
        await wer.call(schriftgut.createMerkung, { params: { typ, id } } as never).catch(() => {});
        await wer.call(schriftgut.createZuletztGesehen, { params: { typ, id } } as never).catch(() => {});
      }
    }
    for (const { path, operationId } of operations) {
      const paths = path.includes(':typ') ? ['akte', 'vorgang', 'dokument', 'eingang'].flatMap((typ) => alle.map((id) => path.replace(':typ', typ).replace(/:\w+/g, id))) : path.includes(':') ? alle.map((id) => path.replace(/:\w+/g, id)) : queries.map((q) => path + q);
      for (const p of paths) {
        const { statusCode, body } = await get(wer, p);
        if (statusCode === 200) answered.set(operationId, (answered.get(operationId) ?? 0) + 1);
        if (body.includes('Betreff geschützt (Personaldaten)')) verdeckte.push(operationId);
        expect([rolle, p, /.{200}kanarie.{80}/i.exec(body)?.[0] ?? KANARIE.exec(body)?.[0] ?? null]).toEqual([rolle, p, null]);
      }
    }
  }
  // It was really asked: these answer, and show that something is there.
  for (const o of ['listAkten', 'getAkte', 'listVorgaenge', 'getVorgang', 'listDokumente', 'getDokument', 'listInhaltAkte', 'listMerkliste', 'listZuletztGesehen', 'listEingaenge', 'getEingang', 'search']) expect([o, verdeckte.includes(o)]).toEqual([o, true]);
  expect(answered.get('listVerlauf') ?? answered.get('listEreignisse')).toBeGreaterThan(0);
  expect(mails.filter((m) => KANARIE.test(JSON.stringify(m)))).toEqual([]);
});

test('BE-08 no filter, sorting or search tells hidden Betreffe apart', async () => {
  const { leute, ids } = await newWelt('gesundheit');
  await fc.assert(fc.asyncProperty(fc.constantFrom('Kanariebetreff', 'kanarie', 'Kündigung', 'kündig', 'Kanarienvogel', 'KANARIE-7', 'Kanarieinhalt', 'Kanarieabsender', 'Kanariepost'), fc.constantFrom(...rollen.slice(0, 5)), async (wort, rolle) => {
    const wer = leute.get(rolle)!;
    for (const op of [schriftgut.listAkten, schriftgut.listVorgaenge, schriftgut.listDokumente] as const) expect(await wer.call(op as typeof schriftgut.listAkten, { query: { text: wort } })).toMatchObject({ gesamt: 0 });
    expect(await wer.call(posteingang.listEingaenge, { query: { text: wort } } as never)).toMatchObject({ gesamt: 0 });
    expect(await wer.call(suche.search, { query: { q: wort } as never })).toMatchObject({ eintraege: [] });
    expect(await wer.call(suche.getSuchfacetten, { query: { q: wort } as never })).toMatchObject({ gesamt: 0 });
  }), { numRuns: 20 });
  // Sorted by Betreff all hidden ones stand together, by their id.
  const wer = leute.get('leser')!;
  const { eintraege } = await wer.call(schriftgut.listDokumente, { query: { sort: 'betreff', anlagen: 'true' } as never });
  expect(eintraege.filter((e) => e.geschuetzt === 'gesundheit').map((e) => e.id)).toEqual([ids.d.id as string, ids.anlage.id as string].toSorted());
});

test('BE-08 PR-02 the protocol written out holds no word of a protected class for anybody, of the rest what the person may see, and still verifies', async () => {
  const { b, admin, ids } = await newWelt('personal');
  const clerk = b.as('registratur', ['amt-10']);
  (clerk.ctx.akteur as { rechte: ReadonlySet<string> }).rechte = new Set([...clerk.ctx.akteur.rechte, 'protokoll.lesen']);
  await versiegeln(b as never);
  const ausgabe = async (wer: Person) => {
    const { id } = await wer.call(protokoll.exportProtokoll, { body: { mitInhalt: true } });
    await vi.waitFor(async () => expect((await get(wer, `/protokoll/ausgaben/${id}/datei`)).statusCode).toBe(200), { timeout: 60_000, interval: 300 });
    const path = join(testDir, `${id}.ndjson`);
    await mkdir(testDir, { recursive: true });
    await writeFile(path, (await get(wer, `/protokoll/ausgaben/${id}/datei`)).rawPayload);
    return { text: await readFile(path, 'utf8'), bericht: (await promisify(execFile)(process.execPath, [program, path])).stdout };
  };
  const [dieAdministration, dieRegistratur] = [await ausgabe(admin), await ausgabe(clerk)];
  for (const { text, bericht } of [dieAdministration, dieRegistratur]) {
    expect(/.{300}kanarie.{80}/i.exec(text)?.[0] ?? null).toBeNull();
    expect(text).toContain(ids.a.id); // that something happened to it stays
    expect(bericht).toMatch(/^Unverändert: /);
    expect(bericht).toMatch(/Bei \d+ Einträgen steht an der Stelle des Inhalts: Betreff geschützt \(Personaldaten\)\./);
  }
  // what is open is told to who may see it, and not to the administration
  expect([dieRegistratur.text.includes('Offene Akte'), dieAdministration.text.includes('Offene Akte')]).toEqual([true, false]);
  expect(dieAdministration.bericht).toContain('Für die ausgebende Person nicht einsehbar');
});
