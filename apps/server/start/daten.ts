import { chmod, link, mkdir, open, readFile, realpath, rm, stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { newPassword, startEmbeddedPostgres, type EmbeddedPostgres } from '#platform/server/embedded-postgres.ts';
import { databaseRoles, rolesSql } from '#platform/server/roles.ts';

export const DATABASE_NAME = 'verbundakte';

/** Stands in a data folder while a backup is being restored into it. */
export const RESTORE_MARK = 'wiederherstellung.begonnen';

/** The parts of a data folder. */
export const parts = (daten: string) => ({
  postgres: join(daten, 'postgres'), ablage: join(daten, 'ablage'), logs: join(daten, 'logs'), eingang: join(daten, 'eingang'), schluessel: join(daten, 'schluessel'),
  verbundSchluessel: join(daten, 'schluessel', 'verbund.schluessel'),
});

/** Makes the folder with its parts, and returns its one true path. */
export async function prepareDaten(folder: string): Promise<string> {
  const isRoot = process.getuid?.() === 0;
  await mkdir(folder, { recursive: true, mode: isRoot ? 0o711 : 0o700 });
  const daten = await realpath(folder);
  const { uid } = await stat(daten);
  if (process.getuid && !isRoot && uid !== process.getuid()) throw new Error(`Der Ordner ${daten} gehört einem anderen Benutzer.`);
  // As root the database runs as a user of its own, and must be able to pass, not to read.
  if (isRoot) await chmod(daten, 0o711);
  for (const name of ['ablage', 'logs', 'eingang', 'schluessel'] as const) await mkdir(parts(daten)[name], { recursive: true, mode: 0o700 });
  return daten;
}

/** A file that comes to be whole or not at all, once. */
export async function readOrCreate(path: string, make: () => string | Buffer): Promise<Buffer> {
  const existing = await readFile(path).catch((error: { code?: string }) => { if (error.code === 'ENOENT') return undefined; throw error; });
  if (existing) return existing;
  const fresh = `${path}.${process.pid}.neu`;
  const file = await open(fresh, 'w', 0o600);
  try { await file.writeFile(make()); await file.sync(); } finally { await file.close(); }
  await link(fresh, path).catch((error: { code?: string }) => { if (error.code !== 'EEXIST') throw error; });
  await rm(fresh, { force: true });
  return readFile(path);
}

type Passwords = Record<string, string>;
export async function readPasswords(daten: string): Promise<Passwords> {
  const make = () => JSON.stringify(Object.fromEntries(['postgres', ...databaseRoles].map((role) => [role, newPassword()])), null, 2);
  return JSON.parse(String(await readOrCreate(join(parts(daten).schluessel, 'datenbank.json'), make))) as Passwords;
}

export type DatabaseUrls = { DATABASE_URL: string; DATABASE_URL_WORKER: string; DATABASE_URL_MIGRATION: string };
export type RunningDatabase = EmbeddedPostgres & { readonly urls: DatabaseUrls };

const CREATE = `create database ${DATABASE_NAME} owner va_owner`;
async function asSuperuser(connectionString: string, work: (admin: pg.Client) => Promise<void>) {
  const admin = new pg.Client({ connectionString });
  await admin.connect();
  try { await work(admin); } finally { await admin.end(); }
}
/** Port of the server that runs on a data folder, from its own lock file. */
export async function runningPort(daten: string): Promise<number | undefined> {
  const line = (await readFile(join(parts(daten).postgres, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[3];
  return line ? Number(line) : undefined;
}
export async function superuserUrl(daten: string, database = 'postgres') {
  const [passwords, port] = [await readPasswords(daten), await runningPort(daten)];
  return `postgres://postgres:${encodeURIComponent(passwords.postgres ?? '')}@127.0.0.1:${port}/${database}`;
}
/** Addresses of the database that runs on a data folder. */
export async function embeddedUrls(daten: string): Promise<DatabaseUrls> {
  const [passwords, port] = [await readPasswords(daten), await runningPort(daten)];
  const url = (role: string) => `postgres://${role}:${encodeURIComponent(passwords[role] ?? '')}@127.0.0.1:${port}/${DATABASE_NAME}`;
  return { DATABASE_URL: url('va_app'), DATABASE_URL_WORKER: url('va_worker'), DATABASE_URL_MIGRATION: url('va_owner') };
}
/** Whether somebody has set this database up. */
export async function hasVerbund({ DATABASE_URL_MIGRATION }: DatabaseUrls) {
  const client = new pg.Client({ connectionString: DATABASE_URL_MIGRATION });
  await client.connect();
  try { return (await client.query('select from organisation.list_mandanten() limit 1')).rowCount === 1; } finally { await client.end(); }
}
/** Throws the database away and makes an empty one. */
export async function recreateDatabase(daten: string) {
  await asSuperuser(await superuserUrl(daten), async (admin) => {
    await admin.query(`drop database if exists ${DATABASE_NAME} with (force)`);
    await admin.query(CREATE);
  });
}

/**
 * What PostgreSQL may keep of its files: a quarter of the memory, 2 GB at most, taken only as it is filled. With less than the search reads, every page comes out
 * of the system's cache anew (1.2 million entries, a frequent word: 200 instead of 100 ms).
 */
function speicher() {
  const mib = Math.floor(totalmem() / 2 ** 20);
  return { shared_buffers: `${Math.max(128, Math.min(2048, Math.floor(mib / 4)))}MB`, effective_cache_size: `${Math.max(256, Math.floor(mib / 2))}MB` };
}

/** The embedded PostgreSQL of a data folder, with roles and the database in it. */
export async function openDatenbank(daten: string, port?: number): Promise<RunningDatabase> {
  const passwords = await readPasswords(daten);
  const { postgres, logs } = parts(daten);
  const server = await startEmbeddedPostgres({
    dataDir: postgres, passwordOf: (role) => passwords[role] ?? '', logFile: join(logs, 'postgres.log'), ...(port !== undefined && { port }),
    settings: { ...speicher(), log_min_messages: 'warning', log_checkpoints: 'off', max_slot_wal_keep_size: '16GB' }, // what a backup that stands still may keep us from forgetting
  });
  try {
    await asSuperuser(server.url('postgres'), async (admin) => {
      await admin.query(rolesSql((role) => passwords[role]));
      const { rowCount } = await admin.query('select from pg_database where datname = $1', [DATABASE_NAME]);
      if (!rowCount) await admin.query(CREATE);
    });
  } catch (error) { await server.stop('immediate'); throw error; }
  const url = (role: string) => server.url(role, DATABASE_NAME);
  return { ...server, urls: { DATABASE_URL: url('va_app'), DATABASE_URL_WORKER: url('va_worker'), DATABASE_URL_MIGRATION: url('va_owner') } };
}
