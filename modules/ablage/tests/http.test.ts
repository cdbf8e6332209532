import { randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { buildHttp } from '#platform/server/http/http.ts';
import { openStorage } from '#platform/server/storage/encrypted.ts';
import { openFileStore } from '#platform/server/storage/file-store.ts';
import { ablage, buildTestHttp, database, io, log, modules, newMandant, testDir, verbundId } from '#platform/testing/test.ts';

const http = await buildTestHttp(modules);
const base = `${await http.listen({ port: 0, host: '127.0.0.1' })}/api/v1`;
afterAll(() => http.close());

type Options = { token: string; name?: string; mime?: string; key?: string; url?: string };
async function upload(body: BodyInit, { token, name = 'Antrag.pdf', mime = 'application/pdf', key = randomUUID(), url = base }: Options) {
  const headers = { authorization: token, 'idempotency-key': key, ...(!(body instanceof FormData) && { 'content-type': mime, 'x-dateiname': encodeURIComponent(name) }) };
  const answer = await fetch(`${url}/inhalte`, { method: 'POST', headers, body });
  return { status: answer.status, json: (await answer.json()) as any };
}
const download = (id: string, token: string, headers = {}) => fetch(`${base}/inhalte/${id}`, { headers: { authorization: token, ...headers } });
const filesOf = async (mandantId: string) => (await Array.fromAsync(ablage.storage.list(mandantId))).length;
const parts = () => readdir(join(testDir, 'ablage', 'teil')).catch(() => []);

test('octet-stream and form arrive byte for byte, with name and type; the download cannot become active', async () => {
  const { id: token } = newMandant().as('sachbearbeitung');
  const content = randomBytes(300_000);
  const form = new FormData();
  form.set('datei', new File([content], 'Prüfbericht „Süd“.html', { type: 'text/html' }));
  for (const [body, options] of [[content, { token, name: 'Prüfbericht „Süd“.html', mime: 'text/html' }], [form, { token }]] as const) {
    const { status, json } = await upload(body, options);
    expect([status, json]).toMatchObject([201, { dateiname: 'Prüfbericht „Süd“.html', mime: 'text/html', groesse: 300_000 }]);
    expect(json).not.toHaveProperty('key');
    const answer = await download(json.id, token);
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html', 'content-length': '300000', 'x-content-type-options': 'nosniff', 'accept-ranges': 'bytes', 'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="Pr_fbericht _S_d_.html"; filename*=UTF-8''Pr%C3%BCfbericht%20%E2%80%9ES%C3%BCd%E2%80%9C.html`,
      'content-security-policy': expect.stringContaining('sandbox'),
    });
  }
});

test('ranges', async () => {
  const { id: token } = newMandant().as('sachbearbeitung');
  const content = randomBytes(200_000);
  const { json: { id } } = await upload(content, { token });
  const part = async (range: string) => {
    const answer = await download(id, token, { range });
    return [answer.status, answer.headers.get('content-range'), Buffer.from(await answer.arrayBuffer()).toString('base64')];
  };
  const b64 = (start: number, end?: number) => content.subarray(start, end).toString('base64');
  expect(await part('bytes=0-9')).toEqual([206, 'bytes 0-9/200000', b64(0, 10)]);
  expect(await part('bytes=65530-131080')).toEqual([206, 'bytes 65530-131080/200000', b64(65530, 131081)]);
  expect(await part('bytes=-5')).toEqual([206, 'bytes 199995-199999/200000', b64(199_995)]);
  expect(await part('bytes=199999-')).toEqual([206, 'bytes 199999-199999/200000', b64(199_999)]);
  expect((await part('bytes=200000-')).slice(0, 2)).toEqual([416, 'bytes */200000']);
});

test('an empty file is a file', async () => {
  const { id: token } = newMandant().as('sachbearbeitung');
  const { status, json } = await upload(new Uint8Array(), { token, name: 'leer.txt' });
  expect([status, json.groesse]).toEqual([201, 0]);
  expect((await (await download(json.id, token)).arrayBuffer()).byteLength).toBe(0);
});

test('who may not, cannot; without Idempotency-Key nothing is taken; the same key is the same upload', async () => {
  const mandant = newMandant();
  const [{ id: token }, { id: reader }, { id: other }] = [mandant.as('sachbearbeitung'), mandant.as('leser'), mandant.as('sachbearbeitung')];
  expect((await upload('x', { token: 'nobody' })).status).toBe(401);
  expect((await upload('x', { token: reader })).json).toMatchObject({ status: 403, details: { recht: 'inhalt.hochladen' } });
  const bare = await fetch(`${base}/inhalte`, { method: 'POST', headers: { authorization: token, 'content-type': 'text/plain' }, body: 'x' });
  expect(bare.status).toBe(400);
  const key = randomUUID();
  const [first, again] = [await upload('x', { token, key }), await upload('x', { token, key })];
  expect(again.json).toEqual(first.json);
  expect((await upload('y', { token, key })).json).toMatchObject({ status: 422, code: 'allgemein.idempotenz_anderer_inhalt' });
  expect((await download(first.json.id, other)).status).toBe(404);
  expect((await download(first.json.id, newMandant().as('sachbearbeitung').id)).status).toBe(404);
});

test('an upload cut off in the middle leaves nothing, as octet-stream and as form', async () => {
  const { mandantId, as } = newMandant();
  const { id: token } = as('sachbearbeitung');
  for (const type of ['application/pdf', 'multipart/form-data; boundary=grenze']) {
    const cut = httpRequest(`${base}/inhalte`, { method: 'POST', headers: { authorization: token, 'idempotency-key': randomUUID(), 'content-type': type, 'content-length': 50_000_000 } });
    cut.on('error', () => {});
    if (type.startsWith('multipart')) cut.write('--grenze\r\nContent-Disposition: form-data; name="d"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n');
    cut.write(randomBytes(3_000_000));
    for (let i = 0; !(await parts()).length; i++) { expect(i).toBeLessThan(200); await sleep(10); }
    cut.destroy();
    for (let i = 0; (await parts()).length; i++) { expect(i).toBeLessThan(200); await sleep(10); }
    expect(await filesOf(mandantId)).toBe(0);
  }
});

test('too large and full are said in German while the rest is still coming, and cost nothing', async () => {
  const mandant = newMandant();
  const { id: token, ctx } = mandant.as('sachbearbeitung');
  const root = join(testDir, 'ablage');
  for (const [storage, expected] of [
    [openStorage(openFileStore({ root }), ablage.keys, 1_000_000), { status: 413, code: 'ablage.zu_gross', title: expect.stringContaining('976,6 KiB') }],
    [openStorage(openFileStore({ root, reserve: Number.MAX_SAFE_INTEGER }), ablage.keys), { status: 507, code: 'ablage.kein_platz', title: expect.stringContaining('Alles bisher Gespeicherte ist unverändert vorhanden') }],
  ] as const) {
    const app = await buildHttp({ modules, database, io: { ...io, storage }, log, verbundId, authenticate: async () => ctx });
    const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/api/v1`;
    const form = new FormData();
    form.set('datei', new File([randomBytes(20_000_000)], 'gross.bin'));
    for (const body of [randomBytes(20_000_000), form]) expect((await upload(body, { token, url })).json).toMatchObject(expected);
    await app.close();
  }
  expect([await filesOf(mandant.mandantId), await parts()]).toEqual([0, []]);
});
