/**
 * L9 of the targets, and what reading and drawing of PDFs costs through the converter, each beside the bare engine in the same interleaved run.
 * node bench/aufbereitung.ts [pages to recognise, 8] [rounds, 1]
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import { openPdf } from '#modules/aufbereitung/server/konverter/lesen/pdfium.ts';
import { withOrdner } from '#modules/aufbereitung/server/konverter/arbeitsordner.ts';
import { findTesseract, openOcr } from '#modules/aufbereitung/server/konverter/ocr.ts';
import { openKonverter } from '#modules/aufbereitung/server/konverter/pool.ts';
import { runProgramm } from '#modules/aufbereitung/server/konverter/prozess.ts';
import { lesegrenzen } from '#modules/aufbereitung/server/konverter/protokoll.ts';
import { makePdf, makeScanseite, makeTiff } from '#modules/aufbereitung/tests/hilfen.ts';
import setup from '#platform/testing/global-setup.ts';
import { median, print } from './lib.ts';

const SEITEN = Number(process.argv[2] ?? 8);
const RUNDEN = Number(process.argv[3] ?? 1);
const GRENZEN = { zeitMs: 600_000, speicherMiB: 2_000, ausgabeMiB: 2_000 };
const SAETZE = ['Die Genehmigung zur Errichtung der baulichen Anlage wird unter den folgenden', 'Nebenbestimmungen erteilt. Das Grundstück liegt im Geltungsbereich des Bebauungsplans', 'Nr. 17 der Gemeinde; die Entwässerung erfolgt über den vorhandenen Mischwasserkanal.', 'Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Widerspruch erhoben', 'werden. Die Gebühr beträgt 1.284,50 Euro und ist bis zum 30. November fällig.'];
const absatz = (n: number) => Array.from({ length: n }, (_, i) => SAETZE[i % SAETZE.length]!);
const ordner = await mkdtemp(join(tmpdir(), 'va-bench-'));
const pdf = join(ordner, 'brief.pdf');
await writeFile(pdf, await makePdf(Array.from({ length: 200 }, (_, i) => `Seite ${i + 1}\n${absatz(40).join('\n')}`)));
const tiff = await makeTiff(await Promise.all(Array.from({ length: SEITEN }, (_, i) => makeScanseite([`Seite ${i + 1}`, ...absatz(32)]))));
await writeFile(join(ordner, 'scan.tif'), tiff);

/** Pages a second of both, A B B A …, so that a noisy machine hurts both alike. */
async function compare(runden: number, seiten: number, a: () => Promise<unknown>, b: () => Promise<unknown>) {
  const raten: [number[], number[]] = [[], []];
  const messen = async (welche: 0 | 1) => { const start = performance.now(); const ms = await [a, b][welche]!(); raten[welche].push(seiten / ((typeof ms === 'number' ? ms : performance.now() - start) / 1000)); };
  for (let i = 0; i < runden; i++) for (const welche of (i % 2 ? [1, 0] : [0, 1]) as (0 | 1)[]) await messen(welche);
  return [median(raten[0]), median(raten[1])] as const;
}
const konverter = openKonverter({ anzahl: 1 });
const auftrag = <T>(work: (o: string, datei: string) => Promise<T>) => withOrdner(async (o) => { const datei = join(o, 'original'); await writeFile(datei, await readFile(pdf)); return work(o, datei); });
const lesen = () => auftrag((o, datei) => konverter.run({ art: 'lesen', datei, ordner: o, grenzen: lesegrenzen }, GRENZEN));
const daumen = () => auftrag((o, datei) => konverter.run({ art: 'bilder', datei, ordner: o, format: 'pdf', daumen: 60, seiten: 0 }, GRENZEN));
const rohLesen = async () => { const p = await openPdf(pdf); for (let i = 0; i < p.seiten; i++) p.readSeite(i); p.close(); };
const rohDaumen = async () => {
  const p = await openPdf(pdf);
  for (let i = 0; i < 60; i++) { const { data, breite, hoehe } = p.render(i, { breite: 240 })!; await sharp(data, { raw: { width: breite, height: hoehe, channels: 4 } }).flatten({ background: '#fff' }).webp({ quality: 72, effort: 2 }).toBuffer(); }
  p.close();
};
await lesen();
await rohLesen();
const [text, textRoh] = await compare(5, 200, lesen, rohLesen);
print('', 'Text aus PDF, Seiten je s (PDFium im selben Prozess)', text.toFixed(0), textRoh.toFixed(0), text / textRoh, '-');
const [bilder, bilderRoh] = await compare(5, 60, daumen, rohDaumen);
print('', 'Miniaturen, Seiten je s (PDFium + libvips im selben Prozess)', bilder.toFixed(1), bilderRoh.toFixed(1), bilder / bilderRoh, '-');

const tesseract = await findTesseract();
if (!tesseract) console.log('L9    ausgelassen: tesseract mit deu ist nicht installiert (apt-get install tesseract-ocr tesseract-ocr-deu)');
else {
  const parallel = availableParallelism();
  // The engine alone: pictures already drawn, as many processes as cores.
  const { openBild, renderForOcr } = await import('#modules/aufbereitung/server/konverter/lesen/bild.ts'); // not before the pages are made: it forbids libvips to read SVG
  const bild = await openBild(join(ordner, 'scan.tif'), 'tiff');
  for (let i = 0; i < SEITEN; i++) { const p = await renderForOcr(bild, i); await writeFile(join(ordner, `s${i}.pgm`), Buffer.concat([Buffer.from(`P5\n${p.breite} ${p.hoehe}\n255\n`), p.data])); }
  const roh = async () => {
    let n = 0;
    await Promise.all(Array.from({ length: parallel }, async () => { for (let i = n++; i < SEITEN; i = n++) await runProgramm([tesseract, join(ordner, `s${i}.pgm`), join(ordner, `s${i}`), '-l', 'deu', '--dpi', '300', '--psm', '3', 'tsv'], { ordner, grenzen: GRENZEN, env: { OMP_THREAD_LIMIT: '1' } }); }));
  };
  // The whole way: job queue, content decrypted, pages drawn, recognised, text and words stored.
  const teardown = await setup();
  const lauf = await import('#modules/aufbereitung/tests/lauf.ts');
  const { newMandant } = await import('#platform/testing/test.ts');
  await lauf.startJobs(1);
  const { ctx } = newMandant().as('sachbearbeitung');
  const ganz = async () => {
    const a = await lauf.waitUntil(ctx, await lauf.attach(ctx, tiff, 'scan.tif'), undefined, 3_000);
    const am = (art: string) => Date.parse(a.schritte.find((s) => s.art === art)!.geaendert!);
    return am('ocr') - am('typ');
  };
  const [ocr, ocrRoh] = await compare(RUNDEN, SEITEN, ganz, roh);
  print('L9', `OCR, Seiten je s (tesseract allein, ${parallel} nebeneinander)`, ocr.toFixed(2), ocrRoh.toFixed(2), ocr / ocrRoh, '≥ 0,95');
  await lauf.endLauf();
  await teardown();
}
// What npm brings against what apt brings, both through the same pipeline; one page, since it is slow.
const wasm = openOcr(konverter, { parallel: 1, nurWasm: true }), nativ = openOcr(konverter, { parallel: 1 });
const eine = (o: ReturnType<typeof openOcr>) => () => withOrdner(async (ort) => { const datei = join(ort, 'original'); await writeFile(datei, tiff); await o.recognize({ datei, ordner: ort, format: 'tiff', seiten: [1] }); });
await eine(wasm)();
if (tesseract) {
  const [w, n] = await compare(Math.max(3, RUNDEN), 1, eine(wasm), eine(nativ));
  print('', 'OCR mit WebAssembly, Seiten je s (tesseract)', w.toFixed(2), n.toFixed(2), w / n, '-');
}
await Promise.all([wasm.close(), nativ.close(), konverter.close()]);
await rm(ordner, { recursive: true });
process.exit(0);
