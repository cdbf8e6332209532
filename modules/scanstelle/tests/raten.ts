/** The scan set and what is read of it: used by the tests (a part of it) and by bench/scan.ts (the rates). */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Codeart, Seitenanalyse, Winkel } from '../server/bild/typen.ts';
import { asDatei, asG4, asJpeg, beflecke, bleistift, drawPatch, drawSymbol, dunklerRand, lochung, makeBlatt, makeText, rausche, scheineDurch, schwacherStempel, staub, stoere, stoerungen, turn, zufall, type Blatt, type Patch, type Storung } from './scansatz.ts';

const { analyse } = await import('../server/bild/lesen/analyse.ts');

export type Codefall = { art: Codeart; wert: string; winkel: Winkel; stoerung: Storung; datei: Buffer };
export const winkel = [0, 90, 180, 270] as const;
export const patchwerte: readonly Patch[] = ['1', '2', '3', '4', '6', 'T'];
const FORMATE: readonly [number, number][] = [[210, 297], [297, 420], [148, 210]];

const texte = new Map<string, Promise<Blatt>>();
const text = (n: number, format: [number, number]) => { const k = `${n % 4}/${format[0]}`; if (!texte.has(k)) texte.set(k, makeText(n % 4, { format, oben: 110 })); return texte.get(k)!.then((b) => ({ ...b, data: b.data.slice() })); };

/** Every kind at every angle under every disturbance; `runden` times with other values, places and sheets. `jeder`: only one in so many, no divisor of 36, or some kinds never come. */
export async function* makeCodefaelle(runden = 1, jeder = 1): AsyncGenerator<Codefall> {
  let n = 0;
  for (let runde = 0; runde < runden; runde++) for (const stoerung of stoerungen) for (const art of ['qr', 'code128', 'datamatrix', ...patchwerte] as const) for (const w of winkel) {
    n++;
    if (n % jeder) continue;
    const r = zufall(n * 7919);
    const format = n % 11 === 3 ? FORMATE[1]! : n % 11 === 7 ? FORMATE[2]! : FORMATE[0]!;
    const blatt = await text(n, format);
    const [codeart, wert] = patchwerte.includes(art as Patch) ? ['patch' as const, art] : [art as Codeart, `VA-${n}-${Math.floor(r() * 1e6)}`];
    if (codeart === 'patch') drawPatch(blatt, art as Patch, { oben: 8 + r() * 8, links: 18 + r() * 20, laenge: 60 + r() * 40 });
    else await drawSymbol(blatt, art as 'qr', wert, 25 + r() * 40, 25 + r() * 40);
    const gedreht = w ? await turn(blatt, w) : blatt;
    yield { art: codeart, wert, winkel: w, stoerung, datei: await asDatei(await stoere(gedreht, stoerung, n), stoerung, n) };
  }
}

export type Urteil = 'richtig' | 'nicht_gelesen' | 'falsch';
/** Anything read that is not there is wrong, whatever else was read right. */
export function judge(f: Pick<Codefall, 'art' | 'wert'>, a: Seitenanalyse): Urteil {
  if (a.codes.some((c) => c.art !== f.art || c.wert !== f.wert)) return 'falsch';
  return a.codes.length ? 'richtig' : 'nicht_gelesen';
}

export type Leerfall = { klasse: string; leer: boolean; datei: Buffer };
export async function* makeLeerfaelle(runden = 1): AsyncGenerator<Leerfall> {
  for (let i = 0; i < runden; i++) {
    const r = zufall(i + 1);
    const rueck = await makeText(i, {});
    const neu = () => makeBlatt(200, [210, 297], 236 + Math.round(r() * 16));
    const schreib = (b: Blatt, saat: number, g4 = false) => g4 ? asG4(rausche(b, 4, saat)) : asJpeg(rausche(b, 3 + r() * 3, saat));
    const leer: [string, (b: Blatt) => void | Promise<Blatt>][] = [
      ['weiß', () => {}], ['Lochung', (b) => lochung(b)], ['Lochung hell', (b) => lochung(b, 150, 13)], ['dunkle Ränder', (b) => dunklerRand(b, i)], ['Staub', (b) => staub(b, i)],
      ['durchscheinend', (b) => scheineDurch(b, rueck, 16 + r() * 12)], ['alles', async (b) => { lochung(b); staub(b, i, 40); const d = await scheineDurch(b, rueck, 18); dunklerRand(d, i); return d; }],
      ['schief mit Rand', async (b) => turn(b, 1 + r(), 20)],
    ];
    const voll: [string, (b: Blatt) => void | Promise<Blatt>][] = [
      ['schwacher Stempel', (b) => schwacherStempel(b, 60 + r() * 90, 60 + r() * 160, 214 + Math.round(r() * 6))], ['Bleistift', (b) => bleistift(b, 40 + r() * 60, 50 + r() * 180, 30 + r() * 40, 196 + Math.round(r() * 14))],
      ['Bleistift über Durchschein', async (b) => { const d = await scheineDurch(b, rueck, 18); bleistift(d, 60, 120, 50, 185); return d; }],
      ['Unterschrift', (b) => bleistift(b, 100, 200, 35, 60)], ['ein Wort', (b) => { for (let k = 0; k < 6; k++) bleistift(b, 50 + k * 4, 90, 3, 30); }],
      ['Lochung und Stempel', (b) => { lochung(b); schwacherStempel(b, 140, 80, 212); }],
    ];
    for (const [klasse, mach] of leer) { const b = neu(); const d = await mach(b) ?? b; yield { klasse, leer: true, datei: await schreib(d, i + 17, i % 3 === 2 && klasse !== 'durchscheinend' && klasse !== 'alles') }; }
    for (const [klasse, mach] of voll) { const b = neu(); const d = await mach(b) ?? b; yield { klasse, leer: false, datei: await schreib(d, i + 31) }; }
  }
}

export type Schriftfall = { grad: number; winkel: Winkel; datei: Buffer };
/** Letters leaning by up to ten degrees, standing in all four directions. */
export async function* makeSchriftfaelle(anzahl: number): AsyncGenerator<Schriftfall> {
  for (let n = 0; n < anzahl; n++) {
    const r = zufall(n + 77);
    const blatt = await makeText(n, { dpi: n % 4 === 3 ? 300 : 200, zeilen: 8 + Math.floor(r() * 30), schrift: 9 + r() * 4 });
    const grad = Math.round((r() * 20 - 10) * 100) / 100, w = winkel[n % 4]!;
    const gedreht = w ? await turn(blatt, w) : blatt;
    const schief = await turn(gedreht, grad);
    yield { grad, winkel: w, datei: await asDatei(rausche(n % 5 === 4 ? beflecke(schief, n) : schief, 4, n), 'sauber', n) };
  }
}

/** The detectors in this process, for figures and rates; the server asks them by way of the converter. */
export async function analysiere(ordner: string, bytes: Buffer): Promise<Seitenanalyse> {
  const datei = join(ordner, 'blatt');
  await writeFile(datei, bytes);
  return analyse({ art: 'analyse', datei, ordner, optionen: {} });
}
