import { execFile } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { loadConfig, type Config } from '#platform/server/config.ts';
import { adoptCluster } from '#platform/server/embedded-postgres.ts';
import { openStore } from '#platform/server/storage/index.ts';
import type { ObjectStore } from '#platform/server/storage/object-store.ts';
import { readManifest, verifyFiles, writeFileFrom, type Manifest } from '../sicherung/dateien.ts';
import { DATABASE_NAME, openDatenbank, parts, prepareDaten, RESTORE_MARK, superuserUrl } from '../start/daten.ts';
import { acquireLock, describeHolder } from '../start/lock.ts';
import { Refusal, say } from '../start/say.ts';
import { DUMP } from './sicherung.ts';

const exec = promisify(execFile);
const KEYS = ['verbund.schluessel', 'datenbank.json'] as const;
const at = (iso: string) => new Date(iso).toLocaleString('de-DE', { dateStyle: 'medium', timeStyle: 'short' });

export async function run(args: readonly string[]) {
  const [source, ...rest] = args;
  if (!source || rest.length) throw new Refusal('Aufruf: npm run wiederherstellung -- QUELLE');
  const quelle = resolve(process.env.INIT_CWD ?? '.', source); // as typed, wherever npm was called
  const manifest = await readManifest(quelle);
  const config = loadConfig();
  if ((manifest.art === 'extern') !== (config.DATABASE_URL !== undefined)) {
    throw new Refusal(manifest.art === 'extern' ? 'Diese Sicherung stammt von einer eigenen Datenbank: DATABASE_URL und DATABASE_URL_SICHERUNG müssen gesetzt sein.' : 'Diese Sicherung stammt von der eingebetteten Datenbank: DATABASE_URL darf nicht gesetzt sein.');
  }
  say('Die Sicherung wird geprüft …');
  await verifyFiles(quelle, manifest);
  await (manifest.art === 'eingebettet' ? restoreEmbedded(quelle, manifest, config) : restoreExternal(quelle, manifest));
}

async function restoreContent(store: ObjectStore, quelle: string, manifest: Manifest) {
  for (const { pfad } of manifest.dateien.filter((d) => d.pfad.startsWith('ablage/'))) {
    await store.write(pfad.slice('ablage/'.length), createReadStream(join(quelle, pfad), { highWaterMark: 1 << 20 }));
  }
}

/** Into a folder that holds nothing yet; a restore that was interrupted is recognised and begun anew. */
async function restoreEmbedded(quelle: string, manifest: Manifest, config: Config) {
  // One made without keys: they have been kept elsewhere, and are laid beside it now. Asked for before anything is written.
  const fehlend = KEYS.filter((name) => !existsSync(join(quelle, 'schluessel', name)));
  if (fehlend.length) throw new Refusal(`Die Sicherung enthält keine Schlüssel. Legen Sie ${fehlend.join(' und ')} nach ${join(quelle, 'schluessel')} und beginnen Sie noch einmal.`);
  const target = resolve(config.DATEN);
  const there = await readdir(target).catch((): string[] => []);
  if (there.length && !there.includes(RESTORE_MARK)) throw new Refusal(`In ${target} liegen schon Daten. Einen neuen Ordner wählen: DATEN=… npm run wiederherstellung -- ${quelle}`);
  const daten = await prepareDaten(target);
  const lock = await acquireLock(daten);
  if ('heldBy' in lock) throw new Refusal(describeHolder(daten, lock.heldBy));
  try {
    const folder = parts(daten);
    await writeFile(join(daten, RESTORE_MARK), quelle);
    for (const path of [folder.postgres, folder.ablage, folder.schluessel]) await rm(path, { recursive: true, force: true });
    await prepareDaten(target);
    const fresh = `${folder.postgres}.neu`;
    await rm(fresh, { recursive: true, force: true });
    for (const ordner of manifest.ordner) await mkdir(join(fresh, ordner), { recursive: true, mode: 0o700 });
    for (const { pfad } of manifest.dateien) {
      if (pfad.startsWith('postgres/')) await writeFileFrom(createReadStream(join(quelle, pfad)), fresh, pfad.slice('postgres/'.length));
    }
    for (const name of KEYS) await writeFileFrom(createReadStream(join(quelle, 'schluessel', name)), daten, `schluessel/${name}`);
    await chmod(fresh, 0o700);
    await adoptCluster(fresh);
    await rename(fresh, folder.postgres);
    await restoreContent(openStore({ url: pathToFileURL(folder.ablage).href, schluesselDatei: folder.verbundSchluessel }), quelle, manifest);
    const server = await openDatenbank(daten); // replays the log that was written while the files were copied
    try { await report(await superuserUrl(daten, DATABASE_NAME), manifest); } finally { await server.stop(); }
    await rm(join(daten, RESTORE_MARK));
    say(`Starten: DATEN=${daten} npm start`);
  } finally { await lock.release(); }
}

async function restoreExternal(quelle: string, manifest: Manifest) {
  const config = loadConfig({ needs: ['DATABASE_URL_SICHERUNG', 'ABLAGE_URL', 'SCHLUESSEL_DATEI'] });
  const url = config.DATABASE_URL_SICHERUNG!;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const { rowCount } = await admin.query("select from pg_namespace where nspname = 'platform'").finally(() => admin.end());
  if (rowCount) throw new Refusal('In dieser Datenbank liegen schon Daten. Zurückgespielt wird in eine neue, leere: docs/betrieb/sicherung.md');
  await restoreKeys(quelle, manifest, config.SCHLUESSEL_DATEI!);
  const store = openStore({ url: config.ABLAGE_URL!, schluesselDatei: config.SCHLUESSEL_DATEI! });
  for await (const { path } of store.list('inhalt/')) throw new Refusal(`In der Ablage liegen schon Inhalte (${path}). Zurückgespielt wird in eine leere.`);
  await restoreContent(store, quelle, manifest);
  try { await exec('pg_restore', ['--exit-on-error', '--no-password', '--single-transaction', `--dbname=${url}`, join(quelle, DUMP)], { maxBuffer: 1 << 24 }); }
  catch (error) { throw new Refusal(`pg_restore ist gescheitert: ${((error as { stderr?: string }).stderr ?? (error as Error).message).replaceAll(url, '…')}`); }
  await report(url, manifest);
}

async function restoreKeys(quelle: string, manifest: Manifest, path: string) {
  const there = await readFile(path, 'utf8').catch(() => undefined);
  if (!manifest.mitSchluessel) {
    if (there === undefined) throw new Refusal(`Die Sicherung enthält keine Schlüssel, und ${path} fehlt.`);
    return;
  }
  const kept = await readFile(join(quelle, 'schluessel/verbund.schluessel'), 'utf8');
  if (there !== undefined && there !== kept) throw new Refusal(`${path} ist eine andere Schlüsseldatei als die der Sicherung. Sie wird nicht überschrieben.`);
  if (there === undefined) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, kept, { mode: 0o600, flag: 'wx' });
  }
}

/** Says what is there now, so that nobody has to believe it. */
async function report(url: string, manifest: Manifest) {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    const { rows: [row] } = await admin.query<{ mandanten: number; ereignisse: number; migrationen: number }>(`select (select count(*)::int from organisation.mandant) as mandanten,
      (select count(*)::int from platform.ereignis) as ereignisse, (select count(*)::int from public.migration) as migrationen`);
    if (row!.migrationen !== manifest.migrationen) throw new Error('Die zurückgespielte Datenbank hat einen anderen Stand als die Sicherung.');
    say(`Zurückgespielt: Sicherung vom ${at(manifest.zeit)}, ${row!.mandanten} Mandanten, ${row!.ereignisse} Ereignisse, ${manifest.dateien.filter((d) => d.pfad.startsWith('ablage/inhalt/')).length} Inhalte.`);
  } finally { await admin.end(); }
}
