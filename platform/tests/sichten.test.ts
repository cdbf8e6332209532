import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { get, operations, post } from '../contract.ts';
import { systemAkteur, type RequestContext } from '../server/context.ts';
import { AppError } from '../server/errors.ts';
import { API } from '../server/http/http.ts';
import { defineModule, route } from '../server/module.ts';
import { buildTestHttp, modules, newMandant } from '../testing/test.ts';

const wo = z.object({ mandant: z.string(), akteur: z.string(), sicht: z.string() });
const api = operations({
  getWo: get('/wo', { summary: '', access: 'angemeldet', gast: true, returns: wo }),
  getHaus: get('/haus', { summary: '', access: 'angemeldet', returns: wo }),
  getSelbst: get('/selbst', { summary: '', access: 'angemeldet', selbst: true, returns: wo }),
  getOffen: get('/offen', { summary: '', access: 'oeffentlich', returns: wo }),
  listGeheim: get('/geheim', { summary: '', access: 'akte.lesen', returns: wo }),
  sendZaehler: post('/zaehler', { summary: '', access: 'angemeldet', gast: true, body: z.object({}), returns: z.object({ n: z.number() }) }),
});
const tell = async (tx: { ctx: RequestContext }) => ({ mandant: tx.ctx.mandantId, akteur: tx.ctx.akteur.art, sicht: tx.ctx.sicht?.bezeichnung ?? '' });
const [gastgeber, vorbei, schau] = [newMandant(), randomUUID(), newMandant()];
let gezaehlt = 0;
const probe = defineModule({
  name: 'probe',
  routes: [
    ...[api.getWo, api.getHaus, api.getSelbst, api.getOffen, api.listGeheim].map((operation) => route(operation, { handle: tell as never })),
    route(api.sendZaehler, { handle: async () => ({ n: ++gezaehlt }) }),
  ],
});
// The ways themselves belong to modules; here one into a second Mandant and one for another person.
const wege = defineModule({
  name: 'wege',
  sichten: [
    {
      art: 'bei', async enter(_database, own, id) {
        if (id === vorbei) throw new AppError('probe.vorbei', 410, 'Das ist vorbei');
        if (id === schau.mandantId) return { ...own, mandantId: id, akteur: { ...systemAkteur(own.akteur.id), art: 'gast', rechte: new Set() }, sicht: { art: 'bei', id, bezeichnung: 'Schaukasten', bis: null, nurLesen: true } };
        if (id !== gastgeber.mandantId) throw new AppError('allgemein.nicht_gefunden', 404, 'Nichts geteilt');
        return { ...own, mandantId: id, akteur: { ...systemAkteur(own.akteur.id), art: 'gast', rechte: new Set(['akte.sehen']) }, sicht: { art: 'bei', id, bezeichnung: 'Gastgeber', bis: null } };
      },
    },
    { art: 'fuer', enter: async (_database, own, id) => ({ ...own, akteur: { ...own.akteur, vertretenId: id }, sicht: { art: 'fuer', id, bezeichnung: 'Holger Thiel', bis: null } }) },
  ],
});
const product = modules.map(({ sichten: _, ...m }) => m);
const http = await buildTestHttp([...product, probe, wege]);
const [person, maschine] = [newMandant().as('leser', [], http), newMandant().as('leser', [], http)];
Object.assign(maschine.ctx.akteur, { art: 'maschine' });
const ask = async (path: string, { wer = person, ...init }: { wer?: typeof person; method?: 'POST'; headers?: object } = {}) => {
  const answer = await http.inject({ method: init.method ?? 'GET', url: path, headers: { authorization: wer.id, ...(init.method && { 'content-type': 'application/json' }), ...init.headers }, ...(init.method && { payload: '{}' }) });
  return { status: answer.statusCode, body: answer.json() };
};
const bei = `${API}/bei/${gastgeber.mandantId}`;
const fuer = `${API}/fuer/${randomUUID()}`;

test('the same operation in the own context, as a guest and for somebody: the address says which', async () => {
  expect((await ask(`${API}/wo`)).body).toEqual({ mandant: person.ctx.mandantId, akteur: 'person', sicht: '' });
  expect((await ask(`${bei}/wo`)).body).toEqual({ mandant: gastgeber.mandantId, akteur: 'gast', sicht: 'Gastgeber' });
  expect((await ask(`${fuer}/wo`)).body).toEqual({ mandant: person.ctx.mandantId, akteur: 'person', sicht: 'Holger Thiel' });
});
test('a context that is not open is 404, one that has ended 410, and without login it is 401', async () => {
  expect((await ask(`${API}/bei/${randomUUID()}/wo`)).status).toBe(404);
  expect((await ask(`${API}/bei/${vorbei}/wo`)).status).toBe(410);
  expect((await http.inject(`${bei}/wo`)).statusCode).toBe(401);
});
test('no context inside a context, no half of an id', async () => {
  for (const path of [`${bei}/fuer/${randomUUID()}/wo`, `${fuer}/bei/${gastgeber.mandantId}/wo`, `${bei}${bei}/wo`, `${API}/bei/${gastgeber.mandantId.slice(0, 30)}/wo`, `${API}/bei/wo`]) expect([path, (await ask(path)).status]).toEqual([path, 404]);
});
test('what is about the own login is refused in every context, and what is not meant for guests to guests', async () => {
  for (const path of [`${bei}/selbst`, `${fuer}/selbst`, `${bei}/haus`, `${bei}/ich/einstellungen`, `${bei}/sitzungen`, `${bei}/gespeicherte-suchen`, `${bei}/organisationseinheiten`, `${bei}/mandanten`, `${bei}/benachrichtigungen`]) expect([path, (await ask(path)).status]).toEqual([path, path.endsWith('einstellungen') ? 404 : 409]);
  expect((await ask(`${fuer}/haus`)).status).toBe(200);
});
test('where one may only look, nothing is written, whatever Rechte an operation asks for', async () => {
  const vorher = gezaehlt;
  const nurLesen = `${API}/bei/${schau.mandantId}`;
  expect((await ask(`${nurLesen}/wo`)).status).toBe(200);
  expect(await ask(`${nurLesen}/zaehler`, { method: 'POST' })).toMatchObject({ status: 403, body: { code: 'sicht.nur_lesen' } });
  expect(gezaehlt).toBe(vorher);
  expect((await ask(`${bei}/zaehler`, { method: 'POST' })).status).toBe(200);
});
test('a guest holds what the way in has given, not what he holds at home', async () => {
  expect((await ask(`${API}/geheim`)).status).toBe(200);
  expect((await ask(`${bei}/geheim`)).status).toBe(403);
});
test('programs act in no other context', async () => {
  expect((await ask(`${API}/wo`, { wer: maschine })).status).toBe(200);
  expect((await ask(`${bei}/wo`, { wer: maschine })).status).toBe(403);
});
test('without login an operation is the same under every address', async () => {
  expect((await ask(`${bei}/offen`)).body).toEqual((await ask(`${API}/offen`)).body);
});
test('an Idempotency-Key is that of one context', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  const [own, own2, other] = [await ask(`${API}/zaehler`, { method: 'POST', headers }), await ask(`${API}/zaehler`, { method: 'POST', headers }), await ask(`${fuer}/zaehler`, { method: 'POST', headers })];
  expect(own2.body).toEqual(own.body);
  expect(other.body).not.toEqual(own.body);
});
test('no route of the product begins like a context', () => {
  const paths = modules.flatMap((m) => m.routes ?? []).map((r) => r.operation.path);
  expect(paths.filter((p) => /^\/(fuer|bei)(\/|$)/.test(p))).toEqual([]);
});
