import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { createJsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { inAllenHaeusern } from '../../haeuser-contract.ts';
import { NACHRANG_MASSENARBEIT, systemAkteur, type RequestContext } from '../context.ts';
import { AppError, Forbidden, NotAuthenticated, NotRecorded } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Io } from '../io.ts';
import type { Log } from '../log.ts';
import { createLeseprotokoll, saveGastaenderung } from '../lesezugriff.ts';
import { checkModules, type Module, type Reply, type Route } from '../module.ts';
import type { Messung } from '../messung/messung.ts';
import type { Spur } from '../messung/spuren.ts';
import type { Database, Gelesen, ReadTx } from '../tx.ts';
import { cookieName, isBackground, originOf, readBearer } from './caller.ts';
import { acceptStreams, readUpload, sendDownload } from './bytes.ts';
import { createHaeuser } from './haeuser.ts';
import { fingerprint, once } from './idempotency.ts';
import { OPENAPI_STYLE, renderOpenApi } from './openapi-page.ts';
import { Problem, problemBody, problemOf } from './problem.ts';
import { checkOrigin, securityHeaders } from './security.ts';
import { openSichten, takeSicht } from './sicht.ts';
import { FRISTEN, limitSlowBody, serverFristen, type Fristen } from './traege.ts';
import { failpoint } from '../stoerung.ts';
import { serveWeb } from './web.ts';

declare module 'fastify' { interface FastifyRequest { ctx: RequestContext; spur: Spur | undefined } interface FastifyContextConfig { upload?: boolean } }

export type Edge = {
  modules: readonly Module[];
  database: Database;
  io: Io;
  log: Log;
  /** The Mandant in which public operations run: the Verbund. */
  verbundId: string;
  authenticate(request: FastifyRequest): Promise<RequestContext | undefined>;
  /** Origin of our own pages behind a proxy; the request's own host otherwise. */
  publicOrigin?: string | undefined;
  /** Addresses or networks whose X-Forwarded-… is believed. */
  trustedProxies?: readonly string[];
  /** Folder of the built web. */
  dist?: string | undefined;
  messung?: Messung | undefined;
  /** How slow a client may be, see traege.ts. */
  fristen?: Fristen;
  /** Further routes outside the API: health, metrics. */
  extend?(app: FastifyInstance): Promise<void>;
};
export const API = '/api/v1';

const IfMatchMissing = () => new AppError('allgemein.if_match_fehlt', 428, 'Der Änderung fehlt die Angabe, von welchem Stand sie ausgeht (If-Match)');
const KeyMissing = () => new AppError('allgemein.idempotenz_fehlt', 400, 'Diese Anfrage braucht einen Idempotency-Key');

/** `"7"` → 7 */
function readIfMatch(header: string | undefined): number {
  if (header === undefined) throw IfMatchMissing();
  const version = Number(header.replace(/^(?:W\/)?"(.*)"$/, '$1'));
  if (!Number.isInteger(version)) throw new AppError('allgemein.anfrage_ungueltig', 400, 'If-Match ist keine Fassungsnummer');
  return version;
}

function replyOf(request: FastifyRequest, reply: FastifyReply): Reply {
  const secure = request.protocol === 'https';
  return { cookie: (name, value, options) => { reply.setCookie(cookieName(request, name), value, { ...options, path: '/', httpOnly: true, sameSite: 'lax', secure }); } };
}

/** Seconds: about as long as a standby takes to become the primary (docs/betrieb/skalierung.md). */
const RETRY_AFTER = 5;

export async function buildHttp(edge: Edge) {
  const { modules, database, io, log, verbundId, authenticate, messung, fristen = FRISTEN } = edge;
  checkModules(modules);
  const byConstraint = new Map(modules.flatMap((m) => m.errors ?? []).flatMap((e) => [...e.byConstraint]));
  const sichten = openSichten(modules, database);
  const wege = modules.flatMap((m) => m.anmeldewege ?? []);
  const findAufrufer = async (request: FastifyRequest) => {
    const token = wege.length ? readBearer(request.headers.authorization) : undefined;
    const weg = token === undefined ? undefined : wege.find((w) => token.startsWith(w.praefix));
    return weg ? weg.resolve(database, token!, { verbundId, korrelationId: request.id }) : authenticate(request);
  };
  const leseprotokoll = createLeseprotokoll(database);
  const answerOfHaeuser = createHaeuser({ modules, database, leseprotokoll, log });
  const app = Fastify({ rewriteUrl: takeSicht, genReqId: () => newId(), trustProxy: edge.trustedProxies?.length ? [...edge.trustedProxies] : false, exposeHeadRoutes: false, forceCloseConnections: true, bodyLimit: 2 ** 20, ...serverFristen(fristen) });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('ctx');
  app.decorateRequest('spur');
  await app.register(cookie);
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: 'Verbundakte', version: '1' }, components: { securitySchemes: { zugangstoken: { type: 'http', scheme: 'bearer' } } }, security: [{ zugangstoken: [] }] }, transform: createJsonSchemaTransform({ skipList: [] }) });

  app.addHook('onRequest', async ({ raw, routeOptions }) => limitSlowBody(raw, fristen.koerper, routeOptions.config.upload === true));
  app.addHook('onSend', async (request, reply) => {
    for (const [name, value] of Object.entries(securityHeaders)) if (!reply.hasHeader(name)) reply.header(name, value);
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    reply.header('x-korrelation', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { operationId } = (request.routeOptions.schema ?? {}) as { operationId?: string };
    if (operationId) messung?.anfrage(operationId, reply.statusCode, reply.elapsedTime);
    request.spur?.ende({ 'http.response.status_code': reply.statusCode, 'verbundakte.mandant': request.ctx?.mandantId }, reply.statusCode >= 500);
    log.info({ korrelation: request.id, mandant: request.ctx?.mandantId, methode: request.method, route: request.routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
  });
  const answerProblem = (problem: AppError, request: FastifyRequest, reply: FastifyReply) => {
    if (problem.status === 429 && typeof (problem.details as { sekunden?: number } | undefined)?.sekunden === 'number') reply.header('retry-after', (problem.details as { sekunden: number }).sekunden);
    if (problem.status === 503) reply.header('retry-after', RETRY_AFTER);
    return reply.code(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problemBody(problem, request.id));
  };
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, byConstraint);
    if (problem.status === 503 && problem !== error) log.warn({ korrelation: request.id, err: error }, 'database or store unavailable');
    if (problem.status === 500) log.error({ korrelation: request.id, mandant: request.ctx?.mandantId, err: error }, 'unexpected');
    return answerProblem(problem, request, reply);
  });
  app.setNotFoundHandler((request, reply) => answerProblem(new AppError('allgemein.nicht_gefunden', 404, 'Diese Adresse gibt es nicht'), request, reply));

  function addRoute(scope: FastifyInstance, tag: string, { operation: op, load, prepare, handle, record, send }: Route, answerOf?: (ctx: RequestContext, query: any) => Promise<object>) {
    const status = op.status ?? 200;
    const parts = { ...(op.params && { params: op.params }), ...(op.query && { querystring: op.query }), ...(op.body && !op.upload && { body: op.body }) };
    const writes = op.method !== 'GET';
    scope.route({
      method: op.method,
      url: API + op.path,
      config: { upload: op.upload === true },
      schema: { operationId: op.operationId, summary: op.summary, tags: [tag], ...parts, response: { ...(op.download ? {} : { [status]: op.returns }), '4xx': Problem } },
      // Who asks is known before the body is read; what they may do in general, before a transaction is opened.
      async onRequest(request) {
        request.spur = messung?.spuren?.beginne(op.operationId, { 'http.request.method': op.method, 'http.route': API + op.path, 'verbundakte.korrelation': request.id }, request.headers);
        checkOrigin(request, edge.publicOrigin);
        const ctx = op.access === 'oeffentlich'
          ? { mandantId: verbundId, verbundId, akteur: systemAkteur('oeffentlich'), weg: 'web' as const, korrelationId: request.id, ...originOf(request) }
          : await findAufrufer(request);
        if (!ctx) throw NotAuthenticated();
        const entered = await sichten.enter(request.raw, ctx, op);
        request.ctx = { ...entered, ...(isBackground(request.headers.priority) && { nachrang: NACHRANG_MASSENARBEIT }), ...(request.spur && { spur: request.spur }) };
      },
      async preHandler({ ctx }) {
        if (op.access === 'oeffentlich' || (op.access === 'angemeldet' && !ctx.nurRechte)) return;
        if (!ctx.akteur.rechte.has(op.access)) throw Forbidden(op.access);
      },
      async handler(request, reply) {
        const { ctx, params, query, body, headers } = request;
        if (answerOf) return reply.code(status).send(await answerOf(ctx, query));
        const key = writes ? (headers['idempotency-key'] as string | undefined) : undefined;
        if (op.idempotent === 'required' && key === undefined) throw KeyMissing();
        const input = { params, query, body: op.upload ? undefined : body, ...(op.ifMatch && { ifMatch: readIfMatch(headers['if-match']) }) };
        const upload = op.upload ? { upload: await readUpload(request) } : {};
        const gelesen = new Map<string, Gelesen>();
        const noting = <T>(tx: ReadTx, result: Promise<T>) => result.finally(() => { for (const [id, g] of tx.gelesen) if (gelesen.get(id)?.art !== 'gelesen') gelesen.set(id, g); });
        const loaded = load && await database.read(ctx, (tx) => noting(tx, load(tx, input)));
        const prepared = await prepare?.(io, ctx, { ...input, ...upload }, loaded);
        const work = (tx: any) => noting(tx, handle(tx, input, prepared));
        // Of an upload the content is the request; `prepare` has told its hash.
        const print = key === undefined ? '' : fingerprint([op.operationId, params, query, input.body, op.upload ? prepared?.sha256 : null]);
        const result = !writes ? await database.read(ctx, work)
          : await database.write(ctx, async (tx) => {
            const done = await (key === undefined ? work(tx) : once(tx, op.operationId, key, print, () => work(tx)));
            // A change of one's own house is in its history; what a guest does, both houses know as an access.
            if (ctx.akteur.art === 'gast') await saveGastaenderung(tx, op.operationId, [...gelesen.values()]);
            return done;
          });
        const unrecorded = (error: unknown) => { log.error({ korrelation: request.id, mandant: ctx.mandantId, err: error }, 'a read could not be recorded'); throw NotRecorded(); };
        if (record) await database.write(ctx, (tx) => record(tx, result, input)).catch(unrecorded);
        if (gelesen.size && !writes) await leseprotokoll(ctx, op, [...gelesen.values()]).catch(unrecorded);
        const answer = send ? await send(io, result, ctx, replyOf(request, reply)) : result;
        failpoint('antwort.vor_versand');
        if (op.download) return sendDownload(request, reply, answer);
        return reply.code(status).send(answer);
      },
    });
  }
  const routes = modules.flatMap((m) => (m.routes ?? []).map((r) => ({ tag: m.name, r })));
  for (const { tag, r } of routes) if (!r.operation.upload) addRoute(app, tag, r);
  for (const { tag, r } of routes) if (r.haeuser) addRoute(app, tag, { ...r, operation: inAllenHaeusern(r.operation) }, (ctx, query) => answerOfHaeuser(ctx, r, query));
  await app.register(async (scope) => {
    await acceptStreams(scope);
    for (const { tag, r } of routes) if (r.operation.upload) addRoute(scope, tag, r);
  });
  app.get(`${API}/openapi.json`, { schema: { hide: true } }, () => app.swagger());
  app.get(`${API}/`, { schema: { hide: true } }, (_request, reply) => reply.type('text/html; charset=utf-8').send(renderOpenApi(app.swagger() as never)));
  app.get(`${API}/schnittstelle.css`, { schema: { hide: true } }, (_request, reply) => reply.type('text/css; charset=utf-8').send(OPENAPI_STYLE));
  await edge.extend?.(app as unknown as FastifyInstance);
  if (edge.dist) await serveWeb(app as unknown as FastifyInstance, edge.dist);
  await app.ready();
  return app;
}
export type Http = Awaited<ReturnType<typeof buildHttp>>;
export const NoContent = z.object({}).describe('keine Angaben');
