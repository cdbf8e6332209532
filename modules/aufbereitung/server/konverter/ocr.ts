import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { readTsv } from './tsv.ts';
import { openKonverter, type Konverterpool } from './pool.ts';
import { findProgramm, runProgramm, sandboxed, type Grenzen } from './prozess.ts';
import { KonverterFehler, type Auftrag, type Erkennung, type Format, type GrundCode, type GrundDaten, type Ocrbild, type Wort } from './protokoll.ts';

const SEITE: Grenzen = { zeitMs: 120_000, speicherMiB: 1_500, ausgabeMiB: 400 };
const BILDER: Grenzen = { zeitMs: 180_000, speicherMiB: 1_500, ausgabeMiB: 1_000 };
/** Below this mean confidence a page with words on it may stand on its head; above the other, a turned reading is taken at once. */
const ZWEIFEL = 50;
const SICHER = 70;

export type Ocr = ReturnType<typeof openOcr>;
export type Ocrergebnis = { seiten: Erkennung[]; gescheitert: { seite: number; code: GrundCode; daten: GrundDaten }[]; maschine: 'tesseract' | 'wasm' };
type Maschine = { name: 'tesseract' | 'wasm'; recognize(bild: Ocrbild): Promise<Erkennung> };

/** Native tesseract when it knows German, else the WebAssembly build; pages of one order run side by side on all cores. */
export function openOcr(pool: Konverterpool, { parallel = availableParallelism(), nurWasm = false }: { parallel?: number; nurWasm?: boolean } = {}) {
  let wasm: Konverterpool | undefined;
  const openWasm = () => wasm ??= openKonverter({ anzahl: parallel });
  const maschine = async (): Promise<Maschine> => {
    const programm = nurWasm ? undefined : await findTesseract();
    if (programm) return { name: 'tesseract', recognize: (bild) => recognizeNative(programm, bild) };
    const modell = join(dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/deu/package.json')), '4.0.0_best_int');
    return { name: 'wasm', recognize: (bild) => openWasm().run({ art: 'ocr', bild, modell, ordner: dirname(bild.datei) }, SEITE) };
  };

  /** Renders and recognises side by side: the next page is drawn while the current one is read. A page that fails does not hold up the others. */
  async function recognize({ datei, ordner, format, seiten }: { datei: string; ordner: string; format: Format; seiten: number[] }): Promise<Ocrergebnis> {
    const m = await maschine();
    const ergebnis: Erkennung[] = [];
    const gescheitert: Ocrergebnis['gescheitert'] = [];
    const wartend: Ocrbild[] = [];
    let fertig = false;
    const schlafend: (() => void)[] = [];
    const wecken = () => { for (const w of schlafend.splice(0)) w(); };
    const bilder = pool.run({ art: 'ocrbilder', datei, ordner, format, seiten }, BILDER, (bild) => { wartend.push(bild as Ocrbild); wecken(); })
      .then(() => undefined, (error: unknown) => error as Error).finally(() => { fertig = true; wecken(); });
    const bahn = async (): Promise<void> => {
      for (;;) {
        const bild = wartend.shift();
        if (!bild) { if (fertig) return; await new Promise<void>((resolve) => schlafend.push(resolve)); continue; }
        try { ergebnis.push(await straighten(await m.recognize(bild), { datei, ordner, format }, m)); } catch (error) {
          if (!(error instanceof KonverterFehler)) throw error;
          gescheitert.push({ seite: bild.seite, code: error.code, daten: error.daten });
        } finally { await rm(bild.datei, { force: true }); }
      }
    };
    await Promise.all(Array.from({ length: parallel }, bahn));
    const fehler = await bilder;
    if (fehler && !(fehler instanceof KonverterFehler)) throw fehler;
    const offen = seiten.filter((s) => !ergebnis.some((e) => e.seite === s) && !gescheitert.some((g) => g.seite === s));
    gescheitert.push(...offen.map((seite) => ({ seite, code: fehler?.code ?? 'beschaedigt' as const, daten: fehler?.daten ?? {} })));
    return { seiten: ergebnis.sort((a, b) => a.seite - b.seite), gescheitert, maschine: m.name };
  }

  async function straighten(bisher: Erkennung, quelle: { datei: string; ordner: string; format: Format }, m: Maschine): Promise<Erkennung> {
    return bisher.woerter.length >= 8 && bisher.konfidenz < ZWEIFEL ? recognizeTurned(bisher, quelle, m) : bisher;
  }
  async function recognizeTurned(bisher: Erkennung, quelle: { datei: string; ordner: string; format: Format }, m: Maschine): Promise<Erkennung> {
    let beste = bisher;
    for (const drehung of [180, 90, 270] as const) {
      const bilder: Ocrbild[] = [];
      await pool.run({ art: 'ocrbilder', ...quelle, seiten: [bisher.seite], drehung } satisfies Auftrag, BILDER, (b) => { bilder.push(b as Ocrbild); });
      const gedreht = bilder[0] && await m.recognize(bilder[0]);
      if (gedreht && gedreht.konfidenz > beste.konfidenz + 10) beste = { ...gedreht, breite: bisher.breite, hoehe: bisher.hoehe, woerter: turnBack(gedreht, drehung) };
      if (beste.konfidenz >= SICHER) break;
    }
    return beste;
  }
  return { recognize, maschine: async () => (await maschine()).name, async close() { await wasm?.close(); } };
}

/** Boxes of a picture that was turned clockwise, as they lie on the page itself. */
export const turnBack = ({ woerter, breite: b, hoehe: h }: Pick<Erkennung, 'woerter' | 'breite' | 'hoehe'>, drehung: 90 | 180 | 270): Wort[] => woerter.map(([x, y, w, hh, k, t]) =>
  drehung === 180 ? [b - x - w, h - y - hh, w, hh, k, t] : drehung === 90 ? [y, b - x - w, hh, w, k, t] : [h - y - hh, x, hh, w, k, t]);

/** Asked anew each time: an administrator may install it while the server runs. */
export async function findTesseract(): Promise<string | undefined> {
  const programm = await findProgramm(['tesseract']);
  if (!programm) return undefined;
  const { ausgabe, code } = await runProgramm([programm, '--list-langs'], { ordner: '/', grenzen: { zeitMs: 10_000, speicherMiB: 500, ausgabeMiB: Infinity } });
  return code === 0 && /^deu\s*$/m.test(ausgabe) ? programm : undefined;
}

async function recognizeNative(programm: string, bild: Ocrbild): Promise<Erkennung> {
  const ordner = dirname(bild.datei);
  const ziel = join(ordner, basename(bild.datei, '.pgm'));
  const befehl = await sandboxed([programm, bild.datei, ziel, '-l', 'deu', '--dpi', '300', '--psm', '3', 'tsv'], { verstecken: [], sichtbar: ordner });
  const ende = await runProgramm(befehl, { ordner, grenzen: SEITE, env: { OMP_THREAD_LIMIT: '1' } });
  if (ende.ursache && ende.ursache !== 'abbruch') throw new KonverterFehler(ende.ursache, { seite: bild.seite });
  if (ende.code !== 0) throw new KonverterFehler('absturz', { ende: ende.signal ?? `Code ${ende.code}`, seite: bild.seite });
  return { seite: bild.seite, breite: bild.breite, hoehe: bild.hoehe, ...readTsv(await readFile(`${ziel}.tsv`, 'utf8')) };
}
