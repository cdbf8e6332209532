import { DefaultQueryExecutor, Kysely, PostgresAdapter, PostgresDialect, type CompiledQuery, type QueryResult } from 'kysely';
import type pg from 'pg';
import { mandantCompiler } from './mandant-compiler.ts';

/** Statements prepared by name, per process; each connection keeps the plan of those it has run. */
const names = new Map<string, string>();
const MOST = 300;
const LONGEST = 2000;
/**
 * An INSERT of given values has one plan whatever they are. What is read is planned anew, for the plan hangs on how much somebody may see.
 * Not with a condition (the partial index of an ON CONFLICT is found by its values only), nor with `returning *`: a plan that is kept fails once
 * a migration has added a column.
 */
function nameOf(text: string): string | undefined {
  if (!text.startsWith('insert into ') || text.length > LONGEST || text.includes(' where ') || text.endsWith('returning *')) return undefined;
  if (!names.has(text) && names.size < MOST) names.set(text, `i${names.size}`);
  return names.get(text);
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

/** A Kysely on one connection of the pool, for one transaction of one Mandant; `assertOpen` throws once that is over. */
export function kyselyOn(client: pg.PoolClient, mandantId: string, begun: Promise<unknown>, assertOpen: () => void): Kysely<any> {
  const connection = {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      assertOpen();
      bundleWrites(client);
      const name = nameOf(sql);
      const [result] = await Promise.all([client.query({ text: sql, values: parameters as unknown[], ...(name !== undefined && { name }) }), begun]);
      return { rows: result.rows as R[], ...(result.command !== 'SELECT' && { numAffectedRows: BigInt(result.rowCount ?? 0) }) };
    },
    streamQuery(): never { throw new Error('not supported'); },
  };
  const provider = { provideConnection: <T>(consume: (c: typeof connection) => Promise<T>) => consume(connection) };
  const executor = new DefaultQueryExecutor(mandantCompiler(mandantId), adapter, provider as never);
  return new Kysely<any>({ config: { dialect }, dialect, driver: {} as never, executor });
}
