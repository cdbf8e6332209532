import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../lib/ablauf.ts';
import { lesbar } from '../saat.ts';
import { saaten } from '../selbst.ts';
import { kurzeGrenzen } from '../umwandler.ts';

const all = [{ name: 'Umwandler', ersetzungen: [lesbar, kurzeGrenzen] }, ...saaten];
test.each(all.flatMap(({ name, ersetzungen }) => ersetzungen.map((e) => ({ name, ...e }))))('the seeded fault »$name« still finds its place in $datei', async ({ datei, statt, nun }) => {
  expect((await readFile(join(root, datei), 'utf8')).split(statt)).toHaveLength(2);
  expect(nun).not.toBe(statt);
});
