import { execFile } from 'node:child_process';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { failpoints } from '../server/stoerung.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const start = (env: Record<string, string>) => run(process.execPath, ['-e', `const { failpoint } = await import(${JSON.stringify(join(root, 'platform/server/stoerung.ts'))}); failpoint('dokument.geschrieben'); failpoint('dokument.geschrieben'); console.log('weiter')`],
  { env: { PATH: process.env.PATH!, ...env } });
const stoerfall = { DATABASE_URL: 'postgres://va_app:x@127.0.0.1:1/stoerfall' };

test('nothing lost: each named step stands in the program exactly once, and none that is not named', async () => {
  const used: string[] = [];
  for await (const file of glob('{platform,modules,apps}/**/*.ts', { cwd: root, exclude: (name) => name === 'tests' || name.endsWith('/tests') })) {
    const text = await readFile(join(root, file), 'utf8');
    for (const [, name] of text.matchAll(/\bfailpoint\('([^']+)'\)/g)) used.push(name!);
    if (file.endsWith('storage/file-store.ts')) for (const [, step] of text.matchAll(/await onStep\('(\w+)'\)/g)) used.push(`ablage.${step}`);
  }
  expect(used.toSorted()).toEqual(Object.keys(failpoints).toSorted());
});

test('a process is told to fail against the database of the faults only', async () => {
  await expect(start({})).resolves.toMatchObject({ stdout: 'weiter\n' });
  for (const DATABASE_URL of ['', 'postgres://va_app:x@127.0.0.1:1/verbundakte']) {
    await expect(start({ DATABASE_URL, VERBUNDAKTE_STOERUNG: 'dokument.geschrieben=kill' })).rejects.toMatchObject({ stderr: expect.stringContaining('gilt nur für npm run stoerfall') });
  }
  await expect(start({ ...stoerfall, VERBUNDAKTE_STOERUNG: 'gibt.es.nicht=kill' })).rejects.toMatchObject({ stderr: expect.stringContaining('nennt keinen Schritt') });
});

test('a step kills the process the time it was told to, fails, or stands still', async () => {
  await expect(start({ ...stoerfall, VERBUNDAKTE_STOERUNG: 'dokument.geschrieben=kill@2' })).rejects.toMatchObject({ signal: 'SIGKILL', stdout: '' });
  await expect(start({ ...stoerfall, VERBUNDAKTE_STOERUNG: 'dokument.geschrieben=kill@3' })).resolves.toMatchObject({ stdout: 'weiter\n' });
  await expect(start({ ...stoerfall, VERBUNDAKTE_STOERUNG: 'dokument.geschrieben=fehler:EIO' })).rejects.toMatchObject({ stderr: expect.stringContaining('EIO: dokument.geschrieben') });
  await expect(start({ ...stoerfall, VERBUNDAKTE_STOERUNG: 'dokument.geschrieben=warte:1' })).resolves.toMatchObject({ stdout: 'weiter\n' });
});
