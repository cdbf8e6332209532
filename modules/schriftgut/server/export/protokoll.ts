import type { Exportknoten } from './plan.ts';

/** Between the server and the thread that takes foreign files apart. Object numbers count through the whole joined file. */
export type Eintrag = { titel: string; ebene: number; /** From 1; null: not in this file. */ seite: number | null; /** Number of the page's object. */ ziel: number | null };
export type Deckblatt = Pick<Exportknoten, 'kennzeichen' | 'betreff'> & { behoerde: string; federfuehrung: string; erstellt: string };
export type Auftrag =
  | { art: 'pdf' | 'png' | 'jpeg'; bytes: Uint8Array; next: number }
  | { art: 'vorspann'; deckblatt: Deckblatt; eintraege: readonly Eintrag[]; seiten: number; next: number };
/** Objects as they stand in the file, where each begins, which of them are pages, and the next free number. */
export type Ergebnis = { bytes: Uint8Array; offsets: [number: number, offset: number][]; seiten: number[]; next: number } | { grund: 'kennwort' | 'unlesbar' | 'ohne_seiten' };
/** Object 1 is the catalogue, 2 the tree of pages: written last. */
export const KATALOG = 1;
export const SEITENBAUM = 2;
