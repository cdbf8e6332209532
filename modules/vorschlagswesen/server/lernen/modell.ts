/**
 * Which class a text belongs to, from counts alone: how many examples of a class had a word, how many there are of it, how many at all. A unigram model of
 * each class against the background of all (Dirichlet smoothing): a word that is as frequent everywhere says nothing, and one a class has never had costs it
 * the same whatever the word, so that only counts above zero need be read. Learning an example is adding one to its counts, forgetting it taking one away.
 */
export type Stand = {
  /** Examples at all. */
  beispiele: number;
  /** By number of the class: its examples, and how many words they had together. */
  klassen: ReadonlyMap<number, { beispiele: number; worte: number }>;
  /** By word: in how many examples of which class. */
  worte: ReadonlyMap<number, readonly (readonly [klasse: number, anzahl: number])[]>;
};
export type Wertung = { klasse: number; punkte: number; /** The words that spoke for it most, strongest first. */ gruende: { merkmal: number; gewicht: number }[] };

/** How many words of background a class is mixed with: five times what a class has, some thirty letters at most. What a new class does not know yet is not held against it. Measured, as is how much a frequent class is believed. */
const MISCHUNG = { jeKlasse: 5, hoechstens: 1500 };
const VORWISSEN = 1;

/** Classes in the order of how well they fit; only those that share a word with the text. */
export function bewerte(nummern: Iterable<number>, { beispiele, klassen, worte }: Stand, behalte = 3): Wertung[] {
  let gesamt = 0;
  for (const k of klassen.values()) gesamt += k.worte;
  const mischung = Math.min(MISCHUNG.hoechstens, (MISCHUNG.jeKlasse * gesamt) / Math.max(1, klassen.size));
  const summe = new Map<number, number>(), gruende = new Map<number, { merkmal: number; gewicht: number }[]>();
  let gekannt = 0;
  for (const merkmal of nummern) {
    const zeilen = worte.get(merkmal);
    if (!zeilen?.length) continue;
    gekannt++;
    let alle = 0;
    for (const [, n] of zeilen) alle += n;
    const erwartet = (mischung * alle) / gesamt;
    for (const [klasse, n] of zeilen) {
      const gewicht = Math.log(1 + n / erwartet);
      summe.set(klasse, (summe.get(klasse) ?? 0) + gewicht);
      const liste = gruende.get(klasse);
      if (liste) liste.push({ merkmal, gewicht }); else gruende.set(klasse, [{ merkmal, gewicht }]);
    }
  }
  const liste: Wertung[] = [];
  for (const [klasse, punkte] of summe) {
    const k = klassen.get(klasse);
    if (!k || k.beispiele <= 0) continue;
    liste.push({ klasse, punkte: punkte - gekannt * Math.log((k.worte + mischung) / mischung) + VORWISSEN * Math.log(k.beispiele / beispiele), gruende: [] });
  }
  liste.sort((a, b) => b.punkte - a.punkte || a.klasse - b.klasse);
  return liste.slice(0, behalte).map((w) => ({ ...w, gruende: (gruende.get(w.klasse) ?? []).toSorted((a, b) => b.gewicht - a.gewicht).slice(0, 8) }));
}

/** How far the best is ahead of the second, by the length of the text: the one figure that is calibrated. */
export function abstandVon([erste, zweite]: readonly Wertung[], gekannt: number): number {
  if (!erste) return 0;
  if (!zweite) return 3;
  return Math.max(0, erste.punkte - zweite.punkte) / Math.sqrt(Math.max(1, gekannt));
}

/** Counts in memory, for measuring and tests; the Mandant's own lie in the database. */
export function createStand() {
  const klassen = new Map<number, { beispiele: number; worte: number }>();
  const worte = new Map<number, [number, number][]>();
  let beispiele = 0;
  const zaehle = (nummern: Iterable<number>, klasse: number, n: 1 | -1) => {
    const k = klassen.get(klasse) ?? { beispiele: 0, worte: 0 };
    klassen.set(klasse, k);
    k.beispiele += n;
    beispiele += n;
    for (const m of nummern) {
      k.worte += n;
      const zeilen = worte.get(m);
      if (!zeilen) { worte.set(m, [[klasse, n]]); continue; }
      const i = zeilen.findIndex(([z]) => z === klasse);
      if (i === -1) zeilen.push([klasse, n]);
      else if ((zeilen[i]![1] += n) <= 0) zeilen.splice(i, 1);
    }
  };
  return {
    lerne: (nummern: Iterable<number>, klasse: number) => zaehle(nummern, klasse, 1),
    vergiss: (nummern: Iterable<number>, klasse: number) => zaehle(nummern, klasse, -1),
    get stand(): Stand { return { beispiele, klassen, worte }; },
  };
}
