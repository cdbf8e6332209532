/** The way of a letter, from the scanner to being found, by hand and by keyboard alone; what goes wrong on the way; every state of the pages it passes. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createScan } from '#apps/server/demo/dateien.ts';
import type { Brief } from '#apps/server/demo/brief.ts';
import { createZufall } from '#apps/server/demo/zufall.ts';
import { axe, LOOKS, openBrowser, openPage, picture, sideways, TIGHT } from './browser.ts';
import { as, login, origin } from './product.ts';

const PERSON = 'katrin.seidel', FREMD = 'silke.baeumer';
/** Text recognition of a page, behind whatever the demo still has in the queue. */
const GELESEN = 420_000;
let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(async () => { await browser?.close(); });

const lauf = Date.now().toString(36);
const brief = (name: string, zeichen: string): Brief => ({
  kopf: [`Ada ${name}`, 'Am Mühlgraben 4', '49999 Auental'], empfaenger: ['Landkreis Auental', 'Bauordnung', 'Kreishausring 1', '49999 Auental'], ortDatum: 'Auental, den 17. November 2026', zeichen: [`Ihr Zeichen: ${zeichen}`],
  betreff: 'Anzeige der Fertigstellung', anrede: 'Sehr geehrte Damen und Herren,', absaetze: ['die Grundstücksentwässerungsanlage auf meinem Grundstück ist fertig und kann abgenommen werden.', `Für Rückfragen erreichen Sie Ada ${name} am Nachmittag.`],
  tabelle: [], gruss: ['Mit freundlichen Grüßen', `Ada ${name}`], absenderName: `Ada ${name}`, empfaengerName: 'Landkreis Auental', absenderMail: 'ada@post.example', empfaengerMail: 'bauordnung@lk-auental.example',
});
const scan = async (name: string, zeichen: string) => ({ name: `Scan ${name} ${lauf}.pdf`, mimeType: 'application/pdf', buffer: await createScan(brief(name, zeichen), createZufall(lauf.length)) });
/** An Aktenzeichen of an open Akte that the person works on. */
async function eigenesZeichen(page: Page): Promise<string> {
  const answer = await page.request.get('/api/v1/akten?eigene=true&status=in_bearbeitung&limit=1');
  return ((await answer.json()) as { eintraege: { aktenzeichen: string }[] }).eintraege[0]!.aktenzeichen;
}
const clicks = (page: Page) => page.addInitScript(() => { addEventListener('click', (e) => { if (e.isTrusted) (window as unknown as { klicks: number }).klicks = ((window as unknown as { klicks?: number }).klicks ?? 0) + 1; }, true); });
const klicks = (page: Page) => page.evaluate(() => (window as unknown as { klicks?: number }).klicks ?? 0);
const oeffneHinzufuegen = (page: Page) => page.getByRole('button', { name: 'Hinzufügen' }).click();
/** The number under which an upload has become an Eingang. */
const nummer = (page: Page, datei: string) => page.locator('.va-dateien > li', { hasText: datei }).getByRole('link', { name: /^PE \d{4}-\d{6}$/ });
async function wirf(page: Page, dateien: { name: string; type: string; text: string }[]) {
  const daten = await page.evaluateHandle((liste) => { const d = new DataTransfer(); for (const { name, type, text } of liste) d.items.add(new File([text], name, { type })); return d; }, dateien);
  await page.dispatchEvent('body', 'dragover', { dataTransfer: daten });
  await page.dispatchEvent('body', 'drop', { dataTransfer: daten });
}

describe('a scanned letter', () => {
  let dokument = '', eingang = '';
  test('RE-01, PE-09, UX-05: log in, upload, wait for its text, file it by the Aktenzeichen found in it, find it by a part of a compound', async () => {
    const { page, context, troubles } = await openPage(browser, origin, LOOKS[0]!);
    await clicks(page);
    await login(page, PERSON);
    const zeichen = await eigenesZeichen(page);
    await page.getByRole('link', { name: /^Posteingang/ }).first().click();
    await oeffneHinzufuegen(page);
    await page.locator('input[type=file]').first().setInputFiles(await scan('Vosskuhl', zeichen));
    await nummer(page, 'Vosskuhl').click();
    await page.getByRole('button', { name: 'Schließen' }).click();
    // the passage it was found in, the sign in it marked, the page named; no figures
    const karte = page.locator('.va-zielwahl__karte', { hasText: 'steht im Text' });
    await karte.waitFor({ timeout: GELESEN });
    expect(await karte.locator('mark').textContent()).toContain(zeichen.slice(-4));
    expect(await karte.textContent()).toMatch(/Ihr Zeichen.*steht im Text, Seite 1$/);
    expect(await karte.getByRole('radio').isChecked()).toBe(true);
    // the page stays in sight when its text arrives
    await page.locator('.va-schau__seite canvas').first().waitFor();
    expect(await page.getByText('Dieses Dokument lässt sich nicht anzeigen').count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    await picture(page, 'brief-vorschlag', LOOKS[0]!);
    eingang = new URL(page.url()).pathname;
    const vorher = await klicks(page);
    await page.getByLabel('Absender', { exact: true }).fill('Ada Vosskuhl');
    await page.getByRole('button', { name: /^Ablegen und nächsten zeigen/ }).click();
    const fertig = page.getByText(/^Abgelegt in /);
    await fertig.waitFor();
    // filing took one click; the next letter is there
    expect(await klicks(page) - vorher).toBe(1);
    expect(new URL(page.url()).pathname).not.toBe(eingang);
    await picture(page, 'brief-abgelegt', LOOKS[0]!);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('link', { name: 'Dokument öffnen' }).click();
    await page.waitForURL('**/dokumente/*');
    dokument = new URL(page.url()).pathname;
    await expect.poll(async () => { await page.goto('/suche?q=Entw%C3%A4sserungsanlage+Vosskuhl'); await page.locator('.va-treffer > li, .va-leer').first().waitFor(); return page.locator(`.va-treffer a[href^="${dokument}"]`).count(); }, { timeout: 60_000, interval: 1_000 }).toBeGreaterThan(0);
    expect((await page.locator('.va-treffer mark').allTextContents()).join(' ')).toMatch(/entw[äa]sserungsanlage/i);
    await picture(page, 'brief-gefunden', LOOKS[0]!);
    expect(troubles).toEqual([]);
    await context.close();
  }, 600_000);

  test('issue 2: another Mandant sees nothing of it: search, address of the Dokument, of the Eingang, of its bytes', async () => {
    const { page, context } = await as(browser, FREMD, LOOKS[0]!, '/suche?q=Vosskuhl');
    await page.getByText('Nichts gefunden zu „Vosskuhl“').waitFor();
    for (const pfad of [dokument, eingang]) {
      await page.goto(pfad);
      await page.getByRole('alert').getByText(/nicht gefunden|gibt es nicht/i).waitFor();
      expect(await page.content()).not.toContain('Vosskuhl');
      expect((await page.request.get(`/api/v1${pfad.replace('/posteingang', '/eingaenge')}`)).status()).toBe(404);
    }
    await context.close();
  }, 120_000);

  test('UX-08: the same by keyboard alone', async () => {
    const { page, context, troubles } = await as(browser, PERSON, LOOKS[0]!, '/');
    const zeichen = await eigenesZeichen(page);
    const datei = await scan('Quendolin', zeichen);
    const fokus = async (name: string | RegExp) => { for (let i = 0; i < 80; i++) { await page.keyboard.press('Tab'); const ziel = page.getByRole('button', { name }).or(page.getByRole('link', { name })).or(page.getByLabel(name)); if (await ziel.evaluateAll((alle) => alle.includes(document.activeElement as HTMLElement))) return; } throw new Error(`not reached by Tab: ${String(name)}`); };
    await page.locator('h1').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('heading', { level: 1, name: 'Posteingang' }).waitFor();
    await fokus('Hinzufügen');
    await page.keyboard.press('Enter');
    await page.getByText('Dateien wählen').first().waitFor();
    await page.waitForTimeout(500); // the new page takes the focus to its heading first
    await fokus('Dateien wählen');
    const [wahl] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
    await wahl.setFiles(datei);
    await nummer(page, 'Quendolin').waitFor();
    await fokus(/^PE \d{4}-\d{6}$/);
    await page.keyboard.press('Enter');
    await page.locator('.va-zielwahl__karte', { hasText: 'steht im Text' }).waitFor({ timeout: GELESEN });
    await fokus(/^Absender$/);
    await page.keyboard.type('Ada Quendolin');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^Abgelegt in /).waitFor();
    // the next one is open, and the keys go on from there
    await page.locator('.va-eingang.ist-offen').waitFor();
    const davor = page.url();
    await page.locator('.va-schau__titel').waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    expect(page.url()).toMatch(/\/posteingang\/[0-9a-f-]{36}/);
    expect(davor).toMatch(/\/posteingang\/[0-9a-f-]{36}/);
    expect(troubles).toEqual([]);
    await context.close();
  }, 600_000);
});

describe('what comes in otherwise', () => {
  test('PE-07: an e-mail dropped from the mail program brings Absender, Betreff and Anlage', async () => {
    const { page, context, troubles } = await as(browser, PERSON, LOOKS[0]!, '/posteingang');
    await page.getByRole('heading', { level: 1, name: 'Posteingang' }).waitFor();
    const text = [`From: "Planungsbüro Tiefgrün" <post@tiefgruen.example>`, 'To: bauordnung@lk-auental.example', `Subject: Nachgereichte Unterlagen ${lauf}`, 'Date: Thu, 19 Nov 2026 08:31:00 +0100', `Message-ID: <${lauf}@tiefgruen.example>`, 'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=g', '', '--g', 'Content-Type: text/plain; charset=utf-8', '', 'Guten Tag, anbei der Lageplan.', '--g', 'Content-Type: text/plain; name="lageplan.txt"', 'Content-Disposition: attachment; filename="lageplan.txt"', '', 'Lageplan', '--g--', ''].join('\r\n');
    await wirf(page, [{ name: `mail-${lauf}.eml`, type: 'message/rfc822', text }]);
    await nummer(page, `mail-${lauf}`).click();
    await expect.poll(() => page.getByLabel('Absender', { exact: true }).inputValue(), { timeout: GELESEN }).toBe('Planungsbüro Tiefgrün');
    expect(await page.getByLabel('Betreff', { exact: true }).inputValue()).toBe(`Nachgereichte Unterlagen ${lauf}`);
    expect(await page.getByLabel('Datum des Schreibens').inputValue()).toBe('2026-11-19');
    await page.getByRole('link', { name: 'lageplan.txt' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'brief-mail', LOOKS[0]!);
    expect(troubles).toEqual([]);
    await context.close();
  }, 600_000);

  test('PE-01: an upload cut off in the middle says so, leaves nothing behind, and goes through when it is sent again', async () => {
    const { page, context } = await as(browser, PERSON, LOOKS[0]!, '/posteingang');
    const netz = await context.newCDPSession(page);
    const stelle = (offline: boolean, hinauf: number) => netz.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput: hinauf });
    await netz.send('Network.enable');
    await oeffneHinzufuegen(page);
    await stelle(false, 200_000);
    const name = `Abriss ${lauf}`;
    const anzahl = async () => ((await (await page.request.get(`/api/v1/eingaenge?text=${encodeURIComponent(name)}`)).json()) as { gesamt: number }).gesamt;
    await page.locator('input[type=file]').first().setInputFiles({ name: `${name}.txt`, mimeType: 'text/plain', buffer: Buffer.alloc(3_000_000, `Zeile des Briefes ${lauf}\n`) });
    const zeile = page.locator('.va-dateien > li', { hasText: name });
    await expect.poll(() => zeile.getByRole('progressbar').evaluate((e) => Number(e.getAttribute('aria-valuenow') ?? (e as HTMLProgressElement).value)), { timeout: 30_000 }).toBeGreaterThan(0);
    await picture(page, 'brief-laeuft', LOOKS[0]!);
    await stelle(true, 0);
    await zeile.getByRole('button', { name: 'Noch einmal' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'brief-abgerissen', LOOKS[0]!);
    await stelle(false, -1);
    expect(await anzahl()).toBe(0);
    await zeile.getByRole('button', { name: 'Noch einmal' }).click();
    await nummer(page, name).waitFor({ timeout: 60_000 });
    expect(await anzahl()).toBe(1);
    await context.close();
  }, 180_000);

  test('a file that is refused says why', async () => {
    const { page, context } = await as(browser, PERSON, LOOKS[0]!, '/posteingang');
    await oeffneHinzufuegen(page);
    await page.locator('input[type=file]').first().setInputFiles({ name: 'leer.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) });
    await page.getByText('Die Datei ist leer').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'brief-leer', LOOKS[0]!);
    await context.close();
  }, 60_000);
});

/** Each state of a page, and how one gets there. */
const zustaende: [string, string, ((page: Page) => Promise<unknown>)?][] = [
  ['schreibtisch', '/', (p) => p.getByRole('heading', { name: 'Meine Körbe' }).waitFor()],
  ['post-liste', '/posteingang', (p) => p.locator('.va-eingang').first().waitFor()],
  ['post-offen', '/posteingang', async (p) => { await p.locator('.va-eingang a').first().click(); await p.getByRole('button', { name: /^Ablegen und nächsten/ }).waitFor(); await p.locator('.va-schau__titel').waitFor({ state: 'attached' }); }],
  ['post-fehlt', '/posteingang', async (p) => { await p.locator('.va-eingang a').first().click(); await p.getByRole('radio', { name: 'Neue Akte' }).check(); await p.getByRole('button', { name: /^Ablegen und nächsten/ }).click(); await p.getByText('Bitte die Aktenplaneinheit wählen').waitFor(); }],
  ['post-weiterleiten', '/posteingang', async (p) => { await p.locator('.va-eingang a').first().click(); await p.getByRole('button', { name: 'Weiterleiten' }).click(); await p.getByLabel('An', { exact: true }).waitFor(); }],
  ['post-zurueckweisen', '/posteingang', async (p) => { await p.locator('.va-eingang a').first().click(); await p.getByRole('button', { name: 'Zurückweisen …' }).click(); await p.getByLabel('Grund').waitFor(); }],
  ['post-sammeln', '/posteingang', async (p) => { await p.locator('.va-eingang').first().waitFor(); await p.getByRole('checkbox', { name: 'Alle auf dieser Seite auswählen' }).check(); await p.getByRole('button', { name: /Eingänge? ablegen/ }).waitFor(); }],
  ['post-hinzufuegen', '/posteingang', async (p) => { await oeffneHinzufuegen(p); await p.getByRole('heading', { name: 'Eingänge hinzufügen' }).waitFor(); }],
  ['post-nichts', '/posteingang?text=xylophonquaste', (p) => p.getByText('Kein Eingang passt zu den Filtern.').waitFor()],
  ['post-abgelegt', '/posteingang?status=zugeordnet', async (p) => { await p.locator('.va-eingang a').first().click(); await p.getByRole('link', { name: 'Dokument öffnen' }).waitFor(); }],
  ['post-fehler', '/posteingang', async (p) => { await p.route('**/api/v1/eingaenge?*', (r) => r.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ type: '/fehler/allgemein.unerwartet', title: 'Unerwarteter Fehler', status: 500, code: 'allgemein.unerwartet', instance: '0199' }) })); await p.reload(); await p.getByRole('alert').waitFor(); }],
  ['glocke', '/benachrichtigungen', (p) => p.getByRole('heading', { level: 1, name: 'Benachrichtigungen' }).waitFor()],
  ['glocke-einstellungen', '/benachrichtigungen/einstellungen', (p) => p.getByLabel(/^Weg: Ein neuer Eingang/).waitFor()],
];
test('UX-08: every state of desk, Posteingang and bell in each look: axe, no sideways scrolling', async () => {
  for (const look of LOOKS) {
    const { page, context, troubles } = await as(browser, PERSON, look);
    for (const [name, pfad, hin] of zustaende) {
      await page.goto(pfad);
      await page.locator('h1').first().waitFor();
      await hin?.(page);
      expect([name, look, await sideways(page)]).toEqual([name, look, 0]);
      expect([name, look, await axe(page)]).toEqual([name, look, []]);
      await picture(page, `brief-${name}`, look);
      await page.unrouteAll();
    }
    expect(troubles.filter((t) => !t.includes('status of 500'))).toEqual([]);
    await context.close();
  }
}, 480_000);

test('UX-08: narrowest screens scroll only downwards; an empty basket says one sentence', async () => {
  for (const look of TIGHT) for (const [name, pfad, hin] of zustaende.filter(([n]) => ['schreibtisch', 'post-offen', 'post-hinzufuegen', 'glocke-einstellungen'].includes(n))) {
    const { page, context } = await as(browser, PERSON, look, pfad);
    await page.locator('h1').first().waitFor();
    await hin?.(page);
    expect([name, look, await sideways(page)]).toEqual([name, look, 0]);
    await context.close();
  }
  const { page, context } = await as(browser, PERSON, LOOKS[0]!, '/');
  await page.route('**/api/v1/eingaenge?*', (r) => r.fulfill({ contentType: 'application/json', body: JSON.stringify({ eintraege: [], gesamt: 0, weiter: null }) }));
  await page.goto('/posteingang');
  await page.getByText('Hier ist alles abgelegt.').waitFor();
  expect(await page.getByText('Hier ist alles abgelegt.').count()).toBe(1);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'brief-post-leer', LOOKS[0]!);
  await context.close();
}, 120_000);

test('the default basket is set in the Verwaltung', async () => {
  const { page, context, troubles } = await as(browser, 'sven.albers', LOOKS[0]!, '/verwaltung/posteingang');
  await page.getByRole('combobox', { name: 'Korb' }).selectOption({ label: '10.1 Poststelle und Registratur' });
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('Gespeichert').waitFor();
  await picture(page, 'brief-korb', LOOKS[0]!);
  expect(troubles).toEqual([]);
  await context.close();
}, 60_000);
