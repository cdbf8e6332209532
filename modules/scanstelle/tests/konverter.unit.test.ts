/** Through the scan converter's process, as the server calls it: pages of every kind of file, and files that are none. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeArbeitsbereich, withOrdner } from '#modules/aufbereitung/server/konverter/index.ts';
import { openPdf } from '#modules/aufbereitung/server/konverter/lesen/index.ts';
import { analyseSeite, baueDeckblatt, baueScanPdf, bearbeiteSeite, closeScanbild, makeDeckblattcode, makeVorschau, readDeckblattcode, readSeiten, type PdfErgebnis, type PdfSeite, type Scanmime, type Scanseite } from '../server/bild/index.ts';
import { openTiff } from '../server/bild/lesen/tiff.ts';
import { jbig2OfG4, joinTiff, makeBombe, makePortfolio, makeScanPdf, makeTextPdf } from './dateien.ts';
import { asG4ganz, asJpeg, asPng, blur, drawSymbol, makeBlatt, makeText, rausche, rechteck, scale, turn, type Blatt } from './scansatz.ts';

afterAll(async () => { await closeScanbild(); await closeArbeitsbereich(); });

const withDatei = <T>(bytes: Buffer, work: (datei: string, ordner: string) => Promise<T>) => withOrdner(async (ordner) => { const datei = join(ordner, 'stapel'); await writeFile(datei, bytes); return work(datei, ordner); });
const seiten = (bytes: Buffer, mime: Scanmime, optionen = {}) => withDatei(bytes, async (datei) => Array.fromAsync(readSeiten(datei, mime, optionen)));
const pdfOf = (quellen: readonly (Omit<PdfSeite, 'datei'> & { bytes: Buffer })[]) => withOrdner(async (ordner) => {
  const liste: PdfSeite[] = [];
  for (const [i, { bytes, ...rest }] of quellen.entries()) { const datei = join(ordner, `q${i}`); await writeFile(datei, bytes); liste.push({ ...rest, datei }); }
  return baueScanPdf(liste, { titel: 'Antrag Müller & Söhne', erstellt: new Date('2026-11-28T04:00:00Z') }, async (stream, pdf) => ({ bytes: Buffer.concat(await Array.fromAsync(stream())), pdf }));
});
const render = (bytes: Buffer, dpi: number) => withDatei(bytes, async (datei) => { const pdf = await openPdf(datei); try { return Array.from({ length: pdf.seiten }, (_, i) => pdf.render(i, { dpi, grau: true })!); } finally { pdf.close(); } });

let text: Blatt;
let g4: Buffer;
let daten: Buffer;
/** The same page with ink as black, as JBIG2 wants it; libvips writes paper as black. */
let negativ: Buffer;
let jpeg: Buffer;
/** Whether the fax lines code black as white: then a reader has to be told. */
let umgekehrt = false;
beforeAll(async () => {
  const roh = rausche(await makeText(1, { dpi: 200 }), 3, 1);
  text = { dpi: 200, breite: roh.breite & ~15, hoehe: roh.hoehe & ~15, data: new Uint8Array(await sharp(roh.data, { raw: { width: roh.breite, height: roh.hoehe, channels: 1 } }).extract({ left: 0, top: 0, width: roh.breite & ~15, height: roh.hoehe & ~15 }).toColourspace('b-w').raw().toBuffer()) };
  g4 = await asG4ganz(text);
  jpeg = await asJpeg(text);
  await withDatei(await asG4ganz({ ...text, data: text.data.map((v) => 255 - v) }, 116), async (datei) => { const t = await openTiff(datei); negativ = Buffer.concat(await t.daten!(await t.seite!(0))); await t.close(); });
  await withDatei(g4, async (datei) => { const t = await openTiff(datei); const s = await t.seite!(0); daten = Buffer.concat(await t.daten!(s)); umgekehrt = s.photometrie === 1; if (!s.ganz || s.kompression !== 4) throw new Error('the test wants one piece of group 4'); await t.close(); });
});

test('issue 5: multi-page TIFF of mixed kinds and sizes, page by page, its bytes as they are', { timeout: 180_000 }, async () => {
  const lzw = await sharp(await asPng(makeBlatt(200, [297, 420]))).tiff({ compression: 'lzw', xres: 200 / 25.4, yres: 200 / 25.4, resolutionUnit: 'inch' }).toBuffer();
  const farbe = await sharp({ create: { width: 400, height: 600, channels: 3, background: '#c33' } }).tiff({ compression: 'deflate' }).toBuffer();
  const alle = await seiten(joinTiff([g4, lzw, farbe, g4]), 'image/tiff', { analyse: {} });
  expect(alle.map((s) => 'fehler' in s ? s.fehler : [s.nummer, s.anzahl, s.breite, s.hoehe, s.dpi, s.unveraendert])).toEqual([
    [1, 4, text.breite, text.hoehe, 200, true], [2, 4, 2339, 3307, 200, true], [3, 4, 400, 600, null, true], [4, 4, text.breite, text.hoehe, 200, true]]);
  expect((alle[0] as { analyse: unknown }).analyse).toMatchObject({ leer: { ist: false }, drehung: { grad: 0 }, codes: [], codefehler: [] });
  expect((alle[1] as { analyse: unknown }).analyse).toMatchObject({ leer: { ist: true, grund: 'nichts' } });
});

test('issue 5: what a scanner put into a PDF comes out as it went in: JPEG byte for byte; JBIG2, CCITT and turned pages drawn in their resolution', { timeout: 180_000 }, async () => {
  const masse = { breite: text.breite, hoehe: text.hoehe };
  const dct = { filter: 'DCTDecode', bytes: jpeg, bits: 8, farbraum: 'DeviceGray', ...masse };
  const [roh] = await seiten(await makeScanPdf([dct]), 'application/pdf');
  expect(roh).toMatchObject({ mime: 'image/jpeg', unveraendert: true, dpi: 200 });
  expect((roh as { bild: Buffer }).bild.equals(jpeg)).toBe(true);
  const fax = { filter: 'CCITTFaxDecode', bytes: daten, bits: 1, farbraum: 'DeviceGray', parameter: { K: -1, Columns: text.breite, Rows: text.hoehe, BlackIs1: umgekehrt }, ...masse };
  const jbig2 = { filter: 'JBIG2Decode', bytes: jbig2OfG4(negativ, text.breite, text.hoehe), bits: 1, farbraum: 'DeviceGray', ...masse };
  const erwartet = await sharp(g4).toColourspace('b-w').raw().toBuffer();
  // a coding of JBIG2 that PDFium does not draw: the page is refused, never taken for blank
  await expect(seiten(await makeScanPdf([jbig2]), 'application/pdf', { analyse: {} })).rejects.toThrow(/nicht lesbar \(JBIG2\)/);
  for (const [name, bild] of [['CCITT', fax]] as const) {
    const [seite] = await seiten(await makeScanPdf([bild]), 'application/pdf', { analyse: {} }) as Extract<Scanseite, { bild: Buffer }>[];
    expect(seite, name).toMatchObject({ mime: 'image/png', unveraendert: false, analyse: { leer: { ist: false }, drehung: { grad: 0 } } });
    expect(Math.abs(seite!.breite - text.breite), name).toBeLessThan(8);
    const { data } = await sharp(seite!.bild).resize({ width: text.breite, height: text.hoehe, fit: 'fill' }).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    let anders = 0;
    for (let i = 0; i < erwartet.length; i++) if ((data[i]! < 128) !== (erwartet[i]! < 128)) anders++;
    expect(anders / erwartet.length, name).toBeLessThan(0.02);
  }
  const [gedreht] = await seiten(await makeScanPdf([dct], { drehung: 180 }), 'application/pdf', { analyse: {} });
  expect(gedreht).toMatchObject({ unveraendert: false, analyse: { drehung: { grad: 180 } } });
});

test('issue 5: one PDF of chosen pages keeps the bytes of pages nobody changed, and turns them without touching them', { timeout: 180_000 }, async () => {
  const tiff = joinTiff([g4, await sharp(await asPng(text)).tiff({ compression: 'lzw' }).toBuffer()]);
  const scan = await makeScanPdf([{ filter: 'JBIG2Decode', bytes: jbig2OfG4(negativ, text.breite, text.hoehe), breite: text.breite, hoehe: text.hoehe, bits: 1, farbraum: 'DeviceGray' }, { filter: 'DCTDecode', bytes: jpeg, breite: text.breite, hoehe: text.hoehe, bits: 8, farbraum: 'DeviceGray' }]);
  const { bytes, pdf } = await pdfOf([
    { bytes: tiff, mime: 'image/tiff', seite: 1 }, { bytes: jpeg, mime: 'image/jpeg', seite: 1, bearbeitung: { drehung: 90 } }, { bytes: tiff, mime: 'image/tiff', seite: 2, dpi: 200 }, { bytes: scan, mime: 'application/pdf', seite: 1 },
    { bytes: scan, mime: 'application/pdf', seite: 2 }, { bytes: await asPng(text), mime: 'image/png', seite: 1 }, { bytes: tiff, mime: 'image/tiff', seite: 1, bearbeitung: { gerade: 2 } },
  ]);
  expect(pdf).toMatchObject({ seiten: 7, verlustfrei: 6, originalbytes: 5, groesse: bytes.length } satisfies Partial<PdfErgebnis>);
  for (const teil of [daten, jpeg, negativ]) expect(bytes.includes(teil)).toBe(true);
  const bilder = await render(bytes, 200);
  const soll = await sharp(g4).toColourspace('b-w').raw().toBuffer();
  for (const i of [0, 2, 5]) {
    expect([bilder[i]!.breite, bilder[i]!.hoehe].map((n, k) => Math.abs(n - [text.breite, text.hoehe][k]!) <= 8), `Seite ${i + 1}`).toEqual([true, true]);
    const { data } = await sharp(bilder[i]!.data, { raw: { width: bilder[i]!.breite, height: bilder[i]!.hoehe, channels: 1 } }).resize({ width: text.breite, height: text.hoehe, fit: 'fill' }).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    let anders = 0;
    for (let k = 0; k < soll.length; k++) if ((data[k]! < 128) !== (soll[k]! < 128)) anders++;
    expect(anders / soll.length, `Seite ${i + 1}`).toBeLessThan(0.03);
  }
  expect(bilder[1]!.breite).toBeGreaterThan(bilder[1]!.hoehe);
  expect(bytes.toString('latin1')).toMatch(/OutputIntent/);
  expect(bytes.includes('<rdf:li xml:lang="x-default">Antrag Müller &amp; Söhne</rdf:li>')).toBe(true);
});

test('issue 5: EXIF, CMYK, LZW, group 4, fax: each is read as it is meant and stands upright in the PDF', { timeout: 180_000 }, async () => {
  const liegend = await sharp(await asJpeg(await turn(text, 270))).withMetadata({ orientation: 6, density: 200 }).jpeg().toBuffer();
  const exif = await analyseSeite(liegend);
  expect(exif).toMatchObject({ breite: text.breite, hoehe: text.hoehe, drehung: { grad: 0 } });
  const cmyk = await sharp(jpeg).toColourspace('cmyk').jpeg().toBuffer();
  expect(await sharp(cmyk).metadata()).toMatchObject({ space: 'cmyk' });
  expect(await analyseSeite(cmyk)).toMatchObject({ leer: { ist: false }, drehung: { grad: 0 } });
  const { bytes, pdf } = await pdfOf([{ bytes: liegend, mime: 'image/jpeg', seite: 1 }, { bytes: cmyk, mime: 'image/jpeg', seite: 1, dpi: 200 }]);
  expect(pdf.originalbytes).toBe(2);
  const bilder = await render(bytes, 150);
  for (const b of bilder) {
    const a = await analyseSeite(await sharp(b.data, { raw: { width: b.breite, height: b.hoehe, channels: 1 } }).withMetadata({ density: 150 }).png().toBuffer());
    expect(a).toMatchObject({ drehung: { grad: 0 }, leer: { ist: false } });
  }
});

test('issue 5: bad files end in a German sentence, and the converter goes on', { timeout: 300_000 }, async () => {
  const faelle: [string, Buffer, Scanmime, RegExp][] = [
    ['Bombe', makeBombe(60_000, 60_000), 'image/png', /zu groß \(Grenze 320 Millionen Pixel\)/], ['leer', Buffer.alloc(0), 'image/tiff', /leer \(0 Byte\)/], ['Text', Buffer.from('Sehr geehrte Damen und Herren'), 'image/jpeg', /kein PDF, TIFF, JPEG oder PNG/],
    ['Portfolio', await makePortfolio(), 'application/pdf', /Portfolio/], ['abgeschnittenes TIFF', g4.subarray(0, 4_000), 'image/tiff', /beschädigt|unvollständig/], ['TIFF-Kopf', Buffer.from('II*\0\xff\xff\xff\x7f', 'latin1'), 'image/tiff', /beschädigt/],
    ['abgeschnittenes PDF', (await makeTextPdf(3)).subarray(0, 300), 'application/pdf', /beschädigt/], ['PDF ohne Inhalt', Buffer.from('%PDF-1.7\n'), 'application/pdf', /beschädigt/], ['Müll hinter JPEG-Kopf', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500, 7)]), 'image/jpeg', /nicht lesbar/],
  ];
  for (const [name, bytes, mime, satz] of faelle) await expect(seiten(bytes, mime, { analyse: {} }), name).rejects.toThrow(satz);
  await expect(analyseSeite(jpeg.subarray(0, jpeg.length / 2)), 'abgeschnittenes JPEG').rejects.toThrow(/nicht lesbar|beschädigt/);
  await expect(pdfOf([{ bytes: g4.subarray(0, 4_000), mime: 'image/tiff', seite: 1 }])).rejects.toThrow(/beschädigt/);
  await expect(pdfOf([])).rejects.toThrow(/keine Seiten/);
  expect(await analyseSeite(jpeg)).toMatchObject({ leer: { ist: false } });
});

test('issue 5: a page that cannot be read is told in its place, the others come; a chain of directories that was torn off is told too', { timeout: 180_000 }, async () => {
  const ganz = joinTiff([g4, g4, g4]);
  // its data is said to be longer than the file
  const falsch = Buffer.from(g4);
  const ab = falsch.readUInt32LE(4);
  for (let n = 0; n < falsch.readUInt16LE(ab); n++) if (falsch.readUInt16LE(ab + 2 + n * 12) === 325) falsch.writeUInt32LE(0x7fffffff, ab + 10 + n * 12);
  const kaputt = joinTiff([g4, falsch, g4]);
  const alle = await seiten(kaputt, 'image/tiff', { analyse: {} });
  expect(alle.map((s) => 'fehler' in s)).toEqual([false, true, false]);
  expect((alle[1] as { fehler: { text: string } }).fehler.text).toMatch(/nicht lesbar|beschädigt/);
  const gerissen = await seiten(ganz.subarray(0, ganz.length - 2_000), 'image/tiff');
  expect(gerissen.at(-1)).toHaveProperty('fehler.text', expect.stringMatching(/beschädigt|unvollständig/));
  expect('fehler' in gerissen[0]!).toBe(false);
});

test('issue 5: 2,000 pages come one after another, and go into one PDF, without lying in memory', { timeout: 600_000 }, async () => {
  const klein = await asG4ganz(makeBlatt(100, [105, 148]));
  const bytes = joinTiff(Array.from({ length: 2_000 }, () => klein));
  await withDatei(bytes, async (datei) => {
    let n = 0;
    for await (const s of readSeiten(datei, 'image/tiff')) expect(s.nummer).toBe(++n);
    expect(n).toBe(2_000);
    await baueScanPdf(Array.from({ length: 2_000 }, (_, i) => ({ datei, mime: 'image/tiff', seite: i + 1 })), { titel: 'Große Akte', erstellt: new Date() }, async (_s, pdf) => expect(pdf).toMatchObject({ seiten: 2_000, originalbytes: 2_000 }));
  });
  await withDatei(await makeTextPdf(2_000), async (datei) => {
    const it = readSeiten(datei, 'application/pdf', { von: 1_995 });
    expect((await Array.fromAsync(it)).map((s) => s.nummer)).toEqual([1_995, 1_996, 1_997, 1_998, 1_999, 2_000]);
  });
});

test('issue 5: turning, straightening and cutting; a picture to look at', { timeout: 180_000 }, async () => {
  const schief = await turn(await turn(text, 90), 3.4);
  const davor = await analyseSeite(await asJpeg(schief));
  expect(davor.drehung.grad).toBe(270);
  expect(Math.abs(davor.schraege! - 3.4)).toBeLessThan(0.2);
  const danach = await analyseSeite(await bearbeiteSeite(await asJpeg(schief), { drehung: 270, gerade: davor.schraege! }));
  expect(danach).toMatchObject({ drehung: { grad: 0 } });
  expect(Math.abs(danach.schraege!)).toBeLessThan(0.2);
  const meta = await sharp(await bearbeiteSeite(g4, { zuschneiden: { x: 0.1, y: 0.1, breite: 0.5, hoehe: 0.25 } })).metadata();
  expect([meta.width, meta.height]).toEqual([Math.round(text.breite / 2), Math.round(text.hoehe / 4)]);
  expect(await sharp(await makeVorschau(g4, 600)).metadata()).toMatchObject({ format: 'webp', width: 600 });
});

test('issue 5: a cover sheet is read back after print and scan, at every angle and as a poor fax; a foreign QR is none of ours', { timeout: 300_000 }, async () => {
  const ziel = { art: 'vorgang' as const, id: '0192f3a4-5b6c-7d8e-9fa0-b1c2d3e4f506' };
  const code = makeDeckblattcode(ziel, 'Schlüssel von Auental');
  expect(code).toMatch(/^VA1\/V\/[A-Z2-7]{39}$/);
  const pdf = await baueDeckblatt({ titel: 'Bauantrag Müller, Flurstück 17/3', zeilen: ['Vorgang 63.2-11/2026', 'Bauamt, Sachgebiet 63.2', 'gedruckt am 28.11.2026'], code });
  const [bild] = await render(pdf, 300);
  const blatt = { data: new Uint8Array(bild!.data), breite: bild!.breite, hoehe: bild!.hoehe, dpi: 300 };
  for (const [winkel, grad, dpi, sigma] of [[0, 0, 300, 0], [0, 2.5, 150, 0.8], [90, -3, 200, 1], [180, 1.5, 150, 1], [270, 4, 120, 0.6]] as const) {
    const gedreht = winkel ? await turn(blatt, winkel, 255) : blatt;
    let scan = await scale(await turn(gedreht, grad, 255), dpi);
    if (sigma) scan = await blur(scan, sigma);
    const a = await analyseSeite(await asJpeg(rausche(scan, 8, winkel + 1), 60));
    const qr = a.codes.filter((c) => c.art === 'qr');
    expect(qr.map((c) => readDeckblattcode(c.wert, 'Schlüssel von Auental')), `${winkel}°`).toEqual([ziel]);
    expect([...new Set(a.codes.filter((c) => c.art === 'patch').map((c) => c.wert))], `${winkel}°`).toEqual(['T']);
    expect(a.drehung.grad, `${winkel}°`).toBe((360 - winkel) % 360);
    expect(a.widerspruch).toBe(false);
  }
  expect(readDeckblattcode(code, 'Schlüssel von Nordheim')).toBe('ungueltig');
  expect(readDeckblattcode('https://example.org/rechnung', 'x')).toBe('fremd');
});

test('issue 5: two contradicting codes and one that cannot be read are said', { timeout: 180_000 }, async () => {
  const zwei = await makeText(2, { oben: 120 });
  await drawSymbol(zwei, 'qr', 'VA-1', 30, 30);
  await drawSymbol(zwei, 'qr', 'VA-2', 110, 30);
  expect(await analyseSeite(await asJpeg(zwei))).toMatchObject({ widerspruch: true, codes: [{ art: 'qr' }, { art: 'qr' }] });
  const zerstoert = await makeText(2, { oben: 120 });
  await drawSymbol(zerstoert, 'qr', 'VA-4711-2026-unlesbar', 30, 30, 1);
  rechteck(zerstoert, 38, 38, 13, 13, 246);
  const a = await analyseSeite(await asJpeg(zerstoert));
  expect(a.codes).toEqual([]);
  expect(a.codefehler).toMatchObject([{ grund: 'unlesbar', art: 'qr' }]);
});
