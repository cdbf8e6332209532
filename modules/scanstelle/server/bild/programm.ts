/** The scan converter: a program of its own in the pool of the converters. Each kind of order loads its own reader. */
import { serveAuftraege } from '#modules/aufbereitung/server/konverter/lesen/index.ts';
import type { Scanauftrag } from './typen.ts';

serveAuftraege<Scanauftrag>(async (auftrag) => {
  switch (auftrag.art) {
    case 'analyse': return (await import('./lesen/analyse.ts')).analyse(auftrag);
    case 'seiten': return (await import('./lesen/seiten.ts')).extractSeiten(auftrag);
    case 'bearbeiten': return (await import('./lesen/bearbeiten.ts')).bearbeite(auftrag);
    case 'vorschau': return (await import('./lesen/bearbeiten.ts')).writeVorschau(auftrag);
    case 'pdf': return (await import('./lesen/scan-pdf.ts')).writeScanPdf(auftrag);
    case 'deckblatt': return (await import('./lesen/deckblatt.ts')).writeDeckblaetter(auftrag);
  }
});
