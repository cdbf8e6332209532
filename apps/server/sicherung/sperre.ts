import pg from 'pg';
import { Refusal } from '../start/say.ts';

/** Advisory lock of a running backup: as long as it is held no content is deleted, so that what the copied database names is still there to be copied. */
const LOCK = '4713, 1';

export async function holdSicherung(client: pg.Client) {
  const { rows: [row] } = await client.query<{ frei: boolean }>(`select pg_try_advisory_lock(${LOCK}) as frei`);
  if (!row!.frei) throw new Refusal('Es läuft schon eine Sicherung dieser Datenbank.');
}

/** For the running system: whether a backup is being made right now. */
export function createSicherungProbe(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: 1, idleTimeoutMillis: 5000 });
  pool.on('connect', (client) => client.on('error', () => {})); // in use, as well
  pool.on('error', () => {});
  return {
    async isRunning() {
      const { rows: [row] } = await pool.query<{ laeuft: boolean }>(`select exists (select from pg_locks where locktype = 'advisory' and classid = 4713 and objid = 1 and objsubid = 2
        and database = (select oid from pg_database where datname = current_database())) as laeuft`);
      return row!.laeuft;
    },
    close: () => pool.end(),
  };
}
