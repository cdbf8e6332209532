import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { api } from '#modules/organisation/contract.ts';
import { createMessung } from '../server/messung/messung.ts';
import { openSpuren } from '../server/messung/spuren.ts';
import { openDatabase } from '../server/tx.ts';
import { buildHttp, API } from '../server/http/http.ts';
import { appUrl } from '../testing/database.ts';
import { authenticateTest, databaseName, io, log, modules, newMandant, verbundId } from '../testing/test.ts';

type Gesendet = { resourceSpans: { scopeSpans: { spans: { name: string; traceId: string; spanId: string; parentSpanId?: string; attributes: { key: string; value: { stringValue?: string } }[] }[] }[] }[] };

test('a request is followed to a collector: its operation, its transaction and its statements, in the trace of the caller, and nothing of what it is about', async () => {
  const empfangen: Gesendet[] = [];
  const sammler = createServer((request, response) => {
    const teile: Buffer[] = [];
    request.on('data', (teil: Buffer) => teile.push(teil)).on('end', () => { empfangen.push(JSON.parse(Buffer.concat(teile).toString())); response.end('{}'); });
  });
  sammler.listen(0, '127.0.0.1');
  await once(sammler, 'listening');
  const spuren = await openSpuren(`http://127.0.0.1:${(sammler.address() as { port: number }).port}/v1/traces`, { prozess: 'api', version: '0' });
  const messung = createMessung('api', { spuren, langsamAb: 0 });
  const database = openDatabase(appUrl(databaseName), { max: 2, modules, messung });
  const http = await buildHttp({ modules, database, io, log, verbundId, authenticate: authenticateTest, messung });
  const mandant = newMandant();
  const person = mandant.as('administration', ['amt-10'], http);
  await mandant.oe('amt-10');
  await person.call(api.listOrganisationseinheiten, { query: {} } as never);
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const answer = await http.inject({ method: 'POST', url: `${API}/organisationseinheiten`, headers: { authorization: person.id, traceparent: `00-${traceId}-00f067aa0ba902b7-01` }, payload: { kennzeichen: '77', bezeichnung: 'Kanarienvogelamt' } });
  expect(answer.statusCode).toBe(201);
  await http.close();
  await database.close();
  await spuren.close();
  sammler.close();

  const spans = empfangen.flatMap((e) => e.resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans)));
  const anfrage = spans.find((s) => s.name === 'createOrganisationseinheit')!;
  expect(anfrage).toMatchObject({ traceId, parentSpanId: '00f067aa0ba902b7' });
  const teile = spans.filter((s) => s.parentSpanId === anfrage.spanId);
  expect(teile.map((s) => s.name)).toEqual(expect.arrayContaining(['Transaktion write', 'Abfrage']));
  expect(teile.some((s) => s.attributes.some((a) => a.key === 'db.query.text' && a.value.stringValue?.includes('insert into "organisation"."organisationseinheit"')))).toBe(true);
  expect(JSON.stringify(empfangen)).not.toContain('Kanarienvogelamt');
  expect(JSON.stringify(messung.langsame.take())).not.toContain('Kanarienvogelamt');
  expect(await messung.registry.metrics()).toMatch(/verbundakte_anfrage_sekunden_count\{[^}]*operation="createOrganisationseinheit",antwort="2xx"[^}]*\} 1/);
});
