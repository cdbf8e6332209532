/** What the browser is told and what it enforces: headers of every kind of answer, the CSP on every page, nothing asked of anybody else. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { LOOKS, openBrowser, openPage } from './browser.ts';
import { as, login, origin } from './product.ts';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(() => browser?.close());
const ask = (path: string, headers: Record<string, string> = {}) => fetch(origin + path, { redirect: 'manual', headers });

test('every kind of answer carries its headers: page, script, style, answer, refusal, the list of operations, what is not there', async () => {
  const html = await (await ask('/', { accept: 'text/html' })).text();
  const assets = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((m) => m[1]!);
  expect(assets.some((a) => a.endsWith('.js'))).toBe(true);
  const page = { accept: 'text/html' };
  for (const [path, headers] of [['/', page], ['/akten', page], ...assets.map((a) => [a] as const), ['/api/v1/ich'], ['/api/v1/openapi.json'], ['/api/v1/'], ['/api/v1/schnittstelle.css'], ['/api/v1/gibt-es-nicht'], ['/gibt-es-nicht.js'], ['/health']] as const) {
    const answer = await ask(path, { ...headers, origin: 'https://fremd.example' });
    const of = (name: string) => answer.headers.get(name) ?? '';
    const csp = of('content-security-policy');
    expect([path, of('x-content-type-options'), of('referrer-policy'), of('cross-origin-opener-policy'), of('cross-origin-resource-policy'), of('access-control-allow-origin')]).toEqual([path, 'nosniff', 'same-origin', 'same-origin', 'same-origin', '']);
    for (const rule of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval';", "style-src 'self';", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'", "require-trusted-types-for 'script'", 'trusted-types verbundakte']) expect([path, `${csp};`]).toEqual([path, expect.stringContaining(rule)]);
    expect([path, csp]).not.toEqual([path, expect.stringContaining("'unsafe-inline'")]);
    if (answer.body) expect([path, of('content-type')]).toEqual([path, expect.stringMatching(/^(text\/(html|css|javascript)|application\/(javascript|json)); ?charset=utf-8$|^image\/svg\+xml$|^application\/problem\+json(; ?charset=utf-8)?$/)]);
    if (path.startsWith('/api/')) expect([path, of('cache-control')]).toEqual([path, 'no-store']);
    await answer.body?.cancel();
  }
});
test('nothing of the program is served: neither its sources nor lists of folders', async () => {
  for (const path of ['/.git/config', '/.git/HEAD', '/package.json', '/..%2fpackage.json', '/%2e%2e/package.json', '/assets/', '/assets/..%2f..%2fpackage.json', '/platform/server/config.ts', '/daten/', '/.env']) {
    expect([path, (await ask(path)).status]).toEqual([path, 404]);
  }
});

test('no page breaks the CSP, asks anybody else or runs into an error, as far as links lead', { timeout: 400_000 }, async () => {
  const seen = new Set<string>();
  const shape = (path: string) => path.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id');
  for (const person of ['sven.albers', 'katrin.seidel']) {
    const { page, context, troubles } = await as(browser, person);
    await page.addInitScript(() => { addEventListener('securitypolicyviolation', (e) => { console.error(`csp: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`); }); });
    const open = ['/', '/konto', '/darstellung', '/was-darf-ich', '/scanstelle', '/suche?q=Antrag'];
    for (let path = open.shift(); path !== undefined && seen.size < 70; path = open.shift()) {
      if (seen.has(shape(path))) continue;
      seen.add(shape(path));
      await page.goto(path);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle', { timeout: 15_000 }).catch(() => {});
      const links = await page.locator('a[href^="/"]').evaluateAll((all) => all.filter((a) => !a.hasAttribute('download') && a.getAttribute('target') === null).map((a) => a.getAttribute('href')!));
      open.push(...links.map((l) => l.split(/[?#]/)[0]!).filter((l) => !l.startsWith('/api/') && !seen.has(shape(l))));
    }
    expect([person, troubles]).toEqual([person, []]);
    await context.close();
  }
  expect(seen.size).toBeGreaterThan(25);
});
test('what is not ours does not run: no text becomes markup or code, no script of others is loaded', async () => {
  const { page, context } = await openPage(browser, origin, LOOKS[0]!);
  await page.goto('/anmeldung');
  await page.getByRole('heading', { level: 1, name: 'Anmelden' }).waitFor();
  const refused = await page.evaluate(async () => {
    const attempt = (work: () => unknown) => { try { work(); return 'done'; } catch (e) { return (e as Error).name; } };
    const script = document.createElement('script');
    const loaded = (src: string) => new Promise((resolve) => {
      const img = new Image();
      img.onload = () => resolve('done'); img.onerror = () => resolve('refused');
      img.src = src;
    });
    return [
      attempt(() => { document.body.insertAdjacentHTML('beforeend', '<b>x</b>'); }), attempt(() => { script.src = '/x.js'; }), attempt(() => { script.text = 'window.x = 1'; }), attempt(() => { document.body.setAttribute('onclick', 'window.x = 1'); }),
      attempt(() => (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes.createPolicy('andere', {})), await loaded('http://127.0.0.1:9/x.png'),
    ];
  });
  expect(refused).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError', 'refused']);
  await context.close();
});
test('the password is hidden, may be pasted and kept by the browser; the session is out of reach of scripts', async () => {
  const { page, context } = await openPage(browser, origin, LOOKS[0]!);
  await page.goto('/anmeldung');
  const field = page.getByLabel('Kennwort');
  await field.waitFor();
  expect(await field.evaluate((e: HTMLInputElement) => [e.type, e.autocomplete, e.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true }))])).toEqual(['password', 'current-password', true]);
  await context.close();
  const drin = await as(browser, 'katrin.seidel');
  expect(await drin.page.evaluate(() => document.cookie)).toBe('');
  await drin.context.close();
});
test('after logging out the browser is empty of what was shown', async () => {
  const { page, context } = await openPage(browser, origin, LOOKS[0]!);
  await login(page, 'katrin.seidel');
  await page.evaluate(() => { sessionStorage.setItem('va-formular:x', '{"betreff":"Entwurf"}'); });
  await page.getByText('Katrin Seidel', { exact: true }).click();
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await page.getByRole('heading', { level: 1, name: 'Anmelden' }).waitFor();
  expect(await page.evaluate(() => [sessionStorage.length, document.body.textContent!.includes('Seidel'), Object.keys(localStorage).filter((k) => !['va-mandant', 'va-darstellung', 'va-sprache'].includes(k))])).toEqual([0, false, []]);
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Anmelden' }).waitFor();
  expect(await page.locator('body').textContent()).not.toContain('Seidel');
  await context.close();
});
