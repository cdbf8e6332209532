/** L1, L3 and L8 of the targets, each beside its raw floor, interleaved in one run. Content is synced and so is the database. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import setup from '#platform/testing/global-setup.ts';
import { ablegen, startKlient, type Auftrag } from './klient.ts';
import { median, p95, print, times } from './lib.ts';
import { startRoh } from './roh.ts';

process.env.VERBUNDAKTE_TEST_FSYNC = 'on';
const teardown = await setup();
const { buildTestHttp, databaseName, database, modules, newMandant, testDir } = await import('#platform/testing/test.ts');
const { appUrl, ownerUrl, superUrl } = await import('#platform/testing/database.ts');
const { api } = await import('#modules/schriftgut/contract.ts');
const { AktenplanAnlegen, AktenplaneinheitAnlegen } = await import('#modules/aktenplan/contract.ts');
const { createAktenplan, createAktenplaneinheit } = await import('#modules/aktenplan/server/index.ts');
const { API } = await import('#platform/server/http/http.ts');

const ROUNDS = 5;
const PER_ROUND = Number(process.env.BENCH_N ?? 200);
const BYTES = 200 * 1024;
const CHILDREN = 10_000;

const mandant = newMandant();
const http = await buildTestHttp(modules);
const person = mandant.as('sachbearbeitung', ['amt-10'], http);
const plan = await database.write(mandant.system, (tx) => createAktenplan(tx, AktenplanAnlegen.parse({ bezeichnung: 'Aktenplan', versionsbezeichnung: '1', gueltigVon: '2020-01-01' })));
const einheit = await database.write(mandant.system, (tx) => createAktenplaneinheit(tx, AktenplaneinheitAnlegen.parse({ aktenplanId: plan.id, kennzeichen: '10', betreffKurz: 'Verwaltung', aussonderungsart: 'V', aufbewahrungsdauer: 10 })));
const akte = await person.call(api.createAkte, { body: { aktenplaneinheitId: einheit.id, betreff: 'x', federfuehrungId: mandant.oe('amt-10') } });
const vorgang = await person.call(api.createVorgang, { body: { akteId: akte.id, betreff: 'x' } });

const owner = new pg.Client({ connectionString: ownerUrl(databaseName) });
await owner.connect();
await owner.query(`create schema bench; grant usage on schema bench to va_app; create table bench.dokument (id uuid primary key, betreff text, sha256 text, groesse int, text tsvector);
  create table bench.audit (id bigint generated always as identity primary key, was jsonb); create index on bench.dokument using gin (text); grant select, insert on all tables in schema bench to va_app`);
const pool = new pg.Pool({ connectionString: appUrl(databaseName), max: 5 });
const roh = await startRoh(pool, join(testDir, 'roh'));
await http.listen({ port: 0, host: '127.0.0.1' });

/** Both over sockets, from the same client: ours in two requests (content, then the Dokument with its metadata), every content another, four people in four Vorgänge. */
const kopf = { authorization: person.id };
const ours = (vorgaenge: string[]): Omit<Auftrag, 'art' | 'anzahl' | 'zugleich'> => ({
  port: (http.server.address() as { port: number }).port, bytes: BYTES,
  schritte: vorgaenge.map((vorgangId) => [
    { pfad: `${API}/inhalte`, kopf: { ...kopf, 'content-type': 'application/pdf', 'x-dateiname': 'brief.pdf' }, inhalt: true },
    { pfad: `${API}/dokumente`, kopf: { ...kopf, 'content-type': 'application/json' }, rumpf: { vorgangId, betreff: 'Brief', art: 'intern', datumDesSchreibens: '2026-11-21', formate: [{ inhaltId: '$1' }] } },
  ]),
});
const naive: Omit<Auftrag, 'art' | 'anzahl' | 'zugleich'> = { port: roh.port, bytes: BYTES, schritte: [[{ pfad: '/', kopf: { 'content-type': 'application/octet-stream' }, inhalt: true }]] };
const vorgaenge = await Promise.all([1, 2, 3, 4].map(async () => (await person.call(api.createVorgang, { body: { akteId: akte.id, betreff: 'x' } })).id as string));
const klient = startKlient();
const arten = [ours(vorgaenge), naive, ours([vorgang.id])];
const raten: number[][] = [[], [], []];
for (const art of arten) await ablegen(klient, { ...art, anzahl: PER_ROUND, zugleich: 4 });
for (let round = 0; round < ROUNDS; round++) {
  for (const i of round % 2 ? [2, 1, 0] : [0, 1, 2]) raten[i]!.push(await ablegen(klient, { ...arten[i]!, anzahl: PER_ROUND, zugleich: 4 }));
}
const [vier, grund, einer] = raten.map(median) as [number, number, number];
print('L1', 'Dokument mit 200 KiB ablegen, dauerhaft, 4 zugleich', `${vier.toFixed(0)}/s`, `${grund.toFixed(0)}/s`, vier / grund, '≥ 0,60', { mindestens: 0.09 });
print('L1', 'dazu alle vier in denselben Vorgang', `${einer.toFixed(0)}/s`, `${grund.toFixed(0)}/s`, einer / grund, '–', { mindestens: 0.09 });
await klient.terminate();
await roh.close();

// Ten thousand Dokumente in one Vorgang, copied below the triggers: what is measured is reading.
const admin = new pg.Client({ connectionString: superUrl(databaseName) });
await admin.connect();
const { rows: columns } = await admin.query(`select a.attname as name from pg_attribute a where a.attrelid = 'schriftgut.dokument'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''`);
const special: Record<string, string> = { id: 'gen_random_uuid()', nummer: '1000000 + g' };
const list = columns.map((c) => `"${c.name}"`).join(', ');
await admin.query('set session_replication_role = replica');
await admin.query(`insert into schriftgut.dokument (${list}) select ${columns.map((c) => special[c.name] ?? `d."${c.name}"`).join(', ')}
  from (select * from schriftgut.dokument where vorgang_id = $1 limit 1) d, generate_series(1, ${CHILDREN}) g`, [vorgang.id]);
await admin.query('vacuum analyze schriftgut.dokument'); // as autovacuum leaves it behind: an exact count reads the index alone
const page = () => person.call(api.listDokumente, { query: { vorgangId: vorgang.id, limit: 50 } });
const pageRaw = async () => {
  const client = await pool.connect();
  await client.query(`begin read only; set local app.mandant = '${mandant.mandantId}'`);
  await client.query('select * from schriftgut.dokument where mandant_id = $1 and vorgang_id = $2 order by nummer limit 50', [mandant.mandantId, vorgang.id]);
  await client.query('select count(*) from schriftgut.dokument where mandant_id = $1 and vorgang_id = $2', [mandant.mandantId, vorgang.id]);
  await client.query('commit');
  client.release();
};
await times(20, page); await times(20, pageRaw);
const N = Number(process.env.BENCH_LISTEN ?? 300);
const [figure, floor] = [await times(N, page), await times(N, pageRaw)];
print('L3', `erste Seite eines Vorgangs mit ${CHILDREN} Dokumenten, p95`, `${p95(figure).toFixed(1)} ms`, `${p95(floor).toFixed(1)} ms`, p95(figure) / p95(floor), '≤ 10 ms', { hoechstens: 2.5 });

// Trees of 1,650 Vorgänge and 18,000 Dokumente, copied below the triggers; what is measured is closing one with all in it. Beside it the two updates and the audit entry alone.
const VORGAENGE = 1650, DOKUMENTE = 18_000;
const copy = async (table: string, id: string, n: number, values: Record<string, string>) => {
  const { rows: cs } = await admin.query(`select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`, [`schriftgut.${table}`]);
  await admin.query(`insert into schriftgut.${table} (${cs.map((c) => `"${c.name}"`).join(', ')}) select ${cs.map((c) => values[c.name] ?? `t."${c.name}"`).join(', ')} from schriftgut.${table} t, generate_series(1, ${n}) g where t.id = $1`, [id]);
};
const { rows: [vorlage] } = await admin.query('select id from schriftgut.dokument where vorgang_id = $1 limit 1', [vorgang.id]);
const trees: string[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const tree = await person.call(api.createAkte, { body: { aktenplaneinheitId: einheit.id, betreff: 'Baum', federfuehrungId: mandant.oe('amt-10') } });
  const first = await person.call(api.createVorgang, { body: { akteId: tree.id, betreff: 'x' } });
  await copy('vorgang', first.id, VORGAENGE - 1, { id: 'gen_random_uuid()', nummer: '1000 + g', kennzeichen: "t.kennzeichen || '-' || g" });
  await copy('dokument', vorlage.id, DOKUMENTE, { id: 'gen_random_uuid()', akte_id: `'${tree.id}'::uuid`, vorgang_id: `(select array_agg(v.id) from schriftgut.vorgang v where v.akte_id = '${tree.id}')[1 + g % ${VORGAENGE}]`, nummer: '1000 + g' });
  trees.push(tree.id);
}
for (const table of ['akte', 'vorgang', 'dokument']) await admin.query(`vacuum analyze schriftgut.${table}`);
await owner.query(`create table bench.vorgang (akte int, id uuid primary key default gen_random_uuid(), status text, zda_am date); create index on bench.vorgang (akte, status);
  insert into bench.vorgang (akte, status) select r, 'in_bearbeitung' from generate_series(0, ${ROUNDS - 1}) r, generate_series(1, ${VORGAENGE}); grant select, update on bench.vorgang to va_app`);
const close = async (id: string) => { const t = performance.now(); await person.call(api.closeAkte, { params: { id: id as never }, body: { mitVorgaengen: true } }); return performance.now() - t; };
const closeRaw = async (round: number) => {
  const t = performance.now();
  const client = await pool.connect();
  await client.query('begin');
  await client.query("update bench.vorgang set status = 'zda', zda_am = current_date where akte = $1 and status = 'in_bearbeitung' /* on purpose without Mandant */", [round]);
  await client.query('insert into bench.audit (was) values ($1) /* on purpose without Mandant */', [JSON.stringify({ round })]);
  await client.query('commit');
  client.release();
  return performance.now() - t;
};
const [closing, closingRaw]: [number[], number[]] = [[], []];
for (let round = 0; round < ROUNDS; round++) {
  const both = [async () => { closing.push(await close(trees[round]!)); }, async () => { closingRaw.push(await closeRaw(round)); }];
  for (const one of round % 2 ? both.reverse() : both) await one();
}
print('L8', `Akte mit ${VORGAENGE} Vorgängen und ${DOKUMENTE} Dokumenten schließen`, `${median(closing).toFixed(0)} ms`, `${median(closingRaw).toFixed(0)} ms`, median(closing) / median(closingRaw), '< 2 s', { hoechstens: 60 });

await admin.end();
await http.close(); await pool.end(); await owner.end(); await database.close();
await rm(testDir, { recursive: true, force: true });
await teardown();
