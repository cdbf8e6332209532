import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { RequestContext } from './context.ts';

/** `objekte`: every object the change touched, by type. */
export type Ereignis = { art: string; objekte: Record<string, string | readonly string[]>; daten?: object; fassung?: number };
/** A job as the queue needs to know it. */
export type JobRef<S extends z.ZodType = z.ZodType> = { readonly name: string; readonly payload: S; readonly queue?: string; readonly maxAttempts?: number; readonly priority?: number };

type When = { key?: string | undefined; am?: Date | undefined };
type Zeile = { ereignis?: number; job: string; payload: string; key: string | null; am: Date | null; queue: string | null; max_attempts: number; priority: number };
export type Statement = { name: string; text: string; values: unknown[] };

// The ids are given out in the order of the rows; the text of a json column stays as it was hashed. mandant_id is $1 throughout.
const EREIGNISSE = `
  with r as materialized (select * from json_to_recordset($2::json) as r(nr int, art text, fassung smallint, objekte text, daten text, salz text, hash text)),
  e as (insert into platform.ereignis (mandant_id, art, fassung, objekte, daten_hash, weg, korrelation_id, akteur_art, akteur_id, vertreten_id)
    select $1::uuid, art, fassung, objekte::json, decode(hash, 'base64'), $4, $5::uuid, $6, $7, $8 from r order by nr returning id),
  n as (select id, row_number() over (order by id) as nr from e),
  d as (insert into platform.ereignis_daten (mandant_id, ereignis_id, salz, daten)
    select $1::uuid, n.id, decode(r.salz, 'base64'), r.daten::json from n join r using (nr) where r.salz is not null),
  o as (insert into platform.ereignis_objekt (mandant_id, objekt, objekt_id, ereignis_id)
    select $1::uuid, o.objekt, o.objekt_id, n.id from n join json_to_recordset($3::json) as o(nr int, objekt text, objekt_id uuid) using (nr) on conflict do nothing)`;
const ONLY_EREIGNISSE = `${EREIGNISSE} select count(*) from n`;
// What a subscriber is handed begins with the id that the row has just been given.
const WITH_JOBS = `${EREIGNISSE}
  select platform.enqueue_all(json_agg(json_build_object('job', j.job, 'payload', (case when j.ereignis is null then j.payload else '{"ereignisId":' || n.id || j.payload end)::json,
      'key', j.key, 'am', j.am, 'queue', j.queue, 'max_attempts', j.max_attempts, 'priority', j.priority) order by j.stelle))
    from rows from (json_to_recordset($9::json) as (ereignis int, job text, payload text, key text, am text, queue text, max_attempts int, priority int)) with ordinality as j(ereignis, job, payload, key, am, queue, max_attempts, priority, stelle)
    left join n on n.nr = j.ereignis`;
const ONLY_JOBS = 'select platform.enqueue_all($1::json)';
const OHNE_ID = '{"ereignisId":0';

/**
 * What a transaction records and enqueues, gathered and written by one statement just before COMMIT: an audit entry with its data, objects and jobs
 * takes one way to the database instead of a handful, and so does the second one.
 */
export function createAufzeichnung(ctx: RequestContext, subscribers: ReadonlyMap<string, readonly JobRef<any>[]>) {
  const { akteur } = ctx;
  const ereignisse: object[] = [];
  const links: object[] = [];
  const jobs: Zeile[] = [];

  function enqueue<S extends z.ZodType>(job: JobRef<S>, payload: z.input<S>, { key, am }: When = {}, ereignis?: number) {
    const zeile: Zeile = {
      job: job.name, payload: JSON.stringify(job.payload.parse(payload)), key: key ?? null, am: am ?? null, queue: job.queue ?? null,
      max_attempts: job.maxAttempts ?? 12, priority: (job.priority ?? 0) + (ctx.nachrang ?? 0), ...(ereignis !== undefined && { ereignis }),
    };
    // As the queue itself does it: the later one replaces the waiting one, whose time stays.
    const waiting = key === undefined ? -1 : jobs.findIndex((j) => j.job === zeile.job && j.key === key);
    if (waiting < 0) jobs.push(zeile);
    else jobs[waiting] = { ...zeile, am: jobs[waiting]!.am };
  }
  function record({ art, objekte, daten = {}, fassung = 1 }: Ereignis) {
    const byTyp = Object.fromEntries(Object.entries(objekte).map(([typ, ids]) => [typ, [...new Set([ids].flat())]] as const).filter(([, ids]) => ids.length));
    const text = JSON.stringify(daten);
    const salz = text === '{}' ? undefined : randomBytes(16);
    const nr = ereignisse.length + 1;
    ereignisse.push({ nr, art, fassung, objekte: JSON.stringify(byTyp), ...(salz && { daten: text, salz: salz.toString('base64'), hash: createHash('sha256').update(salz).update(text).digest('base64') }) });
    for (const [objekt, ids] of Object.entries(byTyp)) for (const objekt_id of ids) links.push({ nr, objekt, objekt_id });
    for (const abonnent of subscribers.get(art) ?? []) {
      enqueue(abonnent, { ereignisId: 0, art, akteurId: akteur.id, objekte: byTyp, daten }, {}, nr);
      const last = jobs.at(-1)!;
      if (!last.payload.startsWith(OHNE_ID)) throw new TypeError(`the payload of ${abonnent.name} does not begin with its ereignisId`);
      last.payload = last.payload.slice(OHNE_ID.length);
    }
  }
  /** The statement that writes it all, once; undefined where there is nothing. */
  function take(): Statement | undefined {
    const [recorded, waiting] = [ereignisse.splice(0), jobs.splice(0)];
    if (!recorded.length) return waiting.length ? { name: 'jobs', text: ONLY_JOBS, values: [JSON.stringify(waiting.map((j) => ({ ...j, payload: JSON.parse(j.payload) })))] } : undefined;
    const values = [ctx.mandantId, JSON.stringify(recorded), JSON.stringify(links.splice(0)), ctx.weg, ctx.korrelationId, akteur.art, akteur.id, akteur.vertretenId ?? null];
    return waiting.length ? { name: 'ereignisse_jobs', text: WITH_JOBS, values: [...values, JSON.stringify(waiting)] } : { name: 'ereignisse', text: ONLY_EREIGNISSE, values };
  }
  /** To be called to forget what has been recorded and enqueued since. */
  function mark(): () => void {
    const [e, l, j] = [ereignisse.length, links.length, [...jobs]];
    return () => { ereignisse.splice(e); links.splice(l); jobs.splice(0, jobs.length, ...j); };
  }
  return { record, enqueue, take, mark };
}
