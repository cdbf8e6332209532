/** LibreOffice as a process that may hang, crash or write without end. A stand-in named `soffice` plays that part. */
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { arbeitsbereich, closeArbeitsbereich, withOrdner } from '../server/konverter/arbeitsordner.ts';
import { describeAbschottung } from '../server/konverter/prozess.ts';
import { findSoffice, openRendition } from '../server/konverter/rendition.ts';
import { absatz, makeDocx, makeZip } from './hilfen.ts';

const PATH = process.env.PATH!;
let stellvertreter: string;
beforeAll(async () => { stellvertreter = await mkdtemp(join(tmpdir(), 'va-soffice-')); });
afterEach(() => { process.env.PATH = PATH; });
afterAll(async () => { await rm(stellvertreter, { recursive: true }); await closeArbeitsbereich(); });

/** Its arguments end with the files; it may also see where the results belong. */
async function actAs(script: string) {
  await writeFile(join(stellvertreter, 'soffice'), `#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done; aus="$2"; shift 2\npdf() { printf '%%PDF-1.4 %0200d\\n%%%%EOF\\n' 0 > "$aus/$(basename "$1" .docx).pdf"; }\n${script}\n`);
  await chmod(join(stellvertreter, 'soffice'), 0o755);
  process.env.PATH = `${stellvertreter}:${PATH}`;
}
const convertAll = (r: ReturnType<typeof openRendition>, inhalte: readonly (Buffer | string)[]) => withOrdner(async (ordner) => Promise.allSettled(inhalte.map(async (inhalt, i) => {
  const datei = join(ordner, `quelle-${i}`), ziel = join(ordner, `ziel-${i}.pdf`);
  await writeFile(datei, inhalt);
  await r.convert(datei, 'docx', ziel, 'm');
  return readFile(ziel);
})));
const codes = (ergebnisse: PromiseSettledResult<unknown>[]) => ergebnisse.map((e) => e.status === 'fulfilled' ? 'fertig' : e.reason.code);

test('LibreOffice makes PDFs of several documents in one start', { timeout: 120_000 }, async ({ skip }) => {
  if (!(await findSoffice())) skip('LibreOffice is not installed: apt-get install libreoffice-writer');
  const r = openRendition();
  const ergebnisse = await convertAll(r, [await makeDocx(absatz('Eins')), await makeDocx(absatz('Zwei')), Buffer.from('kein Dokument')]);
  expect(codes(ergebnisse).slice(0, 2)).toEqual(['fertig', 'fertig']);
  expect((ergebnisse[0] as PromiseFulfilledResult<Buffer>).value.subarray(0, 5).toString()).toBe('%PDF-');
  await r.close();
});

test('issue 4: a document that links to files of the server gets nothing of them', { timeout: 120_000 }, async ({ skip }) => {
  if (!(await findSoffice())) skip('LibreOffice is not installed: apt-get install libreoffice-writer');
  const geheimnis = await mkdtemp(join(tmpdir(), 'va-daten-'));
  try {
    await writeFile(join(geheimnis, 'scan.png'), await sharp({ create: { width: 300, height: 300, channels: 3, background: '#000' } }).png().toBuffer());
    const ns = ['office', 'text', 'drawing', 'manifest'].map((n) => `xmlns:${n === 'drawing' ? 'draw' : n}="urn:oasis:names:tc:opendocument:xmlns:${n}:1.0"`).join(' ');
    const odt = await makeZip({
      mimetype: 'application/vnd.oasis.opendocument.text',
      'META-INF/manifest.xml': `<manifest:manifest ${ns}><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/></manifest:manifest>`,
      'content.xml': `<office:document-content ${ns} xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text><text:p>Sichtbarer Satz <draw:frame text:anchor-type="as-char" svg:width="8cm" svg:height="8cm"><draw:image xlink:href="file://${geheimnis}/scan.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body></office:document-content>`,
    });
    const r = openRendition({ verstecken: [geheimnis] });
    await withOrdner(async (ordner) => {
      await writeFile(join(ordner, 'x.odt'), odt);
      await r.convert(join(ordner, 'x.odt'), 'odt', join(ordner, 'x.pdf'), 'm');
      // Without our settings LibreOffice 7.4 puts the picture into the PDF (tried by hand).
      const pdf = await readFile(join(ordner, 'x.pdf'), 'latin1');
      expect(pdf).not.toMatch(/\/Subtype\s*\/Image/);
    });
    await r.close();
  } finally { await rm(geheimnis, { recursive: true }); }
});

test('issue 6: LibreOffice that hangs is killed with all its children; what waits behind it is done', { timeout: 180_000 }, async () => {
  await actAs('for d in "$@"; do if grep -q HAENGT "$d"; then sleep 600 & sleep 600; fi; pdf "$d"; done');
  const r = openRendition({ startMs: 1_500, jeDokumentMs: 0, alleinMs: 1_500 });
  expect(codes(await convertAll(r, ['gut', 'HAENGT', 'auch gut']))).toEqual(['fertig', 'zeit', 'fertig']);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await processesOf('sleep 600')).toBe(0);
  await actAs('pdf "$1"');
  expect(codes(await convertAll(r, ['danach']))).toEqual(['fertig']);
  await r.close();
});

test('issue 6: LibreOffice that crashes, writes without end, or leaves half a file', { timeout: 180_000 }, async () => {
  const r = openRendition({ startMs: 5_000, alleinMs: 20_000 });
  await actAs('kill -SEGV $$');
  expect(codes(await convertAll(r, ['a']))).toEqual(['rendition_fehlgeschlagen']);
  await actAs('printf "%%PDF-1.4 halb" > "$aus/$(basename "$1" .docx).pdf"; exit 0');
  expect(codes(await convertAll(r, ['a']))).toEqual(['rendition_fehlgeschlagen']);
  await actAs('while :; do head -c 100000000 /dev/zero >> "$aus/voll"; done');
  expect(codes(await convertAll(r, ['a']))).toEqual(['ausgabe']);
  await r.close();
});

test('without LibreOffice the step says so', async () => {
  process.env.PATH = await mkdir(join(stellvertreter, 'leer'), { recursive: true }).then(() => join(stellvertreter, 'leer'));
  const r = openRendition();
  expect(codes(await convertAll(r, ['a']))).toEqual(['libreoffice_fehlt']);
});

test('documents of two Mandanten never share a process, nor see the work of others', { timeout: 180_000 }, async ({ skip }) => {
  if (!(await describeAbschottung()).ohneFremdeDateien) skip('this machine allows no user namespaces, so folders cannot be hidden from LibreOffice');
  await actAs(`n="$(ls ${await arbeitsbereich()} | wc -l)"; for d in "$@"; do printf '%%PDF-1.4 %0200d dateien=%s sicht=%s\\n%%%%EOF\\n' 0 $# "$n" > "$aus/$(basename "$d" .docx).pdf"; done`);
  const r = openRendition();
  const gesehen = await withOrdner(async (ordner) => Promise.all(['m', 'n', 'm'].map(async (mandant, i) => {
    await writeFile(join(ordner, `q${i}`), 'x');
    await r.convert(join(ordner, `q${i}`), 'docx', join(ordner, `z${i}.pdf`), mandant);
    return /dateien=(\d+) sicht=(\d+)/.exec(await readFile(join(ordner, `z${i}.pdf`), 'latin1'))!.slice(1, 3).join(' ');
  })));
  expect(gesehen).toEqual(['2 0', '1 0', '2 0']);
  await r.close();
});

async function processesOf(befehl: string): Promise<number> {
  const { readdir } = await import('node:fs/promises');
  let n = 0;
  for (const pid of (await readdir('/proc').catch(() => [])).filter((d) => /^\d+$/.test(d))) {
    const cmdline = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (cmdline.replaceAll('\0', ' ').trim() === befehl) n++;
  }
  return n;
}
