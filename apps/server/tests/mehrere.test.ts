/** Two api and two worker processes over one database and one store, as behind a balancer that sends each request wherever it likes. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#platform/server/embedded-postgres.ts';
import { envOf, fileLetter, firstDay, found, install, killServices, service } from './installation.ts';
import { sha256 } from './person.ts';

const folder = await mkdtemp(join(tmpdir(), 'va-mehrere-'));
let postgres: EmbeddedPostgres | undefined;
afterAll(async () => { killServices(); await postgres?.stop('immediate'); await rm(folder, { recursive: true, force: true }); });

type Answer = { status: number; body: any; headers: Headers };
/** On plain http a cookie's name carries the port of its process; behind the https of a balancer it is one for all. */
const cookieAt = (address: string, cookie: string) => cookie.replace(/-\d+=/, `-${new URL(address).port}=`);
async function ask(address: string, given: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const cookie = cookieAt(address, given);
  const answer = await fetch(`${address}/api/v1${path}`, {
    method, headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }), ...(method === 'POST' && { 'idempotency-key': randomUUID() }), ...headers }, ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json().catch(() => undefined), headers: answer.headers };
}

test('any number of processes is one product: sessions, rights, locks, throttle, uploads, repeated requests and jobs are nobody’s own', { timeout: 400_000 }, async () => {
  postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'pg'), passwordOf: () => 'geheim', settings: { fsync: 'off' } });
  const adminUrl = postgres.url('postgres');
  const env = envOf(adminUrl, folder, 'akten');
  const einmal = await install(adminUrl, env, 'akten');
  const [a, b, w1, w2] = await Promise.all([service('api', env), service('api', env), service('worker', env), service('worker', env)]);
  const { admin, kim, benutzerId, rollen, akteId, vorgangId } = await firstDay(a.address, einmal);
  const onB = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => ask(b.address, kim.cookie, method, path, body, headers);

  // a session begun on A is one on B; of two who change from the same version, on two machines, the second is told so
  const akte = await onB('GET', `/akten/${akteId}`);
  const version = { 'if-match': `"${akte.body.version}"` };
  const both = await Promise.all([a, b].map(({ address }, n) => ask(address, kim.cookie, 'PATCH', `/akten/${akteId}`, { betreff: `Remise ${n}` }, version)));
  expect([akte.status, ...both.map((r) => r.status).toSorted()]).toEqual([200, 200, 412]);

  // uploaded on A, filed on B, and the same filing again on A: once, with one answer
  const inhalt = await kim.upload(new TextEncoder().encode('Remise mit Wetterhahn\n'), 'Antrag.txt', 'text/plain');
  const [key, filing] = [{ 'idempotency-key': randomUUID() }, { vorgangId, betreff: 'Antrag', art: 'intern', datumDesSchreibens: '2026-11-21', formate: [{ inhaltId: inhalt.id }] }];
  const filed = await onB('POST', '/dokumente', filing, key);
  const again = await ask(a.address, kim.cookie, 'POST', '/dokumente', filing, key);
  expect([filed.status, again.status, again.body.id]).toEqual([201, 201, filed.body.id]);
  expect(sha256(new Uint8Array(await (await fetch(`${b.address}/api/v1/inhalte/${inhalt.id}`, { headers: { cookie: cookieAt(b.address, kim.cookie) } })).arrayBuffer()))).toBe(inhalt.sha256);

  // jobs: both workers take them, each is done once, and what a killed one had in hand the other ends
  const letters = await Promise.all(Array.from({ length: 30 }, (_, n) => fileLetter(kim, vorgangId, `Schreiben mit Kennwort Zaunkoenig${n}\n`)));
  const done = (w: { output(): string }) => w.output().split('"msg":"job done"').length - 1;
  await found(kim, 'Zaunkoenig29', letters[29]!.dokument);
  expect(done(w1)).toBeGreaterThan(0);
  expect(done(w2)).toBeGreaterThan(0);
  await w1.kill();
  const last = await fileLetter(kim, vorgangId, 'Ein Eisvogel\n');
  await found(kim, 'Eisvogel', last.dokument);
  expect((await kim.get(`/dokumente?vorgangId=${vorgangId}`)).gesamt).toBe(32);

  // attempts to log in are counted in one place
  const attempts: Answer[] = [];
  for (let n = 0; n < 8; n++) attempts.push(await ask([a, b][n % 2]!.address, '', 'POST', '/anmeldung', { anmeldename: 'niemand', passwort: 'falsch' }));
  expect(attempts.map((r) => r.status)).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
  expect(Number(attempts[7]!.headers.get('retry-after'))).toBeGreaterThan(0);

  // a right taken on A is gone on B with the next request, and so is the person
  const putOnA = async (method: string, path: string, body: unknown) => {
    const { version: fassung } = await admin.get(`/benutzer/${benutzerId}`);
    return (await ask(a.address, admin.cookie, method, path, body, { 'if-match': `"${fassung}"` })).status;
  };
  const createAkte = () => onB('POST', '/vorgaenge', { akteId, betreff: 'Noch einer' });
  expect((await createAkte()).status).toBe(201);
  expect(await putOnA('PUT', `/benutzer/${benutzerId}/rollen`, { rollen: rollen.filter((r) => r.schluessel === 'leser').map((r) => r.id) })).toBe(200);
  expect((await createAkte()).status).toBe(403);
  expect(await putOnA('PATCH', `/benutzer/${benutzerId}`, { gesperrt: true })).toBe(200);
  expect((await onB('GET', '/ich')).status).toBe(401);
  await Promise.all([a, b, w2].map((s) => s.stop()));
});
