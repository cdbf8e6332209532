import { join } from 'node:path';
import { cp, glob, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedDir } from '#platform/testing/shared.ts';
import { axe, LOOKS, openBrowser, openPage, picture, sideways, TIGHT } from './browser.ts';
import { startMuster } from './muster-server.ts';

const normdaten = sharedDir();
let browser: Browser;
let muster: Awaited<ReturnType<typeof startMuster>>;

/** A letter of twelve pages with a known word on pages 3 and 9, one of them parted at the end of a line. */
async function letter() {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let n = 1; n <= 12; n++) {
    const page = pdf.addPage([595, 842]);
    page.drawText(`Seite ${n}`, { x: 60, y: 760, font, size: 20 });
    page.drawText('Sehr geehrte Damen und Herren, bitte teilen Sie mir mit, was eingetragen ist.', { x: 60, y: 700, font, size: 11 });
    if (n === 3) page.drawText('Auskunft aus dem Baulastenverzeichnis, Müller', { x: 60, y: 660, font, size: 11 });
    if (n === 9) { page.drawText('Auskunft aus dem Baulasten-', { x: 60, y: 660, font, size: 11 }); page.drawText('verzeichnis der Gemarkung', { x: 60, y: 645, font, size: 11 }); }
  }
  return pdf.save();
}
beforeAll(async () => {
  const files = await mkdtemp(join(tmpdir(), 'va-dateien-'));
  await writeFile(join(files, 'brief.pdf'), await letter());
  if (normdaten) await cp(join(normdaten, 'normdaten/dateien'), join(files, 'normdaten'), { recursive: true });
  await writeFile(join(files, 'kaputt.pdf'), 'kein PDF');
  await writeFile(join(files, 'notiz.txt'), 'Vermerk über den Ortstermin\n'.repeat(400));
  [browser, muster] = await Promise.all([openBrowser(), startMuster(files)]);
});
afterAll(async () => { await browser?.close(); await muster?.stop(); });

describe('UX-08 the kit: axe 0, no sideways scrolling, under the CSP of the product', () => {
  for (const look of [...LOOKS, ...TIGHT]) test(`${look.width} × ${look.height} ${look.scheme}`, async () => {
    const { page, context, troubles } = await openPage(browser, muster.origin, look);
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Vorgang anlegen' }).click();
    await page.getByText('2 Felder brauchen noch eine Angabe').waitFor();
    expect(await sideways(page)).toBe(0);
    await picture(page, 'kit', look, true);
    expect(troubles).toEqual([]);
    expect(await axe(page)).toEqual([]);
    await context.close();
  });
});

describe('EX-06 by keyboard', () => {
  test('tree: one stop for Tab, arrows walk and open', async () => {
    const { page, context } = await openPage(browser, muster.origin, LOOKS[0]!);
    await page.goto('/');
    await page.getByRole('treeitem', { name: '63 Bauordnung' }).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('631.20');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('treeitem').count()).toBe(3);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('treeitem').count()).toBe(2);
    await context.close();
  });
  test('form: the first refused field has the focus, server errors stand at their field, an unknown error keeps the input', async () => {
    const { page, context } = await openPage(browser, muster.origin, LOOKS[0]!);
    await page.goto('/');
    await page.getByLabel('Betreff').focus();
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('betreff');
    await page.getByLabel('Betreff').fill('belegt');
    await page.getByLabel('Art', { exact: true }).selectOption('antrag');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Diesen Betreff gibt es schon').waitFor();
    await page.getByLabel('Betreff').fill('frei');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Kennung 0193-abc').waitFor();
    expect(await page.getByLabel('Betreff').inputValue()).toBe('frei');
    await context.close();
  });
  test('dialog and menu close by Esc and give the focus back', async () => {
    const { page, context } = await openPage(browser, muster.origin, LOOKS[0]!);
    await page.goto('/');
    await page.getByRole('button', { name: 'Dialog öffnen' }).press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await axe(page).catch(String)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Dialog öffnen');
    await page.getByText('Weitere Aktionen').first().press('Enter');
    await page.getByRole('button', { name: 'Verschieben' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('button', { name: 'Verschieben' }).isVisible()).toBe(false);
    await context.close();
  });
});

describe('UX-03 a document is read without download', () => {
  for (const look of LOOKS) test(`PDF at ${look.width} ${look.scheme}: pages, thumbnails, search inside with marks`, async () => {
    const { page, context, troubles } = await openPage(browser, muster.origin, look);
    await page.goto('/schau?pdf=/datei/brief.pdf');
    await page.getByRole('region', { name: 'Dokument, Seite 1 von 12' }).waitFor();
    await page.locator('.va-textschicht span', { hasText: 'Seite 1' }).first().waitFor();
    await page.getByRole('button', { name: 'Im Dokument suchen' }).click();
    await page.getByRole('searchbox', { name: 'Im Dokument suchen' }).fill('baulastenVERZEICHNIS');
    await page.getByText('1 von 2').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('2 von 2').waitFor();
    await page.getByRole('region', { name: 'Dokument, Seite 9 von 12' }).waitFor();
    await expect.poll(() => page.evaluate(() => [...(CSS.highlights.get('va-fund-jetzt') ?? [])].map(String).join())).toContain('Baulasten');
    await page.getByRole('button', { name: 'Seiten zeigen' }).click();
    await page.locator('.va-minis img').nth(2).waitFor();
    expect(await page.locator('.va-minis li').count()).toBeLessThanOrEqual(12);
    await picture(page, 'betrachter', look);
    expect(await sideways(page)).toBe(0);
    expect(troubles).toEqual([]);
    expect(await axe(page)).toEqual([]);
    await context.close();
  });
  test('by keyboard: pages, zoom, turn, page number', async () => {
    const { page, context, troubles } = await openPage(browser, muster.origin, LOOKS[0]!);
    await page.goto('/schau?pdf=/datei/brief.pdf');
    await page.getByRole('region', { name: 'Dokument, Seite 1 von 12' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('region', { name: 'Dokument, Seite 2 von 12' }).waitFor();
    await page.keyboard.press('End');
    await page.getByRole('region', { name: 'Dokument, Seite 12 von 12' }).waitFor();
    const width = () => page.locator('[data-seite="12"]').evaluate((e) => e.clientWidth);
    const before = await width();
    await page.keyboard.press('-');
    await expect.poll(width).toBeLessThan(before);
    await page.keyboard.press('r');
    await expect.poll(() => page.locator('[data-seite="12"]').evaluate((e) => e.clientWidth > e.clientHeight)).toBe(true);
    await page.getByRole('textbox', { name: 'Seite' }).fill('5');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Dokument, Seite 5 von 12' }).waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });
  test('UX-07 a broken file says what is kept; text, e-mail and no preview are shown', async () => {
    const { page, context } = await openPage(browser, muster.origin, LOOKS[0]!);
    await page.goto('/schau?pdf=/datei/kaputt.pdf');
    await page.getByText('Das Original ist unverändert gespeichert').waitFor();
    expect(await axe(page).catch(String)).toEqual([]);
    await page.goto('/schau?text=/datei/notiz.txt&suche=ortstermin');
    await page.getByText('1 von 400').waitFor();
    await page.goto('/schau?mail');
    await page.getByText('kanzlei@notarin-vollmer.example').waitFor();
    await picture(page, 'betrachter-mail', LOOKS[0]!);
    expect(await axe(page).catch(String)).toEqual([]);
    await page.goto('/schau?keine');
    await page.getByText('Die Vorschau wird noch erstellt.').waitFor();
    await context.close();
  });
});

describe('UX-06 files: by keyboard, by dropping, folders, e-mails', () => {
  const drop = (page: Page, types: Record<string, string>, files: [string, string, string][]) => page.evaluate(([data, list]) => {
    const daten = new DataTransfer();
    for (const [name, text, type] of list) daten.items.add(new File([text], name, { type }));
    for (const [type, text] of Object.entries(data)) daten.setData(type, text);
    for (const art of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(art, { dataTransfer: daten, bubbles: true, cancelable: true }));
  }, [types, files] as const);
  test('each file shows its progress and outcome; a refused one can be sent again', async () => {
    const { page, context, troubles } = await openPage(browser, muster.origin, LOOKS[0]!);
    await page.goto('/');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('group', { name: /oder Dateien/ }).getByRole('button', { name: 'Dateien wählen' }).press('Enter');
    await (await chooser).setFiles([{ name: 'antrag.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x'.repeat(5000)) }, { name: 'x-zu-gross.iso', mimeType: '', buffer: Buffer.from('y') }]);
    await page.getByText('Die Datei ist größer als 2 GB').waitFor();
    await page.getByText('1 von 2 übertragen').waitFor({ state: 'attached' });
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Aus der Liste nehmen' }).click();
    await expect.poll(() => page.locator('.va-dateien li').count()).toBe(1);
    expect(troubles).toEqual([]);
    await context.close();
  });
  test('dropped anywhere: files, an e-mail without ending, and what the new Outlook hands over is explained', async () => {
    const { page, context, troubles } = await openPage(browser, muster.origin, LOOKS[0]!);
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await drop(page, {}, [['brief.pdf', 'x', 'application/pdf'], ['Auskunft', 'From: a@b', 'message/rfc822']]);
    await page.getByText('brief.pdf').waitFor();
    await page.getByText('Auskunft.eml').waitFor();
    await drop(page, { 'multimaillistmessagerows': '{}' }, []);
    await page.getByRole('alert').getByText('Speichern Sie die E-Mail als Datei').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await context.close();
  });
});

test('UX-03 printing draws every page into the page itself, under the CSP', async () => {
  const { page, context, troubles } = await openPage(browser, muster.origin, LOOKS[0]!);
  await page.goto('/schau?pdf=/datei/brief.pdf');
  await page.locator('.va-textschicht span').first().waitFor();
  await page.evaluate(() => { window.print = () => { (window as unknown as { printed: number }).printed = document.querySelectorAll('.va-druck img').length; }; });
  await page.getByRole('button', { name: 'Drucken' }).click();
  await expect.poll(() => page.evaluate(() => (window as unknown as { printed?: number }).printed), { timeout: 60_000 }).toBe(12);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('#wurzel').isVisible()).toBe(false);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect.poll(() => page.locator('.va-druck').count()).toBe(0);
  expect(troubles).toEqual([]);
  await context.close();
});

describe('section 6 of the way of a letter: odd files', () => {
  test.skipIf(!normdaten)('every PDF of the corpus is shown, asks for its password, or is refused with what is kept; nothing hangs, nothing is loaded from elsewhere', async () => {
    const { page, context, troubles } = await openPage(browser, muster.origin, { width: 900, height: 700, scheme: 'light' });
    const files = await Array.fromAsync(glob('**/*.pdf', { cwd: join(normdaten!, 'normdaten/dateien') }));
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      await page.goto(`/schau?pdf=${encodeURIComponent(`/datei/normdaten/${file}`)}`);
      const shown = page.locator('.va-textschicht').first();
      await shown.or(page.getByText(/lässt sich nicht (an|dar)|ist verschlüsselt/).first()).first().waitFor({ state: 'attached' });
    }
    expect(troubles).toEqual([]);
    await context.close();
  }, 240_000);
});
