/** Recognition with both engines: the native one where it is installed, and the one that npm brings. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { closeArbeitsbereich, withOrdner } from '../server/konverter/arbeitsordner.ts';
import { findTesseract, openOcr, turnBack } from '../server/konverter/ocr.ts';
import { openKonverter } from '../server/konverter/pool.ts';
import type { Format, Wort } from '../server/konverter/protokoll.ts';
import { readTsv } from '../server/konverter/tsv.ts';
import { makeScanseite, makeTiff } from './hilfen.ts';

const konverter = openKonverter({ anzahl: 1 });
const nativ = openOcr(konverter, { parallel: 2 });
const wasm = openOcr(konverter, { parallel: 1, nurWasm: true });
afterAll(async () => { await nativ.close(); await wasm.close(); await konverter.close(); await closeArbeitsbereich(); });

const recognize = (maschine: typeof nativ, bytes: Buffer, format: Format, seiten = [1]) => withOrdner(async (ordner) => {
  const datei = join(ordner, 'original');
  await writeFile(datei, bytes);
  return maschine.recognize({ datei, ordner, format, seiten });
});
const ZEILEN = ['Landkreis Auental, Bauordnungsamt', 'Ihr Antrag auf Grundstücksentwässerung', 'vom 5. Oktober ist vollständig.'];

test('native tesseract reads German, two pages side by side, and places its words', { timeout: 120_000 }, async ({ skip }) => {
  if (!(await findTesseract())) skip('tesseract with German is not installed: apt-get install tesseract-ocr tesseract-ocr-deu');
  const e = await recognize(nativ, await makeTiff([await makeScanseite(ZEILEN), await makeScanseite([...ZEILEN].reverse())]), 'tiff', [1, 2]);
  expect(e).toMatchObject({ maschine: 'tesseract', gescheitert: [] });
  expect(e.seiten.map((s) => s.seite)).toEqual([1, 2]);
  expect(e.seiten[0]!.text).toContain('Grundstücksentwässerung');
  const [x, y, b] = e.seiten[0]!.woerter.find((w) => w[5] === 'Landkreis')!;
  expect(x).toBeGreaterThan(200); expect(x).toBeLessThan(280); expect(y).toBeLessThan(240); expect(b).toBeGreaterThan(150);
});

test('the WebAssembly engine reads the same, with nothing from the network', { timeout: 180_000 }, async () => {
  const e = await recognize(wasm, await makeScanseite(ZEILEN), 'png');
  expect(e).toMatchObject({ maschine: 'wasm', gescheitert: [] });
  expect(e.seiten[0]!.text).toContain('Grundstücksentwässerung');
  expect(e.seiten[0]!.konfidenz).toBeGreaterThan(80);
});

test('a page that lies upside down or on its side is read, its words placed on the page as it lies', { timeout: 180_000 }, async ({ skip }) => {
  if (!(await findTesseract())) skip('tesseract with German is not installed: apt-get install tesseract-ocr tesseract-ocr-deu');
  for (const drehung of [180, 90]) {
    const e = await recognize(nativ, await makeScanseite([...ZEILEN, ...ZEILEN, ...ZEILEN], drehung), 'png');
    expect(e.seiten[0]!.text, String(drehung)).toContain('Bauordnungsamt');
    const { breite, hoehe, woerter } = e.seiten[0]!;
    for (const [x, y, b, h] of woerter) { expect(x + b).toBeLessThanOrEqual(breite); expect(y + h).toBeLessThanOrEqual(hoehe); }
  }
});

test('HEIC from a phone is decoded and read', { timeout: 120_000 }, async () => {
  const e = await recognize((await findTesseract()) ? nativ : wasm, await readFile(new URL('./daten/zaehler.heic', import.meta.url)), 'heic');
  expect(e.seiten[0]!.text).toContain('Hauptwasserzähler 4711');
});

test('a page that cannot be drawn fails alone', { timeout: 120_000 }, async () => {
  const e = await recognize(wasm, Buffer.from('II*\0kaputt'), 'tiff');
  expect(e.seiten).toEqual([]);
  expect(e.gescheitert).toMatchObject([{ seite: 1, code: 'bild_nicht_lesbar' }]);
});

test('words of a turned picture go back to where they lie on the page', () => {
  const wort: Wort = [10, 20, 30, 5, 90, 'x'];
  expect(turnBack({ woerter: [wort], breite: 100, hoehe: 200 }, 180)).toEqual([[60, 175, 30, 5, 90, 'x']]);
  // page 200 × 100 turned 90° clockwise gives 100 × 200: its left edge is then on top
  expect(turnBack({ woerter: [wort], breite: 100, hoehe: 200 }, 90)).toEqual([[20, 60, 5, 30, 90, 'x']]);
  expect(turnBack({ woerter: [wort], breite: 100, hoehe: 200 }, 270)).toEqual([[175, 10, 5, 30, 90, 'x']]);
});

test('tesseract’s table becomes lines and paragraphs', () => {
  const zeile = (absatz: number, z: number, wort: string) => `5\t1\t1\t${absatz}\t${z}\t1\t1\t2\t3\t4\t90\t${wort}`;
  expect(readTsv(['level\t…', zeile(1, 1, 'Bau-'), zeile(1, 2, 'antrag'), zeile(1, 2, 'liegt'), zeile(2, 1, 'vor')].join('\n'))).toMatchObject({ text: 'Bauantrag liegt\n\nvor', konfidenz: 90 });
});
