/** The mail room by keyboard: taking, filing in one key, a stray item and its trail, the Bilanz and the lists behind its figures, what goes after its time. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api as ablage } from '#modules/ablage/contract.ts';
import { pathOf } from '#platform/web/client.ts';
import { axe, LOOKS, openBrowser, picture, sideways } from './browser.ts';
import { as } from './product.ts';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(async () => { await browser?.close(); });
const lauf = Date.now().toString(36);
/** A letter in the person's own basket, as the page makes it. */
async function bringe(page: Page, betreff: string): Promise<string> {
  const origin = new URL(page.url()).origin;
  const kopf = (key: string) => ({ origin, 'idempotency-key': `${key}-${betreff}-${lauf}` });
  const datei = await page.request.post(`/api/v1${pathOf(ablage.uploadInhalt, {})}`, { data: Buffer.from(`Sehr geehrte Damen und Herren, ${betreff} ${lauf}`), headers: { ...kopf('datei'), 'content-type': 'text/plain', 'x-dateiname': encodeURIComponent(`${betreff}.txt`) } });
  const eingang = await page.request.post('/api/v1/eingaenge', { data: { inhaltId: ((await datei.json()) as { id: string }).id, kanal: 'papier', betreff: `${betreff} ${lauf}`, absender: 'Ada Probst' }, headers: kopf('eingang') });
  expect([datei.status(), eingang.status()]).toEqual([201, 201]);
  return ((await eingang.json()) as { id: string }).id;
}
const panel = (page: Page) => page.locator('.va-ablage');
const ohneFeld = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

test('PE-04, UX-05: taken with one key, filed with at most three, put back, and the trail tells it', async () => {
  const { page, context, troubles } = await as(browser, 'katrin.seidel', LOOKS[0]!, '/');
  const akte = ((await (await page.request.get('/api/v1/akten?eigene=true&status=in_bearbeitung&limit=1')).json()) as { eintraege: { aktenzeichen: string }[] }).eintraege[0]!;
  await page.goto(`/posteingang/${await bringe(page, 'Tastenbrief')}`);
  await panel(page).getByRole('button', { name: 'In Bearbeitung nehmen' }).waitFor();
  await ohneFeld(page);
  await page.keyboard.press('b');
  await panel(page).getByText('In Ihrer Bearbeitung').waitFor();
  await panel(page).getByText('in Bearbeitung genommen').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'poststelle-genommen', LOOKS[0]!);
  await page.keyboard.press('b');
  await panel(page).getByRole('button', { name: 'In Bearbeitung nehmen' }).waitFor();
  // one key opens the field for the Akte, then its sign, then file
  await page.keyboard.press('e');
  await page.keyboard.type(akte.aktenzeichen);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.getByText(/^Abgelegt in /).waitFor();
  expect(troubles).toEqual([]);
  await context.close();
}, 180_000);

test('PE-04: a stray item goes back by keyboard, and the Poststelle sees who had it and why it came back', async () => {
  const { page, context, troubles } = await as(browser, 'katrin.seidel', LOOKS[0]!, '/');
  const id = await bringe(page, 'Irrgang');
  await page.goto(`/posteingang/${id}`);
  await panel(page).getByRole('button', { name: 'Irrläufer' }).waitFor();
  await ohneFeld(page);
  await page.keyboard.press('i');
  await page.getByLabel('Warum nicht hier').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.type('Gehört zur Wohngeldstelle');
  await picture(page, 'poststelle-irrlaeufer', LOOKS[0]!);
  await page.keyboard.press('Control+Enter');
  await page.getByText(/^Irrläufer an .* gegeben$/).waitFor();
  expect(troubles).toEqual([]);
  await context.close();
  for (const look of LOOKS) {
    const post = await as(browser, 'anke.moehlmann', look, `/posteingang/${id}`);
    await panel(post.page).getByText('„Gehört zur Wohngeldstelle“').waitFor();
    expect(await axe(post.page)).toEqual([]);
    expect(await sideways(post.page)).toBe(0);
    await picture(post.page, 'poststelle-laufweg', look);
    expect(post.troubles).toEqual([]);
    await post.context.close();
  }
}, 180_000);

test('PE-03: the Bilanz closes, each figure leads to its list, and the check can be asked for', async () => {
  for (const look of LOOKS) {
    const { page, context, troubles } = await as(browser, 'anke.moehlmann', look, '/posteingang/bilanz?von=2026-01-01');
    await page.getByText(/eingegangen = .* offen$/).waitFor();
    await page.getByRole('button', { name: 'Jetzt ganz prüfen' }).click();
    await page.getByText('Die Bilanz schließt', { exact: true }).last().waitFor();
    await page.getByRole('heading', { name: 'Alter der offenen Eingänge' }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await picture(page, 'poststelle-bilanz', look);
    expect(troubles).toEqual([]);
    await context.close();
  }
  const { page, context } = await as(browser, 'anke.moehlmann', LOOKS[0]!, '/posteingang/bilanz?von=2026-01-01');
  const zeile = page.getByRole('table', { name: 'Je Kanal' }).getByRole('row', { name: /^Papier/ });
  const anzahl = Number((await zeile.getByRole('link').first().textContent())!.replace('.', ''));
  await zeile.getByRole('link').first().click();
  await page.waitForURL(/\/posteingang(\/[0-9a-f-]{36})?\?.*kanal=papier/);
  const query = new URL(page.url()).searchParams;
  expect(((await (await page.request.get(`/api/v1/eingaenge?${query}&limit=1`)).json()) as { gesamt: number }).gesamt).toBe(anzahl);
  await page.goto('/posteingang/vernichtung');
  await page.getByText('Zurzeit ist nichts zu vernichten.').waitFor();
  expect(await axe(page)).toEqual([]);
  await context.close();
}, 240_000);

test('PE-05: what only one office may open is named in the Verwaltung', async () => {
  const { page, context, troubles } = await as(browser, 'sven.albers', LOOKS[0]!, '/verwaltung/posteingang');
  await page.getByRole('button', { name: 'Ausnahme hinzufügen' }).click();
  await page.getByLabel('Bezeichnung').fill(`Submission ${lauf}`);
  await page.getByRole('combobox', { name: 'Öffnen darf' }).selectOption({ index: 1 });
  await page.getByLabel('Merkmale, je Zeile eines').fill(`Angebot nicht öffnen ${lauf}`);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'poststelle-ausnahmen', LOOKS[0]!);
  await page.getByRole('button', { name: 'Speichern' }).last().click();
  await page.getByRole('button', { name: `Submission ${lauf}: Löschen` }).click();
  await expect.poll(() => page.getByText(`Submission ${lauf}`).count()).toBe(0);
  expect(troubles).toEqual([]);
  await context.close();
}, 120_000);
