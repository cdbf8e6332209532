import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, LOOKS, openBrowser, picture, sideways } from './browser.ts';
import { as } from './product.ts';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(() => browser?.close());

test('BE-02 why one sees an Akte, read by keyboard alone; one’s own rights, and the report', async () => {
  const { page } = await as(browser, 'katrin.seidel', LOOKS[0]!, '/akten');
  await page.locator('tbody a').first().click();
  const tab = page.getByRole('link', { name: 'Rechte', exact: true });
  await tab.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'Warum sehe ich das?' }).waitFor();
  await page.getByRole('cell', { name: 'akte.lesen' }).or(page.getByRole('rowheader', { name: 'akte.lesen' })).first().waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'rechte-warum', LOOKS[0]!);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Als PDF' }).first().focus();
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toMatch(/\.pdf$/);
  await page.goto('/was-darf-ich');
  await page.getByRole('heading', { level: 1, name: 'Was darf ich?' }).waitFor();
  await page.getByRole('heading', { level: 2, name: 'Schutzbereiche' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await sideways(page)).toBe(0);
  await picture(page, 'rechte-ich', { width: 390, scheme: 'light' });
});
