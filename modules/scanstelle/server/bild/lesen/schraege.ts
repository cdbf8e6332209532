import type { Grau } from './laden.ts';

/** How far a page may lean. */
const MAX_GRAD = 10;
const MAX_PUNKTE = 24_000;
const GRAD = Math.PI / 180;

export type Lauf = { grad: number; guete: number };

/**
 * Lower edges of what is dark, thrown onto lines of every angle: where they lie in rows, few lines take them all. `guete` is how far the best angle stands out
 * from the others (1 = not at all), and comparable between a page and its quarter turn.
 */
export function findLauf(g: Grau): Lauf | undefined {
  const punkte = baselines(g);
  if (punkte.length < 2 * 60) return undefined;
  const spannweite = Math.ceil(g.breite * Math.tan(MAX_GRAD * GRAD)) + 2;
  const faecher = new Uint32Array(g.hoehe + 2 * spannweite);
  const score = (grad: number, schritt: number) => {
    faecher.fill(0);
    const t = Math.tan(grad * GRAD);
    let n = 0;
    for (let i = 0; i < punkte.length; i += 2 * schritt) { faecher[Math.round(punkte[i + 1]! - (punkte[i]! - g.breite / 2) * t) + spannweite]!++; n++; }
    let summe = 0;
    for (const f of faecher) summe += f * f;
    return summe / n;
  };
  const grob = Math.max(1, Math.floor(punkte.length / 2 / 12_000));
  const kurve: [grad: number, wert: number][] = [];
  for (let grad = -MAX_GRAD; grad <= MAX_GRAD + 1e-9; grad += 0.25) kurve.push([grad, score(grad, grob)]);
  const median = kurve.map((k) => k[1]).sort((a, b) => a - b)[kurve.length >> 1]!;
  let [grad, wert] = kurve.reduce((a, b) => b[1] > a[1] ? b : a);
  for (const schritt of [0.1, 0.03]) {
    const mitte = grad;
    wert = 0;
    const werte = Array.from({ length: 7 }, (_, i) => [mitte + (i - 3) * schritt, 0] as [number, number]);
    for (const w of werte) { w[1] = score(w[0], 1); if (w[1] > wert) [grad, wert] = w; }
    const k = werte.findIndex((w) => w[0] === grad);
    const [a, b, c] = [werte[k - 1]?.[1], wert, werte[k + 1]?.[1]];
    if (a !== undefined && c !== undefined && a + c < 2 * b) grad += schritt * 0.5 * (a - c) / (a - 2 * b + c);
  }
  return { grad, guete: kurve.reduce((m, k) => Math.max(m, k[1]), 0) / median };
}

function baselines({ data, breite, hoehe }: Grau): Int32Array {
  const punkte: number[] = [];
  // The margins: shadows, holes and the edge of the sheet itself lie there, and they are straight as well.
  const rand = Math.round(breite * 0.03), randY = Math.round(hoehe * 0.03);
  for (let y = randY; y < hoehe - 1 - randY; y++) for (let x = rand, q = y * breite + rand; x < breite - rand; x++, q++) if (data[q]! < 150 && data[q + breite]! >= 170) punkte.push(x, y);
  const jeder = Math.ceil(punkte.length / 2 / MAX_PUNKTE);
  if (jeder <= 1) return Int32Array.from(punkte);
  // By a fixed pseudo-random choice: every n-th would prefer some columns.
  const wahl: number[] = [];
  for (let i = 0, s = 1; i < punkte.length; i += 2) { s = (s * 1_103_515_245 + 12_345) & 0x7fffffff; if (s % jeder === 0) wahl.push(punkte[i]!, punkte[i + 1]!); }
  return Int32Array.from(wahl);
}
