import { expect, test } from 'vitest';
import { statuswerte, type Status } from '../contract.ts';
import { aufbewahrungsende, darfWechseln } from '../server/status.ts';

// ST-05, word for word: the arrows of the requirement.
const erlaubt = new Set<`${Status} ${Status}`>([
  'in_bearbeitung zda', 'zda in_bearbeitung', 'zda angeboten', 'angeboten bewertet_a', 'angeboten bewertet_v', 'angeboten zda', 'bewertet_a abgegeben', 'abgegeben vernichtet', 'bewertet_v vernichtet', 'zda vernichtet',
]);
test.each(statuswerte.flatMap((von) => statuswerte.map((nach) => [von, nach] as const)))('ST-05 %s → %s', (von, nach) => {
  expect(darfWechseln(von, nach)).toBe(erlaubt.has(`${von} ${nach}`));
});

test.each([
  ['2026-11-21', 10, false, '2036-12-31'], ['2026-12-31', 0, false, '2026-12-31'], ['2024-02-29', 30, false, '2054-12-31'], ['2026-01-01', null, false, null], ['2026-01-01', null, true, null],
])('AU-01 the Frist of z. d. A. %s with %s years (for ever: %s) ends %s', (zda, jahre, unbefristet, ende) => expect(aufbewahrungsende(zda, jahre, unbefristet)).toBe(ende));
