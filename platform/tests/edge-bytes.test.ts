import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { get, operations, post, put } from '../contract.ts';
import { cleanFileName, parseRange } from '../server/http/bytes.ts';
import { API } from '../server/http/http.ts';
import { requireVersion } from '../server/errors.ts';
import { defineModule, route, routeWithSend } from '../server/module.ts';
import { buildTestHttp, modules, newMandant } from '../testing/test.ts';

const api = operations({
  uploadProbe: post('/probe', { summary: '', access: 'angemeldet', upload: true, idempotent: 'required', returns: z.object({ sha256: z.string(), name: z.string(), mime: z.string(), lauf: z.number() }) }),
  downloadProbe: get('/probe', { summary: '', access: 'angemeldet', download: true, returns: z.any() }),
  updateProbe: put('/probe', { summary: '', access: 'angemeldet', ifMatch: true, body: z.object({ text: z.string() }), returns: z.object({ text: z.string() }) }),
});
const bytes = Buffer.from('0123456789abcdef'.repeat(100));
let runs = 0;
const probe = defineModule({
  name: 'probe',
  routes: [
    route(api.uploadProbe, {
      prepare: async (_io, _ctx, { upload }) => ({ sha256: createHash('sha256').update(await buffer(upload.stream)).digest('hex'), name: upload.dateiname, mime: upload.mime }),
      handle: async (_tx, _input, prepared) => ({ ...prepared, lauf: ++runs }),
    }),
    routeWithSend(api.downloadProbe, {
      handle: async () => bytes,
      send: async (_io, b) => ({ stream: (r) => Readable.from([r ? b.subarray(r.start, r.end + 1) : b]), mime: 'application/pdf', dateiname: 'Bescheid „ü“.pdf', groesse: b.length, disposition: 'attachment' as const, etag: 'x' }),
    }),
    route(api.updateProbe, { handle: async (_tx, { body, ifMatch }) => { requireVersion({ version: 7 }, ifMatch); return body; } }),
  ],
});
const http = await buildTestHttp([...modules, probe]);
const { id: authorization } = newMandant().as('leser', [], http);
const inject = (method: 'GET' | 'POST' | 'PUT', headers: Record<string, string>, payload?: string | Buffer) =>
  http.inject({ method, url: `${API}/probe`, headers: { authorization, ...headers }, ...(payload !== undefined && { payload }) });
const upload = (key: string, payload: Buffer, headers: Record<string, string> = {}) => inject('POST', { 'content-type': 'application/pdf', 'idempotency-key': key, 'x-dateiname': encodeURIComponent('Brief Müller.pdf'), ...headers }, payload);

test('an octet-stream arrives whole, with its name; a repeated key has effect once and gives the same answer', async () => {
  const first = (await upload('k1', bytes)).json();
  expect(first).toMatchObject({ sha256: createHash('sha256').update(bytes).digest('hex'), name: 'Brief Müller.pdf', mime: 'application/pdf' });
  expect((await upload('k1', bytes)).json()).toEqual(first);
});
test('the same key with other content is refused, none at all as well', async () => {
  await upload('k2', bytes);
  expect((await upload('k2', Buffer.from('other'))).json()).toMatchObject({ status: 422, code: 'allgemein.idempotenz_anderer_inhalt' });
  expect((await inject('POST', { 'content-type': 'application/pdf' }, bytes)).json()).toMatchObject({ status: 400, code: 'allgemein.idempotenz_fehlt' });
});
test('the first file of a form is the same upload', async () => {
  const payload = Buffer.from(`--x\r\ncontent-disposition: form-data; name="datei"; filename="../../etc/Brief.pdf"\r\ncontent-type: application/pdf\r\n\r\n${bytes}\r\n--x--\r\n`);
  expect((await inject('POST', { 'content-type': 'multipart/form-data; boundary=x', 'idempotency-key': 'k3' }, payload)).json())
    .toMatchObject({ sha256: createHash('sha256').update(bytes).digest('hex'), name: 'Brief.pdf', mime: 'application/pdf' });
});
test('a download is inert, named for every browser, and answers ranges', async () => {
  const whole = await inject('GET', {});
  expect(whole.rawPayload.equals(bytes)).toBe(true);
  expect(whole.headers).toMatchObject({ 'content-disposition': expect.stringContaining("filename*=UTF-8''Bescheid%20%E2%80%9E%C3%BC%E2%80%9C.pdf"), 'x-content-type-options': 'nosniff', 'content-security-policy': expect.stringContaining('sandbox') });
  const part = await inject('GET', { range: 'bytes=16-31' });
  expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, '0123456789abcdef', 'bytes 16-31/1600']);
  expect((await inject('GET', { range: 'bytes=5000-' })).statusCode).toBe(416);
  expect((await inject('GET', { 'if-none-match': '"x"' })).statusCode).toBe(304);
});
test('a change says from which version it was made', async () => {
  const change = (headers: Record<string, string>) => inject('PUT', { 'content-type': 'application/json', ...headers }, '{"text":"neu"}');
  expect((await change({})).json()).toMatchObject({ status: 428, code: 'allgemein.if_match_fehlt' });
  expect((await change({ 'if-match': '"6"' })).json()).toMatchObject({ status: 412, code: 'allgemein.veraltet' });
  expect((await change({ 'if-match': '"7"' })).json()).toEqual({ text: 'neu' });
});
test('a change by cookie from a foreign page is refused before anything is read', async () => {
  const cross = (headers: Record<string, string>) => http.inject({ method: 'PUT', url: `${API}/probe`, headers: { host: 'akte.example', ...headers }, payload: '{}' });
  expect((await cross({ origin: 'https://boese.example' })).json()).toMatchObject({ status: 403, code: 'allgemein.fremder_ursprung' });
  expect((await cross({ 'sec-fetch-site': 'cross-site' })).json()).toMatchObject({ status: 403 });
  expect((await cross({ origin: 'http://akte.example' })).statusCode).toBe(401); // ours: only the login is missing
});
test('a file name keeps no path, no control character, and is never empty', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
    const clean = cleanFileName(name);
    // oxlint-disable-next-line no-control-regex
    expect(clean).not.toMatch(/[\u0000-\u001f\u007f/\\]/);
    expect(clean.length).toBeGreaterThan(0);
    expect(['.', '..']).not.toContain(clean);
  }));
  expect(['C:\\x\\Brief.pdf', '../../a', '..', '\u202Efdp.exe'].map(cleanFileName)).toEqual(['Brief.pdf', 'a', 'unbenannt', 'fdp.exe']);
});
test('a range lies inside the file or is refused', () => {
  fc.assert(fc.property(fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (a, b, size) => {
    const range = parseRange(`bytes=${a}-${b}`, size);
    if (range !== undefined && range !== 'all') expect(0 <= range.start && range.start <= range.end && range.end < size).toBe(true);
  }));
  expect([parseRange('bytes=-4', 10), parseRange('bytes=4-', 10), parseRange('bytes=0-1,4-5', 10), parseRange(undefined, 10)]).toEqual([{ start: 6, end: 9 }, { start: 4, end: 9 }, 'all', 'all']);
});
