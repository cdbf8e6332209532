import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { loadConfig } from '#platform/server/config.ts';
import { loadKeys, type KeyFile } from '#platform/server/keys.ts';
import { openStore } from '#platform/server/storage/index.ts';
import type { ObjectStore } from '#platform/server/storage/object-store.ts';
import { embeddedUrls, parts } from '../start/daten.ts';
import { Refusal, say } from '../start/say.ts';
import { withEmbedded } from './eingebettet.ts';

/** What is backed up: a cluster, a store, the keys; and how to reach them. */
export type Quelle = { art: 'eingebettet' | 'extern'; url: string; admin: pg.Client; appUrl: string; store: ObjectStore; keys: KeyFile; schluesselDatei: string; datenbank: string; segment: number };

/** Advisory lock of a running backup. */
const LOCK = '4713, 1';

type Orte = { art: Quelle['art']; url: string; appUrl: string; ablage: string; schluesselDatei: string };
async function open({ art, url, appUrl, ablage, schluesselDatei }: Orte, work: (quelle: Quelle) => Promise<void>) {
  const admin = new pg.Client({ connectionString: url });
  admin.on('error', () => {}); // the next statement fails with it
  await admin.connect();
  try {
    const { rows: [lage] } = await admin.query<{ name: string; sieht: boolean; repliziert: boolean; standby: boolean; tablespaces: boolean; stufe: string; segment: number; datenbank: string; leer: boolean; halten: string; frei: boolean }>(`
      select r.rolname as name, rolsuper or (rolbypassrls and pg_has_role('pg_read_all_data', 'usage')) as sieht, rolsuper or rolreplication as repliziert, pg_is_in_recovery() as standby,
        exists (select from pg_tablespace where spcname not in ('pg_default', 'pg_global')) as tablespaces, current_setting('wal_level') as stufe, current_setting('max_slot_wal_keep_size') as halten,
        (select setting::int from pg_settings where name = 'wal_segment_size') as segment, current_database() as datenbank, to_regclass('betrieb.sicherung') is null as leer, pg_try_advisory_lock(${LOCK}) as frei
      from pg_roles r where rolname = current_user`);
    const refuse = (wenn: boolean, text: string) => { if (wenn) throw new Refusal(text); };
    const { name, sieht, repliziert, standby, tablespaces, stufe, segment, datenbank, leer, halten, frei } = lage!;
    refuse(!sieht, `DATABASE_URL_SICHERUNG: Die Rolle ${name} sieht nicht alle Mandanten (weder Superuser noch BYPASSRLS mit pg_read_all_data); die Sicherung wäre unvollständig.`);
    refuse(!repliziert, `DATABASE_URL_SICHERUNG: Die Rolle ${name} darf die Datenbank nicht kopieren. Einmal als Superuser: alter role ${name} replication`);
    refuse(standby, 'DATABASE_URL_SICHERUNG nennt einen Server, der selbst eine Kopie ist. Gesichert wird der Primärserver.');
    refuse(tablespaces, 'Die Datenbank hat Tablespaces; die Sicherung kann sie nicht mitnehmen.');
    refuse(stufe === 'minimal', 'In PostgreSQL steht wal_level = minimal. Gebraucht wird replica (die Vorgabe).');
    refuse(leer, 'Diese Datenbank ist leer oder nicht auf dem Stand dieses Programms: Es gibt nichts zu sichern. Sonst vorher: npm run migrate');
    refuse(!frei, 'Es läuft schon eine Sicherung dieser Datenbank.');
    if (halten === '-1') say('Hinweis: In PostgreSQL ist max_slot_wal_keep_size nicht begrenzt. Steht die Sicherung lange still, füllt das Schreibprotokoll die Platte der Datenbank. Empfohlen: 20GB (docs/betrieb/sicherung.md).');
    await work({ art, url, admin, appUrl, store: openStore({ url: ablage, schluesselDatei }), keys: await loadKeys(schluesselDatei, { create: false }), schluesselDatei, datenbank, segment });
  } finally { await admin.end().catch(() => {}); }
}

/** The embedded database of the data folder, running or not; or the one that DATABASE_URL names, as in production and for what `npm start` starts. */
export async function withQuelle(work: (quelle: Quelle) => Promise<void>): Promise<void> {
  const given = loadConfig();
  if (given.DATABASE_URL === undefined) {
    await withEmbedded(given.DATEN, async (admin, daten) => {
      const { ablage, verbundSchluessel } = parts(daten);
      const { user, password, host, port, database } = admin;
      const url = `postgres://${user}:${encodeURIComponent(String(password))}@${host}:${port}/${database}`;
      await open({ art: 'eingebettet', url, appUrl: (await embeddedUrls(daten)).DATABASE_URL, ablage: pathToFileURL(ablage).href, schluesselDatei: verbundSchluessel }, work);
    });
    return;
  }
  const config = loadConfig({ needs: ['DATABASE_URL_SICHERUNG', 'ABLAGE_URL', 'SCHLUESSEL_DATEI'] });
  const url = config.DATABASE_URL_SICHERUNG!;
  await open({ art: await isEmbedded(url, config.DATEN) ? 'eingebettet' : 'extern', url, appUrl: config.DATABASE_URL!, ablage: config.ABLAGE_URL!, schluesselDatei: config.SCHLUESSEL_DATEI! }, work);
}

async function isEmbedded(url: string, daten: string) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ ordner: string | null }>("select setting as ordner from pg_settings where name = 'data_directory'"); // hidden from whoever is no superuser
    return rows[0]?.ordner === parts(await realpath(resolve(daten)).catch(() => resolve(daten))).postgres;
  } finally { await client.end(); }
}
