import type { Analysator } from './analysator.ts';
import { lexem, zitiere } from './lexem.ts';
import { verbindeZeilen, zerlegeText } from './woerter.ts';

/** A: title, B: other metadata, D: content */
export type Gewicht = 'A' | 'B' | 'D';
export type Feld = { readonly text: string; readonly gewicht: Gewicht };
export type Vektor = {
  /** A tsvector literal. */
  readonly vektor: string;
  /** Folded words with their number, for the Mandant's vocabulary. */
  readonly woerter: ReadonlyMap<string, number>;
  /** The text held more different words than an index entry can. */
  readonly gekuerzt: boolean;
};

/** PostgreSQL counts positions up to 16383 and keeps 255 a lexeme; longer texts begin anew at 1, so that phrases work in them too. */
const MAX_POSITION = 16_000;
const MAX_POSITIONS = 255;
/** A tsvector ends at 1 MB. */
const MAX_BYTES = 900_000;
/** No phrase reaches from one field into the next. */
const GAP = 8;
const VOCABULARY = /^\p{L}{3,30}$/u;

type Eintrag = { positionen: string[] };

/** Words after which others get their turn: an analysis must not stop a process that also answers requests. */
const PAUSE = 20_000;
const naechsterZug = () => new Promise<void>((weiter) => { setImmediate(weiter); });

/** `schluessel`: keys of the Kennzeichen, by which the object is found in any spelling. */
export async function baueVektor(kuerzel: string, felder: readonly Feld[], schluessel: readonly string[], analysiere: Analysator): Promise<Vektor> {
  const lexeme = new Map<string, Eintrag | null>();
  const woerter = new Map<string, number>();
  let bytes = 0;
  let gekuerzt = false;
  const nimm = (key: string) => {
    if (bytes > MAX_BYTES) { gekuerzt = true; return false; }
    bytes += key.length * 2 + 2;
    return true;
  };
  const addPart = (key: string) => { if (!lexeme.has(key) && nimm(key)) lexeme.set(key, null); };
  const addWord = (key: string, position: string) => {
    let eintrag = lexeme.get(key);
    if (!eintrag) { if (!nimm(key)) return; lexeme.set(key, (eintrag = { positionen: [] })); }
    if (eintrag.positionen.length < MAX_POSITIONS) { eintrag.positionen.push(position); bytes += 2; }
  };
  for (const key of schluessel) lexeme.set(lexem(kuerzel, 'K', key), null);
  let n = 0;
  for (const { text, gewicht } of felder) {
    for (const { gefaltet } of zerlegeText(verbindeZeilen(text))) {
      if (++n % PAUSE === 0) await naechsterZug();
      if (VOCABULARY.test(gefaltet)) woerter.set(gefaltet, (woerter.get(gefaltet) ?? 0) + 1);
      const formen = analysiere(gefaltet);
      if (!formen) continue;
      const position = `${((n - 1) % MAX_POSITION) + 1}${gewicht === 'D' ? '' : gewicht}`;
      addWord(lexem(kuerzel, 'w', formen.stamm), position);
      for (const teil of formen.teile) addPart(lexem(kuerzel, 't', teil));
      if (gewicht === 'D') continue;
      addWord(lexem(kuerzel, 'W', formen.stamm), position);
      for (const teil of formen.teile) addPart(lexem(kuerzel, 'T', teil));
    }
    n += GAP;
  }
  const vektor = [...lexeme].map(([key, eintrag]) => (eintrag ? `${zitiere(key)}:${eintrag.positionen.join(',')}` : zitiere(key))).join(' ');
  return { vektor, woerter, gekuerzt };
}
