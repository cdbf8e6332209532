import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, LOOKS, openBrowser, picture, sideways, TIGHT } from './browser.ts';
import { as } from './product.ts';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(async () => { await browser?.close(); });
const PERSON = 'katrin.seidel';

test('RE-01 from the search field to the hits: marked, counted, narrowed down, kept in the address; keyboard', async () => {
  const { page, context, troubles } = await as(browser, PERSON, LOOKS[0]!, '/');
  await page.getByRole('heading', { level: 1, name: 'Mein Schreibtisch' }).waitFor();
  // the product has only just begun to read its demo
  await expect.poll(async () => ((await (await page.request.get('/api/v1/suche?q=Antrag')).json()) as { eintraege: unknown[] }).eintraege.length, { timeout: 120_000 }).toBeGreaterThan(0);
  await page.keyboard.press('/');
  await page.keyboard.type('Antrag');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Antrag' }).waitFor();
  const hits = page.locator('.va-treffer > li');
  await hits.first().waitFor();
  await page.getByRole('status').getByText(/^\d[\d.]* Treffer$/).waitFor();
  expect(await page.locator('mark').first().textContent()).toMatch(/antr[aä]g/i);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'suche-treffer', LOOKS[0]!);

  const art = page.getByRole('group', { name: 'Art', exact: true }).getByRole('checkbox').first();
  await art.click();
  await page.waitForURL((url) => url.searchParams.has('typ'));
  // what is still being read makes both numbers grow; they say the same
  const zahlen = async () => [await page.getByRole('group', { name: 'Art', exact: true }).locator('li > span').first().textContent(), await page.getByRole('status').getByText(/Treffer$/).first().textContent()].map((s) => Number(s!.replace(/\D/g, '')));
  await expect.poll(async () => { const [beiArt, oben] = await zahlen(); return beiArt === oben && oben! > 0; }, { timeout: 60_000 }).toBe(true);
  expect(page.url()).toContain('typ=');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: /entfernen$/ }).first().click();
  await page.waitForURL((url) => !url.searchParams.has('typ'));

  await page.locator('h1').click();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  expect(await page.evaluate(() => document.activeElement?.closest('li')?.matches(':first-child') ?? document.activeElement?.hasAttribute('data-treffer'))).toBe(true);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname !== '/suche');
  expect(troubles).toEqual([]);
  await context.close();
}, 240_000);

test('RE-01 an Aktenzeichen in another spelling stands on top and opens by Strg Eingabe', async () => {
  const { page, context, troubles } = await as(browser, PERSON, LOOKS[0]!, '/suche?q=Schulgasse&typ=akte');
  const az = (await page.locator('.va-treffer .va-az').first().textContent())!;
  await page.goto(`/suche?${new URLSearchParams({ q: az.replace(/[^\p{L}\d]+/gu, ' ') })}`);
  await page.getByText('Aktenzeichen erkannt').waitFor();
  expect(await page.locator('.va-genau .va-az').first().textContent()).toBe(az);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'suche-kennzeichen', LOOKS[0]!);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL((url) => url.pathname !== '/suche');
  expect(troubles).toEqual([]);
  await context.close();
}, 120_000);

test('a search is kept, stands on the desk, and is forgotten', async () => {
  const { page, context, troubles } = await as(browser, PERSON, LOOKS[0]!, '/suche?q=Bescheid');
  await page.getByRole('button', { name: 'Suche merken' }).click();
  const name = `Bescheide ${Date.now()}`;
  await page.getByLabel('Bezeichnung').fill(name);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Merken', exact: true }).click();
  await page.getByText('Gemerkt.').waitFor();
  await page.goto('/');
  await page.getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name: 'Bescheid' }).waitFor();
  await page.goto('/suche');
  await page.getByRole('heading', { level: 1, name: 'Suche' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'suche-anfang', LOOKS[0]!);
  await page.getByRole('button', { name: `„${name}“ vergessen` }).click();
  await page.getByRole('link', { name }).waitFor({ state: 'detached' });
  expect(troubles).toEqual([]);
  await context.close();
}, 120_000);

test('UX-08 hits, nothing found and the beginning in every look: axe, no sideways scrolling', async () => {
  for (const look of [...LOOKS, ...TIGHT]) {
    const { page, context, troubles } = await as(browser, PERSON, look, '/suche?q=Antrag');
    await page.locator('.va-treffer > li').first().waitFor();
    await page.locator('.va-facette').first().waitFor();
    expect([look, await sideways(page)]).toEqual([look, 0]);
    if (LOOKS.includes(look)) { expect(await axe(page)).toEqual([]); await picture(page, 'suche', look); }
    await page.goto('/suche?q=Xylophonquastenflosser');
    await page.getByText('Nichts gefunden zu „Xylophonquastenflosser“').waitFor();
    expect([look, await sideways(page)]).toEqual([look, 0]);
    if (LOOKS.includes(look)) { expect(await axe(page)).toEqual([]); await picture(page, 'suche-leer', look); }
    expect(troubles).toEqual([]);
    await context.close();
  }
}, 180_000);

test('an error says what happened and can be tried again', async () => {
  const { page, context } = await as(browser, PERSON, LOOKS[0]!, '/');
  await page.route('**/api/v1/haeuser/suche?*', (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ type: '/fehler/allgemein.unerwartet', title: 'Unerwarteter Fehler', status: 500, code: 'allgemein.unerwartet', instance: '0199' }) }));
  await page.goto('/suche?q=Antrag');
  await page.getByRole('alert').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'suche-fehler', LOOKS[0]!);
  await page.unroute('**/api/v1/haeuser/suche?*');
  await page.getByRole('button', { name: 'Noch einmal versuchen' }).click();
  await page.locator('.va-treffer > li').first().waitFor();
  await context.close();
}, 60_000);
