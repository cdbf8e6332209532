import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, LOOKS, openBrowser, picture, sideways } from './browser.ts';
import { as } from './product.ts';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(() => browser?.close());

const REGISTRATUR = 'renate.vogt';
/** The API with the session of the page, as its own code calls it. */
const api = (page: Page, method: string, path: string, body?: unknown) => page.evaluate(async ([m, p, b]) => {
  const answer = await fetch(`/api/v1${p}`, { method: m!, headers: { ...(b ? { 'content-type': 'application/json' } : {}), 'idempotency-key': crypto.randomUUID() }, ...(b ? { body: b } : {}) });
  const json = await answer.json() as any;
  if (!answer.ok) throw new Error(JSON.stringify(json));
  return json;
}, [method, path, body === undefined ? '' : JSON.stringify(body)] as const);
const CSV = (fehler: boolean) => Buffer.from(`Kennzeichen;Betreff kurz;Aussonderungsart;Aufbewahrungsdauer
1;Verfassung und Organisation;B;10
10;Organisation;;
101;Aufbau der Verwaltung;A;${fehler ? 'zehn Jahre ungefähr' : 'unbefristet'}
11;Personal;V;30 Jahre
`);
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

test('AP-07 a plan from a CSV: the line that is wrong is named, the corrected file is checked and taken over', async () => {
  for (const look of LOOKS) {
    const { page, context, troubles } = await as(browser, REGISTRATUR, look);
    const plan = await api(page, 'POST', '/aktenplaene', { bezeichnung: 'Aktenplan', versionsbezeichnung: `Entwurf ${crypto.randomUUID().slice(0, 8)}` });
    await page.goto(`/verwaltung/aktenplan/${plan.id}/import`);
    const waehle = (name: string, fehler: boolean) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: CSV(fehler) });
    await waehle('aktenplan.csv', true);
    await page.getByText('1 Fehler in der Datei; so wird nichts übernommen').first().waitFor();
    await page.getByRole('row').filter({ hasText: '4' }).filter({ hasText: 'Aufbewahrungsdauer' }).first().waitFor();
    expect(await page.getByRole('button', { name: /übernehmen/ }).count()).toBe(0);
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
    await picture(page, 'aktenplan-import-fehler', look, true);
    await page.getByRole('button', { name: 'Andere Datei wählen' }).click();
    await waehle('aktenplan neu.csv', false);
    await page.getByRole('button', { name: '4 Änderungen übernehmen' }).waitFor();
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
    await picture(page, 'aktenplan-import-probe', look, true);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Übernommen: 4 neu, 0 geändert').waitFor();
    expect(await axe(page)).toEqual([]);
    await waehleNochmal(page);
    expect((await api(page, 'GET', `/aktenplaneinheiten?aktenplanId=${plan.id}`)).gesamt).toBe(4);
    expect(troubles).toEqual([]);
    await context.close();
  }
  // AP-07: a second time there is nothing to take over
  async function waehleNochmal(page: Page) {
    await page.getByRole('button', { name: 'Andere Datei wählen' }).click();
    await page.locator('input[type=file]').setInputFiles({ name: 'aktenplan neu.csv', mimeType: 'text/csv', buffer: CSV(false) });
    await page.getByText('Die Datei und der Aktenplan stimmen überein').waitFor();
  }
}, 180_000);

test('EX-06 AP-03 the plan is walked by keyboard alone: one stop for Tab, arrows open and close, Enter shows the unit', async () => {
  const { page, context, troubles } = await as(browser, REGISTRATUR, LOOKS[0]!, '/aktenplan');
  await page.getByRole('treeitem').first().waitFor();
  await page.getByRole('searchbox', { name: 'Im Aktenplan suchen' }).focus();
  for (let n = 0; n < 6 && !(await page.evaluate(() => document.activeElement?.closest('[role=tree]'))); n++) await page.keyboard.press('Tab');
  await page.keyboard.press('Home');
  const erste = await focused(page);
  await page.keyboard.press('ArrowRight'); // opens
  await expect.poll(() => page.locator('[role=treeitem][aria-level="2"]').count()).toBeGreaterThan(0);
  await page.keyboard.press('ArrowRight'); // goes to the first child
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-level'))).toBe('2');
  const zweite = await focused(page);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/aktenplan\/[0-9a-f-]{36}$/);
  expect(zweite).toContain((await page.getByRole('heading', { level: 2 }).first().textContent())!.trim().split(/\s/)[0]!);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('treeitem', { selected: true }).focus();
  await page.keyboard.press('ArrowLeft'); // to the upper unit
  await expect.poll(() => focused(page)).toBe(erste);
  await page.keyboard.press('ArrowLeft'); // closes it
  await expect.poll(() => page.locator('[role=treeitem][aria-level="2"]').count()).toBe(0);
  expect(troubles).toEqual([]);
  await context.close();
}, 90_000);

test('AP-03 a merge names who would gain access, and waits for the tick', async () => {
  for (const look of LOOKS) {
    const { page, context, troubles } = await as(browser, REGISTRATUR, look);
    const aktenplanId = (await api(page, 'GET', '/aktenplaneinheiten?suche=631.20&belegbar=true')).eintraege[0].aktenplanId;
    const nr = `9${Date.now() % 1_000_000}`;
    const einheit = (kennzeichen: string, parentId: string | null) => api(page, 'POST', '/aktenplaneinheiten', { aktenplanId, kennzeichen, betreffKurz: `Probe ${kennzeichen}`, parentId });
    const [alt, neu] = [await einheit(nr, null), await einheit(`${nr}5`, null)];
    const [quelle, ziel] = [await einheit(`${nr}1`, alt.id), await einheit(`${nr}51`, neu.id)];
    const oe = (await api(page, 'GET', '/organisationseinheiten?q=32.3')).eintraege[0].id;
    await api(page, 'POST', `/schutzbereiche/${neu.schutzId}/freigaben`, { subjektArt: 'oe', subjekt: oe, stufe: 'lesen' });
    await page.goto(`/aktenplan/${ziel.id}/zusammenfuehren`);
    await page.getByLabel('Weitere Einheit aufnehmen').fill(quelle.kennzeichen);
    await page.getByRole('option', { name: new RegExp(quelle.kennzeichen) }).click();
    await page.getByText('Diese erhalten Zugriff auf Akten, die hinzukommen').waitFor();
    await page.getByText(/32\.3 .*: lesen/).waitFor();
    await page.getByLabel('Grund').fill('Neuer Zuschnitt');
    expect(await page.getByRole('button', { name: 'Zusammenführen', exact: true }).isDisabled()).toBe(true);
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
    await picture(page, 'aktenplan-zusammenfuehren', look, true);
    await page.getByLabel('Dieser Zugriff ist gewollt').check();
    await page.getByRole('button', { name: 'Zusammenführen', exact: true }).click();
    await page.waitForURL(`**/aktenplan/${ziel.id}`);
    await page.getByText(quelle.kennzeichen).first().waitFor();
    await picture(page, 'aktenplan-zusammengefuehrt', look);
    expect(troubles).toEqual([]);
    await context.close();
  }
}, 120_000);
