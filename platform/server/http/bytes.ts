import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { AppError } from '../errors.ts';
import type { Download, Upload } from '../module.ts';

const NoFile = () => new AppError('allgemein.datei_fehlt', 422, 'Die Anfrage enthält keine Datei');

/** In the scope of upload routes no body is parsed: it stays a stream. */
export async function acceptStreams(scope: FastifyInstance) {
  scope.removeAllContentTypeParsers();
  await scope.register(multipart, { limits: { files: 1, fields: 20, fileSize: Infinity } });
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}

/** A name for people: the last part of whatever path came along, without control characters. */
export function cleanFileName(name: string): string {
  // oxlint-disable-next-line no-control-regex
  const last = name.normalize('NFC').split(/[\\/]/).at(-1)!.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim();
  return (last === '' || /^\.+$/.test(last) ? 'unbenannt' : last).slice(0, 255);
}

/** The byte stream of an upload: an octet-stream with the name in X-Dateiname (percent-encoded), or the first file of a form. */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (request.isMultipart()) {
    const part = await request.file();
    if (!part) throw NoFile();
    return { stream: part.file, dateiname: cleanFileName(part.filename ?? ''), mime: part.mimetype || 'application/octet-stream', groesse: undefined };
  }
  const { 'x-dateiname': given, 'content-type': mime = 'application/octet-stream', 'content-length': length } = request.headers;
  let name = '';
  try { name = decodeURIComponent(String(given ?? '')); } catch { name = String(given); }
  // Without a body Fastify parses nothing: an empty file is a file, and is refused or kept by whoever takes it.
  const stream = (request.body as Readable | undefined) ?? (request.raw as Readable);
  return { stream, dateiname: cleanFileName(name), mime, groesse: length === undefined ? undefined : Number(length) };
}

const encodeName = (name: string) => `${name.replace(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;

/** One range of a known size; 'all' for none or several, undefined for one outside. RFC 9110 14.1.2 */
export function parseRange(header: string | undefined, size: number): 'all' | { start: number; end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return 'all';
  const [start, end] = match[1] === '' ? [Math.max(0, size - Number(match[2])), size - 1] : [Number(match[1]), match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)];
  return start > end || start >= size ? undefined : { start, end };
}

/** Uploaded bytes never come back active: no sniffing, no script, no frame of ours. */
export async function sendDownload(request: FastifyRequest, reply: FastifyReply, file: Download) {
  reply.headers({
    'content-type': file.mime, 'content-disposition': `${file.disposition}; filename="${encodeName(file.dateiname)}`,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox", 'cross-origin-resource-policy': 'same-origin',
    'cache-control': file.cacheSekunden ? `private, max-age=${file.cacheSekunden}, immutable` : 'private, no-store',
    ...(file.etag && { etag: `"${file.etag}"` }),
  });
  if (file.etag && request.headers['if-none-match'] === `"${file.etag}"`) return reply.code(304).send();
  if (file.groesse === undefined) return reply.send(await file.stream());
  const range = parseRange(request.headers.range, file.groesse);
  reply.header('accept-ranges', 'bytes');
  if (!range) return reply.code(416).header('content-range', `bytes */${file.groesse}`).type('application/problem+json').send(JSON.stringify({ code: 'allgemein.bereich', status: 416, title: 'Bereich außerhalb der Datei', type: '/fehler/allgemein.bereich', instance: request.id }));
  if (range === 'all') return reply.header('content-length', file.groesse).send(await file.stream());
  return reply.code(206).headers({ 'content-range': `bytes ${range.start}-${range.end}/${file.groesse}`, 'content-length': range.end - range.start + 1 }).send(await file.stream(range));
}
