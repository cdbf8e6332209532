import type { Guete, Guetehinweis } from '../typen.ts';
import { histogramOf, percentile, type Fleck } from './grau.ts';
import type { Grau } from './laden.ts';

const MIN_DPI = 200;
/** Below: letters run into each other for a reader and for recognition. Measured on the pages the tests make. */
const UNSCHARF = 0.42;
const KONTRASTARM = 0.3;
const PAPIER_DUNKEL = 120;

/** `roh` and `norm` at about 150 dpi. What is blank has no sharpness. */
export function judgeGuete({ roh, norm, papier, dpi, flecken, grob, leer, mm }: { roh: Grau; norm: Grau; papier: number; dpi: number | null; flecken: readonly Fleck[]; grob: Grau; leer: boolean; mm: number }): Guete {
  const hinweise: Guetehinweis[] = [];
  if (dpi === null) hinweise.push('aufloesung_unbekannt'); else if (dpi < MIN_DPI - 1) hinweise.push('geringe_aufloesung');
  if (papier < PAPIER_DUNKEL) hinweise.push('zu_dunkel');
  const kontrast = leer ? null : measureKontrast(roh, norm, papier);
  const schaerfe = leer ? null : measureSchaerfe(norm);
  if (kontrast !== null && kontrast < KONTRASTARM) hinweise.push(papier > 200 ? 'zu_hell' : 'kontrastarm');
  if (schaerfe !== null && schaerfe < UNSCHARF) hinweise.push('unscharf');
  if (!leer && isAbgeschnitten(flecken, grob, mm)) hinweise.push('abgeschnitten');
  return { schaerfe, kontrast, hinweise };
}

/** How far ink stands off the paper: the darkest twentieth of what is ink. */
function measureKontrast(roh: Grau, norm: Grau, papier: number): number | null {
  const tinte = new Uint32Array(256);
  let n = 0;
  for (let i = 0; i < norm.data.length; i += 3) if (norm.data[i]! < 215) { tinte[norm.data[i]!]!++; n++; }
  if (n < 200) return null;
  const gesamt = histogramOf(roh, 7);
  const weite = (percentile(gesamt.histogramm, gesamt.n, 0.98) - percentile(gesamt.histogramm, gesamt.n, 0.001)) / 255;
  return Math.round(Math.min(1, Math.max((255 - percentile(tinte, n, 0.05)) / 255 * papier / 255, weite * 0.5)) * 100) / 100;
}

/** How fast white becomes black: the share of a whole step that lies within one pixel, over the steep places. */
function measureSchaerfe({ data, breite, hoehe }: Grau): number | null {
  const tinte = new Uint32Array(256);
  let m = 0;
  for (let i = 0; i < data.length; i += 3) if (data[i]! < 225) { tinte[data[i]!]!++; m++; }
  if (m < 200) return null;
  const stufe = Math.max(30, 0.35 * (255 - percentile(tinte, m, 0.05)));
  const steil = new Uint32Array(256);
  let n = 0;
  for (let y = 2; y < hoehe - 2; y += 3) for (let x = 3, q = y * breite + 3; x < breite - 3; x++, q++) {
    const weite = Math.abs(data[q + 2]! - data[q - 2]!);
    if (weite < stufe) continue;
    // only where it rises or falls all the way, so that thin strokes do not count
    const [a, b, c, d] = [data[q - 1]! - data[q - 2]!, data[q]! - data[q - 1]!, data[q + 1]! - data[q]!, data[q + 2]! - data[q + 1]!];
    const s = Math.sign(data[q + 2]! - data[q - 2]!);
    if (a * s < -6 || b * s < -6 || c * s < -6 || d * s < -6) continue;
    steil[Math.min(255, Math.round(255 * Math.max(a * s, b * s, c * s, d * s) / weite))]!++;
    n++;
  }
  return n < 300 ? null : Math.round(percentile(steil, n, 0.5) / 2.55) / 100;
}

/** Several small dark pieces that end at one edge of the picture: writing that goes on beyond it. */
function isAbgeschnitten(flecken: readonly Fleck[], g: Grau, mm: number): boolean {
  const klein = (f: Fleck) => { const l = Math.max(f.x1 - f.x0, f.y1 - f.y0) + 1; return l >= 1.2 * mm && l <= 8 * mm; };
  const an: ((f: Fleck) => boolean)[] = [(f) => f.x0 === 0, (f) => f.x1 === g.breite - 1, (f) => f.y0 === 0, (f) => f.y1 === g.hoehe - 1];
  return an.some((kante) => flecken.filter((f) => kante(f) && klein(f)).length >= 4);
}
