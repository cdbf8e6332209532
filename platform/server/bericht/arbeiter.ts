import { parentPort, workerData } from 'node:worker_threads';
import type { Auftrag } from './bericht.ts';

const { format, bericht } = workerData as Auftrag;
const bytes = format === 'pdf' ? await (await import('./pdf.ts')).renderPdf(bericht) : await (await import('./xlsx.ts')).renderXlsx(bericht);
parentPort!.postMessage(bytes);
