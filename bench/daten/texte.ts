import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { erstelleAnalysator } from '#modules/suche/server/analyse/analysator.ts';
import { mandantKuerzel } from '#modules/suche/server/analyse/lexem.ts';
import { ladeLexikon } from '#modules/suche/server/analyse/lexikon.ts';
import { baueVektor } from '#modules/suche/server/analyse/vektor.ts';
import { sharedDir } from '#platform/testing/shared.ts';
import { mische } from './bestand.ts';

export type Absatz = { titel: string; text: string; titelvektor: string; textvektor: string };

const VORNE = ['Bau', 'Wasser', 'Abfall', 'Schul', 'Jugend', 'Straßen', 'Gewerbe', 'Grundstücks', 'Umwelt', 'Melde', 'Kreis', 'Sozial', 'Brandschutz', 'Verkehrs', 'Denkmal', 'Haushalts'];
const HINTEN = ['antrag', 'genehmigung', 'verfahren', 'bescheid', 'gebühr', 'prüfung', 'förderung', 'planung', 'aufsicht', 'satzung', 'beteiligung', 'ordnung', 'vertrag', 'erlaubnis', 'akte', 'anhörung'];
const DAZWISCHEN = ['und', 'der', 'die', 'nach', 'für', 'gegen', 'wegen', 'mit', 'durch', 'über', 'wird', 'ist', 'nicht', 'kann'];

/** Where the corpus is missing: words put together, frequent ones more often than rare ones. */
function makeAbsaetze(anzahl: number): { titel: string; text: string }[] {
  const wort = (n: number) => { const w = mische(n, 7); return n % 3 === 1 ? DAZWISCHEN[w % DAZWISCHEN.length]! : `${VORNE[Math.floor((w % 1000) ** 2 / 1e6 * VORNE.length)]}${HINTEN[(w >> 10) % HINTEN.length]}${w % 5 === 0 ? `s${HINTEN[(w >> 16) % HINTEN.length]}` : ''}`; };
  return Array.from({ length: anzahl }, (_, i) => ({ titel: `${wort(i * 3)} ${i % 97}`, text: Array.from({ length: 60 + (mische(i, 3) % 60) }, (_w, j) => wort(i * 211 + j)).join(' ') }));
}
async function readAbsaetze(anzahl: number): Promise<{ titel: string; text: string }[]> {
  const shared = sharedDir();
  if (!shared) return makeAbsaetze(anzahl);
  const zeilen = zstdDecompressSync(await readFile(join(shared, 'korpus/bundesrecht.jsonl.zst'))).toString().trim().split('\n');
  const schritt = Math.max(1, Math.floor(zeilen.length / anzahl)); // from all over the law, not the first statutes only
  return zeilen.filter((_, i) => i % schritt === 0).slice(0, anzahl).map((z) => JSON.parse(z) as { norm: string; text: string }).map(({ norm, text }) => ({ titel: norm.replace(/^§+ *[\d a-z]+ ?/, '') || norm, text }));
}

/** Different texts, analysed once each as the product does it; a Dokument takes its Betreff from one and its text from another. */
export async function prepareTexte(mandantId: string, anzahl: number): Promise<{ absaetze: Absatz[]; woerter: Map<string, number> }> {
  const kuerzel = mandantKuerzel(mandantId);
  const analysiere = erstelleAnalysator(await ladeLexikon());
  const woerter = new Map<string, number>();
  const absaetze: Absatz[] = [];
  for (const { titel, text } of await readAbsaetze(anzahl)) {
    const [t, d] = [await baueVektor(kuerzel, [{ text: titel, gewicht: 'A' }], [], analysiere), await baueVektor(kuerzel, [{ text, gewicht: 'D' }], [], analysiere)];
    for (const v of [t, d]) for (const [wort, n] of v.woerter) woerter.set(wort, (woerter.get(wort) ?? 0) + n);
    absaetze.push({ titel, text, titelvektor: t.vektor, textvektor: d.vektor });
  }
  return { absaetze, woerter };
}
