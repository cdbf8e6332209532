import { afterAll, beforeAll, expect, test } from 'vitest';
import sharp from 'sharp';
import { io, newMandant } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { getExtrahierteAnlagen, getTexte } from '../server/index.ts';
import { lesen } from '../server/jobs.ts';
import { findSoffice } from '../server/konverter/rendition.ts';
import { absatz, makeDocx, makeMail, makePdf, makeScanseite, makeTiff } from './hilfen.ts';
import { attach, clientOf, database, endLauf, staende, startJobs, waitUntil } from './lauf.ts';

beforeAll(() => startJobs());
afterAll(endLauf);
const person = () => { const mandant = newMandant(); const { ctx } = mandant.as('sachbearbeitung'); return { mandant, ctx, ...clientOf(ctx) }; };

test('UX-03: a PDF gets its text, page images and thumbnails; the Ereignis names the content', { timeout: 180_000 }, async () => {
  const { mandant, ctx, call, inject } = person();
  const id = await attach(ctx, await makePdf(['Nachforderung von Unterlagen', 'Zweite Seite']), 'Bescheid.pdf');
  const a = await waitUntil(ctx, id);
  expect(staende(a)).toEqual({ typ: 'fertig', text: 'fertig', ocr: 'nicht_noetig', vorschau: 'fertig', rendition: 'nicht_noetig' });
  expect(a).toMatchObject({ format: 'pdf', formatName: 'PDF', mime: 'application/pdf', seiten: 2, textVorhanden: true, bilder: { daumen: 2, seite: 2 }, hinweise: [] });
  expect(await call(api.getText, { params: { id }, query: { von: 2 } })).toMatchObject({ gesamt: 2, seiten: [{ seite: 2, text: 'Zweite Seite', quelle: 'datei', konfidenz: null }] });
  for (const [groesse, breite] of [['daumen', 240], ['seite', 1240]] as const) {
    const bild = await inject('GET', `/inhalte/${id}/seiten/2/bild?groesse=${groesse}`);
    expect(bild.headers).toMatchObject({ 'content-type': 'image/webp', 'x-content-type-options': 'nosniff' });
    expect(await sharp(bild.rawPayload).metadata()).toMatchObject({ format: 'webp', width: breite });
  }
  expect((await inject('GET', `/inhalte/${id}/seiten/3/bild`)).statusCode).toBe(404);
  expect((await mandant.ereignisse()).map((e) => [e.art, e.objekte, e.daten.text])).toEqual([['inhalt.angehaengt', ['inhalt'], undefined], ['inhalt.aufbereitet', ['inhalt'], true]]);
  expect((await database.read(ctx, (tx) => getTexte(tx, [id]))).get(id)).toBe('Nachforderung von Unterlagen\n\nZweite Seite');
});

test('nothing lost: a reading that comes a second time, from a worker that was thought dead, changes nothing', { timeout: 180_000 }, async () => {
  const { mandant, ctx } = person();
  const id = await attach(ctx, await makePdf(['Nur einmal']), 'a.pdf');
  const vorher = staende(await waitUntil(ctx, id));
  const spaet = await lesen.work(io, await database.read(ctx, (tx) => lesen.load(tx, { inhaltId: id })), ctx);
  await database.write(ctx, (tx) => lesen.store(tx, spaet));
  expect(staende(await waitUntil(ctx, id))).toEqual(vorher);
  expect((await mandant.ereignisse()).filter((e) => e.art === 'inhalt.aufbereitet')).toHaveLength(1);
});

test('issue 4: whoever may not read the content sees nothing of what was made from it', { timeout: 180_000 }, async () => {
  const { mandant, ctx } = person();
  const id = await attach(ctx, await makePdf(['Vertraulich']), 'a.pdf');
  await waitUntil(ctx, id);
  for (const other of [mandant.as('sachbearbeitung').ctx, newMandant().as('leitung').ctx]) {
    const { call, inject } = clientOf(other);
    for (const pfad of ['aufbereitung', 'text', 'seiten/1/bild', 'rendition']) expect((await inject('GET', `/inhalte/${id}/${pfad}`)).statusCode, pfad).toBe(404);
    await expect(call(api.retryAufbereitung, { params: { id }, body: {} })).rejects.toMatchObject({ status: 404 });
  }
});

test('PE-07: attachments of a mail become contents of their own, readable with the mail, and are prepared themselves', { timeout: 180_000 }, async () => {
  const { mandant, ctx, call } = person();
  const innen = makeMail({ kopf: { Subject: 'Weitergeleitet', 'Message-ID': '<innen@x>' }, text: 'Innere Nachricht', anlagen: [{ name: 'plan.pdf', mime: 'application/pdf', inhalt: await makePdf(['Lageplan']) }] });
  const id = await attach(ctx, makeMail({ text: 'Siehe Anlagen', anlagen: [{ name: '../böse\u0001/Antrag.txt', mime: 'text/plain', inhalt: Buffer.from('Bauantrag der Familie Hoffmann') }, { name: '', mime: 'message/rfc822', inhalt: innen }] }), 'Mail.eml', 'message/rfc822');
  const a = await waitUntil(ctx, id);
  expect(staende(a)).toEqual({ typ: 'fertig', text: 'fertig', ocr: 'nicht_noetig', vorschau: 'fertig', rendition: 'fertig' });
  expect(a.mail).toMatchObject({ betreff: 'Bauantrag', text: 'Siehe Anlagen', von: [{ adresse: 'anna@example.de' }] });
  expect(a.anlagen.map((x) => [x.nr, x.mime, x.inline])).toEqual([[1, 'text/plain', false], [2, 'message/rfc822', false]]);
  const [brief, mail] = await Promise.all(a.anlagen.map((x) => waitUntil(ctx, x.inhaltId)));
  expect(brief).toMatchObject({ dateiname: 'Antrag.txt', format: 'txt', textVorhanden: true });
  expect(mail).toMatchObject({ dateiname: 'Nachricht 2.eml', format: 'eml', mail: { betreff: 'Weitergeleitet', messageId: 'innen@x' }, anlagen: [{ dateiname: 'plan.pdf' }] });
  const plan = await waitUntil(ctx, mail!.anlagen[0]!.inhaltId);
  expect((await call(api.getText, { params: { id: plan.inhaltId }, query: {} })).seiten[0]!.text).toBe('Lageplan');
  await expect(clientOf(mandant.as('sachbearbeitung').ctx).call(api.getAufbereitung, { params: { id: plan.inhaltId } })).rejects.toMatchObject({ status: 404 });
  const ereignis = (await mandant.ereignisse()).find((e) => e.art === 'inhalt.aufbereitet' && e.daten.format === 'eml' && e.daten.anlagen.length === 2);
  expect(ereignis!.daten.anlagen).toMatchObject([{ inhaltId: brief!.inhaltId, dateiname: expect.stringContaining('Antrag.txt') }, { inhaltId: mail!.inhaltId }]);
  expect((await database.read(ctx, (tx) => getExtrahierteAnlagen(tx, [id]))).get(id)).toHaveLength(2);
});

test('a scan is recognised page by page, with places of the words and progress', { timeout: 120_000 }, async () => {
  const { mandant, ctx, call } = person();
  const tiff = await makeTiff(await Promise.all([['Landkreis Auental bestätigt den Eingang', 'der Unterlagen vom 20. November'], ['Die Grundstücksentwässerung wird', 'hiermit genehmigt']].map((z) => makeScanseite(z))));
  const id = await attach(ctx, tiff, 'Scan.tif', 'image/tiff');
  const a = await waitUntil(ctx, id);
  expect(staende(a)).toEqual({ typ: 'fertig', text: 'nicht_noetig', ocr: 'fertig', vorschau: 'fertig', rendition: 'fertig' });
  expect(a).toMatchObject({ seiten: 2, textVorhanden: true, bilder: { daumen: 2, seite: 2 }, seitenbilder: [{ seite: 1, breite: 1240 }, { seite: 2 }], rendition: true });
  expect(a.schritte.find((s) => s.art === 'ocr')!.fortschritt).toEqual({ fertig: 2, gesamt: 2 });
  const { seiten } = await call(api.getText, { params: { id }, query: { woerter: 'true' } });
  expect(seiten[0]!.text).toContain('Landkreis Auental bestätigt');
  expect(seiten[1]!.text).toContain('Grundstücksentwässerung');
  const wort = seiten[1]!.woerter!.find((w) => w[5].includes('genehmigt'))!;
  expect(wort[0] + wort[2]).toBeLessThanOrEqual(seiten[1]!.breite!);
  expect((await mandant.ereignisse()).filter((e) => e.art === 'inhalt.aufbereitet').map((e) => [e.daten.schritt, e.daten.text])).toEqual([['text', false], ['ocr', true]]);
});

test('Office: a PDF to look at through LibreOffice, and pictures of its pages', { timeout: 120_000 }, async ({ skip }) => {
  if (!(await findSoffice())) skip('LibreOffice is not installed: apt-get install libreoffice-writer');
  const { ctx, inject } = person();
  const id = await attach(ctx, await makeDocx(absatz('Vermerk zur Baugenehmigung')), 'Vermerk.docx');
  const a = await waitUntil(ctx, id);
  expect(staende(a)).toEqual({ typ: 'fertig', text: 'fertig', ocr: 'nicht_noetig', vorschau: 'fertig', rendition: 'fertig' });
  expect(a).toMatchObject({ format: 'docx', rendition: true, bilder: { daumen: 1, seite: 1 } });
  const pdf = await inject('GET', `/inhalte/${id}/rendition`);
  expect(pdf.headers).toMatchObject({ 'content-type': 'application/pdf' });
  expect(pdf.headers['content-disposition']).toContain('Vermerk.pdf');
  expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  expect((await inject('GET', `/inhalte/${id}/rendition`, { range: 'bytes=0-3' })).payload).toBe('%PDF');
});

test('a mail is laid out as PDF with its head, letters of DIN 91379 and names of its attachments', { timeout: 180_000 }, async () => {
  const { ctx, inject } = person();
  const id = await attach(ctx, makeMail({ kopf: { Subject: 'Größe Łódź' }, text: `Sehr geehrte Frau Şahin,\r\n${'ein langer Satz mit vielen Wörtern '.repeat(400)}`, anlagen: [{ name: 'Lageplan.txt', mime: 'text/plain', inhalt: Buffer.from('x') }] }), 'mail.eml');
  expect(await waitUntil(ctx, id)).toMatchObject({ rendition: true, bilder: { daumen: 3 } });
  const pdf = (await inject('GET', `/inhalte/${id}/rendition`)).rawPayload;
  const zweite = await attach(ctx, pdf, 'gedruckt.pdf');
  await waitUntil(ctx, zweite);
  const text = (await database.read(ctx, (tx) => getTexte(tx, [zweite]))).get(zweite)!;
  for (const teil of ['Betreff: Größe Łódź', 'Anna Müller <anna@example.de>', '20. November 2026 um 09:15', 'Frau Şahin', 'Anlagen: Lageplan.txt', 'Seite 3 von 3']) expect(text).toContain(teil);
});

test('UX-07: what cannot be read says why, what was kept and what to do; the original stays', { timeout: 180_000 }, async () => {
  const { ctx, call, inject } = person();
  const faelle: [Buffer, string, Record<string, string>, string][] = [
    [Buffer.alloc(0), 'leer.pdf', { text: 'fehlgeschlagen:leer' }, 'leer'],
    [(await makePdf(['x'])).subarray(0, 150), 'kaputt.pdf', { text: 'fehlgeschlagen:beschaedigt' }, 'beschädigt'],
    [Buffer.from([1, 0, 2, 0, 3, 0, 255, 254, 253]), 'fremd.dat', { typ: 'fehlgeschlagen:format_unbekannt' }, 'unbekannt'],
  ];
  for (const [inhalt, name, stand, wort] of faelle) {
    const id = await attach(ctx, inhalt, name);
    const a = await waitUntil(ctx, id);
    expect(staende(a)).toMatchObject(stand);
    const schritt = a.schritte.find((s) => s.status === 'fehlgeschlagen')!;
    expect(schritt.grund).toContain(wort);
    expect(schritt.abhilfe).toBeTruthy();
    expect((await inject('GET', `/inhalte/${id}`)).rawPayload.equals(inhalt)).toBe(true);
    if (!schritt.wiederholbar) await expect(call(api.retryAufbereitung, { params: { id }, body: {} })).rejects.toMatchObject({ status: 409, code: 'aufbereitung.nichts_zu_wiederholen' });
  }
  const id = await attach(ctx, await sharp({ create: { width: 300, height: 200, channels: 3, background: '#fff' } }).jpeg().toBuffer(), 'Brief.pdf', 'application/pdf');
  const a = await waitUntil(ctx, id);
  expect(a).toMatchObject({ format: 'jpeg', mime: 'image/jpeg' });
  expect(a.hinweise.map((h) => h.text)).toEqual(expect.arrayContaining(['Der Name endet auf „.pdf“, der Inhalt ist aber: JPEG-Bild.', 'Auf den Seiten wurde kein Text erkannt.']));
});

test('„Erneut versuchen“: a failed step runs again, once however often it is asked for', { timeout: 180_000 }, async () => {
  const { mandant, ctx, call } = person();
  const id = await attach(ctx, (await makePdf(['x'])).subarray(0, 150), 'kaputt.pdf');
  await waitUntil(ctx, id);
  const [eins, zwei] = await Promise.allSettled([1, 2].map(() => call(api.retryAufbereitung, { params: { id }, body: { schritt: 'text' } })));
  expect([eins!.status, zwei!.status].sort()).toEqual(['fulfilled', 'rejected']);
  expect(staende(await waitUntil(ctx, id))).toMatchObject({ text: 'fehlgeschlagen:beschaedigt' });
  const arten = (await mandant.ereignisse()).map((e) => e.art);
  expect(arten.filter((a) => a === 'inhalt.aufbereitung_wiederholt')).toHaveLength(1);
  expect(arten.filter((a) => a === 'inhalt.aufbereitet')).toHaveLength(2);
});

