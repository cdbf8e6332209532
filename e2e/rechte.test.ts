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

test('BE-02 before an Akte or a Vorgang is moved, its dialog says who would lose and who would gain access; nothing is moved without the click', async () => {
  const first = await as(browser, 'renate.vogt', LOOKS[0]!, '/akten');
  const api = (method: string, path: string, body?: object) => first.page.evaluate(async ([m, p, b]) => (await fetch(`/api/v1${p}`, { method: m!, ...(b && { headers: { 'content-type': 'application/json' }, body: b }) })).json(), [method, path, body && JSON.stringify(body)] as const);
  const akten = (await api('GET', '/akten?limit=200')).eintraege as { id: string; aktenzeichen: string; betreff: string; federfuehrung: { kennzeichen: string } }[];
  const [akte, andere] = ['63.1', '32.3'].map((oe) => akten.find((a) => a.federfuehrung.kennzeichen === oe)!) as [(typeof akten)[number], (typeof akten)[number]];
  const vorgang = await api('POST', '/vorgaenge', { akteId: akte.id, betreff: 'Beteiligung der Straßenverkehrsbehörde' });
  // somebody from elsewhere may read what stands in the unit it would go to
  const bereich = (await api('GET', '/schutzbereiche?q=635.10&limit=50')).eintraege.find((s: { bezeichnung: string }) => s.bezeichnung.startsWith('Aktenplan 635.10')) as { id: string };
  const tobias = (await api('GET', '/benutzer?q=Lenz')).eintraege[0] as { id: string };
  await api('POST', `/schutzbereiche/${bereich.id}/freigaben`, { subjektArt: 'person', subjekt: tobias.id, stufe: 'lesen' });
  for (const look of LOOKS) {
    const { page, troubles, context } = await as(browser, 'renate.vogt', look, `/akten/${akte.id}`);
    await page.locator('.va-aktenkopf').getByLabel('Weitere Aktionen').click();
    await page.getByRole('button', { name: 'Umschreiben …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Neue Aktenplaneinheit').fill('635.10');
    await dialog.getByRole('option', { name: /^635\.10/ }).click();
    await dialog.getByText('1 Person gewinnt Zugriff').waitFor();
    await dialog.getByRole('rowheader', { name: /Tobias Lenz/ }).waitFor();
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
    await picture(page, 'rechte-umschreiben', look);
    await page.keyboard.press('Escape');
    await page.goto(`/vorgaenge/${vorgang.id}`);
    await page.getByRole('button', { name: 'Verschieben', exact: true }).click();
    await dialog.getByLabel('Akte', { exact: true }).fill(andere.aktenzeichen);
    await dialog.getByRole('option').first().click();
    await dialog.getByText(/Personen? verlier(t|en) Zugriff, .*gewinn/).waitFor();
    for (const wer of [/Katrin Seidel/, /Tobias Lenz/]) await dialog.getByRole('rowheader', { name: wer }).first().waitFor();
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
    await picture(page, 'rechte-verschieben', look);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect((await api('GET', `/vorgaenge/${vorgang.id}`)).akte.id).toBe(akte.id);
    expect(troubles).toEqual([]);
    await context.close();
  }
  await first.context.close();
}, 180_000);
