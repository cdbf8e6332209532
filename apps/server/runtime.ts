import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createAuthenticate, findVerbundId, listMandantIds } from '#modules/organisation/server/index.ts';
import { setScanner } from '#platform/server/clamd.ts';
import { isPooled } from '#platform/server/connection.ts';
import { ConfigError, type Config } from '#platform/server/config.ts';
import { createGeheimnis } from '#platform/server/geheimnis.ts';
import type { Io } from '#platform/server/io.ts';
import { createLog } from '#platform/server/log.ts';
import { createMailer } from '#platform/server/mail.ts';
import { createSiegel } from '#platform/server/siegel.ts';
import { openConfiguredStorage } from '#platform/server/storage/index.ts';
import { openDatabase } from '#platform/server/tx.ts';
import { createMessung } from '#platform/server/messung/messung.ts';
import { openSpuren } from '#platform/server/messung/spuren.ts';
import { version } from '#platform/server/version.ts';
import { setZeitzone } from '#platform/server/zeit.ts';
import { observe } from './beobachtung.ts';
import { createLoeschprobe } from './sicherung/meldung.ts';
import { loadModules } from './load-modules.ts';

export const root = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
export { version } from '#platform/server/version.ts';

/** A role that owns tables or bypasses row level security would see every Mandant: such a connection is refused. */
export async function refuseMightyRole(connectionString: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows: [role] } = await client.query<{ name: string; maechtig: boolean; eigentuemer: boolean }>(`
      select r.rolname as name, r.rolsuper or r.rolbypassrls as maechtig,
        exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relowner = r.oid and n.nspname not like 'pg\\_%')
          or exists (select from pg_auth_members m join pg_roles o on o.oid = m.roleid
                     where m.member = r.oid and (o.rolsuper or o.rolbypassrls or exists (select from pg_class c where c.relowner = o.oid))) as eigentuemer
      from pg_roles r where r.rolname = current_user`);
    if (role?.maechtig) throw new ConfigError(`DATABASE_URL: Die Rolle ${role.name} ist Superuser oder hat BYPASSRLS und sähe die Daten aller Mandanten. Erwartet wird va_app.`);
    if (role?.eigentuemer) throw new ConfigError(`DATABASE_URL: Die Rolle ${role.name} ist Eigentümer von Tabellen oder Mitglied ihres Eigentümers. Erwartet wird va_app.`);
  } finally { await client.end(); }
}

/** What api and worker have in common. */
export async function openRuntime(config: Config, prozess: 'api' | 'worker') {
  setZeitzone(config.ZEITZONE);
  setScanner(config.CLAMD_URL === undefined ? undefined : { url: config.CLAMD_URL, ausfall: config.CLAMD_AUSFALL });
  await refuseMightyRole(config.DATABASE_URL!);
  const log = createLog(config.LOG_STUFE);
  const modules = await loadModules();
  const { VORBEREITETE_ANWEISUNGEN: vorbereitet } = config;
  const named = vorbereitet === 'auto' ? !(await isPooled(config.DATABASE_URL!)) : vorbereitet === 'ja';
  const messung = createMessung(prozess, { langsamAb: config.LANGSAM_AB, spuren: config.SPUREN_URL === undefined ? undefined : await openSpuren(config.SPUREN_URL, { prozess, version }) });
  const database = openDatabase(config.DATABASE_URL!, { max: config.DATENBANK_VERBINDUNGEN, modules, named, messung });
  const { storage, keys } = await openConfiguredStorage({ url: config.ABLAGE_URL!, schluesselDatei: config.SCHLUESSEL_DATEI!, reserve: config.ABLAGE_RESERVE, grenze: config.MAX_UPLOAD });
  const { darfLoeschen } = createLoeschprobe(config.DATABASE_URL!);
  const io: Io = { now: () => new Date(), sendMail: createMailer(config, log), storage, darfLoeschen, siegel: createSiegel(keys), geheimnis: createGeheimnis(keys), config };
  // Without a Verbund nothing is found and nobody logs in: `npm run einrichten` comes first.
  const verbundId = (await findVerbundId(database)) ?? randomUUID();
  const authenticate = createAuthenticate({ database, verbundId, leerlauf: config.SITZUNG_LEERLAUF });
  const beenden = observe(messung, { config, database, verbundId, prozess, log });
  return { log, modules, database, io, keys, verbundId, authenticate, messung, listMandantIds: () => listMandantIds(database), close: async () => { await beenden(); await database.close(); } };
}

export type Runtime = Awaited<ReturnType<typeof openRuntime>>;

/** Ends in order when the supervisor or systemd asks for it, and when the supervisor is gone. */
export function onEnd(end: () => Promise<void>, milliseconds = 8000) {
  let ending = false;
  const stop = () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), milliseconds).unref();
    end().then(() => process.exit(0), () => process.exit(1));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
}
