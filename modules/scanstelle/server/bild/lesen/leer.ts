import type { Leergrund, Leerprobe } from '../typen.ts';
import { findFlecken, halve, type Fleck } from './grau.ts';
import type { Grau } from './laden.ts';

/** Ink is what is at least this much darker than the paper (255). */
const TINTE = 200;
const LOCH_MM = { von: 3.5, bis: 9.5, rand: 24 };
/** ISO 838: holes lie 80 mm apart. */
const LOCHABSTAND_MM = 80;
const STAUB_MM = 1.3;
const INHALT_MM = 2.2;
/** Blur of light through paper is about a millimetre; a pencil's edge is a tenth of that. */
const SPUR = { mm: 3.2, staerke: 7 };

/**
 * Is the page blank? `fein` at about 150 dpi and `grob` at half of that, both normalised. Dark borders, punch holes, dust and what shines through from the
 * other side are recognised and not counted; what is faint but sharp is kept, for a stamp short of ink and a pencilled note are content.
 */
export function judgeLeer(fein: Grau, grob: Grau, mm: number): Leerprobe & { flecken: Fleck[] } {
  const flaeche = grob.breite * grob.hoehe;
  const flecken = findFlecken(grob, TINTE);
  const arten = { raender: 0, lochung: 0, staub: 0, inhalt: 0 };
  const loecher = flecken.filter((f) => isLoch(f, grob, mm));
  let groesste = 0;
  for (const f of flecken) {
    const laenge = Math.max(f.x1 - f.x0, f.y1 - f.y0) + 1;
    if (isRand(f, grob, mm)) arten.raender += f.flaeche;
    else if (loecher.includes(f) && countsAsLoch(f, loecher, grob, mm)) arten.lochung += f.flaeche;
    else if (laenge < STAUB_MM * mm) arten.staub += f.flaeche;
    else { arten.inhalt += f.flaeche; groesste = Math.max(groesste, laenge); }
  }
  const anteile = { raender: arten.raender / flaeche, lochung: arten.lochung / flaeche, staub: arten.staub / flaeche };
  const inhalt = arten.inhalt / flaeche;
  const befund = (ist: boolean, grund: Leergrund, durchscheinend = 0): Leerprobe & { flecken: Fleck[] } => ({ ist, anteil: round(inhalt), grund, entfernt: { raender: round(anteile.raender), lochung: round(anteile.lochung), staub: round(anteile.staub), durchscheinend: round(durchscheinend) }, flecken });
  if (groesste >= INHALT_MM * mm) return befund(false, 'inhalt');
  const { spur, durchscheinend } = findSpur(fein, mm);
  if (spur) return befund(false, 'schwache_spur', durchscheinend);
  const vorhanden: [Leergrund, number][] = [['nur_raender', anteile.raender], ['nur_lochung', anteile.lochung], ['nur_durchscheinend', durchscheinend > 0.002 ? durchscheinend : 0], ['nur_staub', anteile.staub + inhalt]];
  return befund(true, vorhanden.find(([, a]) => a > 0)?.[0] ?? 'nichts', durchscheinend);
}
const round = (n: number) => Math.round(n * 1e6) / 1e6;

/** What reaches in from the edge of the picture, dark and along it: the scanner's lid, the shadow of the sheet. Letters cut off at the edge are smaller. */
function isRand(f: Fleck, g: Grau, mm: number): boolean {
  const saum = 1;
  const beruehrt = [f.x0 <= saum, f.x1 >= g.breite - 1 - saum, f.y0 <= saum, f.y1 >= g.hoehe - 1 - saum];
  if (!beruehrt.some(Boolean)) return false;
  const [b, h] = [f.x1 - f.x0 + 1, f.y1 - f.y0 + 1];
  const laengs = (beruehrt[0] || beruehrt[1] ? h : 0) > (beruehrt[2] || beruehrt[3] ? b : 0) ? [h, b] : [b, h];
  return beruehrt.filter(Boolean).length > 1 || laengs[1]! < 4 * mm || laengs[0]! > 15 * mm;
}

/** Round and as large as a punch hole, near an edge: a disc, or the ring of its shadow. */
function isLoch(f: Fleck, g: Grau, mm: number): boolean {
  const [b, h] = [(f.x1 - f.x0 + 1) / mm, (f.y1 - f.y0 + 1) / mm];
  if (Math.min(b, h) < LOCH_MM.von || Math.max(b, h) > LOCH_MM.bis || b / h < 0.72 || b / h > 1.4) return false;
  const [x, y] = [(f.x0 + f.x1) / 2, (f.y0 + f.y1) / 2];
  return Math.min(x, g.breite - x, y, g.hoehe - y) < LOCH_MM.rand * mm;
}
const fill = (f: Fleck) => f.flaeche / ((f.x1 - f.x0 + 1) * (f.y1 - f.y0 + 1));
/** A full disc is a hole by itself; a ring, which may as well be a letter, only beside another at the distance of the punch. */
function countsAsLoch(f: Fleck, loecher: readonly Fleck[], _g: Grau, mm: number): boolean {
  if (fill(f) > 0.68 && fill(f) < 0.9) return true;
  return loecher.some((o) => o !== f && Math.abs(Math.hypot(f.x0 + f.x1 - o.x0 - o.x1, f.y0 + f.y1 - o.y0 - o.y1) / 2 / mm - LOCHABSTAND_MM) < 3);
}

/** Thin and sharp against its surroundings, though faint. Noise is measured on the page itself. */
function findSpur(fein: Grau, mm: number): { spur: boolean; durchscheinend: number } {
  const { breite, hoehe, data } = fein;
  const r = Math.max(3, Math.round(1.1 * 2 * mm)); // `mm` is that of the coarse picture
  const gross = boxBlur(fein, r), klein = boxBlur(fein, 1);
  const diff = new Uint8Array(data.length);
  const histogramm = new Uint32Array(256);
  let hell = 0;
  for (let i = 0; i < data.length; i++) {
    const d = gross[i]! - klein[i]!;
    diff[i] = d > 0 ? 255 - d : 255;
    if (i % 3 === 0) histogramm[Math.min(255, Math.abs(d))]!++;
    if (gross[i]! < 247 && gross[i]! > 175) hell++;
  }
  const n = Math.ceil(data.length / 3);
  let median = 0;
  for (let s = 0; median < 255; median++) { s += histogramm[median]!; if (s >= n * 0.68) break; }
  const schwelle = Math.max(SPUR.staerke, 4.5 * (median + 0.5));
  // The strongest of four, not their mean: a line one pixel wide stays.
  const halb = minHalve({ data: diff, breite, hoehe });
  const rand = 4 * mm;
  const spuren = findFlecken(halb, 255 - schwelle).filter((f) => Math.max(f.x1 - f.x0, f.y1 - f.y0) + 1 >= SPUR.mm * mm && f.x0 > rand && f.y0 > rand && f.x1 < halb.breite - rand && f.y1 < halb.hoehe - rand && !isLoch(f, halb, mm));
  return { spur: spuren.length > 0, durchscheinend: hell / data.length };
}
function minHalve({ data, breite, hoehe }: Grau): Grau {
  const leer = halve({ data, breite, hoehe });
  for (let y = 0; y < leer.hoehe; y++) for (let x = 0, q = 2 * y * breite, z = y * leer.breite; x < leer.breite; x++, q += 2, z++) leer.data[z] = Math.min(data[q]!, data[q + 1]!, data[q + breite]!, data[q + breite + 1]!);
  return leer;
}

/** Mean over a square of 2r+1, by running sums. */
function boxBlur({ data, breite, hoehe }: Grau, r: number): Uint8Array {
  const quer = new Uint8Array(data.length), ziel = new Uint8Array(data.length);
  const pass = (von: Uint8Array, nach: Uint8Array, n: number, schritt: number, zeilen: number, sprung: number) => {
    for (let z = 0; z < zeilen; z++) {
      const o = z * sprung;
      let summe = 0;
      for (let i = -r; i <= r; i++) summe += von[o + Math.min(n - 1, Math.max(0, i)) * schritt]!;
      for (let i = 0; i < n; i++) {
        nach[o + i * schritt] = summe / (2 * r + 1);
        summe += von[o + Math.min(n - 1, i + r + 1) * schritt]! - von[o + Math.max(0, i - r) * schritt]!;
      }
    }
  };
  pass(data, quer, breite, 1, hoehe, breite);
  pass(quer, ziel, hoehe, breite, breite, 1);
  return ziel;
}
