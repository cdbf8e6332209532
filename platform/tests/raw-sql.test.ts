import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
/** Text of every sql`…` template that is a statement of its own. */
const statements = (source: string) => [...source.matchAll(/\bsql(?:<[^`]*?>)?`((?:[^`\\]|\\.)*)`/g)].map((m) => m[1]!.trim()).filter((s) => /^(with|select|insert|update|delete)\b/i.test(s));

test('raw statements of a module name their Mandant, or call a function of the database', async () => {
  const bad: string[] = [];
  for await (const path of glob('modules/*/server/**/*.ts', { cwd: root.pathname })) {
    for (const s of statements(await readFile(new URL(path, root), 'utf8'))) {
      if (!/\bmandant_id\b/.test(s) && !/^select (\* from )?[a-z_]+\.[a-z_]+\(/i.test(s) && /\bfrom\b|\binto\b|\bupdate\b/i.test(s)) bad.push(`${path}: ${s.slice(0, 120)}`);
    }
  }
  expect(bad).toEqual([]);
});
test('the check finds one', () => expect(statements('sql<string>`select 1 from a.b where x`')).toEqual(['select 1 from a.b where x']));
