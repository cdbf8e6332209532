/**
 * How often a proposal of one kind was right: what the confidence is, and nothing else. A kind is a rule (its words) or a step of how far ahead the learned
 * best was. Each begins with what rules of its sort have been worth (as if so many had been seen) and goes over to what this Mandant's people confirmed.
 */
export type Erfahrung = { gesamt: number; richtig: number };

/** Steps of the lead; the last has no end. */
export const STUFEN = [0, 0.05, 0.1, 0.15, 0.2, 0.27, 0.35, 0.45, 0.55, 0.7, 0.85, 1.05, 1.3, 1.6, 2, 2.6] as const;
export const stufeVon = (abstand: number) => Math.max(0, STUFEN.findLastIndex((s) => abstand >= s));

/** Mean of what was there before and what was seen. */
export const mittel = ({ gesamt, richtig }: Erfahrung, vorab: { wert: number; gewicht: number }) => (richtig + vorab.wert * vorab.gewicht) / (gesamt + vorab.gewicht);

/**
 * Confidence by step, never falling where the lead grows (isotonic regression, pool adjacent violators): neighbours that contradict each other are one. Each
 * step begins as if `gewicht` had been seen, right as often as `vorab` says.
 */
export function eiche(erfahrungen: readonly Erfahrung[], vorab: (stufe: number) => number, gewicht: number): number[] {
  const bloecke: { gesamt: number; richtig: number; stufen: number }[] = [];
  for (const [i, e] of erfahrungen.entries()) {
    bloecke.push({ gesamt: e.gesamt + gewicht, richtig: e.richtig + gewicht * vorab(i), stufen: 1 });
    for (let b = bloecke.length - 1; b > 0 && bloecke[b - 1]!.richtig / bloecke[b - 1]!.gesamt >= bloecke[b]!.richtig / bloecke[b]!.gesamt; b--) {
      const [oben] = bloecke.splice(b, 1);
      const unten = bloecke[b - 1]!;
      unten.gesamt += oben!.gesamt;
      unten.richtig += oben!.richtig;
      unten.stufen += oben!.stufen;
    }
  }
  return bloecke.flatMap((b) => Array.from({ length: b.stufen }, () => b.richtig / b.gesamt));
}

/** Expected calibration error over ten bins of confidence. */
export function kalibrierungsfehler(faelle: readonly { konfidenz: number; richtig: boolean }[], faecher = 10): number {
  const je = Array.from({ length: faecher }, () => ({ n: 0, konfidenz: 0, richtig: 0 }));
  for (const f of faelle) { const b = je[Math.min(faecher - 1, Math.floor(f.konfidenz * faecher))]!; b.n++; b.konfidenz += f.konfidenz; b.richtig += Number(f.richtig); }
  return je.reduce((summe, b) => summe + Math.abs(b.konfidenz - b.richtig), 0) / Math.max(1, faelle.length);
}
