import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, LOOKS, openBrowser, picture, sideways, TIGHT } from './browser.ts';
import { as } from './product.ts';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(async () => { await browser?.close(); });
const REVISION = 'sven.albers';
const program = new URL('../packages/pruefen/verbundakte-pruefen.mjs', import.meta.url).pathname;

test('PR-01 the revision sees who did what, narrows it down, and keeps it in the address', async () => {
  const { page, context, troubles } = await as(browser, REVISION, LOOKS[0]!, '/verwaltung');
  await page.getByRole('link', { name: /^Protokoll/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Protokoll' }).waitFor();
  const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
  await rows.first().waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'protokoll', LOOKS[0]!);
  // of the whole Mandant nobody asks by person
  expect(await page.getByLabel('Person').count()).toBe(0);
  await page.getByLabel('Von', { exact: true }).fill('2000-01-01');
  await page.waitForURL((url) => url.searchParams.has('von'));
  await rows.first().waitFor();
  expect(await axe(page)).toEqual([]);
  expect(troubles).toEqual([]);
  await context.close();
}, 120_000);

test('PR-02 the protocol is verified with the result in place, exported, and verified again outside of the product', async () => {
  const { page, context, troubles } = await as(browser, REVISION, LOOKS[0]!, '/verwaltung/protokoll/pruefung');
  await page.getByRole('button', { name: 'Jetzt prüfen' }).click();
  await page.getByText(/^Alle [\d.]+ versiegelten Einträge sind unverändert\.$/).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Protokoll ausgeben' }).click();
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), page.getByRole('link', { name: 'Herunterladen' }).first().click({ timeout: 60_000 })]);
  const folder = await mkdtemp(join(tmpdir(), 'va-protokoll-'));
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  const { stdout } = await promisify(execFile)(process.execPath, [program, path]);
  // the real worker has sealed and exported; two entries changed afterwards: the first of them is named
  const lines = (await readFile(path, 'utf8')).split('\n').map((line) => (/^\{"art":"eintrag","nr":(3|5),/.test(line) ? line.replace(/202\d-/, '1999-') : line));
  await writeFile(path, lines.join('\n'));
  const forged = await promisify(execFile)(process.execPath, [program, path]).then(() => 'unchanged', (error: { stdout: string; stderr: string }) => error.stdout + error.stderr);
  expect(forged).toMatch(/Eintrag 3\b/);
  expect(forged).not.toMatch(/Eintrag 5\b/);
  await rm(folder, { recursive: true });
  expect(stdout).toMatch(/^Unverändert: \d+ Einträge, \d+ Siegel, Mandant „Landkreis Auental“/);
  expect(stdout).toContain((await page.locator('.va-protokoll-hash').last().textContent())!);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'protokoll-pruefung', LOOKS[0]!);
  expect(troubles).toEqual([]);
  await context.close();
}, 180_000);

for (const look of [...LOOKS, ...TIGHT]) test(`both pages fit ${look.width} × ${look.height} ${look.scheme}`, async () => {
  for (const [name, pfad, wait] of [['protokoll', '', 'rowheader'], ['protokoll-pruefung', '/pruefung', 'button']] as const) {
    const { page, context, troubles } = await as(browser, REVISION, look, `/verwaltung/protokoll${pfad}`);
    await (wait === 'button' ? page.getByRole('button', { name: 'Jetzt prüfen' }) : page.getByRole('rowheader').first()).waitFor();
    expect(await sideways(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    await picture(page, name, look);
    expect(troubles).toEqual([]);
    await context.close();
  }
}, 120_000);

test('PR-01 who may not, gets neither the page nor the entry to it', async () => {
  const { page, context } = await as(browser, 'katrin.seidel', LOOKS[0]!, '/verwaltung/protokoll/pruefung');
  await page.getByText(/fehlt/).first().waitFor();
  expect(await page.getByRole('button', { name: 'Jetzt prüfen' }).count()).toBe(0);
  await context.close();
}, 60_000);
