/**
 * One Mandant alone out of a restored cluster: its rows go into a new database of the same cluster, the other one is dropped. The same cluster, because its count
 * of transactions must go on: the protocol's order stands on it. What no row of this Mandant names does not come along.
 */
import { dirname, join } from 'node:path';
import pg from 'pg';
import { createBenutzer, createEinmalkennwort, getRolleDerVorgabe, hashPasswort, setUpMandant } from '#modules/organisation/server/index.ts';
import { systemContext } from '#platform/server/context.ts';
import type { EmbeddedPostgres } from '#platform/server/embedded-postgres.ts';
import { newId } from '#platform/server/ids.ts';
import { keyLine, parseKeys, publicLine, type KeyFile } from '#platform/server/keys.ts';
import { migrate } from '#platform/server/migrate.ts';
import { openStorage } from '#platform/server/storage/encrypted.ts';
import type { ObjectStore } from '#platform/server/storage/object-store.ts';
import { openDatabase } from '#platform/server/tx.ts';
import { loadModules } from '../load-modules.ts';
import { Refusal } from '../start/say.ts';
import type { Mandant } from './nachweis.ts';
import { sql } from './wieder.ts';

/** Tables of the Verbund that concern a Mandant: which of their rows. Names of columns on the left are copied as the expression says. */
const DES_VERBUNDS: Readonly<Record<string, { wo: string; statt?: Readonly<Record<string, string>> }>> = {
  'organisation.mandant': { wo: "id = $1 or art = 'verbund'" },
  // who also works elsewhere keeps the login, and is at home here from now on
  'organisation.konto': { wo: 'id in (select konto_id from organisation.benutzer where mandant_id = $1)', statt: { heimat_id: '$1::uuid' } },
};
/** What is of no Mandant, or not worth keeping: sessions end, failed logins are forgotten, the rest is made anew. */
const BLEIBT = /^(organisation\.(sitzung|anmeldeversuch)|betrieb\.sicherung|platform\.tabelle|public\.migration|graphile_worker\..*)$/;

export type Uebernahme = { mandantId: string; saetze: string[]; rewrap(store: ObjectStore): Promise<{ keys: KeyFile; text: string }> };
type Quelle = { server: EmbeddedPostgres; datenbank: string; kuerzel: string; mandanten: readonly Mandant[]; keys: KeyFile };

type Tabelle = { name: string; spalten: string[]; von: string };
async function listTabellen(alt: pg.Client, mandantId: string): Promise<Tabelle[]> {
  const { rows } = await alt.query<{ name: string; spalten: string[]; eigen: boolean }>(`
    select format('%I.%I', n.nspname, c.relname) as name, array_agg(quote_ident(a.attname) order by a.attnum) filter (where a.attgenerated = '') as spalten, bool_or(a.attname = 'mandant_id') as eigen
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_|^information_schema$' group by 1 order by 1`);
  const id = pg.escapeLiteral(mandantId);
  return rows.flatMap(({ name, spalten, eigen }) => {
    if (BLEIBT.test(name)) return [];
    const wahl = DES_VERBUNDS[name] ?? (eigen ? { wo: 'mandant_id = $1' } : undefined);
    if (!wahl) throw new Error(`Die Tabelle ${name} hat keinen Mandanten und keinen Platz in der Wiederherstellung eines einzelnen (apps/server/sicherung/mandant.ts).`);
    return [{ name, spalten, von: `select ${spalten.map((s) => wahl.statt?.[s] ?? s).join(', ')} from ${name} where ${wahl.wo}`.replaceAll('$1', id) }];
  });
}

const shell = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
async function copyRows(alt: pg.Client, neu: pg.Client, mandantId: string, zwischen: string) {
  // by the server itself, in a folder of its own: both ends are the same process's, and nothing of it goes through us
  await alt.query(`copy (select 1) to program ${pg.escapeLiteral(`mkdir -p ${shell(dirname(zwischen))} && cat > /dev/null`)}`);
  await neu.query("set session_replication_role = 'replica'"); // no trigger fires, no key is checked: both have been, where these rows come from
  for (const { name, spalten, von } of await listTabellen(alt, mandantId)) {
    await alt.query(`copy (${von}) to ${pg.escapeLiteral(zwischen)} (format binary)`);
    await neu.query(`copy ${name} (${spalten.join(', ')}) from ${pg.escapeLiteral(zwischen)} (format binary)`);
  }
  await alt.query(`copy (select 1) to program ${pg.escapeLiteral(`rm -rf ${shell(dirname(zwischen))} && cat > /dev/null`)}`);
  const { rows: zaehler } = await neu.query<{ name: string; spalte: string }>(`select format('%I.%I', n.nspname, c.relname) as name, a.attname as spalte from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid where a.attidentity <> '' and n.nspname !~ '^pg_|^graphile_worker$'`);
  for (const { name, spalte } of zaehler) await neu.query(`select setval(pg_get_serial_sequence('${name}', '${spalte}'), coalesce((select max(${spalte}) from ${name}), 0) + 1, false)`);
  await neu.query("set session_replication_role = 'origin'");
}

/** Work that still waited goes on. */
async function copyAuftraege(alt: pg.Client, neu: pg.Client, mandantId: string) {
  const { rows } = await alt.query<{ auftrag: string; payload: string; reihe: string | null; am: string; versuche: number; key: string | null; vorrang: number }>(`
    select t.identifier as auftrag, j.payload::text as payload, q.queue_name as reihe, j.run_at::text as am, j.max_attempts as versuche, j.key, j.priority as vorrang
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
    where j.payload->>'mandantId' = $1`, [mandantId]);
  for (const r of rows) await neu.query('select graphile_worker.add_job($1, $2::json, queue_name => $3, run_at => $4::timestamptz, max_attempts => $5, job_key => $6, priority => $7)', [r.auftrag, r.payload, r.reihe, r.am, r.versuche, r.key, r.vorrang]);
}

/** The Verbund of the new installation is empty but for somebody who runs it. */
async function createBetrieb(url: string, verbundId: string) {
  const database = openDatabase(url, { max: 2, modules: await loadModules() });
  try {
    const kennwort = createEinmalkennwort();
    const passwortHash = await hashPasswort(kennwort);
    for (const name of ['betrieb', ...Array.from({ length: 20 }, (_, i) => `betrieb${i + 2}`)]) {
      const made = await database.write(systemContext(verbundId, verbundId, 'wiederherstellung', [], newId()), async (tx) => {
        await setUpMandant(tx);
        const rollen = await Promise.all((['betrieb', 'administration'] as const).map(async (r) => (await getRolleDerVorgabe(tx, r))!));
        await createBenutzer(tx, { vorname: '', nachname: 'Betrieb', funktion: 'Betrieb', konto: { anmeldename: name, passwortHash, mussAendern: true }, rollen });
      }).then(() => true, (error: { code?: string }) => { if (/vergeben/.test(String(error.code))) return false; throw error; });
      if (made) return `Betreiber der neuen Installation: ${name}   ${kennwort}   (gilt für eine Anmeldung und wird nur jetzt gezeigt)`;
    }
    throw new Error('Für den Betreiber der neuen Installation ist kein Anmeldename frei.');
  } finally { await database.close(); }
}

const connect = async (url: string) => { const client = new pg.Client({ connectionString: url }); await client.connect(); return client; };

export async function keepMandant({ server, datenbank, kuerzel, mandanten, keys }: Quelle): Promise<Uebernahme> {
  const passende = mandanten.filter((m) => m.art === 'mandant' && (m.kuerzel === kuerzel || m.name === kuerzel || m.id === kuerzel));
  if (passende.length !== 1) throw new Refusal(`--mandant ${kuerzel}: ${passende.length ? 'Dieses Kürzel haben mehrere; nehmen Sie den Namen' : 'Einen solchen Mandanten gab es in dieser Sekunde nicht'}. ${mandanten.filter((m) => m.art === 'mandant').map((m) => `${m.kuerzel} (${m.name})`).join(', ')}`);
  const [{ id: mandantId, name }] = passende as [Mandant];
  const verbund = mandanten.find((m) => m.art === 'verbund')!;
  const frisch = `${datenbank}_neu`;
  const urls = (db: string) => ({ ownerUrl: server.url('va_owner', db), workerUrl: server.url('va_worker', db) });
  await migrate(urls(datenbank)); // an older backup is brought to where the new database is
  await sql(server, 'postgres', `create database ${pg.escapeIdentifier(frisch)} owner va_owner encoding 'UTF8' template template0`);
  await migrate(urls(frisch));
  const [alt, neu] = [await connect(server.url('postgres', datenbank)), await connect(server.url('postgres', frisch))];
  try { await copyRows(alt, neu, mandantId, join(server.dataDir, 'verbundakte_zwischen', 'zeilen')); await copyAuftraege(alt, neu, mandantId); await neu.query('analyze'); } finally { await Promise.all([alt.end(), neu.end()]); }
  await sql(server, 'postgres', `drop database ${pg.escapeIdentifier(datenbank)} with (force)`);
  await sql(server, 'postgres', `alter database ${pg.escapeIdentifier(frisch)} rename to ${pg.escapeIdentifier(datenbank)}`);
  const zugang = await createBetrieb(server.url('va_app', datenbank), verbund.id);
  // what the others wrote still stands in the log, until it is no longer needed
  for (let i = 0; i < 2; i++) { await sql(server, 'postgres', 'select pg_switch_wal()'); await sql(server, 'postgres', 'checkpoint'); }
  return {
    mandantId, saetze: [`Allein zurückgespielt: ${name}. Von keinem anderen Mandanten ist etwas dabei; die Schlüsseldatei ist neu und öffnet nur diese Installation. Hinterlegte Kennwörter von Postfächern sind deshalb neu einzugeben.`, zugang],
    /** Keys of its own: with those of the Verbund one could read everybody. Of the old seals only what proves them comes along. */
    async rewrap(store) {
      const eigene = `${keyLine('haupt')}${keyLine('siegel')}${keys.siegel.map(publicLine).join('')}`;
      const neue = parseKeys(eigene, 'neu');
      await openStorage(store, { ...neue, haupt: [...neue.haupt, ...keys.haupt] }).rewrapKeys(mandantId);
      return { keys: neue, text: eigene };
    },
  };
}
