import type { Browser, Locator, Page } from 'playwright-core';
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
  await page.getByRole('rowheader', { name: 'Akten: lesen', exact: true }).waitFor();
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

/** As somebody without a mouse gets there: Tab until it has the focus. */
async function tabTo(page: Page, ziel: Locator) {
  await ziel.waitFor();
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    if (await ziel.evaluate((e) => e === document.activeElement)) return;
  }
  throw new Error('the keyboard does not get there');
}

test('BE-02 what a revoke would do, and who may see it, by keyboard alone; nothing happens without the confirmation', async () => {
  const { page, troubles } = await as(browser, 'renate.vogt', LOOKS[0]!, '/verwaltung/schutzbereiche');
  const suche = page.getByPlaceholder('Kennzeichen oder Bezeichnung');
  await tabTo(page, suche);
  await page.keyboard.type('Federführung 63.1');
  const treffer = page.getByRole('treeitem', { name: /Federführung 63\.1/ }).first();
  await tabTo(page, treffer);
  await page.keyboard.press('Enter');
  const knopf = page.getByRole('button', { name: /^Freigabe für 63\.1 .* entziehen$/ });
  await tabTo(page, knopf);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /entziehen\?$/ });
  await dialog.getByText(/Personen? verlier(t|en) Zugriff/).waitFor();
  await dialog.getByRole('rowheader', { name: /Katrin Seidel/ }).waitFor();
  await tabTo(page, dialog.getByRole('button', { name: 'Entziehen', exact: true }));
  expect(await axe(page)).toEqual([]);
  await picture(page, 'rechte-vorschau', LOOKS[0]!);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await knopf.evaluate((e) => e === document.activeElement)).toBe(true);
  const name = page.getByRole('region', { name: 'Wer darf das sehen?' }).getByRole('link', { name: 'Katrin Seidel' }).first();
  await tabTo(page, name);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Was darf Katrin Seidel?' }).waitFor();
  await page.getByRole('rowheader', { name: /Federführung 63\.1/ }).first().waitFor();
  expect(await axe(page)).toEqual([]);
  expect(troubles).toEqual([]);
}, 120_000);

test('BE-02 the matrix: own and inherited, narrowed to a Rolle, a branch, by keyboard; as a report', async () => {
  for (const look of LOOKS) {
    const { page, troubles, context } = await as(browser, 'renate.vogt', look, '/verwaltung/schutzbereiche/matrix');
    await page.getByRole('rowheader', { name: /^Alle Akten/ }).waitFor();
    await page.keyboard.press('j');
    await page.waitForFunction(() => document.activeElement?.textContent === 'Alle Akten');
    expect(await axe(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await picture(page, 'rechte-matrix', look);
    await page.getByLabel('Schutzbereich', { exact: true }).fill('Federführung 63.1');
    await page.getByText('Alle Akten ›').first().waitFor();
    await page.getByText('bearbeiten', { exact: true }).first().waitFor();
    expect(await axe(page)).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Als XLSX' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
    expect(troubles).toEqual([]);
    await context.close();
  }
}, 120_000);
