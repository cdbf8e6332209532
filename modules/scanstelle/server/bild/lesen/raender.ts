import type { Lage } from '../typen.ts';

/** A border is dark over most of its length, and never more than this of the page. */
const MAX_ANTEIL = 0.15;
const DUNKEL = 110;
const ANTEIL_DUNKEL = 0.6;

/** What is left when dark scan borders go: from each edge inwards while rows (columns) are mostly dark, and a millimetre's worth more. */
export function findRaender(data: Uint8Array, breite: number, hoehe: number, kanaele: number): Lage {
  const dunkel = (x: number, y: number) => data[(y * breite + x) * kanaele]! < DUNKEL;
  const reihe = (y: number) => { let n = 0, d = 0; for (let x = 0; x < breite; x += 5) { n++; if (dunkel(x, y)) d++; } return d > n * ANTEIL_DUNKEL; };
  const spalte = (x: number) => { let n = 0, d = 0; for (let y = 0; y < hoehe; y += 5) { n++; if (dunkel(x, y)) d++; } return d > n * ANTEIL_DUNKEL; };
  const inwards = (test: (i: number) => boolean, laenge: number, von: (i: number) => number) => {
    let i = 0;
    while (i < laenge * MAX_ANTEIL && test(von(i))) i++;
    return i && Math.min(laenge * MAX_ANTEIL, i + laenge * 0.003);
  };
  const [l, r] = [inwards(spalte, breite, (i) => i), inwards(spalte, breite, (i) => breite - 1 - i)];
  const [o, u] = [inwards(reihe, hoehe, (i) => i), inwards(reihe, hoehe, (i) => hoehe - 1 - i)];
  return { x: l / breite, y: o / hoehe, breite: (breite - l - r) / breite, hoehe: (hoehe - o - u) / hoehe };
}
