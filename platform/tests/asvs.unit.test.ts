import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { anforderungen } from '../../tools/asvs/anforderungen.ts';
import { kapitel } from '../../tools/asvs/index.ts';
import { renderAsvs } from '../../tools/generate-asvs.ts';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const eintraege = kapitel.flatMap((k, i) => Object.entries(k.eintraege).map(([nr, [worum, beleg]]) => ({ nr, worum, beleg, kapitel: i + 1 })));

test('every requirement of level 1 and 2 stands there once, in its chapter', () => {
  expect([1, 2, 3].map((stufe) => anforderungen.filter(([, s]) => s === stufe).length)).toEqual([70, 183, 92]); // as the standard counts
  expect(eintraege.map((e) => e.nr)).toEqual(anforderungen.filter(([, stufe]) => stufe < 3).map(([nr]) => nr));
  expect(eintraege.filter((e) => e.nr.split('.')[0] !== String(e.kapitel))).toEqual([]);
});
test('every test and document that is named is there', async () => {
  const missing: string[] = [];
  for (const { nr, beleg } of eintraege) {
    if (beleg.art === 'betrieb' && !existsSync(new URL(`../../${beleg.pfad}`, import.meta.url))) missing.push(`${nr}: ${beleg.pfad}`);
    if (beleg.art !== 'test') continue;
    for (const [pfad, titel] of beleg.tests) {
      const titles = (await read(pfad).catch(() => '')).split('\n').filter((line) => /\b(test|describe)\b.*\(|^\]\)|\)\('|%s/.test(line));
      if (!titles.some((line) => line.includes(titel))) missing.push(`${nr}: ${pfad} „${titel}“`);
    }
  }
  expect(missing).toEqual([]);
});
test('docs/sicherheit/asvs.md is up to date (npm run generate)', async () => { expect(await read('docs/sicherheit/asvs.md')).toBe(renderAsvs()); });
