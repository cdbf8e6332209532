import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '#platform/server/migrate.ts';
import { root } from '../runtime.ts';
import { hasVerbund, parts, recreateDatabase, type DatabaseUrls } from './daten.ts';
import { say } from './say.ts';

export const EIGENES_KONTO = 'Anmelden: mit einem Konto dieses Verbunds. Noch keines da? npm run einrichten';

type Demo = { daten: string; env: Readonly<Record<string, string | undefined>>; urls: DatabaseUrls; signal: AbortSignal; /** The data folder is ours alone: a half-made demo may be thrown away. */ reset: boolean };

/** The demo Verbund, once. One that was interrupted half-way is begun anew: two marks beside the data tell. Answers how to log in. */
export async function prepareDemo({ daten, env, urls, signal, reset }: Demo): Promise<string> {
  const [begun, done] = ['demo.begonnen', 'demo.fertig'].map((name) => join(daten, name)) as [string, string];
  if (reset && existsSync(begun) && !existsSync(done)) {
    await recreateDatabase(daten);
    for (const name of ['inhalt', 'schluessel', 'teil']) await rm(join(parts(daten).ablage, name), { recursive: true, force: true });
  }
  await migrate({ ownerUrl: urls.DATABASE_URL_MIGRATION, workerUrl: urls.DATABASE_URL_WORKER });
  const { anmeldeHinweis } = await import('../demo/index.ts');
  if (existsSync(done)) return anmeldeHinweis;
  if (!existsSync(begun) && (await hasVerbund(urls))) return EIGENES_KONTO; // set up by hand, or restored: not ours to fill
  say('Der Demo-Verbund wird angelegt (einmalig) …');
  await writeFile(begun, '');
  // a process of its own: what it needs of memory is given back
  const child = spawn(process.execPath, [join(root, 'apps/server/main.ts'), 'demo'], { env, stdio: ['ignore', 'ignore', 'pipe'], signal });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => { output = (output + String(chunk)).slice(-4000); });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`Der Demo-Verbund lässt sich nicht anlegen:\n${output}`);
  await writeFile(done, new Date().toISOString());
  await rm(begun, { force: true });
  return anmeldeHinweis;
}
