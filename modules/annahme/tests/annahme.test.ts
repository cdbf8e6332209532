import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { expect, test, vi } from 'vitest';
import { api as posteingang } from '#modules/posteingang/contract.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { download, runJob } from '#modules/posteingang/tests/hilfe.ts';
import { ownerUrl, superUrl } from '#platform/testing/database.ts';
import { ablage, queryAs } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { ablegen, pruefen } from '../server/jobs.ts';
import { base, datei, eintrag, manifest, newAnnahme, newMaschine, sha256 } from './hilfe.ts';

vi.setConfig({ testTimeout: 120_000 });
/** Time passes in the rows alone: no trigger asks for an Ereignis. */
const inReplica = (name: string) => `${superUrl(name)}?options=${encodeURIComponent('-c session_replication_role=replica')}`;
const owner = (mandantId: string) => (name: string) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${mandantId}`)}`;

test('PE-01, PE-03 a delivery in steps becomes exactly one Eingang with its Anlagen, however often each step is repeated', async () => {
  const { maschine, clerk, mandant } = await newAnnahme();
  const [antrag, plan] = [datei('antrag.txt'), datei('lageplan.txt')];
  const m = manifest([antrag, plan], { fremdesZeichen: 'B-4711', datum: '2026-11-20', formular: 'Bauantrag', bemerkung: 'Eilt' });
  const { status, json: offen } = await maschine.oeffne(m);
  expect([status, offen]).toMatchObject([201, { externeId: m.externeId, zustand: 'offen', quittung: null, eingang: null, dateien: [{ nr: 1, name: 'antrag.txt', erhalten: false }, { nr: 2, erhalten: false }] }]);
  expect((await maschine.oeffne(m)).json).toEqual(offen);
  expect((await maschine.sende(offen.id, 2, plan.bytes)).json.dateien.map((d) => d.erhalten)).toEqual([false, true]);
  // nothing of it is to be seen before it is whole
  expect((await clerk.call(posteingang.listEingaenge, { query: {} })).gesamt).toBe(0);
  expect((await maschine.sende(offen.id, 1, antrag.bytes)).json.dateien.map((d) => d.erhalten)).toEqual([true, true]);
  expect((await maschine.sende(offen.id, 1, antrag.bytes)).status).toBe(200);
  const fertig = await maschine.schliesse(offen.id);
  expect(fertig).toMatchObject({ status: 200, json: { zustand: 'angenommen', eingang: { status: 'verteilt', organisationseinheit: '63.1 63.1', aktenzeichen: null, hinweis: null }, quittung: { sendungId: offen.id, externeId: m.externeId, nummer: expect.stringMatching(/^PE \d{4}-000001$/), organisationseinheit: { kennzeichen: '63.1' }, dateien: [{ nr: 1, sha256: sha256(antrag.bytes) }, { nr: 2, sha256: sha256(plan.bytes) }] } } });
  expect((await maschine.schliesse(offen.id)).json).toEqual(fertig.json);
  expect((await maschine.oeffne(m)).json).toEqual(fertig.json);
  expect((await maschine.sende(offen.id, 2, plan.bytes)).json).toEqual(fertig.json);
  const { eintraege: [zeile], gesamt } = await clerk.call(posteingang.listEingaenge, { query: {} });
  expect([gesamt, zeile]).toMatchObject([1, { kanal: 'fachverfahren', betreff: m.betreff, absender: 'Ada Vosskuhl', datumDesSchreibens: '2026-11-20', fremdesGeschaeftszeichen: 'B-4711', dateiname: 'antrag.txt', anlagen: 1 }]);
  const eingang = await clerk.call(posteingang.getEingang, { params: { id: zeile!.id } });
  expect(eingang).toMatchObject({ sha256: sha256(antrag.bytes), absenderArt: 'person', bemerkung: 'Formular: Bauantrag\nEilt', anlagenliste: [{ dateiname: 'lageplan.txt', groesse: plan.bytes.length }] });
  expect((await download(clerk, eingang.anlagenliste[0]!.inhaltId)).rawPayload.equals(plan.bytes)).toBe(true);
  const ereignisse = (await mandant.ereignisse()).filter((e) => e.art.startsWith('sendung.'));
  expect(ereignisse.map((e) => e.art)).toEqual(['sendung.eroeffnet', 'sendung.datei_erhalten', 'sendung.datei_erhalten', 'sendung.angenommen']);
  expect(new Set(ereignisse.map((e) => `${e.akteur_art} ${e.weg}`))).toEqual(new Set(['maschine api']));
});

test('a small one in one call, the same path: bytes in the manifest, at once a Quittung, at every repetition the same', async () => {
  const { maschine, clerk } = await newAnnahme({ kanal: 'portal' });
  const [a, b] = [datei('a.txt'), datei('b.txt')];
  const daten = { flurstueck: '12/7', personen: [{ name: 'Voß' }] };
  const m = { ...manifest([a, b], { daten }), abschliessen: true };
  const ganz = { ...m, dateien: [a, b].map((d) => ({ ...eintrag(d), inhalt: d.bytes.toString('base64') })) };
  const antworten = await Promise.all([maschine.oeffne(ganz), maschine.oeffne(ganz), maschine.oeffne(ganz)]);
  expect(antworten.map((r) => r.status)).toEqual([201, 201, 201]);
  for (const { json } of antworten) expect(json).toEqual(antworten[0]!.json);
  expect((await maschine.oeffne(m)).json).toEqual(antworten[0]!.json);
  const { eintraege, gesamt } = await clerk.call(posteingang.listEingaenge, { query: {} });
  expect([gesamt, eintraege]).toMatchObject([1, [{ kanal: 'portal', anlagen: 2 }]]);
  // what the form holds besides its files is kept as it was said
  const { anlagenliste } = await clerk.call(posteingang.getEingang, { params: { id: eintraege[0]!.id } });
  expect(anlagenliste.map((x) => x.dateiname)).toEqual(['b.txt', `${m.externeId}.json`]);
  const kept = (await download(clerk, anlagenliste[1]!.inhaltId)).rawPayload;
  expect(JSON.parse(kept.toString())).toMatchObject({ externeId: m.externeId, daten });
  expect(sha256(kept)).toBe(antworten[0]!.json.quittung!.manifestSha256);
});

test('without a document the manifest is the original', async () => {
  const { maschine, clerk } = await newAnnahme();
  const m = { ...manifest([], { daten: { anliegen: 'Sperrmüll' } }), abschliessen: true };
  const { json } = await maschine.oeffne(m);
  const { eintraege: [zeile] } = await clerk.call(posteingang.listEingaenge, { query: {} });
  expect(zeile).toMatchObject({ dateiname: `${m.externeId}.json`, mime: 'application/json', anlagen: 0, nummer: json.quittung!.nummer });
});

test('what does not fit the manifest is refused with the place and the figures, nothing of it stays, and the page of the Anschluss tells it', async () => {
  const { maschine, admin, anschluss, mandant, clerk } = await newAnnahme();
  const d = datei('antrag.txt', 'x'.repeat(1000));
  const m = manifest([d, datei('zwei.txt')]);
  const { json: { id } } = await maschine.oeffne(m);
  const vorher = (await Array.fromAsync(ablage.storage.list(mandant.mandantId))).length;
  const stream = (bytes: Buffer) => new ReadableStream({ start(c) { c.enqueue(bytes); c.close(); } });
  const faelle = [
    [await maschine.sende(id, 1, Buffer.from('kurz')), 422, 'annahme.datei_passt_nicht', '/dateien/0/groesse', 'angekündigt sind 1.000 Byte, die Anfrage bringt 4 Byte'],
    [await maschine.sende(id, 1, stream(Buffer.alloc(1001))), 422, 'annahme.datei_passt_nicht', '/dateien/0/groesse', 'angekündigt sind 1.000 Byte, es kommt mehr'],
    [await maschine.sende(id, 1, stream(Buffer.alloc(999))), 422, 'annahme.datei_passt_nicht', '/dateien/0/groesse', 'angekündigt sind 1.000 Byte, gekommen sind 999 Byte'],
    [await maschine.sende(id, 1, Buffer.alloc(1000)), 422, 'annahme.datei_passt_nicht', '/dateien/0/sha256', `angekündigt ist ${sha256(d.bytes)}, gekommen ist ${sha256(Buffer.alloc(1000))}`],
    [await maschine.oeffne({ ...m, betreff: 'Ein anderer' }), 409, 'annahme.manifest_anders', '/betreff', 'bisher „Bauantrag Lindenstraße 14“, jetzt „Ein anderer“'],
    [await maschine.oeffne({ ...m, dateien: m.dateien.slice(0, 1) }), 409, 'annahme.manifest_anders', '/dateien/1', 'bisher eine andere Angabe, jetzt keine Angabe'],
    [await maschine.schliesse(id), 409, 'annahme.dateien_fehlen', '/dateien/0', `Datei 1 „antrag.txt“ mit 1.000 Byte ist noch nicht angekommen`],
    [await maschine.oeffne(manifest([], { organisationseinheit: '99.9' })), 422, 'annahme.organisationseinheit_unbekannt', '/organisationseinheit', '„99.9“ ist kein Kennzeichen einer Organisationseinheit von heute'],
    [await maschine.oeffne({ ...manifest([d]), abschliessen: true }), 409, 'annahme.dateien_fehlen', '/dateien/0', 'Datei 1 „antrag.txt“ mit 1.000 Byte ist noch nicht angekommen'],
    [await maschine.oeffne({ ...manifest([]), dateien: [{ ...eintrag(d), inhalt: Buffer.from('falsch').toString('base64') }] }), 422, 'annahme.datei_passt_nicht', '/dateien/0/groesse', 'angekündigt sind 1.000 Byte, gekommen sind 6 Byte'],
  ] as const;
  for (const [antwort, status, code, pfad, text] of faelle) expect(antwort).toMatchObject({ status, json: { code, details: expect.arrayContaining([{ pfad, text }]) } });
  expect((await maschine.sende(id, 3, d.bytes))).toMatchObject({ status: 404, json: { code: 'annahme.datei_unbekannt' } });
  expect(await Array.fromAsync(ablage.storage.list(mandant.mandantId))).toHaveLength(vorher);
  expect((await maschine.lies(id)).json).toMatchObject({ zustand: 'offen', dateien: [{ erhalten: false }, { erhalten: false }] });
  expect((await clerk.call(posteingang.listEingaenge, { query: {} })).gesamt).toBe(0);
  const abgewiesen = await admin.call(api.listAbweisungen, { params: { id: anschluss.id }, query: {} });
  expect(abgewiesen.gesamt).toBe(faelle.length);
  expect(abgewiesen.eintraege.map((a) => a.code).toSorted()).toEqual(faelle.map((f) => f[2] as string).toSorted());
  expect(await admin.call(api.getAnschluss, { params: { id: anschluss.id } })).toMatchObject({ abgewiesen: faelle.length, offen: 1, angenommen: 0 });
});

test('a file cut off in the middle leaves nothing and is simply sent again', async () => {
  const { maschine, token, mandant } = await newAnnahme();
  const d = { name: 'gross.bin', mime: 'application/octet-stream', bytes: randomBytes(6_000_000) };
  const { json: { id } } = await maschine.oeffne(manifest([d]));
  const cut = httpRequest(`${base}/annahme/sendungen/${id}/dateien/1`, { method: 'PUT', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream', 'content-length': d.bytes.length } });
  cut.on('error', () => {});
  await new Promise<void>((done) => { cut.write(d.bytes.subarray(0, 3_000_000), () => done()); });
  cut.destroy();
  expect((await maschine.lies(id)).json.dateien[0]!.erhalten).toBe(false);
  expect((await maschine.sende(id, 1, d.bytes)).json.dateien[0]!.erhalten).toBe(true);
  expect((await maschine.schliesse(id)).status).toBe(200);
  await expect.poll(async () => (await Array.fromAsync(ablage.storage.list(mandant.mandantId))).filter((o) => o.size === d.bytes.length).length, { timeout: 30_000 }).toBe(1);
});

test('the token opens this door and no other, knows its own deliveries only, and ends when it is renewed or revoked', async () => {
  const { maschine, admin, anschluss, token, clerk } = await newAnnahme();
  expect(token).toMatch(/^vaa_[\w-]{22}\.[\w-]{43}$/);
  for (const path of ['/ich', '/eingaenge', '/organisationseinheiten', '/annahme/anschluesse', '/akten', '/inhalte/0197c1f0-0000-7000-8000-000000000000']) expect((await maschine.ask('GET', path)).status, path).toBe(403);
  const other = await newAnnahme();
  const { json: { id } } = await maschine.oeffne(manifest([]));
  expect((await other.maschine.lies(id)).status).toBe(404);
  expect((await other.maschine.schliesse(id)).status).toBe(404);
  const zweite = await admin.call(api.createAnschluss, { body: { name: 'Zweiter', kanal: 'fax', organisationseinheitId: anschluss.organisationseinheit.id } });
  expect((await newMaschine(zweite.token!).lies(id)).status).toBe(404);
  const dump = await queryAs(owner(clerk.ctx.mandantId), 'select a::text from annahme.anschluss a');
  expect(JSON.stringify(dump)).not.toContain(token.split('.')[1]);
  await expect.poll(async () => (await admin.call(api.getAnschluss, { params: { id: anschluss.id } })).zuletzt).not.toBeNull();
  const neu = await admin.call(api.resetAnschluss, { params: { id: anschluss.id } });
  expect((await maschine.lies(id)).status).toBe(401);
  expect((await newMaschine(neu.token!).lies(id)).status).toBe(200);
  await admin.call(api.revokeAnschluss, { params: { id: anschluss.id } });
  expect((await newMaschine(neu.token!).lies(id)).status).toBe(401);
  for (const falsch of ['vaa_', `vaa_${'x'.repeat(22)}.${'y'.repeat(43)}`, token.slice(0, -1), `${token}x`, "vaa_'; drop table x"]) expect((await newMaschine(falsch).lies(id)).status, falsch).toBe(401);
  await expect(clerk.call(api.createAnschluss, { body: { name: 'x', kanal: 'fax', organisationseinheitId: anschluss.organisationseinheit.id } })).rejects.toMatchObject({ status: 403 });
});

test('PE-03 what is never completed is told of after a day, kept, and can still be completed', async () => {
  const { maschine, admin, anschluss, mandant, clerk } = await newAnnahme();
  const [a, b] = [datei('a.txt'), datei('b.txt')];
  const { json: { id } } = await maschine.oeffne(manifest([a, b]));
  await maschine.sende(id, 1, a.bytes);
  await runJob(pruefen, {}, { mandantId: mandant.mandantId });
  expect((await maschine.lies(id)).json.zustand).toBe('offen');
  // two days pass
  for (const spalte of ['sendung set eroeffnet = eroeffnet', 'datei set erhalten = erhalten']) await queryAs(inReplica, `update annahme.${spalte} - interval '2 days' where mandant_id = $1`, [mandant.mandantId]);
  await runJob(pruefen, {}, { mandantId: mandant.mandantId });
  expect((await maschine.lies(id)).json).toMatchObject({ zustand: 'verfallen', dateien: [{ erhalten: true }, { erhalten: false }] });
  expect((await mandant.ereignisse()).filter((e) => e.art === 'sendung.verfallen')).toHaveLength(1);
  expect((await admin.call(api.listSendungen, { params: { id: anschluss.id }, query: { zustand: 'verfallen' } })).eintraege).toMatchObject([{ id, dateien: 2, erhalten: 1, nummer: null }]);
  await maschine.sende(id, 2, b.bytes);
  expect((await maschine.schliesse(id)).json).toMatchObject({ zustand: 'angenommen', quittung: { nummer: expect.any(String) } });
  expect((await clerk.call(posteingang.listEingaenge, { query: {} })).gesamt).toBe(1);
});

test('PE-09 a delivery that names its Vorgang is filed there when the Anschluss may, a new Vorgang is made in the Akte it names, and what cannot be filed says why', async () => {
  const { maschine, admin, anschluss, mandant, clerk, createVorgang, other, einheit } = await newAnnahme({ ablage: 'vorgang' });
  const liefere = async (more: object) => {
    const d = datei('a.txt');
    const { json } = await maschine.oeffne({ ...manifest([d], more), dateien: [{ ...eintrag(d), inhalt: d.bytes.toString('base64') }], abschliessen: true });
    await runJob(ablegen, { sendungId: json.id }, { mandantId: mandant.mandantId });
    return (await maschine.lies(json.id)).json.eingang!;
  };
  const vorgang = await createVorgang(clerk);
  const akte = await clerk.call(schriftgut.getAkte, { params: { id: vorgang.akte!.id } });
  expect(await liefere({ aktenzeichen: vorgang.kennzeichen.replaceAll(' ', '') })).toMatchObject({ status: 'zugeordnet', aktenzeichen: vorgang.kennzeichen, hinweis: null });
  expect((await clerk.call(schriftgut.listDokumente, { query: { vorgangId: [vorgang.id] } as never })).eintraege).toMatchObject([{ betreff: 'Bauantrag Lindenstraße 14', art: 'eingang' }]);
  expect(await liefere({ aktenzeichen: akte.aktenzeichen })).toMatchObject({ status: 'verteilt', hinweis: expect.stringContaining('darf darin keinen Vorgang anlegen') });
  await admin.call(api.updateAnschluss, { params: { id: anschluss.id }, ifMatch: 1, body: { ablage: 'neuer_vorgang' } });
  const neu = await liefere({ aktenzeichen: akte.aktenzeichen, neuerVorgang: { betreff: 'Bauantrag von Ada Vosskuhl' } });
  expect(neu).toMatchObject({ status: 'zugeordnet', hinweis: null });
  expect(neu.aktenzeichen).not.toBe(vorgang.kennzeichen);
  expect((await clerk.call(schriftgut.listVorgaenge, { query: { akteId: [akte.id] } as never })).eintraege.map((v) => v.betreff)).toContain('Bauantrag von Ada Vosskuhl');
  // not where its office does not reach, and not told that there is something
  const fremd = await other.call(schriftgut.createAkte, { body: { aktenplaneinheitId: einheit.id, betreff: 'Anderes Amt' } });
  expect(await liefere({ aktenzeichen: fremd.aktenzeichen })).toMatchObject({ status: 'verteilt', hinweis: `Unter „${fremd.aktenzeichen}“ ist nichts zu finden, worin ProBaug ablegen darf` });
  expect(await liefere({ aktenzeichen: '999.99-2020/1' })).toMatchObject({ status: 'verteilt', hinweis: expect.stringContaining('nichts zu finden') });
  await clerk.call(schriftgut.closeVorgang, { params: { id: vorgang.id }, body: {} });
  expect(await liefere({ aktenzeichen: vorgang.kennzeichen })).toMatchObject({ status: 'verteilt', hinweis: `Der Vorgang ${vorgang.kennzeichen} ist geschlossen` });
});
