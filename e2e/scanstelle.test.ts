/** The scan station by keyboard: a scan with two letters is cut, looked at, released, and its Eingang says from which pages it was made. */
import type { Browser } from 'playwright-core';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, LOOKS, openBrowser, picture, sideways, TIGHT } from './browser.ts';
import { as } from './product.ts';

const PERSON = 'anke.moehlmann';
let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); }, 60_000);
afterAll(() => browser?.close());
const lauf = Date.now().toString(36);

async function scan(texte: readonly string[]): Promise<Buffer> {
  const pdf = await PDFDocument.create(), font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const text of texte) { const page = pdf.addPage([595, 842]); if (text) for (let i = 0; i < 24; i++) page.drawText(`${text}, Zeile ${i + 1}: hiermit beantrage ich die Genehmigung`, { x: 60, y: 780 - i * 26, size: 12, font }); }
  return Buffer.from(await pdf.save());
}

test('RS-01 RS-05: a scan becomes two Eingänge with keys alone', async () => {
  const { page, context, troubles } = await as(browser, PERSON, LOOKS[0]!, '/scanstelle');
  await page.getByRole('heading', { name: 'Scanstelle' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'scanstelle-liste', LOOKS[0]!);
  await page.locator('input[type=file]').first().setInputFiles({ name: `Post ${lauf}.pdf`, mimeType: 'application/pdf', buffer: await scan(['Brief eins', '', 'Anlage', 'Brief zwei']) });
  await page.getByRole('button', { name: 'Stapel aus 1 Datei anlegen' }).waitFor();
  await picture(page, 'scanstelle-neu', LOOKS[0]!);
  await page.getByRole('button', { name: 'Stapel aus 1 Datei anlegen' }).press('Enter');
  await page.getByText('Seite 1 von 4').first().waitFor({ timeout: 240_000 });
  await page.locator('.va-scan__buehne img').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'scanstelle-pruefen', LOOKS[0]!);
  const press = async (...tasten: string[]) => { for (const taste of tasten) await page.keyboard.press(taste); };
  await page.locator('h1').focus().catch(() => {});
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await press('j', 'j', 'j', 't');
  await page.getByRole('heading', { name: 'Brief 2 von 2' }).waitFor();
  await press('b');
  await page.keyboard.type(`Bauantrag ${lauf}`);
  await press('Tab');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await press('r', 'R', 'o');
  await page.getByRole('heading', { name: 'Brief 1 von 2' }).waitFor();
  await press('o');
  await expect.poll(() => page.getByRole('button', { name: /Prüfung abschließen/ }).getAttribute('aria-disabled'), { timeout: 60_000 }).toBeNull();
  await press('Control+Enter');
  await page.getByRole('button', { name: /2 Briefe übernehmen/ }).waitFor({ timeout: 60_000 });
  await expect.poll(() => page.getByRole('button', { name: /2 Briefe übernehmen/ }).getAttribute('aria-disabled'), { timeout: 120_000 }).toBeNull();
  await press('Control+Enter');
  await page.getByText('Übernommen: 2 Eingänge').waitFor({ timeout: 60_000 });
  await picture(page, 'scanstelle-uebernommen', LOOKS[0]!);
  await page.getByRole('link', { name: 'Eingang öffnen' }).click();
  await page.getByText('Transfervermerk').first().click();
  await page.getByText('1 Seite als leer erkannt und nicht übernommen').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'scanstelle-vermerk', LOOKS[0]!);
  expect(troubles).toEqual([]);
  await context.close();
}, 600_000);

test('the pages of the scan station in every look', async () => {
  for (const look of [...LOOKS, ...TIGHT]) {
    const { page, context, troubles } = await as(browser, PERSON, look, '/scanstelle');
    await page.getByRole('link', { name: /^ST / }).first().waitFor();
    expect([look, await axe(page), await sideways(page)]).toEqual([look, [], 0]);
    await picture(page, 'scanstelle-liste', look);
    await page.getByRole('link', { name: /^ST / }).first().click();
    await page.locator('.va-scan__buehne img, .va-hinweis, progress').first().waitFor();
    await page.waitForLoadState('networkidle').catch(() => {});
    expect([look, await axe(page), await sideways(page)]).toEqual([look, [], 0]);
    await picture(page, 'scanstelle-seite', look);
    expect(troubles).toEqual([]);
    await context.close();
  }
}, 300_000);
