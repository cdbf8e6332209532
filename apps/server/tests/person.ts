import { createHash, randomUUID } from 'node:crypto';

export const KENNWORT = 'verbundakte-demo';
export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Somebody who is logged in, over HTTP as a program outside would be. */
export async function login(address: string, anmeldename: string, passwort = KENNWORT) {
  let cookie = '';
  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const raw = body instanceof Uint8Array;
    const answer = await fetch(`${address}/api/v1${path}`, {
      method, headers: { ...(cookie && { cookie }), ...(body !== undefined && !raw && { 'content-type': 'application/json' }), ...(method === 'POST' && { 'idempotency-key': randomUUID() }), ...headers },
      ...(body !== undefined && { body: raw ? Buffer.from(body) : JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
  const answer = await send('POST', '/anmeldung', { anmeldename, passwort });
  cookie = answer.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ');
  return {
    cookie,
    async get<T = any>(path: string): Promise<T> { return (await send('GET', path)).json() as Promise<T>; },
    async post<T = any>(path: string, body: unknown = {}): Promise<T> { return (await send('POST', path, body)).json() as Promise<T>; },
    async put<T = any>(path: string, body: unknown = {}): Promise<T> { return (await send('PUT', path, body)).json() as Promise<T>; },
    async bytes(path: string) { return new Uint8Array(await (await send('GET', path)).arrayBuffer()); },
    async upload(bytes: Uint8Array, dateiname: string, mime: string): Promise<{ id: string; sha256: string }> {
      return (await send('POST', '/inhalte', bytes, { 'content-type': mime, 'x-dateiname': encodeURIComponent(dateiname) })).json() as Promise<{ id: string; sha256: string }>;
    },
  };
}
