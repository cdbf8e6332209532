import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The built web: files with a hash in their name for ever, the page itself never from a cache; every other address of a page is the page. */
export async function serveWeb(app: FastifyInstance, dist: string) {
  const root = resolve(dist);
  if (!existsSync(join(root, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root, wildcard: false, index: false, schemaHide: true, preCompressed: true,
    setHeaders: (reply, path) => { reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'); },
  });
  app.get('/*', { schema: { hide: true } as object }, (request, reply) => {
    const wantsPage = !request.url.startsWith('/api/') && !request.url.startsWith('/assets/') && (request.headers.accept ?? '').includes('text/html');
    return wantsPage ? reply.header('cache-control', 'no-cache').sendFile('index.html') : reply.callNotFound();
  });
}
