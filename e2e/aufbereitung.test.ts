/** The state of a content's preparation as people see it, in a real browser; the API's answers are given here, as its contract says. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { Aufbereitung } from '#modules/aufbereitung/contract.ts';
import { axe, LOOKS, openBrowser, openPage, picture, sideways, TIGHT } from './browser.ts';
import { startMuster } from './muster-server.ts';

const ID = '019ab000-0000-7000-8000-000000000001';
type Schritte = Record<string, Partial<z.input<typeof Aufbereitung>['schritte'][number]>>;
const aufbereitung = (stand: Schritte, rest: Partial<z.input<typeof Aufbereitung>> = {}) => Aufbereitung.parse({
  inhaltId: ID, dateiname: 'Scan 4711.tif', format: 'tiff', formatName: 'TIFF-Bild', mime: 'image/tiff', seiten: 2, textVorhanden: false, hinweise: [], bilder: { daumen: 0, seite: 0 }, seitenbilder: [], rendition: false, mail: null, anlagen: [], ...rest,
  schritte: ['typ', 'text', 'ocr', 'vorschau', 'rendition'].map((art) => ({ art, titel: art, status: 'fertig', code: null, grund: null, abhilfe: null, wiederholbar: false, fortschritt: null, geaendert: null, ...stand[art] })),
});
const gescheitert = aufbereitung({
  text: { status: 'nicht_noetig', code: 'kein_text_im_format', grund: 'Dateien dieser Art enthalten keinen Text.' },
  ocr: { status: 'fehlgeschlagen', code: 'zeit', grund: 'Die Verarbeitung hat zu lange gedauert und wurde abgebrochen.', abhilfe: 'Das Original ist unverändert gespeichert und kann heruntergeladen werden. Sie können es später erneut versuchen.', wiederholbar: true },
  vorschau: { status: 'fehlgeschlagen', code: 'bild_nicht_lesbar', grund: 'Das Bild ist nicht lesbar.', abhilfe: 'Das Original ist unverändert gespeichert und kann heruntergeladen werden.', wiederholbar: true },
});
const erkennt = aufbereitung({ ocr: { status: 'laeuft', fortschritt: { fertig: 10, gesamt: 34 } } }, { seiten: 34, bilder: { daumen: 2, seite: 2 }, seitenbilder: [{ seite: 1, breite: 1240, hoehe: 1754 }, { seite: 2, breite: 1240, hoehe: 1754 }] });
const mail = aufbereitung({}, { format: 'eml', formatName: 'E-Mail', seiten: 1, hinweise: [{ code: 'signiert', text: 'Die Nachricht trägt eine elektronische Signatur. Sie wurde nicht geprüft.' }],
  mail: { von: [{ name: 'Jansen + Roth', adresse: 'buero@jansen-roth.example' }], an: [{ name: '', adresse: 'bauamt@auental.example' }], cc: [], antwortAn: [], betreff: 'Rückfrage zur Gebäudehöhe', datum: '2026-11-09T08:12:00.000Z', messageId: null, inReplyTo: null, references: [], text: 'Guten Tag,\n\nwie hoch darf gebaut werden?', verschluesselt: false, signiert: true },
  anlagen: [{ inhaltId: ID, nr: 1, dateiname: 'Schnitt A–A.pdf', mime: 'application/pdf', groesse: 48_213, inline: false, contentId: null }] });

let browser: Browser;
let muster: Awaited<ReturnType<typeof startMuster>>;
beforeAll(async () => {
  const files = await mkdtemp(join(tmpdir(), 'va-dateien-'));
  await writeFile(join(files, 'leer.txt'), '');
  [browser, muster] = await Promise.all([openBrowser(), startMuster(files)]);
});
afterAll(async () => { await browser?.close(); await muster?.stop(); });

async function answer(page: Page, antwort: () => unknown) {
  const bild = await sharp({ create: { width: 1240, height: 1754, channels: 3, background: '#f4f1ea' } }).webp().toBuffer();
  await page.route('**/api/v1/**', (route) => {
    const url = route.request().url();
    if (url.includes('/bild')) return route.fulfill({ contentType: 'image/webp', body: bild });
    if (url.includes('/text')) return route.fulfill({ json: { gesamt: 1, seiten: [{ seite: 1, text: 'Landkreis Auental', quelle: 'ocr', konfidenz: 91, woerter: null, breite: 2480, hoehe: 3508 }] } });
    return route.fulfill({ json: antwort() });
  });
}

describe('UX-04, UX-07: every state of the preparation, axe 0, no sideways scrolling', () => {
  for (const [name, stand, wort] of [['gescheitert', gescheitert, '2 Schritte fehlgeschlagen'], ['erkennt', erkennt, 'Seite 10 von 34'], ['mail', mail, 'elektronische Signatur']] as const) {
    test(name, async () => {
      for (const look of [LOOKS[0]!, LOOKS.at(-1)!, ...TIGHT]) {
        const { page, context, troubles } = await openPage(browser, muster.origin, look);
        await answer(page, () => stand);
        await page.goto(`/inhalt?id=${ID}`);
        await page.getByText(wort).first().waitFor();
        expect(await sideways(page)).toBe(0);
        await picture(page, `aufbereitung-${name}`, look);
        expect(await axe(page)).toEqual([]);
        expect(troubles).toEqual([]);
        await context.close();
      }
    });
  }
});

test('UX-04 „Erneut versuchen“ by keyboard: the step runs again and its end appears by itself', async () => {
  const { page, context, troubles } = await openPage(browser, muster.origin, LOOKS[0]!);
  let wiederholt = 0, gefragt = 0;
  await answer(page, () => (wiederholt === 0 ? gescheitert : ++gefragt < 3 ? aufbereitung({ ocr: { status: 'offen' }, vorschau: { status: 'offen' } }) : aufbereitung({}, { seitenbilder: [{ seite: 1, breite: 1240, hoehe: 1754 }] })));
  await page.route('**/aufbereitung/wiederholung', (route) => { wiederholt++; expect(route.request().postDataJSON()).toEqual({ schritt: 'ocr' }); return route.fulfill({ status: 202, json: aufbereitung({ ocr: { status: 'offen' } }) }); });
  await page.goto(`/inhalt?id=${ID}`);
  await page.getByRole('button', { name: 'Erneut versuchen' }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByText('Die Datei wird gelesen …').first().waitFor();
  await page.getByText('gelesen, 2 Seiten').waitFor();
  expect(wiederholt).toBe(1);
  expect(troubles).toEqual([]);
  await context.close();
});
