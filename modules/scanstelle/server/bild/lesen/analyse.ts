import { codearten, type Analyseoptionen, type Codefehler, type Lage, type Scancode, type Scanauftrag, type Seitenanalyse } from '../typen.ts';
import { readCodes } from './codes.ts';
import { halve, normalize, quarter } from './grau.ts';
import { judgeGuete } from './guete.ts';
import { findKandidaten } from './kandidaten.ts';
import { loadGrau, readKopf, type Bildkopf, type Grau } from './laden.ts';
import { judgeLeer } from './leer.ts';
import { findPatchcodes } from './patch.ts';
import { countStimmen, decideRichtung, turnBy } from './richtung.ts';
import { findLauf } from './schraege.ts';

/** Everything is measured at this resolution or half of it; only what may be a code is looked at as it was scanned. */
const FEIN_DPI = 150;
const MAX_FEIN = 9_000;
const A4_MM = 297;
/** How far one direction of lines must stand out from the other. */
const DEUTLICH = 1.25;
/** Our own cover sheets stand upright when their code does. */
const EIGEN = /^VA1\//;

export async function analyse({ datei, optionen }: Extract<Scanauftrag, { art: 'analyse' }>): Promise<Seitenanalyse> {
  const kopf = await readKopf(datei);
  return analyseBild(datei, kopf, optionen);
}

export async function analyseBild(datei: string, kopf: Bildkopf, optionen: Analyseoptionen): Promise<Seitenanalyse> {
  const massstab = measure(kopf, optionen);
  const fein = await loadGrau(datei, massstab.breite, massstab.hoehe);
  const { norm, papier } = normalize(fein, 64);
  const grob = halve(norm);
  const mm = massstab.mm / 2;
  const { flecken, ...leer } = judgeLeer(norm, grob, mm);
  const schrift = leer.ist ? undefined : findSchrift(norm, grob);
  const arten = optionen.codes ?? codearten;
  const { codes, fehler } = leer.ist ? { codes: [], fehler: [] } : await findCodes(datei, kopf, norm, grob, massstab, arten, schrift?.grad ?? null);
  const drehung = decideDrehung(schrift, codes);
  return {
    breite: kopf.breite, hoehe: kopf.hoehe, dpi: massstab.dpi, dpiQuer: massstab.dpiQuer,
    leer, drehung, schraege: schrift?.schraege ?? null, codes, codefehler: fehler, widerspruch: isWiderspruch(codes),
    guete: judgeGuete({ roh: fein, norm, papier, dpi: massstab.kleinste, flecken, grob, leer: leer.ist, mm }),
  };
}

type Massstab = { breite: number; hoehe: number; mm: number; bekannt: boolean; dpi: number | null; dpiQuer: number | null; kleinste: number | null };
/** Size of the fine picture with square pixels, and its pixels per millimetre. Without a resolution a page counts as A4 long. */
function measure(kopf: Bildkopf, { dpi: vorgabe }: Analyseoptionen): Massstab {
  const geschaetzt = Math.max(kopf.breite, kopf.hoehe) / Math.min(kopf.breite, kopf.hoehe);
  const alsA4 = Math.abs(geschaetzt - Math.SQRT2) < 0.05 ? Math.round(Math.max(kopf.breite, kopf.hoehe) / (A4_MM / 25.4)) : null;
  const x = kopf.dpiX ?? vorgabe ?? alsA4, y = kopf.dpiY ?? vorgabe ?? alsA4;
  const gedacht = Math.max(kopf.breite, kopf.hoehe) / (A4_MM / 25.4);
  const zoll = { breite: kopf.breite / (x ?? gedacht), hoehe: kopf.hoehe / (y ?? gedacht) };
  const feinDpi = Math.min(FEIN_DPI, MAX_FEIN / Math.max(zoll.breite, zoll.hoehe), 2 * Math.min(x ?? gedacht, y ?? gedacht));
  return {
    breite: Math.max(16, Math.round(zoll.breite * feinDpi)), hoehe: Math.max(16, Math.round(zoll.hoehe * feinDpi)), mm: feinDpi / 25.4, bekannt: x !== null,
    dpi: y === null ? null : Math.round(y), dpiQuer: x === null ? null : Math.round(x), kleinste: x === null || y === null ? null : Math.min(x, y),
  };
}

type Schrift = { grad: 0 | 90 | 180 | 270 | null; sicher: number; schraege: number | null };
/** Where lines run and which way up they stand. */
function findSchrift(norm: Grau, grob: Grau): Schrift | undefined {
  const gelegt = quarter(grob);
  const laengs = findLauf(grob), quer = findLauf(gelegt);
  const [l, q] = [laengs?.guete ?? 1, quer?.guete ?? 1];
  if (Math.max(l, q) < 1.15) return undefined;
  const liegt = q > l;
  const lauf = liegt ? quer! : laengs!;
  const urteil = decideRichtung(countStimmen(liegt ? quarter(norm) : norm, lauf.grad));
  const deutlich = Math.max(l, q) / Math.min(l, q) >= DEUTLICH;
  const schraege = Math.round(lauf.grad * 100) / 100;
  return { grad: urteil && (deutlich || urteil.sicher > 0.8) ? turnBy(liegt, urteil.kopf) : null, sicher: urteil?.sicher ?? 0, schraege: deutlich || urteil ? schraege : null };
}

function decideDrehung(schrift: Schrift | undefined, codes: readonly Scancode[]): Seitenanalyse['drehung'] {
  const eigen = codes.find((c) => c.art === 'qr' && EIGEN.test(c.wert));
  if (eigen) return { grad: ((360 - Math.round(eigen.winkel / 90) * 90) % 360) as 0 | 90 | 180 | 270, sicher: 1, weg: 'code' };
  if (schrift && schrift.grad !== null) return { grad: schrift.grad, sicher: Math.round(schrift.sicher * 100) / 100, weg: 'schrift' };
  return { grad: null, sicher: 0, weg: 'keiner' };
}

async function findCodes(datei: string, kopf: Bildkopf, norm: Grau, grob: Grau, massstab: Massstab, arten: Analyseoptionen['codes'] & {}, drehung: number | null) {
  const codes: Scancode[] = [];
  const fehler: Codefehler[] = [];
  if (arten.includes('patch')) {
    const patch = findPatchcodes(grob, massstab.mm / 2, massstab.bekannt, drehung === null ? null : (360 - drehung) % 360 as 0 | 90 | 180 | 270);
    codes.push(...patch.codes);
    fehler.push(...patch.fehler);
  }
  const erst = await readCodes(norm, arten, false);
  codes.push(...erst.codes);
  const offen = [...erst.fehler, ...findKandidaten(grob, massstab.mm / 2)].filter((k) => !codes.some((c) => overlaps(c.lage, k.lage)));
  const gesehen: Lage[] = [];
  for (const kandidat of offen) {
    if (gesehen.some((g) => overlaps(g, kandidat.lage)) || codes.some((c) => overlaps(c.lage, kandidat.lage))) continue;
    gesehen.push(kandidat.lage);
    const nah = await lookCloser(datei, kopf, kandidat.lage, massstab, arten);
    codes.push(...nah.codes.filter((c) => !codes.some((d) => d.wert === c.wert && overlaps(c.lage, d.lage))));
    if (!nah.codes.length) fehler.push(...(nah.fehler.length ? nah.fehler : 'grund' in kandidat ? [kandidat as Codefehler] : []));
  }
  return { codes, fehler: fehler.filter((f, i) => fehler.findIndex((o) => overlaps(o.lage, f.lage)) === i) };
}

/** The one place at the resolution it was scanned in, its pixels made square. */
async function lookCloser(datei: string, kopf: Bildkopf, lage: Lage, { mm, breite, hoehe }: Massstab, arten: Analyseoptionen['codes'] & {}) {
  const rx = 4 * mm / breite, ry = 4 * mm / hoehe;
  const [x0, y0] = [Math.max(0, lage.x - rx), Math.max(0, lage.y - ry)];
  const [x1, y1] = [Math.min(1, lage.x + lage.breite + rx), Math.min(1, lage.y + lage.hoehe + ry)];
  const ausschnitt = { left: Math.floor(x0 * kopf.breite), top: Math.floor(y0 * kopf.hoehe), width: Math.max(1, Math.floor((x1 - x0) * kopf.breite)), height: Math.max(1, Math.floor((y1 - y0) * kopf.hoehe)) };
  const quadrat = breite / kopf.breite / (hoehe / kopf.hoehe);
  const [b, h] = quadrat >= 1 ? [Math.round(ausschnitt.width * quadrat), ausschnitt.height] : [ausschnitt.width, Math.round(ausschnitt.height / quadrat)];
  const g = await loadGrau(datei, b, h, ausschnitt);
  const fund = await readCodes(g, arten, true);
  const back = (l: Lage): Lage => ({ x: x0 + l.x * (x1 - x0), y: y0 + l.y * (y1 - y0), breite: l.breite * (x1 - x0), hoehe: l.hoehe * (y1 - y0) });
  return { codes: fund.codes.map((c) => ({ ...c, lage: back(c.lage) })), fehler: fund.fehler.map((f) => ({ ...f, lage: back(f.lage) })) };
}

const overlaps = (a: Lage, b: Lage) => a.x < b.x + b.breite && b.x < a.x + a.breite && a.y < b.y + b.hoehe && b.y < a.y + a.hoehe;
const isWiderspruch = (codes: readonly Scancode[]) => codes.some((c, i) => codes.some((d, j) => j > i && c.art === d.art && c.wert !== d.wert && (c.art === 'patch' || EIGEN.test(c.wert) === EIGEN.test(d.wert))));
