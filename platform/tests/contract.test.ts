/** What every operation owes its callers, asked of the whole list: nobody has to remember to write these. */
import { expect, test } from 'vitest';
import type { NamedOperation } from '../contract.ts';
import { API } from '../server/http/http.ts';
import { pathOf } from '../web/client.ts';
import { buildTestHttp, modules, newMandant } from '../testing/test.ts';
import { sample } from '../testing/sample.ts';

const http = await buildTestHttp(modules);
const mandant = newMandant();
const { id: token, ctx } = mandant.as('registratur', ['amt-10'], http);
const all = mandant.as('registratur', ['amt-10'], http);
(all.ctx.akteur as { rechte: ReadonlySet<string> }).rechte = new Set(modules.flatMap((m) => Object.keys(m.rechte ?? {})));
(ctx.akteur as { rechte: ReadonlySet<string> }).rechte = new Set();

const operations: [string, NamedOperation][] = modules.flatMap((m) => (m.routes ?? []).map((r) => [r.operation.operationId, r.operation] as [string, NamedOperation]));
type Given = { authorization?: string; body?: unknown; params?: Record<string, unknown> };
async function send(op: NamedOperation, { authorization, body, params }: Given) {
  const given = { ...(op.params && { params: params ?? sample(op.params) }), ...(op.query && { query: sample(op.query) }) };
  const payload = op.upload ? Buffer.from('x') : body !== undefined ? body : op.body ? sample(op.body) : undefined;
  const answer = await http.inject({
    method: op.method, url: API + pathOf(op, given),
    headers: { ...(authorization && { authorization }), ...(op.ifMatch && { 'if-match': '"1"' }), ...(op.idempotent && { 'idempotency-key': 'k' }), ...(payload !== undefined && { 'content-type': op.upload ? 'application/octet-stream' : 'application/json' }) },
    ...(payload !== undefined && { payload: Buffer.isBuffer(payload) ? payload : JSON.stringify(payload) }),
  });
  return { status: answer.statusCode, problem: (String(answer.headers['content-type']).includes('problem') ? answer.json() : undefined) as { code: string; details: any } | undefined };
}
const of = (filter: (op: NamedOperation) => unknown) => operations.filter(([, op]) => filter(op));

test.each(of((op) => op.access !== 'oeffentlich'))('%s: without login 401', async (_, op) => {
  expect(await send(op, {})).toMatchObject({ status: 401, problem: { code: 'allgemein.nicht_angemeldet' } });
});
test.each(of((op) => op.access !== 'oeffentlich' && op.access !== 'angemeldet'))('%s: without the Recht 403 that names it', async (_, op) => {
  expect(await send(op, { authorization: token })).toMatchObject({ status: 403, problem: { code: 'allgemein.kein_recht', details: { recht: op.access } } });
});
test.each(of((op) => op.body && !op.upload))('%s: a body that is none 422', async (_, op) => {
  expect(await send(op, { authorization: all.id, body: ['falsch'] })).toMatchObject({ status: 422, problem: { code: 'allgemein.eingabe_ungueltig' } });
});
test.each(of((op) => op.path.includes(':') && op.access !== 'oeffentlich'))('BE-02 %s: an id that is not of this Mandant 404', async (_, op) => {
  expect(await send(op, { authorization: all.id })).toMatchObject({ status: 404 });
});

test('operations that others call by name keep it', () => {
  const stay = `login logout getIch createZugangstoken listMandanten listOrganisationseinheiten listAktenplaneinheiten createAktenplaneinheit createAkte getAkte listAkten
    closeAkte reopenAkte createVorgang getVorgang listVorgaenge closeVorgang uploadInhalt downloadInhalt createDokument getDokument listDokumente createVersion
    listVersionen createEingang listEingaenge fileEingang search listEreignisse verifyProtokoll updateAkte updateVorgang updateDokument moveDokument moveVorgang
    cancelDokument exportAkte createMandant listBenutzer createBenutzer listJobs retryJob`.split(/\s+/);
  expect(stay.filter((name) => !operations.some(([operationId]) => operationId === name))).toEqual([]);
});
