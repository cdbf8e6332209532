import type { Profileinstellungen } from '../contract.ts';
import { describeCodefehler, type Codeart, type Deckblattziel, type Scancode, type Seitenanalyse } from './bild/index.ts';

/** A page as the separation sees it. `deckblatt`: what the codes of the page say by our own cover sheets, if any. */
export type Trennseite = { id: string; rohdateiId: string; seite: number; analyse: Pick<Seitenanalyse, 'leer' | 'codes' | 'codefehler' | 'widerspruch'> | null; deckblaetter: readonly (Deckblattziel | 'ungueltig')[] };
export type Hinweis = { art: 'widerspruch' | 'deckblatt_ungueltig' | 'code_unlesbar' | 'seite_unlesbar' | 'ziel_fehlt'; text: string };
export type Getrennt = {
  /** Page → what it is and the letter it lies in. A separator lies in none. */
  seiten: { id: string; status: 'da' | 'leer' | 'trennblatt'; brief: number | null }[];
  briefe: { ziel: Deckblattziel | null; hinweise: Hinweis[] }[];
};

const name = (art: Codeart) => ({ qr: 'QR-Code', code128: 'Code 128', datamatrix: 'DataMatrix', patch: 'Patchcode' })[art];
const gleich = (a: Deckblattziel, b: Deckblattziel) => a.art === b.art && a.id === b.id;

/**
 * Cuts a batch into letters. A cover sheet of ours and a patch page begin a letter and are no part of it; a page with another code that the profile names begins
 * one and is its first page (a label on the letter). What contradicts itself is never decided here: it is said, and a person decides.
 */
export function separateBriefe(seiten: readonly Trennseite[], { trennung, jeDatei, leerseitenEntfernen }: Profileinstellungen): Getrennt {
  const ergebnis: Getrennt = { seiten: [], briefe: [] };
  /** What the separators since the last page of a letter said. */
  let offen: { ziel: Deckblattziel | null; hinweise: Hinweis[] } | undefined = { ziel: null, hinweise: [] };
  let datei = seiten[0]?.rohdateiId;
  const trennt = (art: Codeart) => trennung.includes(art);
  const begin = () => { ergebnis.briefe.push({ ziel: offen!.ziel, hinweise: offen!.hinweise }); offen = undefined; };
  for (const s of seiten) {
    if (jeDatei && s.rohdateiId !== datei) offen ??= { ziel: null, hinweise: [] };
    datei = s.rohdateiId;
    const codes = s.analyse?.codes ?? [];
    if (s.deckblaetter.length > 0 || (trennt('patch') && codes.some((c) => c.art === 'patch')) || (trennung.includes('leerseite') && s.analyse?.leer.ist)) {
      offen ??= { ziel: null, hinweise: [] };
      readSeparator(offen, s);
      ergebnis.seiten.push({ id: s.id, status: 'trennblatt', brief: null });
      continue;
    }
    if (s.analyse?.leer.ist && leerseitenEntfernen) {
      // before the first page of a letter there is none yet that it could lie in
      ergebnis.seiten.push({ id: s.id, status: 'leer', brief: offen ? null : ergebnis.briefe.length - 1 });
      continue;
    }
    if (codes.some((c) => c.art !== 'patch' && trennt(c.art))) offen ??= { ziel: null, hinweise: [] };
    if (offen) begin();
    ergebnis.briefe.at(-1)!.hinweise.push(...hinweiseOf(s, codes, trennt));
    ergebnis.seiten.push({ id: s.id, status: 'da', brief: ergebnis.briefe.length - 1 });
  }
  return ergebnis;
}

function readSeparator(offen: { ziel: Deckblattziel | null; hinweise: Hinweis[] }, s: Trennseite) {
  for (const d of s.deckblaetter) {
    if (d === 'ungueltig') offen.hinweise.push({ art: 'deckblatt_ungueltig', text: 'Das Deckblatt davor ist nicht von diesem Haus oder wurde verändert; es bestimmt nichts.' });
    else if (offen.hinweise.some((h) => h.art === 'widerspruch')) continue;
    else if (!offen.ziel) offen.ziel = d;
    else if (!gleich(offen.ziel, d)) {
      offen.ziel = null;
      offen.hinweise.push({ art: 'widerspruch', text: 'Die Deckblätter davor widersprechen sich: Sie nennen verschiedene Ziele. Bitte festlegen, wohin der Brief gehört.' });
    }
  }
}

function hinweiseOf(s: Trennseite, codes: readonly Scancode[], trennt: (art: Codeart) => boolean): Hinweis[] {
  if (!s.analyse) return [{ art: 'seite_unlesbar', text: `Seite ${s.seite} der Datei ist nicht lesbar und muss erneut gescannt werden.` }];
  const verschieden = s.analyse.widerspruch && codes.some((c) => trennt(c.art));
  return [
    ...(verschieden ? [{ art: 'widerspruch' as const, text: `Auf Seite ${s.seite} der Datei widersprechen sich Codes: ${codes.map((c) => `${name(c.art)} „${c.wert.slice(0, 60)}“`).join(', ')}.` }] : []),
    ...s.analyse.codefehler.filter((f) => trennt(f.art)).map((f) => ({ art: 'code_unlesbar' as const, text: `Seite ${s.seite} der Datei: ${describeCodefehler(f)}` })),
  ];
}

/** Which letters of `anzahl` a person must look at: drawn by chance, one at least. `zufall(n)`: a whole number below n. */
export function drawStichprobe(anzahl: number, { art, prozent }: Profileinstellungen['stichprobe'], zufall: (unter: number) => number): Set<number> {
  const alle = Array.from({ length: anzahl }, (_, i) => i);
  if (art === 'alle') return new Set(alle);
  if (art === 'keine') return new Set();
  for (let i = alle.length - 1; i > 0; i--) { const k = zufall(i + 1); [alle[i], alle[k]] = [alle[k]!, alle[i]!]; }
  return new Set(alle.slice(0, Math.max(1, Math.ceil((anzahl * prozent) / 100))));
}
