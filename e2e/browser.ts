import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = join(import.meta.dirname, 'bilder');

export const openBrowser = () => chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--lang=de-DE', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });

export type Look = { width: number; height: number; scheme: 'light' | 'dark' };
const voll = process.env['VERBUNDAKTE_TEST_VOLL'] === '1';
/** Every width and both schemes once; with --voll every pair of them. */
export const LOOKS: Look[] = [
  { width: 1440, height: 900, scheme: 'light' },
  ...(voll ? [{ width: 1440, height: 900, scheme: 'dark' }, { width: 390, height: 844, scheme: 'light' }] as const : []),
  { width: 390, height: 844, scheme: 'dark' },
];
/** With --voll, besides the LOOKS: the narrowest screen, and 1440 × 900 at 400 % zoom. */
export const TIGHT: Look[] = voll ? [{ width: 320, height: 568, scheme: 'light' }, { width: 360, height: 225, scheme: 'light' }] : [];

/**
 * A page that notes what must never happen: requests to other origins, CSP violations, errors in the console. `troubles` is empty at the end of a good test.
 */
export async function openPage(browser: Browser, origin: string, { width, height, scheme }: Look, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ baseURL: origin, viewport: { width, height }, colorScheme: scheme, locale: 'de-DE', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('request', (r) => { if (!r.url().startsWith(origin) && !/^(data|blob|about):/.test(r.url())) troubles.push(`foreign request: ${r.url()}`); });
  page.on('pageerror', (e) => troubles.push(`error: ${e.message}`));
  page.on('console', (m) => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) troubles.push(`console: ${m.text()}`); });
  offen.add(page);
  page.on('close', () => offen.delete(page));
  return { page, context, troubles };
}

const offen = new Set<Page>();
/** What was to be seen when a journey failed: its words for the log, its picture for whoever can look. */
export async function tellPages(name: string) {
  for (const page of offen) {
    await picture(page, `gescheitert-${name.replace(/\W+/g, '-').slice(0, 60)}`, { width: page.viewportSize()?.width ?? 0, scheme: 'light' }).catch(() => undefined);
    console.log(`  ${page.url()}\n  ${(await page.locator('body').innerText({ timeout: 5_000 }).catch(() => 'die Seite antwortet nicht')).replace(/\n+/g, ' | ').slice(0, 3_000)}`);
    await page.context().close().catch(() => undefined);
  }
}

type Violation = { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] };
/** Evaluated by the debugger, which the page's CSP does not bind. The violations of WCAG 2.0–2.2 A/AA and best practice on the page as it stands, one line each. */
export async function axe(page: Page, { exclude = [] as string[] } = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async (out) => {
    const run = (window as unknown as { axe: { run(context: object, options: object): Promise<{ violations: unknown[] }> } }).axe.run;
    return (await run({ include: [['html']], ...(out.length > 0 && { exclude: out.map((s) => [s]) }) }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations;
  }, exclude) as Violation[];
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${v.help} @ ${n.target.join(' ')} ${n.failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}

/** How far the page can be scrolled sideways; 0 is right (WCAG 1.4.10). */
export const sideways = (page: Page) => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));

/** A picture to look at, in e2e/bilder (not in the repository). */
export async function picture(page: Page, name: string, { width, scheme }: Pick<Look, 'width' | 'scheme'>, full = false) {
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme === 'dark' ? 'dunkel' : 'hell'}.png`), fullPage: full });
}
