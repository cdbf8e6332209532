import { stamm } from './stamm.ts';
import { istStoppwort } from './stoppwoerter.ts';

/** How often a folded word stands in the texts the application has learned from; 0 for one it has not met. */
export type Haeufigkeit = (wort: string) => number;

/** Nouns of three letters that begin or end compounds; other short strings are syllables more often than words. */
const SHORT = new Set('bau amt hof tag ort weg see tor rat gas uhr zug tur rad eid ehe eis tal kfz lkw pkw gut arm rot alt neu sud ost abc mai sbg rat akt'.split(' '));
/** Endings and beginnings that are words by accident. */
const NEVER = new Set(`schaft schaften haft heit heiten keit keiten innen rinnen rin tion tionen ismus isten lich liche lichen licher liches chen lein mass massig massige massigen weis
artig artige artigen erin nden enden ende ender endes endem igkeit ierung ieren ierte ierten sten stel rung lung nung tung gung dung mung erung
unter uber nach gegen wider durch hinter zwischen auch sein eine wird wert werten mehr sche schen scher teln tern lern dern stern sind hier dort dann drei vier funf sechs acht neun zehn
ling ment enten eren erte erten igen ige iger iges tigen tige ande anden inter anti poly trans para kata rein eins gene genen gend gende setzung setzungen nahme nahmen fuhrung`.split(/\s+/));
const LINKS = ['', 's', 'n', 'e', 'es', 'en', 'er'];
const ENDINGS = ['', 's', 'es', 'e', 'en', 'n', 'er', 'ern', 'em'];
/** Law texts say »Satz« 55,000 times; that makes it no likelier part of a word. */
const MAX_COUNT = 8000;
/** A whole may be so much more frequent than its parts and is split all the same, where these are long enough to be no accident (»Antrag|steller«). */
const LANG = 6;
const LANG_FAKTOR = 10;
const MIN = 4;
const MAX_PARTS = 5;
const MAX_PART = 24;
const MAX_LENGTH = 48;

/** Count of a part within a compound: as it stands, without its linking letters (»Antrag-s«), or with the e it lost (»Schul-hof«). */
function countOf(part: string, last: boolean, count: Haeufigkeit): number {
  const of = (word: string) => (word.length < 3 || (word.length < MIN && !SHORT.has(word)) || NEVER.has(word) || istStoppwort(word) ? 0 : count(word));
  if (NEVER.has(part)) return 0;
  let best = 0;
  for (const link of last ? ENDINGS : LINKS) {
    // »Schaden-s-ersatz« has one link, not two
    if (part.endsWith(link) && !(link.startsWith('e') && part.at(-link.length - 1) === 's' && !last)) best = Math.max(best, of(part.slice(0, part.length - link.length)));
  }
  if (last) return Math.min(best, MAX_COUNT);
  if (part.length >= MIN && !NEVER.has(part)) best = Math.max(best, count(`${part}e`) / 2);
  return Math.min(best, MAX_COUNT);
}

/**
 * The parts of a folded compound, each as it stands in the word (with linking letters), or the word alone. Chosen is the split whose parts have
 * the greatest geometric mean of counts, unless the whole is more frequent than that (P. Koehn and K. Knight, 2003).
 * `erzwungen`: also split what is frequent as a whole.
 */
export function zerlege(wort: string, count: Haeufigkeit, erzwungen = false): string[] {
  const parts = teile(wort, count, erzwungen);
  return parts.length < 2 ? parts : parts.flatMap((p) => zerlege(p, count));
}

function teile(wort: string, count: Haeufigkeit, erzwungen: boolean): string[] {
  const n = wort.length;
  if (n < 6 || n > MAX_LENGTH || wort.charCodeAt(0) < 97) return [wort];
  // best[k * w + j]: greatest sum of logarithms over k parts that cover the first j letters
  const w = n + 1;
  const best = new Float64Array((MAX_PARTS + 1) * w).fill(-Infinity);
  const from = new Uint8Array((MAX_PARTS + 1) * w);
  best[0] = 0;
  const reached = new Uint8Array(w);
  reached[0] = 1;
  for (let i = 0; i <= n - 3; i++) {
    if (!reached[i]) continue;
    for (let j = i + 3; j <= Math.min(n, i + MAX_PART); j++) {
      if ((i === 0 && j === n) || (n - j < 3 && j !== n)) continue;
      const c = countOf(wort.slice(i, j), j === n, count);
      if (c < 2) continue;
      const log = Math.log(c);
      reached[j] = 1;
      for (let k = 0; k < MAX_PARTS; k++) {
        const sum = best[k * w + i]! + log;
        if (sum > best[(k + 1) * w + j]!) { best[(k + 1) * w + j] = sum; from[(k + 1) * w + j] = i; }
      }
    }
  }
  const whole = erzwungen ? 0 : Math.log(Math.max(...ENDINGS.map((e) => (e === '' || (wort.endsWith(e) && n - e.length >= MIN) ? Math.min(count(wort.slice(0, n - e.length)), MAX_COUNT) : 0)), 1));
  let mean = whole;
  let parts = 0;
  for (let k = 2; k <= MAX_PARTS; k++) if (best[k * w + n]! / k > mean - 1e-9) { mean = best[k * w + n]! / k; parts = k; }
  const cut = (k: number) => {
    const found: string[] = [];
    for (let end = n; k > 0; k--) { const start = from[k * w + end]!; found.unshift(wort.slice(start, end)); end = start; }
    return found;
  };
  if (parts) return cut(parts);
  if (best[2 * w + n]! / 2 + Math.log(LANG_FAKTOR) > whole) { const two = cut(2); if (two.every((p) => p.length >= LANG)) return two; }
  return [wort];
}

/** Stems of every run of neighbouring parts, without the whole: what a compound is found by. »bau|antrags|verfahren« → bau, bauantrag, antrag, … */
export function teilstaemme(parts: readonly string[]): string[] {
  if (parts.length < 2) return [];
  const runs = new Set<string>();
  for (let i = 0; i < parts.length; i++) for (let j = i + 1; j <= parts.length; j++) if (j - i < parts.length) runs.add(stamm(parts.slice(i, j).join('')));
  return [...runs];
}
