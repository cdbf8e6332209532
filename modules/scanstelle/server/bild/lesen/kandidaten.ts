import type { Lage } from '../typen.ts';
import { findFlecken } from './grau.ts';
import type { Grau } from './laden.ts';

/** A cell of this many coarse pixels is about 1.4 mm. */
const ZELLE = 4;
const MIN_MM = 6;
const MAX_MM = 90;

/**
 * Where a code may be: a compact place of even, fine texture, neither as open as writing nor as closed as a picture or a bar. Most pages have none, and are
 * not looked at again.
 */
export function findKandidaten(grob: Grau, mm: number): { lage: Lage }[] {
  const b = Math.floor(grob.breite / ZELLE), h = Math.floor(grob.hoehe / ZELLE);
  const zellen = new Uint8Array(b * h);
  for (let j = 0; j < h; j++) for (let i = 0; i < b; i++) {
    let summe = 0, wechsel = 0;
    for (let y = 0; y < ZELLE; y++) for (let x = 0, q = (j * ZELLE + y) * grob.breite + i * ZELLE; x < ZELLE; x++, q++) {
      summe += 255 - grob.data[q]!;
      wechsel += Math.abs(grob.data[q]! - (grob.data[q + 1] ?? 255)) + Math.abs(grob.data[q]! - (grob.data[q + grob.breite] ?? 255));
    }
    const dichte = summe / (ZELLE * ZELLE * 255);
    zellen[j * b + i] = dichte > 0.22 && dichte < 0.92 && wechsel > 700 ? 0 : 255;
  }
  const zmm = mm / ZELLE;
  return findFlecken({ data: zellen, breite: b, hoehe: h }, 128).flatMap((f) => {
    const [w, k] = [f.x1 - f.x0 + 1, f.y1 - f.y0 + 1];
    const [lang, kurz] = [Math.max(w, k) / zmm, Math.min(w, k) / zmm];
    if (kurz < MIN_MM || lang > MAX_MM || f.flaeche / (w * k) < 0.55) return [];
    return [{ lage: { x: f.x0 / b, y: f.y0 / h, breite: w / b, hoehe: k / h } }];
  });
}
