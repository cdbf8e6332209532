import { Worker } from 'node:worker_threads';
import type { Auftrag, Ergebnis } from './protokoll.ts';

/** A file that takes longer, or more memory, is not printed. */
const ZEIT = 60_000;
const SPEICHER_MB = 1024;

/** One thread for one export. When a file ends it, the next file gets a new one. */
export function openFaden(zeit = ZEIT) {
  let worker: Worker | undefined;
  const start = () => { worker = new Worker(new URL('./arbeiter.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: SPEICHER_MB } }); worker.on('error', () => {}); worker.unref(); return worker; };
  return {
    run(auftrag: Auftrag): Promise<Ergebnis> {
      const w = worker ?? start();
      return new Promise((resolve) => {
        const end = (ergebnis: Ergebnis, broken: boolean) => {
          clearTimeout(timer);
          w.removeAllListeners('message').removeAllListeners('exit');
          if (broken) { worker = undefined; void w.terminate(); }
          resolve(ergebnis);
        };
        const timer = setTimeout(() => end({ grund: 'unlesbar' }, true), zeit);
        w.once('message', (ergebnis: Ergebnis) => end(ergebnis, false));
        w.once('exit', () => end({ grund: 'unlesbar' }, true));
        w.postMessage(auftrag, 'bytes' in auftrag ? [auftrag.bytes.buffer as ArrayBuffer] : []);
      });
    },
    async close() { await worker?.terminate(); },
  };
}
export type Faden = ReturnType<typeof openFaden>;
