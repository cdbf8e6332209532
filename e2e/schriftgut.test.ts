import { readFile } from 'node:fs/promises';
import { PDFDocument, PDFName } from 'pdf-lib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, LOOKS, openBrowser, picture, sideways, TIGHT, type Look } from './browser.ts';
import { as } from './product.ts';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(async () => { await browser?.close(); });
const PERSON = 'katrin.seidel';
const REGISTRATUR = 'renate.vogt';

/** A letter of `pages` pages. */
async function letter(name: string, pages = 1) {
  const pdf = await PDFDocument.create();
  for (let i = 1; i <= pages; i++) pdf.addPage([595, 842]).drawText(`${name}, Seite ${i}`, { x: 60, y: 760, size: 14 });
  return { name: `${name}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(await pdf.save()) };
}
/** The API with the session of the page, as its own code calls it. */
const api = (page: Page, method: string, path: string, body?: object, ifMatch?: number) => page.evaluate(async ([m, p, b, v]) => {
  const answer = await fetch(`/api/v1${p}`, { method: m!, headers: { ...(b ? { 'content-type': 'application/json' } : {}), ...(v ? { 'if-match': `"${v}"` } : {}) }, ...(b ? { body: b } : {}) });
  return { status: answer.status, body: await answer.json() as any };
}, [method, path, body && JSON.stringify(body), ifMatch && String(ifMatch)] as const);

/** An Akte with two Vorgänge in the office of the clerk, made through the API. */
async function makeAkte(page: Page, betreff: string) {
  const einheit = (await api(page, 'GET', '/aktenplaneinheiten?suche=631.20&belegbar=true')).body.eintraege[0];
  const muster = (await api(page, 'GET', '/akten?limit=200')).body.eintraege.find((a: { federfuehrung: { kennzeichen: string } }) => a.federfuehrung.kennzeichen === '63.1');
  const akte = await api(page, 'POST', '/akten', { aktenplaneinheitId: einheit.id, betreff, federfuehrungId: muster.federfuehrung.id });
  expect(akte.status).toBe(201);
  const vorgaenge = [];
  for (const v of ['Antrag', 'Beteiligung']) vorgaenge.push((await api(page, 'POST', '/vorgaenge', { akteId: akte.body.id, betreff: v })).body);
  return { akte: akte.body, vorgaenge };
}
const makePaper = (page: Page, vorgangId: string, betreff: string) => api(page, 'POST', '/dokumente', { vorgangId, betreff, art: 'intern', medium: 'papier', standort: 'Registratur, Schrank 4', datumDesSchreibens: '2026-03-01' });
const menu = (page: Page) => page.locator('.va-aktenkopf').getByLabel('Weitere Aktionen');
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();

test('ST-01, ST-03, AZ-01, PR-01 day one: an Akte, a Vorgang in it, a letter in that; read, corrected, moved, replaced, cancelled and brought back; the history tells it all', async () => {
  const { page, context, troubles } = await as(browser, PERSON, LOOKS[0]!, '/akten/neu');
  await page.getByRole('combobox', { name: 'Aktenplaneinheit' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox'); // the first field waits for input
  await page.keyboard.type('631.20');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('Betreff').fill('Aufstockung Müllersche Scheune');
  await page.getByLabel('Federführung').selectOption({ label: '63.1 Bauordnung' });
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Akte anlegen' }).click();
  await heading(page, 'Aufstockung Müllersche Scheune');
  const az = (await page.locator('.va-titelzeile .va-az').textContent())!;
  expect(az).toMatch(/^631\.20-\d{4}\/\d{4}$/);

  await page.locator('.va-aktenkopf').getByRole('link', { name: /^Vorgang/ }).click();
  await heading(page, 'Neuer Vorgang');
  await page.getByLabel('Betreff').fill('Prüfung des Antrags');
  await page.getByRole('button', { name: 'Vorgang anlegen' }).click();
  await heading(page, 'Prüfung des Antrags');
  expect(await page.locator('.va-titelzeile .va-az').textContent()).toBe(`${az}-01`);

  await page.locator('.va-aktenkopf').getByRole('link', { name: 'Dokument' }).click();
  const filing = page.getByRole('region', { name: 'Dokument ablegen' });
  await filing.locator('input[type=file]').setInputFiles(await letter('Bauantrag Scheune'));
  await filing.getByLabel('Betreff').waitFor();
  await filing.getByRole('button', { name: /^Dokument ablegen/ }).click();
  await filing.getByText(/Absender/).last().waitFor(); // an Eingang has a sender: said here, before anything is lost
  await filing.getByLabel('Absender (Person oder Stelle)').fill('Jürgen Müller');
  expect(await axe(page)).toEqual([]);
  await filing.getByRole('button', { name: /^Dokument ablegen/ }).click();
  await page.getByText('1 Dokument abgelegt').waitFor();
  await page.getByRole('link', { name: 'Dokument öffnen' }).click();
  await heading(page, 'Bauantrag Scheune');
  await page.locator('.va-schau__flaeche canvas').first().waitFor({ timeout: 90_000 });

  // MD-01: metadata are corrected
  await page.getByRole('link', { name: 'Angaben ändern' }).click();
  await page.getByLabel('Ihr Zeichen (fremdes Geschäftszeichen)').fill('JM-2026/7');
  await page.getByRole('textbox', { name: 'Betreff' }).fill('Bauantrag Scheune, berichtigt');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Speichern' }).click();
  await heading(page, 'Bauantrag Scheune, berichtigt');
  await page.getByText('JM-2026/7').waitFor();

  // ST-04: replaced by a new version, the old one stays
  await page.getByRole('link', { name: /^Fassungen/ }).click();
  const dateiwahl = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Neue Fassung' }).click();
  await (await dateiwahl).setFiles(await letter('Bauantrag Scheune neu', 2));
  await page.getByText('Fassung 2 abgelegt').waitFor();
  await page.getByRole('heading', { name: 'Fassung 1' }).waitFor();
  await expect.poll(() => page.getByRole('group', { name: 'Fassungen' }).getByRole('button').count()).toBe(2);
  expect(await axe(page)).toEqual([]);

  // ST-07: moved, straight into the Akte and found there
  await page.getByRole('button', { name: 'Verschieben' }).click();
  await page.getByRole('combobox').fill(az);
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Hierhin verschieben' }).click();
  await page.getByText(`Verschoben nach ${az} Aufstockung Müllersche Scheune`).waitFor();

  // ST-08: Storno hides it, marks it, and is taken back
  await menu(page).click();
  await page.getByRole('button', { name: 'Stornieren …' }).click();
  await page.getByRole('dialog').getByLabel('Grund').fill('Falsche Akte');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Stornieren' }).click();
  await page.getByText(/^Storniert am .* von Katrin Seidel: Falsche Akte/).waitFor();
  expect(await page.locator('h1.va-gestrichen').count()).toBe(1);
  expect(await axe(page)).toEqual([]);
  const dokument = page.url();
  await page.locator('.va-eckdaten').getByRole('link').click();
  await heading(page, 'Aufstockung Müllersche Scheune');
  await page.getByRole('link', { name: 'Mit stornierten' }).click();
  await page.locator('.va-baum .va-gestrichen', { hasText: 'Bauantrag Scheune, berichtigt' }).waitFor();
  await page.getByRole('link', { name: 'Vorgänge', exact: true }).click();
  await page.locator('.va-baum .va-gestrichen').waitFor({ state: 'detached' });
  await page.goto(dokument);
  await page.getByRole('button', { name: 'Storno zurücknehmen' }).click();
  await page.locator('h1.va-gestrichen').waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Verlauf' }).click();
  const verlauf = page.getByRole('table');
  for (const satz of ['hat den Eingang „Bauantrag Scheune“ abgelegt', 'hat das Dokument geändert', 'hat Fassung 2 angelegt', 'hat das Dokument von', 'hat das Dokument storniert. Grund: Falsche Akte', 'hat das Storno des Dokuments zurückgenommen']) await verlauf.getByText(satz).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'dokument-verlauf', LOOKS[0]!);
  expect(troubles).toEqual([]);
  await context.close();
}, 300_000);

test('ST-12 a Vorgang goes as one PDF with a contents page, and as ZIP with the originals and their sums; the address is copied with the Kennzeichen (UX-09); a favourite is found again', async () => {
  const { page, context, troubles } = await as(browser, PERSON);
  const { vorgaenge: [v] } = await makeAkte(page, 'Ausgabe der Akte');
  await page.goto(`/vorgaenge/${v.id}?ablegen=ja`);
  const filing = page.getByRole('region', { name: 'Dokument ablegen' });
  await filing.locator('input[type=file]').setInputFiles([await letter('Erstes Schreiben', 2), await letter('Zweites Schreiben', 3)]);
  await filing.getByRole('radio', { name: 'intern' }).check();
  await filing.getByRole('button', { name: '2 Dokumente ablegen' }).click();
  await page.getByText('2 Dokumente abgelegt').waitFor();

  const fetched = async (name: string) => {
    await menu(page).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const pdf = await fetched('Als PDF herunterladen');
  expect(pdf.name).toMatch(/Antrag\.pdf$/);
  const gelesen = await PDFDocument.load(pdf.bytes);
  expect(gelesen.getPageCount()).toBe(1 + 2 + 3);
  expect(gelesen.catalog.has(PDFName.of('Outlines'))).toBe(true);
  const zip = await fetched('Als ZIP mit Originalen herunterladen');
  for (const teil of ['sha256sums.txt', 'metadaten.json', 'Erstes Schreiben.pdf', 'Zweites Schreiben.pdf']) expect(zip.bytes.includes(Buffer.from(teil))).toBe(true);

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await menu(page).click();
  await page.getByRole('button', { name: 'Link kopieren' }).click();
  await page.getByText('Link mit Kennzeichen kopiert').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toBe(`${v.kennzeichen} ${v.betreff}\n${new URL(page.url()).origin}/vorgaenge/${v.id}`);

  const akte = text && v.akteId as string;
  await page.goto(`/akten/${akte}`);
  await page.getByRole('button', { name: 'Merken', exact: true }).click();
  await page.getByRole('button', { name: 'Gemerkt – wieder entfernen' }).waitFor();
  await page.goto('/akten');
  await page.getByRole('link', { name: 'Gemerkt', exact: true }).click();
  await page.getByRole('table').getByRole('link', { name: 'Ausgabe der Akte' }).click();
  await page.getByRole('button', { name: 'Gemerkt – wieder entfernen' }).click();
  await page.getByRole('button', { name: 'Merken', exact: true }).waitFor();

  // what was taken along stands in the history
  await page.goto(`/vorgaenge/${v.id}/verlauf`);
  await page.getByText('hat den Vorgang als PDF ausgegeben').waitFor();
  await page.getByText('hat den Vorgang als ZIP ausgegeben').waitFor();
  expect(troubles).toEqual([]);
  await context.close();
}, 300_000);

test('UX-02 a list of 60: pages with an exact count and the way back, sorted and filtered in the address, several chosen and moved at once, exported as CSV and XLSX', async () => {
  const { page, context, troubles } = await as(browser, PERSON);
  const { akte, vorgaenge: [von, nach] } = await makeAkte(page, 'Viele Dokumente');
  for (let i = 1; i <= 60; i++) expect((await makePaper(page, von.id, `Blatt ${String(i).padStart(2, '0')}`)).status).toBe(201);
  await page.goto(`/vorgaenge/${von.id}?ansicht=datum`);
  await page.getByText('1 bis 50 von 60').waitFor();
  await page.getByRole('button', { name: 'Betreff' }).click();
  await page.getByRole('row').nth(1).getByText('Blatt 01').waitFor();
  await page.getByRole('button', { name: 'Weiter' }).click();
  await page.getByText('51 bis 60 von 60').waitFor();
  expect(new URL(page.url()).searchParams.get('d.sort')).toBe('betreff');
  await page.reload();
  await page.getByText('51 bis 60 von 60').waitFor();
  await page.getByRole('button', { name: 'Zurück' }).click();
  await page.getByText('1 bis 50 von 60').waitFor();
  await page.getByRole('searchbox', { name: 'Suchen' }).fill('Blatt 60');
  await page.getByText('1 Eintrag').waitFor();
  await page.getByRole('searchbox', { name: 'Suchen' }).fill('');
  await page.getByText('1 bis 50 von 60').waitFor();

  const lade = async (art: RegExp) => {
    await page.getByLabel('Liste herunterladen').click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: art }).click()]);
    return readFile(await download.path());
  };
  expect((await lade(/CSV/)).toString('utf8').trim().split('\n')).toHaveLength(61);
  expect((await lade(/XLSX/)).subarray(0, 2).toString()).toBe('PK');

  for (const blatt of ['Blatt 01', 'Blatt 02', 'Blatt 03']) await page.getByRole('checkbox', { name: `${blatt} auswählen` }).check();
  const auswahl = page.getByRole('group', { name: '3 gewählt' });
  expect(await axe(page)).toEqual([]);
  await auswahl.getByRole('button', { name: 'Verschieben' }).click();
  await page.getByRole('combobox', { name: 'Akte' }).fill(akte.aktenzeichen);
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByLabel('Vorgang').selectOption({ label: `${nach.kennzeichen.split('-').at(-1)} ${nach.betreff}` });
  await page.getByRole('button', { name: 'Hierhin verschieben' }).click();
  await page.getByText(/^Verschoben nach/).waitFor();
  await page.getByText('1 bis 50 von 57').waitFor();
  expect(new URL(page.url()).searchParams.get('d.sort')).toBe('betreff'); // order and filters are kept
  await page.goto(`/vorgaenge/${nach.id}`);
  await page.getByRole('link', { name: 'Blatt 02' }).waitFor();
  expect(troubles).toEqual([]);
  await context.close();
}, 300_000);

test('EX-06 the content of an Akte by keyboard alone: from row to row, a Vorgang opened and closed, a Dokument chosen beside the list and opened', async () => {
  const { page, context, troubles } = await as(browser, PERSON);
  const { akte, vorgaenge: [v] } = await makeAkte(page, 'Mit der Tastatur');
  for (const b of ['Erstes', 'Zweites']) await makePaper(page, v.id, b);
  await page.goto(`/akten/${akte.id}`);
  await page.locator('.va-baum').getByRole('link', { name: 'Zweites' }).waitFor();
  const active = () => page.evaluate(() => document.activeElement?.textContent);
  await page.locator('h1').click();
  await page.keyboard.press('j');
  expect(await active()).toBe('01 Antrag');
  await page.keyboard.press('Shift+Tab');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('01 Antrag zuklappen');
  await page.keyboard.press('Enter');
  await page.locator('.va-baum').getByRole('link', { name: 'Erstes' }).waitFor({ state: 'detached' });
  expect(await page.evaluate(() => [document.activeElement?.getAttribute('aria-label'), document.activeElement?.getAttribute('aria-expanded')])).toEqual(['01 Antrag aufklappen', 'false']);
  await page.keyboard.press('Space');
  await page.locator('.va-baum').getByRole('link', { name: 'Erstes' }).waitFor();
  await page.keyboard.press('j');
  const gewaehlt = await active();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.has('dokument'));
  await page.locator('.va-baum tr.ist-gewaehlt', { hasText: gewaehlt! }).waitFor();
  expect(await active()).toBe(gewaehlt); // the focus stays in the list
  await page.keyboard.press('n');
  await heading(page, 'Neuer Vorgang');
  expect(troubles).toEqual([]);
  await context.close();
}, 180_000);

test('ST-06 an Akte with open Vorgänge says what stands against closing it; with them it is closed, and reopened with a reason', async () => {
  const { page, context, troubles } = await as(browser, PERSON);
  const { akte } = await makeAkte(page, 'Abzuschließen');
  await page.goto(`/akten/${akte.id}`);
  await page.getByRole('button', { name: 'z. d. A.' }).click();
  const dialog = page.getByRole('dialog', { name: 'Akte z. d. A. schreiben' });
  await dialog.getByText('2 Vorgänge sind noch nicht z. d. A.').waitFor();
  expect(await dialog.getByRole('button', { name: 'Akte z. d. A. schreiben' }).isDisabled()).toBe(true);
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('checkbox', { name: 'Offene Vorgänge mit schließen' }).check();
  await dialog.getByRole('button', { name: 'Akte z. d. A. schreiben' }).click();
  await page.getByRole('button', { name: 'Wiedereröffnen' }).click();
  await page.getByRole('dialog').getByLabel('Grund').fill('Nachtrag eingegangen');
  await page.getByRole('dialog').getByRole('button', { name: 'Wiedereröffnen' }).click();
  await page.locator('.va-titelzeile').getByText('in Bearbeitung').waitFor();
  expect(troubles).toEqual([]);
  await context.close();
}, 180_000);

const pagesOf = async (page: Page) => {
  const { akte, vorgaenge: [v] } = await makeAkte(page, 'Donaudampfschifffahrtsgesellschaftsgebäude, Nutzungsänderung zum Beherbergungsbetrieb');
  const d = (await makePaper(page, v.id, 'Grundstücksentwässerungsanlagengenehmigung')).body;
  await api(page, 'PATCH', `/dokumente/${d.id}`, { geheimhaltung: { grad: 'vs_nfd', eingestuftAm: '2026-01-05', herausgeber: 'Ministerium für Inneres' }, fremdesGeschaeftszeichen: 'ZZ 44/2026-0815' }, d.version);
  const einheit = akte.aktenplaneinheit.id as string;
  return [
    ['akten', '/akten'], ['akte', `/akten/${akte.id}`], ['akte-datum', `/akten/${akte.id}?ansicht=datum`], ['akte-ablegen', `/akten/${akte.id}?ablegen=ja`], ['akte-angaben', `/akten/${akte.id}/angaben`], ['akte-bearbeiten', `/akten/${akte.id}/bearbeiten`],
    ['akte-beteiligte', `/akten/${akte.id}/beteiligte`], ['akte-verweise', `/akten/${akte.id}/verweise`], ['akte-verlauf', `/akten/${akte.id}/verlauf`], ['akte-neu', '/akten/neu'], ['vorgang', `/vorgaenge/${v.id}`], ['vorgang-neu', `/vorgaenge/neu?akte=${akte.id}`],
    ['dokument', `/dokumente/${d.id}`], ['dokument-angaben', `/dokumente/${d.id}/angaben`], ['dokument-fassungen', `/dokumente/${d.id}/fassungen`], ['dokument-anlagen', `/dokumente/${d.id}/anlagen`], ['dokument-verlauf', `/dokumente/${d.id}/verlauf`],
    ['aktenplan', '/aktenplan'], ['aktenplan-einheit', `/aktenplan/${einheit}`], ['aktenplan-bearbeiten', `/aktenplan/${einheit}/bearbeiten`], ['aktenplan-zusammenfuehren', `/aktenplan/${einheit}/zusammenfuehren`], ['verwaltung-aktenplan', '/verwaltung/aktenplan'], ['verwaltung-aktenzeichen', '/verwaltung/aktenzeichen'], ['verwaltung-akten', '/verwaltung/akten'],
  ] as const;
};
let pages: Awaited<ReturnType<typeof pagesOf>> | undefined;
for (const look of [...LOOKS, ...TIGHT.slice(0, 1)] as Look[]) test(`UX-08 every page of Akten and Aktenplan at ${look.width} × ${look.height} ${look.scheme}: axe 0, nothing sideways, no label over its value`, async () => {
  const { page, context, troubles } = await as(browser, REGISTRATUR, look);
  pages ??= await pagesOf(page);
  for (const [name, path] of pages) {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    expect([name, await sideways(page)]).toEqual([name, 0]);
    expect([name, await axe(page)]).toEqual([name, []]);
    expect([name, await page.evaluate(() => [...document.querySelectorAll('.va-angaben dt')].filter((dt) => dt.scrollWidth > dt.clientWidth + 1).map((dt) => dt.textContent))]).toEqual([name, []]);
    await picture(page, `schriftgut-${name}`, look);
  }
  expect(troubles).toEqual([]);
  await context.close();
}, 400_000);
