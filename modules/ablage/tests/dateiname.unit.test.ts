import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanDateiname, cleanMime } from '../server/inhalt.ts';

test.each([
  ['Bescheid.pdf', 'Bescheid.pdf'], ['../../etc/passwd', 'passwd'], ['C:\\Users\\x\\Antrag (1).docx', 'Antrag (1).docx'], ['', 'unbenannt'], ['..', 'unbenannt'],
  ['a\u0000b\r\n.txt', 'ab.txt'], ['Rechnung\u202egpj.exe', 'Rechnunggpj.exe'], ['Mu\u0308ller.pdf', 'Müller.pdf'], ['D\u030Cełż-Ħ.pdf', 'Ďełż-Ħ.pdf'], ['a\ud800.pdf', 'a\ufffd.pdf'],
])('the name %j becomes %j', (given, expected) => expect(cleanDateiname(given)).toBe(expected));

test('any name ends short, visible and without path', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
    const name = cleanDateiname(given);
    expect([...name].length).toBeGreaterThan(0);
    expect([...name].length).toBeLessThanOrEqual(200);
    expect(name).not.toMatch(/[/\\\u0000-\u001f\u202e]/);
    expect(cleanDateiname(name)).toBe(name);
  }), { numRuns: 40 });
  expect(cleanDateiname(`${'ä'.repeat(300)}.pdf`)).toMatch(/^ä{196}\.pdf$/);
});

test.each([['application/PDF; name="x"', 'application/pdf'], ['', 'application/octet-stream'], ['text/html\r\nX: y', 'application/octet-stream'], ['nonsense', 'application/octet-stream']])(
  'the type %j becomes %j', (given, expected) => expect(cleanMime(given)).toBe(expected));
