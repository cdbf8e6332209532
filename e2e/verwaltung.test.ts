import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, LOOKS, openBrowser, openPage, picture, sideways, TIGHT } from './browser.ts';
import { as, origin } from './product.ts';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(() => browser?.close());

const ADMIN = 'sven.albers', BETRIEB = 'betrieb', EIGENES = 'Der Kranich fliegt im Herbst';
const eigen = () => Date.now().toString(36);
const h1 = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
/** The API with the session of the page, as its own code calls it. */
const get = (page: Page, path: string) => page.evaluate(async (p) => (await (await fetch(`/api/v1${p}`)).json()) as any, path);
const idOf = async (page: Page, path: string) => (await get(page, path)).eintraege[0].id as string;

/** Someone at the door: logs in, and with a password of somebody else chooses an own one. */
async function firstLogin(anmeldename: string, einmal: string) {
  const opened = await openPage(browser, origin, LOOKS[0]!);
  await opened.page.goto('/anmeldung');
  await opened.page.getByLabel('Anmeldename').fill(anmeldename);
  await opened.page.getByLabel('Kennwort').fill(einmal);
  await opened.page.keyboard.press('Enter');
  await h1(opened.page, 'Kennwort ändern');
  await opened.page.getByLabel('Bisheriges Kennwort').fill(einmal);
  for (const feld of ['Neues Kennwort', 'Neues Kennwort, noch einmal']) await opened.page.getByLabel(feld, { exact: true }).fill(EIGENES);
  await opened.page.keyboard.press('Enter');
  await h1(opened.page, 'Mein Schreibtisch');
  return opened;
}

/** By the form, as an administrator does; answers the password that is shown once. */
async function create(page: Page, anmeldename: string, { rolle, oe }: { rolle: string; oe?: string }) {
  await page.goto('/verwaltung/benutzer/neu');
  await page.getByLabel('Vorname').fill('Änne');
  await page.getByLabel('Nachname').fill(`Groß-${anmeldename}`);
  await page.getByLabel('Anmeldename').fill(anmeldename);
  await page.getByLabel(rolle).check();
  if (oe) await page.getByLabel('Organisationseinheit hinzufügen').selectOption({ label: await optionOf(page, oe) });
  await page.getByRole('button', { name: 'Anlegen' }).click();
  await h1(page, /ist angelegt$/);
  return (await page.locator('code').textContent())!;
}
const optionOf = async (page: Page, oe: string) => {
  const option = page.getByLabel('Organisationseinheit hinzufügen').locator('option', { hasText: oe });
  await option.waitFor({ state: 'attached' });
  return (await option.textContent())!;
};

describe('journeys', () => {
  test('BE-01 a person with Rolle and OE: one-time password, first login, reset, end of sessions, lock and unlock', async () => {
    const admin = await as(browser, ADMIN, LOOKS[0]!, '/verwaltung/benutzer');
    const { page } = admin;
    const anmeldename = `neu.${eigen()}`;
    await page.getByRole('link', { name: 'Benutzer anlegen' }).click();
    await h1(page, 'Benutzer anlegen');
    // Errors stand at their fields, and the focus is at the first.
    await page.getByRole('button', { name: 'Anlegen' }).click();
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('nachname');
    expect(await axe(page)).toEqual([]);
    await page.getByLabel('Nachname').fill('Groß');
    await page.getByLabel('Anmeldename').fill(ADMIN);
    await page.getByRole('button', { name: 'Anlegen' }).click();
    await page.getByText('Dieser Anmeldename ist vergeben').waitFor();
    expect(await axe(page)).toEqual([]);

    const einmal = await create(page, anmeldename, { rolle: 'Sachbearbeitung', oe: '63.1' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain(einmal);
    expect(await axe(page)).toEqual([]);
    await picture(page, 'verwaltung-einmalkennwort', LOOKS[0]!);
    await page.getByRole('link', { name: 'Zur Person' }).click();
    await page.getByText('Kennwort noch zu ändern').waitFor();

    const person = await firstLogin(anmeldename, einmal);
    expect((await get(person.page, '/ich')).organisationseinheiten).toMatchObject([{ kennzeichen: '63.1' }]);
    await page.reload();
    await page.getByText('aktiv', { exact: true }).waitFor();

    // Rollen and OEs of an existing person.
    await page.getByLabel('Leser').check();
    await page.getByRole('button', { name: 'Rollen übernehmen' }).click();
    await page.getByText('Gespeichert').waitFor();
    expect((await get(person.page, '/ich')).rollen.map((r: { bezeichnung: string }) => r.bezeichnung)).toEqual(['Leser', 'Sachbearbeitung']);
    await page.getByLabel('Telefon').fill('04999 15-77');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Gespeichert').nth(1).waitFor();

    await page.getByRole('button', { name: 'Sitzungen beenden' }).click();
    await page.getByText('1 Sitzung beendet').waitFor();
    await person.page.goto('/');
    await h1(person.page, 'Anmelden');

    await page.getByRole('button', { name: 'Kennwort zurücksetzen' }).click();
    await page.getByRole('dialog').getByText('alle Sitzungen enden sofort').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Kennwort zurücksetzen' }).click();
    const zweites = (await page.locator('code').textContent())!;
    expect(zweites).not.toBe(einmal);
    const wieder = await firstLogin(anmeldename, zweites);

    await page.getByRole('button', { name: 'Sperren' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sperren' }).click();
    await page.getByRole('button', { name: 'Entsperren' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'verwaltung-gesperrt', LOOKS[0]!, true);
    await wieder.page.goto('/');
    await h1(wieder.page, 'Anmelden');
    await wieder.page.getByLabel('Anmeldename').fill(anmeldename);
    await wieder.page.getByLabel('Kennwort').fill(EIGENES);
    await wieder.page.keyboard.press('Enter');
    await wieder.page.getByText('Dieses Konto ist gesperrt').waitFor();
    await page.getByRole('button', { name: 'Entsperren' }).click();
    await page.getByText('Entsperrt', { exact: true }).waitFor();
    await page.getByRole('heading', { name: 'Verlauf' }).waitFor();
    await page.getByText('hat den Zugang entsperrt').waitFor();
    expect(admin.troubles).toEqual([]);
    await Promise.all([admin, person, wieder].map(({ context }) => context.close()));
  }, 180_000);

  test('BE-01 an Akte that another office keeps: 404 until a Freigabe on its Schutzbereich names the person, and after it is taken back', async () => {
    const lenz = await as(browser, 'tobias.lenz');
    const [akte] = (await get((await as(browser, 'katrin.seidel')).page, '/akten?limit=1')).eintraege;
    const ansehen = () => lenz.page.evaluate(async (id) => (await fetch(`/api/v1/akten/${id}`)).status, akte.id as string);
    await expect.poll(ansehen).toBe(404);

    const { page, context, troubles } = await as(browser, ADMIN, LOOKS[0]!, '/verwaltung/schutzbereiche');
    await page.getByPlaceholder('Kennzeichen oder Bezeichnung').fill(`Aktenplan ${String(akte.aktenplaneinheit.kennzeichen)}`);
    await page.getByRole('treeitem', { name: new RegExp(`Aktenplan ${String(akte.aktenplaneinheit.kennzeichen).replaceAll('.', '\\.')} `) }).first().getByRole('link').click();
    await page.getByRole('button', { name: 'Freigabe erteilen' }).click();
    await page.getByRole('radio', { name: 'Person' }).check();
    await page.getByLabel('Person suchen').fill('lenz');
    await page.getByLabel(/Tobias Lenz/).check();
    await page.getByRole('radio', { name: /^lesen/ }).check();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'verwaltung-freigabe', LOOKS[0]!);
    const bestaetigen = (knopf: string) => page.getByRole('dialog').getByRole('button', { name: knopf, exact: true }).click();
    await page.getByRole('button', { name: 'Weiter: Was würde sich ändern?' }).click();
    await page.getByRole('dialog').getByText('1 Person gewinnt Zugriff').waitFor();
    expect(await axe(page)).toEqual([]);
    await bestaetigen('Freigabe erteilen');
    await page.getByText('Tobias Lenz: lesen').waitFor();
    await expect.poll(ansehen).toBe(200);
    await lenz.page.goto(`/akten/${akte.id}`);
    await h1(lenz.page, new RegExp(String(akte.betreff).slice(0, 12).replaceAll(/[^\p{L} ]/gu, '.'), 'u'));

    await page.getByRole('button', { name: 'Freigabe für Tobias Lenz entziehen' }).click();
    await bestaetigen('Entziehen');
    await page.getByText('Tobias Lenz: Freigabe entzogen').waitFor();
    await expect.poll(ansehen).toBe(404);
    await page.getByRole('button', { name: 'Rückgängig' }).click();
    await bestaetigen('Freigabe erteilen');
    await page.getByText('Tobias Lenz: Freigabe entzogen').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Freigabe für Tobias Lenz entziehen' }).waitFor();
    await expect.poll(ansehen).toBe(200);
    await page.getByRole('button', { name: 'Freigabe für Tobias Lenz entziehen' }).click();
    await bestaetigen('Entziehen');
    await page.getByText('Tobias Lenz: Freigabe entzogen').waitFor();
    // Inheritance is cut and allowed again.
    await page.getByRole('button', { name: 'Vererbung abschneiden' }).click();
    expect(await axe(page)).toEqual([]);
    await bestaetigen('Vererbung abschneiden');
    await page.getByText('Erbt nichts von oben', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Vererbung wieder zulassen' }).click();
    await bestaetigen('Vererbung wieder zulassen');
    await page.getByRole('button', { name: 'Vererbung abschneiden' }).waitFor();
    expect(troubles).toEqual([]);
    await Promise.all([context.close(), lenz.context.close()]);
  }, 180_000);

  test('the operator creates a Mandant with Behördenkennung and ARS; its administrator logs in; it is closed and opened again', async () => {
    const { page, context, troubles } = await as(browser, BETRIEB, LOOKS[0]!, '/verwaltung/mandanten');
    const zeichen = eigen(), name = `Gemeinde Prüfhausen ${zeichen}`;
    await page.getByRole('link', { name: 'Mandant anlegen' }).click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Kürzel').fill('p');
    await page.getByLabel('Amtlicher Regionalschlüssel').fill('12');
    await page.getByLabel('Nachname').fill('Prüfer');
    await page.getByLabel('Anmeldename').fill(`chef.${zeichen}`);
    await page.getByRole('button', { name: 'Anlegen' }).click();
    await page.locator('.va-feld__fehler').getByText('Zwei Großbuchstaben').waitFor();
    await page.locator('.va-feld__fehler').getByText('Zwölf Ziffern').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByLabel('Kürzel').fill('at');
    await page.getByLabel('Violett').check();
    await page.getByLabel('Behördenkennung').fill('dbw:03999-9');
    await page.getByLabel('Amtlicher Regionalschlüssel').fill('039990099099');
    await page.getByRole('button', { name: 'Anlegen' }).click();
    await page.getByText('Dieses Kürzel ist in dieser Farbe schon vergeben').waitFor();
    // Two letters in eight colours: one that nobody has.
    await page.getByLabel('Kürzel').fill(`Ü${String.fromCharCode(65 + (Date.now() % 26))}`);
    await page.getByLabel('Limette').check();
    await page.getByRole('button', { name: 'Anlegen' }).click();
    await h1(page, `${name} ist angelegt`);
    expect(await axe(page)).toEqual([]);
    const einmal = (await page.locator('code').textContent())!;
    // Its inside is made by a job.
    await expect.poll(async () => (await fetch(`${origin}/api/v1/anmeldung`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ anmeldename: `chef.${zeichen}`, passwort: einmal }) })).status, { timeout: 30_000, interval: 1000 }).toBe(200);
    const chef = await firstLogin(`chef.${zeichen}`, einmal);
    await chef.page.goto('/verwaltung/schutzbereiche');
    await h1(chef.page, 'Schutzbereiche und Freigaben');
    await chef.page.goto('/verwaltung/organisation');
    await chef.page.getByText('Noch gibt es keine Organisationseinheit.').waitFor();
    expect(await axe(chef.page)).toEqual([]);

    await page.getByRole('link', { name: 'Zu den Mandanten' }).click();
    await page.getByRole('link', { name }).click();
    await page.getByLabel('Bezeichnung').fill('Gemeinde');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Gespeichert').waitFor();
    await page.getByText(/in den Verbund aufgenommen$/).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'verwaltung-mandant', LOOKS[0]!, true);
    await page.getByRole('button', { name: 'Stilllegen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stilllegen' }).click();
    await page.getByText('stillgelegt', { exact: true }).waitFor();
    await chef.page.goto('/');
    await h1(chef.page, 'Anmelden');
    await page.getByRole('button', { name: 'Wieder in Betrieb nehmen' }).click();
    await page.getByRole('button', { name: 'Stilllegen' }).waitFor();
    expect(troubles).toEqual([]);
    await Promise.all([context.close(), chef.context.close()]);
  }, 180_000);

  test('MD-03 an office is created below another, moved, dissolved and taken back; upper ones only after lower ones', async () => {
    const { page, context, troubles } = await as(browser, ADMIN, LOOKS[0]!, '/verwaltung/organisation');
    const nr = `90.${eigen()}`;
    await page.getByRole('treeitem', { name: /^67 / }).getByRole('link').click();
    await page.getByRole('link', { name: 'Organisationseinheit anlegen' }).click();
    await page.getByRole('heading', { name: 'Neue Organisationseinheit' }).waitFor();
    await page.getByLabel('Kennzeichen', { exact: true }).fill('63.1');
    await page.getByLabel('Bezeichnung').fill('Baumpflege');
    await page.getByRole('button', { name: 'Anlegen', exact: true }).click();
    await page.getByText('Dieses Kennzeichen trägt schon eine andere Organisationseinheit').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByLabel('Kennzeichen', { exact: true }).fill(nr);
    await page.getByRole('button', { name: 'Anlegen', exact: true }).click();
    await page.getByRole('heading', { name: `${nr} Baumpflege` }).waitFor();
    expect(await page.getByRole('treeitem', { name: new RegExp(nr.replace('.', '\\.')) }).getAttribute('aria-level')).toBe('2');

    await page.getByRole('treeitem', { name: /^67 / }).getByRole('link').click();
    await page.getByRole('heading', { name: '67 Naturschutz' }).waitFor();
    await page.getByRole('button', { name: 'Auflösen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Auflösen' }).click();
    await page.getByRole('dialog').getByText('Darunter liegen noch Organisationseinheiten').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Abbrechen' }).click();

    await page.getByRole('treeitem', { name: new RegExp(nr.replace('.', '\\.')) }).getByRole('link').click();
    await page.getByRole('heading', { name: `${nr} Baumpflege` }).waitFor();
    await page.getByLabel('Liegt unter').selectOption({ label: '– oberste Ebene –' });
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Gespeichert').waitFor();
    await expect.poll(() => page.getByRole('treeitem', { name: new RegExp(nr.replace('.', '\\.')) }).getAttribute('aria-level')).toBe('1');
    await page.getByRole('button', { name: 'Auflösen' }).click();
    await page.getByLabel('Letzter Tag').fill('2020-12-31');
    await page.getByRole('dialog').getByRole('button', { name: 'Auflösen' }).click();
    await page.getByText('aufgelöst am 31.12.2020').first().waitFor();
    await page.getByLabel('Auch aufgelöste und künftige zeigen').click(); // its state is in the address
    await page.getByRole('treeitem', { name: new RegExp(nr.replace('.', '\\.')) }).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'verwaltung-aufgeloest', LOOKS[0]!);
    await page.getByRole('button', { name: 'Auflösung zurücknehmen' }).click();
    await page.getByRole('button', { name: 'Auflösen' }).waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  }, 180_000);

  test('a Rolle of one’s own, and a default one that deviates and returns', async () => {
    const { page, context, troubles } = await as(browser, ADMIN, LOOKS[0]!, '/verwaltung/rollen/neu');
    const name = `Einsicht ${eigen()}`;
    await page.getByLabel('Bezeichnung').fill(name);
    await page.getByLabel('Akten: lesen').check();
    await page.getByRole('button', { name: 'Anlegen' }).click();
    await h1(page, name);
    await page.getByText(/^1 von \d+ Rechten$/).waitFor();
    await page.goto('/verwaltung/rollen');
    await page.getByRole('link', { name: 'Leser' }).click();
    await page.getByText('Diese Rolle folgt der Vorgabe des Verbunds').waitFor();
    await page.getByLabel('Aktenplan: sehen').uncheck();
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Diese Rolle weicht von der Vorgabe des Verbunds ab').waitFor();
    await page.getByText('Gespeichert').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Zur Vorgabe zurück' }).click();
    await page.getByText('Diese Rolle folgt der Vorgabe des Verbunds').waitFor();
    expect(await page.getByLabel('Aktenplan: sehen').isChecked()).toBe(true);
    expect(troubles).toEqual([]);
    await context.close();
  }, 120_000);

  test('my own account: another session ends, a token opens the API and is revoked, the password changes', async () => {
    const admin = await as(browser, ADMIN);
    const anmeldename = `ich.${eigen()}`;
    const einmal = await create(admin.page, anmeldename, { rolle: 'Leser' });
    const [hier, dort] = [await firstLogin(anmeldename, einmal), await openPage(browser, origin, LOOKS[0]!)];
    await dort.page.goto('/anmeldung');
    await dort.page.getByLabel('Anmeldename').fill(anmeldename);
    await dort.page.getByLabel('Kennwort').fill(EIGENES);
    await dort.page.keyboard.press('Enter');
    await h1(dort.page, 'Mein Schreibtisch');

    const { page } = hier;
    await page.goto('/konto');
    await page.getByRole('button', { name: /^Sitzung beenden/ }).click();
    await page.getByRole('button', { name: /^Sitzung beenden/ }).waitFor({ state: 'detached' });
    await dort.page.goto('/');
    await h1(dort.page, 'Anmelden');

    await page.getByRole('button', { name: 'Zugangstoken anlegen' }).click();
    await page.getByLabel('Wofür').fill('Abgleich');
    await page.getByLabel('Alle meine Rechte').uncheck();
    await page.getByLabel('Benutzer: sehen').uncheck();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Anlegen', exact: true }).click();
    const token = (await page.locator('code').textContent())!;
    const ask = async (path: string) => (await fetch(`${origin}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await ask('/ich'), await ask('/benutzer')]).toEqual([200, 403]);
    expect(await axe(page)).toEqual([]);
    await picture(page, 'verwaltung-konto', LOOKS[0]!, true);
    await page.getByRole('button', { name: 'Widerrufen: Abgleich' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Widerrufen' }).click();
    await page.getByText('Kein Programm hat Zugang in Ihrem Namen.').waitFor();
    expect(await ask('/ich')).toBe(401);

    await page.getByRole('link', { name: 'Kennwort ändern' }).first().click();
    await page.getByLabel('Bisheriges Kennwort').fill('falsch');
    for (const feld of ['Neues Kennwort', 'Neues Kennwort, noch einmal']) await page.getByLabel(feld, { exact: true }).fill('Drei Reiher am Deich');
    await page.keyboard.press('Enter');
    await page.getByText('Das bisherige Kennwort ist nicht richtig').waitFor();
    await page.getByLabel('Bisheriges Kennwort').fill(EIGENES);
    await page.keyboard.press('Enter');
    await h1(page, 'Mein Konto');
    expect([hier.troubles, dort.troubles]).toEqual([[], []]);
    await Promise.all([admin, hier, dort].map(({ context }) => context.close()));
  }, 180_000);
});

test('UX-07 two administrators at one person: nothing is overwritten unseen, what was typed stays, the saved state can be loaded', async () => {
  const eine = await as(browser, ADMIN);
  const id = await idOf(eine.page, '/benutzer?q=onken');
  await eine.page.goto(`/verwaltung/benutzer/${id}`);
  const andere = await as(browser, ADMIN, LOOKS[0]!, `/verwaltung/benutzer/${id}`);
  const funktion = `Wohngeld ${eigen()}`;
  await andere.page.getByLabel('Telefon').fill('04999 15-1');
  await eine.page.getByLabel('Funktion').fill(funktion);
  await eine.page.getByRole('button', { name: 'Speichern' }).click();
  await eine.page.getByText('Gespeichert').waitFor();
  await andere.page.getByRole('button', { name: 'Speichern' }).click();
  await andere.page.getByRole('button', { name: 'Gespeicherten Stand laden' }).waitFor();
  expect(await andere.page.getByLabel('Telefon').inputValue()).toBe('04999 15-1');
  expect(await axe(andere.page)).toEqual([]);
  await picture(andere.page, 'verwaltung-veraltet', LOOKS[0]!);
  await andere.page.getByRole('button', { name: 'Gespeicherten Stand laden' }).click();
  expect(await andere.page.getByLabel('Funktion').inputValue()).toBe(funktion);
  await andere.page.getByLabel('Telefon').fill('04999 15-1');
  await andere.page.getByRole('button', { name: 'Speichern' }).click();
  await andere.page.getByText('Gespeichert').waitFor();
  expect((await get(eine.page, `/benutzer/${id}`))).toMatchObject({ funktion, telefon: '04999 15-1' });
  await Promise.all([eine.context.close(), andere.context.close()]);
}, 120_000);

describe('EX-06, UX-08 every page: axe 0 and no sideways scrolling', () => {
  for (const look of [...LOOKS, ...TIGHT.slice(0, 1)]) test(`${look.width} × ${look.height} ${look.scheme}`, async () => {
    const admin = await as(browser, ADMIN, look);
    const { page } = admin;
    const [benutzer, rolle, einheit, wurzel] = [await idOf(page, '/benutzer?q=seidel'), await idOf(page, '/rollen'), await idOf(page, '/organisationseinheiten?q=63.1'), await idOf(page, '/schutzbereiche')];
    const bereich = await idOf(page, `/schutzbereiche?parentId=${wurzel}`);
    const seiten: [string, string][] = [
      ['', '/verwaltung'], ['-benutzer', '/verwaltung/benutzer'], ['-niemand', '/verwaltung/benutzer?q=Xylophonquastenflosser'], ['-benutzer-neu', '/verwaltung/benutzer/neu'], ['-person', `/verwaltung/benutzer/${benutzer}`],
      ['-rollen', '/verwaltung/rollen'], ['-rolle', `/verwaltung/rollen/${rolle}`], ['-organisation', '/verwaltung/organisation'], ['-einheit', `/verwaltung/organisation/${einheit}`], ['-einheit-neu', `/verwaltung/organisation/neu?unter=${einheit}`],
      ['-schutzbereiche', '/verwaltung/schutzbereiche'], ['-schutzbereich', `/verwaltung/schutzbereiche/${bereich}`], ['-matrix', '/verwaltung/schutzbereiche/matrix'], ['-rollen-matrix', '/verwaltung/rollen/matrix'], ['-was-darf', `/verwaltung/personen/${benutzer}/rechte`], ['-konto', '/konto'], ['-kennwort', '/kennwort'], ['-keine', `/verwaltung/benutzer/${wurzel}`],
    ];
    for (const [name, pfad] of seiten) await check(page, name, pfad, look);
    expect(admin.troubles).toEqual([]);
    const betrieb = await as(browser, BETRIEB, look);
    for (const [name, pfad] of [['-betrieb', '/verwaltung'], ['-mandanten', '/verwaltung/mandanten'], ['-mandant-neu', '/verwaltung/mandanten/neu'], ['-mandant-seite', `/verwaltung/mandanten/${await idOf(betrieb.page, '/mandanten')}`], ['-leer', '/verwaltung/schutzbereiche']] as const) await check(betrieb.page, name, pfad, look);
    expect(betrieb.troubles).toEqual([]);
    await Promise.all([admin.context.close(), betrieb.context.close()]);
  }, 240_000);

  async function check(page: Page, name: string, pfad: string, look: (typeof LOOKS)[number]) {
    await page.goto(pfad);
    await page.getByRole('heading', { level: 1 }).or(page.getByRole('alert')).first().waitFor();
    await page.waitForLoadState('networkidle');
    await picture(page, `verwaltung${name}`, look, look.width < 500);
    expect([pfad, await sideways(page), look === TIGHT[0] ? [] : await axe(page)]).toEqual([pfad, 0, []]);
  }
});

test('BE-01 a clerk is offered nothing of it, and who knows the address gets a word instead of a form', async () => {
  const { page, context, troubles } = await as(browser, 'katrin.seidel');
  expect(await page.getByRole('link', { name: 'Verwaltung' }).count()).toBe(0);
  for (const pfad of ['benutzer', 'benutzer/neu', 'rollen', 'rollen/neu', 'organisation', 'organisation/neu', 'mandanten', 'mandanten/neu', 'schutzbereiche']) {
    await page.goto(`/verwaltung/${pfad}`);
    await h1(page, 'Diese Seite ist für die Verwaltung');
    expect(await page.locator('main').getByRole('textbox').count()).toBe(0);
  }
  expect(await axe(page)).toEqual([]);
  expect(await get(page, '/benutzer?limit=1')).toMatchObject({ eintraege: [{ konto: null }] });
  const fremd = await as(browser, ADMIN, LOOKS[0]!, '/verwaltung/mandanten');
  await h1(fremd.page, 'Diese Seite ist für die Verwaltung');
  expect(troubles).toEqual([]);
  await Promise.all([context.close(), fremd.context.close()]);
}, 120_000);

test('EX-06 the tree of offices by keyboard: one stop, arrows walk, fold and unfold, Enter opens, Tab goes on to the form', async () => {
  const { page, context } = await as(browser, ADMIN, LOOKS[0]!, '/verwaltung/organisation');
  const active = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  await page.getByRole('treeitem', { name: /^10 / }).focus();
  await page.keyboard.press('ArrowDown');
  expect(await active()).toContain('10.1');
  await page.keyboard.press('ArrowLeft');
  expect(await active()).toMatch(/^10 /);
  await page.keyboard.press('ArrowLeft');
  expect(await page.getByRole('treeitem', { name: /^10 / }).getAttribute('aria-expanded')).toBe('false');
  await page.keyboard.press('ArrowDown');
  expect(await active()).toMatch(/^32 /);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '32 Sicherheit und Ordnung' }).waitFor();
  expect(await page.getByRole('treeitem', { name: /^32 / }).getAttribute('aria-selected')).toBe('true');
  for (let i = 0; i < 6 && !(await page.evaluate(() => document.activeElement?.closest('form') !== null && document.activeElement?.closest('form') !== undefined)); i++) await page.keyboard.press('Tab');
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('kennzeichen');
  await context.close();
}, 60_000);
