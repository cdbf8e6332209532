import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { startWorker } from '#platform/server/jobs.ts';
import { workerUrl } from '#platform/testing/database.ts';
import { database, databaseName, io, log, modules, verbundId } from '#platform/testing/test.ts';
import { api, type Eingang } from '../contract.ts';
import { makePdf, newPosteingang, refusal } from './hilfe.ts';

let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => { worker = await startWorker({ modules, database, io, verbundId, log, queueUrl: workerUrl(databaseName), listMandantIds: async () => [] }); });
afterAll(async () => { await worker.stop(); });

type Pe = Awaited<ReturnType<typeof newPosteingang>>;
/** Asks again until the text has been read and looked through. */
async function until(pe: Pe, id: Eingang['id'], when: (e: Eingang) => boolean, person = pe.clerk): Promise<Eingang> {
  for (const bis = Date.now() + 60_000; ;) {
    const e = await person.call(api.getEingang, { params: { id } });
    if (when(e)) return e;
    if (Date.now() > bis) throw new Error(`not in time: ${JSON.stringify(e)}`);
    await new Promise((r) => setTimeout(r, 150));
  }
}
const mail = (kopf: Record<string, string>, text: string, anlage?: string) => Buffer.from([
  ...Object.entries({ From: 'Architekturbüro Jansen <jansen@example.org>', To: 'bauordnung@auental.example', 'MIME-Version': '1.0', ...kopf }).map(([k, v]) => `${k}: ${v}`),
  'Content-Type: multipart/mixed; boundary=g', '', '--g', 'Content-Type: text/plain; charset=utf-8', '', text, ...(anlage ? ['--g', 'Content-Type: text/plain; name="plan.txt"', 'Content-Disposition: attachment; filename="plan.txt"', '', anlage] : []), '--g--', '',
].join('\r\n'));

describe('UX-05, PE-09: a proposal is an Aktenzeichen, a sign or an answer that really stands in the text', () => {
  test('our Aktenzeichen in another spelling: Akte, passage and place', async () => {
    const pe = await newPosteingang();
    const akte = await pe.createAkte();
    const zeichen = akte.aktenzeichen.replace('-', ' – ').replace('/0', ' / ');
    const e = await pe.create(pe.clerk, {}, await makePdf([`Ihr Zeichen: ${zeichen}, vielen Dank`]), 'brief.pdf');
    const { vorschlaege, vorschlag } = await until(pe, e.id, (x) => x.vorschlaege.length > 0);
    expect(vorschlaege).toHaveLength(1);
    expect(vorschlag).toMatchObject({ art: 'aktenzeichen', akte: { id: akte.id, aktenzeichen: akte.aktenzeichen }, vorgang: null });
    expect(vorschlag!.passage.slice(...vorschlag!.stelle)).toBe(zeichen);
    expect((await pe.clerk.call(api.listEingaenge, { query: {} })).eintraege[0]!.vorschlag).toEqual(vorschlag);
  }, 90_000);
  test('the page it stands on is named, in files that have pages', async () => {
    const pe = await newPosteingang();
    const akte = await pe.createAkte();
    const pdf = await pe.create(pe.clerk, {}, await makePdf(['Deckblatt', 'Anschreiben', `Ihr Zeichen: ${akte.aktenzeichen}`]), 'brief.pdf');
    const text = await pe.create(pe.clerk, {}, `Ihr Zeichen: ${akte.aktenzeichen}`);
    expect((await until(pe, pdf.id, (x) => x.vorschlaege.length > 0)).vorschlaege).toMatchObject([{ seite: 3, gefunden: akte.aktenzeichen }]);
    expect((await until(pe, text.id, (x) => x.vorschlaege.length > 0)).vorschlaege).toMatchObject([{ seite: null }]);
  }, 90_000);
  test('the Kennzeichen of a Vorgang leads into it; the sender’s sign is taken over', async () => {
    const pe = await newPosteingang();
    const vorgang = await pe.createVorgang();
    const e = await pe.create(pe.clerk, {}, `Unser Zeichen: 1187/26 V-k\nIhr Zeichen: ${vorgang.kennzeichen}\n`);
    const read = await until(pe, e.id, (x) => x.vorschlaege.length > 0);
    expect(read).toMatchObject({ fremdesGeschaeftszeichen: '1187/26 V-k', vorschlaege: [{ art: 'aktenzeichen', vorgang: { id: vorgang.id } }] });
    // filed there, the same sign leads the next letter to the same place
    await pe.file(pe.clerk, e.id, { art: 'vorgang', vorgangId: vorgang.id });
    const next = await pe.create(pe.clerk, {}, 'Unser Zeichen: 1187/26 V-k\nWir erinnern an unser Schreiben.');
    expect((await until(pe, next.id, (x) => x.vorschlaege.length > 0)).vorschlaege).toMatchObject([{ art: 'fremdes_zeichen', gefunden: '1187/26 V-k', vorgang: { id: vorgang.id } }]);
  }, 120_000);
  test('no Aktenzeichen, no proposal; one of an Akte that may not be seen is none', async () => {
    const pe = await newPosteingang();
    const fremd = await pe.createAkte(pe.other);
    const e = await pe.create(pe.clerk, {}, `Unser Zeichen: 4711\nBetrifft ${fremd.aktenzeichen}, Telefon 04999 2210-0`);
    expect(await until(pe, e.id, (x) => x.fremdesGeschaeftszeichen !== null)).toMatchObject({ fremdesGeschaeftszeichen: '4711', vorschlaege: [], vorschlag: null });
    expect((await until(pe, e.id, (x) => x.vorschlaege.length > 0, pe.registratur)).vorschlaege).toMatchObject([{ akte: { id: fremd.id } }]);
  }, 90_000);
});

describe('PE-07: e-mail', () => {
  test('head fills what is empty, attachments are shown and become Anlagen; an answer finds its Vorgang', async () => {
    const pe = await newPosteingang();
    const vorgang = await pe.createVorgang();
    const eml = mail({ Subject: 'Nachgereichte Statik', Date: 'Thu, 19 Nov 2026 08:31:00 +0100', 'Message-ID': '<statik-1@example.org>' }, 'Guten Tag, anbei die Statik.', 'Tragwerk');
    const e = await pe.create(pe.clerk, { kanal: 'e_mail', absender: '' }, eml, 'mail.eml');
    const read = await until(pe, e.id, (x) => x.absender !== '' && x.anlagen === 1);
    expect(read).toMatchObject({ absender: 'Architekturbüro Jansen', betreff: 'Nachgereichte Statik', datumDesSchreibens: '2026-11-19', anlagenliste: [{ dateiname: 'plan.txt' }] });
    const filed = await pe.file(pe.clerk, e.id, { art: 'vorgang', vorgangId: vorgang.id });
    expect((await pe.clerk.call(schriftgut.getDokument, { params: { id: filed.ablage!.dokumentId! } })).teile).toMatchObject([{ rolle: 'anlage', datei: { dateiname: 'plan.txt' } }]);

    const answer = await pe.create(pe.clerk, { kanal: 'e_mail' }, mail({ Subject: 'AW: Statik', 'Message-ID': '<statik-2@example.org>', 'In-Reply-To': '<statik-1@example.org>' }, 'Noch etwas.'), 'antwort.eml');
    expect((await until(pe, answer.id, (x) => x.vorschlaege.length > 0)).vorschlaege).toMatchObject([{ art: 'antwort', vorgang: { id: vorgang.id }, gefunden: expect.stringContaining('Nachgereichte Statik') }]);
  }, 120_000);
  test('PE-06: the same message by another way is recognised by its Message-ID', async () => {
    const pe = await newPosteingang();
    const first = await pe.create(pe.clerk, { kanal: 'e_mail' }, mail({ Subject: 'Rechnung', 'Message-ID': '<r-1@example.org>' }, 'Rechnung'), 'a.eml');
    await until(pe, first.id, (x) => x.betreff === 'Rechnung');
    const second = await pe.create(pe.clerk, { kanal: 'e_mail' }, mail({ Received: 'by other way', Subject: 'Rechnung', 'Message-ID': '<r-1@example.org>' }, 'Rechnung'), 'b.eml');
    expect(second.dublette).toBeNull();
    expect((await until(pe, second.id, (x) => x.dublette !== null)).dublette).toMatchObject({ id: first.id });
  }, 120_000);
  test('filed before it was taken apart: the Anlagen follow', async () => {
    const pe = await newPosteingang();
    const vorgang = await pe.createVorgang();
    const e = await pe.create(pe.clerk, { kanal: 'e_mail' }, mail({ Subject: 'Eilig' }, 'Text', 'Anhang'), 'eilig.eml');
    const filed = await pe.file(pe.clerk, e.id, { art: 'vorgang', vorgangId: vorgang.id });
    for (const bis = Date.now() + 60_000; ;) {
      const { teile } = await pe.clerk.call(schriftgut.getDokument, { params: { id: filed.ablage!.dokumentId! } });
      if (teile.length === 1) break;
      expect(Date.now()).toBeLessThan(bis);
      await new Promise((r) => setTimeout(r, 150));
    }
    expect(await refusal(pe.other.call(api.getEingang, { params: { id: e.id } }))).toBe('404 allgemein.nicht_gefunden');
  }, 120_000);
});
