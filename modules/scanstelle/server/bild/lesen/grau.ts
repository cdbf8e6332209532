import type { Grau } from './laden.ts';

/** Half as wide and high, each pixel the mean of four. */
export function halve({ data, breite, hoehe }: Grau): Grau {
  const b = breite >> 1, h = hoehe >> 1;
  const ziel = new Uint8Array(b * h);
  for (let y = 0; y < h; y++) {
    const o = 2 * y * breite;
    for (let x = 0, q = o, z = y * b; x < b; x++, q += 2, z++) ziel[z] = (data[q]! + data[q + 1]! + data[q + breite]! + data[q + breite + 1]! + 2) >> 2;
  }
  return { data: ziel, breite: b, hoehe: h };
}

/** Turned clockwise by a quarter. */
export function quarter({ data, breite, hoehe }: Grau): Grau {
  const ziel = new Uint8Array(data.length);
  for (let y = 0; y < hoehe; y++) for (let x = 0, z = hoehe - 1 - y, q = y * breite; x < breite; x++, z += hoehe, q++) ziel[z] = data[q]!;
  return { data: ziel, breite: hoehe, hoehe: breite };
}

/** Rows become columns. */
export function transpose({ data, breite, hoehe }: Grau): Grau {
  const ziel = new Uint8Array(data.length);
  for (let y = 0, q = 0; y < hoehe; y++) for (let x = 0, z = y; x < breite; x++, z += hoehe, q++) ziel[z] = data[q]!;
  return { data: ziel, breite: hoehe, hoehe: breite };
}

/**
 * Paper becomes 255 wherever it is, shadow, yellowed or grey; ink stays in proportion. The paper's brightness is looked for in tiles and their neighbours, so
 * that a thick bar is not taken for dark paper.
 */
export function normalize(g: Grau, kachel: number): { norm: Grau; papier: number } {
  const karte = papierkarte(g, kachel);
  const { data, breite, hoehe } = g;
  const ziel = new Uint8Array(data.length);
  const zeile = new Float32Array(breite);
  for (let y = 0; y < hoehe; y++) {
    karte.row(y, zeile);
    for (let x = 0, q = y * breite; x < breite; x++, q++) { const v = data[q]! * zeile[x]!; ziel[q] = v > 255 ? 255 : v; }
  }
  return { norm: { data: ziel, breite, hoehe }, papier: karte.papier };
}

function papierkarte({ data, breite, hoehe }: Grau, kachel: number) {
  const [sp, ze] = [Math.max(1, Math.round(breite / kachel)), Math.max(1, Math.round(hoehe / kachel))];
  const roh = new Float32Array(sp * ze);
  const histogramm = new Uint32Array(256);
  for (let j = 0; j < ze; j++) for (let i = 0; i < sp; i++) {
    histogramm.fill(0);
    const [x0, x1, y0, y1] = [Math.floor(i * breite / sp), Math.floor((i + 1) * breite / sp), Math.floor(j * hoehe / ze), Math.floor((j + 1) * hoehe / ze)];
    let n = 0;
    for (let y = y0; y < y1; y += 2) for (let x = x0; x < x1; x += 2) { histogramm[data[y * breite + x]!]!++; n++; }
    roh[j * sp + i] = percentile(histogramm, n, 0.8);
  }
  const papier = roh.slice().sort()[Math.floor(roh.length * 0.6)]!;
  const at = (m: Float32Array, i: number, j: number) => m[Math.min(ze - 1, Math.max(0, j)) * sp + Math.min(sp - 1, Math.max(0, i))]!;
  const hell = roh.map((_, k) => { let m = 0; for (let dj = -1; dj <= 1; dj++) for (let di = -1; di <= 1; di++) m = Math.max(m, at(roh, k % sp + di, Math.floor(k / sp) + dj)); return m; });
  // Paper does not fall below half of what it is elsewhere: what does is a dark border, a photograph, a lid left open.
  const faktor = hell.map((_, k) => { let s = 0; for (let dj = -1; dj <= 1; dj++) for (let di = -1; di <= 1; di++) s += at(hell, k % sp + di, Math.floor(k / sp) + dj); return 255 / Math.max(s / 9, papier * 0.5, 32); });
  return {
    papier,
    row(y: number, ziel: Float32Array) {
      const fy = (y + 0.5) * ze / hoehe - 0.5, j = Math.floor(fy), ty = fy - j;
      for (let x = 0; x < breite; x++) {
        const fx = (x + 0.5) * sp / breite - 0.5, i = Math.floor(fx), tx = fx - i;
        if (x % 4) { ziel[x] = ziel[x - 1]!; continue; }
        ziel[x] = (at(faktor, i, j) * (1 - tx) + at(faktor, i + 1, j) * tx) * (1 - ty) + (at(faktor, i, j + 1) * (1 - tx) + at(faktor, i + 1, j + 1) * tx) * ty;
      }
    },
  };
}
export function percentile(histogramm: Uint32Array, n: number, anteil: number): number {
  let summe = 0;
  for (let v = 0; v < 256; v++) { summe += histogramm[v]!; if (summe >= n * anteil && summe) return v; }
  return 255;
}
export function histogramOf({ data }: Grau, schritt = 1): { histogramm: Uint32Array; n: number } {
  const histogramm = new Uint32Array(256);
  let n = 0;
  for (let i = 0; i < data.length; i += schritt) { histogramm[data[i]!]!++; n++; }
  return { histogramm, n };
}

export type Fleck = { x0: number; y0: number; x1: number; y1: number; flaeche: number };
/** Connected dark spots (eight neighbours), by runs of rows and union-find. `max` bounds what is kept of a page of noise. */
export function findFlecken({ data, breite, hoehe }: Grau, schwelle: number, max = 200_000): Fleck[] {
  const vater: number[] = [];
  const flecken: Fleck[] = [];
  const wurzel = (i: number) => { while (vater[i] !== i) { vater[i] = vater[vater[i]!]!; i = vater[i]!; } return i; };
  let oben: number[] = [];
  for (let y = 0; y < hoehe && flecken.length < max; y++) {
    const zeile: number[] = [];
    let o = 0;
    for (let x = 0, q = y * breite; x < breite; x++) {
      if (data[q + x]! >= schwelle) continue;
      const ab = x;
      while (x < breite && data[q + x]! < schwelle) x++;
      let id = -1;
      while (o < oben.length && oben[o + 1]! < ab - 1) o += 3;
      for (let p = o; p < oben.length && oben[p]! <= x; p += 3) {
        const r = wurzel(oben[p + 2]!);
        if (id < 0) id = r; else if (id !== r) { vater[r] = id; const a = flecken[id]!, b = flecken[r]!; a.x0 = Math.min(a.x0, b.x0); a.y0 = Math.min(a.y0, b.y0); a.x1 = Math.max(a.x1, b.x1); a.y1 = Math.max(a.y1, b.y1); a.flaeche += b.flaeche; b.flaeche = 0; }
      }
      if (id < 0) { id = flecken.length; vater.push(id); flecken.push({ x0: ab, y0: y, x1: x - 1, y1: y, flaeche: x - ab }); } else { const f = flecken[id]!; f.x0 = Math.min(f.x0, ab); f.x1 = Math.max(f.x1, x - 1); f.y1 = y; f.flaeche += x - ab; }
      zeile.push(ab, x - 1, id);
    }
    oben = zeile;
  }
  return flecken.filter((f, i) => vater[i] === i && f.flaeche > 0);
}
