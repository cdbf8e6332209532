/** Mailboxes of a real Dovecot (Debian): fetched exactly once, whatever is cut, killed or numbered anew (PE-03, PE-06). */
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { api as posteingang } from '#modules/posteingang/contract.ts';
import { startDovecot, type Dovecot } from '#platform/testing/dovecot.ts';
import { api } from '../contract.ts';
import { mail, newPost, openKonto, startSchnitt } from './hilfe.ts';

const server = await startDovecot();
const dovecot = server as Dovecot;
afterAll(async () => { await server?.stop(); });

describe.skipIf(!server)('a mailbox', () => {
  test('PE-01 a message becomes an Eingang in the basket of its OE, byte for byte, and is moved after the commit', async () => {
    const { create, hole, eingaenge, original, registratur } = await newPost(dovecot);
    const konto = await openKonto(dovecot);
    await konto.append(mail('eins'));
    const { id } = await create(konto.benutzer);
    await hole(id);
    expect([await konto.anzahl(), await konto.anzahl('Verarbeitet')]).toEqual([1, 0]); // not before the Eingang is durable
    const [e] = await eingaenge();
    expect(e).toMatchObject({ kanal: 'e_mail', organisationseinheit: { kennzeichen: '63.1' }, dateiname: 'E-Mail.eml', mime: 'message/rfc822', posteingangsdatum: '2026-11-20' });
    expect(String(await original(e!.id))).toBe(mail('eins'));
    await hole(id);
    expect([await konto.anzahl(), await konto.anzahl('Verarbeitet')]).toEqual([0, 1]);
    expect(await eingaenge()).toHaveLength(1);
    expect((await registratur.call(api.getPostfach, { params: { id } })).stand).toMatchObject({ fehler: null, wartend: 0, erfasst: 1, laeuft: false });
    await konto.ende();
  });
  test('PE-03 killed after fetching, after the commit, after the move: one Eingang, nothing lost', async () => {
    const { create, hole, holeAlles, eingaenge, nachrichten } = await newPost(dovecot);
    const konto = await openKonto(dovecot);
    await konto.append(mail('a'));
    await konto.append(mail('b'));
    const { id } = await create(konto.benutzer);
    await hole(id, { crashAfter: 'work' });
    expect([(await eingaenge()).length, await konto.anzahl()]).toEqual([0, 2]);
    await hole(id);
    await hole(id, { crashAfter: 'work' }); // moved on the server, not known here
    expect([(await eingaenge()).length, await konto.anzahl()]).toEqual([2, 0]);
    await holeAlles(id);
    expect((await nachrichten()).map((n) => [n.message_id, n.quittiert !== null])).toEqual([['a@example.org', true], ['b@example.org', true]]);
    expect([(await eingaenge()).length, await konto.anzahl('Verarbeitet')]).toEqual([2, 2]);
    await konto.ende();
  });
  test('two looks at the same time make no second Eingang', async () => {
    const { create, hole, holeAlles, eingaenge } = await newPost(dovecot);
    const konto = await openKonto(dovecot);
    for (let i = 0; i < 10; i++) await konto.append(mail(`zugleich-${i}`));
    const { id } = await create(konto.benutzer);
    await Promise.all([hole(id), hole(id), hole(id)]);
    await holeAlles(id);
    expect([(await eingaenge()).length, await konto.anzahl(), await konto.anzahl('Verarbeitet')]).toEqual([10, 0, 10]);
    await konto.ende();
  });
  test('PE-03 the line is cut at random bytes, again and again: each message is here once, with all its bytes', async () => {
    const { create, hole, holeAlles, eingaenge, original, registratur } = await newPost(dovecot);
    const konto = await openKonto(dovecot);
    const inhalte = Array.from({ length: 12 }, (_, i) => mail(`schnitt-${i}`, { text: 'x'.repeat(200 + i * 9000).replace(/(.{70})/g, '$1\r\n') }));
    for (const m of inhalte) await konto.append(m);
    let cuts = 0;
    const schnitt = await startSchnitt(dovecot.imap, () => (cuts++ < 60 ? Math.floor(Math.random() ** 2 * 60_000) : Infinity));
    const { id } = await create(konto.benutzer, { port: schnitt.port });
    for (let i = 0; i < 60; i++) await hole(id);
    await holeAlles(id);
    const alle = await eingaenge();
    expect([alle.length, await konto.anzahl(), await konto.anzahl('Verarbeitet')]).toEqual([12, 0, 12]);
    const texte = await Promise.all(alle.map(async (e) => String(await original(e.id))));
    expect(texte.toSorted()).toEqual(inhalte.toSorted());
    expect((await registratur.call(api.getPostfach, { params: { id } })).stand.unvollstaendig).toBe(0);
    await schnitt.stop();
    await konto.ende();
  });
  test('the server numbers its messages anew (UIDVALIDITY): what was fetched is recognised, what was not is fetched', async () => {
    const { create, hole, holeAlles, eingaenge } = await newPost(dovecot);
    const konto = await openKonto(dovecot);
    await konto.append(mail('vorher'));
    const { id } = await create(konto.benutzer);
    await hole(id); // an Eingang, still in the inbox
    await konto.append(mail('danach'));
    await konto.ende();
    const box = join(dovecot.dir, 'mail', konto.benutzer);
    for (const name of await readdir(box)) if (name.startsWith('dovecot')) await rm(join(box, name), { force: true, recursive: true });
    await holeAlles(id);
    expect(await eingaenge()).toHaveLength(2);
    const wieder = await openKonto(dovecot, konto.benutzer);
    expect([await wieder.anzahl(), await wieder.anzahl('Verarbeitet')]).toEqual([0, 2]);
    await wieder.ende();
  });
  test('larger than the limit: an Eingang with its head and what to do; the whole of it lies in the folder for failures', async () => {
    const { create, holeAlles, eingaenge, original, registratur } = await newPost(dovecot);
    const konto = await openKonto(dovecot);
    await konto.append(mail('riesig', { text: 'x'.repeat(50_000) }));
    await konto.append(mail('klein'));
    const { id } = await create(konto.benutzer);
    await holeAlles(id, 10, { config: { MAIL_GRENZE: 20_000 } });
    const [gross] = await eingaenge();
    const e = await registratur.call(posteingang.getEingang, { params: { id: gross!.id } });
    expect(e.bemerkung).toMatch(/größer als die Grenze.*Ordner „Fehler“.*hochladen/s);
    expect(String(await original(gross!.id))).toMatch(/^From: Erika(?!.*xxx)/s);
    expect([await konto.anzahl(), await konto.anzahl('Fehler'), await konto.anzahl('Verarbeitet')]).toEqual([0, 1, 1]);
    expect((await registratur.call(api.getPostfach, { params: { id } })).stand).toMatchObject({ erfasst: 2, unvollstaendig: 1 });
    await konto.ende();
  });
  test('a server that hangs, refuses, or is none: the state says so in German, and nothing waits for it', { timeout: 120_000 }, async () => {
    const { create, hole, registratur } = await newPost(dovecot);
    const stumm = createServer(() => {}).listen(0, '127.0.0.1');
    await once(stumm, 'listening');
    const { port } = stumm.address() as { port: number };
    const faelle = [[{ port }, 'antwortet_nicht'], [{ port: 1 }, 'nicht_erreichbar'], [{ kennwort: 'falsch' }, 'anmeldung'], [{ ordnerEingang: 'Gibt es nicht' }, 'ordner'], [{ sicherheit: 'tls', port: dovecot.imaps }, 'zertifikat']] as const;
    for (const [more, code] of faelle) {
      const { id, version } = await create(`fall-${code}`, more);
      await hole(id);
      const { stand } = await registratur.call(api.getPostfach, { params: { id } });
      expect([code, stand.fehler?.code, stand.laeuft, Date.parse(stand.naechster) > Date.now()]).toEqual([code, code, false, true]);
      expect(stand.fehler!.text).toMatch(/[a-zäöü] .*\./);
      const { kennwort: _, ...zugang } = { host: '127.0.0.1', port: dovecot.imap, sicherheit: 'keine' as const, benutzername: `fall-${code}`, ordnerEingang: 'INBOX', ordnerVerarbeitet: 'Verarbeitet', ordnerFehler: 'Fehler', kennwort: '', ...more };
      expect(await registratur.call(api.verifyZugang, { body: { ...zugang, postfachId: id } as never })).toMatchObject({ gelungen: false, text: stand.fehler!.text });
      expect(version).toBe(1);
    }
    stumm.close();
  });
  test('STARTTLS, and TLS that is trusted (NODE_EXTRA_CA_CERTS is for operators): never in the clear when it was asked for', async () => {
    const { create, hole, registratur } = await newPost(dovecot);
    const konto = await openKonto(dovecot);
    const { id } = await create(konto.benutzer, { sicherheit: 'starttls' });
    await hole(id);
    expect((await registratur.call(api.getPostfach, { params: { id } })).stand.fehler?.code).toBe('zertifikat');
    await konto.ende();
  });
  test('hundreds at once: some at a time, in order, all of them', { timeout: 300_000 }, async () => {
    const { create, hole, holeAlles, eingaenge, registratur } = await newPost(dovecot);
    const konto = await openKonto(dovecot);
    for (let i = 0; i < 300; i++) await konto.append(mail(`viele-${i}`));
    const { id } = await create(konto.benutzer);
    await hole(id);
    const { stand } = await registratur.call(api.getPostfach, { params: { id } });
    expect([stand.erfasst, stand.wartend, stand.laeuft]).toEqual([25, 275, true]);
    await holeAlles(id);
    expect([(await eingaenge()).length, await konto.anzahl(), await konto.anzahl('Verarbeitet')]).toEqual([300, 0, 300]);
    await konto.ende();
  });
  test('PE-06 the same message in three mailboxes: three Eingänge, each in its basket, none vanishes', async () => {
    const { create, holeAlles, eingaenge, mandant } = await newPost(dovecot);
    for (const oe of ['63.1', '32', '10']) {
      const konto = await openKonto(dovecot);
      await konto.append(`Received: from relay by ${oe}\r\n${mail('dreifach')}`);
      const { id } = await create(konto.benutzer, { organisationseinheitId: mandant.oe(oe) });
      await holeAlles(id);
      await konto.ende();
    }
    expect((await eingaenge()).map((e) => [e.organisationseinheit.kennzeichen, e.dublette !== null])).toEqual([['63.1', false], ['32', true], ['10', true]]);
  });
});

const NORMDATEN = join(import.meta.dirname, '../../../../shared/normdaten/mail');
const dateien = await readdir(NORMDATEN, { recursive: true, withFileTypes: true }).then((d) => d.filter((e) => e.isFile() && e.name !== 'SOURCES.txt').map((e) => join(e.parentPath, e.name)), () => []);
describe.skipIf(!server || !dateien.length)('hard mails', () => {
  test('PE-03 each is exactly one Eingang with the bytes the server has, none is lost or left', async () => {
    const { create, holeAlles, eingaenge, original } = await newPost(dovecot);
    const konto = await openKonto(dovecot);
    const erwartet: string[] = [];
    for (const datei of dateien.toSorted()) {
      const bytes = Buffer.from((await readFile(datei)).toString('latin1').replace(/\r?\n/g, '\r\n').replaceAll('\0', '?'), 'latin1');
      await konto.append(bytes);
      erwartet.push(bytes.toString('latin1'));
    }
    const { id } = await create(konto.benutzer);
    await holeAlles(id);
    const alle = await eingaenge();
    expect(alle).toHaveLength(dateien.length);
    const texte: string[] = [];
    for (const e of alle) texte.push((await original(e.id)).toString('latin1'));
    expect(texte.toSorted()).toEqual(erwartet.toSorted());
    expect([await konto.anzahl(), await konto.anzahl('Verarbeitet')]).toEqual([0, dateien.length]);
    await konto.ende();
  });
});
