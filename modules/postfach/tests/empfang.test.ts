/** Addresses of Akten and Vorgänge, through real SMTP and LMTP conversations with the receiver. */
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api as organisation } from '#modules/organisation/contract.ts';
import { api as posteingang, statusse } from '#modules/posteingang/contract.ts';
import { newPosteingang } from '#modules/posteingang/tests/hilfe.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { startWorker } from '#platform/server/jobs.ts';
import { buildHttp } from '#platform/server/http/http.ts';
import { ownerUrl, workerUrl } from '#platform/testing/database.ts';
import { authenticateTest, database, databaseName, io, log, modules, queryAs, verbundId } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { startEmpfang } from '../server/empfang.ts';
import { mail } from './hilfe.ts';

const DOMAENE = 'akte.stadt.example';
const eigene = { ...io, config: { ...io.config, MAIL_EMPFANG: 'lmtp://127.0.0.1:0', MAIL_EMPFANG_DOMAENE: DOMAENE, MAIL_GRENZE: 100_000 } };
const listMandantIds = async () => (await queryAs(ownerUrl, 'select id from organisation.mandant')).map((r) => (r as { id: string }).id);
const umgebung = { database, io: eigene, verbundId, listMandantIds, log };
let worker: Awaited<ReturnType<typeof startWorker>>;
let lmtp: NonNullable<Awaited<ReturnType<typeof startEmpfang>>>, smtp: typeof lmtp;
beforeAll(async () => {
  worker = await startWorker({ modules, database, io: eigene, verbundId, log, queueUrl: workerUrl(databaseName), listMandantIds: async () => [] });
  lmtp = (await startEmpfang(umgebung))!;
  smtp = (await startEmpfang({ ...umgebung, io: { ...eigene, config: { ...eigene.config, MAIL_EMPFANG: 'smtp://127.0.0.1:0' } } }))!;
});
afterAll(async () => { await lmtp.stop(); await smtp.stop(); await worker.stop(); });

/** The API as an operator has it who has set up the receiver. */
const http = await buildHttp({ modules, database, io: eigene, log, verbundId, authenticate: authenticateTest });

async function newAkte() {
  const pe = await newPosteingang();
  const clerk = pe.mandant.as('sachbearbeitung', ['63.1'], http);
  const vorgang = await pe.createVorgang(clerk as never);
  const ort = { typ: 'vorgang' as const, id: vorgang.id as string };
  const { adresse } = await clerk.call(api.createAblageadresse, { params: ort, body: {} });
  const eingaenge = async () => (await pe.registratur.call(posteingang.listEingaenge, { query: { status: [...statusse] } })).eintraege;
  return { ...pe, clerk, vorgang, ort, adresse: adresse!, eingaenge };
}
/** Says the lines and answers what the server says to each. */
async function sprich(port: number, zeilen: readonly string[]): Promise<string[]> {
  const socket = createConnection(port, '127.0.0.1');
  let rest = '';
  const antworten: string[] = [];
  const lies = async () => {
    for (;;) {
      const match = /^(\d{3})[ ](.*)\r\n/m.exec(rest);
      if (match) { antworten.push(match[0].trim()); rest = rest.slice(match.index + match[0].length); return; }
      const [piece] = await once(socket, 'data') as [Buffer];
      rest += String(piece);
    }
  };
  await lies();
  for (const zeile of zeilen) { socket.write(zeile); await lies(); }
  socket.destroy();
  return antworten.slice(1).map((a) => a.slice(0, 9));
}
/** As a mail server: LMTP says of each recipient whether it has the message. */
const sende = async (adresse: string | string[], inhalt: string, port = lmtp.port) => {
  const { rejectedErrors } = await createTransport({ host: '127.0.0.1', port, secure: false, lmtp: port === lmtp.port, ignoreTLS: true } as never).sendMail({ envelope: { from: 'erika@example.org', to: [adresse].flat() }, raw: inhalt }) as { rejectedErrors?: Error[] };
  if (rejectedErrors?.length) throw rejectedErrors[0]!;
};
const bis = async <T>(lies: () => Promise<T>, gut: (t: T) => boolean) => { await expect.poll(lies, { timeout: 60_000, interval: 200 }).toSatisfy(gut as never); };

describe('the address of an Akte or a Vorgang', () => {
  test('who may file there makes, sees, renews and removes it; nobody else learns it', async () => {
    const { clerk, ort, adresse, mandant, other } = await newAkte();
    expect(adresse).toMatch(/^akte\+[a-z2-7]{32}@akte\.stadt\.example$/);
    expect(await clerk.call(api.getAblageadresse, { params: ort })).toMatchObject({ adresse, moeglich: true, ablage: 'mitarbeitende' });
    await expect(other.call(api.getAblageadresse, { params: ort })).rejects.toMatchObject({ status: 404 });
    await expect(mandant.as('leser', ['63.1'], http).call(api.getAblageadresse, { params: ort })).rejects.toMatchObject({ status: 403 });
    const { adresse: neu } = await clerk.call(api.createAblageadresse, { params: ort, body: {} });
    expect(neu).not.toBe(adresse);
    await expect(sende(adresse, mail('alt'))).rejects.toMatchObject({ responseCode: 550 });
    expect(await clerk.call(api.deleteAblageadresse, { params: ort })).toMatchObject({ adresse: null });
    await expect(sende(neu!, mail('weg'))).rejects.toMatchObject({ responseCode: 550 });
    expect(JSON.stringify(await mandant.ereignisse())).not.toContain(neu!.slice(13, 37));
  });
  test('where the operator has set up no receiver there are none', async () => {
    const pe = await newPosteingang();
    const vorgang = await pe.createVorgang();
    const params = { typ: 'vorgang' as const, id: vorgang.id as string };
    expect(await pe.clerk.call(api.getAblageadresse, { params })).toMatchObject({ adresse: null, moeglich: false });
    await expect(pe.clerk.call(api.createAblageadresse, { params, body: {} })).rejects.toMatchObject({ code: 'postfach.kein_empfang' });
  });
  test('PE-03 accepted is durable; the same delivery again, after an answer that never arrived, makes no second', async () => {
    const { adresse, eingaenge } = await newAkte();
    await sende(adresse, mail('einmal'));
    expect(await eingaenge()).toMatchObject([{ kanal: 'e_mail', organisationseinheit: { kennzeichen: '63.1' } }]);
    await sende(adresse, mail('einmal'));
    await sende(adresse, mail('einmal'), smtp.port);
    expect(await eingaenge()).toHaveLength(1);
    await sende(adresse, mail('zweimal'));
    expect(await eingaenge()).toHaveLength(2);
  });
  test('a line that is cut in the middle of a message leaves nothing', async () => {
    const { adresse, eingaenge } = await newAkte();
    const socket = createConnection(lmtp.port, '127.0.0.1');
    socket.write(`LHLO x\r\nMAIL FROM:<a@b.de>\r\nRCPT TO:<${adresse}>\r\nDATA\r\n`);
    await new Promise((r) => setTimeout(r, 500));
    socket.write('Subject: halb\r\n\r\nhalber Text');
    await new Promise((r) => setTimeout(r, 200));
    socket.destroy();
    await sende(adresse, mail('danach'));
    expect(await eingaenge()).toHaveLength(1);
  });
  test('no open relay, no login, limits, several recipients at once', async () => {
    const [a, b] = [await newAkte(), await newAkte()];
    const an = (adresse: string) => `RCPT TO:<${adresse}>\r\n`;
    expect(await sprich(smtp.port, ['EHLO x\r\n', 'MAIL FROM:<a@b.de>\r\n', an('opfer@example.org'), an(a.adresse.replace(/[a-z2-7]@/, (c) => (c === 'a@' ? 'b@' : 'a@'))), an('akte@akte.stadt.example'), 'AUTH PLAIN AGEAYg==\r\n', 'DATA\r\n']))
      .toEqual(['250 SIZE ', '250 Accept', '550 5.1.1', '550 5.1.1', '550 5.1.1', '500 Error', '503 Error'].map((x) => expect.stringContaining(x.slice(0, 4))));
    expect((await sprich(lmtp.port, ['LHLO x\r\n', 'MAIL FROM:<a@b.de> SIZE=999999999\r\n']))[1]).toMatch(/^552/);
    await expect(sende(a.adresse, mail('gross', { text: 'x'.repeat(150_000) }))).rejects.toMatchObject({ responseCode: 552 });
    await sende([a.adresse, b.adresse], mail('beide'));
    expect([(await a.eingaenge()).length, (await b.eingaenge()).length]).toEqual([1, 1]);
  });
  test('what goes round in circles is stopped', async () => {
    const { adresse, eingaenge } = await newAkte();
    await expect(sende(adresse, mail('kreis', { kopf: `X-Loop: ${adresse}\r\n` }))).rejects.toMatchObject({ responseCode: 554 });
    await expect(sende(adresse, mail('stationen', { kopf: 'Received: from a by b\r\n'.repeat(60) }))).rejects.toMatchObject({ responseCode: 554 });
    expect(await eingaenge()).toEqual([]);
  });
  test('from a colleague who may file there it files itself; from others it lies in the basket, unless the Mandant says otherwise', { timeout: 120_000 }, async () => {
    const { adresse, eingaenge, mandant, clerk, vorgang } = await newAkte();
    const admin = mandant.as('administration', ['10'], http);
    const person = await admin.call(organisation.getBenutzer, { params: { id: clerk.id as never } });
    await admin.call(organisation.updateBenutzer, { params: { id: clerk.id as never }, ifMatch: person.version, body: { email: 'ada@stadt.example' } as never });
    await sende(adresse, mail('kollegin', { von: 'Ada <Ada@Stadt.example>', betreff: 'Ortstermin' }));
    await bis(eingaenge, (alle) => alle[0]?.status === 'zugeordnet');
    expect((await eingaenge())[0]).toMatchObject({ betreff: 'Ortstermin', absender: 'Ada', ablage: { vorgang: { id: vorgang.id } } });
    const dokumente = await clerk.call(schriftgut.listDokumente, { query: { vorgangId: [vorgang.id] } as never });
    expect(dokumente.eintraege).toMatchObject([{ betreff: 'Ortstermin', art: 'eingang' }]);

    await sende(adresse, mail('fremd', { betreff: 'Von außen' }));
    await bis(eingaenge, (alle) => alle.some((e) => e.betreff === 'Von außen' && e.vorschlag?.art === 'adresse'));
    expect((await eingaenge()).find((e) => e.betreff === 'Von außen')).toMatchObject({ status: 'verteilt', vorschlag: { vorgang: { id: vorgang.id } } });

    const registratur = mandant.as('registratur', ['10'], http);
    const { version } = await registratur.call(api.getPosteinstellungen, {});
    await registratur.call(api.updatePosteinstellungen, { ifMatch: version, body: { ablage: 'alle', automatikAblegen: true } });
    await sende(adresse, mail('fremd2', { betreff: 'Von außen, zweites' }));
    await bis(eingaenge, (alle) => alle.find((e) => e.betreff === 'Von außen, zweites')?.status === 'zugeordnet');
  });
});
