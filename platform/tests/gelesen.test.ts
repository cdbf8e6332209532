/**
 * PR-03, asked of every operation that reads: whoever is told of a protected object – its words, its content, or that it is there – leaves a record that
 * names it; the same for a guest and every object he is shown, at both houses. A new route that forgets it fails here by its name.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeWerkzeuge } from '#modules/aufbereitung/server/konverter/werkzeuge.ts';
import { api as posteingang } from '#modules/posteingang/contract.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { EINGANG, newBehoerde, upload, vorgangIn } from '#modules/schriftgut/tests/hilfe.ts';
import { api as suche } from '#modules/suche/contract.ts';
import { bei, erhaltene, newEigner, newEmpfaenger, share, startJobs } from '#modules/verbund/tests/hilfe.ts';
import { grantFreigabe } from '#modules/zugriff/server/index.ts';
import type { NamedOperation } from '../contract.ts';
import { API } from '../server/http/http.ts';
import { pathOf } from '../web/client.ts';
import { superUrl } from '../testing/database.ts';
import { sample } from '../testing/sample.ts';
import { buildTestHttp, database, modules, queryAs } from '../testing/test.ts';

const http = await buildTestHttp(modules);
const reads = modules.flatMap((m) => (m.routes ?? []).map((r) => r.operation as NamedOperation)).filter((op) => op.method === 'GET' && op.access !== 'oeffentlich');
let worker: Awaited<ReturnType<typeof startJobs>>;
beforeAll(async () => { worker = await startJobs(); });
afterAll(async () => { await worker.stop(); await closeWerkzeuge(); });

type Welt = { mandantId: string; wort: string; objekte: Record<string, string>; byPath: Record<string, string> };
const leeren = (...mandanten: string[]) => queryAs(superUrl, 'delete from platform.lesezugriff where mandant_id = any($1)', [mandanten]);
const recordedIn = async (mandantId: string) => new Set((await queryAs(superUrl, 'select objekt_id from platform.lesezugriff_objekt where mandant_id = $1', [mandantId]) as { objekt_id: string }[]).map((r) => r.objekt_id));

/** Which of the objects the answer tells of; '?': content, without saying whose. Of an export all that lies in it is asked for. */
function toldIn(op: NamedOperation, body: string, { wort, objekte }: Welt): string[] {
  if (op.operationId === 'exportAkte') return ['akte', 'vorgang', 'dokument'];
  if (op.operationId === 'exportVorgang') return ['vorgang', 'dokument'];
  if (op.operationId === 'exportDokument') return ['dokument'];
  const ohneBezug = body.replace(/"(akte|vorgang)Id":"[^"]*"/g, ''); // in what it lies is said by number alone
  const named = Object.keys(objekte).filter((typ) => ohneBezug.includes(objekte[typ]!));
  return named.length || !body.includes(wort) ? named : ['?'];
}
async function ask(op: NamedOperation, id: string, w: Welt, prefix: string, query: object) {
  const params = op.params && { ...sample(op.params), ...(w.byPath[op.path.split('/')[1]!] && { id: w.byPath[op.path.split('/')[1]!] }), ...(op.path.includes(':typ') && { typ: 'akte' }) };
  const app = op.einLesen ? await buildTestHttp(modules) : http; // what it has just seen the same person read, it does not write again
  return app.inject({ method: 'GET', url: API + prefix + pathOf(op, { ...(params && { params }), ...(op.query && { query: { ...sample(op.query), ...query } }) }), headers: { authorization: id } });
}
/** What tells of an object and leaves no record of it in one of these Mandanten, and what told of one at all. */
async function askAll(id: string, w: Welt, prefix: string, haeuser: readonly string[]) {
  const fehlt: string[] = [], erzaehlt = new Set<string>();
  for (const op of reads) {
    const queries = /Ereignis/.test(op.operationId) ? [{}, ...Object.values(w.objekte).map((objekt) => ({ objekt }))] : op.path.startsWith('/suche') ? [{ q: w.wort }] : [{}];
    for (const query of queries) {
      await leeren(...haeuser);
      const answer = await ask(op, id, w, prefix, query);
      if (answer.statusCode >= 400) continue;
      const told = toldIn(op, answer.rawPayload.toString('utf8'), w);
      if (told.length || /Seitenbild|Rendition/.test(op.operationId)) erzaehlt.add(op.operationId);
      for (const mandantId of haeuser) {
        const recorded = await recordedIn(mandantId);
        for (const typ of told) if (typ === '?' ? !recorded.size : !recorded.has(w.objekte[typ]!)) fehlt.push(`${op.operationId} ${JSON.stringify(query)}: ${typ}${mandantId === w.mandantId ? '' : ', at home'}`);
      }
    }
  }
  return { fehlt, erzaehlt: [...erzaehlt] };
}

/** Everything of one kind, in the Verlauf, searchable, and prepared; in a protected class or not. */
async function newWelt(geschuetzt: boolean) {
  const b = await newBehoerde(), wort = `zwirnsfaden${randomUUID().slice(0, 8)}`;
  const akte = await b.akte({ betreff: `Akte ${wort}` }), vorgang = await vorgangIn(b.sb, akte.id, { betreff: `Vorgang ${wort}` });
  const andere = await b.akte({ betreff: 'Nebenan' });
  const inhaltId = await upload(http, b.sb, `Text ${wort}`, `${wort}.txt`);
  const dokument = await b.sb.call(schriftgut.createDokument, { body: { ...EINGANG, betreff: `Dokument ${wort}`, vorgangId: vorgang.id, formate: [{ inhaltId: inhaltId as never }] } });
  await b.sb.call(schriftgut.createVerweis, { body: { von: { typ: 'akte', id: andere.id }, zielId: akte.id } as never });
  const eingang = await b.sb.call(posteingang.createEingang, { body: { inhaltId: await upload(http, b.sb, `Brief ${wort}`, `${wort}-brief.txt`) as never, absender: `Notarin ${wort}` } });
  const objekte = { akte: akte.id, vorgang: vorgang.id, dokument: dokument.id, eingang: eingang.id } as Record<string, string>;
  const schutz = (await queryAs(superUrl, 'select schutz_id from schriftgut.akte where id = $1 union select schutz_id from posteingang.eingang where id = $2', [akte.id, eingang.id])).map((r) => (r as { schutz_id: string }).schutz_id);
  if (geschuetzt) await queryAs((name) => `${superUrl(name)}?options=${encodeURIComponent('-c session_replication_role=replica')}`, "update zugriff.schutzbereich set klasse = 'personal' where id = any($1)", [schutz]);
  const p = b.as('registratur', ['amt-10'], http);
  (p.ctx.akteur as { rechte: ReadonlySet<string> }).rechte = new Set(modules.flatMap((m) => Object.keys(m.rechte ?? {})));
  await database.write(b.system, async (tx) => { for (const schutzId of schutz) await grantFreigabe(tx, { schutzId, subjektArt: 'person', subjekt: p.id, stufe: 'verwalten' }); });
  for (const typ of ['akte', 'vorgang', 'dokument']) {
    await p.call(schriftgut.createMerkung, { params: { typ, id: objekte[typ] } as never });
    await p.call(schriftgut.createZuletztGesehen, { params: { typ, id: objekte[typ] } as never });
  }
  const gefunden = async () => (await p.call(suche.search, { query: { q: `text ${wort}` } as never })).eintraege.length;
  await expect.poll(gefunden, { timeout: 60_000, interval: 300 }).toBeGreaterThan(0);
  const [{ plan }] = await queryAs(superUrl, 'select id as plan from aktenplan.aktenplan where mandant_id = $1 limit 1', [b.mandantId]) as [{ plan: string }];
  const byPath: Record<string, string> = {
    akten: akte.id, vorgaenge: vorgang.id, dokumente: dokument.id, eingaenge: eingang.id, inhalte: inhaltId, schutz: akte.id,
    benutzer: b.sb.id, rollen: b.rolle('leser'), organisationseinheiten: b.oeId, schutzbereiche: schutz[0]!, aktenplaene: plan, aktenplaneinheiten: b.einheitId, mandanten: b.mandantId,
  };
  return { mandantId: b.mandantId, wort, objekte, byPath, person: p.id };
}

test('PR-03 every answer that tells of a protected object leaves a record that names it', async () => {
  const w = await newWelt(true);
  const { fehlt, erzaehlt } = await askAll(w.person, w, '', [w.mandantId]);
  expect(fehlt).toEqual([]);
  // it was asked: these tell, whatever else does
  expect(erzaehlt).toEqual(expect.arrayContaining(['listAkten', 'getAkte', 'getVorgang', 'getDokument', 'listDokumente', 'listVersionen', 'search', 'listEreignisse', 'downloadInhalt', 'getText', 'exportAkte', 'listMerkliste', 'listZuletztGesehen', 'listEingaenge']));
}, 240_000);

test('PR-03 of what is open no read is recorded, whatever is asked', async () => {
  const w = await newWelt(false);
  for (const op of reads) await ask(op, w.person, w, '', op.path.startsWith('/suche') ? { q: w.wort } : {});
  expect(await recordedIn(w.mandantId)).toEqual(new Set());
}, 240_000);

test('BE-03 PR-03 every answer to a guest leaves a record of what it tells of, at the owner and at home', async () => {
  const [eigner, empfaenger] = [await newEigner(), await newEmpfaenger()];
  await share(eigner, empfaenger);
  await expect.poll(async () => (await erhaltene(empfaenger.clerk)).length, { timeout: 60_000, interval: 300 }).toBe(1);
  const mandantId = eigner.mandant.mandantId, gast = bei(empfaenger.clerk, mandantId);
  await expect.poll(async () => (await gast(suche.search, { query: { q: 'Statik' } as never })).eintraege.length, { timeout: 60_000, interval: 300 }).toBeGreaterThan(0);
  const { aktuelleVersion } = await gast(schriftgut.getDokument, { params: { id: eigner.dokument.id } });
  const w: Welt = { mandantId, wort: 'Statik', objekte: { akte: eigner.akte.id, vorgang: eigner.vorgang.id, dokument: eigner.dokument.id }, byPath: { akten: eigner.akte.id, vorgaenge: eigner.vorgang.id, dokumente: eigner.dokument.id, inhalte: aktuelleVersion!.formate[0]!.inhaltId } };
  const { fehlt, erzaehlt } = await askAll(empfaenger.clerk.id, w, `/bei/${mandantId}`, [mandantId, empfaenger.mandant.mandantId]);
  expect(fehlt).toEqual([]);
  expect(erzaehlt).toEqual(expect.arrayContaining(['listAkten', 'getAkte', 'getVorgang', 'getDokument', 'search', 'listEreignisse']));
}, 240_000);
