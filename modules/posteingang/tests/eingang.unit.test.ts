import { describe, expect, test } from 'vitest';
import { absenderArtVon, absenderKontakt, betreffAus } from '../server/eingang.ts';

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
