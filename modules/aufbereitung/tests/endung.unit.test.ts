import { expect, test } from 'vitest';
import { checkEndung } from '../server/aufbereitung.ts';

test('UX-04 a name that claims another type is said; a text may be called a text, and whatever has letters only', () => {
  for (const name of ['brief.txt', 'BRIEF.TXT', 'liste.csv', 'lies.md', 'brief', 'brief.abc']) expect([name, checkEndung(name, 'txt')]).toEqual([name, []]);
  expect(checkEndung('brief.pdf', 'txt')).toEqual([{ code: 'endung_falsch', daten: { endung: 'pdf', format: 'Text' } }]);
  expect(checkEndung('brief.txt', 'pdf')).toEqual([{ code: 'endung_falsch', daten: { endung: 'txt', format: expect.any(String) } }]);
});
