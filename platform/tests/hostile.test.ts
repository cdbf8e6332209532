/** Requests that nobody makes by accident: too deep, too long, too slow, cut off. None may cost others their connection, say what is inside, or leave anything. */
import { randomBytes, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { newBehoerde } from '#modules/schriftgut/tests/hilfe.ts';
import type { NamedOperation } from '../contract.ts';
import { API, buildHttp } from '../server/http/http.ts';
import { openDatabase } from '../server/tx.ts';
import { pathOf } from '../web/client.ts';
import { appUrl, ownerUrl } from '../testing/database.ts';
import { sample } from '../testing/sample.ts';
import { ablage, authenticateTest, database, databaseName, io, log, modules, newMandant, queryAs, verbundId } from '../testing/test.ts';

/** Two connections, and clients that must not be slow. */
const zwei = openDatabase(appUrl(databaseName), { max: 2, modules });
const http = await buildHttp({ modules, database: zwei, io, log, verbundId, authenticate: authenticateTest, fristen: { kopf: 500, koerper: 500, stille: 10_000 } });
const port = Number(new URL(await http.listen({ port: 0, host: '127.0.0.1' })).port);
afterAll(async () => { await http.close(); await zwei.close(); });

const mandant = newMandant();
const wer = mandant.as('registratur', ['amt-10'], http);
(wer.ctx.akteur as { rechte: ReadonlySet<string> }).rechte = new Set(modules.flatMap((m) => Object.keys(m.rechte ?? {})));
await database.read(mandant.system, async () => {}); // the Mandant is there
const operations = modules.flatMap((m) => (m.routes ?? []).map((r) => r.operation as NamedOperation));

const deep = (levels: number, [open, close]: readonly [string, string] = ['[', ']']) => open.repeat(levels) + close.repeat(levels);
async function post(op: NamedOperation, payload: string) {
  const url = API + pathOf(op, { ...(op.params && { params: sample(op.params) }), ...(op.query && { query: sample(op.query) }) });
  return http.inject({ method: op.method, url, payload, headers: { authorization: wer.id, 'content-type': 'application/json', ...(op.ifMatch && { 'if-match': '"1"' }), ...(op.idempotent && { 'idempotency-key': randomUUID() }) } });
}
/** What the server answers to bytes that no client library would send. */
function raw(bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => { socket.write(bytes); });
    let answer = '';
    socket.on('data', (d) => { answer += String(d); }).on('error', () => resolve(answer)).on('close', () => resolve(answer));
  });
}
const status = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const head = (line: string, ...lines: string[]) => `${[line, 'Host: x', `Authorization: ${wer.id}`, ...lines].join('\r\n')}\r\n\r\n`;
/** Both connections of the pool are free: two transactions at once, and nothing of an earlier one is open. */
async function expectPoolFree() {
  await Promise.all([1, 2].map(() => zwei.read(mandant.system, async () => {})));
  await expect.poll(async () => (await queryAs(ownerUrl, `select count(*)::int as n from pg_stat_activity where datname = '${databaseName}' and state like 'idle in transaction%'`))).toEqual([{ n: 0 }]);
}

describe('too deep, too long', () => {
  test('JSON of a million levels is refused by its size; as deep as a body may be it is bad input, at every operation', async () => {
    const first = operations.find((op) => op.body && !op.upload)!;
    for (const pair of [['[', ']'], ['{"a":', '}']] as const) expect((await post(first, deep(1_000_000, pair))).statusCode).toBe(413);
    expect((await post(first, deep(500_000))).statusCode).toBe(422);
    const answers = await Promise.all(operations.filter((op) => op.body && !op.upload).map(async (op) => [op.operationId, (await post(op, deep(20_000))).statusCode]));
    expect(answers.filter(([, s]) => s !== 422)).toEqual([]);
  });
  test('deep in every field of every body: never an error of ours', { timeout: 180_000 }, async () => {
    const wrong: unknown[] = [];
    for (const op of operations.filter((o) => o.body && !o.upload)) {
      for (const name of Object.keys((op.body as { shape?: object }).shape ?? {})) {
        const body = { ...sample(op.body!), [name]: '@' };
        const { statusCode } = await post(op, JSON.stringify(body).replace('"@"', deep(20_000, ['{"a":[', ']}']).replace('[]', '[1]')));
        if (statusCode >= 500) wrong.push([op.operationId, name, statusCode]);
      }
    }
    expect(wrong).toEqual([]);
  });
  test('numbers too large, negative, text with a null byte, in every field of every body: never an error of ours', { timeout: 180_000 }, async () => {
    const wrong: unknown[] = [];
    await Promise.all(operations.filter((o) => o.body && !o.upload).map(async (op) => {
      for (const name of Object.keys((op.body as { shape?: object }).shape ?? {})) for (const value of [1e308, 2 ** 31, -1, '\u0000']) {
        const { statusCode } = await post(op, JSON.stringify({ ...sample(op.body!), [name]: value }));
        if (statusCode >= 500) wrong.push([op.operationId, name, value, statusCode]);
      }
    }));
    expect(wrong).toEqual([]);
  });
  test('names that would reach into every object are refused', async () => {
    const akte = operations.find((op) => op.operationId === 'createAkte')!;
    for (const body of ['{"__proto__":{"x":1}}', '{"constructor":{"prototype":{"x":1}}}']) expect((await post(akte, body)).statusCode).toBe(400);
    expect(({} as { x?: number }).x).toBeUndefined();
  });
  test('lists of a hundred thousand are refused, and the same field twice is not one of them', async () => {
    const answers = await Promise.all(operations.filter((op) => op.body && !op.upload).map(async (op) => (await post(op, `[${'0,'.repeat(100_000)}0]`)).statusCode));
    expect(new Set(answers)).toEqual(new Set([422]));
    const get = (query: string) => http.inject({ method: 'GET', url: `${API}/akten?${query}`, headers: { authorization: wer.id } });
    expect((await get('limit=10&limit=10')).statusCode).toBe(422);
    expect((await get(Array.from({ length: 5000 }, (_, i) => `a${i}=1`).join('&'))).statusCode).toBeLessThan(500);
  });
  test('a head of a megabyte, a hundred thousand header lines, an endless address', async () => {
    expect(status(await raw(head('GET /api/v1/ich HTTP/1.1', `X-Lang: ${'a'.repeat(1_000_000)}`)))).toBe(431);
    expect(status(await raw(head('GET /api/v1/ich HTTP/1.1', ...Array.from({ length: 100_000 }, (_, i) => `X-${i}: 1`))))).toBe(431);
    expect(status(await raw(head(`GET /api/v1/akten?q=${'a'.repeat(1_000_000)} HTTP/1.1`)))).toBe(431);
    for (const q of ['a'.repeat(15_000), '%00', '%ff%fe', 'a '.repeat(5000), '"'.repeat(5000), '('.repeat(5000), '-'.repeat(5000), '*'.repeat(5000)]) {
      expect([q.slice(0, 9), (await http.inject({ method: 'GET', url: `${API}/suche?q=${encodeURI(q).replaceAll('%25', '%')}`, headers: { authorization: wer.id } })).statusCode < 500]).toEqual([q.slice(0, 9), true]);
    }
  });
});

describe('where one message ends', () => {
  test('two lengths, a length beside chunks, a broken chunk and a bare line feed are refused', async () => {
    const body = '{"a":1}';
    for (const lines of [['Content-Length: 7', 'Content-Length: 8'], ['Content-Length: 7', 'Transfer-Encoding: chunked'], ['Transfer-Encoding: chunked, identity'], ['Content-Length: 7\nX: 1'], ['Content-Length: +7']]) {
      expect([lines, status(await raw(head('POST /api/v1/akten HTTP/1.1', 'Content-Type: application/json', ...lines) + body))]).toEqual([lines, 400]);
    }
    expect(status(await raw(`${head('POST /api/v1/akten HTTP/1.1', 'Content-Type: application/json', 'Transfer-Encoding: chunked')}zz\r\n{}\r\n0\r\n\r\n`))).toBe(400);
  });
  test('methods that nobody declared are not there', async () => {
    for (const method of ['TRACE', 'PROPFIND', 'OPTIONS', 'HEAD']) expect([method, [400, 404, 405].includes(status(await raw(head(`${method} /api/v1/ich HTTP/1.1`, 'Connection: close'))))]).toEqual([method, true]);
  });
  test('nobody names their own address or protocol where no proxy is trusted', async () => {
    const answer = await http.inject({ method: 'GET', url: `${API}/ich`, headers: { authorization: wer.id, 'x-forwarded-proto': 'https', 'x-forwarded-for': '1.2.3.4', 'x-forwarded-host': 'x' } });
    expect(answer.headers['strict-transport-security']).toBeUndefined();
    const proxied = await buildHttp({ modules, database: zwei, io, log, verbundId, authenticate: authenticateTest, trustedProxies: ['127.0.0.1'] });
    expect((await proxied.inject({ method: 'GET', url: `${API}/ich`, headers: { authorization: wer.id, 'x-forwarded-proto': 'https' } })).headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    await proxied.close();
  });
});

describe('too slow', () => {
  /** Keeps writing piece by piece until the server ends it. */
  function trickle(start: string, piece: string): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => { socket.write(start); });
      const timer = setInterval(() => { if (socket.writable) socket.write(piece); }, 50);
      let answer = '';
      socket.on('data', (d) => { answer += String(d); }).on('error', () => {}).on('close', () => { clearInterval(timer); resolve(answer); });
    });
  }
  test('a head, a body and an upload that trickle are ended, refused ones too, and leave neither row nor file', async () => {
    const lines = ['Content-Length: 1000000', 'Content-Type: application/json'];
    const files = async () => (await Array.fromAsync(ablage.storage.list(mandant.mandantId))).length;
    const vorher = await files(); // what earlier requests were right to leave
    const answers = await Promise.all([
      trickle('GET /api/v1/ich HTTP/1.1\r\nHost: x\r\n', 'X-A: 1\r\n'),
      trickle(head('POST /api/v1/akten HTTP/1.1', ...lines), ' '),
      trickle(head('POST /api/v1/inhalte HTTP/1.1', 'Content-Length: 1000000', 'Content-Type: application/pdf', `Idempotency-Key: ${randomUUID()}`), 'x'),
      trickle(head('POST /api/v1/gibt-es-nicht HTTP/1.1', ...lines), ' '),
      trickle(head('POST /api/v1/akten HTTP/1.1', ...lines).replace(wer.id, 'niemand'), ' '),
    ]);
    expect(answers.map(status)).toEqual([408, 408, 408, 408, 401]);
    await expect.poll(files).toBe(vorher);
    await expectPoolFree();
  });
  test('an upload that is slow but goes on is taken', async () => {
    const answer = await new Promise<number>((resolve, reject) => {
      const up = httpRequest({ port, path: `${API}/inhalte`, method: 'POST', headers: { authorization: wer.id, 'idempotency-key': randomUUID(), 'content-type': 'text/plain' } }, (a) => { a.resume(); resolve(a.statusCode!); });
      up.on('error', reject);
      void (async () => { for (let i = 0; i < 15; i++) { up.write(randomBytes(200_000)); await sleep(100); } up.end(); })();
    });
    expect(answer).toBe(201);
  });
});

describe('cut off', () => {
  /** Sends a request and leaves after so many milliseconds. */
  const leave = (token: string, method: string, path: string, ms: number, body?: string, length?: number) => new Promise<void>((resolve) => {
    const r = httpRequest({ port, path, method, agent: false, headers: { authorization: token, 'idempotency-key': randomUUID(), ...(body && { 'content-type': 'application/json', 'content-length': length ?? body.length }) } });
    r.on('error', () => {}).on('close', () => resolve());
    r.on('response', (a) => { a.on('error', () => {}); a.resume(); });
    r.write(body ?? '');
    if (length === undefined) r.end();
    setTimeout(() => r.destroy(), ms);
  });
  test('whoever leaves while an answer is made, or in the middle of a body, holds no connection and leaves no row', async () => {
    const b = await newBehoerde();
    const akte = JSON.stringify({ aktenplaneinheitId: b.einheitId, betreff: 'Abbruch', federfuehrungId: b.oeId });
    await Promise.all(Array.from({ length: 90 }, (_, i) => [
      () => leave(b.sb.id, 'GET', `${API}/suche?q=a${i}`, i % 7),
      () => leave(b.sb.id, 'GET', `${API}/akten?limit=100`, i % 5),
      () => leave(b.sb.id, 'POST', `${API}/akten`, i % 11, akte, akte.length + 5),
    ][i % 3]!()));
    await expectPoolFree();
    expect((await b.sb.call(schriftgut.listAkten, { query: {} as never })).eintraege).toEqual([]);
  });
});
