import type { Codefehler, Lage, Patchwert, Scancode } from '../typen.ts';
import { transpose } from './grau.ts';
import type { Grau } from './laden.ts';

/**
 * Kodak patch codes (publication A-61599): four bars, two of them 0.20 inch wide and two 0.08, with spaces of 0.08 between; 0.80 inch in all. They lie parallel to
 * the leading edge, at most 94 mm from it, and are read from it inwards. Read the other way, 1 is 6 and 3 is T: so without an edge to read from, they are not told.
 */
const MUSTER: Readonly<Record<string, Patchwert>> = { BBSS: '1', BSSB: '2', BSBS: '3', SBBS: '4', SSBB: '6', SBSB: 'T' };
const EINHEIT_MM = 2.032;
const MIN_LAENGE_MM = 15;
const UNLESBAR_LAENGE_MM = 25;
/** Print and copies shrink and stretch; a page without resolution is taken for A4. */
const MASSSTAB = { von: 0.75, bis: 1.35 };
const MASSSTAB_UNBEKANNT = { von: 0.45, bis: 2.2 };
const SCHWELLEN = [190, 140, 215, 90];

type Treffer = { linie: number; ab: number; bis: number; muster: string };
type Feld = { muster: string; linie0: number; linie1: number; ab: number; bis: number; steigung: number; laenge: number };

/** `mm`: pixels per millimetre; the picture is normalised, at about 75 dpi. `oben`: where the page's upper edge is known to be. */
export function findPatchcodes(g: Grau, mm: number, bekannt: boolean, oben: 0 | 90 | 180 | 270 | null): { codes: Scancode[]; fehler: Codefehler[] } {
  const codes: Scancode[] = [];
  const fehler: Codefehler[] = [];
  // Bars that run across are looked for along the columns, that is along the rows of the mirrored page.
  for (const liegend of [true, false]) {
    const bild = liegend ? transpose(g) : g;
    for (const feld of findFelder(bild, mm, bekannt)) {
      const lage = liegend
        ? { x: feld.linie0 / bild.hoehe, y: feld.ab / bild.breite, breite: (feld.linie1 - feld.linie0 + 1) / bild.hoehe, hoehe: (feld.bis - feld.ab) / bild.breite }
        : { x: feld.ab / bild.breite, y: feld.linie0 / bild.hoehe, breite: (feld.bis - feld.ab) / bild.breite, hoehe: (feld.linie1 - feld.linie0 + 1) / bild.hoehe };
      report(feld, liegend, lage, bild.breite, oben, codes, fehler);
    }
  }
  return { codes, fehler: fehler.filter((f) => !codes.some((c) => overlaps(c.lage, f.lage))) };
}

function report(feld: Feld, liegend: boolean, lage: Lage, laenge: number, oben: number | null, codes: Scancode[], fehler: Codefehler[]) {
  const wert = MUSTER[feld.muster];
  if (!wert) { fehler.push({ grund: 'unlesbar', art: 'patch', lage }); return; }
  const zurueck = MUSTER[[...feld.muster].reverse().join('')]!;
  const davor = feld.ab / laenge, danach = 1 - feld.bis / laenge;
  const vomAnfang = davor < danach * 0.6 ? true : danach < davor * 0.6 ? false : oben === null || (oben % 180 === 0) !== liegend ? undefined : liegend ? oben === 0 : oben === 270;
  if (vomAnfang === undefined && wert !== zurueck) { fehler.push({ grund: 'richtung_unklar', art: 'patch', lage, kandidaten: [wert, zurueck].sort() }); return; }
  const kante = liegend ? (vomAnfang === false ? 180 : 0) : vomAnfang === false ? 90 : 270;
  const schief = Math.atan(liegend ? feld.steigung : -feld.steigung) * 180 / Math.PI;
  codes.push({ art: 'patch', wert: vomAnfang === false ? zurueck : wert, lage, winkel: (Math.round(kante + schief) + 360) % 360 });
}

const overlaps = (a: Lage, b: Lage) => a.x < b.x + b.breite && b.x < a.x + a.breite && a.y < b.y + b.hoehe && b.y < a.y + a.hoehe;

function findFelder(bild: Grau, mm: number, bekannt: boolean): Feld[] {
  const felder: Feld[] = [];
  for (const schwelle of SCHWELLEN) {
    for (const feld of joinTreffer(findTreffer(bild, mm, bekannt, schwelle), mm)) {
      const gleich = felder.findIndex((f) => f.linie0 <= feld.linie1 && feld.linie0 <= f.linie1 && f.ab < feld.bis && feld.ab < f.bis);
      if (gleich < 0) felder.push(feld); else if (rank(feld) > rank(felder[gleich]!)) felder[gleich] = feld;
    }
  }
  return felder;
}
/** A pattern that exists before one that does not, then the longer one. */
const rank = (f: Feld) => f.laenge + (MUSTER[f.muster] ? 10_000 : 0);

function findTreffer({ data, breite, hoehe }: Grau, mm: number, bekannt: boolean, schwelle: number): Treffer[] {
  const { von, bis } = bekannt ? MASSSTAB : MASSSTAB_UNBEKANNT;
  const [min, max] = [EINHEIT_MM * mm * von, EINHEIT_MM * mm * bis];
  const treffer: Treffer[] = [];
  const kanten: number[] = [];
  for (let y = 1; y < hoehe - 1; y += 2) {
    kanten.length = 0;
    let schwarz = false;
    for (let x = 0, q = y * breite; x < breite; x++, q++) {
      const v = (data[q - breite]! + 2 * data[q]! + data[q + breite]!) >> 2;
      if (schwarz ? v > schwelle + 12 : v < schwelle - 12) { kanten.push(x); schwarz = !schwarz; }
    }
    // kanten: white to black at even places, black to white at odd ones
    for (let k = 0; k + 7 < kanten.length; k += 2) {
      const einheit = (kanten[k + 7]! - kanten[k]!) / 10;
      if (einheit < min || einheit > max) continue;
      const muster = readMuster(kanten, k, einheit);
      if (!muster) continue;
      const davor = k ? kanten[k]! - kanten[k - 1]! : kanten[k]!, danach = (kanten[k + 8] ?? breite) - kanten[k + 7]!;
      if (davor >= einheit * 1.2 && danach >= einheit * 1.2) treffer.push({ linie: y, ab: kanten[k]!, bis: kanten[k + 7]!, muster });
    }
  }
  return treffer;
}

function readMuster(kanten: readonly number[], k: number, einheit: number): string | undefined {
  let muster = '';
  for (let i = 0; i < 7; i++) {
    const r = (kanten[k + i + 1]! - kanten[k + i]!) / einheit;
    if (i % 2) { if (r < 0.5 || r > 1.55) return undefined; } else if (r < 0.45 || r > 3.3) return undefined; else muster += r <= 1.55 ? 'S' : r >= 1.9 ? 'B' : '?';
  }
  return muster;
}

/** Hits of neighbouring lines in one direction are bars; what stands alone is chance. */
function joinTreffer(treffer: readonly Treffer[], mm: number): Feld[] {
  const offen: { muster: string; alle: Treffer[] }[] = [];
  const fertig: typeof offen = [];
  for (const t of treffer) {
    for (let i = offen.length - 1; i >= 0; i--) if (t.linie - offen[i]!.alle.at(-1)!.linie > 3 * mm) fertig.push(...offen.splice(i, 1));
    const zu = offen.find((o) => o.muster === t.muster && Math.abs(o.alle.at(-1)!.ab - t.ab) <= 2 + (t.linie - o.alle.at(-1)!.linie) * 0.22 && o.alle.at(-1)!.linie !== t.linie);
    if (zu) zu.alle.push(t); else offen.push({ muster: t.muster, alle: [t] });
  }
  return [...fertig, ...offen].flatMap(({ muster, alle }) => {
    const linie0 = alle[0]!.linie, linie1 = alle.at(-1)!.linie;
    const laenge = (linie1 - linie0 + 1) / mm;
    if (laenge < (MUSTER[muster] ? MIN_LAENGE_MM : UNLESBAR_LAENGE_MM) || alle.length * 2 < (linie1 - linie0) * 0.55) return [];
    const steigung = alle.length > 1 ? (alle.at(-1)!.ab - alle[0]!.ab) / (linie1 - linie0) : 0;
    return [{ muster, linie0, linie1, ab: Math.min(...alle.map((t) => t.ab)), bis: Math.max(...alle.map((t) => t.bis)), steigung, laenge }];
  });
}
