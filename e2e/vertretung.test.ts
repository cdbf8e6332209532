import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, LOOKS, openBrowser, picture, sideways, TIGHT } from './browser.ts';
import { as } from './product.ts';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(async () => { await browser?.close(); });
const KLEIN = LOOKS.at(-1)!;
const inTagen = (n: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date(Date.now() + n * 86_400_000));
const tafel = (page: Page, name: string) => page.getByRole('region', { name });
const konto = (page: Page) => page.locator('summary', { hasText: 'mein Konto' });
/** What an attempt before has left. */
const beendeAlle = (page: Page) => page.evaluate(async () => {
  const { vertretenDurch } = await (await fetch('/api/v1/ich/vertretungen')).json() as { vertretenDurch: { id: string }[] };
  for (const { id } of vertretenDurch) await fetch(`/api/v1/vertretungen/${id}`, { method: 'DELETE' });
});

test('VT-01 VT-02 planned in three steps; the substitute enters, adds to an Akte, the history names both; ended is over at the next request', async () => {
  // Katrin will be away: who, until when, enter
  const katrin = await as(browser, 'katrin.seidel');
  await beendeAlle(katrin.page);
  await katrin.page.goto('/konto/vertretung');
  await katrin.page.getByRole('button', { name: 'Vertretung planen' }).click();
  await katrin.page.getByLabel('Wer vertritt Sie?').waitFor();
  expect(await katrin.page.getByText('Umfang: alles, ohne geschützte Klassen').count()).toBe(1);
  await katrin.page.getByLabel('Wer vertritt Sie?').fill('Lenz');
  await katrin.page.getByRole('radio', { name: /^Tobias Lenz/ }).check();
  await katrin.page.getByLabel(/^Letzter Tag/).fill(inTagen(14));
  expect(await axe(katrin.page)).toEqual([]);
  await picture(katrin.page, 'vertretung-planen', LOOKS[0]!);
  await katrin.page.getByText('Umfang: alles, ohne geschützte Klassen').click();
  await katrin.page.getByRole('group', { name: 'Auch geschützte Klassen' }).waitFor();
  expect(await axe(katrin.page)).toEqual([]);
  await katrin.page.getByRole('button', { name: 'Vertretung eintragen' }).click();
  await katrin.page.getByText(/^Tobias Lenz vertritt/).waitFor();
  await tafel(katrin.page, 'Wer mich vertritt').getByText('läuft', { exact: true }).waitFor();
  expect(await axe(katrin.page)).toEqual([]);
  await picture(katrin.page, 'vertretung-eigene', LOOKS[0]!);

  // Tobias sees nothing of her office in his own name; from the account menu he works for her
  const tobias = await as(browser, 'tobias.lenz');
  await konto(tobias.page).click();
  expect(await axe(tobias.page)).toEqual([]);
  await picture(tobias.page, 'vertretung-menue', LOOKS[0]!);
  await tobias.page.getByRole('link', { name: 'Für Katrin Seidel arbeiten' }).click();
  await tobias.page.getByText('Sie handeln in Vertretung für Katrin Seidel').waitFor();
  await tobias.page.getByRole('heading', { level: 1, name: 'Schreibtisch von Katrin Seidel' }).waitFor();
  expect(new URL(tobias.page.url()).pathname).toMatch(/^\/fuer\/[0-9a-f-]{36}\/?$/);
  // what is of his own login is not here
  await konto(tobias.page).click();
  expect(await tobias.page.locator('.va-kopf .va-menue[open] li:visible').allTextContents()).toEqual(['Darstellung: hell, dunkel, Dichte', 'Abmelden']);
  await tobias.page.keyboard.press('Escape');
  expect(await tobias.page.getByRole('button', { name: /Benachrichtigungen/ }).count()).toBe(0);
  expect(await axe(tobias.page)).toEqual([]);
  await picture(tobias.page, 'vertretung-schreibtisch', LOOKS[0]!);

  await tobias.page.getByRole('navigation', { name: 'Hauptbereiche' }).getByRole('link', { name: 'Akten', exact: true }).click();
  await tobias.page.locator('main table tbody tr', { hasText: '63.1' }).getByRole('link').first().click();
  await tobias.page.waitForURL(/\/fuer\/[0-9a-f-]{36}\/akten\/[0-9a-f-]{36}/);
  const akte = /\/akten\/[0-9a-f-]{36}/.exec(tobias.page.url())![0];
  await tobias.page.locator('.va-aktenkopf').getByRole('link', { name: /^Vorgang/ }).click();
  await tobias.page.getByLabel('Betreff').fill('Nachfrage zum Brandschutz');
  await tobias.page.getByRole('button', { name: 'Vorgang anlegen' }).click();
  await tobias.page.getByRole('heading', { level: 1, name: 'Nachfrage zum Brandschutz' }).waitFor();
  await tobias.page.getByRole('link', { name: 'Verlauf' }).click();
  await tobias.page.getByText(/^Tobias Lenz hat den Vorgang .* angelegt, in Vertretung für Katrin Seidel$/).waitFor();
  expect(await tobias.page.locator('.va-eckdaten').innerText()).toMatch(/Bearbeitung\s+Katrin Seidel/); // it is her work that is done
  expect(await axe(tobias.page)).toEqual([]);
  await picture(tobias.page, 'vertretung-verlauf', LOOKS[0]!);
  const drinnen = new URL(tobias.page.url()).pathname;

  // left with one click; in his own name the Akte is not there
  await tobias.page.getByRole('link', { name: 'Zurück in die eigene Sicht' }).click();
  await konto(tobias.page).waitFor();
  expect(new URL(tobias.page.url()).pathname).toBe('/');
  expect((await tobias.page.request.get(`/api/v1${akte}`)).status()).toBe(404);
  await katrin.page.goto(akte);
  await katrin.page.getByText('Nachfrage zum Brandschutz').first().waitFor();

  // ended: over at the next request, and the way back is there
  await tobias.page.goto(drinnen);
  await tobias.page.getByText('Sie handeln in Vertretung für Katrin Seidel').waitFor();
  await katrin.page.goto('/konto/vertretung');
  await katrin.page.getByRole('button', { name: 'Beenden: Tobias Lenz' }).click();
  expect(await axe(katrin.page)).toEqual([]);
  await katrin.page.getByRole('dialog').getByRole('button', { name: 'Beenden' }).click();
  await tafel(katrin.page, 'Beendet').getByText('Tobias Lenz für Katrin Seidel').first().waitFor();
  await tobias.page.reload();
  await tobias.page.getByText('Diese Vertretung ist beendet').waitFor();
  expect(await axe(tobias.page)).toEqual([]);
  await tobias.page.getByRole('link', { name: 'Zurück in die eigene Sicht' }).click();
  await tobias.page.getByRole('heading', { level: 1, name: 'Mein Schreibtisch' }).waitFor();
  expect([...katrin.troubles, ...tobias.troubles]).toEqual([]);
  await katrin.context.close();
  await tobias.context.close();
}, 240_000);

test('VT-01 somebody is suddenly absent: the superior orders two in order with the keyboard; what cannot be is said in German', async () => {
  const katrin = await as(browser, 'katrin.seidel');
  await beendeAlle(katrin.page);
  await katrin.context.close();
  const { page, context, troubles } = await as(browser, 'holger.thiel', LOOKS[0]!, '/verwaltung/vertretungen');
  const anordnen = async (wer: string) => {
    await page.getByRole('button', { name: 'Vertretung anordnen' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.type)).toBe('search');
    await page.getByRole('radio', { name: /^Katrin Seidel/ }).focus();
    await page.keyboard.press('Space');
    await page.getByLabel('Wer vertritt?').focus();
    await page.keyboard.type(wer);
    await page.getByRole('radio', { name: new RegExp(wer) }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Enter');
  };
  await page.getByRole('heading', { level: 1, name: 'Vertretungen' }).waitFor();
  await anordnen('Lenz');
  await page.getByText(/^Tobias Lenz vertritt/).waitFor();
  await anordnen('Vogt');
  await page.getByText(/^Renate Vogt vertritt/).waitFor();
  await page.getByText('an der Reihe, wenn auch Tobias Lenz fehlt').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'vertretung-liste', LOOKS[0]!);
  await page.getByRole('button', { name: 'Nach vorn: Renate Vogt' }).click();
  await page.getByText('an der Reihe, wenn auch Renate Vogt fehlt').waitFor();
  await anordnen('Lenz');
  await page.getByRole('alert').getByText('Diese Person vertritt in dieser Zeit schon').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Abbrechen' }).click();
  for (const look of [KLEIN, ...TIGHT]) {
    await page.setViewportSize(look);
    await page.emulateMedia({ colorScheme: look.scheme });
    for (const pfad of ['/verwaltung/vertretungen', '/konto/vertretung']) {
      await page.goto(pfad);
      await page.getByRole('button', { name: /^Vertretung (anordnen|planen)/ }).click();
      await page.getByRole('button', { name: 'Vertretung eintragen' }).waitFor();
      expect(await sideways(page)).toBe(0);
      expect(await axe(page)).toEqual([]);
      await picture(page, `vertretung${pfad.replaceAll('/', '-')}`, look, true);
    }
  }
  await page.setViewportSize(LOOKS[0]!);
  await page.goto('/verwaltung/vertretungen');
  for (const wer of ['Tobias Lenz', 'Renate Vogt']) {
    await page.getByRole('button', { name: `Beenden: ${wer}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Beenden' }).click();
    await page.getByRole('button', { name: `Beenden: ${wer}` }).waitFor({ state: 'detached' });
  }
  expect(troubles).toEqual([]);
  await context.close();
}, 240_000);
