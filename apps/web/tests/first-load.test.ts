import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';
import { firstLoad, LIMIT_KB } from '../first-load.ts';

const root = join(import.meta.dirname, '../../..');

test('L11 the first load is at most 200 KB of JavaScript, without viewer and pages', async () => {
  process.env['NODE_ENV'] = 'production'; // vitest sets it to test, and React would come with its warnings
  const { output } = (await build({ configFile: join(root, 'vite.config.ts'), root: join(root, 'apps/web'), mode: 'production', logLevel: 'error', build: { write: false } })) as Rolldown.RolldownOutput;
  const { kb, files } = firstLoad(Object.fromEntries(output.map((o) => [o.fileName, o])) as never);
  console.log(`first load: ${kb} KB gzip in ${files.length} files (limit ${LIMIT_KB})`);
  expect(kb).toBeLessThanOrEqual(LIMIT_KB);
  const modules = output.flatMap((o) => (o.type === 'chunk' && files.includes(o.fileName) ? o.moduleIds : []));
  expect(modules.filter((m) => /pdfjs-dist|viewer\/betrachter|write-excel-file/.test(m))).toEqual([]);
  // CSP: nothing may need inline code or styles
  const html = String(output.find((o) => o.fileName === 'index.html' && o.type === 'asset' && o)?.['source' as never]);
  expect(html).not.toMatch(/<style|style=|<script(?![^>]*src=)|onload=/);
});
