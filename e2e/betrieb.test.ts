import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { DATABASE_NAME, superuserUrl } from '../apps/server/start/daten.ts';
import { axe, LOOKS, openBrowser, picture, sideways, TIGHT } from './browser.ts';
import { as, origin } from './product.ts';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(() => browser?.close());
const daten = inject('daten');

/** A job of a Mandant that cannot but fail, with one attempt: what a dead letter is. The worker that runs takes it. */
async function addHopelessJob(mandant: string) {
  const client = new pg.Client({ connectionString: await superuserUrl(daten, DATABASE_NAME) });
  await client.connect();
  try {
    const { rows: [job] } = await client.query<{ id: string }>(
      "select (graphile_worker.add_job('suche.indexieren', json_build_object('mandantId', m.id, 'payload', json_build_object()), max_attempts := 1, priority := -100)).id from organisation.mandant m where m.name = $1", [mandant]);
    return job!.id;
  } finally { await client.end(); }
}

for (const look of [...LOOKS, ...TIGHT]) test(`UX-08 Betrieb as operator at ${look.width} × ${look.height} ${look.scheme}`, async () => {
  const { page, context, troubles } = await as(browser, 'betrieb', look, '/betrieb');
  await page.getByRole('heading', { level: 1, name: 'Betrieb' }).waitFor();
  await page.getByText(/^PostgreSQL \d/).waitFor();
  await page.getByText(/endgültig fehlgeschlagen/).first().waitFor();
  await picture(page, 'betrieb', look);
  expect(await sideways(page)).toBe(0);
  expect(await axe(page)).toEqual([]);
  expect(troubles).toEqual([]);
  await context.close();
});

test('a job that has failed for good is seen first, says why, runs again on a click, and can be discarded', async ({ skip }) => {
  if (!daten) skip('the data folder of the product is not known (E2E_DATEN)');
  const id = await addHopelessJob('Landkreis Auental');
  const { page, context, troubles } = await as(browser, 'sven.albers', LOOKS[0]!, '/betrieb');
  await page.getByText(/Aufträge? (ist|sind) endgültig fehlgeschlagen/).waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Ansehen' }).click();
  const row = page.getByRole('row', { name: new RegExp(`Nr\\. ${id}\\b`) });
  await row.getByText('1 von 1').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'betrieb-gescheitert', LOOKS[0]!);
  // of a Mandant only its own: the column that names it would say the same in every row
  expect(await page.getByRole('columnheader', { name: 'Verwaltung' }).count()).toBe(0);

  const failedAt = async () => ((await (await page.request.get(`${origin}/api/v1/auftraege?zustand=fehlgeschlagen`)).json()) as { eintraege: { id: string; geaendert: string }[] }).eintraege.find((a) => a.id === id)?.geaendert;
  const before = await failedAt();
  await row.getByRole('button', { name: 'Erneut ausführen' }).click();
  await page.getByRole('status').getByText('suche.indexieren wird erneut ausgeführt').waitFor();
  await expect.poll(async () => { const now = await failedAt(); return now !== undefined && now !== before; }, { timeout: 60_000 }).toBe(true); // it ran, and failed once more
  await row.getByText('1 von 1').waitFor();
  await row.getByRole('button', { name: 'Verwerfen' }).click();
  const dialog = page.getByRole('dialog', { name: 'Auftrag verwerfen?' });
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Verwerfen' }).click();
  await page.getByRole('status').getByText('suche.indexieren ist verworfen').waitFor();
  await row.waitFor({ state: 'detached' });
  expect(troubles).toEqual([]);
  await context.close();
});

test('the store is checked from here', async () => {
  const { page, context, troubles } = await as(browser, 'sven.albers', LOOKS[0]!, '/betrieb');
  const knopf = page.getByRole('button', { name: 'Jetzt prüfen' });
  // it waits behind the reading of texts: after the first start of a demo, or of an earlier run of this test, that may take a while
  const stand = page.getByText(/^(Jeder geprüfte Inhalt ist vorhanden und unverändert\.|Die Prüfung läuft)$/).first();
  await knopf.or(stand).first().waitFor();
  if (await knopf.isVisible()) await knopf.click();
  await stand.waitFor();
  expect(await axe(page)).toEqual([]);
  expect(troubles).toEqual([]);
  await context.close();
});

for (const look of LOOKS) test(`the description of the interface at ${look.width} ${look.scheme}`, async () => {
  const { page, context, troubles } = await as(browser, 'katrin.seidel', look, '/api/v1/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('heading', { level: 3, name: /^createAkte / }).waitFor();
  await picture(page, 'schnittstelle', look);
  expect(await sideways(page)).toBe(0);
  expect(await axe(page)).toEqual([]);
  expect(troubles).toEqual([]);
  await context.close();
});

test('a clerk has neither the page nor the entry to it', async () => {
  const { page, context } = await as(browser, 'katrin.seidel');
  expect(await page.getByRole('link', { name: 'Betrieb' }).count()).toBe(0);
  expect((await page.request.get(`${origin}/api/v1/auftraege`)).status()).toBe(403);
  await context.close();
});
