import { PDFDocument } from 'pdf-lib';
import { parentPort, workerData } from 'node:worker_threads';

/** In a thread of its own: a hostile PDF must not hold up anyone else. Whole objects are copied, nothing is drawn anew. */
const { bytes, teile } = workerData as { bytes: Uint8Array; teile: { von: number; bis: number }[] };

async function split(): Promise<object> {
  let quelle: PDFDocument;
  try { quelle = await PDFDocument.load(bytes, { updateMetadata: false }); }
  catch (error) { return { fehler: /encrypt/i.test((error as Error).message) ? 'pdf_verschluesselt' : 'pdf_unlesbar' }; }
  const seiten = quelle.getPageCount();
  if (teile.some(({ von, bis }) => von > bis || bis > seiten)) return { fehler: 'seiten_ungueltig', seiten };
  const result: Uint8Array[] = [];
  for (const { von, bis } of teile) {
    const neu = await PDFDocument.create({ updateMetadata: false });
    const kopien = await neu.copyPages(quelle, Array.from({ length: bis - von + 1 }, (_, i) => von - 1 + i));
    for (const seite of kopien) neu.addPage(seite);
    result.push(await neu.save());
  }
  return { seiten, teile: result };
}
split().then((answer) => parentPort!.postMessage(answer), () => parentPort!.postMessage({ fehler: 'pdf_unlesbar' }));
