import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The built web: files with a hash in their name for ever, the page itself never from a cache; every other path of a page is the page. */
export async function addWeb(app: FastifyInstance, folder: string) {
  const rootFolder = resolve(folder);
  if (!existsSync(join(rootFolder, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root: rootFolder, wildcard: false, index: 'index.html', schemaHide: true,
    setHeaders: (reply, path) => { reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'); },
  });
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && !request.url.startsWith('/api/') && !request.url.startsWith('/assets/') && (request.headers.accept ?? '').includes('text/html');
    if (wantsPage) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    return reply.code(404).type('application/problem+json').serializer(JSON.stringify)
      .send({ type: '/fehler/allgemein.nicht_gefunden', title: 'Adresse nicht gefunden', status: 404, code: 'allgemein.nicht_gefunden', instance: request.id });
  });
}
