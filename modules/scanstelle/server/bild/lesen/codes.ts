import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes, type ReadResult, type ReaderOptions } from 'zxing-wasm/reader';
import type { Codeart, Codefehler, Lage, Scancode } from '../typen.ts';
import type { Grau } from './laden.ts';

const NAMEN = { qr: 'QRCode', code128: 'Code128', datamatrix: 'DataMatrix' } as const;
type Zxingart = keyof typeof NAMEN;

let bereit: Promise<unknown> | undefined;
/** The WebAssembly file comes from the package, never from the network. */
const prepare = () => bereit ??= (async () => {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) as ArrayBuffer }, fireImmediately: true });
})();

/** Lines a Code 128 must be read on alike: its one check digit lets one in a hundred chance readings pass. */
const MIN_ZEILEN = 4;
/** A value shorter than this is as likely chance as a code. */
const MIN_ZEICHEN_128 = 3;

export type Fund = { codes: Scancode[]; fehler: Codefehler[] };

/** Codes of a grey picture; places in parts of it. */
export async function readCodes(g: Grau, arten: readonly Codeart[], gruendlich: boolean): Promise<Fund> {
  const formats = arten.flatMap((a) => a === 'patch' ? [] : [NAMEN[a]]);
  if (!formats.length) return { codes: [], fehler: [] };
  await prepare();
  const options: ReaderOptions = { formats: [...formats], tryHarder: true, tryRotate: true, tryInvert: false, tryDownscale: gruendlich, tryDenoise: gruendlich, returnErrors: true, maxNumberOfSymbols: 16, minLineCount: MIN_ZEILEN, textMode: 'Plain' };
  const ergebnisse = await readBarcodes(pgm(g), options);
  const fund: Fund = { codes: [], fehler: [] };
  for (const r of ergebnisse) {
    const art = (Object.keys(NAMEN) as Zxingart[]).find((a) => NAMEN[a] === r.format || NAMEN[a] === r.symbology);
    if (!art) continue;
    const lage = lageOf(r, g);
    if (r.isValid && (art !== 'code128' || r.text.length >= MIN_ZEICHEN_128)) fund.codes.push({ art, wert: r.text, lage, winkel: winkelOf(r) });
    else if (!r.isValid && art !== 'code128') fund.fehler.push({ grund: 'unlesbar', art, lage });
  }
  return fund;
}

/** The reader takes picture files; a PGM is the pixels with a line before them. */
const pgm = ({ data, breite, hoehe }: Grau) => { const kopf = Buffer.from(`P5\n${breite} ${hoehe}\n255\n`); const b = new Uint8Array(kopf.length + data.length); b.set(kopf); b.set(data, kopf.length); return b; };

function lageOf({ position: p }: ReadResult, g: Grau): Lage {
  const ecken = [p.topLeft, p.topRight, p.bottomRight, p.bottomLeft];
  const [x0, x1] = [Math.min(...ecken.map((e) => e.x)), Math.max(...ecken.map((e) => e.x))];
  const [y0, y1] = [Math.min(...ecken.map((e) => e.y)), Math.max(...ecken.map((e) => e.y))];
  return { x: x0 / g.breite, y: y0 / g.hoehe, breite: (x1 - x0) / g.breite, hoehe: (y1 - y0) / g.hoehe };
}
function winkelOf({ position: p }: ReadResult): number {
  const grad = Math.atan2(p.topRight.y - p.topLeft.y, p.topRight.x - p.topLeft.x) * 180 / Math.PI;
  return (Math.round(grad) + 360) % 360;
}
