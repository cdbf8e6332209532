/**
 * The client, a process of its own that no fault reaches: uploads, files, receives and opens, several at a time, for two Mandanten. What is not answered
 * it asks again with the same Idempotency-Key, as long as it takes; what is answered goes into the journal, with the number of its Ereignis.
 * Now and then it asks once more for what it has been told already: the same answer must come.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Zugang } from './anlage.ts';
import { ask, type Frage } from './anfrage.ts';
import { EREIGNIS, openJournal, type Eintrag } from './journal.ts';

/** `pause`: milliseconds between two operations of a lane, so that what follows them keeps up. */
export type Auftrag = { ports: number[]; journal: string; zugang: Zugang; cookies: string[]; lanes: number; bytes: number; pause: number };
export type AnKlient = 'halt' | 'weiter' | 'ende';
export type VomKlient = { steht: true; anzahl: number } | { anzahl: number } | { fehler: string };

const { ports, journal: path, zugang, cookies, lanes, bytes, pause: between } = JSON.parse(process.argv[2]!) as Auftrag;
const journal = openJournal(path);
const tell = (message: VomKlient) => { process.send?.(message); };
let [anzahl, wanted, busy] = [0, true, 0];
let go = Promise.withResolvers<void>();
process.on('disconnect', () => process.exit(0));
process.on('message', (message: AnKlient) => {
  if (message === 'ende') process.exit(0);
  wanted = message === 'weiter';
  if (wanted) { go.resolve(); go = Promise.withResolvers(); } else if (!busy) tell({ steht: true, anzahl });
});

/** Until an answer comes that is one. */
async function insist(mandant: number, frage: Frage) {
  const headers = { cookie: cookies[mandant]!, ...frage.headers };
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(ports[Math.floor(Math.random() * ports.length)]!, { ...frage, headers }).catch(() => undefined);
    if (answer && answer.status < 300) return answer.json();
    if (answer && answer.status < 500) throw new Error(`${frage.method ?? 'GET'} ${frage.path}: ${answer.status} ${answer.body.toString().slice(0, 300)}`);
    await pause(Math.min(500, 20 * 2 ** Math.min(attempt, 5)));
  }
}
/** A change, with a key of its own; every fourth is asked for twice. */
async function change(mandant: number, path: string, body: Buffer | object, headers: Record<string, string> = {}) {
  const frage = { method: 'POST', path, body, headers: { ...headers, 'idempotency-key': randomUUID() } };
  const first = await insist(mandant, frage);
  if (Math.random() < 0.25) {
    const again = await insist(mandant, frage);
    if (again.id !== first.id) throw new Error(`${path}: derselbe Idempotency-Key gab erst ${first.id}, dann ${again.id}`);
  }
  return first;
}
/** Number of the one Ereignis of this art, as the history tells it; none is an answer too, and the journal keeps it. */
async function ereignisOf(mandant: number, id: string, art: string): Promise<number> {
  const { eintraege } = await insist(mandant, { path: `/ereignisse?objekt=${id}&art=${art}` });
  return eintraege.length === 1 ? eintraege[0].id : -eintraege.length;
}
/** `objekt`: through whose history the clerk may read of it, where it is not its own. */
async function acknowledge(eintrag: Omit<Eintrag, 'ereignis' | 'bestaetigt'>, objekt = eintrag.id) {
  const bestaetigt = Date.now();
  journal.append({ ...eintrag, bestaetigt, ereignis: await ereignisOf(eintrag.mandant, objekt, EREIGNIS[eintrag.art]) });
  anzahl++;
}
const upload = async (mandant: number) => {
  const content = randomBytes(200 + Math.floor(Math.random() * bytes));
  const { id } = await change(mandant, '/inhalte', content, { 'content-type': 'application/octet-stream', 'x-dateiname': 'brief.bin' });
  return { inhaltId: id as string, sha256: createHash('sha256').update(content).digest('hex') };
};

/** A delivery in its three steps, as a Fachverfahren: whatever is not answered is asked again, and every fourth call although it was answered. */
async function deliver(mandant: number, betreff: string) {
  const begonnen = Date.now();
  const { token, kennzeichen } = zugang.mandanten[mandant]!;
  const content = randomBytes(200 + Math.floor(Math.random() * bytes));
  const sha256 = createHash('sha256').update(content).digest('hex');
  const headers = { authorization: `Bearer ${token}` };
  const step = async (frage: Frage) => {
    const first = await insist(mandant, { ...frage, headers: { ...headers, ...frage.headers } });
    return Math.random() < 0.25 ? insist(mandant, { ...frage, headers: { ...headers, ...frage.headers } }) : first;
  };
  const manifest = { externeId: betreff, absender: 'unbekannt', betreff, dateien: [{ name: 'antrag.bin', groesse: content.length, sha256 }], ...(Math.random() < 0.5 && { aktenzeichen: kennzeichen }) };
  const { id } = await step({ method: 'POST', path: '/annahme/sendungen', body: manifest });
  await step({ method: 'PUT', path: `/annahme/sendungen/${id}/dateien/1`, body: content, headers: { 'content-type': 'application/octet-stream' } });
  const { quittung: { nummer } } = await step({ method: 'POST', path: `/annahme/sendungen/${id}/abschluss` });
  const { eintraege } = await insist(mandant, { path: `/eingaenge?text=${encodeURIComponent(nummer)}&status=erfasst&status=verteilt&status=in_bearbeitung&status=zugeordnet` });
  if (eintraege.length !== 1) throw new Error(`${nummer} ist bestätigt und ${eintraege.length}-mal da`);
  await acknowledge({ art: 'sendung', mandant, id, nummer, betreff, begonnen }, eintraege[0].id);
  const { inhaltId } = await insist(mandant, { path: `/eingaenge/${eintraege[0].id}` });
  await acknowledge({ art: 'eingang', mandant, id: eintraege[0].id, nummer, betreff, inhaltId, sha256, begonnen });
}

async function act(kind: number, mandant: number) {
  const { akteId, einheitId, vorgaenge } = zugang.mandanten[mandant]!;
  const betreff = `Stoerfall ${randomUUID()}`;
  let begonnen = Date.now();
  const vorgangId = vorgaenge[kind % vorgaenge.length]!;
  if (kind % 8 === 5) await deliver(mandant, betreff);
  else if (kind % 8 === 7) {
    const akte = kind % 16 === 15;
    const made = akte ? await change(mandant, '/akten', { aktenplaneinheitId: einheitId, betreff }) : await change(mandant, '/vorgaenge', { akteId, betreff });
    await acknowledge({ art: akte ? 'akte' : 'vorgang', mandant, id: made.id, nummer: akte ? made.aktenzeichen : made.kennzeichen, betreff, begonnen });
  } else if (kind % 2) {
    const inhalt = await upload(mandant);
    const { id, nummer } = await change(mandant, '/eingaenge', { inhaltId: inhalt.inhaltId, betreff, absender: 'unbekannt' });
    await acknowledge({ art: 'eingang', mandant, id, nummer, betreff, begonnen, ...inhalt });
    begonnen = Date.now();
    await change(mandant, `/eingaenge/${id}/ablage`, { ziel: { art: 'vorgang', vorgangId } });
    await acknowledge({ art: 'ablage', mandant, id, nummer, betreff, begonnen, ...inhalt });
  } else {
    const inhalt = await upload(mandant);
    const made = await change(mandant, '/dokumente', { vorgangId, betreff, art: 'intern', datumDesSchreibens: '2026-11-21', formate: [{ inhaltId: inhalt.inhaltId }] });
    await acknowledge({ art: 'dokument', mandant, id: made.id, nummer: made.kennzeichen, betreff, begonnen, ...inhalt });
  }
}

let next = 0;
await Promise.all(Array.from({ length: lanes }, async () => {
  for (;;) {
    if (!wanted) { await go.promise; continue; }
    busy++;
    const kind = next++;
    try { await act(kind, kind % 3 === 2 ? 1 : 0); } catch (error) { tell({ fehler: (error as Error).message }); }
    if (!--busy && !wanted) tell({ steht: true, anzahl });
    else tell({ anzahl });
    await pause(between);
  }
}));
