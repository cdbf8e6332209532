import { DefaultQueryExecutor, Kysely, PostgresAdapter, PostgresDialect, type CompiledQuery, type QueryResult } from 'kysely';
import pg from 'pg';
import { mandantCompiler } from './mandant-compiler.ts';

/** Statements prepared by name, per process; each connection keeps the plan of those it has run. Many kinds of one statement would fill its memory. */
const names = new Map<string, string>();
let generation = 0;
const MOST = 300;
const LONGEST = 4000;
/** Values only: a condition may be that of a partial index, which is found by what it says. */
const VALUES = /^insert into (?!.* where )/s;
/** By primary keys: single rows, whatever they are. Not a page or a count: its plan hangs on how much somebody may see. */
/** What begins by putting one row in or taking it out goes on with that row. */
const ROW_ON = /^(?!.* on conflict \([^)]*\) where )with "\w+" as \((?:insert into .* values |delete from [^ ]+ where "id" = \$)/s;
const BY_KEYS = /^(?!.*(?: order by | group by | limit |count\(|recursive )).*"id" = (?:\$|any\(\$)/s;
/** Statements with one plan for all values. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST || text.length > LONGEST) return known;
  if (!VALUES.test(text) && !BY_KEYS.test(text) && !ROW_ON.test(text)) return undefined;
  names.set(text, `s${generation}_${names.size}`);
  return names.get(text);
}
/** »cached plan must not change result type«: a migration has changed a table since. The statements get new names, and so every connection new plans. */
export const STALE_PLAN = '0A000';
export function forgetPlans() {
  names.clear();
  generation++;
}

const dialect = new PostgresDialect({ pool: async () => { throw new Error('connections come from enter()'); } });
const adapter = new PostgresAdapter();

type Stream = { cork(): void; uncork(): void };
const corked = new WeakSet<Stream>();
/** All that is asked for before the process waits again goes to the database in one packet. */
export function bundleWrites(client: pg.PoolClient) {
  const { stream } = (client as unknown as { connection: { stream: Stream } }).connection;
  if (corked.has(stream)) return;
  corked.add(stream);
  stream.cork();
  process.nextTick(() => { corked.delete(stream); stream.uncork(); });
}

/**
 * Whether a pooler (PgBouncer) stands between: it answers with a process number of its own. In its transaction mode every transaction may meet another
 * connection of the database, which knows no statement that was prepared by name before.
 */
export async function isPooled(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows: [row] } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return row!.pid !== (client as unknown as { processID: number }).processID;
  } finally { await client.end(); }
}

/** A Kysely on one connection of the pool, for one transaction of one Mandant; `assertOpen` throws once that is over. */
export function kyselyOn(client: pg.PoolClient, mandantId: string, scope: { begun: Promise<unknown>; failed: boolean; named: boolean; gemessen?: ((text: string, ms: number) => void) | undefined }, assertOpen: () => void): Kysely<any> {
  const connection = {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      assertOpen();
      bundleWrites(client);
      const name = scope.named ? nameOf(sql) : undefined;
      const beginn = performance.now();
      const asked = client.query({ text: sql, values: parameters as unknown[], ...(name !== undefined && { name }) });
      const [result] = await Promise.all([asked, scope.begun]).catch((error: unknown) => { scope.failed = true; throw error; });
      scope.gemessen?.(sql, performance.now() - beginn);
      return { rows: result.rows as R[], ...(result.command !== 'SELECT' && { numAffectedRows: BigInt(result.rowCount ?? 0) }) };
    },
    streamQuery(): never { throw new Error('not supported'); },
  };
  const provider = { provideConnection: <T>(consume: (c: typeof connection) => Promise<T>) => consume(connection) };
  const executor = new DefaultQueryExecutor(mandantCompiler(mandantId), adapter, provider as never);
  return new Kysely<any>({ config: { dialect }, dialect, driver: {} as never, executor });
}
