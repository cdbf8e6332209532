import { weiter, type Begriff, type Umfang, type Werkzeug } from './anfrage.ts';
import { falte } from './falten.ts';
import { zerlege } from './kompositum.ts';
import { stamm } from './stamm.ts';
import { istStoppwort } from './stoppwoerter.ts';
import { zerlegeText, type Wort } from './woerter.ts';

/** A piece of text; `treffer`: what was asked for. */
export type Segment = { text: string; treffer: boolean };
type Stelle = { readonly von: number; readonly bis: number; readonly begriff: number };
/** Finds in a text what a question asks for, at most `grenze` places. */
export type Finder = (text: string, grenze: number) => Stelle[];

const WINDOW = 220;
const MAX_PLACES = 200;

/** Index in the raw word at which its first `n` folded letters end. */
function rohIndex(roh: string, n: number): number {
  if (n <= 0) return 0;
  for (let i = 1; i <= roh.length; i++) if (falte(roh.slice(0, i)).length >= n) return i === roh.length || falte(roh.slice(0, i + 1)).length > n ? i : i + 1;
  return roh.length;
}

export function erstelleFinder(begriffe: readonly Begriff[], umfang: Umfang, w: Werkzeug): Finder {
  const stems = new Map<string, number>();
  const whole = new Map<string, number>(); // phrases mean words, not parts
  const prefixes: [string, number][] = [];
  const phrases: { stems: (string | null)[]; nr: number }[] = [];
  begriffe.forEach((b, nr) => {
    if (b.ausschluss) return;
    const [first = ''] = b.woerter;
    if (b.art === 'praefix') { prefixes.push([first, nr]); whole.set(stamm(first), nr); return; }
    if (b.art === 'phrase') {
      const words = b.woerter.map((x) => (istStoppwort(x) ? null : stamm(x)));
      while (words[0] === null) words.shift();
      while (words.at(-1) === null) words.pop();
      if (words.length === 1) whole.set(words[0]!, nr); else phrases.push({ stems: words, nr });
      if (b.geklebt) stems.set(stamm(b.woerter.join('')), nr);
      return;
    }
    stems.set(stamm(first), nr);
    if (umfang === 'genau') return;
    for (const stem of weiter(first, w.count).flat()) if (!stems.has(stem)) stems.set(stem, nr);
    if (umfang === 'aehnlich') for (const other of w.aehnliche?.get(first) ?? []) if (!stems.has(stamm(other))) stems.set(stamm(other), nr);
  });

  /** What of one word is meant, as folded indices. */
  function match(gefaltet: string): { von: number; bis: number; nr: number } | undefined {
    const formen = w.analysiere(gefaltet);
    if (!formen) return undefined;
    const nr = stems.get(formen.stamm) ?? whole.get(formen.stamm);
    if (nr !== undefined) return { von: 0, bis: gefaltet.length, nr };
    for (const [prefix, p] of prefixes) if (gefaltet.startsWith(prefix)) return { von: 0, bis: gefaltet.length, nr: p };
    const part = formen.teile.filter((t) => stems.has(t)).sort((a, b) => b.length - a.length)[0];
    if (part === undefined) return undefined;
    const parts = zerlege(gefaltet, w.count);
    for (let i = 0, von = 0; i < parts.length; von += parts[i]!.length, i++) {
      for (let j = i + 1, bis = von; j <= parts.length; j++) {
        bis += parts[j - 1]!.length;
        if (stamm(parts.slice(i, j).join('')) === part) return { von, bis, nr: stems.get(part)! };
      }
    }
    return undefined;
  }
  const cache = new Map<string, ReturnType<typeof match>>();
  const matchWord = ({ gefaltet }: Wort) => {
    if (!cache.has(gefaltet)) cache.set(gefaltet, match(gefaltet));
    return cache.get(gefaltet);
  };
  const stemOf = (word: Wort | undefined) => word && stamm(word.gefaltet);

  return (text, grenze) => {
    const found: Stelle[] = [];
    const words = phrases.length ? [...zerlegeText(text)] : undefined;
    let i = -1;
    for (const word of words ?? zerlegeText(text)) {
      i++;
      if (found.length >= grenze) break;
      const hit = matchWord(word);
      if (hit) {
        const full = hit.von === 0 && hit.bis === word.gefaltet.length;
        const [von, bis] = full ? [0, word.roh.length] : [rohIndex(word.roh, hit.von), rohIndex(word.roh, hit.bis)];
        found.push({ von: word.von + von, bis: word.von + bis, begriff: hit.nr });
      }
      for (const { stems: wanted, nr } of phrases) {
        if (stemOf(word) === wanted[0] && wanted.every((s, k) => s === null || stemOf(words![i + k]) === s)) {
          found.push({ von: word.von, bis: words![i + wanted.length - 1]!.bis, begriff: nr });
        }
      }
    }
    return found;
  };
}

function segments(text: string, von: number, bis: number, stellen: readonly Stelle[]): Segment[] {
  const out: Segment[] = [];
  const push = (piece: string, treffer: boolean) => { if (piece) out.push({ text: piece, treffer }); };
  let at = von;
  for (const s of [...stellen].sort((a, b) => a.von - b.von)) {
    if (s.von < at || s.bis > bis) continue;
    push(text.slice(at, s.von), false);
    push(text.slice(s.von, s.bis), true);
    at = s.bis;
  }
  push(text.slice(at, bis), false);
  return out;
}

/** The whole text with its hits marked: for titles. */
export const markiere = (text: string, finde: Finder): Segment[] => segments(text, 0, text.length, finde(text, MAX_PLACES));

const wordStart = (text: string, at: number) => { if (at <= 0) return 0; const blank = text.indexOf(' ', at); return blank < 0 || blank - at > 40 ? at : blank + 1; };
const wordEnd = (text: string, at: number) => { if (at >= text.length) return text.length; const blank = text.lastIndexOf(' ', at); return blank < 0 || at - blank > 40 ? at : blank; };

/** The stretch of text that holds most of what was asked for, and a second one for what the first lacks; the beginning where nothing is found. */
export function schneide(text: string, finde: Finder): Segment[] {
  const stellen = finde(text, MAX_PLACES);
  if (!stellen.length) {
    const end = wordEnd(text, WINDOW);
    return text ? [{ text: end < text.length ? `${text.slice(0, end)} …` : text, treffer: false }] : [];
  }
  const bestFrom = (wanted: (s: Stelle) => boolean) => {
    let best = { score: -1, from: 0 };
    stellen.forEach((s, i) => {
      if (!wanted(s)) return;
      const inside = stellen.slice(i, i + 40).filter((o) => o.bis - s.von <= WINDOW - 30);
      const score = new Set(inside.map((o) => o.begriff)).size * 100 + Math.min(inside.length, 9);
      if (score > best.score) best = { score, from: s.von };
    });
    return best;
  };
  const windowAt = (from: number, length: number) => {
    const start = wordStart(text, Math.max(0, from - 50));
    return { start, end: wordEnd(text, start + length) };
  };
  const first = windowAt(bestFrom(() => true).from, WINDOW);
  const covered = new Set(stellen.filter((s) => s.von >= first.start && s.bis <= first.end).map((s) => s.begriff));
  const rest = bestFrom((s) => !covered.has(s.begriff) && (s.von > first.end + 20 || s.bis < first.start - 20));
  const windows = rest.score < 0 ? [first] : [first, windowAt(rest.from, 120)].sort((a, b) => a.start - b.start);
  const out: Segment[] = [];
  windows.forEach(({ start, end }, i) => {
    const from = i > 0 ? Math.max(start, windows[0]!.end) : start;
    if (from > 0 || i > 0) out.push({ text: i > 0 ? ' … ' : '… ', treffer: false });
    out.push(...segments(text, from, end, stellen));
  });
  if (windows.at(-1)!.end < text.length) out.push({ text: ' …', treffer: false });
  return out;
}
