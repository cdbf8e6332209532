import type { Grau } from './laden.ts';
import type { Winkel } from '../typen.ts';

const GRAD = Math.PI / 180;
/** Fewer lines than these say nothing; below this share of agreement they contradict each other. */
const MIN_ZEILEN = 4;
const EINIGKEIT = 0.75;

export type Stimmen = { auf: number; ab: number };

/**
 * Which way up: in Latin script more reaches above the small letters (b d f h k l t, capitals, dots) than below (g j p q y). Each line of each column of the
 * page has one vote, if it is clear. Page at 150 dpi, its lines horizontal but for `schraege`.
 */
export function countStimmen({ data, breite, hoehe }: Grau, schraege: number): Stimmen {
  const t = Math.tan(schraege * GRAD);
  const spalten = 4;
  const stimmen = { auf: 0, ab: 0 };
  for (let s = 0; s < spalten; s++) {
    const x0 = Math.floor(breite * (0.06 + 0.88 * s / spalten)), x1 = Math.floor(breite * (0.06 + 0.88 * (s + 1) / spalten));
    const profil = new Uint32Array(hoehe);
    for (let x = x0; x < x1; x++) {
      const versatz = Math.round((x - breite / 2) * t);
      for (let y = Math.max(0, -versatz), ende = Math.min(hoehe, hoehe - versatz); y < ende; y++) if (data[(y + versatz) * breite + x]! < 150) profil[y]!++;
    }
    for (const zeile of findZeilen(profil, Math.max(1, (x1 - x0) * 0.004))) {
      const stimme = judge(profil, zeile);
      if (stimme > 0) stimmen.auf++; else if (stimme < 0) stimmen.ab++;
    }
  }
  return stimmen;
}

function findZeilen(profil: Uint32Array, schwelle: number): [number, number][] {
  const zeilen: [number, number][] = [];
  for (let y = 0; y < profil.length; y++) {
    if (profil[y]! <= schwelle) continue;
    const ab = y;
    while (y < profil.length && profil[y]! > schwelle) y++;
    if (y - ab >= 10 && y - ab <= 70) zeilen.push([ab, y - 1]);
  }
  return zeilen;
}

/** Between the rows where most ink is lie the small letters; what stands above and below decides. */
function judge(profil: Uint32Array, [ab, bis]: [number, number]): number {
  let max = 0, summe = 0;
  for (let y = ab; y <= bis; y++) { max = Math.max(max, profil[y]!); summe += profil[y]!; }
  let oben = ab, unten = bis;
  while (profil[oben]! < max * 0.5) oben++;
  while (profil[unten]! < max * 0.5) unten--;
  const kern = unten - oben + 1;
  if (max < 12 || kern < 5 || kern > 0.85 * (bis - ab + 1)) return 0;
  let drueber = 0, drunter = 0;
  for (let y = ab; y < oben; y++) drueber += profil[y]!;
  for (let y = unten + 1; y <= bis; y++) drunter += profil[y]!;
  if (drueber + drunter < summe * 0.06) return 0;
  return drueber > drunter * 1.5 ? 1 : drunter > drueber * 1.5 ? -1 : 0;
}

/** What to turn by, clockwise; undefined where the lines are too few or disagree. */
export function decideRichtung({ auf, ab }: Stimmen): { kopf: boolean; sicher: number } | undefined {
  const n = auf + ab;
  if (n < MIN_ZEILEN) return undefined;
  const anteil = Math.max(auf, ab) / n;
  // The lower bound of what the share may be with so few votes.
  const sicher = (anteil + 2 / n - 2 * Math.sqrt((anteil * (1 - anteil) + 1 / n) / n)) / (1 + 4 / n);
  return anteil >= EINIGKEIT && sicher > 0.5 ? { kopf: ab > auf, sicher: Math.min(1, sicher) } : undefined;
}
export const turnBy = (quer: boolean, kopf: boolean): Winkel => quer ? (kopf ? 270 : 90) : kopf ? 180 : 0;
