/** `npm run new-module <name> [nomen]`: a module that works and passes `npm run check` and its tests at once. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run } from './lib/ablauf.ts';

const [name = '', noun = name, ...rest] = process.argv.slice(2);
if (!/^[a-z][a-z0-9]{2,40}$/.test(name) || !/^[a-z][a-z0-9]{2,40}$/.test(noun) || rest.length) {
  console.error('Aufruf: npm run new-module <name> [nomen]\n  name: Ordner und Schema, deutsch, Mehrzahl oder Sammelname, ae oe ue ss: vertragsfristen\n  nomen: ein Stück davon, Einzahl: vertragsfrist');
  process.exit(2);
}
const folder = join(root, 'modules', name);
if (existsSync(folder)) { console.error(`modules/${name} gibt es schon.`); process.exit(1); }

const upper = (word: string) => word[0]!.toUpperCase() + word.slice(1);
const words: Record<string, string> = {
  NAME: name, PFAD: name, RECHT: noun, TABELLE: noun, NOMEN: upper(noun), SCHEMA: upper(name), TITEL: upper(name),
  // create, list and get must not fall on one name where there is only one word for both
  MEHRZAHL: name === noun ? `${upper(name)}Liste` : upper(name),
};
const fill = (text: string) => text.replace(/NAME|PFAD|RECHT|TABELLE|NOMEN|SCHEMA|TITEL|MEHRZAHL/g, (word) => words[word]!);
const stamp = new Date().toISOString().replace(/[-:]/g, '').slice(0, 13);
const files: Record<string, string> = {
  'README.md': 'README.md', 'contract.ts': 'contract.ts', [`migrations/${stamp}_${name}.sql`]: 'migration.sql',
  'server/index.ts': 'server-index.ts', 'server/module.ts': 'server-module.ts', [`server/${noun}.ts`]: 'server-noun.ts', 'server/policy.ts': 'server-policy.ts',
  'server/commands.ts': 'server-commands.ts', 'server/queries.ts': 'server-queries.ts',
  'web/module.tsx': 'web-module.tsx', 'web/texte.ts': 'web-texte.ts', [`web/${noun}-liste.tsx`]: 'web-liste.tsx', [`tests/${noun}.test.ts`]: 'test.ts',
};
for (const [path, template] of Object.entries(files)) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), fill(await readFile(join(root, 'tools/vorlage', `${template}.txt`), 'utf8')));
}
const list = join(root, 'modules/modules.ts');
const before = await readFile(list, 'utf8');
await writeFile(list, before.replace(/\] as const;/, `  ${`'${name}',`.padEnd(20)}// what it is for: say it in a line, and move it to its place in the order\n] as const;`));
const { code, output } = await run('node', ['tools/generate-tables.ts'], { quiet: true });
if (code !== 0) {
  await rm(folder, { recursive: true });
  await writeFile(list, before);
  console.error(`Die Tabellentypen ließen sich nicht erzeugen, es ist nichts angelegt:\n${output}`);
  process.exit(1);
}
console.log(`modules/${name} ist angelegt und in modules/modules.ts eingetragen.\n  npm run check\n  npx vitest run modules/${name}\nDann: contract.ts und migrations/ an die Sache anpassen, npm run generate, README schreiben.`);
