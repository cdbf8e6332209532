/** Naive floors: a bare Fastify that takes 200 KiB (L1) or a row (L5) and keeps them durably, without encryption, rights, versions and history. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import Fastify from 'fastify';
import type pg from 'pg';

/** One request, octet-stream: hashed while it is written, file and folder synced; then row, text index and audit entry in one transaction. */
export async function startRoh(pool: pg.Pool, ordner: string): Promise<{ port: number; close(): Promise<void> }> {
  await mkdir(ordner, { recursive: true });
  const app = Fastify({ bodyLimit: 2 ** 30 });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => { done(null, payload); });
  app.addContentTypeParser('application/json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
  app.post('/', async (request) => {
    const id = randomUUID();
    const hash = createHash('sha256');
    let groesse = 0;
    const file = await open(join(ordner, id), 'w');
    for await (const piece of request.body as Readable) {
      hash.update(piece as Buffer);
      groesse += (piece as Buffer).length;
      await file.write(piece as Buffer);
    }
    await file.sync();
    await file.close();
    const folder = await open(ordner, 'r');
    await folder.sync();
    await folder.close();
    return keep(pool, id, 'Brief an das Amt', hash.digest('hex'), groesse);
  });
  app.post('/zeile', async (request) => keep(pool, randomUUID(), (request.body as { betreff: string }).betreff, '', 0));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { port: (app.server.address() as { port: number }).port, close: () => app.close() };
}
/** Row and audit entry in one transaction. */
async function keep(pool: pg.Pool, id: string, betreff: string, sha256: string, groesse: number) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query("insert into bench.dokument values ($1, $2, $3, $4, to_tsvector('german', $2)) /* on purpose without Mandant */", [id, betreff, sha256, groesse]);
    await client.query('insert into bench.audit (was) values ($1) /* on purpose without Mandant */', [JSON.stringify({ id })]);
    await client.query('commit');
  } finally { client.release(); }
  return { id };
}
