/** Misbehaves on request, so that tests and the operator's self-test can see that the limits hold. */
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Auftrag } from '../protokoll.ts';

export async function probe({ verhalten, ordner, pfad = '' }: Extract<Auftrag, { art: 'probe' }>) {
  switch (verhalten) {
    case 'antworten': return { pid: process.pid, env: Object.keys(process.env).sort() };
    case 'haengen': for (;;);
    case 'abstuerzen': return process.abort();
    case 'speicher': { const halde: Buffer[] = []; for (;;) { halde.push(Buffer.alloc(32 * 2 ** 20, 1)); await new Promise((r) => setTimeout(r, 20)); } }
    case 'ausgabe': for (let i = 0; ; i++) { await writeFile(join(ordner, `voll-${i}`), Buffer.alloc(8 * 2 ** 20, 1)); await new Promise((r) => setTimeout(r, 20)); }
    case 'lesen': return { gelesen: await readFile(pfad).then(() => true, (e: { code?: string }) => e.code ?? 'Fehler') };
    case 'netz': return { netz: await new Promise((resolve) => connect({ host: '192.0.2.1', port: 80, timeout: 1_000 })
      .on('connect', () => resolve('verbunden')).on('timeout', () => resolve('unterwegs')).on('error', (e: { code?: string }) => resolve(e.code ?? 'Fehler'))) };
  }
}
