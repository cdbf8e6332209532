import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { ConfigError } from '../config.ts';
import { Missing, NoSpace, type ObjectStore } from './object-store.ts';
import type { ByteRange } from './storage.ts';

/** Each part lies in memory once, so that it can be sent again; 10,000 of them are 80 GiB. */
const PART = 8 << 20;
const ABANDONED_AFTER = 24 * 3600_000;

/** s3://key:secret@host:port/bucket?region=…&tls=nein */
function parseUrl(given: string) {
  const url = new URL(given);
  const [bucket, ...prefix] = url.pathname.split('/').filter(Boolean);
  if (!bucket || !url.username || !url.password) throw new ConfigError('ABLAGE_URL: erwartet wird s3://zugang:geheimnis@rechner:port/behaelter');
  return {
    base: `${url.searchParams.get('tls') === 'nein' ? 'http' : 'https'}://${url.host}/${bucket}`,
    prefix: prefix.map((p) => `${p}/`).join(''),
    client: new AwsClient({ accessKeyId: decodeURIComponent(url.username), secretAccessKey: decodeURIComponent(url.password), service: 's3', region: url.searchParams.get('region') ?? 'us-east-1', retries: 4 }),
  };
}

const unescape = (text: string) => text.replace(/&(lt|gt|quot|apos|amp|#(\d+));/g, (_, name: string, code?: string) => (code ? String.fromCodePoint(Number(code)) : { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }[name]!));
/** Contents of an element of S3's flat answers. */
const all = (xml: string, name: string) => [...xml.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g'))].map((m) => m[1]!);
const one = (xml: string, name: string) => { const found = all(xml, name)[0]; return found === undefined ? undefined : unescape(found); };

/**
 * Objects in an S3 store. Only what every server of the kind has: PUT, multipart, ranges, list; neither conditional writing nor object lock.
 * An object becomes visible when its upload is completed, and its length is asked for afterwards: some servers answer before they know.
 */
export function openS3Store(given: string, { page = 1000 }: { page?: number } = {}): ObjectStore {
  const { base, prefix, client } = parseUrl(given);
  async function send(method: string, path: string, query: Record<string, string> = {}, { body, headers = {}, missing = false }: { body?: Uint8Array | string; headers?: Record<string, string>; missing?: boolean } = {}) {
    const search = new URLSearchParams(query).toString();
    const hash = createHash('sha256').update(body ?? '').digest('hex');
    const answer = await client.fetch(`${base}/${path}${search && `?${search}`}`, { method, headers: { ...headers, 'x-amz-content-sha256': hash }, ...(body !== undefined && { body: body as BodyInit }) });
    if (answer.ok || (missing && answer.status === 404)) return answer;
    const text = await answer.text();
    const code = one(text, 'Code') ?? '';
    if (answer.status === 507 || /Quota|InsufficientStorage|NoSpace/i.test(code)) throw NoSpace();
    throw new Error(`S3 ${method} ${path}: ${answer.status} ${code} ${(one(text, 'Message') ?? '').slice(0, 200)}`);
  }
  const drain = (answer: Response) => answer.arrayBuffer().then(() => undefined);

  async function requireLength(path: string, length: number) {
    const answer = await send('HEAD', path);
    if (Number(answer.headers.get('content-length')) !== length) throw new Error(`S3: ${path} has not the length that was written`);
  }

  async function writeParts(path: string, first: Buffer, rest: AsyncIterable<Buffer>) {
    const id = one(await (await send('POST', path, { uploads: '' })).text(), 'UploadId');
    if (!id) throw new Error('S3: no UploadId');
    try {
      const tags: string[] = [];
      let length = 0;
      const upload = async (body: Buffer) => {
        const answer = await send('PUT', path, { partNumber: String(tags.length + 1), uploadId: id }, { body });
        await drain(answer);
        tags.push(answer.headers.get('etag') ?? '');
        length += body.length;
      };
      await upload(first);
      for await (const part of rest) await upload(part);
      const list = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</ETag></Part>`).join('');
      // 200 may carry an error: the server begins its answer before it has put the parts together
      const text = await (await send('POST', path, { uploadId: id }, { body: `<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`, headers: { 'content-type': 'application/xml' } })).text();
      if (text.includes('<Error>')) throw new Error(`S3 complete: ${one(text, 'Code')}`);
      return length;
    } catch (error) {
      await send('DELETE', path, { uploadId: id }, { missing: true }).catch(() => {});
      throw error;
    }
  }

  async function* pages(query: Record<string, string>, next: (xml: string) => Record<string, string>) {
    for (let more: Record<string, string> | undefined = {}; more;) {
      const xml = await (await send('GET', '', { ...query, ...more })).text();
      yield xml;
      more = one(xml, 'IsTruncated') === 'true' ? next(xml) : undefined;
    }
  }

  return {
    async write(path, chunks) {
      const parts = partsOf(chunks);
      const { value: first = Buffer.alloc(0) } = await parts.next();
      const key = prefix + path;
      try {
        let length = first.length;
        if (first.length < PART) await drain(await send('PUT', key, {}, { body: first }));
        else length = await writeParts(key, first, parts);
        await requireLength(key, length);
      } catch (error) {
        await send('DELETE', key, {}, { missing: true }).catch(() => {});
        throw error;
      }
    },
    async *read(path, { start, end }: ByteRange) {
      const answer = await send('GET', prefix + path, {}, { headers: { range: `bytes=${start}-${end}` }, missing: true });
      if (answer.status === 404) { await drain(answer); throw Missing(path); }
      if (answer.status !== 206) throw new Error('S3: the server does not know ranges');
      yield* answer.body as unknown as AsyncIterable<Uint8Array>;
    },
    async stat(path) {
      const answer = await send('HEAD', prefix + path, {}, { missing: true });
      return answer.status === 404 ? undefined : { size: Number(answer.headers.get('content-length')), zeit: new Date(answer.headers.get('last-modified') ?? 0) };
    },
    async remove(path) {
      await drain(await send('DELETE', prefix + path, {}, { missing: true }));
    },
    async *list(under) {
      for await (const xml of pages({ 'list-type': '2', 'max-keys': String(page), prefix: prefix + under }, (page) => ({ 'continuation-token': one(page, 'NextContinuationToken') ?? '' }))) {
        for (const entry of all(xml, 'Contents')) yield { path: one(entry, 'Key')!.slice(prefix.length), size: Number(one(entry, 'Size')), zeit: new Date(one(entry, 'LastModified')!) };
      }
    },
    /** Uploads that were begun and never completed cost space and are invisible. */
    async sweep() {
      let swept = 0;
      const next = (page: string) => ({ 'key-marker': one(page, 'NextKeyMarker') ?? '', 'upload-id-marker': one(page, 'NextUploadIdMarker') ?? '' });
      for await (const xml of pages({ uploads: '', prefix }, next)) for (const upload of all(xml, 'Upload')) {
        if (Date.now() - Date.parse(one(upload, 'Initiated')!) < ABANDONED_AFTER) continue;
        await drain(await send('DELETE', one(upload, 'Key')!, { uploadId: one(upload, 'UploadId')! }, { missing: true }));
        swept++;
      }
      return swept;
    },
  };
}

/** Collects chunks into parts of the size that multipart wants; the first may be the only, shorter one. */
async function* partsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, undefined> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    length += chunk.length;
    if (length < PART) continue;
    const whole = Buffer.concat(waiting);
    yield whole.subarray(0, PART);
    waiting = [whole.subarray(PART)];
    length -= PART;
  }
  if (length) yield Buffer.concat(waiting);
  return undefined;
}
