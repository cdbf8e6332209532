import { expect, test, vi } from 'vitest';
import { createEinmalkennwort, hashPasswort, requireStarkesPasswort, verifyPasswort } from '../server/passwort.ts';

vi.setConfig({ testTimeout: 60_000 }); // a hash costs what the machine can spare

test('a hash verifies its password, in whichever Unicode form it is typed, and no other', async () => {
  const hash = await hashPasswort('Schöne Grüße');
  expect(hash).toMatch(/^scrypt\$15\$8\$3\$/);
  expect(hash).not.toBe(await hashPasswort('Schöne Grüße'));
  expect(await verifyPasswort('Scho\u0308ne Gru\u0308ße', hash)).toBe(true);
  expect(await verifyPasswort('schöne Grüße', hash)).toBe(false);
});
test('nobody has no password', async () => {
  expect(await verifyPasswort('', undefined)).toBe(false);
  expect(await verifyPasswort('', '')).toBe(false);
});
test.each(['kurz1!', 'passwort1234', 'Passwort2026!', '123456789012', 'aaaaaaaaaaaaaa', 'k.boettcher2026', 'Verbundakte123!', '!!!!!!!!!!!!'])('»%s« is too easy', (passwort) => {
  expect(() => requireStarkesPasswort(passwort, 'k.boettcher')).toThrow('passwort.zu_schwach');
});
test.each(['drei blaue Kühe', 'Ahorn-Treppe-71-Boot', 'xK9#mq2!vLp0', createEinmalkennwort(), 'Die Kühe stehen im Regen. '.repeat(8)])('»%s« is strong enough', (passwort) => {
  expect(() => requireStarkesPasswort(passwort, 'k.boettcher')).not.toThrow();
});
