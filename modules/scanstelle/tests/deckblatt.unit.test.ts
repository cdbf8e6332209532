import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeDeckblattcode, readDeckblattcode } from '../server/bild/index.ts';

test('PE-04 a house without a key for its cover sheets takes none for its own, whatever it was signed with', () => {
  const ziel = { art: 'akte' as const, id: randomUUID() };
  for (const schluessel of ['', 'eines', new Uint8Array(0)]) expect(readDeckblattcode(makeDeckblattcode(ziel, schluessel), '')).toBe('ungueltig');
  expect(readDeckblattcode(makeDeckblattcode(ziel, 'eines'), 'eines')).toEqual(ziel);
  expect(readDeckblattcode(makeDeckblattcode(ziel, ''), 'eines')).toBe('ungueltig');
});
