import { hostname } from 'node:os';
import type { TaskList, WorkerEvents } from 'graphile-worker';
import pg from 'pg';

const TIMEOUT = 5000;

/** Shows that this worker takes jobs: one goes through the queue and must come back. Workers that are all busy have no need to prove it. */
export function createProbe(queueUrl: string, events: WorkerEvents, concurrency: number) {
  const name = `probe:${hostname()}-${process.pid}`;
  let arrived: (() => void) | undefined;
  let active = 0;
  events.on('job:start', () => { active++; });
  events.on('job:complete', () => { active--; });
  const tasks: TaskList = { [name]: async () => { arrived?.(); } };

  async function put() {
    const client = new pg.Client({ connectionString: queueUrl, connectionTimeoutMillis: 3000, query_timeout: 3000 });
    client.on('error', () => {});
    try {
      await client.connect();
      // what earlier processes left behind, then our own: one at a time, ahead of everything else
      await client.query("delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id and t.identifier like 'probe:%' and j.created_at < now() - interval '1 minute' and j.locked_at is null");
      await client.query('select graphile_worker.add_job($1, max_attempts => 1, job_key => $1, priority => -1000)', [name]);
    } finally { await client.end().catch(() => {}); }
  }
  async function probe(): Promise<string[]> {
    const { promise, resolve } = Promise.withResolvers<void>();
    arrived = resolve;
    try { await put(); } catch { return ['Die Warteschlange antwortet nicht']; }
    let timer: NodeJS.Timeout;
    const late = new Promise<'late'>((r) => { timer = setTimeout(() => r('late'), TIMEOUT); });
    const outcome = await Promise.race([promise, late]).finally(() => clearTimeout(timer));
    return outcome === 'late' && active < concurrency ? ['Ein Probeauftrag wurde nicht bearbeitet'] : [];
  }
  return { tasks, probe };
}
