/** People who use the product over HTTP, in a thread of their own: what the client costs is not charged to the server that is measured. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { rate } from './lib.ts';

export type Schritt = { pfad: string; kopf: Record<string, string>; inhalt?: boolean; rumpf?: object };
/** The requests of one document, one after another; `$1` in a body is the id that the first one answered. */
export type Auftrag = { art: 'ablegen'; port: number; anzahl: number; zugleich: number; bytes: number; schritte: Schritt[][] };
/** What somebody does now and then; `anteil` of all that is done. `$1` as above; of several ways one is taken by chance. */
export type Handlung = { name: string; anteil: number; wege: (Schritt & { method: 'GET' | 'POST' })[][] };
/** Everybody does something for `sekunden`, each with a break between 0 and 2 × `pause` seconds. */
export type Person = { kopf: Record<string, string>; handlungen: Handlung[] };
export type Tag = { art: 'tag'; port: number; personen: Person[]; pause: number; sekunden: number; bytes: number };
export type Tagesergebnis = { zeiten: Record<string, number[]>; fehler: string[] };

function send(agent: Agent, port: number, method: string, { pfad, kopf }: Schritt, body?: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port, host: '127.0.0.1', method, path: pfad, headers: { ...kopf, ...(body && { 'content-length': body.length }) } }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => { pieces.push(piece); });
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(pieces);
        if (answer.statusCode! < 300) resolve(text.toString('utf8', 0, 65_536)); else reject(new Error(`${answer.statusCode} ${method} ${pfad} ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
/** One way, its requests one after another; no content is sent twice. */
async function go(agent: Agent, port: number, wege: readonly (Schritt & { method?: string })[], kopf: Record<string, string>, grund: Buffer) {
  let id = '';
  for (const schritt of wege) {
    const method = schritt.method ?? 'POST';
    const body = schritt.inhalt ? Buffer.from(grund) : schritt.rumpf && Buffer.from(JSON.stringify(schritt.rumpf).replace('$1', id));
    if (schritt.inhalt) body!.write(randomUUID());
    const answer = await send(agent, port, method, { ...schritt, kopf: { ...schritt.kopf, ...kopf, ...(schritt.inhalt && { 'idempotency-key': randomUUID() }) } }, body);
    if (method === 'POST') id = (JSON.parse(answer) as { id: string }).id;
  }
}

async function runAblegen({ port, anzahl, zugleich, bytes, schritte }: Auftrag) {
  const agent = new Agent({ keepAlive: true, maxSockets: zugleich });
  const grund = randomBytes(bytes);
  let nr = 0;
  const result = await rate(anzahl, zugleich, () => go(agent, port, schritte[nr++ % schritte.length]!, {}, grund));
  agent.destroy();
  return result;
}

async function runTag({ port, personen, pause: mittel, sekunden, bytes }: Tag): Promise<Tagesergebnis> {
  const agent = new Agent({ keepAlive: true, maxSockets: personen.length });
  const grund = randomBytes(bytes);
  const ergebnis: Tagesergebnis = { zeiten: {}, fehler: [] };
  const ende = performance.now() + sekunden * 1000;
  const rest = () => pause(Math.random() * 2 * mittel * 1000);
  await Promise.all(personen.map(async ({ kopf, handlungen }) => {
    for (await rest(); performance.now() < ende; await rest()) {
      let wurf = Math.random();
      const handlung = handlungen.find((h) => (wurf -= h.anteil) < 0) ?? handlungen[0]!;
      const weg = handlung.wege[Math.floor(Math.random() * handlung.wege.length)]!;
      const begin = performance.now();
      try { await go(agent, port, weg, kopf, grund); } catch (error) { ergebnis.fehler.push((error as Error).message.slice(0, 300)); }
      (ergebnis.zeiten[handlung.name] ??= []).push(performance.now() - begin);
    }
  }));
  agent.destroy();
  return ergebnis;
}

function bestelle<T>(klient: Worker, auftrag: Auftrag | Tag): Promise<T> {
  return new Promise((resolve, reject) => {
    klient.once('message', ({ ergebnis, fehler }: { ergebnis?: T; fehler?: string }) => { if (ergebnis === undefined) reject(new Error(fehler)); else resolve(ergebnis); });
    klient.postMessage(auftrag);
  });
}
/** How many documents a second. */
export const ablegen = (klient: Worker, auftrag: Omit<Auftrag, 'art'>) => bestelle<number>(klient, { art: 'ablegen', ...auftrag });
/** Milliseconds of everything that was done, and what went wrong. */
export const verbringen = (klient: Worker, auftrag: Omit<Tag, 'art'>) => bestelle<Tagesergebnis>(klient, { art: 'tag', ...auftrag });
export const startKlient = () => new Worker(new URL(import.meta.url), { workerData: 'klient' });

if (!isMainThread && workerData === 'klient') {
  parentPort!.on('message', (auftrag: Auftrag | Tag) => {
    (auftrag.art === 'tag' ? runTag(auftrag) : runAblegen(auftrag)).then((ergebnis) => parentPort!.postMessage({ ergebnis }), (error: Error) => parentPort!.postMessage({ fehler: error.stack }));
  });
}
