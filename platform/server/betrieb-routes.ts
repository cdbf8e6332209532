import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Messung } from './messung/messung.ts';

export type Readiness = () => Promise<{ bereit: boolean; gruende: string[] }>;
export type BetriebOptions = {
  readiness: Readiness;
  messung: Messung;
  version: string;
  /** Lets other machines read /metrics; without it only this one. */
  metrikenToken?: string | undefined;
};

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const equal = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** /health says the process answers, /ready that it can work, /metrics how it does. None of them needs a login, none tells content. */
export function addBetriebRoutes(app: FastifyInstance, { readiness, messung, version, metrikenToken }: BetriebOptions) {
  const { registry } = messung;
  messung.stand('verbundakte_bereit', 'Ob der Prozess arbeiten kann, wie /ready es sagt', async () => Number((await readiness()).bereit));
  const schema = { hide: true } as object;
  app.get('/health', { schema }, async () => ({ status: 'ok', version }));
  app.get('/ready', { schema }, async (_request, reply) => {
    const { bereit, gruende } = await readiness();
    return reply.code(bereit ? 200 : 503).header('cache-control', 'no-store').send({ status: bereit ? 'bereit' : 'nicht bereit', gruende });
  });
  app.get('/metrics', { schema }, async (request, reply) => {
    const { authorization = '' } = request.headers;
    // The socket, not X-Forwarded-For: behind a proxy every caller would come from this machine, so a proxied request needs the token.
    const local = LOOPBACK.test(request.socket.remoteAddress ?? '') && !request.headers['x-forwarded-for'] && !request.headers.forwarded;
    if (!local && !(metrikenToken && equal(authorization, `Bearer ${metrikenToken}`))) return reply.code(404).send();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
