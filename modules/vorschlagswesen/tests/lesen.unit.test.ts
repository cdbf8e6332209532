import { describe, expect, test } from 'vitest';
import { normalizeAktenzeichen } from '#modules/aktenplan/contract.ts';
import { readAktenfunde, type Register } from '../server/akte.ts';
import { lesartenVon } from '../server/lesen/aktenzeichen.ts';
import { findBetraege, readBetrag } from '../server/lesen/betrag.ts';
import { findDaten } from '../server/lesen/datum.ts';
import { readFrist } from '../server/lesen/frist.ts';
import { addMonate, istArbeitsfrei, naechsterWerktag } from '../server/lesen/kalender.ts';
import { readText } from '../server/lesen/lesen.ts';
import { findAktenzeichenKandidaten, findFremdeZeichen, longest, passageUm } from '../server/lesen/zeichen.ts';
import { createBrief, createZufall, MANDANT, OES, verrausche, verschreibe } from './briefe.ts';

const lies = (text: string, eingegangen = '2026-11-20') => new Map(readText({ text, eingegangen, mandant: MANDANT, oes: OES, mail: null }).map((s) => [s.feld, s]));
const BRIEF = `Rohrbau Wiechmann GmbH & Co. KG · Hafenstraße 4 · 26123 Linden

Landkreis Auental
Bauordnungsamt
Kreishausplatz 1
21000 Auental

Linden, den 17. November 2026
Unser Zeichen: 1187/26 V-k      Ihr Zeichen: 631.20-2026/0347

Widerspruch gegen den Bescheid vom 2. November 2026

Sehr geehrte Damen und Herren,

gegen den Bescheid legen wir Widerspruch ein. Unser Geschäftsführer, geboren am 03.04.1961, ist erreichbar. Es gilt das Gesetz vom 1. Januar 2020 (BGBl. I S. 1).
Wir bitten um Ihre Antwort bis spätestens 15.12.2026. Streitig ist ein Gesamtbetrag von 1.284,50 €.

Mit freundlichen Grüßen
i. A. Wiechmann
`;

describe('PE-04 PE-09 what a letter says of itself', () => {
  test('office, sender, date, sign, kind, title, deadline and amount, each with its place and why', () => {
    const g = lies(BRIEF);
    expect([...g].map(([feld, s]) => [feld, s.wert])).toEqual(expect.arrayContaining([
      ['organisationseinheit', 'oe-63'], ['absender', 'Rohrbau Wiechmann GmbH & Co. KG'], ['datumDesSchreibens', '2026-11-17'], ['fremdesGeschaeftszeichen', '1187/26 V-k'],
      ['dokumenttyp', 'Widerspruch'], ['betreff', 'Widerspruch gegen den Bescheid vom 2. November 2026'], ['frist', '2026-12-15'], ['betrag', '1284.50'],
    ]));
    expect(g.get('organisationseinheit')!.grund).toBe('Empfängerzeile: Bauordnungsamt');
    for (const s of g.values()) { expect(s.grund).not.toBe(''); expect(s.stelle!.bis).toBeGreaterThan(s.stelle!.von); }
    expect(BRIEF.slice(g.get('betrag')!.stelle!.von, g.get('betrag')!.stelle!.bis)).toContain('1.284,50');
  });
  test('no date of birth, of a law, of another letter, and none after its receipt', () => {
    expect(lies('Anna Bruns, geb. 03.04.1961\nGesetz vom 12.03.2026 (BGBl. I)\nIhr Schreiben vom 10.11.2026\nTermin am 19.11.2026\n\nSehr geehrte Damen und Herren,').get('datumDesSchreibens')).toBeUndefined();
    expect(lies('Linden, den 24.12.2026\n\nSehr geehrte Damen und Herren,').get('datumDesSchreibens')).toBeUndefined();
  });
  test('dates as recognition leaves them', () => {
    expect(findDaten('l7. Noverber 2O26, O1.I2.2026, 31.02.2026, 2026-03-01').map((d) => d.tag)).toEqual(['2026-11-17', '2026-12-01', '2026-03-01']);
  });
  test('the row of signs of DIN 5008, by its columns', () => {
    const g = lies('Ihr Zeichen        Unser Zeichen      Datum\n631.20-2026/0347   AB-12-3456         17.11.2026\n\nSehr geehrte Damen und Herren,');
    expect(g.get('fremdesGeschaeftszeichen')).toMatchObject({ wert: 'AB-12-3456', quelle: 'bezugszeile' });
  });
  test('our own office as sender is none; an address that begins with »Herrn« is not the sender’s', () => {
    expect(lies('Landkreis Auental\nJugendamt\nKreishausplatz 1\n21000 Auental\n\nHerrn\nLars Kühl\nDeichstraße 3\n26123 Linden\n\nSehr geehrter Herr Kühl,').get('absender')).toBeUndefined();
  });
});

describe('deadlines', () => {
  test('a month ends on the same day or the last; what ends on a day off ends on the next working day (§§ 187, 188, 193 BGB)', () => {
    expect(addMonate('2026-01-31', 1)).toBe('2026-02-28');
    expect(naechsterWerktag('2026-04-03')).toBe('2026-04-07'); // Good Friday to Easter Monday
    expect(['2026-05-14', '2026-05-25', '2026-10-03', '2026-12-25', '2027-03-26'].every(istArbeitsfrei)).toBe(true);
  });
  test('counted from receipt, from the date of an invoice, and said how', () => {
    const von = (text: string) => readFrist(text, { eingegangen: '2026-11-20', datum: '2026-11-17' })[0];
    expect(von('Widerspruch innerhalb eines Monats nach Bekanntgabe.')).toMatchObject({ wert: '2026-12-21', quelle: 'frist_dauer_ab', grund: '„innerhalb eines Monats nach Bekanntgabe“, gerechnet ab Eingang 20.11.2026, 20.12.2026 ist kein Werktag' });
    expect(von('zahlbar in 14 Tagen ab Rechnungsdatum')).toMatchObject({ wert: '2026-12-01' });
    expect(von('binnen zwei Wochen, spätestens bis zum 1. Dezember 2026')).toMatchObject({ wert: '2026-12-01', quelle: 'frist_tag' });
    expect(von('Die Genehmigung wurde innerhalb von drei Jahren erteilt.')).toBeUndefined();
  });
});

describe('amounts', () => {
  test('the total, whatever stands beside it', () => {
    expect(readBetrag('Arbeit 100,00 €\nMaterial 50,00 €\nGesamtbetrag: 178,50 €\ndarin MwSt 28,50 €')[0]).toMatchObject({ wert: '178.50', quelle: 'betrag_gesamt' });
    expect(findBetraege('EUR 1.2S4,5O und 12 Euro, 3,- €').map((b) => b.wert)).toEqual(['1254.50', '12.00', '3.00']);
    expect(readBetrag('zwischen 10,00 € und 20,00 €')).toEqual([]);
  });
});

const register = (zeichen: readonly string[]): Register => {
  const nach = Map.groupBy(zeichen, normalizeAktenzeichen);
  return { vorgaenge: async () => [], akten: async (norms) => norms.flatMap((norm) => (nach.get(norm) ?? []).map((aktenzeichen) => ({ norm, objektId: aktenzeichen, aktenzeichen }))), fremde: async () => [] };
};
const SICHER = ['aktenzeichen', 'aktenzeichen_ocr'];

describe('our Aktenzeichen, however it was read', () => {
  test('property: letters for digits, blanks and broken lines never lead to another Akte with high confidence, and mostly to the right one', async () => {
    const alle = Array.from({ length: 600 }, (_, i) => `631.20-2026/${String(i + 1).padStart(4, '0')}`), r = register(alle);
    const z = createZufall(11);
    let richtig = 0;
    for (let i = 0; i < 300; i++) {
      const az = z.pick(alle), { text } = createBrief(z, { eingegangen: '2026-11-27', aktenzeichen: verschreibe(az, z) });
      const sicher = (await readAktenfunde(text, findFremdeZeichen(text), r)).filter((f) => SICHER.includes(f.quelle));
      expect(sicher.filter((f) => f.akteId !== az), text).toEqual([]);
      richtig += Number(sicher.length > 0);
    }
    expect(richtig).toBeGreaterThan(200);
  }, 60_000);
  test('a number that goes on is another one; a sign with too few digits is only a hint; two readings that both exist are none', async () => {
    const r = register(['631.20-2026/0003', '631.20-2026/0347', 'SB-2026/0012', '58-2026/0012']);
    const quellen = async (text: string) => (await readAktenfunde(text, [], r)).map((f) => [f.akteId, f.quelle]);
    expect(await quellen('Ihr Zeichen: 631.20-2026/03 47')).toEqual(expect.arrayContaining([['631.20-2026/0347', 'aktenzeichen_ocr']]));
    expect((await quellen('Ihr Zeichen: 631.20-2026/03 47')).filter(([id, q]) => id === '631.20-2026/0003' && SICHER.includes(q!))).toEqual([]);
    expect(await quellen('Ihr Zeichen: 631.20-2026/03')).toEqual([['631.20-2026/0003', 'aktenzeichen_angrenzend']]);
    expect((await quellen('Ihr Zeichen: 5B-2O26/0012')).every(([, q]) => !SICHER.includes(q!) || q === 'aktenzeichen_ocr')).toBe(true);
  });
  test('of several signs the one that is named as ours counts', async () => {
    const r = register(['631.20-2026/0003', '631.20-2026/0347']);
    expect((await readAktenfunde('Ihr Zeichen: 631.20-2026/0347\nwie in der Sache 631.20-2026/0003 besprochen', [], r)).map((f) => [f.akteId, f.quelle])).toEqual([['631.20-2026/0347', 'aktenzeichen'], ['631.20-2026/0003', 'aktenzeichen_mehrere']]);
  });
  test('readings', () => {
    expect(lesartenVon('63l.2O-2O26/O347')).toContain('631 20 2026 347');
    expect(lesartenVon('631.20-2026l0347')).toContain('631 20 2026 347');
    expect(lesartenVon('631.20-2026/0347')).toEqual([]);
  });
});

describe('proposals: only what stands in the text', () => {
  test('an Aktenzeichen in whatever spelling is among the candidates', () => {
    const keys = findAktenzeichenKandidaten('Ihr Zeichen: 63.1 – 631.20 - 2026 / 347, den 17. November 2026').map((f) => f.schluessel);
    expect(keys).toContain('631 20 2026 347');
    expect(keys).not.toContain('17 2026'); // a word stands between
  });
  test('candidates stay few in running text', () => {
    const text = 'Der Bauherr hat am 12.03.2026 drei Pläne im Maßstab 1:100 vorgelegt und um Prüfung gebeten. '.repeat(500);
    expect(findAktenzeichenKandidaten(text).length).toBeLessThan(6000);
  });
  test('the sender’s own sign, not ours, and nothing without a digit', () => {
    expect(findFremdeZeichen(BRIEF).map((f) => f.gefunden)).toEqual(['1187/26 V-k']);
    expect(findFremdeZeichen('Unser Zeichen: siehe oben')).toEqual([]);
    expect(findFremdeZeichen('Geschäftszeichen 4 O 123/26, Landgericht').map((f) => f.gefunden)).toEqual(['4 O 123/26']);
    for (const { gefunden, von, bis } of findFremdeZeichen(BRIEF)) expect(BRIEF.slice(von, bis)).toBe(gefunden);
  });
  test('of overlapping finds the longest stays', () => {
    const fund = (schluessel: string, von: number, bis: number) => ({ art: 'aktenzeichen' as const, schluessel, gefunden: '', von, bis });
    expect(longest([fund('631 20 2026 347', 0, 16), fund('631 20 2026 347 1', 0, 18), fund('x', 30, 35), fund('x', 50, 55)]).map((f) => f.von)).toEqual([0, 30]);
  });
  test('the passage holds the find where it says', () => {
    const von = BRIEF.indexOf('631.20'), bis = BRIEF.indexOf('347') + 3, p = passageUm(BRIEF, von, bis);
    expect(p.passage.slice(p.von, p.bis)).toBe('631.20-2026/0347');
    expect(p.passage).not.toContain('\n');
    expect(p.passage.length).toBeLessThan(300);
  });
  test('property: whatever a text holds, every find lies in it', () => {
    const z = createZufall(3);
    for (let i = 0; i < 150; i++) {
      const text = verrausche(createBrief(z, { eingegangen: '2026-11-27', aktenzeichen: null }).text, 2, z);
      for (const s of readText({ text, eingegangen: '2026-11-27', mandant: MANDANT, oes: OES, mail: null })) if (s.stelle) expect([s.feld, s.stelle.von >= 0 && s.stelle.bis <= text.length && s.stelle.von < s.stelle.bis]).toEqual([s.feld, true]);
    }
  });
});
