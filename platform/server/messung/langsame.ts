import { createHash } from 'node:crypto';

/** Statements with different texts are some hundreds; what would be more is left out until the next time they are fetched. */
const HOECHSTENS = 500;
const LAENGSTE = 8000;

export type LangsameAbfrage = { pruefsumme: string; text: string; anzahl: number; dauer: number; laengste: number };

/** Statements that took long, by their text, since they were last taken. Milliseconds. */
export function createLangsame() {
  const alle = new Map<string, LangsameAbfrage>();
  return {
    note(text: string, ms: number) {
      const bekannt = alle.get(text);
      if (bekannt) { bekannt.anzahl++; bekannt.dauer += ms; bekannt.laengste = Math.max(bekannt.laengste, ms); return; }
      if (alle.size >= HOECHSTENS) return;
      alle.set(text, { pruefsumme: createHash('sha256').update(text).digest('hex').slice(0, 16), text: text.slice(0, LAENGSTE), anzahl: 1, dauer: ms, laengste: ms });
    },
    take(): LangsameAbfrage[] {
      const genommen = [...alle.values()];
      alle.clear();
      return genommen;
    },
  };
}
