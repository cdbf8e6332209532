/** The whole way through real mail servers (Debian): Postfix takes a mail and brings it by LMTP to the address of a Vorgang, or into a mailbox of Dovecot that is fetched. */
import { createTransport } from 'nodemailer';
import { afterAll, describe, expect, test } from 'vitest';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { buildHttp } from '#platform/server/http/http.ts';
import { ownerUrl } from '#platform/testing/database.ts';
import { startDovecot, type Dovecot } from '#platform/testing/dovecot.ts';
import { startPostfix, type Postfix } from '#platform/testing/postfix.ts';
import { authenticateTest, database, io, log, modules, queryAs, verbundId } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { startEmpfang } from '../server/empfang.ts';
import { mail, newPost, openKonto } from './hilfe.ts';

const DOMAENE = 'akte.stadt.example';
const config = { ...io.config, MAIL_EMPFANG: 'lmtp://127.0.0.1:0', MAIL_EMPFANG_DOMAENE: DOMAENE };
const dovecot = await startDovecot() as Dovecot;
const listMandantIds = async () => (await queryAs(ownerUrl, 'select id from organisation.mandant')).map((r) => (r as { id: string }).id);
const empfang = (await startEmpfang({ database, io: { ...io, config }, verbundId, listMandantIds, log }))!;
const postfix = dovecot && await startPostfix({ [DOMAENE]: `lmtp:inet:127.0.0.1:${empfang.port}`, 'stadt.example': `lmtp:inet:127.0.0.1:${dovecot.lmtp}` }) as Postfix;
const http = await buildHttp({ modules, database, io: { ...io, config }, log, verbundId, authenticate: authenticateTest });
afterAll(async () => { await postfix?.stop(); await empfang.stop(); await dovecot?.stop(); });
const sende = (an: string, roh: string) => createTransport({ host: '127.0.0.1', port: postfix.port, secure: false, ignoreTLS: true }).sendMail({ envelope: { from: 'erika@example.org', to: [an] }, raw: roh });

describe.skipIf(!postfix)('through Postfix', () => {
  test('to the address of a Vorgang: one Eingang; what is unknown is refused by Postfix’s next hop and comes to nothing', async () => {
    const { mandant, createVorgang, eingaenge } = await newPost(dovecot);
    const clerk = mandant.as('sachbearbeitung', ['63.1'], http);
    const vorgang = await createVorgang(clerk as never);
    expect(await clerk.call(schriftgut.getVorgang, { params: { id: vorgang.id } })).toMatchObject({ id: vorgang.id });
    const { adresse } = await clerk.call(api.createAblageadresse, { params: { typ: 'vorgang', id: vorgang.id as string }, body: {} });
    await sende(adresse!, mail('ueber-postfix'));
    await sende(adresse!.replace(/[a-z2-7]@/, (c) => (c === 'a@' ? 'b@' : 'a@')), mail('unbekannt'));
    await expect.poll(async () => (await eingaenge()).length, { timeout: 60_000 }).toBe(1);
    await expect.poll(() => postfix.log(), { timeout: 60_000 }).toContain('550');
    expect(await eingaenge()).toMatchObject([{ kanal: 'e_mail', organisationseinheit: { kennzeichen: '63.1' } }]);
  });
  test('into a mailbox, and from there into the basket', async () => {
    const { create, holeAlles, eingaenge, original } = await newPost(dovecot);
    const benutzer = `amt-${Date.now().toString(36)}@stadt.example`;
    await sende(benutzer, mail('ins-postfach'));
    const konto = await openKonto(dovecot, benutzer);
    await expect.poll(() => konto.anzahl(), { timeout: 60_000 }).toBe(1);
    const { id } = await create(benutzer);
    await holeAlles(id);
    const alle = await eingaenge();
    expect(alle).toHaveLength(1);
    expect(String(await original(alle[0]!.id))).toMatch(/Return-Path: <erika@example\.org>[\s\S]*by [\s\S]*\(Postfix\)[\s\S]*Message-ID: <ins-postfach@example\.org>/);
    await konto.ende();
  });
});
