import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, LOOKS, openBrowser, picture, sideways } from './browser.ts';
import { as } from './product.ts';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(async () => { await browser?.close(); });
const KLEIN = LOOKS.at(-1)!;

async function firstAkte(page: Page) {
  await page.goto('/akten');
  await page.locator('main table tbody tr a').first().click();
  await page.waitForURL(/\/akten\/[0-9a-f-]{36}/);
  return /\/akten\/([0-9a-f-]{36})/.exec(page.url())![1]!;
}

/** What an attempt before this one has left shared. */
const endShares = (page: Page, objektId: string) => page.evaluate(async (id) => {
  const { eintraege } = await (await fetch(`/api/v1/verbundfreigaben?objektId=${id}`)).json() as { eintraege: { id: string; rechte: string[] }[] };
  for (const f of eintraege) if (f.rechte.length) await fetch(`/api/v1/verbundfreigaben/${f.id}`, { method: 'DELETE' });
}, objektId);

test('BE-03 an Akte is shared between two counties, read there, and withdrawn', async () => {
  const { page, context, troubles } = await as(browser, 'holger.thiel');
  const akteId = await firstAkte(page);
  await endShares(page, akteId);
  const titel = (await page.getByRole('heading', { level: 1 }).textContent())!;
  await page.getByRole('link', { name: 'Geteilt' }).click();
  await page.getByRole('button', { name: 'Mit anderer Verwaltung teilen' }).click();
  await page.getByLabel('Verwaltung', { exact: true }).selectOption({ label: 'Landkreis Hohenrode' });
  await page.getByLabel('Für wen').selectOption({ label: '63 Bauordnungsamt' });
  await page.getByLabel('Zweck').fill('Gemeinsame Planung der Brücke');
  expect(await axe(page)).toEqual([]);
  await picture(page, 'verbund-teilen', LOOKS[0]!);
  await page.getByRole('button', { name: 'Teilen', exact: true }).click();
  await page.getByText('Geteilt mit 63 Bauordnungsamt (Landkreis Hohenrode)').waitFor();
  expect(await axe(page)).toEqual([]);
  // once is enough: until when, and what to do instead
  await page.getByRole('button', { name: 'Mit anderer Verwaltung teilen' }).click();
  await page.getByLabel('Verwaltung', { exact: true }).selectOption({ label: 'Landkreis Hohenrode' });
  await page.getByLabel('Für wen').selectOption({ label: '63 Bauordnungsamt' });
  await page.getByLabel('Zweck').fill('Noch einmal dasselbe');
  await page.getByRole('button', { name: 'Teilen', exact: true }).click();
  await page.getByRole('alert').getByText(/mit 63 Bauordnungsamt schon geteilt: Stufe „lesen“ bis .*beenden Sie diese Freigabe zuerst/).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'verbund-schon-geteilt', LOOKS[0]!);
  await page.getByRole('button', { name: 'Abbrechen' }).click();

  const gast = await as(browser, 'silke.baeumer');
  const tafel = gast.page.getByRole('region', { name: 'Mit uns geteilt' });
  await tafel.getByRole('link').first().waitFor({ timeout: 60_000 });
  expect(await axe(gast.page)).toEqual([]);
  await tafel.getByRole('link').first().click();
  await gast.page.getByText('Sie sind Gast bei Landkreis Auental').waitFor();
  await gast.page.getByRole('heading', { level: 1, name: titel }).waitFor();
  expect(gast.page.url()).toMatch(new RegExp(`/bei/[0-9a-f-]{36}/akten/${akteId}`));
  expect(await axe(gast.page)).toEqual([]);
  await picture(gast.page, 'verbund-gast', LOOKS[0]!);
  // the rail is that of a guest; nothing of one's own house is here, and nothing else of theirs
  expect(await gast.page.getByRole('navigation', { name: 'Hauptbereiche' }).getByRole('link').allTextContents()).toEqual(['Akten', 'Suche']);
  await gast.page.getByRole('navigation', { name: 'Hauptbereiche' }).getByRole('link', { name: 'Akten' }).click();
  await expect.poll(() => gast.page.locator('main table tbody tr').count()).toBe(1);
  await gast.page.getByRole('link', { name: 'Zurück in die eigene Sicht' }).click();
  await gast.page.getByRole('heading', { level: 1, name: 'Mein Schreibtisch' }).waitFor();
  expect(new URL(gast.page.url()).pathname).toBe('/');
  // at home it stands among one's own: looked at last, open there, found by the search, with the mark of its house
  const { betreff } = await page.request.get(`/api/v1/akten/${akteId}`).then((r) => r.json()) as { betreff: string };
  const dort = new RegExp(`^/bei/[0-9a-f-]{36}/akten/${akteId}$`);
  expect(await gast.page.getByRole('region', { name: 'Zuletzt gesehen' }).getByRole('link', { name: betreff }).getAttribute('href')).toMatch(dort);
  await gast.page.getByText(/^Dort in Bearbeitung: /).waitFor();
  expect(await axe(gast.page)).toEqual([]);
  await picture(gast.page, 'verbund-tisch', LOOKS[0]!);
  await gast.page.goto(`/suche?q=${encodeURIComponent(betreff)}`);
  const haus = gast.page.getByRole('group', { name: 'Haus' });
  await haus.getByRole('checkbox', { name: 'Landkreis Auental' }).check();
  await gast.page.waitForURL(/haus=/);
  await gast.page.getByRole('button', { name: /Landkreis Auental.*entfernen/ }).waitFor();
  const treffer = gast.page.locator('main').getByRole('link', { name: betreff }).first();
  expect(await treffer.getAttribute('href')).toMatch(dort);
  expect(await gast.page.locator('.va-treffer > li').count()).toBe(await gast.page.locator('.va-treffer > li .va-haus').count());
  expect(await axe(gast.page)).toEqual([]);
  await picture(gast.page, 'verbund-suche', LOOKS[0]!);
  await treffer.click();
  await gast.page.getByText('Sie sind Gast bei Landkreis Auental').waitFor();

  await page.getByRole('button', { name: /^Beenden/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Beenden' }).click();
  await page.getByText('von uns beendet').waitFor();
  const status = async () => (await gast.page.request.get(`/api/v1/bei/${(await page.request.get('/api/v1/ich').then((r) => r.json())).mandant.id}/akten/${akteId}`)).status();
  expect(await status()).toBe(404);
  await gast.page.goto(`/suche?q=${encodeURIComponent(betreff)}`);
  await gast.page.getByRole('heading', { level: 1, name: betreff }).waitFor();
  await gast.page.waitForLoadState('networkidle');
  expect([await gast.page.getByRole('group', { name: 'Haus' }).count(), await gast.page.locator('.va-haus').count()]).toEqual([0, 0]);
  expect([...troubles, ...gast.troubles]).toEqual([]);
  await context.close();
  await gast.context.close();
}, 240_000);

test('BE-03 a guest who may edit is asked for what he may change, and takes the explanation of his rights along', async () => {
  const { page, context } = await as(browser, 'holger.thiel');
  const get = (pfad: string) => page.request.get(`/api/v1${pfad}`).then((r) => r.json());
  const [vorgang] = (await get('/vorgaenge?limit=50&status=in_bearbeitung')).eintraege.filter((v: { rechte?: string[] }) => !v.rechte || v.rechte.includes('vorgang.bearbeiten'));
  await endShares(page, vorgang.id);
  await page.goto(`/vorgaenge/${vorgang.id}/geteilt`);
  await page.getByRole('button', { name: 'Mit anderer Verwaltung teilen' }).click();
  await page.getByLabel('Verwaltung', { exact: true }).selectOption({ label: 'Landkreis Hohenrode' });
  await page.getByLabel('Für wen').selectOption({ label: '63.1 Bauordnung' });
  await page.getByLabel('Zweck').fill('Gemeinsame Stellungnahme');
  await page.getByRole('radio', { name: /^bearbeiten/ }).check();
  await page.getByRole('button', { name: 'Teilen', exact: true }).click();
  await page.getByText('Geteilt mit 63.1 Bauordnung (Landkreis Hohenrode)').waitFor();
  const bei = `/bei/${(await get('/ich')).mandant.id}`;
  for (const look of LOOKS) {
    const gast = await as(browser, 'silke.baeumer', look);
    await expect.poll(async () => (await gast.page.request.get(`/api/v1${bei}/vorgaenge/${vorgang.id}`)).status(), { timeout: 60_000 }).toBe(200);
    await gast.page.goto(`${bei}/vorgaenge/${vorgang.id}/bearbeiten`);
    await gast.page.getByLabel(/^Bemerkung/).fill(`Von Hohenrode geprüft, ${look.scheme}`);
    for (const feld of ['Bearbeitung', 'Geheimhaltungsgrad', 'Aussonderungsart', 'Aufbewahrung']) expect([feld, await gast.page.getByLabel(feld, { exact: true }).count()]).toEqual([feld, 0]);
    expect([await axe(gast.page), await sideways(gast.page)]).toEqual([[], 0]);
    await picture(gast.page, 'verbund-gast-bearbeiten', look);
    await gast.page.getByRole('button', { name: 'Speichern' }).click();
    await gast.page.getByText(`Von Hohenrode geprüft, ${look.scheme}`).waitFor();
    await gast.page.goto(`${bei}/vorgaenge/${vorgang.id}/rechte`);
    const download = gast.page.waitForEvent('download');
    await gast.page.getByRole('link', { name: 'Als PDF' }).first().click();
    expect((await download).suggestedFilename()).toMatch(/\.pdf$/);
    expect(gast.troubles).toEqual([]);
    await gast.context.close();
  }
  await page.goto(`/vorgaenge/${vorgang.id}/geteilt`);
  await page.getByRole('button', { name: /^Beenden/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Beenden' }).click();
  await page.getByText('von uns beendet').waitFor();
  await context.close();
}, 240_000);

test('BE-02 PR-03 a Notzugriff is asked for, allowed by the Mandant and used; the Revision sees who has read, with a second person', async () => {
  const sven = await as(browser, 'sven.albers');
  const akteId = await firstAkte((await as(browser, 'katrin.seidel')).page);
  const betrieb = await as(browser, 'betrieb', LOOKS[0]!, '/notzugriffe');
  await betrieb.page.getByRole('button', { name: 'Notzugriff beantragen' }).click();
  await betrieb.page.getByLabel('Verwaltung', { exact: true }).selectOption({ label: 'Landkreis Auental' });
  await betrieb.page.getByLabel('Grund').fill('Störung 4711: Ansicht einer Akte bricht ab');
  expect(await axe(betrieb.page)).toEqual([]);
  await betrieb.page.locator('form').getByRole('button', { name: 'Notzugriff beantragen' }).click();
  await betrieb.page.getByText('beantragt', { exact: true }).first().waitFor();
  await sven.page.goto('/notzugriffe');
  await sven.page.getByRole('button', { name: 'Genehmigen' }).click({ timeout: 60_000 });
  await sven.page.getByText('läuft', { exact: true }).waitFor();
  expect(await axe(sven.page)).toEqual([]);
  await picture(sven.page, 'verbund-notzugriffe', LOOKS[0]!);
  await betrieb.page.getByRole('link', { name: 'In die Verwaltung gehen' }).click({ timeout: 60_000 });
  await betrieb.page.getByText('Sie sind Gast bei Landkreis Auental').waitFor();
  await betrieb.page.goto(`${new URL(betrieb.page.url()).pathname.split('/').slice(0, 3).join('/')}/akten/${akteId}`);
  await betrieb.page.getByRole('heading', { level: 1 }).waitFor();

  await sven.page.goto('/revision/lesezugriffe');
  await sven.page.getByRole('button', { name: 'Einsicht beantragen' }).click();
  await sven.page.getByLabel('Adresse oder Kennung').fill(akteId);
  await sven.page.getByLabel('Grund').fill('Prüfung des Notzugriffs 4711');
  expect(await axe(sven.page)).toEqual([]);
  await sven.page.locator('form').getByRole('button', { name: 'Einsicht beantragen' }).click();
  const petra = await as(browser, 'petra.olbrich', LOOKS[0]!, '/revision/lesezugriffe');
  await petra.page.getByRole('button', { name: /^Zustimmen/ }).first().click();
  await petra.page.getByText('offen', { exact: true }).first().waitFor();
  await sven.page.reload();
  await sven.page.locator('main table').getByRole('link').first().click();
  await sven.page.getByText(/Jule Petersen/).first().waitFor();
  expect(await axe(sven.page)).toEqual([]);
  await picture(sven.page, 'verbund-lesezugriffe', LOOKS[0]!);
  await sven.page.goto('/notzugriffe');
  await sven.page.getByRole('button', { name: 'Beenden' }).first().click();
  await sven.page.getByText('beendet', { exact: true }).first().waitFor();
  expect((await betrieb.page.request.get(`/api/v1/bei/${(await sven.page.request.get('/api/v1/ich').then((r) => r.json())).mandant.id}/akten/${akteId}`)).status()).toBe(404);
  expect([...sven.troubles, ...betrieb.troubles, ...petra.troubles]).toEqual([]);

  // the Datenschutz hears of all of it, and sees who asked why, not what was read
  for (const look of LOOKS) {
    const { page, troubles, context } = await as(browser, 'meike.brandt', look, '/benachrichtigungen');
    await page.getByText(/Notzugriff von Jule Petersen ist genehmigt/).first().waitFor({ timeout: 60_000 });
    await page.getByText('Lesezugriffe wurden eingesehen').first().waitFor({ timeout: 60_000 });
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
    await picture(page, 'verbund-datenschutz-glocke', look);
    await page.goto('/revision/lesezugriffe');
    await page.getByRole('rowheader').first().waitFor();
    await page.getByText('Prüfung des Notzugriffs 4711').first().waitFor();
    expect([await page.getByRole('button', { name: 'Einsicht beantragen' }).count(), await page.locator('main table').getByRole('link').count()]).toEqual([0, 0]);
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
    await picture(page, 'verbund-datenschutz', look);
    expect(troubles).toEqual([]);
    await context.close();
  }
  for (const { context } of [sven, betrieb, petra]) await context.close();
}, 240_000);

test('UX-08 the pages on a phone, in the dark: axe, no sideways scrolling', async () => {
  for (const [wer, pfad, name] of [['holger.thiel', '/freigaben', 'Von uns geteilt'], ['silke.baeumer', '/freigaben/erhalten', 'Mit uns geteilt'], ['sven.albers', '/notzugriffe', 'Notzugriffe'], ['sven.albers', '/revision/lesezugriffe', 'Wer hat gelesen']] as const) {
    const { page, context } = await as(browser, wer, KLEIN, pfad);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.waitForLoadState('networkidle');
    expect([pfad, await axe(page), await sideways(page)]).toEqual([pfad, [], 0]);
    await picture(page, `verbund${pfad.replaceAll('/', '-')}`, KLEIN);
    await context.close();
  }
}, 120_000);
