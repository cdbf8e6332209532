/** Somebody who files documents over HTTP, in a thread of their own: what the client costs is not charged to the server that is measured. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { rate } from './lib.ts';

export type Schritt = { pfad: string; kopf: Record<string, string>; inhalt?: boolean; rumpf?: object };
/** The requests of one document, one after another; `$1` in a body is the id that the first one answered. */
export type Auftrag = { port: number; anzahl: number; zugleich: number; bytes: number; schritte: Schritt[][] };

function send(agent: Agent, port: number, { pfad, kopf }: Schritt, body: Buffer): Promise<{ id: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port, host: '127.0.0.1', method: 'POST', path: pfad, headers: { ...kopf, 'content-length': body.length } }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => { pieces.push(piece); });
      answer.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        if (answer.statusCode! < 300) resolve(JSON.parse(text)); else reject(new Error(`${answer.statusCode} ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function run({ port, anzahl, zugleich, bytes, schritte }: Auftrag) {
  const agent = new Agent({ keepAlive: true, maxSockets: zugleich });
  const grund = randomBytes(bytes);
  let nr = 0;
  const one = async () => {
    const wege = schritte[nr++ % schritte.length]!;
    let id = '';
    for (const schritt of wege) {
      const body = schritt.inhalt ? Buffer.from(grund) : Buffer.from(JSON.stringify(schritt.rumpf).replace('$1', id));
      if (schritt.inhalt) body.write(randomUUID()); // no content twice
      id = (await send(agent, port, { ...schritt, kopf: { ...schritt.kopf, ...(schritt.inhalt && { 'idempotency-key': randomUUID() }) } }, body)).id;
    }
  };
  const result = await rate(anzahl, zugleich, one);
  agent.destroy();
  return result;
}

/** How many documents a second. */
export async function ablegen(klient: Worker, auftrag: Auftrag): Promise<number> {
  return new Promise((resolve, reject) => {
    klient.once('message', ({ ergebnis, fehler }: { ergebnis?: number; fehler?: string }) => { if (ergebnis === undefined) reject(new Error(fehler)); else resolve(ergebnis); });
    klient.postMessage(auftrag);
  });
}
export const startKlient = () => new Worker(new URL(import.meta.url), { workerData: 'klient' });

if (!isMainThread && workerData === 'klient') {
  parentPort!.on('message', (auftrag: Auftrag) => {
    run(auftrag).then((ergebnis) => parentPort!.postMessage({ ergebnis }), (error: Error) => parentPort!.postMessage({ fehler: error.stack }));
  });
}
