import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import { LOOKS, openPage, type Look } from './browser.ts';

/** Address of the running product (setup.ts). */
export const origin = inject('product');
/** All accounts of the demo Verbund; who is who stands in the README. */
export const KENNWORT = 'verbundakte-demo';

/** Logs in as people do; the Mandant is the person's own. */
export async function login(page: Page, anmeldename: string, kennwort = KENNWORT) {
  await page.goto('/anmeldung');
  await page.getByLabel('Anmeldename').fill(anmeldename);
  await page.getByLabel('Kennwort').fill(kennwort);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByRole('heading', { level: 1, name: 'Mein Schreibtisch' }).waitFor();
}
const sessions = new Map<string, Awaited<ReturnType<import('playwright-core').BrowserContext['storageState']>>>();
/** A page of a logged-in person; who has logged in before in this file keeps the session. */
export async function as(browser: Browser, anmeldename: string, look: Look = LOOKS[0]!, pfad = '/') {
  const storageState = sessions.get(anmeldename);
  const opened = await openPage(browser, origin, look, storageState && { storageState });
  if (storageState) await opened.page.goto(pfad);
  else {
    await login(opened.page, anmeldename);
    sessions.set(anmeldename, await opened.context.storageState());
    if (pfad !== '/') await opened.page.goto(pfad);
  }
  return opened;
}
