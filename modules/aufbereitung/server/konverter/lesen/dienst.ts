import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KonverterFehler, type AnKonverter, type VonKonverter } from '../protokoll.ts';

/** The answer's name is fixed; a converter decides about content, never about paths. */
const ergebnisName = (id: number) => `ergebnis-${id}.json`;

/** Takes orders over IPC, one at a time, and dies with its server. */
export function serveAuftraege<A extends { ordner: string }>(work: (auftrag: A, teil: (t: unknown) => void) => Promise<unknown>) {
  process.on('disconnect', () => process.exit(0));
  process.on('message', async ({ id, auftrag }: AnKonverter<A>) => {
    const send = (m: VonKonverter) => process.send?.(m);
    try {
      const ergebnis = await work(auftrag, (t) => send({ id, teil: t }));
      const datei = join(auftrag.ordner, ergebnisName(id));
      await writeFile(datei, JSON.stringify(ergebnis));
      send({ id, datei });
    } catch (error) {
      const { code, daten } = error instanceof KonverterFehler ? error : { code: 'unerwartet' as const, daten: { meldung: String((error as Error)?.message ?? error).slice(0, 300) } };
      send({ id, fehler: { code, daten } });
    }
  });
}
