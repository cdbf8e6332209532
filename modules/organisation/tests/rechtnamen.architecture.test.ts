import { expect, test } from 'vitest';
import { loadModules } from '#apps/server/load-modules.ts';

test('every Recht has a German name beside its declaration, and no name is given twice', async () => {
  for (const { name, rechte = {}, extensions = {} } of await loadModules()) {
    const namen = Object.assign({}, ...extensions.rechtname ?? []) as Record<string, string>;
    expect(Object.keys(namen).toSorted(), name).toEqual(Object.keys(rechte).toSorted());
    for (const text of Object.values(namen)) expect(text, name).toMatch(/^\p{Lu}[^:]+: \S/u);
    expect(new Set(Object.values(namen)).size, name).toBe(Object.keys(namen).length);
  }
});
