import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What may be done as long as nothing was scanned because clamd is away: nothing, or everything. */
export type Ausfall = 'warten' | 'freigeben';
type Scanner = { readonly url: string; readonly ausfall: Ausfall };

/** One per process, set once at the start, as the time zone is: what comes into the store is marked in the transaction that names it. */
let eingestellt: Scanner | undefined;
export const scanner = () => eingestellt;
export const setScanner = (s: Scanner | undefined) => { eingestellt = s; };

export type Scanergebnis = { art: 'sauber' } | { art: 'gefunden'; name: string } | { art: 'ohne'; hindernis: 'unerreichbar' | 'zu_gross' | 'fehler' };
const STUECK = 256 * 1024;
/** clamd answers nothing while it scans what it has been given; a large archive takes its time. */
const STILLE = 300_000;

function open(url: string): Socket {
  const { protocol, hostname, port, pathname } = new URL(url);
  return protocol === 'unix:' ? connect(decodeURIComponent(pathname)) : connect(Number(port || 3310), hostname.replace(/^\[|\]$/g, ''));
}

/** What clamd says, whole, whenever it says it: it may refuse while we still send. */
function answerOf(socket: Socket): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    socket.on('data', (piece) => { text += String(piece); if (text.includes('\0')) resolve(text.slice(0, text.indexOf('\0'))); });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('clamd closed the connection')));
    socket.setTimeout(STILLE, () => socket.destroy(new Error('clamd does not answer')));
  });
}

const length = (n: number) => { const bytes = Buffer.alloc(4); bytes.writeUInt32BE(n); return bytes; };
async function write(socket: Socket, bytes: Uint8Array, answer: Promise<string>): Promise<void> {
  if (!socket.write(bytes)) await Promise.race([once(socket, 'drain'), answer]);
}

function read(text: string): Scanergebnis {
  const [, name] = /^stream: (.+) FOUND$/.exec(text) ?? [];
  if (name) return { art: 'gefunden', name: name.slice(0, 200) };
  if (text === 'stream: OK') return { art: 'sauber' };
  return { art: 'ohne', hindernis: /size limit exceeded/i.test(text) ? 'zu_gross' : 'fehler' };
}

/** INSTREAM: the bytes themselves, so that clamd needs no right to our files and may stand on another machine. A broken source throws; a broken clamd is an answer. */
export async function scan(url: string, quelle: AsyncIterable<Uint8Array>): Promise<Scanergebnis> {
  const socket = open(url);
  const answer = answerOf(socket);
  let quellfehler: unknown;
  let answered = false;
  answer.then(() => { answered = true; }, () => { answered = true; });
  try {
    await Promise.race([once(socket, 'connect'), answer]);
    await write(socket, Buffer.from('zINSTREAM\0'), answer);
    const teile = quelle[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { done, value } = await teile.next().catch((error: unknown) => { quellfehler = error; throw error; });
        if (done || answered) break;
        for (let i = 0; i < value.length; i += STUECK) {
          const teil = value.subarray(i, i + STUECK);
          await write(socket, length(teil.length), answer);
          await write(socket, teil, answer);
        }
      }
    } finally { await teile.return?.(); }
    if (!answered) await write(socket, length(0), answer);
    return read(await answer);
  } catch (error) {
    if (quellfehler !== undefined) throw error;
    return { art: 'ohne', hindernis: 'unerreichbar' };
  } finally { socket.destroy(); }
}
