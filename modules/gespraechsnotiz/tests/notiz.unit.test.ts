import { expect, test } from 'vitest';
import { absaetze } from '../server/notiz.ts';

test('a note is laid out in paragraphs of a length that is printed whole, and loses no word', () => {
  const wort = (n: number) => Array.from({ length: n }, (_, i) => `Wort${i}`).join(' ');
  const lang = `${wort(900)}\n\n\n${wort(3)}\n${'x'.repeat(3000)}`;
  const teile = absaetze(lang);
  expect(Math.max(...teile.map((t) => t.length))).toBeLessThanOrEqual(1200);
  expect(teile.join(' ').replace(/\s/g, '')).toBe(lang.replace(/\s/g, ''));
  expect(absaetze('eins\n\nzwei')).toEqual(['eins', '', 'zwei']);
});
