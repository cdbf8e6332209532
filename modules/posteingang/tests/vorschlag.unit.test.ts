import { describe, expect, test } from 'vitest';
import { absenderArtVon, absenderKontakt, betreffAus } from '../server/eingang.ts';
import { findAktenzeichenKandidaten, findFremdeZeichen, longest, passageUm } from '../server/vorschlag.ts';

const brief = `Landkreis Auental
Bauordnungsamt

Linden, den 17. November 2026
Unser Zeichen: 1187/26 V-k      Ihr Zeichen: 63.1 – 631.20 - 2026 / 347

Sehr geehrte Damen und Herren,
wie am 3. Dezember besprochen (Telefon 04999 2210-0).`;

describe('proposals: only what stands in the text', () => {
  test('an Aktenzeichen in whatever spelling is among the candidates', () => {
    const keys = findAktenzeichenKandidaten(brief).map((f) => f.schluessel);
    expect(keys).toContain('631 20 2026 347');
    expect(keys).not.toContain('17 2026'); // a word stands between
  });
  test('candidates stay few in running text', () => {
    const text = 'Der Bauherr hat am 12.03.2026 drei Pläne im Maßstab 1:100 vorgelegt und um Prüfung gebeten. '.repeat(500);
    expect(findAktenzeichenKandidaten(text).length).toBeLessThan(6000);
  });
  test('the sender’s own sign, not ours, and nothing without a digit', () => {
    expect(findFremdeZeichen(brief).map((f) => f.gefunden)).toEqual(['1187/26 V-k']);
    expect(findFremdeZeichen('Unser Zeichen: siehe oben')).toEqual([]);
    expect(findFremdeZeichen('Geschäftszeichen 4 O 123/26, Landgericht').map((f) => f.gefunden)).toEqual(['4 O 123/26']);
    for (const { gefunden, von, bis } of findFremdeZeichen(brief)) expect(brief.slice(von, bis)).toBe(gefunden);
  });
  test('of overlapping finds the longest stays', () => {
    const fund = (schluessel: string, von: number, bis: number) => ({ art: 'aktenzeichen' as const, schluessel, gefunden: '', von, bis });
    expect(longest([fund('631 20 2026 347', 0, 16), fund('631 20 2026 347 1', 0, 18), fund('x', 30, 35), fund('x', 50, 55)]).map((f) => f.von)).toEqual([0, 30]);
  });
  test('the passage holds the find where it says', () => {
    const von = brief.indexOf('631.20'), bis = brief.indexOf('347') + 3;
    const p = passageUm(brief, von, bis);
    expect(p.passage.slice(p.von, p.bis)).toBe('631.20 - 2026 / 347');
    expect(p.passage).not.toContain('\n');
    expect(p.passage.length).toBeLessThan(300);
  });
});

describe('Absender', () => {
  test.each([['Stadtwerke Linden', 'organisation'], ['Hausverwaltung Nordaue GmbH', 'organisation'], ['Amtsgericht Linden', 'organisation'], ['Karl-Heinz Möller', 'person'], ['Familie Arslan', 'person']] as const)('%s is %s', (name, art) => {
    expect(absenderArtVon(name)).toBe(art);
  });
  test('taken apart only where it is plain', () => {
    expect(absenderKontakt('Karl-Heinz Möller', null)).toEqual({ art: 'absender', vorname: 'Karl-Heinz', familienname: 'Möller' });
    expect(absenderKontakt('Möller, Karl-Heinz', null)).toEqual({ art: 'absender', vorname: 'Karl-Heinz', familienname: 'Möller' });
    expect(absenderKontakt('Notarin Dr. Henrike Vollmer', 'person')).toEqual({ art: 'absender', familienname: 'Notarin Dr. Henrike Vollmer' });
    expect(absenderKontakt('Stadtwerke Linden', null)).toEqual({ art: 'absender', institution: 'Stadtwerke Linden' });
  });
  test('a Betreff from a file name', () => {
    expect(betreffAus('Bauantrag_Lindenstraße_14.pdf')).toBe('Bauantrag Lindenstraße 14');
    expect(betreffAus('.pdf')).toBe('.pdf');
  });
});
