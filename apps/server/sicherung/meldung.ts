import pg from 'pg';

/** What `npm run sicherung` has told the database of itself; with `laeuft` whether one is at work right now. */
export type Meldung = { ort: string | null; dauernd: boolean; grundsicherung: string | null; bis: string | null; gemeldet: string | null; laeuft: boolean };
export async function readMeldung(client: Pick<pg.Pool, 'query'>): Promise<Meldung> {
  const { rows } = await client.query<{ [K in keyof Meldung]: Meldung[K] | Date }>('select * from betrieb.get_sicherung()');
  return Object.fromEntries(Object.entries(rows[0]!).map(([k, v]) => [k, v instanceof Date ? v.toISOString() : v])) as Meldung;
}

/** A backup that has said nothing for so long holds nothing up any more: its alarm has rung all the while. */
const GEDULD_MS = 7 * 24 * 3600_000;

/**
 * Whether contents may go that nobody has needed since `seit`. What the database named at any moment must be found in the backup: bytes wait until it was
 * there after that moment, and has seen that they are about to go.
 */
export function darfLoeschen({ dauernd, bis, gemeldet, laeuft }: Meldung, seit: Date, jetzt = new Date()): boolean {
  const gesichert = laeuft || (dauernd && gemeldet !== null && jetzt.getTime() - Date.parse(gemeldet) < GEDULD_MS);
  return !gesichert || (bis !== null && Date.parse(bis) > seit.getTime());
}

export function createLoeschprobe(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: 1, idleTimeoutMillis: 5000 });
  pool.on('connect', (client) => client.on('error', () => {})); // in use, as well
  pool.on('error', () => {});
  return { darfLoeschen: async (seit: Date) => darfLoeschen(await readMeldung(pool), seit), close: () => pool.end() };
}
