import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { api as ablage, InhaltId } from '#modules/ablage/contract.ts';
import { api as aufbereitung } from '#modules/aufbereitung/contract.ts';
import { api as plan } from '#modules/aktenplan/contract.ts';
import { api as posteingang, type EingangId } from '#modules/posteingang/contract.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { API } from '#platform/server/http/http.ts';
import { startWorker } from '#platform/server/jobs.ts';
import { ownerUrl, workerUrl } from '#platform/testing/database.ts';
import { buildTestHttp, database, databaseName, io, log, mails, modules, newMandant, queryAs, verbundId } from '#platform/testing/test.ts';
import { api as benachrichtigung } from '../contract.ts';

let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => { worker = await startWorker({ modules, database, io, verbundId, log, queueUrl: workerUrl(databaseName), listMandantIds: async () => [] }); });
afterAll(async () => { await worker.stop(); });

type Person = ReturnType<ReturnType<typeof newMandant>['as']>;
const http = await buildTestHttp(modules);
async function upload(person: Person, inhalt: Buffer | string, dateiname: string, mime = 'text/plain') {
  const answer = await http.inject({ method: ablage.uploadInhalt.method, url: API + ablage.uploadInhalt.path, payload: Buffer.from(inhalt as string), headers: { authorization: person.id, 'content-type': mime, 'x-dateiname': dateiname, 'idempotency-key': randomUUID() } });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return InhaltId.parse((answer.json() as { id: string }).id);
}
/** A Mandant with a plan, a Poststelle and clerks of two offices. */
async function newPosteingang() {
  const mandant = newMandant();
  const registratur = mandant.as('registratur', ['10']), poststelle = mandant.as('poststelle', ['10.1']), clerk = mandant.as('sachbearbeitung', ['63.1']), other = mandant.as('sachbearbeitung', ['32']);
  const { id: aktenplanId } = await registratur.call(plan.createAktenplan, { body: { bezeichnung: 'Aktenplan', versionsbezeichnung: '1', gueltigVon: '2020-01-01' } });
  const einheit = await registratur.call(plan.createAktenplaneinheit, { body: { aktenplanId, kennzeichen: '631.20', betreffKurz: 'Bauvorhaben' } });
  return {
    mandant, registratur, poststelle, clerk, other, aktenplanId,
    create: async (person: Person, more: object, inhalt: Buffer | string = `Brief ${randomUUID()}`, dateiname = 'brief.txt') => person.call(posteingang.createEingang, { body: { inhaltId: await upload(person, inhalt, dateiname), absender: 'Notarin Dr. Vollmer', ...more } }),
    createAkte: () => clerk.call(schriftgut.createAkte, { body: { aktenplaneinheitId: einheit.id, betreff: 'Lindenstraße 14' } }),
    file: (person: Person, id: EingangId, ziel: object) => person.call(posteingang.fileEingang, { params: { id }, body: { ziel: ziel as never } }),
  };
}
type Pe = Awaited<ReturnType<typeof newPosteingang>>;

const texte = async (person: Person) => (await person.call(benachrichtigung.listBenachrichtigungen, { query: {} })).eintraege.map((e) => e.text);
const news = async (person: Person) => (await person.call(benachrichtigung.listBenachrichtigungen, { query: {} })).eintraege.map((e) => [e.text, e.pfad]);
const until = (when: () => Promise<void>) => vi.waitFor(when, { timeout: 60_000, interval: 150 });
const asOwner = (pe: Pe) => (n: string) => `${ownerUrl(n)}?options=${encodeURIComponent(`-c app.mandant=${pe.mandant.mandantId}`)}`;
const withMail = async (pe: Pe, person: Person, anlass: string) => {
  // first as the person: the harness has made them by then, and what follows bypasses it
  await person.call(benachrichtigung.updateBenachrichtigungseinstellung, { body: { anlass, weg: 'sofort' } });
  await queryAs(asOwner(pe), 'alter table organisation.benutzer disable trigger user');
  await queryAs(asOwner(pe), "update organisation.benutzer set email = id || '@lk.example'");
  await queryAs(asOwner(pe), 'alter table organisation.benutzer enable trigger user');
};
const mailAn = (person: Person) => mails.filter((m) => m.an === `${person.id}@lk.example`);
/** A PDF nobody can read: its head, and nothing that belongs to it. */
const kaputt = () => Buffer.from(`%PDF-1.7\n${Math.random()}\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 9 0 R >>\n%%EOF`);

describe('news of the post', () => {
  test('an Eingang forwarded into a basket is told to those who work in it, not to who sent it on; the mail says no Betreff', async () => {
    const pe = await newPosteingang();
    const kollegin = pe.mandant.as('sachbearbeitung', ['63.1']);
    const verwalterin = pe.mandant.as('administration', ['63.1']);
    await withMail(pe, kollegin, 'eingang.weitergeleitet');
    const e = await pe.create(pe.poststelle, { betreff: 'Antrag der Familie Arslan', organisationseinheitId: pe.mandant.oe('10.1') });
    await pe.poststelle.call(posteingang.assignEingang, { params: { id: e.id }, body: { organisationseinheitId: pe.mandant.oe('63.1') as never, bemerkung: 'bitte heute' } });
    await until(async () => expect(await texte(pe.clerk)).toEqual([`Weitergeleitet: „Antrag der Familie Arslan“ (${e.nummer}) von Notarin Dr. Vollmer: bitte heute`]));
    await until(async () => expect(mailAn(kollegin)).toHaveLength(1));
    expect(mailAn(kollegin)[0]!.text).toContain(`/posteingang/${e.id}`);
    expect(mailAn(kollegin)[0]!.text + mailAn(kollegin)[0]!.betreff).not.toMatch(/Arslan|Vollmer/);
    expect(mailAn(kollegin)[0]!.text).toContain('Weitergeleitet');
    // The right to see it ends, and with it what the entry says of it.
    await queryAs(asOwner(pe), 'alter table zugriff.freigabe disable trigger user');
    await queryAs(asOwner(pe), 'delete from zugriff.freigabe');
    await queryAs(asOwner(pe), 'alter table zugriff.freigabe enable trigger user');
    await queryAs(asOwner(pe), 'update zugriff.stand set stand = stand + 1');
    expect(await news(pe.clerk)).toEqual([['Weitergeleitet (für Sie nicht mehr einsehbar)', null]]);
    // who may not see the basket, works elsewhere or did it hears nothing
    for (const p of [verwalterin, pe.other, pe.poststelle]) expect(await texte(p)).toEqual([]);
  }, 90_000);
  test('a new Eingang is told to whoever asked for it', async () => {
    const pe = await newPosteingang();
    const still = pe.mandant.as('sachbearbeitung', ['63.1']);
    await pe.clerk.call(benachrichtigung.updateBenachrichtigungseinstellung, { body: { anlass: 'eingang.neu', weg: 'postfach' } });
    const e = await pe.create(pe.poststelle, { betreff: 'Bauantrag', organisationseinheitId: pe.mandant.oe('63.1') });
    await until(async () => expect(await texte(pe.clerk)).toEqual([`Neu im Korb: „Bauantrag“ (${e.nummer}) von Notarin Dr. Vollmer`]));
    expect(await texte(still)).toEqual([]);
  }, 90_000);
});

describe('UX-01, UX-07: what could not be read', () => {
  test('stands on the desk of who works on the Vorgang with its reason; is told once', async () => {
    const pe = await newPosteingang();
    const kollegin = pe.mandant.as('sachbearbeitung', ['63.1']);
    const akte = await pe.createAkte();
    const vorgang = await pe.clerk.call(schriftgut.createVorgang, { body: { akteId: akte.id, betreff: 'Antrag', bearbeiterId: kollegin.id as never } });
    const inhaltId = await upload(pe.clerk, kaputt(), 'kaputt.pdf', 'application/pdf');
    const dokument = await pe.clerk.call(schriftgut.createDokument, { body: { vorgangId: vorgang.id, betreff: 'Lageplan', art: 'intern', datumDesSchreibens: '2026-11-19', formate: [{ inhaltId }] } });
    await until(async () => expect(await news(kollegin)).toEqual([[`Ein Dokument ließ sich nicht lesen: „Lageplan“ (${dokument.kennzeichen})`, `/dokumente/${dokument.id}`]]));
    const { eintraege, gesamt } = await kollegin.call(aufbereitung.listFehlschlaege, {});
    expect(gesamt).toBe(1);
    expect(eintraege[0]).toMatchObject({ inhaltId, dateiname: 'kaputt.pdf', grund: expect.any(String), objekt: { typ: 'dokument', titel: 'Lageplan', pfad: `/dokumente/${dokument.id}` } });
    for (const p of [pe.clerk, pe.other, pe.registratur]) expect((await p.call(aufbereitung.listFehlschlaege, {})).gesamt).toBe(0);
  }, 90_000);
  test('of post in a basket it concerns the office; after filing who filed it; no mail says a Betreff', async () => {
    const pe = await newPosteingang();
    const einheit = await pe.registratur.call(plan.createAktenplaneinheit, { body: { aktenplanId: pe.aktenplanId, kennzeichen: '451.10', betreffKurz: 'Wohngeld', schutzklasse: 'sozial' } as never });
    const akte = await pe.clerk.call(schriftgut.createAkte, { body: { aktenplaneinheitId: einheit.id, betreff: 'Familie Arslan', bearbeiterId: pe.clerk.id as never } });
    await withMail(pe, pe.clerk, 'aufbereitung.gescheitert');
    const e = await pe.create(pe.clerk, { betreff: 'Krankheit der Frau Arslan' }, kaputt(), 'brief.pdf');
    await until(async () => expect((await pe.clerk.call(aufbereitung.listFehlschlaege, {})).eintraege).toMatchObject([{ objekt: { typ: 'eingang', pfad: `/posteingang/${e.id}` } }]));
    expect((await pe.other.call(aufbereitung.listFehlschlaege, {})).gesamt).toBe(0);
    await pe.file(pe.clerk, e.id, { art: 'akte', akteId: akte.id });
    expect((await pe.clerk.call(aufbereitung.listFehlschlaege, {})).eintraege).toMatchObject([{ objekt: { typ: 'dokument' } }]);
    const befund = await pe.clerk.call(schriftgut.createDokument, { body: { akteId: akte.id, betreff: 'Befund der Frau Arslan', art: 'intern', datumDesSchreibens: '2026-11-19', formate: [{ inhaltId: await upload(pe.clerk, kaputt(), 'befund.pdf', 'application/pdf') }] } });
    await until(async () => expect((await news(pe.clerk)).map(([, pfad]) => pfad)).toContain(`/dokumente/${befund.id}`));
    await until(async () => expect(mailAn(pe.clerk).length).toBeGreaterThanOrEqual(1));
    for (const mail of mailAn(pe.clerk)) { expect(mail.text + mail.betreff).not.toContain('Arslan'); expect(mail.text).toContain('ließ sich nicht lesen'); }
  }, 120_000);
  test('a mail with many unreadable attachments is one entry, and one again once that is read; a missing picture, a missing program and a signature are none', async () => {
    const pe = await newPosteingang();
    const mail = (...anlagen: [string, Buffer][]) => ['From: a@b.example', 'To: c@d.example', `Message-ID: <${randomUUID()}@b.example>`, 'Subject: Unterlagen', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="x"', '', '--x', 'Content-Type: text/plain', '', 'Anbei.',
      ...anlagen.flatMap(([name, inhalt]) => ['--x', `Content-Type: application/octet-stream; name="${name}"`, `Content-Disposition: attachment; filename="${name}"`, 'Content-Transfer-Encoding: base64', '', inhalt.toString('base64')]), '--x--', ''].join('\r\n');
    const fail = (inhalt: string, schritt: string, code: string) => database.write(pe.mandant.system, (tx) => tx.record({ art: 'inhalt.aufbereitung_gescheitert', objekte: { inhalt }, daten: { schritt, code, daten: {} } }));
    const lesbar = await upload(pe.clerk, 'Brief', 'brief.txt');
    await pe.clerk.call(posteingang.createEingang, { body: { inhaltId: lesbar, absender: 'x', betreff: 'Lesbar' } });
    for (const [schritt, code] of [['vorschau', 'zeit'], ['rendition', 'rendition_fehlgeschlagen'], ['ocr', 'tesseract_fehlt']] as const) await fail(lesbar, schritt, code);
    await pe.create(pe.clerk, { betreff: 'Mit Signatur' }, mail(['signatur.dat', Buffer.from([1, 0, 2, 0, 3, 0, 255, 254, 253])]), 'signiert.eml');
    await until(async () => expect((await pe.clerk.call(aufbereitung.listFehlschlaege, {})).eintraege.map((f) => f.dateiname)).toEqual(['signatur.dat']));
    const post = await pe.create(pe.clerk, { betreff: 'Unterlagen' }, mail(['eins.pdf', kaputt()], ['zwei.pdf', kaputt()]), 'unterlagen.eml');
    await until(async () => expect((await pe.clerk.call(aufbereitung.listFehlschlaege, {})).gesamt).toBe(3));
    const eine = [`Ein Dokument ließ sich nicht lesen: „Unterlagen“ (${post.nummer})`, `/posteingang/${post.id}`];
    await until(async () => expect(await news(pe.clerk)).toEqual([eine]));
    await pe.clerk.call(benachrichtigung.updateBenachrichtigungen, { body: {} });
    const { eintraege } = await pe.clerk.call(aufbereitung.listFehlschlaege, {});
    await fail(eintraege.find((f) => f.dateiname === 'zwei.pdf')!.inhaltId, 'ocr', 'zeit');
    await until(async () => expect(await news(pe.clerk)).toEqual([eine, eine]));
  }, 120_000);
});
