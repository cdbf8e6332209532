/** A call in under twenty seconds, by keyboard alone; what was typed outlives an expired session. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, LOOKS, openBrowser, picture, sideways, TIGHT } from './browser.ts';
import { as, KENNWORT } from './product.ts';

const PERSON = 'katrin.seidel';
/** A practised typist: 300 keystrokes a minute. */
const TAKT = 200;
let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(() => browser?.close());

const lauf = Date.now().toString(36);
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Gesprächsnotiz' });
/** What a person types, and how long it takes her; keys besides the text are counted. */
async function tippe(page: Page, folge: readonly (string | { text: string })[]) {
  let tasten = 0;
  const beginn = performance.now();
  for (const schritt of folge) {
    if (typeof schritt === 'string') { await page.keyboard.press(schritt); tasten++; } else await page.keyboard.type(schritt.text, { delay: TAKT });
  }
  return { tasten, sekunden: (performance.now() - beginn) / 1000 };
}

test('PE-01 by keyboard: one key opens it, three lead to the fields that are needed, one saves; in under 20 seconds', async () => {
  const { page, context, troubles } = await as(browser, PERSON, LOOKS[0]!, '/');
  await page.getByRole('button', { name: 'Gesprächsnotiz' }).waitFor();
  await page.keyboard.press('t');
  await expect.poll(() => dialog(page).getByLabel('Wer').evaluate((e) => e === document.activeElement)).toBe(true);
  const { tasten, sekunden } = await tippe(page, [{ text: `Ada ${lauf}` }, 'Tab', { text: '0590 4711' }, 'Tab', { text: 'Stand Bauantrag, bittet um Rückruf' }, 'Control+Enter']);
  await dialog(page).getByText(/^PE \d{4}-\d{6} liegt im Korb /).waitFor();
  console.log(`Gesprächsnotiz: ${tasten + 1} Tasten außer dem Text, ${sekunden.toFixed(1)} s zu tippen`);
  expect(tasten + 1).toBe(4);
  expect(sekunden).toBeLessThan(20);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'gespraechsnotiz-fertig', LOOKS[0]!);
  await dialog(page).getByRole('link', { name: 'Öffnen' }).click();
  await page.getByText('Stand Bauantrag, bittet um Rückruf').first().waitFor();
  expect(troubles).toEqual([]);
  await context.close();
});

test('from an Akte it is filed there at once', async () => {
  const { page, context } = await as(browser, PERSON, LOOKS[0]!, '/');
  const akte = await page.evaluate(async () => ((await (await fetch('/api/v1/akten?eigene=true&status=in_bearbeitung&limit=1')).json()) as { eintraege: { id: string; aktenzeichen: string }[] }).eintraege[0]!);
  await page.goto(`/akten/${akte.id}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Gesprächsnotiz' }).waitFor(); // it and its key come with the page, a moment after its text
  await page.keyboard.press('t');
  await expect.poll(() => dialog(page).getByLabel('Gleich ablegen in').inputValue()).toContain(akte.aktenzeichen);
  await dialog(page).getByLabel('Wer').fill(`Ben ${lauf}`);
  await dialog(page).getByLabel('Worum es geht').fill(`Notiz zur Akte ${lauf}`);
  await page.keyboard.press('Control+Enter');
  await dialog(page).getByText(/^PE \d{4}-\d{6} ist abgelegt$/).waitFor();
  await dialog(page).getByRole('link', { name: 'Öffnen' }).click();
  await page.waitForURL('**/dokumente/*');
  await page.getByText(`Notiz zur Akte ${lauf}`).first().waitFor();
  await context.close();
});

test('UX-07 an expired session loses nothing: after the login the draft is open again', async () => {
  const { page, context } = await as(browser, PERSON, LOOKS[0]!, '/');
  await page.getByRole('button', { name: 'Gesprächsnotiz' }).click();
  await dialog(page).getByLabel('Wer').fill('Cem Entwurf');
  await dialog(page).getByLabel('Worum es geht').fill(`Entwurf ${lauf}`);
  await context.clearCookies();
  await page.keyboard.press('Control+Enter');
  await page.getByLabel('Kennwort').waitFor();
  await page.getByLabel('Anmeldename').fill(PERSON);
  await page.getByLabel('Kennwort').fill(KENNWORT);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await expect.poll(() => dialog(page).getByLabel('Worum es geht').inputValue()).toBe(`Entwurf ${lauf}`);
  await page.keyboard.press('Control+Enter');
  await dialog(page).getByText(/^PE \d{4}-\d{6} liegt im Korb /).waitFor();
  await context.close();
});

test('every look of it: no finding of axe, nothing sideways; what is missing stands at its field', async () => {
  for (const look of [...LOOKS, ...TIGHT]) {
    const { page, context, troubles } = await as(browser, PERSON, look, '/');
    await page.getByRole('button', { name: 'Gesprächsnotiz' }).click();
    await dialog(page).getByLabel('Wer').waitFor();
    expect(await sideways(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    await picture(page, 'gespraechsnotiz', look);
    await page.keyboard.press('Control+Enter');
    await dialog(page).locator('[aria-invalid=true]').first().waitFor();
    expect(await axe(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await context.close();
  }
});
