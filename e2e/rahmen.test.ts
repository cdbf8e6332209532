import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, LOOKS, openBrowser, openPage, picture, sideways, TIGHT } from './browser.ts';
import { as, KENNWORT, origin } from './product.ts';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(() => browser?.close());

describe('Anmeldung', () => {
  for (const look of [...LOOKS, ...TIGHT]) test(`UX-08 ${look.width} × ${look.height} ${look.scheme}: neutral, axe 0`, async () => {
    const { page, context, troubles } = await openPage(browser, origin, look);
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Anmelden' }).waitFor();
    await page.getByText('Wo arbeiten Sie?').waitFor();
    await picture(page, 'anmeldung', look);
    expect(await sideways(page)).toBe(0);
    expect(await page.locator('.va-kuerzel[data-farbe]').count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await context.close();
  });
  test('UX-07 empty fields and a wrong password say what to do, the focus is where to do it', async () => {
    const { page, context } = await openPage(browser, origin, LOOKS[0]!);
    await page.goto('/anmeldung');
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('anmeldename');
    expect(await axe(page)).toEqual([]);
    await page.getByLabel('Anmeldename').fill('katrin.seidel');
    await page.getByLabel('Kennwort').fill('falsch');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('nicht richtig').waitFor();
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('passwort');
    expect(await axe(page)).toEqual([]);
    await context.close();
  });
  test('the address asked for is there after the login; the Mandant is remembered; the way back after the end of a session', async () => {
    const { page, context } = await openPage(browser, origin, LOOKS[0]!);
    await page.goto('/darstellung');
    await page.getByLabel('Anmeldename').fill('katrin.seidel');
    await page.getByLabel('Kennwort').fill(KENNWORT);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Darstellung' }).waitFor();
    await context.clearCookies();
    await page.goto('/');
    await page.getByText('Vorgewählt ist, was Sie hier zuletzt benutzt haben.').waitFor();
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(1);
    await context.close();
  });
});

describe('the frame', () => {
  for (const look of [...LOOKS, ...TIGHT]) test(`UX-01, UX-08 the desk at ${look.width} × ${look.height} ${look.scheme}`, async () => {
    const { page, context, troubles } = await as(browser, 'katrin.seidel', look);
    await page.getByRole('heading', { level: 1, name: 'Mein Schreibtisch' }).waitFor();
    await page.getByRole('navigation', { name: 'Hauptbereiche' }).waitFor();
    await page.waitForLoadState('networkidle');
    await picture(page, 'schreibtisch', look);
    expect(await sideways(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await context.close();
  });
  test('EX-06 by keyboard: skip link first, single keys, help, focus after a change of page, keys can be switched off', async () => {
    const { page, context, troubles } = await as(browser, 'katrin.seidel', LOOKS[0]!);
    const active = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);
    await page.getByRole('heading', { level: 1, name: 'Mein Schreibtisch' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await active()).toBe('Zum Inhalt springen');
    await page.keyboard.press('Enter');
    expect(await active()).toBe('inhalt');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Tasten' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByText('Katrin Seidel', { exact: true }).click();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('link', { name: 'Darstellung' }).click();
    await page.getByRole('heading', { level: 1, name: 'Darstellung' }).waitFor();
    expect(await active()).toBe('inhalt');
    expect(await axe(page)).toEqual([]);
    await page.getByRole('radio', { name: 'Dunkel' }).check();
    expect(await page.evaluate(() => document.documentElement.dataset['kernTheme'])).toBe('dark');
    await page.getByRole('radio', { name: /^Aus/ }).check();
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
    await page.reload();
    await page.getByRole('radio', { name: 'Dunkel', checked: true }).waitFor();
    await page.getByRole('radio', { name: 'Wie das Gerät' }).check();
    await page.getByRole('radio', { name: 'An', exact: true }).check();
    await page.waitForLoadState('networkidle');
    expect(troubles).toEqual([]);
    await context.close();
  });
  test('UX-07 an address that does not exist, a session that has ended, a server that is away', async () => {
    const { page, context } = await as(browser, 'katrin.seidel', LOOKS[0]!, '/gibt-es-nicht');
    await page.getByRole('heading', { level: 1, name: 'Diese Seite gibt es nicht' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await context.clearCookies();
    await page.goto('/darstellung');
    await page.getByRole('heading', { level: 1, name: 'Anmelden' }).waitFor();
    expect(new URL(page.url()).searchParams.get('zurueck')).toBe('/darstellung');
    await context.route('**/api/v1/ich', (route) => route.abort());
    await page.goto('/');
    await page.getByText('Der Server ist nicht zu erreichen').waitFor();
    expect(await axe(page)).toEqual([]);
    await context.close();
  });
});

describe('people and Mandanten', () => {
  /** The API with the session of the page, as its own code calls it. */
  const api = (page: Page, method: string, path: string, body?: object) => page.evaluate(async ([m, p, b]) => {
    const answer = await fetch(`/api/v1${p}`, { method: m!, headers: b ? { 'content-type': 'application/json' } : {}, ...(b ? { body: b } : {}) });
    return { status: answer.status, body: await answer.json() as any };
  }, [method, path, body && JSON.stringify(body)] as const);

  test('a first login with a password of someone else leads to an own one and nowhere else; then into a second Mandant and back', async () => {
    const admin = await as(browser, 'sven.albers');
    const rolle = (await api(admin.page, 'GET', '/rollen')).body.eintraege.find((r: { schluessel: string }) => r.schluessel === 'sachbearbeitung').id;
    const anmeldename = `neu.${Date.now().toString(36)}`;
    const neu = await api(admin.page, 'POST', '/benutzer', { anmeldename, vorname: 'Änne', nachname: 'Groß', rollen: [rolle] });
    expect(neu.status).toBe(201);
    const zweiter = await as(browser, 'maike.tietjen');
    const rolleDort = (await api(zweiter.page, 'GET', '/rollen')).body.eintraege.find((r: { schluessel: string }) => r.schluessel === 'leser').id;
    expect((await api(zweiter.page, 'POST', '/benutzer', { anmeldename, bestehendesKonto: true, vorname: 'Änne', nachname: 'Groß', rollen: [rolleDort] })).status).toBe(201);

    const { page, context, troubles } = await openPage(browser, origin, LOOKS[0]!);
    await page.goto('/darstellung');
    await page.getByRole('radio', { name: /Auental/ }).check();
    await page.getByLabel('Anmeldename').fill(anmeldename);
    await page.getByLabel('Kennwort').fill(neu.body.einmalkennwort);
    await page.keyboard.press('Enter');
    await page.getByText('Ihr Kennwort hat jemand anderes vergeben').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'kennwort', LOOKS[0]!);
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Kennwort ändern' }).waitFor();
    await page.getByLabel('Bisheriges Kennwort').fill(neu.body.einmalkennwort);
    await page.getByLabel('Neues Kennwort', { exact: true }).fill('111111111111');
    await page.getByLabel('Neues Kennwort, noch einmal').fill('111111111111');
    await page.keyboard.press('Enter');
    await page.getByText('zu leicht zu erraten').waitFor();
    for (const feld of ['Neues Kennwort', 'Neues Kennwort, noch einmal']) await page.getByLabel(feld, { exact: true }).fill('Der Kranich fliegt im Herbst');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Mein Schreibtisch' }).waitFor();

    await page.locator('summary', { hasText: 'Mandant wechseln' }).click();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: /Hohenrode/ }).click();
    await page.locator('summary', { hasText: 'Landkreis Hohenrode' }).waitFor();
    await page.getByText('Änne Groß', { exact: true }).click();
    await page.getByRole('button', { name: 'Abmelden' }).click();
    await page.getByRole('heading', { level: 1, name: 'Anmelden' }).waitFor();
    expect(troubles).toEqual([]);
    await Promise.all([context, admin.context, zweiter.context].map((c) => c.close()));
  });
});
