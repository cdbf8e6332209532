import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';
import { securityHeaders } from '#platform/server/http/security.ts';

const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.wasm': 'application/wasm', '.woff2': 'font/woff2', '.pdf': 'application/pdf', '.png': 'image/png', '.jpg': 'image/jpeg', '.txt': 'text/plain' };

/** The page of components, built as the product is and served under its security headers; `/datei/…` reads from `files`. */
export async function startMuster(files: string) {
  const dist = await mkdtemp(join(tmpdir(), 'va-muster-'));
  await build({ root: join(import.meta.dirname, 'muster'), configFile: join(import.meta.dirname, '../vite.config.ts'), publicDir: join(import.meta.dirname, '../apps/web/public'), logLevel: 'warn', build: { outDir: dist, emptyOutDir: true } });
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url!, 'http://x').pathname);
    const file = path.startsWith('/datei/') ? join(files, normalize(path.slice(6))) : join(dist, normalize(path));
    const info = await stat(file).catch(() => undefined);
    response.setHeaders(new Headers(Object.entries(securityHeaders)));
    if (!info?.isFile()) { response.writeHead(path.startsWith('/datei/') ? 404 : 200, { 'content-type': types['.html']! }).end(await readFile(join(dist, 'index.html'))); return; }
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const [start, end] = range ? [Number(range[1]), range[2] ? Number(range[2]) : info.size - 1] : [0, info.size - 1];
    response.writeHead(range ? 206 : 200, { 'content-type': types[extname(file).toLowerCase()] ?? 'application/octet-stream', 'accept-ranges': 'bytes', 'content-length': Math.max(0, end - start + 1), ...(range && { 'content-range': `bytes ${start}-${end}/${info.size}` }) });
    if (info.size === 0) response.end(); else createReadStream(file, { start, end }).pipe(response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: async () => { server.closeAllConnections(); server.close(); await rm(dist, { recursive: true }); } };
}
