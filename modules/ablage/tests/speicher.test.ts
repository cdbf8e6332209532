import { fork } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';

const MIB = 1024 ** 2;
/** The full profile takes minutes and 2 GiB of disk: VERBUNDAKTE_TEST_VOLL=1 */
const SIZE = process.env.VERBUNDAKTE_TEST_VOLL ? 2048 * MIB : 300 * MIB;

test(`L12: ${SIZE / MIB} MiB up and down cost no more memory than 2 MiB`, async ({ onTestFinished }) => {
  const child = fork(new URL('./prozesse/server.ts', import.meta.url).pathname, { execArgv: [] });
  onTestFinished(() => { child.kill(); });
  const ask = async () => { const answer = once(child, 'message'); child.send('highest'); return (((await answer)[0] as { highest: number }).highest) / MIB; };
  const [{ url, token }] = (await once(child, 'message')) as [{ url: string; token: string }];
  const block = randomBytes(MIB);

  async function roundTrip(size: number) {
    const [sent, received] = [createHash('sha256'), createHash('sha256')];
    const pieces = function* () { for (let i = 0; i < size / MIB; i++) { block.writeUInt32LE(i); const piece = Buffer.from(block); sent.update(piece); yield piece; } };
    const up = await fetch(`${url}/api/v1/inhalte`, {
      method: 'POST', duplex: 'half', body: Readable.toWeb(Readable.from(pieces())) as ReadableStream,
      headers: { authorization: token, 'idempotency-key': randomUUID(), 'content-type': 'application/octet-stream', 'x-dateiname': 'gross.bin' },
    } as RequestInit);
    const { id, groesse, sha256 } = (await up.json()) as { id: string; groesse: number; sha256: string };
    const down = await fetch(`${url}/api/v1/inhalte/${id}`, { headers: { authorization: token } });
    for await (const piece of down.body!) received.update(piece);
    const hash = sent.digest('hex');
    expect([groesse, sha256, received.digest('hex')]).toEqual([size, hash, hash]);
  }
  for (let i = 0; i < 30; i++) await roundTrip(2 * MIB);
  const small = await ask();
  const start = performance.now();
  await roundTrip(SIZE);
  const large = await ask();
  console.log(`RSS at most ${small.toFixed(0)} MiB with 2 MiB, ${large.toFixed(0)} MiB with ${SIZE / MIB} MiB; ${(2 * SIZE / MIB / (performance.now() - start) * 1000).toFixed(0)} MiB/s up and down`);
  expect(large - small).toBeLessThan(80);
}, 600_000);
