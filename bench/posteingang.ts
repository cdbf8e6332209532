/**
 * The distribution page: the list and the counts of the Posteingang with many open items, through the API, beside the same two questions asked of the
 * database alone. node bench/posteingang.ts [open, 20000] [closed, 50000] [rounds, 60]
 */
import pg from 'pg';
import setup from '#platform/testing/global-setup.ts';
import { median, p95, print, times } from './lib.ts';

const [OFFEN, ERLEDIGT, RUNDEN] = [Number(process.argv[2] ?? 20_000), Number(process.argv[3] ?? 50_000), Number(process.argv[4] ?? 60)];
const teardown = await setup();
const { databaseName } = await import('#platform/testing/test.ts');
const { appUrl, superUrl } = await import('#platform/testing/database.ts');
const { http, newPosteingang } = await import('#modules/posteingang/tests/hilfe.ts');
const { API } = await import('#platform/server/http/http.ts');

const { mandant, clerk, poststelle, create } = await newPosteingang();
const muster = [await create(), await create(poststelle, { organisationseinheitId: mandant.oe('32') }), await create(poststelle, { organisationseinheitId: mandant.oe('10') })];
const sql = new pg.Client({ connectionString: superUrl(databaseName) });
await sql.connect();
await sql.query(`set app.mandant = '${mandant.mandantId}'; set session_replication_role = replica`);
const { rows: spalten } = await sql.query(`select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as alle, string_agg(case column_name when 'id' then 'gen_random_uuid()' when 'inhalt_id' then 'gen_random_uuid()' when 'lfd_nr' then 'g.n'
  when 'nummer' then $$'PE 2026-' || lpad(g.n::text, 6, '0')$$ when 'eingegangen' then $$now() - g.n * interval '7 minutes'$$ when 'status' then 'case when g.n <= 100 + $1 then e.status else ''zurueckgewiesen'' end'
  when 'zurueckweisungsgrund' then 'case when g.n <= 100 + $1 then null else ''Werbung'' end' when 'erledigt' then 'case when g.n <= 100 + $1 then null else now() end' when 'betreff' then $$'Schreiben ' || g.n$$ else quote_ident(column_name) end, ', ' order by ordinal_position) as werte
  from information_schema.columns where table_schema = 'posteingang' and table_name = 'eingang'`);
await sql.query(`insert into posteingang.eingang (${spalten[0].alle}) select ${spalten[0].werte.replaceAll('$1', String(OFFEN))} from generate_series(101, 100 + ${OFFEN + ERLEDIGT}) g (n)
  join (select row_number() over (order by lfd_nr) - 1 as nr, * from posteingang.eingang where mandant_id = '${mandant.mandantId}') e on e.nr = g.n % ${muster.length}`);
await sql.query('vacuum analyze posteingang.eingang');

const get = (person: typeof clerk, pfad: string) => async () => { const a = await http.inject({ method: 'GET', url: API + pfad, headers: { authorization: person.id } }); if (a.statusCode !== 200) throw new Error(a.body); return a; };
const seite = (person: typeof clerk) => async () => { await get(person, '/eingaenge?limit=50')(); await get(person, '/posteingang')(); };
const sch = (await sql.query('select distinct schutz_id from posteingang.eingang where mandant_id = $1', [mandant.mandantId])).rows.map((r) => r.schutz_id as string);
const offen = `mandant_id = '${mandant.mandantId}' and status in ('erfasst', 'verteilt', 'in_bearbeitung')`;
const roh = new pg.Client({ connectionString: appUrl(databaseName) });
await roh.connect();
await roh.query(`set app.mandant = '${mandant.mandantId}'`);
const boden = async () => {
  await roh.query(`select * from posteingang.eingang where ${offen} and schutz_id = any($1) order by eingegangen desc, id limit 51`, [sch]);
  await roh.query(`select count(*) from posteingang.eingang where ${offen} and schutz_id = any($1)`, [sch]);
  await roh.query(`select kanal, status, organisationseinheit_id, count(*) from posteingang.eingang where ${offen} and schutz_id = any($1) group by 1, 2, 3`, [sch]);
};
if (process.env.BENCH_PLAN) for (const frage of [`select * from posteingang.eingang where ${offen} and schutz_id = any($1) order by eingegangen desc, id limit 51`, `select kanal, status, organisationseinheit_id, count(*) from posteingang.eingang where ${offen} and schutz_id = any($1) group by 1, 2, 3`])
  console.log((await roh.query(`explain (analyze, buffers) ${frage}`, [sch])).rows.map((r) => r['QUERY PLAN']).join('\n'));

for (const [wer, person] of [['Poststelle, alle Körbe', poststelle], ['Amt, ein Korb', clerk]] as const) {
  await times(5, seite(person)); await times(5, boden);
  const [a, b]: number[][] = [[], []];
  for (let i = 0; i < RUNDEN; i++) { a!.push(...await times(1, seite(person))); b!.push(...await times(1, boden)); }
  print('PE', `Posteingang mit ${OFFEN} offenen: Liste und Zahlen, ${wer} (p95 ${p95(a!).toFixed(0)} ms)`, `${median(a!).toFixed(1)} ms`, `${median(b!).toFixed(1)} ms`, median(a!) / median(b!), '< 100 ms', { hoechstens: 12 });
  if (median(a!) > 100) { console.error(`!!! PE: ${median(a!).toFixed(0)} ms, erlaubt 100`); process.exitCode = 1; }
}
await Promise.all([sql.end(), roh.end()]);
await teardown();
process.exit();
