import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

/** In milliseconds: until the head of a request is there; for a body, or a further piece of one; until a connection on which nothing moves is closed. */
export type Fristen = { readonly kopf: number; readonly koerper: number; readonly stille: number };
export const FRISTEN: Fristen = { kopf: 20_000, koerper: 60_000, stille: 300_000 };
/** What an upload brings at least in each of these times: a kilobyte a second, slower than any line that could end one. */
const STUECK = 60_000;

/** For Fastify: no limit for a request as a whole, since an upload of gigabytes may take an hour. */
export const serverFristen = ({ kopf, stille }: Fristen) => ({ connectionTimeout: stille, http: { headersTimeout: kopf, connectionsCheckingInterval: Math.min(kopf, 10_000) } });

/**
 * Who lets a body trickle would hold a connection, and of an upload a half file, for as long as they like. A body that is read as a whole has one time,
 * an upload must bring a piece within each. What waits for us and not for the client is not counted.
 */
export function limitSlowBody(raw: IncomingMessage, frist: number, stream: boolean): void {
  const { socket, headers } = raw;
  const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  if (!hasBody || !(socket instanceof Socket)) return; // handed in by the process itself, it is all there
  let before = socket.bytesRead;
  const timer = setInterval(() => {
    if (raw.complete) return clearInterval(timer);
    if (raw.readableLength >= raw.readableHighWaterMark) return;
    if (stream && socket.bytesRead - before >= STUECK) { before = socket.bytesRead; return; }
    socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    socket.destroySoon();
  }, frist).unref();
  for (const end of ['end', 'close']) raw.once(end, () => clearInterval(timer));
}
