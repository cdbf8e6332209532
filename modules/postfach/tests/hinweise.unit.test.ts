import { describe, expect, test } from 'vitest';
import type { Mailbefund, Signatur } from '#modules/aufbereitung/server/index.ts';
import { createBericht, describeSignatur, isVerdaechtig, readHinweise } from '../server/hinweise.ts';
import { cutKopf, readKopf } from '../server/kopf.ts';
import { formatAdresse, kennungVon, newToken, parseAdresse } from '../server/adresse.ts';

const befund = (more: Partial<Mailbefund> = {}): Mailbefund => ({ automatik: null, unzustellbar: [], verschluesselung: null, signaturen: [], rueckweg: null, authentifizierung: [], schleife: [], stationen: 1, ...more });
const regeln = { eigeneDomaenen: ['stadt.example'], vertrauteServer: ['mx.stadt.example'] };
const codes = (von: string, more: Partial<Mailbefund> = {}, extra: object = {}) => {
  const [, name = '', adresse = von] = /^(.*?)\s*<(.+)>$/.exec(von) ?? [];
  return readHinweise({ von: [{ name, adresse }], antwortAn: [], befund: befund(more), ...extra }, regeln).map((h) => `${h.ton} ${h.code}`);
};

describe('signs of a forged sender', () => {
  test('a name that is an address, above all one of ours', () => {
    expect(codes('"chef@stadt.example" <x@boese.example>')).toEqual(['gefahr name_ist_adresse']);
    expect(codes('info@firma.de <noreply@mail.firma.de>')).toEqual(['warnung name_ist_adresse']);
    expect(codes('a@firma.de <a@firma.de>')).toEqual([]);
    expect(codes('Erika Muster <erika@firma.de>')).toEqual([]);
  });
  test('one of our addresses from outside, unless our server says it is proved', () => {
    expect(codes('Amt <amt@stadt.example>')).toEqual(['gefahr eigene_adresse']);
    expect(codes('Amt <amt@bau.stadt.example>', { authentifizierung: ['mx.stadt.example; auth=pass smtp.auth=amt'] })).toEqual(['gut pruefung_bestanden']);
    expect(codes('Amt <amt@anderestadt.example>')).toEqual([]);
  });
  test('Authentication-Results are believed of trusted servers alone, and of those the topmost', () => {
    expect(codes('a@firma.de', { authentifizierung: ['mx.boese.example; dmarc=pass', 'mx.stadt.example; spf=fail smtp.mailfrom=x; dkim=none; dmarc=fail'] })).toEqual(['gefahr pruefung_gescheitert']);
    expect(codes('a@firma.de', { authentifizierung: ['mx.stadt.example; dkim=pass; spf=fail'] })).toEqual(['gut pruefung_bestanden']); // forwarded: the signature says who wrote it
    expect(codes('a@firma.de', { authentifizierung: ['mx.boese.example; dmarc=pass'] })).toEqual([]);
  });
  test('an answer that would go elsewhere, a way that differs', () => {
    expect(codes('a@firma.de', { rueckweg: 'bounce@versand.example' }, { antwortAn: [{ name: '', adresse: 'b@anders.example' }] })).toEqual(['warnung antwort_woanders', 'info rueckweg_woanders']);
    expect(codes('a@firma.de', { rueckweg: 'bounce@mail.firma.de' }, { antwortAn: [{ name: '', adresse: 'info@firma.de' }] })).toEqual([]);
  });
  test('what is dangerous files nothing by itself', () => {
    expect(isVerdaechtig({ von: [{ name: 'chef@stadt.example', adresse: 'x@boese.example' }], antwortAn: [], befund: befund() }, regeln)).toBe(true);
    expect(isVerdaechtig({ von: [{ name: '', adresse: 'a@firma.de' }], antwortAn: [], befund: befund() }, regeln)).toBe(false);
  });
});

const signatur = (more: Partial<Signatur> = {}): Signatur => ({ art: 'smime', ergebnis: 'gueltig', name: 'Erika Muster', adressen: ['erika@firma.de'], organisation: null, aussteller: 'CA', kette: 'vertrauenswuerdig', gueltigVon: '2026-01-01T00:00:00Z', gueltigBis: '2027-01-01T00:00:00Z', zeit: null, adressePasst: true, verfahrenAlt: false, ...more });
describe('the report of a signature', () => {
  test.each([
    [{}, 'gut', 'nicht verändert'], [{ ergebnis: 'veraendert' }, 'gefahr', 'verändert'], [{ ergebnis: 'nicht_pruefbar' }, 'warnung', 'nicht prüfen'], [{ kette: 'unbekannter_aussteller' }, 'warnung', 'nicht als vertrauenswürdig'],
    [{ kette: 'selbst_signiert' }, 'warnung', 'selbst ausgestellt'], [{ adressePasst: false }, 'gefahr', 'nicht für die Adresse des Absenders'], [{ verfahrenAlt: true }, 'warnung', 'SHA-1'], [{ kette: 'abgelaufen' }, 'warnung', 'galt nur vom 01.01.2026'], [{ art: 'pgp' }, 'info', 'PGP'],
  ] as const)('%j', (more, ton, wort) => {
    const bericht = describeSignatur(signatur(more as Partial<Signatur>));
    expect(bericht.ton).toBe(ton);
    expect([bericht.titel, ...bericht.zeilen].join(' ')).toContain(wort);
  });
  test('encrypted and bounced, in words', () => {
    const b = createBericht({ von: [{ name: '', adresse: 'a@firma.de' }], antwortAn: [], befund: befund({ verschluesselung: 'pgp', automatik: 'unzustellbar', unzustellbar: [{ adresse: 'b@x.de', status: '5.1.1', aktion: 'failed', grund: 'no such user' }] }) }, regeln);
    expect(b).toMatchObject({ automatik: 'Unzustellbarkeitsmeldung', verschluesselt: expect.stringContaining('PGP'), unzustellbar: [{ adresse: 'b@x.de', text: 'nicht zugestellt: no such user' }] });
  });
});

test('the head of a message: folded lines, old mailers, what has none', () => {
  const kopf = (text: string) => readKopf(cutKopf(Buffer.from(text, 'latin1')));
  expect(kopf('Message-ID:\r\n <a@b>\r\nFrom: "X, Y" <X@Firma.DE>\r\n\r\nFrom: falsch@x.de')).toMatchObject({ messageId: 'a@b', absender: 'x@firma.de' });
  expect(kopf('From: a@b.de\nSubject: x\n\nText').absender).toBe('a@b.de');
  expect(kopf('nur Text ohne Kopf')).toMatchObject({ messageId: null, absender: '' });
  expect(kopf(`X: ${'a'.repeat(300_000)}\r\n\r\n`).messageId).toBeNull();
});
test('addresses: theirs is found, a guess is none, small and large letters are the same', () => {
  const token = newToken(), mandant = '0f8fad5b-d9cb-469f-a165-70867728950e';
  const adresse = formatAdresse(mandant, token, 'akte.stadt.example');
  expect(adresse.split('@')[0]!.length).toBeLessThan(64);
  expect(parseAdresse(adresse.toUpperCase(), 'akte.stadt.example')).toEqual({ kennung: kennungVon(mandant), token });
  for (const falsch of ['akte@akte.stadt.example', adresse.replace('akte+', 'akte+x'), adresse.replace('@akte', '@andere'), `${adresse}.boese.example`]) expect(parseAdresse(falsch, 'akte.stadt.example')).toBeUndefined();
  expect(new Set(Array.from({ length: 1000 }, newToken)).size).toBe(1000);
});
