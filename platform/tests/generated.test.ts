import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import { renderTables } from '../../tools/generate-tables.ts';
import { ownerUrl, TEMPLATE } from '../testing/database.ts';

const client = new pg.Client({ connectionString: ownerUrl(TEMPLATE) });
await client.connect();
const files = [...(await renderTables(client))];
await client.end();

test.each(files)('%s says what the database says; `npm run generate` writes it anew', async (path, text) => {
  expect(await readFile(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text);
});
