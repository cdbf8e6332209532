/** Mailboxes in the administration, the address of a Vorgang, what stands above a mail. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, LOOKS, openBrowser, picture, sideways } from './browser.ts';
import { as } from './product.ts';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(() => browser?.close());
const lauf = Date.now().toString(36);

test.each(LOOKS.map((look) => [`${look.width} ${look.scheme}`, look] as const))('a mailbox is set up and says what is wrong with it: %s', async (name, look) => {
  const { page, context, troubles } = await as(browser, 'sven.albers', look, '/verwaltung/postfaecher');
  await page.getByRole('button', { name: 'Postfach einrichten' }).click();
  await page.getByLabel('Bezeichnung').fill(`Bauamt ${lauf} ${name}`);
  await page.getByLabel('Korb', { exact: true }).selectOption({ index: 1 });
  await page.getByLabel('Rechner (IMAP)').fill('127.0.0.1');
  await page.getByLabel('Port').fill('1');
  await page.getByLabel('Benutzername').fill(`bauamt-${lauf}-${name}`);
  await page.getByLabel('Kennwort').fill('geheim');
  await page.getByRole('button', { name: 'Verbindung prüfen' }).click();
  await page.getByText('Der Rechner ist nicht erreichbar.').waitFor();
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  await picture(page, 'postfach-formular', look, true);
  await page.getByRole('button', { name: 'Postfach einrichten' }).last().click();
  await page.getByRole('heading', { name: `Bauamt ${lauf} ${name}` }).waitFor();
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  await picture(page, 'postfaecher', look, true);
  expect(troubles).toEqual([]);
  await context.close();
});

test('above a mail stands what is to be known of it', async () => {
  const { page, context } = await as(browser, 'katrin.seidel', LOOKS[0]!, '/posteingang');
  const eml = `From: "chef@auental.example" <x-${lauf}@boese.example>\r\nReply-To: y@anders.example\r\nTo: amt@auental.example\r\nSubject: Dringend ${lauf}\r\nDate: Fri, 20 Nov 2026 09:00:00 +0100\r\nMessage-ID: <${lauf}@boese.example>\r\nContent-Type: text/plain\r\n\r\nBitte sofort überweisen.\r\n`;
  const id = await page.evaluate(async ([text, name]) => {
    const kopf = { 'content-type': 'message/rfc822', 'x-dateiname': name!, 'idempotency-key': crypto.randomUUID() };
    const { id: inhaltId } = await (await fetch('/api/v1/inhalte', { method: 'POST', headers: kopf, body: text! })).json() as { id: string };
    return ((await (await fetch('/api/v1/eingaenge', { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify({ inhaltId }) })).json()) as { id: string }).id;
  }, [eml, `${lauf}.eml`]);
  await page.goto(`/posteingang/${id}`);
  await page.getByText('Der angezeigte Name sieht aus wie die Adresse chef@auental.example').first().waitFor({ timeout: 60_000 });
  await page.getByText('Eine Antwort ginge an y@anders.example').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'mailbericht', LOOKS[0]!);
  await context.close();
});

test('the tab of a Vorgang says when the operator has set up no receiver', async () => {
  const { page, context } = await as(browser, 'katrin.seidel', LOOKS[0]!, '/');
  const id = await page.evaluate(async () => ((await (await fetch('/api/v1/vorgaenge?eigene=true&limit=1')).json()) as { eintraege: { id: string }[] }).eintraege[0]!.id);
  await page.goto(`/vorgaenge/${id}/e-mail`);
  await page.getByText('Die Betreuung hat den Empfang von E-Mails an Akten nicht eingerichtet.').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'ablageadresse', LOOKS[0]!);
  await context.close();
});
