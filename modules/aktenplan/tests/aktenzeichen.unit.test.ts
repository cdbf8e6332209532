import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatGeschaeftszeichen, normalizeAktenzeichen, sortAktenzeichen, strictAktenzeichen, type Musterteil } from '../contract.ts';
import { beispielAktenzeichen, fehlendeBestandteile, formatAktenzeichen, pruefeMuster, STANDARDMUSTER, zaehlerschluessel } from '../server/regel.ts';

const kz: Musterteil = { art: 'kennzeichen' };
const t = (text: string): Musterteil => ({ art: 'trenner', text });
const nr = (je: Extract<Musterteil, { art: 'lfd_nr' }>['je'], stellen = 1): Musterteil => ({ art: 'lfd_nr', je, stellen });
const jahr = (stellen: 2 | 4 = 4): Musterteil => ({ art: 'jahr', stellen });

describe('AZ-02: twelve rules', () => {
  const teile = { kennzeichen: '631.20', jahr: 2026, lfdNr: 347, oeKuerzel: 'BauO', zusatz: 'A', laenderkennzeichen: 'ST' };
  test.each<[string, Musterteil[], string, string]>([
    ['number per unit and year', [kz, t('-'), jahr(), t('/'), nr('einheit_jahr', 4)], '631.20-2026/0347', 'einheit:E:2026'],
    ['number per unit', [kz, t('-'), nr('einheit')], '631.20-347', 'einheit:E'],
    ['number before the year', [kz, t(' - '), nr('einheit_jahr'), t('/'), jahr()], '631.20 - 347/2026', 'einheit:E:2026'],
    ['two-digit year', [kz, t('/'), nr('einheit_jahr', 3), t('-'), jahr(2)], '631.20/347-26', 'einheit:E:2026'],
    ['OE before the Kennzeichen', [{ art: 'oe_kuerzel' }, t('-'), kz, t('-'), nr('einheit')], 'BauO-631.20-347', 'einheit:E'],
    ['number per OE', [{ art: 'oe_kuerzel' }, t('-'), kz, t('/'), nr('oe')], 'BauO-631.20/347', 'oe:O'],
    ['number per OE and year', [kz, t('-'), { art: 'oe_kuerzel' }, t('-'), jahr(), t('-'), nr('oe_jahr', 5)], '631.20-BauO-2026-00347', 'oe:O:2026'],
    ['number per Mandant', [kz, t('#'), nr('mandant')], '631.20#347', 'mandant'],
    ['number per Mandant and year', [kz, t('-'), jahr(), t('.'), nr('mandant_jahr', 6)], '631.20-2026.000347', 'mandant:2026'],
    ['with an Ableitung', [kz, t('-'), nr('einheit'), t('-'), { art: 'zusatz' }], '631.20-347-A', 'einheit:E'],
    ['with a Länderkennzeichen', [{ art: 'laenderkennzeichen' }, t('/'), kz, t('/'), nr('einheit')], 'ST/631.20/347', 'einheit:E'],
    ['with a fixed text', [{ art: 'text', text: 'AZ' }, t(' '), { art: 'oe_kuerzel' }, t(' – '), kz, t('–'), nr('einheit_jahr', 4), t('/'), jahr()], 'AZ BauO – 631.20–0347/2026', 'einheit:E:2026'],
  ])('%s', (_name, muster, aktenzeichen, schluessel) => {
    expect(pruefeMuster(muster)).toEqual([]);
    expect(formatAktenzeichen(muster, teile)).toBe(aktenzeichen);
    expect(zaehlerschluessel(muster, { einheitId: 'E', oeId: 'O', jahr: 2026 })).toBe(schluessel);
  });

  test('a Zusatz that is not given takes its separator with it; other parts are asked for', () => {
    const muster = [kz, t('-'), nr('einheit'), t('-'), { art: 'zusatz' } as const];
    expect(formatAktenzeichen(muster, { kennzeichen: '10', jahr: 2026, lfdNr: 7 })).toBe('10-7');
    expect(fehlendeBestandteile([{ art: 'oe_kuerzel' }, t('-'), { art: 'laenderkennzeichen' }], { kennzeichen: '1', jahr: 2026 })).toEqual(['Kürzel der Organisationseinheit', 'Länderkennzeichen']);
  });
  test.each<[string, Musterteil[]]>([
    ['Kennzeichen', [nr('einheit')]],
    ['laufende Nummer fehlt', [kz, t('-'), jahr()]],
    ['Trennzeichen', [kz, nr('einheit')]],
    ['sichtbar abgesetzt', [kz, t('.'), nr('einheit')]],
    ['sichtbar abgesetzt', [kz, t(' '), nr('einheit')]],
    ['muss das Jahr', [kz, t('-'), nr('einheit_jahr')]],
    ['muss deren Kürzel', [kz, t('-'), nr('oe')]],
    ['kein Trennzeichen', [kz, t('x'), nr('einheit')]],
    ['Am Anfang', [t('-'), kz, t('-'), nr('einheit')]],
    ['doppelt', [kz, t('-'), nr('einheit'), t('-'), nr('mandant')]],
  ])('refused: %s', (grund, muster) => { expect(pruefeMuster(muster).join(' ')).toContain(grund); });
  test('the default is a good rule', () => {
    expect(pruefeMuster(STANDARDMUSTER)).toEqual([]);
    expect(beispielAktenzeichen(STANDARDMUSTER)).toBe('631.20-2026/0347');
  });
});

describe('RE-01: an Aktenzeichen in any spelling', () => {
  test.each(['631.20-2026/0347', '631.20 – 2026/347', '631 20 2026 347', ' 631.20-2026 / 0347 ', '0631/20/2026/347', '631.20\u00a02026\u2013347'])('%s', (text) => {
    expect(normalizeAktenzeichen(text)).toBe('631 20 2026 347');
  });
  test('letters: case and joint do not matter; different numbers stay different', () => {
    expect(normalizeAktenzeichen('BauO-GB2026/007')).toBe(normalizeAktenzeichen('bauo gb 2026-7'));
    expect(normalizeAktenzeichen('6.11')).not.toBe(normalizeAktenzeichen('61.1'));
    expect(strictAktenzeichen('0201-1')).not.toBe(strictAktenzeichen('201-1'));
  });
  test('property: any change of separators and zeros keeps the key', () => {
    fc.assert(fc.property(fc.array(fc.record({ zahl: fc.nat(99999), nullen: fc.nat(3), trenner: fc.constantFrom('-', '/', '.', ' ', ' - ', '–', '\u00a0') }), { minLength: 1, maxLength: 6 }), (teile) => {
      const a = teile.map((x) => x.zahl).join('-');
      const b = teile.map((x) => '0'.repeat(x.nullen) + String(x.zahl) + x.trenner).join('');
      expect(normalizeAktenzeichen(b)).toBe(normalizeAktenzeichen(a));
    }));
  });
  test('sorted as people count', () => {
    expect(['10-2', '9-10', '10-10', '9-9'].toSorted((a, b) => (sortAktenzeichen(a) < sortAktenzeichen(b) ? -1 : 1))).toEqual(['9-9', '9-10', '10-2', '10-10']);
  });
  test('AZ-04: Unser Zeichen', () => { expect(formatGeschaeftszeichen('63.1', '631.20-2026/0347')).toBe('63.1 – 631.20-2026/0347'); });
});
