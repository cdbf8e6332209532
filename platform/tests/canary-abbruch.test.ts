/**
 * Twenty Mandanten share two connections of the database, and people leave in the middle of their requests: whatever state a connection is left in,
 * no answer holds a word of another Mandant.
 */
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { newBehoerde } from '#modules/schriftgut/tests/hilfe.ts';
import { API, buildHttp } from '../server/http/http.ts';
import { openDatabase } from '../server/tx.ts';
import { appUrl, ownerUrl, pooler } from '../testing/database.ts';
import { authenticateTest, databaseName, io, log, modules, queryAs, verbundId } from '../testing/test.ts';

const zwei = openDatabase(appUrl(databaseName), { max: 2, modules, named: !pooler });
const http = await buildHttp({ modules, database: zwei, io, log, verbundId, authenticate: authenticateTest });
const port = Number(new URL(await http.listen({ port: 0, host: '127.0.0.1' })).port);
afterAll(async () => { await http.close(); await zwei.close(); });

type Frage = { token: string; method?: string; path: string; body?: string; nach?: number };
/** The answer, head and body; undefined for whoever left before it was there. */
function ask({ token, method = 'GET', path, body, nach }: Frage): Promise<string | undefined> {
  return new Promise((resolve) => {
    const r = request({ port, path: API + path, method, agent: false, headers: { authorization: token, ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID(), 'content-length': Buffer.byteLength(body) }) } }, (answer) => {
      let text = JSON.stringify([answer.statusCode, answer.headers]);
      answer.setEncoding('utf8').on('data', (d: string) => { text += d; }).on('error', () => {}).on('close', () => resolve(answer.complete ? text : undefined));
    });
    r.on('error', () => resolve(undefined));
    r.end(body);
    if (nach !== undefined) setTimeout(() => { r.destroy(); resolve(undefined); }, nach);
  });
}

test('BE-02 canary: 20 Mandanten over 2 connections, with aborted requests in between', { timeout: 120_000 }, async () => {
  const haeuser = await Promise.all(Array.from({ length: 20 }, async () => {
    const wort = `kanarie${randomUUID().replace(/\W/g, '').slice(0, 10)}`;
    const b = await newBehoerde();
    return { ...b, wort, akteId: (await b.akte({ betreff: `Akte ${wort}`, bemerkung: wort })).id, token: b.sb.id };
  }));
  const fragen = haeuser.flatMap(({ token, wort, akteId, einheitId, oeId }, i): Frage[] => {
    const fremd = haeuser[(i + 7) % haeuser.length]!;
    const neu = (betreff: string) => JSON.stringify({ aktenplaneinheitId: einheitId, betreff, federfuehrungId: oeId });
    return [
      { token, path: '/akten?limit=100' }, { token, path: `/akten/${akteId}` }, { token, path: `/suche?q=${wort}` }, { token, path: '/ich' },
      { token, path: `/akten/${fremd.akteId}` }, { token, path: `/suche?q=kanarie` }, { token, method: 'POST', path: '/akten', body: neu(`Neu ${wort}`) },
      { token, path: '/akten?limit=100', nach: i % 9 }, { token, path: `/suche?q=${wort}`, nach: (i * 3) % 13 }, { token, method: 'POST', path: '/akten', body: neu(`Weg ${wort}`), nach: (i * 5) % 17 },
    ];
  });
  // each kind of each Mandant beside those of the others, always the same order
  const reihe = fragen.map((f, i) => ({ f, i: (i * 37) % fragen.length, wort: haeuser[Math.floor(i / 10)]!.wort })).toSorted((a, b) => a.i - b.i);
  const antworten = await Promise.all(reihe.map(async ({ f, wort }) => ({ f, wort, text: await ask(f) })));

  const worte = haeuser.map((h) => h.wort);
  expect(antworten.filter(({ wort, text }) => text !== undefined && worte.some((w) => w !== wort && text.includes(w))).map(({ f }) => f.path)).toEqual([]);
  const da = antworten.filter(({ f, text }) => f.nach === undefined && text !== undefined);
  expect(da).toHaveLength(140);
  expect(da.filter(({ text }) => text!.startsWith('[5')).map(({ text }) => text)).toEqual([]);
  expect(da.filter(({ f, wort, text }) => f.path.startsWith('/akten?') && !text!.includes(wort))).toEqual([]);
  expect(da.filter(({ f, text }) => haeuser.some((h) => f.path === `/akten/${h.akteId}` && f.token !== h.token) && !text!.startsWith('[404'))).toEqual([]);
  expect(antworten.filter(({ text }) => text === undefined).length).toBeGreaterThan(5);
  // what was sent whole is done whole or not at all, and only where it belongs
  for (const { mandantId, wort } of haeuser) {
    const rows = await queryAs((name) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${mandantId}`)}`, 'select betreff from schriftgut.akte') as { betreff: string }[];
    expect(rows.filter(({ betreff }) => !betreff.endsWith(wort))).toEqual([]);
  }
  await expect.poll(() => queryAs(ownerUrl, `select count(*)::int as n from pg_stat_activity where datname = '${databaseName}' and state like 'idle in transaction%'`)).toEqual([{ n: 0 }]);
  await Promise.all([1, 2].map(() => zwei.read(haeuser[0]!.system, async () => {})));
});
