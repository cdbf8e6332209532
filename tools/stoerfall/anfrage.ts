import { request, type Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { API } from '#platform/server/http/http.ts';

export type Frage = { method?: string; path: string; headers?: Record<string, string>; body?: Buffer | object };
export type Antwort = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer; json(): any };

/** One request, without retry; a connection that breaks, or is silent for long, is an error. */
export function ask(port: number, { method = 'GET', path, headers = {}, body }: Frage, { agent, milliseconds = 20_000 }: { agent?: Agent; milliseconds?: number } = {}): Promise<Antwort> {
  const payload = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const type = payload && !Buffer.isBuffer(body) ? { 'content-type': 'application/json' } : {};
  return new Promise((resolve, reject) => {
    const sent = request({ ...(agent && { agent }), host: '127.0.0.1', port, method, path: API + path, headers: { ...type, ...(payload && { 'content-length': payload.length }), ...headers } }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => { pieces.push(piece); });
      answer.on('error', reject);
      answer.on('end', () => {
        const whole = Buffer.concat(pieces);
        if (!answer.complete) { reject(new Error('half an answer')); return; }
        resolve({ status: answer.statusCode!, headers: answer.headers, body: whole, json: () => JSON.parse(whole.toString()) });
      });
    });
    sent.setTimeout(milliseconds, () => sent.destroy(new Error('no answer')));
    sent.on('error', reject);
    sent.end(payload);
  });
}

/** The cookie of a new session. */
export async function login(port: number, anmeldename: string, passwort: string): Promise<string> {
  const answer = await ask(port, { method: 'POST', path: '/anmeldung', body: { anmeldename, passwort } });
  if (answer.status === 429) { await pause(1000); return login(port, anmeldename, passwort); } // another of us is just logging in
  if (answer.status !== 200) throw new Error(`Anmeldung: ${answer.status} ${answer.body}`);
  return [answer.headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';')[0]).join('; ');
}
