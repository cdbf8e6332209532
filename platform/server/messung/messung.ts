import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { createLangsame } from './langsame.ts';
import type { Spur, Spuren } from './spuren.ts';

/** Seconds: what a clerk does not notice, notices, and complains of. */
const STUFEN = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const sekunden = (ms: number) => ms / 1000;

/**
 * What one process measures of itself: figures for /metrics, spans where a collector is named, statements that took long. Names of technique, counts and
 * durations; never a value of a statement, a person or a title, so that whoever runs the machine may read all of it.
 */
export function createMessung(prozess: 'api' | 'worker', { spuren, langsamAb = 200 }: { spuren?: Spuren | undefined; langsamAb?: number | undefined } = {}) {
  const registry = new Registry();
  registry.setDefaultLabels({ prozess });
  collectDefaultMetrics({ register: registry });
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[]) => new Histogram({ name, help, labelNames: [...labelNames], buckets: STUFEN, registers: [registry] });
  const anfragen = histogram('verbundakte_anfrage_sekunden', 'Dauer der Anfragen nach Operation und Art der Antwort (2xx, 4xx, 5xx)', ['operation', 'antwort']);
  const transaktionen = histogram('verbundakte_transaktion_sekunden', 'Dauer der Transaktionen', ['art']);
  const verbindungen = histogram('verbundakte_verbindung_warten_sekunden', 'Wartezeit auf eine Verbindung zur Datenbank', []);
  const auftraege = histogram('verbundakte_auftrag_sekunden', 'Dauer der Aufträge nach Name und Ergebnis', ['auftrag', 'ergebnis']);
  const langsam = new Counter({ name: 'verbundakte_langsame_abfragen_total', help: `Anweisungen an die Datenbank, die länger als ${langsamAb} ms dauerten`, registers: [registry] });
  const langsame = createLangsame();

  return {
    registry, spuren, langsame,
    anfrage(operation: string, status: number, ms: number) { anfragen.observe({ operation, antwort: `${Math.floor(status / 100)}xx` }, sekunden(ms)); },
    verbindung(ms: number) { verbindungen.observe(sekunden(ms)); },
    transaktion(art: 'read' | 'write', ms: number, spur: Spur | undefined) {
      transaktionen.observe({ art }, sekunden(ms));
      spur?.teil(`Transaktion ${art}`, ms);
    },
    /** `text`: with placeholders. What waits behind other statements of its transaction counts that, too. */
    abfrage(text: string, ms: number, spur: Spur | undefined) {
      spur?.teil('Abfrage', ms, { 'db.query.text': text });
      if (ms < langsamAb) return;
      langsam.inc();
      langsame.note(text, ms);
    },
    auftrag(auftrag: string, gelungen: boolean, ms: number) { auftraege.observe({ auftrag, ergebnis: gelungen ? 'gelungen' : 'gescheitert' }, sekunden(ms)); },
    /** Figures that are asked for when somebody reads /metrics. */
    stand(name: string, help: string, lies: () => number | Promise<number>) {
      new Gauge({ name, help, registers: [registry], async collect() { this.set(await lies()); } });
    },
    /** The same for several at once; a label that is missing in the answer is gone. */
    staende<L extends string>(name: string, help: string, label: L, lies: () => Promise<ReadonlyMap<string, number>>) {
      new Gauge({ name, help, labelNames: [label], registers: [registry], async collect() {
        const werte = await lies();
        this.reset();
        for (const [wert, zahl] of werte) this.set({ [label]: wert } as never, zahl);
      } });
    },
  };
}
export type Messung = ReturnType<typeof createMessung>;
