import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { loadConfig, type Config } from '#platform/server/config.ts';
import { openStore } from '#platform/server/storage/index.ts';
import { version } from '../runtime.ts';
import { copyFile, prepareZiel, writeFileFrom, writeManifest, type Datei, type Manifest } from '../sicherung/dateien.ts';
import { withEmbedded } from '../sicherung/eingebettet.ts';
import { beginInhalte } from '../sicherung/inhalte.ts';
import { copyCluster } from '../sicherung/postgres-kopie.ts';
import { holdSicherung } from '../sicherung/sperre.ts';
import { parts } from '../start/daten.ts';
import { Refusal, say } from '../start/say.ts';

const exec = promisify(execFile);
export const DUMP = 'datenbank.dump';

export async function run(args: readonly string[]) {
  const ohne = args.includes('--ohne-schluessel');
  const [target, ...rest] = args.filter((a) => a !== '--ohne-schluessel');
  if (!target || rest.length) throw new Refusal('Aufruf: npm run sicherung -- ZIEL [--ohne-schluessel]');
  const ziel = resolve(process.env.INIT_CWD ?? '.', target); // as typed, wherever npm was called
  const config = loadConfig();
  await prepareZiel(ziel);
  const manifest = config.DATABASE_URL ? await backUpExternal(config, ziel, !ohne) : await backUpEmbedded(config, ziel, !ohne);
  await writeManifest(ziel, manifest);
  await exec('sync', ['-f', ziel]).catch(() => {}); // names of files and folders as well; every file is synced already
  const bytes = manifest.dateien.reduce((sum, d) => sum + d.groesse, 0);
  say(`Sicherung in ${ziel}: ${manifest.dateien.length} Dateien, ${(bytes / 1e6).toLocaleString('de-DE', { maximumFractionDigits: 1 })} MB.`);
  say(ohne ? 'Ohne Schlüssel: Sie brauchen zum Zurückspielen auch die Schlüsseldatei.' : 'Sie enthält die Schlüssel: Wer sie hat, kann alles lesen. Mit --ohne-schluessel bleiben sie draußen.');
}

/** What is the same for both kinds: the lock, the lists of content before and after the database. */
async function backUp(admin: pg.Client, ziel: string, ablage: { url: string; schluesselDatei: string }, copyDatabase: () => Promise<{ dateien: Datei[]; ordner: string[] }>, keys: readonly { from: string; name: string }[]) {
  await holdSicherung(admin);
  const inhalte = await beginInhalte(openStore(ablage));
  const { rows: [there] } = await admin.query<{ da: boolean }>("select to_regclass('public.migration') is not null as da");
  if (!there!.da) throw new Refusal('Diese Datenbank ist noch leer: Es gibt nichts zu sichern.');
  const { rows: [facts] } = await admin.query<{ postgres: string; migrationen: number }>("select current_setting('server_version') as postgres, (select count(*)::int from public.migration) as migrationen");
  const database = await copyDatabase();
  const dateien = [...database.dateien, ...(await inhalte.copy(ziel))];
  for (const { from, name } of keys) {
    const kept = await copyFile(from, ziel, `schluessel/${name}`);
    if (!kept) throw new Refusal(`Die Schlüsseldatei ${from} fehlt.`);
    dateien.push(kept);
  }
  return { ...facts!, format: 1 as const, zeit: new Date().toISOString(), version, mitSchluessel: keys.length > 0, dateien, ordner: database.ordner };
}

const backUpEmbedded = (config: Config, ziel: string, mitSchluessel: boolean): Promise<Manifest> => withEmbedded(config.DATEN, async (admin, daten) => {
  const folder = parts(daten);
  const ablage = { url: pathToFileURL(folder.ablage).href, schluesselDatei: folder.verbundSchluessel };
  // The passwords belong to the cluster and are useless without it; they go along with the keys or stay behind with them.
  const keys = mitSchluessel ? [{ from: folder.verbundSchluessel, name: 'verbund.schluessel' }, { from: `${folder.schluessel}/datenbank.json`, name: 'datenbank.json' }] : [];
  return { art: 'eingebettet', ...(await backUp(admin, ziel, ablage, () => copyCluster(admin, folder.postgres, ziel), keys)) };
});

async function backUpExternal(given: Config, ziel: string, mitSchluessel: boolean): Promise<Manifest> {
  const config = loadConfig({ needs: ['DATABASE_URL_SICHERUNG', 'ABLAGE_URL', 'SCHLUESSEL_DATEI'] });
  const url = config.DATABASE_URL_SICHERUNG!;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    const { rows: [role] } = await admin.query<{ alles: boolean; name: string }>('select rolsuper or rolbypassrls as alles, rolname as name from pg_roles where rolname = current_user');
    if (!role!.alles) throw new Refusal(`DATABASE_URL_SICHERUNG: Die Rolle ${role!.name} sieht nicht alle Mandanten (weder Superuser noch BYPASSRLS); die Sicherung wäre leer.`);
    const copyDatabase = async () => {
      const path = `${ziel}/${DUMP}.roh`;
      try { await exec('pg_dump', ['--format=custom', '--no-password', `--file=${path}`, url], { maxBuffer: 1 << 24 }); }
      catch (error) { throw new Refusal(`pg_dump ist gescheitert (Paket postgresql-client, nicht älter als der Server): ${((error as { stderr?: string }).stderr ?? (error as Error).message).replaceAll(url, '…')}`); }
      const datei = await writeFileFrom(createReadStream(path), ziel, DUMP);
      await rm(path);
      return { dateien: [datei], ordner: [] };
    };
    const keys = mitSchluessel ? [{ from: given.SCHLUESSEL_DATEI!, name: 'verbund.schluessel' }] : [];
    return { art: 'extern', ...(await backUp(admin, ziel, { url: config.ABLAGE_URL!, schluesselDatei: config.SCHLUESSEL_DATEI! }, copyDatabase, keys)) };
  } finally { await admin.end(); }
}
