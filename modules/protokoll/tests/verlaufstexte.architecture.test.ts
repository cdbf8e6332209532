import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadModules } from '#apps/server/load-modules.ts';

const root = new URL('../../../', import.meta.url).pathname;
/** Every art that a call of `record` may carry: what stands after `art:` up to the objects, as literals, however it is chosen. */
const artenIn = (source: string) => [...source.matchAll(/record\(\{\s*art:([\s\S]{0,400}?)objekte/g)].flatMap((m) => [...m[1]!.matchAll(/'([a-z]+(?:_[a-z]+)*\.[a-z_]+)'/g)].map((a) => a[1]!));

const modules = await loadModules();

test('PR-01: every Ereignis that a module records has a German sentence', async () => {
  const texte = new Set(modules.flatMap((m) => m.extensions?.verlaufstext ?? []).flatMap((t) => Object.keys(t)));
  const missing: string[] = [];
  for await (const path of glob('modules/*/server/**/*.ts', { cwd: root })) {
    for (const art of artenIn(await readFile(root + path, 'utf8'))) if (!texte.has(art)) missing.push(`${art}  (${path})`);
  }
  expect([...new Set(missing)].toSorted()).toEqual([]);
});
test('the search finds arts that are chosen by a condition', () => {
  expect(artenIn("tx.record({ art: neu ? 'a.angelegt' : 'a.geaendert', objekte: {} }); x({ art: 'kein.ereignis' })")).toEqual(['a.angelegt', 'a.geaendert']);
});
