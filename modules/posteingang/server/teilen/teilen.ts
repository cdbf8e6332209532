import { Worker } from 'node:worker_threads';
import { PosteingangErrors } from '../eingang.ts';

type Antwort = { seiten: number; teile: Uint8Array[] } | { fehler: 'pdf_verschluesselt' | 'pdf_unlesbar' | 'seiten_ungueltig'; seiten?: number };
export const MAX_TEILBAR = 300_000_000;
const ZEIT_MS = 60_000;

/** Cuts a PDF into letters. Refuses what is no PDF, what a password protects, what is broken, and pages that are not there. */
export async function splitPdf(bytes: Uint8Array, teile: readonly { von: number; bis: number }[]): Promise<{ seiten: number; teile: Uint8Array[] }> {
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).includes('%PDF-')) throw PosteingangErrors.kein_pdf();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { bytes, teile }, resourceLimits: { maxOldGenerationSizeMb: 1024 } });
  try {
    const antwort = await new Promise<Antwort>((resolve, reject) => {
      const uhr = setTimeout(() => reject(PosteingangErrors.pdf_unlesbar({ grund: 'zeit' })), ZEIT_MS);
      worker.once('message', resolve).once('error', () => reject(PosteingangErrors.pdf_unlesbar())).once('exit', () => { clearTimeout(uhr); reject(PosteingangErrors.pdf_unlesbar()); });
    });
    if ('fehler' in antwort) throw PosteingangErrors[antwort.fehler](antwort.seiten === undefined ? undefined : { seiten: antwort.seiten });
    return antwort;
  } finally { await worker.terminate(); }
}

/** A stream as bytes, no more than can be cut. */
export async function readTeilbar(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) { size += chunk.length; if (size > MAX_TEILBAR) throw PosteingangErrors.pdf_zu_gross({ bytes: MAX_TEILBAR }); chunks.push(chunk); }
  return Buffer.concat(chunks);
}
