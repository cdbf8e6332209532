import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import type { Log } from './log.ts';

const CHECK_EVERY = 10_000;
/** A worker has said that it lives long before this. */
const GRACE = '15 seconds';
const LOCK = 'hashtextextended(%, 4712)';
const lockOf = (parameter: string) => LOCK.replace('%', parameter);

/**
 * graphile-worker gives a job of a killed process back after four hours. Here every pool of workers holds an advisory lock in its id, for as long as its
 * connection lives; jobs of pools whose lock is gone are given back within half a minute. A process that is frozen keeps its lock and its jobs. And what is held
 * in the name of a pool that does not work on it (the database died between the handing out and the answer) is given back by its own process.
 */
export function startWorkerCare(queueUrl: string, log: Log) {
  const events: WorkerEvents = new EventEmitter();
  const ids = new Set<string>();
  const running = new Set<string>();
  let client: pg.Client | undefined;
  let ended = false;

  const announce = (id: string) => client?.query(`select pg_advisory_lock(${lockOf('$1::text')})`, [id]);
  async function connect() {
    const fresh = new pg.Client({ connectionString: queueUrl, application_name: 'verbundakte-worker-care', keepAlive: true });
    fresh.on('error', () => { if (client === fresh) client = undefined; });
    await fresh.connect();
    client = fresh;
    for (const id of ids) await announce(id);
  }
  async function giveBack() {
    if (!client) await connect();
    const { rows } = await client!.query<{ id: string }>(`
      select distinct j.locked_by as id from graphile_worker._private_jobs j where j.locked_at < now() - interval '${GRACE}'
        and not exists (select from pg_locks l where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())
          and (l.classid::bigint << 32 | l.objid::bigint) = ${lockOf('j.locked_by')})`);
    const dead = rows.map((r) => r.id);
    if (dead.length) {
      await client!.query('select graphile_worker.force_unlock_workers($1)', [dead]);
      log.warn({ worker: dead }, 'jobs of ended workers given back');
    }
    if (ids.size) await giveBackUnknown();
  }
  async function giveBackUnknown() {
    const { rows } = await client!.query<{ id: string }>(`
      with lost as (update graphile_worker._private_jobs set locked_by = null, locked_at = null, updated_at = now()
        where locked_by = any($1) and locked_at < now() - interval '${GRACE}' and id <> all($2::bigint[]) returning id, job_queue_id),
      queues as (update graphile_worker._private_job_queues q set locked_by = null, locked_at = null from lost where q.id = lost.job_queue_id)
      select id from lost`, [[...ids], [...running]]);
    if (rows.length) log.warn({ auftraege: rows.map((r) => r.id) }, 'jobs that never arrived given back');
  }
  const check = () => giveBack().catch((error: Error) => { if (!ended) log.warn({ err: error }, 'worker care'); });
  // A job is held in the name of the pool, whatever worker of it does the work.
  events.on('pool:create', ({ workerPool }) => { ids.add(workerPool.id); announce(workerPool.id)?.catch(() => {}); });
  events.on('pool:release', ({ workerPool }) => { ids.delete(workerPool.id); });
  events.on('job:start', ({ job }) => { running.add(job.id); });
  events.on('job:complete', ({ job }) => { running.delete(job.id); });
  const timer = setInterval(check, CHECK_EVERY);
  return {
    events,
    /** Resolves when connected; to be awaited before the workers start. */
    ready: connect(),
    check,
    async end() { ended = true; clearInterval(timer); await client?.end().catch(() => {}); },
  };
}
