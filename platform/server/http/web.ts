import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Serves the built web. Addresses of the web are its own: whatever is neither a file nor below /api gets the page. */
export async function serveWeb(app: FastifyInstance, dist: string) {
  const page = await readFile(join(dist, 'index.html'));
  await app.register(fastifyStatic, {
    root: join(dist, 'assets'), prefix: '/assets/', decorateReply: false, index: false, immutable: true, maxAge: '365d', // names carry a hash
  });
  app.get('/*', async (_request, reply) => reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page));
}
