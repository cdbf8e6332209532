/** What a mail tells of itself: signatures over its very bytes, kind, reports. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { automatikVon } from '../server/konverter/automatik.ts';
import { readEml } from '../server/konverter/lesen/mail.ts';
import { lesegrenzen } from '../server/konverter/protokoll.ts';

const dir = mkdtempSync(join(tmpdir(), 'va-befund-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
let n = 0;
async function read(roh: Buffer | string) {
  const datei = join(dir, `mail-${n++}.eml`);
  writeFileSync(datei, roh);
  const { mail, anlagen } = await readEml(datei, dir, lesegrenzen);
  return { mail, befund: mail.befund!, anlagen };
}
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'pipe', 'ignore'] });
const hatOpenssl = (() => { try { openssl('version'); return true; } catch { return false; } })();
const NORMDATEN = join(import.meta.dirname, '../../../../shared/normdaten/mail');
const hard = (name: string) => readFileSync(join(NORMDATEN, name));

describe.skipIf(!hatOpenssl)('S/MIME, signed by openssl', () => {
  const KOPF = ['-from', 'Erika <erika@firma.example>', '-to', 'amt@stadt.example', '-subject', 'Unterschrieben'];
  const make = (cn: string, mail: string) => openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', `/CN=${cn}/O=Firma`, '-addext', `subjectAltName=email:${mail}`, '-keyout', `${cn}.key`, '-out', `${cn}.pem`);
  const sign = (cn: string, text: string, ...more: string[]) => {
    writeFileSync(join(dir, 'inhalt'), text.replace(/\r?\n/g, '\r\n'));
    return openssl('cms', '-sign', '-md', 'sha256', '-in', 'inhalt', '-signer', `${cn}.pem`, '-inkey', `${cn}.key`, ...KOPF, ...more);
  };
  if (hatOpenssl) { make('Erika', 'erika@firma.example'); make('Fremd', 'x@boese.example'); }
  const TEXT = 'Content-Type: text/plain; charset=utf-8\n\nGrüße aus dem Amt\nzweite Zeile\n';

  test('good, for the address of the sender, by an issuer nobody knows; line ends do not matter', async () => {
    const roh = sign('Erika', TEXT);
    for (const bytes of [roh, Buffer.from(roh.toString('latin1').replace(/\r\n/g, '\n'), 'latin1')]) {
      const { mail, befund } = await read(bytes);
      expect(befund.signaturen).toMatchObject([{ art: 'smime', ergebnis: 'gueltig', name: 'Erika', organisation: 'Firma', adressen: ['erika@firma.example'], adressePasst: true, kette: 'selbst_signiert', verfahrenAlt: false }]);
      expect([mail.text, mail.signiert]).toEqual(['Grüße aus dem Amt\nzweite Zeile', true]);
    }
  });
  test('one letter changed; somebody else’s certificate; a signature that is none', async () => {
    const roh = sign('Erika', TEXT).toString('latin1');
    expect((await read(Buffer.from(roh.replace('zweite', 'dritte'), 'latin1'))).befund.signaturen).toMatchObject([{ ergebnis: 'veraendert', name: 'Erika' }]);
    expect((await read(sign('Fremd', TEXT))).befund.signaturen).toMatchObject([{ ergebnis: 'gueltig', adressePasst: false }]);
    expect((await read(Buffer.from(roh.replace(/(smime\.p7s"\s+)[A-Za-z0-9+/=\s]+/, '$1MIIB\r\n\r\n'), 'latin1'))).befund.signaturen).toMatchObject([{ ergebnis: 'nicht_pruefbar' }]);
  });
  test('an opaque one (smime.p7m): what was signed is read', async () => {
    const { mail, befund } = await read(sign('Erika', TEXT, '-nodetach'));
    expect(befund.signaturen).toMatchObject([{ ergebnis: 'gueltig', name: 'Erika' }]);
    expect(mail).toMatchObject({ text: 'Grüße aus dem Amt\nzweite Zeile', signiert: true, verschluesselt: false, betreff: 'Unterschrieben' });
  });
  test('SHA-1 is told', async () => {
    writeFileSync(join(dir, 'inhalt'), TEXT.replaceAll('\n', '\r\n'));
    expect((await read(openssl('cms', '-sign', '-md', 'sha1', '-in', 'inhalt', '-signer', 'Erika.pem', '-inkey', 'Erika.key', ...KOPF))).befund.signaturen).toMatchObject([{ ergebnis: 'gueltig', verfahrenAlt: true }]);
  });
  test('encrypted: flagged, and nothing of it is taken for text or lifted out', async () => {
    writeFileSync(join(dir, 'inhalt'), TEXT);
    const { mail, befund, anlagen } = await read(openssl('cms', '-encrypt', '-aes256', '-in', 'inhalt', ...KOPF, 'Erika.pem'));
    expect([mail.verschluesselt, befund.verschluesselung, mail.text, anlagen]).toEqual([true, 'smime', '', []]);
  });
});

const kopf = 'From: Erika <erika@firma.example>\r\nSubject: x\r\nMIME-Version: 1.0\r\n';
test('PGP: encrypted parts stay in the original, inline armour is no text, a signature cannot be checked', async () => {
  const pgp = await read(`${kopf}Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=g\r\n\r\n--g\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--g\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\n\r\n-----BEGIN PGP MESSAGE-----\r\nabc\r\n-----END PGP MESSAGE-----\r\n--g--\r\n`);
  expect([pgp.befund.verschluesselung, pgp.anlagen, pgp.mail.text]).toEqual(['pgp', [], '']);
  const inline = await read(`${kopf}Content-Type: text/plain\r\n\r\n-----BEGIN PGP MESSAGE-----\r\nabc\r\n-----END PGP MESSAGE-----\r\n`);
  expect([inline.mail.verschluesselt, inline.mail.text]).toEqual([true, '']);
  const signiert = await read(`${kopf}Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=g\r\n\r\n--g\r\nContent-Type: text/plain\r\n\r\nHallo\r\n--g\r\nContent-Type: application/pgp-signature\r\n\r\nx\r\n--g--\r\n`);
  expect([signiert.befund.signaturen, signiert.mail.text]).toMatchObject([[{ art: 'pgp', ergebnis: 'nicht_pruefbar' }], 'Hallo']);
});

test.each([
  ['Auto-Submitted: auto-replied', 'abwesenheit'], ['Auto-Submitted: auto-generated', 'automatisch'], ['Auto-Submitted: no', null], ['X-Autoreply: yes', 'abwesenheit'], ['Subject: Automatische Antwort: Ihr Antrag', 'abwesenheit'], ['Subject: Abwesenheitsnotiz', 'abwesenheit'],
  ['List-Id: <liste.example.org>', 'rundschreiben'], ['Content-Type: multipart/report; report-type=delivery-status; boundary=x', 'unzustellbar'], ['Content-Type: multipart/report; report-type="disposition-notification"', 'lesebestaetigung'], ['From: MAILER-DAEMON@x.de\nSubject: Undelivered Mail Returned to Sender', 'unzustellbar'], ['Subject: Antwort auf Ihren Antrag', null],
] as const)('kind of a mail: %s', (zeilen, art) => {
  const felder = Map.groupBy(zeilen.split('\n').map((z) => [z.split(':')[0]!.toLowerCase(), z.slice(z.indexOf(':') + 1).trim()] as const), ([name]) => name);
  expect(automatikVon((name) => (felder.get(name) ?? []).map(([, wert]) => wert))).toBe(art);
});

describe.skipIf(!existsSync(NORMDATEN))('hard mails', () => {
  test('a real Thunderbird signature', async () => {
    const { befund, anlagen } = await read(hard('smime/thunderbird-signed.txt'));
    expect(befund.signaturen).toMatchObject([{ art: 'smime', ergebnis: 'gueltig', adressen: ['fejj@gnome.org'], adressePasst: true, verfahrenAlt: true }]);
    expect(befund.signaturen[0]!.kette).not.toBe('selbst_signiert');
    expect(anlagen.map((a) => a.dateiname)).toContain('signed.jpg');
  });
  test('bounces: whom it did not reach, why, and which message it was', async () => {
    const { befund, mail } = await read(hard('messages/delivery-status.txt'));
    expect(befund).toMatchObject({ automatik: 'unzustellbar', unzustellbar: [{ adresse: 'newsletter-request@imusic.com', aktion: 'failed', grund: '500 (err.nosuchuser)' }] });
    expect(mail.references).toContain('31FC7EB4.41C6@netscape.com');
    const bounce = await read(hard('messages/bounce.txt'));
    expect(bounce.befund).toMatchObject({ automatik: 'unzustellbar', rueckweg: '' });
    expect(bounce.befund.unzustellbar.length).toBeGreaterThan(0);
    expect(bounce.mail.references.length).toBeGreaterThan(0);
    for (const name of ['delivery-status-no-blank-line.txt', 'delivery-status-multiple-blank-lines.txt', 'delivery-status2.txt']) expect([name, (await read(hard(`messages/${name}`))).befund.unzustellbar.length > 0]).toEqual([name, true]);
  });
  test('a receipt names the message that was read', async () => {
    const { mail } = await read(hard('messages/disposition-notification.anonymized.eml'));
    expect(mail.references).toEqual(['xxxxxxxxxxxx.xxxxx@xxxxxxx.xxx']);
  });
});
